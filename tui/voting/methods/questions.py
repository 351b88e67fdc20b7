"""Questions about no card at the terminal: figures in the order of the questions."""

from __future__ import annotations

from sessions.record.events import RevealedBallot, RoundOpened
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.questions import QuestionSpec
from sessions.state.rounds import Round
from sessions.state.session import Session
from tui.voting.drawing.answers import answer_lines
from tui.voting.methods.entry import FIGURE, NO_OPINION, NOTHING, CardList, EntryRefusedError, figure
from tui.voting.methods.view import MethodView
from tui.widgets.listing import Line


class QuestionView(MethodView):
    """A way of asking questions."""

    spec: QuestionSpec

    def how(self, opened: RoundOpened) -> str:
        """Return how answers are typed."""
        figures = " ".join(str(2 + place % 3) for place in range(len(opened.questions)))
        return f"Type a figure for each, in this order: {figures}. Or: - for no opinion, abstain."

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read a figure for each question, with spaces or commas between them or none."""
        if words in NOTHING:
            return Choice(scores={})
        questions = on.opened.questions
        typed = words.replace(",", " ").split()
        if len(typed) == 1 and len(questions) > 1 and len(typed[0]) == len(questions):
            typed = list(typed[0])
        if not all(FIGURE.fullmatch(each) for each in typed):
            raise on.unreadable()
        if len(typed) != len(questions):
            raise EntryRefusedError(f"{len(questions)} answers are asked, in the order of the questions; - for no opinion.")
        scores = {item: figure(each) for item, each in zip(questions, typed, strict=True) if each != NO_OPINION}
        if not all(1 <= score <= self.spec.highest for score in scores.values()):
            raise EntryRefusedError(self.spec.not_an_answer)
        return Choice(scores=scores)

    def drawing(self, session: Session, round_: Round, width: int) -> list[Line]:
        """Draw what each question got, by side if the round tells them apart."""
        return answer_lines(self.spec, round_, width)

    def gave(self, session: Session, round_: Round, ballot: RevealedBallot) -> str:
        """Return nothing: no one sees a ballot on its own."""
        return ""
