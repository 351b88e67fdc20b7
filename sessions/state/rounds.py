"""The rounds and discussions of a session, and a side's quorum."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sessions.record.events import BallotSealed, BallotsRevealed, BoardKept, GroupOrderTaken, RoundOpened, TalkClosed


class Round(NamedTuple):
    """A round: how it was opened, who has voted with which seal, and what the reveal showed."""

    opened: "RoundOpened"
    seals: Mapping[str, str] = {}
    revealed: "BallotsRevealed | None" = None
    entered: Mapping[str, "BallotSealed"] = {}
    """How each voter's ballot came in."""
    outcomes: "tuple[GroupOrderTaken | BoardKept, ...]" = ()
    """What the room made of the result, the latest last: it may keep the board first and take the order later."""
    answers: tuple[str, ...] = ()
    """The decider's written answers to those who did not consent, the latest last."""
    dropped: bool = False
    over: bool = False
    """Whether the time to vote is over; the ballots stay sealed until the reveal."""

    @property
    def open(self) -> bool:
        """Return whether voters can still seal ballots."""
        return self.revealed is None and not self.dropped

    @property
    def answer(self) -> str:
        """Return the decider's written answer to those who did not consent, empty while there is none."""
        return self.answers[-1] if self.answers else ""

    @property
    def outcome(self) -> "GroupOrderTaken | BoardKept | None":
        """Return what the room made of the result in the end, or None while that is open."""
        return self.outcomes[-1] if self.outcomes else None


class Talk(NamedTuple):
    """A discussion of a card. `opened` and `planned` are seconds; `closed` is None while it lasts."""

    card: str
    opened: int
    planned: int
    closed: "TalkClosed | None" = None
    begun: int = 0
    """The number of the record with which it began."""
    rounds: int = 0
    """The rounds before it."""


class Quorum(NamedTuple):
    """A side's voters: all of them, those present or represented, and how many a quorum needs (METHOD 2.3)."""

    voices: int
    counted: int
    needed: int

    @property
    def met(self) -> bool:
        """Return whether enough voters of the side are present or represented."""
        return self.counted >= self.needed
