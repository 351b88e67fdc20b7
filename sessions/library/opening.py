"""The first event of a session, made from a portfolio and what its facilitator said about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sessions.portfolio.models import TITLE_LIMIT, Participant, Portfolio, quarter_start_of
from sessions.record.opening import SessionOpened
from sessions.sanitize import clean
from sessions.wording import free_id, slug

if TYPE_CHECKING:
    from sessions.record.past import Past


def opening_of(
    portfolio: Portfolio,
    title: str,
    quarter: str,
    people: tuple[Participant, ...],
    minutes: int,
    source: str,
    folder: str,
    read: tuple[str, ...],
    token: Callable[[int], str],
    past: Past | None = None,
) -> SessionOpened:
    """Return the first event of a session: what was not given comes from the portfolio, or is made up."""
    if not any(person.seat == "facilitator" for person in people):
        person = free_id("facilitator", {each.id for each in people})
        people = (*people, Participant(id=person, role="Facilitator", side="it", seat="facilitator", votes=False))
    quarter = clean(quarter, TITLE_LIMIT) or portfolio.quarter
    title = clean(title, TITLE_LIMIT) or portfolio.name or (f"Portfolio {quarter}" if quarter else "Portfolio")
    minutes = minutes or portfolio.minutes
    start = portfolio.quarter_start if quarter == portfolio.quarter and portfolio.quarter_start else quarter_start_of(quarter)
    changes = {"participants": people, "quarter": quarter, "quarter_start": start, "minutes": minutes}
    portfolio = portfolio.model_copy(update=changes).with_weeks()
    session_id = f"{slug(f'{quarter} {title}', 50) or 'session'}-{token(4)}"
    return SessionOpened(
        session=session_id,
        title=title,
        quarter=quarter,
        facilitator=next(person.id for person in people if person.seat == "facilitator"),
        minutes=minutes,
        source=source,
        folder=folder,
        read=read,
        after=past.session if past else "",
        portfolio=portfolio,
        past=past,
    )
