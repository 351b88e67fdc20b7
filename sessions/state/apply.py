"""What one more event does to a session: it is applied to a builder."""

from __future__ import annotations

from sessions.errors import RecordError
from sessions.record import events as ev
from sessions.record.codec import Recorded
from sessions.state.builder import SessionBuilder
from sessions.state.fold_board import BOARD
from sessions.state.fold_meeting import HOUSEKEEPING, MEETING
from sessions.state.proposed_moves import ProposalStatus
from sessions.state.session import Step


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
        raise RecordError(f"Record {recorded.seq} ({event.kind}) refers to something that is not in the session.") from None
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
    """Write that the move of a proposal was undone, or that it holds again."""
    if isinstance(move.event, ev.CardMoved) and move.event.asked_by:
        builder.proposed_moves = tuple(
            each._replace(status=status) if (each.answered, each.proposed.card) == (move.seq - 1, move.event.card) else each
            for each in builder.proposed_moves
        )
