"""What can happen in rounds: ballots, their reveal, the discussion of a card, consent (METHOD 2.3 to 2.8, 3).

Every way of asking the room is a round: it is opened, ballots are sealed (or hands are counted), and it is revealed. Until the reveal an event
shows only that a voter has voted; what the reveal may show was announced by the round's `anonymity` before its first ballot.
"""

from typing import Literal, get_args

from sessions.portfolio.models import Side, Value
from sessions.record.base import Event, Weighting
from sessions.record.choices import Anonymity, Method, OrderMethod

Way = Literal["keyboard", "file", "proxy", "device"]
"""How a sealed ballot came in (METHOD 2.8): at the shared keyboard, from a file, through the voter's proxy, or from the voter's device."""

Moment = Literal["", "open", "close"]
"""Whether questions were asked at the beginning of a session or at its end."""

TalkOutcome = Literal["moved", "kept", "duel", "differ"]
"""The outcome of a discussion; `differ` is to agree to differ."""


class RoundOpened(Event):
    """A round of ballots began on these cards.

    `budget` and `cap` are for points (METHOD 3.2), `limit` is the longest ranking allowed (0: any). A duel's `cards` are the lower card
    and the one above it; a consent round asks about one card's decision, whose sentence is `about`. `shares` weighs the sides (METHOD 3.1),
    none: equally. `numbers` are the ranks that the cards had on the board: the ballot's numbers, which later moves do not change. `until` is when the
    room expects the ballots, in words. With `what_ifs` a duel is between two what-ifs: `cards` are their names. A round about no card asks
    `questions`, at the moment `when`.
    """

    kind = "round_opened"
    round: int
    method: Method = "points"
    anonymity: Anonymity = "named"
    budget: int = 0
    cap: int = 0
    limit: int = 0
    cards: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    voices: tuple[str, ...]
    shares: tuple[tuple[Side, int], ...] = ()
    about: str = ""
    until: str = ""
    what_ifs: bool = False
    questions: tuple[str, ...] = ()
    when: Moment = ""
    override: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """Return what a ballot answers: cards, or questions."""
        return self.questions or self.cards

    @property
    def numbered(self) -> dict[str, int]:
        """Return each item's number on the ballot, in the order of the numbers; a round of 0.1 counts its cards as they are listed."""
        numbers = self.numbers if len(self.numbers) == len(self.items) else range(1, len(self.items) + 1)
        return dict(sorted(zip(self.items, numbers, strict=True), key=lambda each: each[1]))

    @property
    def asks_order(self) -> bool:
        """Return whether the round asks for an order of its cards."""
        return self.method in get_args(OrderMethod)


class BallotSealed(Event):
    """A voter has voted, or voted again. The seal shows nothing of the ballot without the urn. `entered_by` is the proxy who brought it."""

    kind = "ballot_sealed"
    round: int
    voice: str
    seal: str
    way: Way = "keyboard"
    entered_by: str = ""


class RevealedBallot(Value):
    """A ballot as it was sealed, or a raised hand.

    `points` and `scores` are by card, as (card, number); a score round leaves out a card on which the voter has no opinion; `words` is the sentence
    that came with a low hand; `reason` is one line about `reason_card`. Voter, salt and seal are there unless the round was secret or
    hands were counted; the side unless a secret round had too few ballots of a side.
    """

    voice: str = ""
    side: Side = ""
    salt: str = ""
    seal: str = ""
    abstained: bool = False
    points: tuple[tuple[str, int], ...] = ()
    ranking: tuple[tuple[str, ...], ...] = ()
    scores: tuple[tuple[str, int], ...] = ()
    prefers: str = ""
    words: str = ""
    reason: str = ""
    reason_card: str = ""


class Tally(Value):
    """The order of a round under one weighting.

    `totals` are weighted points, or net Borda of a ranking; `mean_tenths` the mean points per voter, in tenths; `duels` how many each card won
    and lost, of a ranking.
    """

    weighting: Weighting
    order: tuple[str, ...]
    totals: tuple[int, ...]
    mean_tenths: tuple[int, ...] = ()
    duels: tuple[tuple[int, int], ...] = ()


class Turnout(Value):
    """A side's voters at the reveal of a round: how many, how many voted, and how many of these abstained."""

    side: Side
    voices: int
    ballots: int
    abstained: int = 0


class BallotsRevealed(Event):
    """The ballots were opened, or hands were counted.

    `missing` voters had not voted; `side_orders` is each side's own order; `first_k` how many cards of the order the plan starts (METHOD 4.3);
    `proved` how many ballots were proved against their seals; `provisional`: revealed without a quorum; `solo`: all counted ballots
    of an order came from one side (K-SOLO).
    """

    kind = "ballots_revealed"
    round: int
    ballots: tuple[RevealedBallot, ...]
    missing: tuple[str, ...] = ()
    turnout: tuple[Turnout, ...] = ()
    tallies: tuple[Tally, ...] = ()
    side_orders: tuple[tuple[Side, tuple[str, ...]], ...] = ()
    first_k: int = 0
    proved: int = 0
    hands: bool = False
    provisional: bool = False
    solo: bool = False
    override: str = ""


class VotingTimeSet(Event):
    """A round has another time for its ballots: `until` in words, `old` before; or the time is `over`, and devices send no more."""

    kind = "voting_time_set"
    round: int
    old: str = ""
    until: str = ""
    over: bool = False


class RoundDropped(Event):
    """A round was cancelled before its reveal; its ballots are destroyed unseen."""

    kind = "round_dropped"
    round: int
    reason: str


class GroupOrderTaken(Event):
    """The board took the order of a round; `override` is the reason for taking one that a single side made."""

    kind = "group_order_taken"
    undoable = True
    round: int
    weighting: Weighting
    old: tuple[str, ...]
    new: tuple[str, ...]
    override: str = ""


class BoardKept(Event):
    """The room saw the group's order and kept the board as it was."""

    kind = "board_kept"
    undoable = True
    round: int
    reason: str = ""


class TalkOpened(Event):
    """The discussion of a card began, with this many seconds planned."""

    kind = "talk_opened"
    card: str
    planned: int


class TalkClosed(Event):
    """The discussion of a card ended after `used` seconds; `note` sums it up in one sentence."""

    kind = "talk_closed"
    card: str
    outcome: TalkOutcome
    used: int
    note: str = ""


class TalkPutOff(Event):
    """The discussion of a card, in which nothing was scored or written down, ended without an outcome: it is as if it had not begun."""

    kind = "talk_put_off"
    card: str


class ConsentAnswered(Event):
    """The decider closed a decision that did not get consent, with a written answer to those who object."""

    kind = "consent_answered"
    undoable = True
    round: int
    card: str
    answer: str
