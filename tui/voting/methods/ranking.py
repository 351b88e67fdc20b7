"""Ranking at the terminal (METHOD 3.3)."""

from __future__ import annotations

from sessions.record.events import RoundOpened, Tally
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.ranking import SPEC
from sessions.rounds.methods.spec import RANKING_LIMIT
from sessions.wording import plural
from tui.voting.methods.entry import NOTHING, CardList
from tui.voting.methods.view import FormField, OrderView, examples

_THREE_DIGITS = 100


class RankingView(OrderView):
    """The ranking ballot."""

    spec = SPEC
    total_head = "Borda"
    aside_head = "duels"
    words_beside = True
    fields = (FormField("limit", "Length", "The length", lambda cards: str(min(RANKING_LIMIT, cards)), "10; 0 for any length"),)

    def how(self, opened: RoundOpened) -> str:
        """Return how a ranking is typed."""
        first, *rest = map(str, examples(opened))
        return f"Type the cards, the best first: {' '.join([first, '='.join(rest[:2]), *rest[2:]]).strip()}. Or: none, abstain."

    def balance(self, opened: RoundOpened, choice: Choice) -> str:
        """Return how many cards may still be ranked, or are too many."""
        left = opened.limit - sum(map(len, choice.ranking or ()))
        return "" if not opened.limit else f"{plural(-left, 'card')} too many" if left < 0 else f"{left} of {plural(opened.limit, 'card')} left"

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read cards in their order."""
        return Choice(ranking=() if words in NOTHING else on.tiers(text))

    def total(self, tally: Tally, place: int) -> str:
        """Return net Borda."""
        net = tally.totals[place]
        return f"{net:+d}" if net else "0"

    def beside(self, tally: Tally, place: int, cells: int) -> str:
        """Return how many duels the card wins."""
        won = tally.duels[place][0]
        return "wins every duel" if won == len(tally.order) - 1 > 0 else f"wins {plural(won, 'duel')}"

    def bar(self, tally: Tally, place: int, opened: RoundOpened) -> tuple[int, str]:
        """Return the duels that the card wins, of all others."""
        won, others = tally.duels[place][0], len(tally.order) - 1
        if others < 1:
            return -1, ""
        return won * 1000 // others, f"{won}/{others}" if others < _THREE_DIGITS else str(won)

    def in_words(self, tally: Tally, place: int) -> str:
        """Return how many duels the card wins, of all others."""
        return f"wins {tally.duels[place][0]} of {plural(len(tally.order) - 1, 'duel')}"


VIEW = RankingView()
