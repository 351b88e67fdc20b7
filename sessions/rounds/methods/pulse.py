"""The two questions of every quarter, from 1 to 5 each, at Open and at Close (METHOD 1, claims 6 and 7; 6.11)."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.record.events import RoundOpened
from sessions.rounds.methods.questions import Asked, QuestionSpec, plain_question
from sessions.rounds.methods.spec import Question
from sessions.state.rounds import Round
from sessions.voting.answers import Means, means
from sessions.wording import mean_name, side_name

SCALE = ("not at all", "", "partly", "", "fully")
VALUE = Asked("value", "highest value programs", "Are we working on the highest value programs?", SCALE)
FOCUS = Asked("focus", "best resources", "Do we have our best resources focused on the business' top objectives?", SCALE)


class PulseSpec(QuestionSpec):
    """The two questions."""

    name = "pulse"
    title = "the two questions"
    asked = "an answer from 1 to 5 to each question"
    form_asks = "Write an answer from 1 to 5 beside each question; leave it empty if you have no opinion."
    all = (VALUE, FOCUS)
    highest = 5

    def question(self, opened: RoundOpened) -> Question:
        """Return what the answers mean; the questions are listed."""
        return plain_question("How far is each of these true?", SCALE)

    def told(self, round_: Round) -> Iterator[str]:
        """Return the mean of each question, with the sides' means if the round tells them apart."""
        for item, result in pulse_means(round_).items():
            if result.together is not None:
                sides = ", ".join(f"{side_name(side)} {mean_name(mean)}" for side, mean in result.by_side.items() if side)
                yield f"{self._asked(item).name} {mean_name(result.together)}{f' ({sides})' if sides else ''}"


def pulse_means(round_: Round) -> dict[str, Means]:
    """Return the means of each question of a revealed round."""
    return {item: means(given) for item, given in SPEC.given(round_).items()}


SPEC = PulseSpec()
