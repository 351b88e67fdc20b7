"""Session: everything that is true at one moment, as one frozen value.

It is the fold of its events (`folding`) and of nothing else; commands and screens only read it. Versions share what they have in common, so that
keeping many of them (replay does) costs little. Mappings in it are never changed in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from typing import Any, NamedTuple, Self

from sessions.portfolio.models import Participant, Portfolio, Project, Side, Team
from sessions.record.events import (
    PHASES,
    ActionAgreed,
    BallotSealed,
    BallotsRevealed,
    BoardKept,
    CardMoved,
    Decision,
    DissentRecorded,
    Event,
    GroupOrderTaken,
    Method,
    NoteAdded,
    Phase,
    Presence,
    QuestionParked,
    Recorded,
    RoundOpened,
    TalkClosed,
)
from sessions.state.board_order import KEPT, Order, OrderField
from sessions.state.history import Link, walk

SIDES: tuple[Side, ...] = ("business", "it")
"""The two sides that every room has; others that a portfolio names stand behind them."""

PHASE_MINUTES: Mapping[Phase, int] = {
    "prepare": 0, "open": 5, "look_back": 10, "cards": 10, "vote": 10, "reveal": 5, "talk": 20, "sequence": 15, "decide": 10, "close": 5,
}  # fmt: skip
"""Minutes of each phase in a session of 90 minutes (METHOD 2.2)."""

PHASE_NAMES: Mapping[Phase, str] = {phase: phase.replace("_", " ").capitalize() for phase in PHASES}


def planned_seconds(phase: Phase, minutes: int) -> int:
    """Return a phase's seconds in a session of that many minutes: its share of 90, to the whole minute, half up (METHOD 2.2)."""
    return (PHASE_MINUTES[phase] * minutes * 2 + 90) // 180 * 60


@dataclass(frozen=True, slots=True)
class Timer:
    """The phase's timer in seconds: `used` until `since`, the session's second at which it was last started (None: it stands)."""

    planned: int = 0
    used: int = 0
    since: int | None = None

    def used_at(self, elapsed: int) -> int:
        """Return the seconds used when the session is that many seconds old."""
        return self.used if self.since is None else self.used + max(0, elapsed - self.since)


class PhaseUse(NamedTuple):
    """How long a phase was planned to last and how long it lasted, in seconds, over all its visits."""

    planned: int
    used: int


@dataclass(frozen=True, slots=True)
class Round:
    """A ballot round: how it was opened, who has voted with which seal, and what the reveal showed."""

    opened: RoundOpened
    seals: Mapping[str, str] = field(default_factory=dict)
    revealed: BallotsRevealed | None = None
    entered: Mapping[str, BallotSealed] = field(default_factory=dict)
    """How each voice's ballot came in."""
    outcomes: tuple[GroupOrderTaken | BoardKept, ...] = ()
    """What the room made of the result, the latest last: it may keep the board first and take the order later."""
    answer: str = ""
    """The decider's written answer to those who did not consent."""
    dropped: bool = False

    @property
    def open(self) -> bool:
        """Return whether ballots can still be sealed."""
        return self.revealed is None and not self.dropped

    @property
    def outcome(self) -> GroupOrderTaken | BoardKept | None:
        """Return what the room made of the result in the end, or None while that is open."""
        return self.outcomes[-1] if self.outcomes else None


class Talk(NamedTuple):
    """A talk about a card. `opened` and `planned` are seconds; `closed` is None while it goes on."""

    card: str
    opened: int
    planned: int
    closed: TalkClosed | None = None

    def left_at(self, elapsed: int) -> int:
        """Return the seconds left when the session is that many seconds old; negative past the time."""
        return self.planned - max(0, elapsed - self.opened)


class Quorum(NamedTuple):
    """A side's voices: all of them, those present or represented, and how many are needed (METHOD 2.3)."""

    voices: int
    counted: int
    needed: int

    @property
    def met(self) -> bool:
        """Return whether enough voices of the side are there."""
        return self.counted >= self.needed


