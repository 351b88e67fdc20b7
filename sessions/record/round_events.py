"""What can happen around voices: rounds of ballots, their reveal, the talk about a card, consent (METHOD 2.3 to 2.8, 3).

Every way of asking the room is a round: it is opened, ballots are sealed (or hands are counted), and it is revealed. Until the reveal an event
tells only that a voice is in; what the reveal may tell was announced by the round's `anonymity` before its first ballot.
"""

from typing import ClassVar, Literal, get_args

from sessions.portfolio.models import Side, Value
from sessions.record.base import Event, Weighting

OrderMethod = Literal["points", "ranking", "approval"]
"""The methods that put cards in an order."""
CardMethod = Literal["score", "duel", "consent"]
"""The methods that ask about a card, or about two."""
Method = Literal[OrderMethod, CardMethod]
METHODS: tuple[Method, ...] = get_args(Method)

Anonymity = Literal["named", "side", "secret"]
"""What a reveal tells of a ballot (METHOD 2.6): its voice; its side, while the voice stays in the session file; or nothing but what was chosen."""
ANONYMITIES: tuple[Anonymity, ...] = get_args(Anonymity)

Way = Literal["keyboard", "file", "proxy", "device"]
"""How a sealed ballot came in (METHOD 2.8): typed unseen at the shared keyboard, from a file, entered by the voter's proxy, or from an own device."""

TalkOutcome = Literal["moved", "kept", "duel", "differ"]
"""What a talk led to; `differ` is to agree to differ."""


class RoundOpened(Event):
    """A round of ballots began on these cards.

    `budget` and `cap` are for points (METHOD 3.2), `limit` is the longest ranking that is asked for (0: any). A duel's `cards` are the lower card
    and the one above it; a consent round asks about one card's decision, whose sentence is `about`. `shares` weighs the sides (METHOD 3.1),
    none: equally.
    """

    kind: Literal["round_opened"] = "round_opened"
    round: int
    method: Method = "points"
    anonymity: Anonymity = "named"
    budget: int = 0
    cap: int = 0
    limit: int = 0
    cards: tuple[str, ...]
    voices: tuple[str, ...]
    shares: tuple[tuple[Side, int], ...] = ()
    about: str = ""
    override: str = ""

    @property
    def asks_order(self) -> bool:
        """Return whether the round asks for an order of its cards."""
        return self.method in get_args(OrderMethod)


class BallotSealed(Event):
    """A voice has voted, or voted anew. The seal says nothing of the ballot without the urn. `entered_by` is the proxy who brought it."""

    kind: Literal["ballot_sealed"] = "ballot_sealed"
    round: int
    voice: str
    seal: str
    way: Way = "keyboard"
    entered_by: str = ""


class RevealedBallot(Value):
    """A ballot as it was sealed, or a raised hand.

    `points` and `scores` are by card, as (card, number); a score round leaves a card out where a voice has no opinion; `words` is the sentence
    that came with a low hand; `reason` is one line about `reason_card`. A voice, its salt and its seal are there unless the round was secret or
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

    `totals` are weighted points, or net Borda of a ranking; `mean_tenths` the mean points a voice, in tenths; `duels` how many each card won
    and lost, of a ranking.
    """

    weighting: Weighting
    order: tuple[str, ...]
    totals: tuple[int, ...]
    mean_tenths: tuple[int, ...] = ()
    duels: tuple[tuple[int, int], ...] = ()


class Turnout(Value):
    """A side's voices when a round was revealed: how many there are, whose ballots are in, and how many of these abstained."""

    side: Side
    voices: int
    ballots: int
    abstained: int = 0


class BallotsRevealed(Event):
    """The ballots were opened, or hands were counted.

    `missing` voices had not voted; `side_orders` is each side's own order; `first_k` how many cards of the order the plan starts (METHOD 4.3);
    `proved` how many ballots were proved against their seals; `provisional`: revealed without a quorum; `solo`: all counted ballots
    of an order came from one side (K-SOLO).
    """

    kind: Literal["ballots_revealed"] = "ballots_revealed"
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


class RoundDropped(Event):
    """A round was given up before its reveal; its ballots are destroyed unseen."""

    kind: Literal["round_dropped"] = "round_dropped"
    round: int
    reason: str


class GroupOrderTaken(Event):
    """The order of a ballot round was laid onto the board; `override` is the reason for taking one that a single side made."""

    kind: Literal["group_order_taken"] = "group_order_taken"
    undoable: ClassVar[bool] = True
    round: int
    weighting: Weighting
    old: tuple[str, ...]
    new: tuple[str, ...]
    override: str = ""


class BoardKept(Event):
    """The room saw the group's order and kept the board as it was."""

    kind: Literal["board_kept"] = "board_kept"
    undoable: ClassVar[bool] = True
    round: int
    reason: str = ""


class TalkOpened(Event):
    """The room began to talk about a card, for so many seconds."""

    kind: Literal["talk_opened"] = "talk_opened"
    card: str
    planned: int


class TalkClosed(Event):
    """The talk about a card ended after `used` seconds; `note` is what was said on it in one sentence."""

    kind: Literal["talk_closed"] = "talk_closed"
    card: str
    outcome: TalkOutcome
    used: int
    note: str = ""


class ConsentAnswered(Event):
    """The decider closed a decision that did not get consent, with a written answer to those who object."""

    kind: Literal["consent_answered"] = "consent_answered"
    undoable: ClassVar[bool] = True
    round: int
    card: str
    answer: str
