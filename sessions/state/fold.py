"""The fold: how events make a session, one by one or a whole record.

An unknown event or one that does not fit is an error, so that a record never counts for less than it says.
"""

from __future__ import annotations

from collections.abc import Iterable

from sessions.errors import RecordError
from sessions.record import events as ev
from sessions.record.events import Recorded
from sessions.state.builder import SessionBuilder
from sessions.state.fold_board import BOARD
from sessions.state.fold_meeting import HOUSEKEEPING, MEETING
from sessions.state.proposed_moves import ProposalStatus
from sessions.state.session import Session, Step


def begin(recorded: Recorded) -> Session:
    """Return the session that a `session_opened` describes.

    Raises:
        RecordError: it is another event.
    """
    event = recorded.event
    if not isinstance(event, ev.SessionOpened):
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
        first_order=order,
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
    builder = SessionBuilder(session)
    apply(builder, recorded)
    return builder.build()


def replay(recordeds: Iterable[Recorded]) -> Session:
    """Return the session that a whole record makes.

    Raises:
        RecordError: the record is empty, or an event does not follow.
    """
    stream = iter(recordeds)
    first = next(stream, None)
    if first is None:
        raise RecordError("The record is empty: there is no session in it.")
    builder = SessionBuilder(begin(first))
    for recorded in stream:
        apply(builder, recorded)
    return builder.build()


def apply(builder: SessionBuilder, recorded: Recorded) -> None:
    """Write one more event into a builder, which is of no use after an error.

    Raises:
        RecordError: the event does not follow on the one before, or does not fit the session.
    """
    event = recorded.event
    if recorded.seq != builder.seq + 1:
        raise RecordError(f"Record {recorded.seq} does not follow on record {builder.seq}.")
    try:
        if (change := BOARD.get(type(event))) is not None:
            change.apply(builder, event)
            builder.done, builder.undone = Step(recorded, builder.done), None
        elif isinstance(event, ev.Undone):
            _undo(builder, event)
        elif isinstance(event, ev.Redone):
            _redo(builder, event)
        else:
            MEETING[type(event)](builder, event, recorded)
    except (KeyError, IndexError, ValueError):
        raise RecordError(f"Record {recorded.seq} ({event.kind}) speaks of something that is not in the session.") from None
    builder.seq, builder.elapsed = recorded.seq, recorded.elapsed
    if type(event) not in HOUSEKEEPING:
        builder.at = recorded.at


def _undo(builder: SessionBuilder, event: ev.Undone) -> None:
    step = builder.done
    # People who take part already stay: what was done before them can be undone all the same.
    while step is not None and isinstance(step.recorded.event, ev.PeopleTakenIn) and step.recorded.seq != event.undoes:
        step = step.earlier
    if step is None or step.recorded.seq != event.undoes:
        raise RecordError(f"Record {builder.seq + 1} undoes record {event.undoes}, which is not the latest one in effect.")
    BOARD[type(step.recorded.event)].revert(builder, step.recorded.event)
    _mark_proposal(builder, step.recorded, "undone")
    builder.done, builder.undone = step.earlier, Step(step.recorded, builder.undone)


def _redo(builder: SessionBuilder, event: ev.Redone) -> None:
    step = builder.undone
    if step is None or step.recorded.seq != event.redoes:
        raise RecordError(f"Record {builder.seq + 1} redoes record {event.redoes}, which is not the latest one undone.")
    BOARD[type(step.recorded.event)].apply(builder, step.recorded.event)
    _mark_proposal(builder, step.recorded, "accepted")
    builder.done, builder.undone = Step(step.recorded, builder.done), step.earlier


def _mark_proposal(builder: SessionBuilder, move: Recorded, status: ProposalStatus) -> None:
    """Write that the move of a proposal was taken back, or that it holds again."""
    if isinstance(move.event, ev.CardMoved) and move.event.asked_by:
        builder.proposed_moves = tuple(
            each._replace(status=status) if (each.answered, each.proposed.card) == (move.seq - 1, move.event.card) else each
            for each in builder.proposed_moves
        )
