"""Points at the terminal (METHOD 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from sessions.record.events import RoundOpened, Tally
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.points import NOT_WHOLE, SPEC
from sessions.voting.points import DEFAULT_BUDGET, ballot_cap
from sessions.wording import one_decimal, plural
from tui.dialogs.typed_figures import FigureError
from tui.voting.methods.entry import NO_OPINION, NOTHING, CardList, EntryRefusedError, figure
from tui.voting.methods.view import FormField, OrderView, Part, bar, typed


def default_cap(cards: int) -> int:
    """Return the cap that a new ballot of so many cards proposes (METHOD 3.2)."""
    return min(DEFAULT_BUDGET, ballot_cap(cards))


class PointsView(OrderView):
    """The points ballot."""

    spec = SPEC
    total_head = "points"
    fields = (
        FormField("budget", "Points per voter", "Points per voter", lambda _: str(DEFAULT_BUDGET), "100"),
        FormField("cap", "Most on one card", "The most on one card", lambda cards: str(default_cap(cards)), "25", follows_cards=True),
    )

    def how(self, cards: int) -> str:
        """Return how points are written."""
        return "pairs like 3 25, 1 20, or none, or abstain"

    def typing(self, opened: RoundOpened) -> list[Part]:
        """Return how points are typed."""
        return ["Numbers and points, as ", typed("3 25, 1 20"), " — or ", typed("none"), " of these — or ", typed("abstain")]

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read pairs of a card and its points."""
        if words in NOTHING:
            return Choice(points={})
        given = on.amounts(text)
        if NO_OPINION in given.values():
            raise EntryRefusedError(NOT_WHOLE)
        points = {card: figure(each) for card, each in given.items()}
        return Choice(points={card: each for card, each in points.items() if each})

    def figures(self, numbers: Mapping[str, int], cards: int) -> dict[str, object]:
        """Return budget and cap, unless the cap makes the budget impossible to spend."""
        most = numbers["cap"] * cards
        if 0 < most < numbers["budget"]:
            on = f"at most {numbers['cap']} on each of {plural(cards, 'card')} are {most}"
            raise FigureError(f"Nobody could give {numbers['budget']} points: {on}.")
        return dict(numbers)

    def total(self, tally: Tally, place: int) -> str:
        """Return the mean points per voter."""
        return one_decimal(tally.mean_tenths[place])

    def beside(self, tally: Tally, place: int, cells: int) -> str:
        """Draw the mean points as a bar."""
        return bar(tally.mean_tenths[place], max(tally.mean_tenths), cells - 1)

    def bar(self, tally: Tally, place: int, opened: RoundOpened) -> tuple[int, str]:
        """Return the mean points, measured by the cap."""
        mean = tally.mean_tenths[place]
        return min(1000, mean * 1000 // max(1, opened.cap * 10)), one_decimal(mean)

    def in_words(self, tally: Tally, place: int) -> str:
        """Return the mean points per voter."""
        return f"{self.total(tally, place)} points per voter"


VIEW = PointsView()
