"""Approval: every voter ticks every card that is worth it, as a sieve for many cards (METHOD 3.7). A tick is recorded as one point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sessions.imports.ballots.columns import Columns
from sessions.imports.ballots.names import Cards, unknown_card
from sessions.imports.ballots.parse import is_name, named_twice, quoted_value, ranking_of_text
from sessions.imports.ballots.reader import AmountsReader, Pairs, Rows
from sessions.imports.ballots.values import Abstention, Amounts, AnyBallot, Wrong
from sessions.portfolio.models import Side
from sessions.record.events import RevealedBallot, RoundOpened, Tally, Weighting
from sessions.rounds.methods.choice import BallotRefusedError, Choice, Fault
from sessions.rounds.methods.choice import unknown_card as unknown_card_fault
from sessions.rounds.methods.order import Votes
from sessions.rounds.methods.points import PointsSpec
from sessions.rounds.methods.spec import Question, Raised, RoundRequest
from sessions.state.session import Session
from sessions.voting.points import tally_points

_TICKS = frozenset({"1", "x", "✓", "yes", "true", "y"})
_EMPTY = frozenset({"", "0", "-", "no", "false", "n", "none"})


class _Reader(AmountsReader):
    expected = "the cards that are approved, or the word abstain, were expected"
    file_form = "a column voter, one column per card by its number or id, 1 or x for a tick; or columns voter and card, one row per tick"
    ballot_form = "a tick is 1 or x, and no tick is 0 or an empty cell"
    content = ("approves", "approved", "approval", "ticks")
    amounts = ("tick", "ticks", "approves", "approved", "approval")
    answers = ("approves", "approved", "approval", "ticks")
    needs_amount = False
    lists_are_ballots = True

    def lacks(self, columns: Columns, cards: Cards) -> str:
        return "" if columns.answer else super().lacks(columns, cards)

    def of_cells(self, cells: Mapping[str, str], columns: Columns, cards: Cards) -> AnyBallot | Abstention | Wrong:
        if columns.cards or not columns.answer:
            return super().of_cells(cells, columns, cards)
        return self.ballot(cells[columns.answer], cards)

    def of_value(self, value: object, cards: Cards) -> AnyBallot | Abstention | Wrong:
        """Read the ids of the approved cards, as a list or a text, or an object with a tick per card."""
        if isinstance(value, str):
            if value.strip().casefold() in _EMPTY and value not in cards:
                return {}
            named = ranking_of_text(value, cards)
            return named if isinstance(named, Wrong) else {card: 1 for tier in named for card in tier}
        if isinstance(value, list):
            return self.read_amounts(((str(name), 1) for name in value), cards) if all(map(is_name, value)) else Wrong(self.expected)
        return super().of_value(value, cards)

    def fits_table(self, columns: Columns, rows: Rows) -> bool:
        """Return whether a column holds ticks, the rows are nothing but ticks, or the cells of the cards are marked by more than figures."""
        if columns.long:
            return columns.amount is not None or not {*columns.headers} - {columns.voter, columns.card, columns.side}
        if not columns.cards:
            return columns.answer is not None
        marks = {cells[card].strip().casefold() for cells in rows for card in columns.cards}
        return marks <= _TICKS | _EMPTY and bool(marks & _TICKS - {"1"})

    def fits_value(self, value: object, besides: frozenset[str]) -> bool:
        """Return whether an object names its ballot as approved, or an entry of a list or an object does."""
        if isinstance(value, list):
            return any(self.fits_value(entry, besides) for entry in value)
        if not isinstance(value, Mapping):
            return False
        inside = (each for name, each in value.items() if name not in besides)
        return any(name in value for name in self.content) or any(self.fits_value(each, besides) for each in inside)

    def read_amounts(self, pairs: Pairs, cards: Cards) -> Amounts | Wrong:
        """Read a tick per card: 1 or x; an empty cell or 0 is no tick."""
        found: dict[str, bool] = {}
        for name, raw in pairs:
            card, mark = cards.find(name), "" if raw is None else str(raw).strip().casefold()
            if card is None:
                return unknown_card(name)
            if mark not in _TICKS | _EMPTY:
                return Wrong(f"{card}: {quoted_value(raw)} is not a tick", "figure", name)
            if card in found:
                return named_twice(card)
            found[card] = mark in _TICKS
        return {card: 1 for card, ticked in found.items() if ticked}


class ApprovalSpec(PointsSpec):
    """The approval ballot: points of one, counted as points are."""

    name = "approval"
    title = "approval ballot"
    asked = "the cards that are approved"
    ballot_name = "Approval ballot"
    label = "approval"
    total_name = "Ticks"
    form_column = "tick"
    form_asks = "Mark every project that you support with an x."
    reader = _Reader()

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        """Return nothing: any number of cards may be ticked."""
        return {}

    def question(self, opened: RoundOpened) -> Question:
        """Return the question."""
        return Question(question="Which cards do you support?", rules="Tick as many as you like.")

    def check(self, opened: RoundOpened, choice: Choice) -> Fault | None:
        """Return what is wrong with the ticks, or None."""
        return self.check_vote(choice.points or {}, opened.cards)

    def check_vote(self, vote: Mapping[str, int], cards: Sequence[str]) -> Fault | None:
        """Return what is wrong with the ticks, or None."""
        if strange := [card for card in vote if card not in cards]:
            return unknown_card_fault(f"{strange[0]} is not a card of this ballot")
        more = next((card for card, ticks in vote.items() if ticks not in (0, 1)), None)
        return Fault("figure", "A card is ticked or it is not.", f"{more}: {vote[more]} ticks, but a card is ticked once") if more else None

    # --- hands: a count per side and card

    def takes_hands(self, opened: RoundOpened) -> bool:
        """Return True: hands can be counted card by card."""
        return True

    def most_hands(self, opened: RoundOpened, raised: Sequence[Raised]) -> int:
        """Return the most hands for one card."""
        return max(Counter(raised).values(), default=0)

    def choices_raised(self, opened: RoundOpened, raised: Sequence[Raised], voters: int) -> list[Choice]:
        """Return a ballot per voter of the side, with as many ticks for each card as hands were raised for it.

        Which of the hands belong to one voter is not known, so only the sums of these ballots mean something.
        """
        if strange := [each for each in raised if not isinstance(each, str)]:
            raise BallotRefusedError("hands", f"Hands approve cards, and {strange[0]} is not the id of one.")
        counts = Counter(str(each) for each in raised)
        return [Choice(points={card: 1 for card, hands in counts.items() if place < hands}) for place in range(voters)]

    def hands_by_card(self, ballots: Sequence[RevealedBallot]) -> dict[Side, dict[str, int]]:
        """Return the hands that were raised for each card."""
        found: dict[Side, Counter[str]] = {}
        for each in ballots:
            found.setdefault(each.side, Counter()).update(dict(each.points))
        return {side: dict(sorted(counts.items())) for side, counts in found.items()}

    # --- counting

    def tally(self, votes: Votes[Mapping[str, int]], weighting: Weighting) -> Tally | None:
        """Return the order by weighted ticks, with the share of voters in tenths of a percent."""
        result = tally_points(votes.ballots, votes.sides, votes.cards, weighting, votes.last_rank, votes.shares)
        if result is None:
            return None
        whole = sum(result.weights.values())
        totals = tuple(result.totals[card] for card in result.order)
        shares = tuple((2000 * total + whole) // (2 * whole) for total in totals)
        return Tally(weighting=weighting, order=result.order, totals=totals, mean_tenths=shares)

    def shown_total(self, total: int, by_side: Sequence[int]) -> int:
        """Return the number of ticks, however much the voters of a side weigh."""
        return sum(by_side)

    def firsts(self, vote: Mapping[str, int], k: int) -> int:
        """Return how many cards are ticked: each of them is one that the voter would start."""
        return sum(vote.values())

    def gifts(self, votes: Votes[Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
        """Return nothing: a tick shares out no amount."""
        return {}

    # --- in words

    def limits(self, opened: RoundOpened) -> str:
        """Return nothing: there are no limits."""
        return ""

    def allowance(self, opened: RoundOpened) -> str:
        """Return the sentence that there is no limit."""
        return "each voter ticks as many cards as they like"

    def pitch(self, cards: int) -> str:
        """Return what an approval ballot asks."""
        return "Each voter ticks the cards they support, to find those worth ranking."

    def narrated_opening(self, session: Session, opened: RoundOpened) -> str:
        """Return how many voters tick cards."""
        return f"{self.voters(opened)}, each ticks the cards that they support"


SPEC = ApprovalSpec()
