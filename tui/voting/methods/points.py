"""Points at the terminal (METHOD 3.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sessions.record.events import RoundOpened, Tally
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.points import NOT_WHOLE, SPEC
from sessions.voting.points import DEFAULT_BUDGET, ballot_cap
from sessions.wording import one_decimal, plural
from tui.dialogs.typed_figures import FigureError
from tui.voting.methods.entry import NO_OPINION, NOTHING, CardList, EntryRefusedError, figure
from tui.voting.methods.view import FormField, OrderView, bar, examples

_ALONE = 3
"""From this many on, bare numbers are cards; two are a card and its points."""
_ROUND = "05"
"""How points usually end."""
COMMAS = "Card and points, or cards alone? Commas tell: 3 25, 1 20 or 3, 1, 2."

ONE_ALONE = "One card alone needs its points."


class PointsView(OrderView):
    """The points ballot."""

    spec = SPEC
    total_head = "points"
    fields = (
        FormField("budget", "Points per person", "Points per person", lambda _: str(DEFAULT_BUDGET), "100"),
        FormField("cap", "Limit per card", "The limit per card", lambda cards: str(min(DEFAULT_BUDGET, ballot_cap(cards))), "25", follows_cards=True),
    )

    def how(self, opened: RoundOpened) -> str:
        """Return how points are typed."""
        cards = examples(opened)
        pairs = ", ".join(f"{card} {min(points, opened.cap)}" for card, points in zip(cards, (25, 20), strict=False))
        equal = f" Cards alone get equal points: {' '.join(map(str, cards))}." if len(cards) >= _ALONE else ""
        return f"Type card and points: {pairs}.{equal} Or: none, abstain."

    def balance(self, opened: RoundOpened, choice: Choice) -> str:
        """Return the points that are left, or too many."""
        given = sum((choice.points or {}).values())
        left = opened.budget - given
        over = f"{given:,} points: {-left:,} too many" if left < 0 else f"{left} of {opened.budget} points left"
        most = max((choice.points or {}).values(), default=0)
        return f"{over} · more than {opened.cap} on one card" if most > opened.cap else over

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read pairs of a card and its points; three or more bare numbers, or single ones between commas, are cards that share the points equally.

        Pairs without commas are read if the numbers cannot all be cards.
        """
        if words in NOTHING:
            return Choice(points={})
        parts = [part for part in re.split(r"[,;\n]+", text) if part.strip()]
        alone = words.split() if len(parts) == 1 else [part.strip() for part in parts]
        if len(alone) >= (_ALONE if len(parts) == 1 else 2) and all(map(str.isdecimal, alone)):
            in_pairs = len(parts) == 1 and len(alone) % 2 == 0 and all(each[-1] in _ROUND for each in alone[1::2])
            if not in_pairs:
                return self._equal([card for tier in on.tiers(text) for card in tier], on.opened)
            if self._are_cards(text, on):
                raise EntryRefusedError(COMMAS)
            text = ", ".join(map(" ".join, zip(alone[::2], alone[1::2], strict=True)))
        if len(alone) == 1 and alone[0].isdecimal():
            raise EntryRefusedError(ONE_ALONE)
        given = on.amounts(text)
        if NO_OPINION in given.values():
            raise EntryRefusedError(NOT_WHOLE)
        points = {card: figure(each) for card, each in given.items()}
        return Choice(points={card: each for card, each in points.items() if each})

    def _are_cards(self, text: str, on: CardList) -> bool:
        """Return whether every number is a card, and another one."""
        try:
            on.tiers(text)
        except EntryRefusedError:
            return False
        return True

    def _equal(self, cards: Sequence[str], opened: RoundOpened) -> Choice:
        each = min(opened.cap, opened.budget // len(cards))
        if not each:
            raise EntryRefusedError("More cards than points.")
        return Choice(points=dict.fromkeys(cards, each))

    def figures(self, numbers: Mapping[str, int], cards: int) -> dict[str, object]:
        """Return budget and cap, unless the cap makes the budget impossible to spend."""
        most = numbers["cap"] * cards
        if 0 < most < numbers["budget"]:
            on = f"at most {numbers['cap']} on each of {plural(cards, 'card')} are {most}"
            raise FigureError(f"No one could give {numbers['budget']} points: {on}.")
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
        return min(1000, mean * 1000 // max(1, opened.cap * 10)), f"{one_decimal(mean)} pt"

    def in_words(self, tally: Tally, place: int) -> str:
        """Return the mean points per voter."""
        return f"{self.total(tally, place)} points per voter"


VIEW = PointsView()
