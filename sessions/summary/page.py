"""The parts of a page: sections, bullets and tables of Markdown. An empty part leaves nothing behind."""

from __future__ import annotations

from collections.abc import Sequence

NOTHING = "–"
"""The text of a cell that has nothing to say."""
_MORE = "and {} more in the export"


def section(title: str, *parts: Sequence[str]) -> list[str]:
    """Return a heading with its parts, separated by empty lines; nothing if all parts are empty."""
    filled = [part for part in parts if part]
    if not filled:
        return []
    lines = [f"## {title}"]
    for part in filled:
        lines += ["", *part]
    return [*lines, ""]


def bullets(items: Sequence[str], limit: int | None = None) -> list[str]:
    """Return a list, cut at a limit that it states."""
    return [f"- {item}" for item in _cut(items, limit)]


def in_a_row(items: Sequence[str], limit: int) -> str:
    """Return items separated by semicolons, cut at a limit that it states."""
    return "; ".join(_cut(items, limit))


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], limit: int) -> list[str]:
    """Return a table without its empty columns, cut at a limit of rows with a note below it."""
    if not rows:
        return []
    used = [column for column in range(len(headers)) if any(row[column] for row in rows)]
    lines = [_line([headers[column] for column in used]), f"|{'---|' * len(used)}"]
    lines += [_line([row[column] or NOTHING for column in used]) for row in rows[:limit]]
    more = len(rows) - limit
    return [*lines, "", _MORE.format(more)] if more > 0 else lines


def _cut(items: Sequence[str], limit: int | None) -> list[str]:
    more = len(items) - limit if limit is not None else 0
    return [*items[:limit], _MORE.format(more)] if more > 0 else list(items)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
