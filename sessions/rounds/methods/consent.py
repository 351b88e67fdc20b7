"""Consent to a decision: a hand from 0, an objection, to 5; a low one owes a sentence (METHOD 2.4)."""

from __future__ import annotations

from collections.abc import Mapping

from sessions.errors import SessionError
from sessions.imports.ballots.columns import WORDS, Columns
from sessions.imports.ballots.names import Cards
from sessions.imports.ballots.parse import quoted_value, whole_number
from sessions.imports.ballots.reader import BallotReader
from sessions.imports.ballots.values import Abstention, AnyBallot, Hand, Wrong
from sessions.portfolio.models import TEXT_LIMIT
from sessions.record.events import BallotsRevealed, RevealedBallot, RoundOpened
from sessions.rounds.methods.card import CardSpec, score_fault, sealed_scores
from sessions.rounds.methods.choice import Choice, Fault, SealedForm
from sessions.rounds.methods.revealed import given_by_side
from sessions.rounds.methods.score import means_by_side
from sessions.rounds.methods.spec import Question, RoundRequest
from sessions.sanitize import clean
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.consent import MOST_FINGERS, stance, tally_consent
from sessions.wording import sentence

SCALE = ((0, "objection"), (1, "strong concern"), (2, "concern"), (3, "can live with it"), (5, "fully"))
DIRECTION = "We take this direction."
"""What consent is asked on before a change of direction is decided (METHOD 1, claim 34)."""
NOT_A_HAND = f"A hand is a whole number from 0 to {MOST_FINGERS}, first of all."


class _Reader(BallotReader):
    expected = "a hand from 0 to 5, or the word abstain, was expected"
    file_form = "a column voter, a column hand with 0 to 5, and a column sentence"
    ballot_form = "a hand is a whole number from 0 to 5, with its sentence beside it"
    content = ("score", "hand", "consent", "fist", "vote", "choice")
    answers = content

    def lacks(self, columns: Columns, cards: Cards) -> str:
        return "" if columns.answer else "no column holds the hands from 0 to 5; name it score"

    def of_cells(self, cells: Mapping[str, str], columns: Columns, cards: Cards) -> AnyBallot | Abstention | Wrong:
        answer, words = cells[columns.answer or ""], cells[columns.words] if columns.words else ""
        return self.ballot([answer, words] if words.strip() else answer, cards)

    def of_value(self, value: object, cards: Cards) -> AnyBallot | Abstention | Wrong:
        """Read a figure, a figure with its sentence in a list, or an object of both."""
        words: object = ""
        if isinstance(value, dict):
            words = next((value[name] for name in WORDS if value.get(name) is not None), "")
            value = next((value[name] for name in self.content if value.get(name) is not None), None)
        elif isinstance(value, list) and len(value) == 2:
            value, words = value
        score = whole_number(value)
        if score is None or not 0 <= score <= MOST_FINGERS:
            return Wrong(f"{quoted_value(value)} is not a hand from 0 to {MOST_FINGERS}")
        if not isinstance(words, str):
            return Wrong("the sentence of a hand is a text", "words")
        return Hand(score, clean(words, TEXT_LIMIT))

    def of_object(self, value: Mapping[str, object], cards: Cards) -> AnyBallot | Abstention | Wrong:
        return self.of_value(value, cards)


class ConsentSpec(CardSpec):
    """The consent round."""

    name = "consent"
    title = "consent round"
    field = "scores"
    asked = "a hand from 0 to 5"
    reader = _Reader()
    form_column = "hand"
    form_asks = "Write a hand from 0 to 5; with 0, 1 or 2 also say why, in one sentence."
    form_words = "sentence"
    form_by_card = False

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        """Return the decision that consent is asked on; of a change of direction the direction itself, as long as nothing is decided."""
        decision = session.decisions.get(cards[0]) if len(cards) == 1 else None
        if decision is None and len(cards) == 1 and session.cards[cards[0]].kind == "direction":
            return {"about": DIRECTION}
        if decision is None:
            raise SessionError("Consent is asked on a decision: decide on the card first.")
        return {"about": decision.sentence}

    def question(self, opened: RoundOpened) -> Question:
        """Return the decision and what the hands mean."""
        return Question(about=opened.about, scale=SCALE)

    def check(self, opened: RoundOpened, choice: Choice) -> Fault | None:
        """Return what is wrong with the hand, or None."""
        if not choice.scores:
            return Fault("figure", NOT_A_HAND, "a hand from 0 to 5 is needed")
        return score_fault(opened, choice.scores, NOT_A_HAND)

    def sealed(self, choice: Choice) -> SealedForm:
        """Return the hand with its sentence."""
        return sealed_scores(choice)

    def choice(self, ballot: RevealedBallot) -> Choice:
        """Return the hand of a revealed ballot."""
        return Choice(scores=dict(ballot.scores), words=ballot.words)

    def choice_read(self, ballot: AnyBallot, opened: RoundOpened) -> Choice:
        """Return the hand that a file gives."""
        return hand(opened.cards[0], *ballot) if isinstance(ballot, Hand) else Choice(scores={})

    def takes_hands(self, opened: RoundOpened) -> bool:
        """Return True: consent is usually asked by hands."""
        return True

    def heading(self, session: Session, opened: RoundOpened) -> str:
        """Return the name with the card."""
        return f"Consent on “{session.title_of(opened.cards[0])}”"

    def rules(self, session: Session, round_: Round) -> str:
        """Return the decision and the ends of the scale."""
        return f"“{round_.opened.about}” · 0 objects, 5 agrees fully"

    def narrated_opening(self, session: Session, opened: RoundOpened) -> str:
        """Return the decision and the scale."""
        return f"{sentence(opened.about)} From 0, an objection, to 5"

    def narrated_result(self, session: Session, round_: Round, revealed: BallotsRevealed) -> str:
        """Return whether there is consent, and the sides' means."""
        result = tally_consent(given_by_side(round_, round_.opened.cards[0]))
        return f"{'consent' if result.passed else 'no consent'}, mean {means_by_side(result.means)}"


def hand(card: str, fingers: int, words: str) -> Choice:
    """Return a hand. Keep its reason only if it owes one: so anyone may type one, and no one sees who owes one."""
    return Choice(scores={card: fingers}, words=" ".join(words.split()) if stance(fingers) else "")


SPEC = ConsentSpec()
