"""Session: everything that is true at one moment, as one frozen value.

It is the fold of its events (`fold`) and of nothing else; commands and screens only read it. Versions share what they have in common, so that
keeping many of them (replay does) costs little. No code changes a mapping in it.
"""

from collections.abc import Container, Iterator, Mapping
from math import ceil
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sessions.portfolio.models import Objective, Participant, Portfolio, Project, Side, Team
from sessions.record.base import Event
from sessions.record.choices import PHASES, Method, Phase, Presence
from sessions.record.codec import Recorded
from sessions.state.rounds import Quorum, Round, Talk
from sessions.state.timer import PhaseUse, Timer, planned_seconds

if TYPE_CHECKING:
    from sessions.record.agreed import ActionAgreed, Decision, DissentRecorded, QuestionParked
    from sessions.record.events import CardFate, CardOutcome, LeftoverAnswer, Line, NamedWhatIf, NoteAdded, SponsorAnswered
    from sessions.record.past import Delivered, Past
    from sessions.state.proposed_moves import ProposedMove

E = TypeVar("E", bound=Event)

SIDES: tuple[Side, ...] = ("business", "it")
"""The two sides of every room. Other sides of a portfolio come after them."""


class Withdrawn(NamedTuple):
    """A card that left the board, and why."""

    card: Project
    reason: str


class Step(NamedTuple):
    """A link of the history: an undoable event that holds (or was undone), and the one before it."""

    recorded: Recorded
    earlier: "Step | None"


