"""A duel between neighbours: whether the lower card goes above the upper one (METHOD 3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sessions.errors import SessionError
from sessions.imports.ballots.columns import Columns
from sessions.imports.ballots.names import Cards
from sessions.imports.ballots.parse import is_name
from sessions.imports.ballots.reader import BallotReader
from sessions.imports.ballots.values import Abstention, AnyBallot, RefusalKind, Wrong
from sessions.record import events as ev
from sessions.record.events import BallotsRevealed, Event, RevealedBallot, RoundOpened
from sessions.rounds.methods.card import CardSpec
from sessions.rounds.methods.choice import Choice, Fault, SealedForm, unknown_card
from sessions.rounds.methods.revealed import shares_of, weighting_of
from sessions.rounds.methods.sides_told import tells_sides
from sessions.rounds.methods.spec import Question, RoundRequest
from sessions.sanitize import quoted
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.duel import DUELS_A_SESSION, DuelHands, DuelResult, tally_duel
from sessions.wording import capital, plural, sentence, side_name

QUESTION = "Which of the two should rank higher?"
WHICH_WHAT_IF = "Which of the two should become the plan?"


class _Reader(BallotReader):
    expected = "the number or id of the card preferred, or the word abstain, was expected"
    file_form = "a column voter and a column prefers with the card's number or id"
    ballot_form = "the number of one of the two cards was expected"
    content = ("prefers", "choice")
    answers = ("prefers", "preferred", "preference", "choice", "vote", "answer", "card")

    def lacks(self, columns: Columns, cards: Cards) -> str:
        return "" if columns.answer else "no column says which card is preferred; name it choice"

    def of_cells(self, cells: Mapping[str, str], columns: Columns, cards: Cards) -> AnyBallot | Abstention | Wrong:
        return self.ballot(cells[columns.answer or ""], cards)

    def of_value(self, value: object, cards: Cards) -> AnyBallot | Abstention | Wrong:
        if not is_name(value) or not str(value).strip():
            return Wrong(self.expected)
        return cards.find(str(value)) or Wrong(f"{quoted(str(value))} is not one of the cards of this duel", "unknown_card")

    def public(self, kind: RefusalKind) -> str:
        return "it names a card that is not in this duel" if kind == "unknown_card" else super().public(kind)


class DuelSpec(CardSpec):
    """The duel between neighbours."""

    name = "duel"
    title = "duel"
    field = "prefers"
    asked = "one of two cards"
    takes_what_ifs = True
    in_discussion = True
    ends_discussion = True
    reader = _Reader()
    form_column = "prefers"
    form_asks = "Write the number of the one that you prefer."
    form_by_card = False

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        """Refuse cards that are not neighbours."""
        if request.what_ifs:
            return {}
        if len(cards) != 2 or session.rank(cards[0]) != session.rank(cards[1]) + 1:
            raise SessionError("A duel is between a card and the one right above it.")
        return {}

    def obstacle(self, session: Session, request: RoundRequest) -> str:
        """Return the warning if a session has no time for another duel, or nothing."""
        held = sum(each.opened.method == self.name and not each.dropped for each in session.rounds)
        return f"{plural(held, 'duel')} were held: another one needs a reason." if held >= DUELS_A_SESSION else ""

    def question(self, opened: RoundOpened) -> Question:
        """Return the question."""
        return Question(question=WHICH_WHAT_IF if opened.what_ifs else QUESTION)

    def check(self, opened: RoundOpened, choice: Choice) -> Fault | None:
        """Return the fault of a card that is not one of the two, or None."""
        return None if choice.prefers in opened.cards else unknown_card(f"{choice.prefers} is not one of the two cards of this duel")

    def sealed(self, choice: Choice) -> SealedForm:
        """Return the card preferred."""
        return {"prefers": choice.prefers or ""}

    def choice(self, ballot: RevealedBallot) -> Choice:
        """Return the card that a revealed ballot prefers."""
        return Choice(prefers=ballot.prefers)

    def takes_hands(self, opened: RoundOpened) -> bool:
        """Return True: hands can be raised for one of two cards."""
        return True

    def events_after(self, session: Session, round_: Round) -> list[Event]:
        """Return the move of the lower card above the other, if the weighted majority wants it."""
        lower, upper = round_.opened.cards
        if lower not in session.cards or upper not in session.cards or session.rank(lower) != session.rank(upper) + 1:
            return []  # the board has changed since: the result is recorded, and the room moves the card itself
        result = duel_of(round_)
        if not result.raised:
            return []
        old, new = session.rank(lower), session.rank(upper)
        return [ev.CardMoved(card=lower, old=old, new=new, asked_by=session.asker, reason=f"it won the duel{_in_brackets(duel_hands(result))}")]

    def discussion_note(self, round_: Round) -> str:
        """Return the hands of the duel as a sentence; without a side if the sides are not told apart."""
        hands = duel_hands(duel_of(round_))
        return sentence(capital(hands)) if hands else ""

    def heading(self, session: Session, opened: RoundOpened) -> str:
        """Return the name with both cards."""
        lower, upper = (f"“{session.title_of(card)}”" for card in opened.cards)
        return f"Duel: {lower} or {upper}?" if opened.what_ifs else f"Duel: {lower} above {upper}?"

    def rules(self, session: Session, round_: Round) -> str:
        """Return the ranks of the two cards."""
        if round_.opened.what_ifs:
            return "1 or 2; a tie decides nothing"
        lower, upper = (str(session.rank(card)) if card in session.order else "–" for card in round_.opened.cards)
        return f"#{lower} and #{upper}; a tie keeps the order"

    def narrated_opening(self, session: Session, opened: RoundOpened) -> str:
        """Return the question with both titles."""
        lower, upper = (session.title_of(card) for card in opened.cards)
        return f"should “{lower}” or “{upper}” become the plan?" if opened.what_ifs else f"should {lower} be above {upper}?"

    def narrated_result(self, session: Session, round_: Round, revealed: BallotsRevealed) -> str:
        """Return which card is above the other now."""
        lower, upper = (session.title_of(card) for card in round_.opened.cards)
        if round_.opened.what_ifs:
            return what_if_result(round_)
        return f"{lower} {'goes above' if duel_of(round_).raised else 'stays below'} {upper}"


def duel_of(round_: Round) -> DuelResult:
    """Return what a duel says, by its revealed ballots; by person if its sides must not be shown apart."""
    lower, apart = round_.opened.cards[0], tells_sides(round_)
    counts: dict[str, list[int]] = {}
    for each in round_.revealed.ballots if round_.revealed else ():
        hands = counts.setdefault(each.side if apart else "", [0, 0, 0])
        hands[2 if each.abstained else 0 if each.prefers == lower else 1] += 1
    return tally_duel({side: DuelHands(*hands) for side, hands in counts.items()}, weighting_of(round_), shares_of(round_))


def what_if_result(round_: Round) -> str:
    """Return which of two what-ifs the room prefers, without a full stop, and the hands by side."""
    result = duel_of(round_)
    first, second = (f"“{name}”" for name in round_.opened.cards)
    if result.lower == result.upper:
        return f"a tie between {first} and {second}{_in_brackets(duel_hands(result))}"
    if result.raised:
        return f"{first} is preferred to {second}{_in_brackets(duel_hands(result))}"
    turned = {side: DuelHands(hands.upper, hands.lower, hands.abstain) for side, hands in result.hands.items()}
    return f"{second} is preferred to {first}{_in_brackets(duel_hands(replace(result, hands=turned)))}"


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def duel_hands(result: DuelResult) -> str:
    """Return the hands of a duel by side: business 4 to 2, IT 1 to 3."""
    return ", ".join(f"{side_name(side)} {hands.lower} to {hands.upper}".strip() for side, hands in result.hands.items())


SPEC = DuelSpec()
