"""What the methods that put cards in an order share: votes to count, and what counting them gives."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Generic, NamedTuple, TypeVar

from sessions.record.events import BallotsRevealed, RevealedBallot, RoundOpened, Tally, Weighting
from sessions.rounds.methods.choice import Fault
from sessions.rounds.methods.spec import MethodSpec, first_titles
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.midranks import Midranks
from sessions.voting.ranking import Ranking
from sessions.voting.weights import Times
from sessions.wording import plural

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Votes(Generic[B]):
    """The ballots that count, by voter, with the side of every voter, the cards that can be ordered, and their last rank.

    `shares` weighs the sides, None: equally.
    """

    ballots: Mapping[str, B]
    sides: Mapping[str, str]
    cards: Sequence[str]
    last_rank: Mapping[str, int | None]
    shares: Mapping[str, int] | None = None
    times: Times = field(default_factory=dict)
    """How many equal voters each stands for: only rank-order files say that."""


class SideCount(NamedTuple):
    """What one side's ballots say alone, counted per person."""

    order: tuple[str, ...]
    totals: Mapping[str, int]


class OrderSpec(MethodSpec, Generic[B]):
    """A way of asking for an order of cards. `B` is what one ballot is to the counting."""

    ballot_name: ClassVar[str]
    """What an open round is called: Ballot of points."""
    label: ClassVar[str]
    """The method in one word: points."""
    total_name: ClassVar[str]
    """What a total counts, as the head of a column."""
    counts_duels: ClassVar[bool] = False
    """Whether the order comes from duels between all cards; else from totals."""
    summary_label: ClassVar[str] = ""
    """The method as a summary names it, if that is not its label."""

    # --- counting

    @abstractmethod
    def vote(self, ballot: RevealedBallot, on_board: frozenset[str]) -> B:
        """Return what a revealed ballot gives the cards that are still on the board."""

    @abstractmethod
    def tally(self, votes: Votes[B], weighting: Weighting) -> Tally | None:
        """Return the order under one weighting; None if everyone abstained (METHOD 3.1). Raises ValueError for unfit shares."""

    @abstractmethod
    def by_side(self, votes: Votes[B]) -> dict[str, SideCount]:
        """Return each side's own order and totals, counted per person."""

    @abstractmethod
    def midranks(self, vote: B, cards: Sequence[str]) -> Midranks:
        """Return each card's place for one voter (METHOD 4.1)."""

    @abstractmethod
    def as_ranking(self, vote: B) -> Ranking:
        """Return the ranking that a ballot implies."""

    @abstractmethod
    def check_vote(self, vote: B, cards: Sequence[str]) -> Fault | None:
        """Return what is wrong with a ballot that is counted without a session, or None."""

    @abstractmethod
    def voted_for(self, ballot: RevealedBallot) -> Sequence[str]:
        """Return the cards that a ballot supports."""

    def firsts(self, vote: B, k: int) -> int:
        """Return how many cards of a ballot count as its first ones, of the K that would start."""
        return k

    def gifts(self, votes: Votes[B]) -> Mapping[str, Mapping[str, int]]:
        """Return what each voter gave each card, if the method shares out an amount; of others nothing."""
        return {}

    def shown_total(self, total: int, by_side: Sequence[int]) -> int:
        """Return the total of a card for a table, of its weighted total and its totals by side."""
        return total

    # --- in words

    def heading(self, session: Session, opened: RoundOpened) -> str:
        """Return the name of an open round; the first one has no number."""
        number = session.ballot_number(opened.round)
        return f"{self.ballot_name} {number}" if number > 1 else self.ballot_name

    def heading_revealed(self, session: Session, opened: RoundOpened) -> str:
        """Return the name of a revealed round: Ballot 1, points."""
        return f"Ballot {session.ballot_number(opened.round)}, {self.label}"

    def short_name(self, session: Session, opened: RoundOpened) -> str:
        """Return the name of a round inside the narration."""
        return f"Ballot {session.ballot_number(opened.round)}"

    @abstractmethod
    def limits(self, opened: RoundOpened) -> str:
        """Return the round's figures in a few words, for the head of its reveal; empty if it has none."""

    @abstractmethod
    def allowance(self, opened: RoundOpened) -> str:
        """Return what one voter may give, for the line below the heading."""

    @abstractmethod
    def pitch(self, cards: int) -> str:
        """Return in one sentence what a ballot of this many cards asks of a voter, for the facilitator who opens it."""

    def rules(self, session: Session, round_: Round) -> str:
        """Return how many cards are on the ballot, how many left it since it opened, and what a voter may give."""
        cards = round_.opened.cards
        left = sum(card in session.cards for card in cards)
        gone = f" ({len(cards) - left} withdrawn since)" if left < len(cards) else ""
        return f"{plural(left, 'card')}{gone} · {self.allowance(round_.opened)}"

    def narrated_result(self, session: Session, round_: Round, revealed: BallotsRevealed) -> str:
        """Return the first cards of the order."""
        return f"first: {first_titles(session, revealed.tallies[0].order)}" if revealed.tallies else ""

    def summary_name(self, opened: RoundOpened) -> str:
        """Return the name of the method in a summary."""
        return self.summary_label or self.label