class Session(NamedTuple):
    """The state of a session. Ranks count from 1; `order` is the ranked list of card ids."""

    id: str
    title: str
    quarter: str
    facilitator: str
    minutes: int
    source: str
    after: str
    """The id of the session that it follows, or an empty text."""
    past: "Past | None"
    """What it brings along from that session."""
    schema_version: int
    """The version of the event classes in which it was begun."""
    opened_at: str
    portfolio: Portfolio
    """As it was imported; `cards` has the present cards."""
    cards: Mapping[str, Project]
    order: tuple[str, ...]
    people: Mapping[str, Participant]
    teams: tuple[Team, ...] = ()
    objectives: tuple[Objective, ...] = ()
    confirmed_objectives: tuple[str, ...] = ()
    """The objectives in the order that the decider confirmed, by id."""
    folder: str = ""
    """Where the portfolio's file was; empty in a session of a file that has none, or made by release 0.1."""
    first_ranks: Mapping[str, int] = {}
    withdrawn: Mapping[str, Withdrawn] = {}
    presence: Mapping[str, Presence] = {}
    proxies: Mapping[str, str] = {}
    decider: str = ""
    asker: str = ""
    quorum_override: str = ""
    phase: Phase = "prepare"
    timer: Timer = Timer()
    phase_minutes: Mapping[Phase, int] = {}
    """The minutes of the phases to which the room gave other ones than their share of the meeting."""
    phase_use: Mapping[Phase, PhaseUse] = {}
    decisions: Mapping[str, "Decision"] = {}
    dissents: tuple["DissentRecorded", ...] = ()
    notes: tuple["NoteAdded", ...] = ()
    parked: tuple["QuestionParked", ...] = ()
    actions: tuple["ActionAgreed", ...] = ()
    rounds: tuple[Round, ...] = ()
    talks: tuple[Talk, ...] = ()
    what_ifs: tuple["NamedWhatIf", ...] = ()
    proposed_moves: tuple["ProposedMove", ...] = ()
    free_movers: tuple[str, ...] = ()
    """The people whose moves apply without asking, by id."""
    outcomes: Mapping[str, "CardOutcome"] = {}
    """What became of the decisions of the earlier session, by its id of the card."""
    fates: Mapping[str, "CardFate"] = {}
    """What became of the cards that only the earlier session has, by its id."""
    links: Mapping[str, str] = {}
    """The earlier id of cards whose match was unclear, as the room said it; empty for a new card."""
    delivered: Mapping[str, "Delivered"] = {}
    """What was delivered, in this session and before it in its series, by id."""
    sponsor_answers: Mapping[str, "SponsorAnswered"] = {}
    """The answers of sponsors who are new to a card, by card."""
    leftovers: Mapping[str, "LeftoverAnswer"] = {}
    """What became of the actions and parked questions of the earlier session, by kind and number: action 1."""
    line: "Line | None" = None
    """The line that the room drew itself; it counts if there is no plan (METHOD 2.4)."""
    next_session: str = ""
    """The ISO date of the next session, if someone named one."""
    archived: bool = False
    closed_at: str = ""
    close_rules: tuple[str, ...] = ()
    close_override: str = ""
    seq: int = 0
    at: str = ""
    elapsed: int = 0
    done: "Step | None" = None
    undone: "Step | None" = None

    def rank(self, card: str) -> int:
        """Return a card's rank. Raises ValueError if it is not on the board."""
        return self.order.index(card) + 1

    def at_rank(self, rank: int) -> Project:
        """Return the card at a rank."""
        return self.cards[self.order[rank - 1]]

    @property
    def ranks(self) -> dict[str, int]:
        """Return the rank of each card."""
        return {card: rank for rank, card in enumerate(self.order, 1)}

    @property
    def board(self) -> tuple[Project, ...]:
        """Return the cards, by rank."""
        return tuple(self.cards[card] for card in self.order)

    @property
    def brought(self) -> dict[str, Project]:
        """Return the cards as they were imported, by id."""
        return {card.id: card for card in self.portfolio.projects}

    @property
    def day(self) -> str:
        """Return the ISO date on which the session is held."""
        return self.portfolio.session_date or self.opened_at[:10]

    @property
    def objectives_confirmed(self) -> bool:
        """Return whether the decider confirmed the objectives as they are."""
        return bool(self.objectives) and self.confirmed_objectives == tuple(each.id for each in self.objectives)

    def role(self, person: str) -> str:
        """Return a person's role, or the id of an unknown person."""
        participant = self.people.get(person)
        return participant.role if participant else person

    def title_of(self, card: str) -> str:
        """Return the title of a card that is or was on the board, or its id."""
        if card in self.cards:
            return self.cards[card].title
        return self.withdrawn[card].card.title if card in self.withdrawn else card

    @property
    def closed(self) -> bool:
        """Return whether the session was closed."""
        return bool(self.closed_at)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Return the phases of this session: it looks back only on a session before it, or if it has done so in an older version."""
        looks_back = self.after or self.phase == "look_back" or "look_back" in self.phase_use
        return tuple(phase for phase in PHASES if phase != "look_back" or looks_back)

    def planned(self, phase: Phase) -> int:
        """Return the seconds of a phase: as the room set them, or else its share of the meeting."""
        return self.phase_minutes[phase] * 60 if phase in self.phase_minutes else planned_seconds(phase, self.minutes)

    @property
    def round(self) -> Round | None:
        """Return the latest round that asks for an order and was not dropped, open or revealed."""
        return next((each for each in reversed(self.rounds) if each.opened.asks_order and not each.dropped), None)

    @property
    def latest_order(self) -> Round | None:
        """Return the latest revealed round that asks for an order."""
        return next((each for each in reversed(self.rounds) if each.revealed and each.opened.asks_order), None)

    @property
    def open_round(self) -> Round | None:
        """Return the round in which voters can seal ballots, or None. There is never more than one."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].open else None

    def ballot_number(self, number: int) -> int:
        """Return the number by which people call a round on an order: rounds about single cards and cancelled ones are not counted."""
        return 1 + sum(each.opened.asks_order and not each.dropped for each in self.rounds[: number - 1])

    def rounds_of(self, method: Method) -> tuple[Round, ...]:
        """Return the revealed rounds of a method, the earliest first."""
        return tuple(each for each in self.rounds if each.revealed and each.opened.method == method)

    def asked(self, method: Method) -> tuple[Round, ...]:
        """Return all rounds of a method, also those that are open or were cancelled."""
        return tuple(each for each in self.rounds if each.opened.method == method)

    def rounds_on(self, card: str, method: Method) -> tuple[Round, ...]:
        """Return the revealed rounds of a method that asked about a card, the earliest first."""
        return tuple(each for each in self.rounds_of(method) if card in each.opened.cards)

    def open_round_on(self, card: str, method: Method) -> Round | None:
        """Return the open round if it is of a method and asks about a card."""
        round_ = self.open_round
        return round_ if round_ and round_.opened.method == method and card in round_.opened.cards else None

    @property
    def open_proposals(self) -> tuple["ProposedMove", ...]:
        """Return the proposed moves that wait for an answer, the earliest first."""
        return tuple(each for each in self.proposed_moves if each.status == "open")

    @property
    def talk(self) -> Talk | None:
        """Return the current discussion, or None."""
        return self.talks[-1] if self.talks and self.talks[-1].closed is None else None

    def over(self, card: str, words: Container[str]) -> bool:
        """Return whether a card of the board is done or delivered, or its decision is one of these words."""
        decision = self.decisions.get(card)
        return self.cards[card].state == "done" or card in self.delivered or (decision is not None and decision.word in words)

    @property
    def discussed(self) -> frozenset[str]:
        """Return the cards that were discussed."""
        return frozenset(talk.card for talk in self.talks if talk.closed)

    @property
    def undecided(self) -> tuple[str, ...]:
        """Return the cards without a decision, by rank."""
        return tuple(card for card in self.order if card not in self.decisions)

    def history(self) -> Iterator[Recorded]:
        """Return the undoable events that hold, the latest first."""
        return _walk(self.done)

    def undone_events(self) -> Iterator[Recorded]:
        """Return the events that can be redone, the next one first."""
        return _walk(self.undone)

    def voters(self, side: Side | None = None) -> tuple[Participant, ...]:
        """Return the voters, of one side or of all."""
        return tuple(person for person in self.people.values() if person.votes and side in (None, person.side))

    @property
    def voters_here(self) -> tuple[str, ...]:
        """Return the voters who are present or represented, by id."""
        return tuple(voter.id for voter in self.voters() if self.is_there(voter.id))

    def is_there(self, person: str) -> bool:
        """Return whether a person is present or represented."""
        return self.presence.get(person) in ("present", "proxy")

    @property
    def sides(self) -> tuple[Side, ...]:
        """Return the sides with voters: business and IT first, then the others in the order of the people."""
        voiced = dict.fromkeys(person.side for person in self.people.values() if person.votes)
        return tuple(side for side in dict.fromkeys((*SIDES, *voiced)) if side in voiced)

    def quorum(self) -> dict[Side, Quorum]:
        """Return the quorum of each side with voters: half of them, rounded up, including those with a proxy (METHOD 2.3)."""
        result: dict[Side, Quorum] = {}
        for side in self.sides:
            voices = self.voters(side)
            result[side] = Quorum(len(voices), sum(self.is_there(voice.id) for voice in voices), ceil(len(voices) / 2))
        return result

    @property
    def quorum_missing(self) -> tuple[Side, ...]:
        """Return the sides without a quorum."""
        return tuple(side for side, quorum in self.quorum().items() if not quorum.met)

    def overrun(self, elapsed: int) -> int:
        """Return by how many seconds the phase has run over, or 0."""
        return max(0, self.timer.used_at(elapsed) - self.timer.planned) if self.timer.planned else 0


def effective(session: "Session", kind: type[E]) -> list[E]:
    """Return the undoable events of a kind that hold, the earliest first."""
    return [recorded.event for recorded in session.history() if isinstance(recorded.event, kind)][::-1]


def _walk(step: "Step | None") -> Iterator[Recorded]:
    while step is not None:
        yield step.recorded
        step = step.earlier
