"""What the cards of a board hold, so that the board has no row, column or pane that stays empty."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sessions.portfolio.models import Project
from sessions.sequencing.plan import Plan
from sessions.state.session import Session
from tui.cards.face import VoteSummary, description, worth
from tui.text import length
from tui.widgets.board.columns import Filled

if TYPE_CHECKING:
    from sessions.quarters.again import Mark


class FilledCache:
    """What the cards hold, looked up again when the cards change: all of them are asked."""

    def __init__(self) -> None:
        self._of: object = None
        self._filled = Filled()
        self._described = False

    def filled(self, session: Session, voices: VoteSummary, plan: Plan | None) -> Filled:
        """Return which rows and columns the board needs."""
        self._look_up(session)
        said = bool(session.decisions) or (plan is not None and not plan.empty)
        return Filled(self._filled.who, self._filled.worth, bool(voices.words), self._filled.line or said, self._filled.extra, len(session.order))

    def has_detail(self, session: Session, voices: VoteSummary) -> bool:
        """Return whether the detail of any card would say more than its title."""
        self._look_up(session)
        return self._described or bool(voices.words or session.decisions)

    def _look_up(self, session: Session) -> None:
        if self._of is not session.cards:
            self._of, self._filled = session.cards, _filled(session)
            self._described = any(map(_is_described, session.cards.values()))


def _filled(session: Session) -> Filled:
    cards, came = session.cards.values(), _came(session)
    who = any(card.sponsor or card.objective for card in cards)
    # The longest text is that of the largest amount, and thousands of texts would take a while.
    largest = [
        max((card for card in cards if card.benefit.monthly is not None), key=lambda card: abs(card.benefit.monthly or 0), default=None),
        max((card for card in cards if card.budget and card.benefit.monthly is None), key=_budget, default=None),
    ]
    return Filled(
        who=who,
        worth=max((length(worth(session, card)) for card in largest if card), default=0),
        votes=False,
        # Of a card that came along its sentence may also be that it was delivered, that it is back, or that its sponsor has left.
        line=any(description(card) or card.state == "in_flight" for card in cards)
        or (session.past is not None and (who or bool(session.delivered) or any(mark.back for mark in came))),
        extra=any(mark.ranked or mark.back or mark.stale for mark in came) or any(map(_has_more, cards)),
    )


def _came(session: Session) -> Collection[Mark]:
    """Return what the cards carry over from the earlier session, if there is one."""
    if session.past is None:
        return ()
    from sessions.quarters.again import marks  # noqa: PLC0415 - only in a series

    return marks(session).values()


def _has_more(card: Project) -> bool:
    benefit = card.benefit
    texts = (benefit.text, benefit.change, benefit.effect, card.description, card.adoption.measure, card.it_partner)
    return sum(map(bool, texts)) > 1


def _budget(card: Project) -> int:
    return card.budget.amount if card.budget else 0


def _is_described(card: Project) -> bool:
    """Return whether the detail of a card would say more than its title."""
    facts = (card.sponsor, card.objective, card.it_partner, card.budget, card.work, card.needs, card.deadline_week, card.note, card.fields)
    return any(facts) or card.benefit.monthly is not None or bool(description(card) or card.adoption.measure)
