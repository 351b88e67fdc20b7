"""What a terminal has to know of a way of asking the room. Every screen asks a view, and knows no method by name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sessions.portfolio.models import Side
from sessions.record.events import RevealedBallot, RoundOpened, Tally
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.order import OrderSpec
from sessions.rounds.methods.spec import MethodSpec
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import ordinal
from tui.text import wrap
from tui.themes import Ink
from tui.voting.drawing.fingers import Scale
from tui.voting.methods.entry import CardList
from tui.widgets.listing import Line, Piece

Raised = Mapping[Side, tuple[int | str | None, ...]]
"""The hands of every side that raised any: figures, or ids of cards; None has no opinion."""


def examples(opened: RoundOpened) -> list[int]:
    """Return a few numbers of a ballot that an example may name, not in their order."""
    numbers = list(opened.numbered.values())[:4]
    return numbers[2:3] + numbers[:2] + numbers[3:]


class MethodView(ABC):
    """One way of asking the room, as the terminal shows it."""

    spec: MethodSpec

    # --- the secret ballot

    @abstractmethod
    def how(self, opened: RoundOpened) -> str:
        """Return how a ballot is typed, in a sentence or two."""

    aside: ClassVar[str] = ""
    """What the dialog says last."""
    takes_reason: ClassVar[bool] = False
    """Whether a line of reason is asked after the choice."""

    def balance(self, opened: RoundOpened, choice: Choice) -> str:
        """Return how much of what a voter may give is left, or is too much, for the voter's eyes only; nothing if there is no limit."""
        return ""

    def entries(self, choice: Choice) -> list[tuple[str, str]]:
        """Return what a ballot gives each card, for the voter's eyes only."""
        if choice.ranking is not None:
            return [(card, ordinal(place)) for place, tier in enumerate(choice.ranking, 1) for card in tier]
        figures = choice.points or choice.scores or {}
        return [(card, str(figure)) for card, figure in figures.items()] or ([(choice.prefers, "higher")] if choice.prefers else [])

    @abstractmethod
    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read what a voter typed; `words` is the same on one line and in small letters. Raises EntryRefusedError."""

    # --- hands

    hands_scale: ClassVar[Scale | None] = None
    """What the fingers of a hand mean; without a scale hands are counted by card."""
    one_hand: ClassVar[bool] = False
    """Whether a voter raises one hand for all the cards together."""

    def hands_asked(self, session: Session, opened: RoundOpened) -> list[str]:
        """Return what the hands answer, a line each."""
        return [self.spec.heading(session, opened), *self.spec.question(opened).lines]

    # --- the result

    @abstractmethod
    def drawing(self, session: Session, round_: Round, width: int) -> list[Line]:
        """Draw the result of a revealed round, for a panel of `width` cells."""

    def gave(self, session: Session, round_: Round, ballot: RevealedBallot) -> str:
        """Return what a named ballot gave."""
        scores = dict(ballot.scores)
        return " and ".join(str(scores.get(card, "–")) for card in round_.opened.cards)


@dataclass(frozen=True, slots=True)
class FormField:
    """A line that the form for a new ballot shows for one method: its label, what it is in a refusal, its first value and its example."""

    name: str
    label: str
    what: str
    initial: Callable[[int], str]
    """The first value, for a number of cards."""
    example: str
    follows_cards: bool = False
    """Whether the value follows the number of cards until someone changes it."""


class OrderView(MethodView):
    """A way of asking for an order of cards."""

    spec: OrderSpec[Any]
    takes_reason = True
    fields: ClassVar[tuple[FormField, ...]] = ()
    total_head: ClassVar[str]
    """The head of the column of totals."""
    aside_head: ClassVar[str] = ""
    """The head of the column beside it."""
    words_beside: ClassVar[bool] = False
    """Whether words are beside a total, not a bar."""

    def figures(self, numbers: Mapping[str, int], cards: int) -> dict[str, object]:
        """Return the figures of the form as fields of the request. Raises FigureError."""
        return dict(numbers)

    @abstractmethod
    def total(self, tally: Tally, place: int) -> str:
        """Return the total of the card at a place of the order."""

    @abstractmethod
    def beside(self, tally: Tally, place: int, cells: int) -> str:
        """Return what is beside the total: a bar in `cells` cells, or words."""

    @abstractmethod
    def bar(self, tally: Tally, place: int, opened: RoundOpened) -> tuple[int, str]:
        """Return how long the bar on the card is, in thousandths, and its figure; -1 for no bar."""

    @abstractmethod
    def in_words(self, tally: Tally, place: int) -> str:
        """Return the total of the card at a place in words."""

    def drawing(self, session: Session, round_: Round, width: int) -> list[Line]:
        """List the first cards of the order."""
        order = round_.revealed.tallies[0].order[:10] if round_.revealed and round_.revealed.tallies else ()
        return [line for rank, card in enumerate(order, 1) for line in prose(f"{rank:>2}  {session.title_of(card)}", width, most=1)]


def prose(text: str, width: int, ink: Ink = "text", *, bold: bool = False, most: int = 6) -> list[Line]:
    """Return a text as lines of a panel."""
    return [[Piece(line, ink, bold=bold)] for line in wrap(text, width, most)] if text else []


def bar(value: int, most: int, cells: int) -> str:
    """Draw a value as a bar; the highest value fills all cells."""
    halves = value * cells * 2 // most if most else 0
    return "━" * (halves // 2) + "╸" * (halves % 2)
