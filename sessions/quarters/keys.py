"""The keys that recognise a session's cards in a file: short enough for a list of sessions, exact enough to choose one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from zlib import crc32

from sessions.portfolio.models import Project
from sessions.quarters.matching import title_key

_LENGTH = 8


def known_by(cards: Iterable[Project], made: Collection[str]) -> str:
    """Return the keys of cards, whose made-up ids are `made`: hashes of their titles and of the ids that a file gave."""
    keys = {key for card in cards for key in _keys(card, given=card.id not in made)}
    return "".join(sorted(keys))


def shared(keys: str, cards: Iterable[Project]) -> int:
    """Return how many cards of a file are known by one of these keys."""
    known = {keys[place : place + _LENGTH] for place in range(0, len(keys), _LENGTH)}
    return sum(any(key in known for key in _keys(card, given=not card.made_id)) for card in cards)


def _keys(card: Project, *, given: bool) -> list[str]:
    texts = [f"title {title_key(card.title)}", *([f"id {card.id}"] if given else [])]
    return [f"{crc32(text.encode()):08x}" for text in texts]
