"""What a way of asking the room has to know of itself. Everything else in the product asks a spec, and knows no method by name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sessions.imports.ballots.reader import BallotReader
from sessions.imports.ballots.values import AnyBallot
from sessions.portfolio.models import Side, Value
from sessions.record.events import Anonymity, BallotsRevealed, Event, Method, Moment, RevealedBallot, RoundOpened
from sessions.rounds.methods.choice import Choice, Fault, SealedForm
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.points import DEFAULT_BUDGET
from sessions.wording import plural

RANKING_LIMIT = 10
"""How many cards a ranking asks for, usually (METHOD 3.3)."""
Raised = int | str | None
"""A raised hand: a figure, or the id of a card; None has no opinion."""


class RoundRequest(Value):
    """The request to open a round: on these cards (none: on all of the board).

    With `what_ifs` a duel is between two what-ifs: `cards` are their names.
    `limit` is for rankings, `shares` weighs the sides (none: equally), `until` says in words when the ballots are expected. Rounds of questions:
    `when` they are asked (none: as the phase says), whether those that count for nothing are asked too (`unscored`), and of
    how many new objectives IT `known` before the session.
    """

    method: Method = "points"
    anonymity: Anonymity = "side"
    budget: int = DEFAULT_BUDGET
    cap: int | None = None
    limit: int = RANKING_LIMIT
    cards: tuple[str, ...] = ()
    shares: dict[Side, int] | None = None
    until: str = ""
    what_ifs: bool = False
    when: Moment = ""
    unscored: bool = False
    known: int | None = None
    override: str = ""


Scale = tuple[tuple[int, str], ...]
"""The figures of an answer that have words."""


def scale_words(scale: Scale) -> str:
    """Return a scale as a sentence: 0 objection · 5 fully."""
    return " · ".join(f"{figure} {words}" for figure, words in scale) + "." if scale else ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a round asks a voter, in plain sentences: what it is about, the question, what an answer means, and the rules. Each may be empty."""

    about: str = ""
    question: str = ""
    scale: Scale = ()
    rules: str = ""

    @property
    def scale_words(self) -> str:
        """Return the scale as a sentence: 0 objection · 5 fully."""
        return scale_words(self.scale)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the sentences that there are, in the order in which they are read out."""
        return tuple(each for each in (self.about, self.question, self.scale_words, self.rules) if each)


class MethodSpec(ABC):
    """One way of asking the room. Its rounds ask for an order, or about cards, or about no card at all (`about_cards`)."""

    name: ClassVar[Method]
    title: ClassVar[str]
    """What a round is called inside a sentence: score round."""
    field: ClassVar[str]
    """The field of `Choice` that a ballot uses."""
    asked: ClassVar[str]
    """What a ballot gives, after "this round asks for"."""
    about_cards: ClassVar[bool] = True
    ends_discussion: ClassVar[bool] = False
    """Whether its result ends the discussion of its card."""
    takes_what_ifs: ClassVar[bool] = False
    """Whether it can ask about two what-ifs instead of cards."""
    in_discussion: ClassVar[bool] = False
    """Whether it belongs to the discussion of its card, which then cannot end while it is open."""
    reader: ClassVar[BallotReader]
    """How its ballots are read from files."""
    form_column: ClassVar[str]
    """The column of a form in which a voter answers."""
    form_asks: ClassVar[str]
    """What a voter fills in there, as a sentence."""
    form_words: ClassVar[str] = ""
    """The column of the words that may go with an answer, if there are any."""
    form_by_card: ClassVar[bool] = True
    """Whether a form has a row for each card, and an answer beside each."""
    after_the_end: ClassVar[bool] = False
    """Whether it may still be asked when the session was closed."""
    adds_up: ClassVar[bool] = False
    """Whether people see its ballots only as sums, never one by one."""

    # --- a round opens

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        """Return what a round of this method records besides what all record. Raises SessionError if it cannot be opened."""
        return {}

    def obstacle(self, session: Session, request: RoundRequest) -> str:
        """Return why opening another round needs a reason, or nothing."""
        return ""

    @abstractmethod
    def question(self, opened: RoundOpened) -> Question:
        """Return what a round asks, in plain sentences that every device shows."""

    # --- ballots

    @abstractmethod
    def check(self, opened: RoundOpened, choice: Choice) -> Fault | None:
        """Return what is wrong with a choice that has this method's field, or None."""

    @abstractmethod
    def sealed(self, choice: Choice) -> SealedForm:
        """Return a checked choice in the form in which it is sealed, without what says nothing."""

    @abstractmethod
    def choice(self, ballot: RevealedBallot) -> Choice:
        """Return what a revealed ballot chose."""

    def choice_read(self, ballot: AnyBallot, opened: RoundOpened) -> Choice:
        """Return the choice that a ballot from a file makes in a round."""
        return Choice.model_validate({self.field: ballot})

    def silent(self, ballot: RevealedBallot) -> bool:
        """Return whether a ballot gives no opinion although it does not abstain."""
        return False

    # --- hands

    def takes_hands(self, opened: RoundOpened) -> bool:
        """Return whether hands can answer a round."""
        return False

    def most_hands(self, opened: RoundOpened, raised: Sequence[Raised]) -> int:
        """Return how many voters of a side these hands need at least."""
        return len(raised)

    def choices_raised(self, opened: RoundOpened, raised: Sequence[Raised], voters: int) -> list[Choice]:
        """Return the ballots that one side's raised hands stand for; the side has this many voters. Raises BallotRefusedError."""
        raise NotImplementedError

    def hands_by_card(self, ballots: Sequence[RevealedBallot]) -> dict[Side, dict[str, int]] | None:
        """Return the hands by side and card, if they only add up and no hand is a voter's ballot; else None."""
        return None

    # --- what is asked about

    def item_text(self, session: Session, item: str) -> str:
        """Return what a ballot names an item of a round: a card by its title."""
        return session.title_of(item)

    def item_name(self, item: str) -> str:
        """Return a shorter name of an item other than a card, for a device that shows its answers apart; or nothing."""
        return ""

    def scale_of(self, item: str) -> Sequence[tuple[int, str]]:
        """Return the answers to an item that have words of their own, each with its figure."""
        return ()

    # --- the result

    def answers(self, opened: RoundOpened, ballots: Sequence[RevealedBallot]) -> Sequence[Sequence[RevealedBallot]]:
        """Return the ballots that answer, for each thing asked: in a secret round every side needs enough of them to be shown apart."""
        return [ballots]

    def sums(self, round_: Round) -> Mapping[str, Mapping[Side, Sequence[int]]]:
        """Return how often each answer was given, from the lowest up, by item and by side if they may be shown apart; else nothing."""
        return {}

    def events_after(self, session: Session, round_: Round) -> list[Event]:
        """Return what follows from a revealed round, as the card that a duel moves."""
        return []

    def discussion_note(self, round_: Round) -> str:
        """Return what the record of a discussion says about the revealed round that ended it."""
        return ""

    # --- in words

    @abstractmethod
    def heading(self, session: Session, opened: RoundOpened) -> str:
        """Return the name of an open round: Score round 1 on “CRM”."""

    def heading_revealed(self, session: Session, opened: RoundOpened) -> str:
        """Return the name of a revealed round in a list of rounds."""
        return self.heading(session, opened)

    @abstractmethod
    def short_name(self, session: Session, opened: RoundOpened) -> str:
        """Return the name of a round inside the narration: Score round 2 on CRM."""

    @abstractmethod
    def rules(self, session: Session, round_: Round) -> str:
        """Return what a voter may give, for the line below the heading."""

    @abstractmethod
    def narrated_opening(self, session: Session, opened: RoundOpened) -> str:
        """Return what a round asks for, for the narration of its opening."""

    @abstractmethod
    def narrated_result(self, session: Session, round_: Round, revealed: BallotsRevealed) -> str:
        """Return what a round led to, for the narration of its reveal, or nothing."""

    def summary_name(self, opened: RoundOpened) -> str:
        """Return the name of the method in a summary."""
        return self.title

    def exported(self, ballot: RevealedBallot) -> dict[str, Any]:
        """Return the choice of a ballot for the JSON export, where figures by card are an object."""
        value = getattr(self.choice(ballot), self.field)
        return {self.field: value} if value and isinstance(value, dict) else {}

    def voters(self, opened: RoundOpened) -> str:
        """Return how many voters a round asks."""
        return plural(len(opened.voices), "voter")


FIRST_NAMED = 3
"""How many titles of an order are named."""


def first_titles(session: Session, order: Sequence[str]) -> str:
    """Return the first titles of an order. Titles hold an “and” themselves, so none is put between them."""
    return ", ".join(session.title_of(card) for card in order[:FIRST_NAMED])
