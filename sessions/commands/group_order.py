"""Commands on the group's order: apply it to the board, or keep the board."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, ReasonNeededError, clean_text, handles
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.events import Event, Weighting
from sessions.rounds.count import apply_order
from sessions.state.rounds import Round
from sessions.state.session import Session


class RoundNotOpenError(SessionError):
    """No ballot was revealed yet."""



class TakeGroupOrder(Command):
    """Lay the revealed order of the group onto the board. One that a single side made needs a reason, unless its reveal had one (K-SOLO)."""

    weighting: Weighting = "sides"
    override: str = ""


class KeepBoard(Command):
    """Keep the board as it is, having seen the group's order."""

    reason: str = ""


def revealed_round(session: Session) -> Round:
    """Return the latest round that asked for an order, revealed, or raise RoundNotOpenError."""
    round_ = session.round
    if round_ is None or round_.revealed is None:
        raise RoundNotOpenError("No ballot was revealed yet.")
    return round_


def needs_reason(round_: Round) -> bool:
    """Return whether taking a revealed order needs a reason: one side made it alone, and no one gave a reason at the reveal."""
    return round_.revealed is not None and round_.revealed.solo and not round_.revealed.override


@handles(TakeGroupOrder)
def _take(session: Session, command: TakeGroupOrder, _: CommandContext) -> list[Event]:
    round_ = revealed_round(session)
    assert round_.revealed is not None
    tally = next((each for each in round_.revealed.tallies if each.weighting == command.weighting), None)
    if tally is None:
        raise SessionError("Every voter abstained: there is no order to take, the board stays as it is.")
    override = clean_text(command.override)
    if needs_reason(round_) and not override:
        # Before the reveal, this would have shown that everyone on the other sides abstained.
        raise ReasonNeededError("All counted ballots came from one side: taking their order needs a reason.")
    new = apply_order(session, tally.order)
    if new == session.order:
        return [ev.BoardKept(round=round_.opened.round, reason="The board is already in the group's order.")]
    told = override if needs_reason(round_) else ""
    return [ev.GroupOrderTaken(round=round_.opened.round, weighting=command.weighting, old=session.order, new=new, override=told)]


@handles(KeepBoard)
def _keep(session: Session, command: KeepBoard, _: CommandContext) -> list[Event]:
    return [ev.BoardKept(round=revealed_round(session).opened.round, reason=clean_text(command.reason))]
