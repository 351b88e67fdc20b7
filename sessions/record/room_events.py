"""What people do from their own devices, apart from voting: they propose moves, and move cards themselves if the facilitator lets them.

Undo leaves these alone; the move that an accepted proposal leads to is a `card_moved`, which undo reverts.
"""

from sessions.record.base import Event


class MoveProposed(Event):
    """A person proposed that a card goes to a rank; `old` is the rank it had."""

    kind = "move_proposed"
    proposal: int
    person: str
    card: str
    old: int
    rank: int
    reason: str = ""


class ProposalWithdrawn(Event):
    """The person who proposed a move withdrew it, or replaced it with another one for the same card."""

    kind = "proposal_withdrawn"
    proposal: int


class ProposalAnswered(Event):
    """The facilitator accepted a proposed move, which then follows, or declined it."""

    kind = "proposal_answered"
    proposal: int
    accepted: bool


class FreeModeSet(Event):
    """From now on only the moves of the `new` people apply without asking; `old` are the people before."""

    kind = "free_mode_set"
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
