"""Points: every voter spreads a budget over the cards, at most a cap on each (METHOD 3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from sessions.errors import SessionError
from sessions.imports.ballots.parse import amounts_of
from sessions.imports.ballots.reader import AmountsReader, BallotReader
from sessions.record.events import Method, RevealedBallot, RoundOpened, Tally, Weighting
from sessions.rounds.methods.choice import Choice, Fault, SealedForm, unknown_card
from sessions.rounds.methods.order import OrderSpec, SideCount, Votes
from sessions.rounds.methods.spec import Question, RoundRequest
from sessions.state.session import Session
from sessions.voting.midranks import Midranks
from sessions.voting.points import DEFAULT_BUDGET, ballot_cap, check_points, points_midranks, side_results, tally_points
from sessions.voting.ranking import Ranking, points_as_ranking
from sessions.wording import plural

NOT_WHOLE = "Points are whole numbers, 0 or more."


class _Reader(AmountsReader):
    expected = "points by card, or the word abstain, were expected"
    file_form = "a column voter, one column per card by its number or id, one row per voter"
    ballot_form = "points are whole numbers for the cards of this ballot"
    content = ("points",)
    amounts = ("points", "point", "amount", "value", "votes", "score")
    read_amounts = staticmethod(amounts_of)


class PointsSpec(OrderSpec[Mapping[str, int]]):
    """The points ballot."""

    name: ClassVar[Method] = "points"
    title = "ballot of points"
    field = "points"
    asked = "points by card"
    ballot_name = "Ballot of points"
    label = "points"
    total_name = "Points"
    form_column = "points"
    form_asks = "Spread your points over the projects that you would start first."
    reader: ClassVar[BallotReader] = _Reader()

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        """Return the budget and the cap. One and a half fair shares of a single card are more than the budget, which is impossible."""
        cap = request.cap if request.cap is not None else min(request.budget, ballot_cap(len(cards), request.budget))
        if request.budget < 1 or not 1 <= cap <= request.budget:
            raise SessionError("The budget is at least 1 point, and the cap between 1 and the budget.")
        return {"budget": request.budget, "cap": cap}

    def question(self, opened: RoundOpened) -> Question:
        """Return the budget and the cap."""
        return Question(rules=f"Up to {plural(opened.budget, 'point')}, at most {opened.cap} on one card.")

    def check(self, opened: RoundOpened, choice: Choice) -> Fault | None:
        """Return what is wrong with the points, or None."""
        return self._fault(choice.points or {}, opened.cards, opened.budget, opened.cap)

    def _fault(self, points: Mapping[str, int], cards: Sequence[str], budget: int, cap: int) -> Fault | None:
        wrong = "; ".join(check_points(points, cards, budget, cap))
        if not wrong:
            return None
        if any(card not in cards for card in points):
            return unknown_card(wrong)
        if any(given < 0 for given in points.values()):
            return Fault("figure", NOT_WHOLE, wrong)
        if any(given > cap for given in points.values()):
            return Fault("over_cap", "Too many points on one card.", wrong)
        return Fault("over_budget", "Too many points.", wrong)

    def sealed(self, choice: Choice) -> SealedForm:
        """Return the points; a card without any says nothing."""
        return {"points": {card: given for card, given in (choice.points or {}).items() if given}}

    def choice(self, ballot: RevealedBallot) -> Choice:
        """Return the points of a revealed ballot."""
        return Choice(points=dict(ballot.points))

    def vote(self, ballot: RevealedBallot, on_board: frozenset[str]) -> Mapping[str, int]:
        """Return the points by card; those of a withdrawn card are void (METHOD 3.6)."""
        return {card: given for card, given in ballot.points if card in on_board}

    def tally(self, votes: Votes[Mapping[str, int]], weighting: Weighting) -> Tally | None:
        """Return the order by weighted points, with the mean points per voter."""
        result = tally_points(votes.ballots, votes.sides, votes.cards, weighting, votes.last_rank, votes.shares)
        if result is None:
            return None
        totals, means = (tuple(its[card] for card in result.order) for its in (result.totals, result.mean_tenths))
        return Tally(weighting=weighting, order=result.order, totals=totals, mean_tenths=means)

    def by_side(self, votes: Votes[Mapping[str, int]]) -> dict[str, SideCount]:
        """Return each side's own order and points."""
        found = side_results(votes.ballots, votes.sides, votes.cards, votes.last_rank)
        return {side: SideCount(each.order, each.totals) for side, each in found.items()}

    def midranks(self, vote: Mapping[str, int], cards: Sequence[str]) -> Midranks:
        """Return each card's place by a voter's points."""
        return points_midranks(vote, cards)

    def as_ranking(self, vote: Mapping[str, int]) -> Ranking:
        """Return the ranking that points imply."""
        return points_as_ranking(vote)

    def check_vote(self, vote: Mapping[str, int], cards: Sequence[str]) -> Fault | None:
        """Return what is wrong with points under the usual budget and cap, or None."""
        return self._fault(vote, cards, DEFAULT_BUDGET, ballot_cap(len(cards)))

    def voted_for(self, ballot: RevealedBallot) -> Sequence[str]:
        """Return the cards that got points."""
        return [card for card, given in ballot.points if given]

    def gifts(self, votes: Votes[Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
        """Return the points of each voter."""
        return votes.ballots

    def limits(self, opened: RoundOpened) -> str:
        """Return the budget and the cap."""
        return f"{opened.budget} per voter, at most {opened.cap} on a card"

    def allowance(self, opened: RoundOpened) -> str:
        """Return the budget and the cap of one voter."""
        return f"{plural(opened.budget, 'point')} per voter, at most {opened.cap} on one card"

    def pitch(self, cards: int) -> str:
        """Return what a points ballot asks."""
        return f"Each voter spreads points over {plural(cards, 'card')}; the cap keeps one favourite from being carried to the top."

    def narrated_opening(self, session: Session, opened: RoundOpened) -> str:
        """Return the budget and the cap of every voter."""
        return f"{self.voters(opened)}, {plural(opened.budget, 'point')} each, at most {opened.cap} a card"


SPEC = PointsSpec()
