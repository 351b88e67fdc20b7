"""What cards carry over from the earlier session, if there is one, for the board and the detail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sessions.portfolio.benefits import benefit_words
from sessions.portfolio.models import Project
from sessions.state.session import Session

if TYPE_CHECKING:
    from sessions.quarters.again import Mark


class EarlierMarks:
    """The marks of a session's cards, remade when the cards change; without earlier ranks while the room votes."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._marks: Mapping[str, Mark] = {}

    def of(self, session: Session) -> Mapping[str, Mark]:
        """Return the marks by card."""
        if session.past is None:
            return {}
        from sessions.quarters.again import hides_ranks, marks  # noqa: PLC0415 - only in a series

        hidden = hides_ranks(session)
        parts = (session.past, session.cards, session.links, session.fates, hidden)
        if any(new is not old for new, old in zip(parts, self._of, strict=False)) or not self._of:
            found = marks(session)
            self._of, self._marks = parts, {card: mark._replace(ranked="") for card, mark in found.items()} if hidden else found
        return self._marks


def asked_and_now(session: Session, card: Project) -> tuple[str, str]:
    """Return how a card's benefit was first asked for and how it reads now, each with its rank then and now; no ranks while the room votes."""
    from sessions.quarters.again import hides_ranks  # noqa: PLC0415 - few cards were rewritten
    from sessions.quarters.rewriting import rank_before  # noqa: PLC0415

    before, rank = rank_before(session, card), session.rank(card.id)
    told = bool(before) and before != rank and not hides_ranks(session)
    then, now = (f"  (ranked {each})" if told else "" for each in (before, rank))
    return f"“{card.order_taker_version}”{then}", f"“{benefit_words(card.benefit)}”{now}"
