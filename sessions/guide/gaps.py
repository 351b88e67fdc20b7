"""What the cards of a board still lack, and what does not fit together, named once for all of them: a help to prepare, never an obstacle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sessions.portfolio.checks import has_sponsor, stale_sentence
from sessions.portfolio.models import Project
from sessions.state.session import Session
from sessions.wording import listed, plural

_NAMED = 4
"""Cards that a sentence names by their rank."""


class Gap(NamedTuple):
    """What is missing, in the plural, and on how many cards."""

    what: str
    cards: int


_HAS: Mapping[str, Callable[[Project], bool]] = {
    "sponsors": has_sponsor,
    "monthly benefits": lambda card: bool(card.benefit.monthly),
    "efforts": lambda card: any(work.effort for work in card.work),
}


def _under_way(session: Session) -> list[Project]:
    return [card for card in session.cards.values() if card.state != "done" and card.id not in session.delivered]


def gaps(session: Session) -> tuple[Gap, ...]:
    """Return what is missing on any card that is neither done nor delivered, and on how many."""
    cards = _under_way(session)
    found = (Gap(what, sum(not has(card) for card in cards)) for what, has in _HAS.items())
    return tuple(gap for gap in found if gap.cards)


def gap_sentence(session: Session) -> str:
    """Return what is missing in one sentence, if anything is. A ranking needs none of it."""
    cards = len(_under_way(session))
    missing = gaps(session)
    everywhere = [gap.what for gap in missing if gap.cards == cards]
    some = [f"{gap.what} on {gap.cards}" for gap in missing if gap.cards < cards]
    if everywhere and not some:
        return f"No {' or '.join([', '.join(everywhere[:-1]), everywhere[-1]] if everywhere[1:] else everywhere)} yet: fine for ranking."
    if everywhere:
        some = [f"{what} on all" for what in everywhere] + some
    return f"Still missing in {plural(cards, 'project')}: {listed(some)}." if some else ""


def reading_gap(session: Session) -> str:
    """Return in one sentence which deliveries have a reading due; nothing if none has."""
    if not session.delivered:
        return ""
    from sessions.quarters.adoption import due  # noqa: PLC0415 - few sessions have a delivery when they begin

    titles = [each.card.title for each in due(session)]
    return f"How far do people use {titles[0] if len(titles) == 1 else plural(len(titles), 'delivered project')}? A reading is due." if titles else ""


def order_gaps(session: Session) -> list[str]:
    """Return which cards need one that is ranked below them (K-RANKDEP), and which neither move nor start (K-STALE)."""
    ranks = session.ranks
    open_ones = [card for card in session.board if card.state in ("new", "in_flight")]
    early = [card.id for card in open_ones if any(ranks.get(need, 0) > ranks[card.id] and session.cards[need].state != "done" for need in card.needs)]
    still = {each.card: each.still for each in session.past.matched} if session.past else {}
    stale = [card.id for card in open_ones if card.id not in session.decisions and stale_sentence(card, still.get(card.id, 0))]
    found = []
    if early:
        needs = "needs a card that is ranked below it" if len(early) == 1 else "need cards that are ranked below them"
        found.append(f"{_numbers(early, ranks)} {needs}.")
    if stale:
        found.append(f"{_numbers(stale, ranks)} {'has' if len(stale) == 1 else 'have'} not moved or started for {still[stale[0]]} quarters.")
    return found


def _numbers(cards: list[str], ranks: Mapping[str, int]) -> str:
    return plural(len(cards), "card") if len(cards) > _NAMED else listed([f"#{ranks[card]}" for card in cards])
