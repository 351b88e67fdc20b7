"""The demo's session, staged so that its meeting is under way now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sessions.library.library import Library, SessionRef
from sessions.sample import PORTFOLIO, sample_portfolio
from sessions.sample.demo import TITLE, ScriptClock, play_demo, script


def make_demo(library: Library, now: datetime | None = None) -> SessionRef:
    """Make the demo session in a library; return what names it."""
    length = sum(pause for pause, _ in script())
    clock = ScriptClock((now or datetime.now(UTC)) - timedelta(seconds=length))
    with library.at(clock).create(sample_portfolio(), title=TITLE, source=PORTFOLIO) as opened:
        play_demo(opened.live, clock)
        return opened.ref
