"""Ranking: every voter puts the best cards in order, counted by Schulze with net Borda beside it (METHOD 3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sessions.errors import SessionError
from sessions.imports.ballots.columns import Columns
from sessions.imports.ballots.names import Cards
from sessions.imports.ballots.parse import is_name, ranking_of_places, ranking_of_text, ranking_of_tiers
from sessions.imports.ballots.reader import BallotReader, Pairs, Rows
from sessions.imports.ballots.values import Abstention, AnyBallot, Wrong
from sessions.record.events import RevealedBallot, RoundOpened, Tally, Weighting
from sessions.rounds.methods.choice import Choice, Fault, SealedForm, card_twice, unknown_card
from sessions.rounds.methods.order import OrderSpec, SideCount, Votes
from sessions.rounds.methods.spec import Question, RoundRequest
from sessions.state.session import Session
from sessions.voting.midranks import Midranks
from sessions.voting.ranking import Ranking, check_ranking, ranking_midranks, ranking_side_results, tally_ranking
from sessions.wording import plural


class _Reader(BallotReader):
    expected = "cards in their order, best first, or the word abstain were expected"
    file_form = "a column voter and a column ranking, such as P02 > P01=P03, or one column per card with its place"
    ballot_form = "a ranking lists cards of this ballot, the best first"
    content = ("ranking", "order")
    amounts = ("rank", "place", "position")
    lists_are_ballots = True
    heads_are_places = True
    reads_rank_orders = True

    def lacks(self, columns: Columns, cards: Cards) -> str:
        if columns.ranking or columns.places or columns.cards:
            return ""
        return "no column holds a ranking; name it ranking, or name columns 1, 2, 3 with a card in each"

    def of_cells(self, cells: Mapping[str, str], columns: Columns, cards: Cards) -> AnyBallot | Abstention | Wrong:
        if columns.ranking:
            return self.ballot(cells[columns.ranking], cards)
        if columns.cards:
            return ranking_of_places(columns.filled(cells), cards)
        tiers = [cells[header] for header in columns.places]
        while tiers and not tiers[-1].strip():
            tiers.pop()
        if "" in map(str.strip, tiers):
            return Wrong("a place is left empty between two that are filled", "empty_place")
        return ranking_of_text(" > ".join(tiers), cards)

    def of_pairs(self, pairs: Pairs, cards: Cards) -> AnyBallot | Wrong:
        return ranking_of_places(pairs, cards)

    def of_value(self, value: object, cards: Cards) -> AnyBallot | Abstention | Wrong:
        match value:
            case str():
                return ranking_of_text(value, cards)
            case dict():
                return ranking_of_places(value.items(), cards)
            case list():
                tiers = [entry if isinstance(entry, list) else [entry] for entry in value]
                if any(not tier or not all(map(is_name, tier)) for tier in tiers):
                    return Wrong("a ranking lists cards, and lists of cards that are equal")
                return ranking_of_tiers([[str(name) for name in tier] for tier in tiers], cards)
        return Wrong(self.expected)

    def fits_table(self, columns: Columns, rows: Rows) -> bool:
        return columns.long or bool(not columns.cards and (columns.ranking or columns.places))

    def fits_value(self, value: object, besides: frozenset[str]) -> bool:
        """Return whether a value is a ranking, or an object or list of which the first entry that tells is one."""
        if isinstance(value, list):
            return not any(isinstance(entry, dict) for entry in value) or any(self.fits_value(entry, besides) for entry in value)
        if not isinstance(value, Mapping):
            return isinstance(value, str) and not value.strip().casefold().startswith("abstain")
        if any(name in value for name in self.content):
            return True
        return any(self.fits_value(content, besides) for name, content in value.items() if name not in besides)


class RankingSpec(OrderSpec[Ranking]):
    """The ranking ballot."""

    name = "ranking"
    title = "ranking"
    field = "ranking"
    asked = "cards in an order"
    ballot_name = "Ranking"
    label = "ranking"
    total_name = "Borda"
    form_column = "place"
    form_asks = "Write 1 beside the project that you would start first, 2 beside the next, and so on; the same place is a tie."
    counts_duels = True
    summary_label = "ranked, counted by Schulze"
    reader = _Reader()

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        """Return the longest ranking that the round asks for, 0 for any length."""
        if request.limit < 0:
            raise SessionError("A ranking asks for a number of cards, or for 0: as many as each voter likes.")
        return {"limit": 0 if request.limit >= len(cards) else request.limit}

    def question(self, opened: RoundOpened) -> Question:
        """Return how many cards the round asks for."""
        most = f"At most {plural(opened.limit, 'card')}" if opened.limit else "As many cards as you like"
        return Question(rules=f"{most}, = for a tie; those left out share the place below.")

    def check(self, opened: RoundOpened, choice: Choice) -> Fault | None:
        """Return what is wrong with the ranking, or None."""
        return self._fault(choice.ranking or (), opened.cards, opened.limit or None)

    def _fault(self, ranking: Ranking, cards: Sequence[str], limit: int | None) -> Fault | None:
        wrong = "; ".join(check_ranking(ranking, cards, limit))
        if not wrong:
            return None
        named = [card for tier in ranking for card in tier]
        if any(card not in cards for card in named):
            return unknown_card(wrong)
        if len(set(named)) < len(named):
            return card_twice(wrong)
        if limit is not None and len(named) > limit:
            return Fault("too_many", "Too many cards.", wrong)
        return Fault("figure", "A place without a card.", wrong)

    def sealed(self, choice: Choice) -> SealedForm:
        """Return the tiers; within a tie there is no order, so two ballots that say the same are the same."""
        return {"ranking": [sorted(tier) for tier in choice.ranking or ()]}

    def choice(self, ballot: RevealedBallot) -> Choice:
        """Return the ranking of a revealed ballot."""
        return Choice(ranking=ballot.ranking)

    def vote(self, ballot: RevealedBallot, on_board: frozenset[str]) -> Ranking:
        """Return the ranking; counting skips the cards that have left the board."""
        return ballot.ranking

    def tally(self, votes: Votes[Ranking], weighting: Weighting) -> Tally | None:
        """Return Schulze's order, with net Borda and the duels of each card."""
        result = tally_ranking(votes.ballots, votes.sides, votes.cards, weighting, votes.last_rank, votes.shares, votes.times)
        if result is None:
            return None
        duels = tuple((result.duels[card].won, result.duels[card].lost) for card in result.order)
        return Tally(weighting=weighting, order=result.order, totals=tuple(result.net[card] for card in result.order), duels=duels)

    def by_side(self, votes: Votes[Ranking]) -> dict[str, SideCount]:
        """Return each side's own order and net Borda."""
        found = ranking_side_results(votes.ballots, votes.sides, votes.cards, votes.last_rank, votes.times)
        return {side: SideCount(each.order, each.net) for side, each in found.items()}

    def midranks(self, vote: Ranking, cards: Sequence[str]) -> Midranks:
        """Return each card's place in a ranking."""
        return ranking_midranks(vote, cards)

    def as_ranking(self, vote: Ranking) -> Ranking:
        """Return the ranking itself."""
        return vote

    def check_vote(self, vote: Ranking, cards: Sequence[str]) -> Fault | None:
        """Return what is wrong with a ranking of any length, or None."""
        return self._fault(vote, cards, None)

    def voted_for(self, ballot: RevealedBallot) -> Sequence[str]:
        """Return the cards that are ranked."""
        return [card for tier in ballot.ranking for card in tier]

    def limits(self, opened: RoundOpened) -> str:
        """Return how many cards the round asked for."""
        return f"the first {opened.limit} cards" if opened.limit else ""

    def allowance(self, opened: RoundOpened) -> str:
        """Return how many cards one voter ranks."""
        return f"each voter ranks up to {opened.limit}" if opened.limit else "each voter ranks as many cards as they like"

    def pitch(self, cards: int) -> str:
        """Return what a ranking asks."""
        return f"Each voter puts their best of {plural(cards, 'card')} in order; ties are allowed."

    def narrated_opening(self, session: Session, opened: RoundOpened) -> str:
        """Return how many cards every voter ranks."""
        return f"{self.voters(opened)}, each ranks {plural(opened.limit, 'card') if opened.limit else 'as many cards as they like'}"


SPEC = RankingSpec()
