"""Approval ballots at the terminal (METHOD 3.7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sessions.errors import PortfolioError
from sessions.record.events import RoundOpened, Tally
from sessions.rounds.methods.approval import SPEC
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.hands import SideSize, check_count, side_heading, typed_by_side
from sessions.wording import plural
from tui.voting.methods.entry import NOTHING, CardList, EntryRefusedError, figure
from tui.voting.methods.view import OrderView, Raised, bar, examples

_MANY = 5
"""The most hands of an example."""

"""An id that can be typed as it is."""


class ApprovalView(OrderView):
    """The approval ballot."""

    spec = SPEC
    total_head = "ticked"
    hands_help = "By side, a card (id or number) and hands"

    def how(self, opened: RoundOpened) -> str:
        """Return how ticks are typed."""
        return f"Type the cards that you support: {' '.join(map(str, examples(opened)[:3]))}. Or: none, abstain."

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read the cards that are ticked."""
        return Choice(points={} if words in NOTHING else {card: 1 for tier in on.tiers(text) for card in tier})

    # --- hands

    def hands_cards(self, opened: RoundOpened) -> list[str]:
        """Return the cards in the order of their numbers."""
        return list(opened.numbered)

    def hands_example(self, opened: RoundOpened, voters: int, place: int) -> str:
        """Return two cards by their ids, or one by its number."""
        cards, most = examples(opened)[:2], min(voters, _MANY)
        return f"{cards[-1]} {most}" if place else ", ".join(f"{card} {max(1, most - 2 * at)}" for at, card in enumerate(cards))

    def read_hands(self, text: str, seats: Sequence[SideSize], opened: RoundOpened, titles: Mapping[str, str]) -> Raised:
        """Read a count per side and card."""
        found = dict[str, tuple[str, ...]]()
        for seat, given in typed_by_side(text, seats):
            on = CardList(opened, f"Type a card and its hands, as {self.hands_example(opened, seat.voices, 0)}.")
            found[seat.side] = self._raised(seat, given, on)
        return found

    def _raised(self, seat: SideSize, given: str, on: CardList) -> tuple[str, ...]:
        try:
            counts = {card: figure(hands) for card, hands in on.amounts(given).items()}
        except EntryRefusedError as error:
            raise PortfolioError(f"{side_heading(seat)}: {error}") from None
        if any(hands < 0 for hands in counts.values()):
            raise PortfolioError(f"{side_heading(seat)}: a number of hands is 0 or more.")
        check_count(max(counts.values(), default=0), seat)
        return tuple(card for card, hands in counts.items() for _ in range(hands))

    def hands_line(self, raised: Sequence[int | str | None], seat: SideSize, opened: RoundOpened, titles: Mapping[str, str]) -> str:
        """Return the hands of a side by card."""
        counts = Counter(str(each) for each in raised)
        hands = ", ".join(f"“{titles.get(card, card)}” {count}" for card, count in counts.items()) or "no hands"
        return f"{hands}; of {plural(seat.voices, 'voter')}."

    # --- the result

    def total(self, tally: Tally, place: int) -> str:
        """Return the share of voters that ticked the card."""
        return f"{(tally.mean_tenths[place] + 5) // 10}%"

    def beside(self, tally: Tally, place: int, cells: int) -> str:
        """Draw the share as a bar; all cells are all voters."""
        return bar(tally.mean_tenths[place], 1000, cells - 1)

    def bar(self, tally: Tally, place: int, opened: RoundOpened) -> tuple[int, str]:
        """Return the share of voters."""
        return tally.mean_tenths[place], self.total(tally, place)

    def in_words(self, tally: Tally, place: int) -> str:
        """Return the share of voters in words."""
        return f"ticked by {self.total(tally, place)}"


VIEW = ApprovalView()