class Memo:
    """A place to keep what was computed from a session last, shared by its versions. It is no part of the state."""

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept: Any = None


class Withdrawn(NamedTuple):
    """A card that left the board, and why."""

    card: Project
    reason: str


class Step(NamedTuple):
    """A link of the history: an undoable event that holds (or was taken back), and the one before it."""

    recorded: Recorded
    earlier: Link | None


@dataclass(frozen=True)
class Session:
    """The state of a session. Ranks count from 1; `order` is the ranked list of card ids."""

    id: str
    title: str
    quarter: str
    facilitator: str
    minutes: int
    source: str
    opened_at: str
    portfolio: Portfolio
    """As it was brought in; the cards as they are now are in `cards`."""
    cards: Mapping[str, Project]
    order: tuple[str, ...]
    first_order: tuple[str, ...]
    people: Mapping[str, Participant]
    teams: tuple[Team, ...] = ()
    first_ranks: Mapping[str, int] = field(default_factory=dict, compare=False)
    withdrawn: Mapping[str, Withdrawn] = field(default_factory=dict)
    presence: Mapping[str, Presence] = field(default_factory=dict)
    proxies: Mapping[str, str] = field(default_factory=dict)
    decider: str = ""
    asker: str = ""
    quorum_override: str = ""
    phase: Phase = "prepare"
    timer: Timer = Timer()
    phase_use: Mapping[Phase, PhaseUse] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    dissents: tuple[DissentRecorded, ...] = ()
    notes: tuple[NoteAdded, ...] = ()
    parked: tuple[QuestionParked, ...] = ()
    actions: tuple[ActionAgreed, ...] = ()
    rounds: tuple[Round, ...] = ()
    talks: tuple[Talk, ...] = ()
    closed_at: str = ""
    close_rules: tuple[str, ...] = ()
    close_override: str = ""
    seq: int = 0
    at: str = ""
    elapsed: int = 0
    done: Link | None = field(default=None, compare=False, repr=False)
    undone: Link | None = field(default=None, compare=False, repr=False)
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields of this very class
        """Return a copy with these fields changed."""
        if "order" in changes:
            changes[KEPT] = Order(changes.pop("order"))
        # `dataclasses.replace` costs ten times as much, and a fold does this for every event.
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.__dict__.update(changes)
        return new

    @property
    def ranking(self) -> Order:
        """The order as it is kept: to count the cards, to find one, and to move one, it need not be put together as `order`."""
        kept: Order = self.__dict__[KEPT]
        return kept

    def moved(self, card: str, rank: int) -> Self:
        """Return the session with a card moved to a rank. Raises ValueError where the card or the rank is not on the board."""
        return self.evolve(**{KEPT: self.ranking.moved(card, rank - 1)})

    def as_portfolio(self) -> Portfolio:
        """Return the portfolio as it is now: the cards on the board by rank, the people and the teams of the session."""
        cards = tuple(self.cards[card] for card in self.order)
        changes = {"projects": cards, "participants": tuple(self.people.values()), "teams": self.teams}
        return self.portfolio.model_copy(update=changes)

    def rank(self, card: str) -> int:
        """Return a card's rank. Raises ValueError where it is not on the board."""
        return self.ranking.index(card) + 1

    def at_rank(self, rank: int) -> Project:
        """Return the card at a rank."""
        return self.cards[self.ranking.at(rank - 1)]

    def title_of(self, card: str) -> str:
        """Return the title of a card that is or was on the board, or its id."""
        if card in self.cards:
            return self.cards[card].title
        return self.withdrawn[card].card.title if card in self.withdrawn else card

    def role(self, person: str) -> str:
        """Return a person's role, or the id where the person is not known."""
        participant = self.people.get(person)
        return participant.role if participant else person

    @property
    def closed(self) -> bool:
        """Return whether the session was closed."""
        return bool(self.closed_at)

    @property
    def round(self) -> Round | None:
        """Return the latest round that asks for an order and was not dropped, open or revealed."""
        return next((each for each in reversed(self.rounds) if each.opened.asks_order and not each.dropped), None)

    @property
    def open_round(self) -> Round | None:
        """Return the round in which ballots can be sealed, whatever it asks for; there is one at most."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].open else None

    def ballot_number(self, number: int) -> int:
        """Return the number by which people call a round on an order: rounds about single cards are not counted."""
        return 1 + sum(each.opened.asks_order for each in self.rounds[: number - 1])

    def rounds_on(self, card: str, method: Method) -> tuple[Round, ...]:
        """Return the revealed rounds of a method that asked about a card, the earliest first."""
        return tuple(each for each in self.rounds if each.revealed and each.opened.method == method and card in each.opened.cards)

    @property
    def talk(self) -> Talk | None:
        """Return the talk that goes on, or None."""
        return self.talks[-1] if self.talks and self.talks[-1].closed is None else None

    @property
    def undecided(self) -> tuple[str, ...]:
        """Return the cards without a decision, by rank."""
        return tuple(card for card in self.order if card not in self.decisions)

    def history(self, naming: str = "") -> Iterator[Recorded]:
        """Return the undoable events that hold, the latest first; with a text, those that do not have it as the value of a field may be left out."""
        return walk(self.done, naming)

    def taken_back(self) -> Iterator[Recorded]:
        """Return the events that can be redone, the next one first."""
        return walk(self.undone)

    def last_move(self, card: str) -> CardMoved | None:
        """Return the latest move of a card that holds, with its reason where one was noted afterwards."""
        for recorded in self.history(naming=card):
            if isinstance(recorded.event, CardMoved) and recorded.event.card == card:
                reason = recorded.event.reason or "; ".join(note.text for note in self.notes if note.about == recorded.seq)
                return recorded.event.model_copy(update={"reason": reason})
        return None

    def voices(self, side: Side | None = None) -> tuple[Participant, ...]:
        """Return those who have a vote, of one side or of all."""
        return tuple(person for person in self.people.values() if person.votes and side in (None, person.side))

    def is_there(self, person: str) -> bool:
        """Return whether somebody is present or represented."""
        return self.presence.get(person) in ("present", "proxy")

    @property
    def sides(self) -> tuple[Side, ...]:
        """Return the sides that have a voice: business and IT first, then others in the order of the people."""
        voiced = dict.fromkeys(person.side for person in self.people.values() if person.votes)
        return tuple(side for side in dict.fromkeys((*SIDES, *voiced)) if side in voiced)

    def quorum(self) -> dict[Side, Quorum]:
        """Return each side's quorum: half of its voices, rounded up, counted with proxies (METHOD 2.3). Sides without voices are left out."""
        result: dict[Side, Quorum] = {}
        for side in self.sides:
            voices = self.voices(side)
            result[side] = Quorum(len(voices), sum(self.is_there(voice.id) for voice in voices), ceil(len(voices) / 2))
        return result

    @property
    def quorum_missing(self) -> tuple[Side, ...]:
        """Return the sides without a quorum."""
        return tuple(side for side, quorum in self.quorum().items() if not quorum.met)

    @property
    def next_session(self) -> date | None:
        """Return the day on which the next session is due: a quarter's weeks after this one."""
        day = self.portfolio.session_date or self.opened_at[:10]
        return date.fromisoformat(day) + timedelta(weeks=self.portfolio.weeks_in_quarter) if day else None

    def overrun(self, elapsed: int) -> int:
        """Return the seconds by which the phase has run over, 0 while it has not."""
        return max(0, self.timer.used_at(elapsed) - self.timer.planned) if self.timer.planned else 0


# Only here, so that the field has no default.
Session.order = OrderField()  # type: ignore[assignment]


def effective(session: Session, kind: type[Event]) -> list[Recorded]:
    """Return the undoable events of a kind that hold, the earliest first."""
    return [recorded for recorded in session.history(naming=kind.model_fields["kind"].default) if isinstance(recorded.event, kind)][::-1]
