"""The fold: how events make a session, one by one or a whole record.

An unknown event or one that does not fit is an error, so that a record never counts for less than it says.
"""

from __future__ import annotations

from collections.abc import Sequence

from sessions.errors import RecordError
from sessions.record.codec import Recorded
from sessions.record.opening import SessionOpened
from sessions.state.session import Session


def begin(recorded: Recorded) -> Session:
    """Return the session that a `session_opened` describes.

    Raises:
        RecordError: it is another event.
    """
    event = recorded.event
    if not isinstance(event, SessionOpened):
        raise RecordError(f"The record begins with {event.kind}, not with session_opened: it is not a whole session.")
    portfolio = event.portfolio
    order = tuple(project.id for project in portfolio.projects)
    decider = next((person.id for person in portfolio.participants if person.seat == "decider" and person.side == "business"), "")
    return Session(
        id=event.session,
        title=event.title,
        quarter=event.quarter,
        facilitator=event.facilitator,
        minutes=event.minutes,
        source=event.source,
        folder=event.folder,
        after=event.after,
        past=event.past,
        schema_version=event.schema_version,
        delivered={each.card.id: each for each in event.past.delivered} if event.past else {},
        opened_at=recorded.at,
        portfolio=portfolio,
        cards={project.id: project for project in portfolio.projects},
        order=order,
        first_ranks={card: rank for rank, card in enumerate(order, 1)},
        people={person.id: person for person in portfolio.participants},
        teams=portfolio.teams,
        objectives=tuple(sorted(portfolio.objectives, key=lambda each: each.rank)),
        decider=decider,
        seq=recorded.seq,
        at=recorded.at,
        elapsed=recorded.elapsed,
    )


def fold(session: Session, recorded: Recorded) -> Session:
    """Return the session after one more event.

    Raises:
        RecordError: the event does not follow on the session, or does not fit it.
    """
    return _after(session, (recorded,))


def replay(recordeds: Sequence[Recorded]) -> Session:
    """Return the session that a whole record makes.

    Raises:
        RecordError: the record is empty, or an event does not follow.
    """
    if not recordeds:
        raise RecordError("The record is empty: there is no session in it.")
    session = begin(recordeds[0])
    return _after(session, recordeds[1:]) if len(recordeds) > 1 else session


def _after(session: Session, recordeds: Sequence[Recorded]) -> Session:
    from sessions.state.apply import apply  # noqa: PLC0415 - it loads every event: the first frame of a new session does not wait for it
    from sessions.state.builder import SessionBuilder  # noqa: PLC0415

    builder = SessionBuilder(session)
    for recorded in recordeds:
        apply(builder, recorded)
    return builder.build()
