"""The figures above what changed: the days since the earlier session, the open questions, and how many cards are new, gone and changed."""

from __future__ import annotations

from textual.geometry import Size

from sessions.quarters.changes import Changes
from sessions.quarters.changes_words import quarter_name
from tui.stages.picture import LETTER, TALL, Block, Piece, beside
from tui.text import fit, length
from tui.widgets.big_text import block_letters
from tui.widgets.lines import Part

_WIDE = 100
_INDENT = 1


def head_lines(changes: Changes, left: int, room: Size) -> Block:
    """Return the figures: large if there is room for it, in one line if not."""
    figures = _figures(changes, left)
    if room.height < TALL or room.width < _WIDE:
        return [_in_a_line(figures, room.width - 2)]
    each = (room.width - 2 * _INDENT) // len(figures)
    placed, captions = list[Piece](), list[Part]([(" " * _INDENT, "")])
    for number, (figure, caption, style) in enumerate(figures):
        placed.append(Piece(_INDENT + number * each, block_letters(figure, each - 2, LETTER) or (figure,), style))
        captions.append((fit(caption, each - 1) + " ", style))
    return [*beside(*placed), (), tuple(captions)]


def _figures(changes: Changes, left: int) -> list[tuple[str, str, str]]:
    """Return each figure with what it counts and its colour."""
    figures = [(str(left), "question open" if left == 1 else "questions open", "bold $accent")] if left else []
    if changes.days is not None and changes.days >= 0:
        since = f"day{'' if changes.days == 1 else 's'} since {quarter_name(changes)}"
        figures.append((str(changes.days), since, "bold $warning" if changes.late else "bold"))
    edited = len({edit.card for edit in changes.edits})
    counted = ((len(changes.new), "new"), (len(changes.gone), "gone"), (edited, "changed"))
    figures += [(str(count), f"{'card' if count == 1 else 'cards'} {word}", "bold") for count, word in counted if count]
    return figures or [("0", f"changes since {quarter_name(changes)}", "bold")]


def _in_a_line(figures: list[tuple[str, str, str]], width: int) -> tuple[Part, ...]:
    line: list[Part] = [(" ", "")]
    cards = False
    for figure, words, style in figures:
        caption = words.rpartition(" ")[2] if cards else words  # 5 cards new, 8 gone
        cards = cards or words.startswith("card")
        width -= length(f"{figure} {caption}") + 3
        if width >= 0:
            line += [(f"{figure} {caption}", style), ("   ", "")]
    return tuple(line)
