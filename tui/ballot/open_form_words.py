"""What the form for a new ballot says and reads. Nothing here knows anyone's choice."""

from __future__ import annotations

import re

from sessions.portfolio.models import Side
from sessions.wording import listed, side_name
from tui.dialogs.typed_figures import FigureError

_EQUAL = frozenset({"", "equal", "equal sides", "equally"})




def shares_typed(text: str, sides: tuple[Side, ...]) -> dict[Side, int] | None:
    """Read the shares of the sides, in their order; None if they are equal (METHOD 3.1). Raises FigureError."""
    if " ".join(text.split()).casefold() in _EQUAL:
        return None
    figures = re.split(r"\s*[:/]\s*|\s+", text.strip())
    if len(figures) != len(sides) or not all(re.fullmatch("[0-9]{1,4}", figure) for figure in figures):
        names = listed([side_name(side) for side in sides])
        raise FigureError(f"Type shares as {shares_example(sides)}; or leave them out, and {names} count the same.")
    return {side: int(figure) for side, figure in zip(sides, figures, strict=True)}


def shares_example(sides: tuple[Side, ...]) -> str:
    """Show how shares are typed: 60:40 business:IT."""
    figures = (60, 40) if len(sides) == 2 else range(50, 50 - 5 * len(sides), -5)
    return f"{':'.join(str(figure) for figure in figures)} {':'.join(side_name(side) for side in sides)}"
