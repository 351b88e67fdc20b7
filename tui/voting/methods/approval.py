"""Approval ballots at the terminal (METHOD 3.7)."""

from __future__ import annotations

from sessions.record.events import RoundOpened, Tally
from sessions.rounds.methods.approval import SPEC
from sessions.rounds.methods.choice import Choice
from tui.voting.methods.entry import NOTHING, CardList
from tui.voting.methods.view import OrderView, bar, examples


class ApprovalView(OrderView):
    """The approval ballot."""

    spec = SPEC
    total_head = "ticked"

    def how(self, opened: RoundOpened) -> str:
        """Return how ticks are typed."""
        return f"Type the cards that you support: {' '.join(map(str, examples(opened)[:3]))}. Or: none, abstain."

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read the cards that are ticked."""
        return Choice(points={} if words in NOTHING else {card: 1 for tier in on.tiers(text) for card in tier})

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
