"""Reasons that came with the ballots, as lines beside the card that they are about."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.rounds.reasons import Reason
from tui.text import plain, wrap

_MOST, _LINES = 3, 4
"""The most reasons about a card, and the most lines of each."""


def quote_lines(reasons: Sequence[Reason], card: str, width: int) -> list[str]:
    """Return the reasons about a card as lines of at most `width` cells."""
    found = [each for each in reasons if each.card == card]
    more = [f"and {len(found) - _MOST} more in the summary"] if len(found) > _MOST else []
    return [line for each in found[:_MOST] for line in wrap(f"“{plain(each.text)}” {plain(each.who)}", width, _LINES)] + more
