"""The demo's series: three sessions that are closed, and one whose meeting is under way now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sessions.library.library import Library, SessionRef
from sessions.quarters.carry_over import carry_over
from sessions.sample import PORTFOLIO, sample_portfolio
from sessions.sample.demo import TITLE, ScriptClock, play, script
from sessions.sample.earlier import earlier_data, portfolio_of, script_of
from sessions.state.session import Session


def make_demo(library: Library, now: datetime | None = None) -> SessionRef:
    """Make the demo's sessions in a library; return what names the one that is under way."""
    earlier, steps = _earlier_session(library), list(script())
    clock = ScriptClock((now or datetime.now(UTC)) - timedelta(seconds=sum(pause for pause, _ in steps)))
    carried = carry_over(earlier, sample_portfolio())
    with library.at(clock).create(carried.portfolio, title=TITLE, source=PORTFOLIO, past=carried.past) as opened:
        play(opened.live, clock, steps)
        return opened.ref


def _earlier_session(library: Library) -> Session:
    """Make the sessions before the demo's; return the latest of them at its end."""
    data = earlier_data()
    session: Session | None = None
    for quarter in data["quarters"]:
        clock = ScriptClock(datetime.fromisoformat(f"{quarter['session_date']}T09:00:00+00:00"))
        portfolio = portfolio_of(data, quarter)
        portfolio, past, _ = carry_over(session, portfolio) if session else (portfolio, None, None)
        with library.at(clock).create(portfolio, title=TITLE, source=PORTFOLIO, past=past) as opened:
            play(opened.live, clock, script_of(quarter, portfolio))
            session = opened.live.session
    assert session is not None
    return session
