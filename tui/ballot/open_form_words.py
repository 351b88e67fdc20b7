"""What the form for a new ballot says and reads. Nothing here knows a choice."""

from __future__ import annotations

import re

from sessions.portfolio.models import Side
from sessions.voting.points import DEFAULT_BUDGET, ballot_cap
from sessions.wording import counted, listed, side_name
from tui.dialogs.typed_figures import FigureError

_EQUAL = frozenset({"", "equal", "equal sides", "equally"})


def gives(method: str, cards: int) -> str:
    """Return what a voice gives."""
    if method == "ranking":
        return f"Each voice puts its best of {counted(cards, 'card')} in order; ties are allowed."
    return f"Each voice spreads points over {counted(cards, 'card')}; the cap keeps one favourite from being carried to the top."


def default_cap(cards: int) -> int:
    """Return the cap that a new ballot of so many cards proposes (METHOD 3.2)."""
    return min(DEFAULT_BUDGET, ballot_cap(cards))


def check_reach(budget: int, cap: int, cards: int) -> None:
    """Refuse a budget that nobody could spend under the cap, which is a slip of the hand. Raises FigureError."""
    most = cap * cards
    if 0 < most < budget:
        raise FigureError(f"Nobody could give {budget} points: at most {cap} on each of {counted(cards, 'card')} are {most}.")


def whole(text: str, what: str) -> int:
    """Read a whole number. Raises FigureError."""
    text = text.strip()
    if not re.fullmatch("[0-9]{1,6}", text):
        raise FigureError(f"{what} is a whole number, such as 25.")
    return int(text)


def shares_typed(text: str, sides: tuple[Side, ...]) -> dict[Side, int] | None:
    """Read the shares of the sides, in their order; None where they are equal (METHOD 3.1). Raises FigureError."""
    if " ".join(text.split()).casefold() in _EQUAL:
        return None
    figures = re.split(r"\s*[:/]\s*|\s+", text.strip())
    if len(figures) != len(sides) or not all(re.fullmatch("[0-9]{1,4}", figure) for figure in figures):
        names = listed([side_name(side) for side in sides])
        raise FigureError(f"Shares are as {shares_example(sides)}; or leave them out, and {names} weigh the same.")
    return {side: int(figure) for side, figure in zip(sides, figures, strict=True)}


def shares_example(sides: tuple[Side, ...]) -> str:
    """Show how shares are typed: 60:40 (business : IT)."""
    figures = (60, 40) if len(sides) == 2 else range(50, 50 - 5 * len(sides), -5)
    return f"{':'.join(str(figure) for figure in figures)} ({' : '.join(side_name(side) for side in sides)})"
