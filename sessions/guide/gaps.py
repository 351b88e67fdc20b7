"""What the cards of a board still lack, told once for all of them: a help to prepare, never an obstacle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sessions.portfolio.checks import has_sponsor
from sessions.portfolio.models import Project
from sessions.state.session import Session
from sessions.wording import listed, plural


class Gap(NamedTuple):
    """What is missing, in the plural, and on how many cards."""

    what: str
    cards: int


_HAS: Mapping[str, Callable[[Project], bool]] = {
    "sponsors": has_sponsor,
    "benefits a month": lambda card: bool(card.benefit.monthly),
    "efforts": lambda card: any(work.effort for work in card.work),
}


def gaps(session: Session) -> tuple[Gap, ...]:
    """Return what is missing on any card that is not done, and on how many."""
    cards = [card for card in session.cards.values() if card.state != "done"]
    found = (Gap(what, sum(not has(card) for card in cards)) for what, has in _HAS.items())
    return tuple(gap for gap in found if gap.cards)


def gap_sentence(session: Session) -> str:
    """Return what is missing in one sentence; nothing if nothing is. A ranking needs none of it."""
    cards = sum(card.state != "done" for card in session.cards.values())
    missing = gaps(session)
    everywhere = [gap.what for gap in missing if gap.cards == cards]
    some = [f"{gap.what} on {gap.cards}" for gap in missing if gap.cards < cards]
    if everywhere and not some:
        return f"No {' or '.join([', '.join(everywhere[:-1]), everywhere[-1]] if everywhere[1:] else everywhere)} yet: fine for ranking."
    if everywhere:
        some = [f"{what} on all" for what in everywhere] + some
    return f"Still missing of {plural(cards, 'project')}: {listed(some)}." if some else ""
