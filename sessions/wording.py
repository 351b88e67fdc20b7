"""How figures are written for people, the same everywhere: on the board, in the detail, in the top bar."""

from __future__ import annotations

from sessions.phrases import money_name
from sessions.portfolio.models import Project


def worth(card: Project, currency: str) -> str:
    """Give what a card is worth a month, or an empty text where no figure is known."""
    return f"{money_name(card.benefit.monthly, currency)} a month" if card.benefit.monthly else ""


def clock(seconds: int) -> str:
    """Give seconds as minutes and seconds: 11:42."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def tenths(value: int) -> str:
    """Give tenths as a decimal figure: 161 is 16.1."""
    return f"{value // 10}.{value % 10}"
