"""A card as it was typed, made fit to be kept: its texts sanitised, trimmed and bounded."""

from __future__ import annotations

from sessions.commands.base import clean_text, require_text
from sessions.portfolio.models import NAME_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Project

LONG_FIELDS = frozenset({"description", "note", "order_taker_version", "fields"})
"""Fields of a card whose text may have several lines, as the readers keep them; all others stand on one line of the screen."""

_NAMES = frozenset({"sponsor", "it_partner", "objective", "plan_owner"})
"""Fields of a card that are names, as long as the readers let them be."""


def tidy(card: Project, card_id: str) -> Project:
    """Return a card with its texts fit to be kept, under an id. Raises ReasonNeededError where it has no title."""
    title = require_text(card.title, "A card needs a title: type one.", TITLE_LIMIT)
    return Project.model_validate({**_cleaned(card.model_dump()), "id": card_id, "title": title})


def _cleaned(value: object) -> dict[str, object]:
    result = _clean_value(value)
    assert isinstance(result, dict)
    return result


def _clean_value(value: object, field: str = "") -> object:
    if isinstance(value, str):
        return clean_text(value, NAME_LIMIT if field in _NAMES else TEXT_LIMIT, lines=field in LONG_FIELDS)
    if isinstance(value, dict):
        return {name: _clean_value(each, name) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_clean_value(each, field) for each in value)
    return value
