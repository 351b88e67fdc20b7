"""Scores from 0 to 5, before the discussion of a card and after it (METHOD 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sessions.errors import SessionError
from sessions.imports.ballots.parse import scores_of
from sessions.imports.ballots.reader import AmountsReader
from sessions.record.events import BallotsRevealed, RevealedBallot, RoundOpened
from sessions.rounds.methods.card import CardSpec, score_fault, sealed_scores
from sessions.rounds.methods.choice import Choice, Fault, SealedForm
from sessions.rounds.methods.revealed import scores_by_side, shares_of, weighting_of
from sessions.rounds.methods.spec import Question, Raised, RoundRequest
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.scores import HIGHEST, tally_scores
from sessions.wording import mean_name, plural, side_name

SCORE_ROUNDS = 2
"""How often a card may be scored: before the discussion and after it (METHOD 3.4)."""
QUESTION = "How much does this move our top objectives?"
SCALE = ((0, "not at all"), (1, "a little"), (3, "clearly"), (5, "more than almost anything"))
NOT_A_SCORE = f"A score is a whole number from 0 to {HIGHEST}, or - for no opinion."


class _Reader(AmountsReader):
    expected = "scores by card, or the word abstain, were expected"
    file_form = "a column voter, one column per card by its number or id, one row per voter"
    ballot_form = "scores are whole numbers from 0 to 5"
    content = ("scores",)
    amounts = ("score", "scores", "points", "value")
    read_amounts = staticmethod(scores_of)


class ScoreSpec(CardSpec):
    """The score round."""

    name = "score"
    title = "score round"
    field = "scores"
    asked = "a score from 0 to 5"
    in_discussion = True
    reader = _Reader()
    form_column = "score"
    form_asks = "Write a score from 0 to 5 beside the project; leave it empty if you have no opinion."

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        """Refuse a third round on a card."""
        for card in cards:
            if len(session.rounds_on(card, self.name)) >= SCORE_ROUNDS:
                title = session.cards[card].title
                raise SessionError(f"{title} was scored twice, before the discussion and after it: move it, keep it, or agree to differ.")
        return {}

    def question(self, opened: RoundOpened) -> Question:
        """Return the question and what the scores mean."""
        return Question(question=QUESTION, scale=SCALE)

    def check(self, opened: RoundOpened, choice: Choice) -> Fault | None:
        """Return what is wrong with the scores, or None."""
        return score_fault(opened, choice.scores or {}, NOT_A_SCORE)

    def sealed(self, choice: Choice) -> SealedForm:
        """Return the scores; a card without one has no opinion."""
        return sealed_scores(choice)

    def choice(self, ballot: RevealedBallot) -> Choice:
        """Return the scores of a revealed ballot."""
        return Choice(scores=dict(ballot.scores), words=ballot.words)

    def silent(self, ballot: RevealedBallot) -> bool:
        """Return whether a ballot gives no card a score."""
        return not ballot.abstained and not ballot.scores

    def takes_hands(self, opened: RoundOpened) -> bool:
        """Return whether one card is asked about."""
        return len(opened.cards) == 1

    def _choice_raised(self, opened: RoundOpened, raised: Raised) -> Choice:
        # No figure is no opinion of the card; it is not an abstention.
        return Choice(scores={}) if raised is None else super()._choice_raised(opened, raised)

    def heading(self, session: Session, opened: RoundOpened) -> str:
        """Return the name with the number of the round on its card."""
        on = f"“{session.title_of(opened.cards[0])}”" if len(opened.cards) == 1 else plural(len(opened.cards), "card")
        return f"Score round{self._number(session, opened)} on {on}"

    def _number(self, session: Session, opened: RoundOpened) -> str:
        return f" {score_number(session, opened)}"

    def rules(self, session: Session, round_: Round) -> str:
        """Return the question and its scale in a line."""
        return f"{QUESTION} 0 to 5"

    def narrated_opening(self, session: Session, opened: RoundOpened) -> str:
        """Return how many voters score."""
        return f"{self.voters(opened)}, from 0 to 5"

    def narrated_result(self, session: Session, round_: Round, revealed: BallotsRevealed) -> str:
        """Return the sides' means of a card, or how many cards were scored."""
        cards = round_.opened.cards
        if len(cards) > 1:
            return f"{len(cards)} cards scored"
        means = tally_scores(scores_by_side(round_, cards[0]), weighting_of(round_), shares_of(round_)).means
        return f"mean {means_by_side(means)}"


def score_number(session: Session, opened: RoundOpened) -> int:
    """Return which of its card's score rounds a round is, also one that is open or was cancelled: 1 before the discussion, 2 after it."""
    return 1 + sum(each.opened.round < opened.round for each in session.rounds_on(opened.cards[0], SPEC.name))


def means_by_side(means: Mapping[str, Any]) -> str:
    """Return the sides' means: business 3.7, IT 2.5."""
    return ", ".join(f"{side_name(side)} {mean_name(mean)}".strip() for side, mean in means.items())


SPEC = ScoreSpec()
