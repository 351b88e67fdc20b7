"""What the methods that ask questions about no card share. Their ballots are secret, and only sums leave the record, by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from sessions.errors import SessionError
from sessions.imports.ballots.names import Cards
from sessions.imports.ballots.parse import scores_of
from sessions.imports.ballots.reader import AmountsReader, Pairs
from sessions.imports.ballots.values import Amounts, Wrong
from sessions.portfolio.models import Side
from sessions.record.events import PHASES, BallotsRevealed, Moment, RevealedBallot, RoundOpened
from sessions.rounds.methods.choice import BallotRefusedError, Choice, Fault, SealedForm, unknown_card
from sessions.rounds.methods.revealed import given_by_side
from sessions.rounds.methods.spec import MethodSpec, Question, Raised, RoundRequest
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import capital

MOMENTS: Mapping[Moment, str] = {"open": "Open", "close": "Close"}
"""When questions are asked, as a screen names it."""


class Asked(NamedTuple):
    """A question: its id, its name in a few words, its text, and the words of the answers 1, 2, 3 …; one that is not scored counts for nothing."""

    id: str
    name: str
    text: str
    words: tuple[str, ...]
    scored: bool = True


class _Reader(AmountsReader):
    expected = "an answer by question, or the word abstain, was expected"
    file_form = "a column voter, one column per question by its number or id, one row per voter"
    ballot_form = "answers are whole numbers"
    content = ("scores", "answers")
    amounts = ("answer", "score", "value")

    def read_amounts(self, pairs: Pairs, cards: Cards) -> Amounts | Wrong:
        return scores_of(pairs, cards)


class QuestionSpec(MethodSpec):
    """A way of asking the room questions, each answered by a figure from 1."""

    field = "scores"
    about_cards = False
    adds_up = True
    reader = _Reader()
    form_column = "answer"
    all: ClassVar[tuple[Asked, ...]]
    """Every question that it may ask."""
    highest: ClassVar[int]
    """The highest answer to each of them."""

    # --- what is asked

    def asked_in(self, opened: RoundOpened) -> tuple[Asked, ...]:
        """Return the questions of a round."""
        return tuple(each for each in self.all if each.id in opened.questions)

    def item_text(self, session: Session, item: str) -> str:
        """Return the text of a question."""
        return self._asked(item).text

    def item_name(self, item: str) -> str:
        """Return the text of a question without its answers."""
        return self._asked(item).text

    def scale_of(self, item: str) -> Sequence[tuple[int, str]]:
        """Return every answer with its words."""
        return list(enumerate(self._asked(item).words, 1))

    def _asked(self, item: str) -> Asked:
        return next((each for each in self.all if each.id == item), Asked(item, item, item, ()))

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        """Return the questions and the moment; the round is always secret."""
        if cards:
            raise SessionError(f"A {self.title} asks about no card.")
        questions = tuple(each.id for each in self.all if each.scored or request.unscored)
        return {"questions": questions, "when": request.when or self.moment(session), "anonymity": "secret"}

    def moment(self, session: Session) -> Moment:
        """Return the moment of questions asked now: Open until the ballots on the order, Close after them."""
        return "close" if session.closed or PHASES.index(session.phase) > PHASES.index("vote") else "open"

    def obstacle(self, session: Session, request: RoundRequest) -> str:
        """Return the warning that this moment has answers already, or nothing: a second time could reveal who joined."""
        when = request.when or self.moment(session)
        if any(each.opened.when == when for each in session.rounds_of(self.name)):
            return f"{capital(self.title)}: answered already at {MOMENTS[when]}. Asking again needs a reason."
        return ""

    # --- ballots

    def check(self, opened: RoundOpened, choice: Choice) -> Fault | None:
        """Return what is wrong with the answers, or None; a question without one has no opinion."""
        given = choice.scores or {}
        if strange := [each for each in given if each not in opened.questions]:
            return unknown_card(f"{strange[0]} is not a question of this round")
        wrong = [f"{item}: {figure}" for item, figure in given.items() if not 1 <= figure <= self.highest]
        return Fault("figure", self.not_an_answer, f"{'; '.join(wrong)} is not from 1 to {self.highest}") if wrong else None

    @property
    def not_an_answer(self) -> str:
        """Return what a valid answer is, for a refusal."""
        return f"An answer is a whole number from 1 to {self.highest}, or - for no opinion."

    def sealed(self, choice: Choice) -> SealedForm:
        """Return the answers."""
        return {"scores": dict(choice.scores or {})}

    def choice(self, ballot: RevealedBallot) -> Choice:
        """Return the answers of a revealed ballot."""
        return Choice(scores=dict(ballot.scores))

    def silent(self, ballot: RevealedBallot) -> bool:
        """Return whether a ballot answers nothing."""
        return not ballot.abstained and not ballot.scores

    # --- hands: for each question a row of figures per side

    def takes_hands(self, opened: RoundOpened) -> bool:
        """Return True: hands can be raised, question by question."""
        return True

    def most_hands(self, opened: RoundOpened, raised: Sequence[Raised]) -> int:
        """Return the most hands for one question."""
        return -(-len(raised) // len(opened.questions))

    def choices_raised(self, opened: RoundOpened, raised: Sequence[Raised], voters: int) -> list[Choice]:
        """Return ballots that stand for the hands: as many figures for each question in turn, None for no hand.

        Which of them belong to one voter is not known, so only the sums of these ballots mean something.
        """
        each, rest = divmod(len(raised), len(opened.questions))
        if rest or not all(hand is None or isinstance(hand, int) for hand in raised):
            raise BallotRefusedError("hands", "Hands are as many figures for every question, in their order.")
        asked = (raised[at * each : (at + 1) * each] for at in range(len(opened.questions)))
        rows = [sorted((hand for hand in its if isinstance(hand, int)), reverse=True) for its in asked]
        ballots = [{item: row[at] for item, row in zip(opened.questions, rows, strict=True) if at < len(row)} for at in range(each)]
        return [Choice(scores=ballot) for ballot in ballots if ballot]

    # --- the result

    def answers(self, opened: RoundOpened, ballots: Sequence[RevealedBallot]) -> Sequence[Sequence[RevealedBallot]]:
        """Return the ballots with an answer to each question."""
        return [[ballot for ballot in ballots if item in dict(ballot.scores)] for item in opened.questions]

    def given(self, round_: Round) -> dict[str, dict[Side, list[int]]]:
        """Return the answers to each question by side, in no order; of the whole room if its sides must not be shown apart."""
        return {each.id: given_by_side(round_, each.id) for each in self.asked_in(round_.opened)}

    def sums(self, round_: Round) -> Mapping[str, Mapping[Side, Sequence[int]]]:
        """Return how often each answer was given, from 1 up."""
        figures = range(1, self.highest + 1)
        return {item: {side: [its.count(figure) for figure in figures] for side, its in found.items()} for item, found in self.given(round_).items()}

    def exported(self, ballot: RevealedBallot) -> dict[str, Any]:
        """Return nothing: no ballot leaves on its own."""
        return {}

    # --- in words

    def heading(self, session: Session, opened: RoundOpened) -> str:
        """Return the name of the questions and when they are asked."""
        return f"{capital(self.title)}, at {MOMENTS.get(opened.when, 'Open')}"

    def short_name(self, session: Session, opened: RoundOpened) -> str:
        """Return the name as in a heading."""
        return self.heading(session, opened)

    def rules(self, session: Session, round_: Round) -> str:
        """Return what an answer is."""
        return f"1 to {self.highest} each; answers are stored without names"

    def narrated_opening(self, session: Session, opened: RoundOpened) -> str:
        """Return how many voters answer, and what."""
        return f"{self.voters(opened)}, {', '.join(each.name for each in self.asked_in(opened))}, from 1 to {self.highest}"

    def narrated_result(self, session: Session, round_: Round, revealed: BallotsRevealed) -> str:
        """Return the result of the answers."""
        return ", ".join(self.told(round_))

    def told(self, round_: Round) -> Iterator[str]:
        """Return the result of the answers, in parts of a sentence."""
        raise NotImplementedError


def scale_in_words(words: Sequence[str]) -> str:
    """Return a scale as a round announces it: 1 not at all · 5 fully."""
    return " · ".join(f"{figure} {word}" for figure, word in enumerate(words, 1) if word)


def plain_question(text: str, words: Sequence[str] = ()) -> Question:
    """Return what a round asks, in a sentence, with its scale."""
    return Question(question=text, scale=tuple((figure, word) for figure, word in enumerate(words, 1) if word))
