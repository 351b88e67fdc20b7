"""What the methods that ask about one card, or about two, share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sessions.portfolio.models import TEXT_LIMIT
from sessions.record.events import RoundOpened
from sessions.rounds.methods.choice import Choice, Fault, SealedForm, unknown_card
from sessions.rounds.methods.spec import FIRST_NAMED, MethodSpec, Raised, first_titles
from sessions.sanitize import clean
from sessions.state.session import Session
from sessions.voting.scores import check_score
from sessions.wording import capital


class CardSpec(MethodSpec):
    """A way of asking about single cards."""

    def short_name(self, session: Session, opened: RoundOpened) -> str:
        """Return the name of a round with the titles of its cards."""
        more = f" and {len(opened.cards) - FIRST_NAMED} more" if len(opened.cards) > FIRST_NAMED else ""
        return f"{capital(self.title)}{self._number(session, opened)} on {first_titles(session, opened.cards)}{more}"

    def _number(self, session: Session, opened: RoundOpened) -> str:
        """Return which round on its card this is, if the method asks more than once."""
        return ""

    def choices_raised(self, opened: RoundOpened, raised: Sequence[Raised], voters: int) -> list[Choice]:
        """Return a ballot for each raised hand."""
        return [self._choice_raised(opened, each) for each in raised]

    def _choice_raised(self, opened: RoundOpened, raised: Raised) -> Choice:
        if isinstance(raised, int):
            return Choice(scores={opened.cards[0]: raised})
        return Choice() if raised is None else Choice(prefers=raised)


def score_fault(opened: RoundOpened, scores: Mapping[str, int], public: str) -> Fault | None:
    """Return what is wrong with figures from 0 to 5, or None."""
    strange = tuple(f"{card} is not a card of this round" for card in scores if card not in opened.cards)
    wrong = tuple(f"{card}: {fault}" for card, score in scores.items() for fault in check_score(score))
    detail = "; ".join(strange + wrong)
    if strange:
        return unknown_card(detail)
    return Fault("figure", public, detail) if wrong else None


def sealed_scores(choice: Choice) -> SealedForm:
    """Return the figures with the sentence beside them, if there is one."""
    words = clean(choice.words, TEXT_LIMIT).strip()
    return {"scores": dict(choice.scores or {})} | ({"words": words} if words else {})
