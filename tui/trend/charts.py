"""The pictures of a trend: lines, bars, and the slopes from one order to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from sessions.quarters.trend.measures import RankFigures
from sessions.quarters.trend.rows import FEWEST
from sessions.quarters.trend.stability import BIG_MOVE
from sessions.quarters.trend.words import Points, one_decimal
from tui.stages.picture import Block, Row
from tui.text import fit, fit_right, length
from tui.trend.canvas import Canvas
from tui.widgets.lines import Part

_AXIS = 4
"""Cells at the left for the figures of the scale."""
_VALUE = 5
"""Cells at the right for the latest figure."""
_QUARTER = 4
_LEAST = 7
_WIDEST = 24
"""The fewest and the most cells that a quarter takes."""
_BAR = 4
_SLOPES = (24, 48)
"""The most cells between two orders, and those where every title has room."""
_TITLE_ROOM = 60
_MOST_RANKS = 10
_LEAST_TITLE = 16


class Curve(NamedTuple):
    """A line of a chart: its points, the sign of a point, and its colour."""

    points: Points
    sign: str
    style: str


def short_quarter(quarter: str) -> str:
    """Return a quarter in four cells: 26Q3."""
    year, _, number = quarter.partition("-")
    return f"{year[-2:]}{number}" if len(year) == 4 and len(number) == 2 else fit(quarter, _QUARTER)


def quarters_that_fit(width: int) -> int:
    """Return how many quarters a chart has room for."""
    return max(1, (width - _AXIS - _VALUE) // _LEAST)


def line_chart(curves: Sequence[Curve], width: int, height: int) -> Block:
    """Draw some curves over the same quarters; one of fewer than three points has no line."""
    values = [value for curve in curves for _, value in curve.points if value is not None]
    if not values:
        return []
    low, high = floor(min(values) * 2) / 2, ceil(max(values) * 2) / 2
    if high - low < 1:
        low, high = low - (1 - (high - low)) / 2, high + (1 - (high - low)) / 2
    sheet = Canvas(width, height)

    def row(value: float) -> int:
        return round((high - value) / (high - low) * (height - 2))

    columns = _columns(len(curves[0].points), width)
    for mark in range(ceil(low), floor(high) + 1):
        sheet.write(0, row(mark), f"{mark}".rjust(_AXIS - 2), "$text-muted")
    for curve in curves:
        known = [(x, row(value)) for x, (_, value) in zip(columns, curve.points, strict=True) if value is not None]
        if len(known) >= FEWEST:
            for one, other in pairwise(known):
                sheet.line(one, other, curve.style)
    for mark in range(ceil(low), floor(high) + 1):
        for x in range(_AXIS, columns[-1] + 2):
            sheet.behind(x, row(mark), "─", "$card-faint")
    taken: set[tuple[int, int]] = set()
    for curve in curves:
        for x, (_, value) in zip(columns, curve.points, strict=True):
            if value is None:
                continue
            at = (x + ((x, row(value)) in taken), row(value))
            taken.add(at)
            sheet.write(*at, curve.sign, curve.style)
    used: set[tuple[int, int]] = set()
    ends = [(value, place, curve.style) for curve in curves for place, value in _end(curve.points)]
    for value, place, style in sorted(ends, reverse=True):
        y = next(y for y in range(row(value), row(value) + len(curves)) if (place, y) not in used)
        used.add((place, y))
        sheet.write(columns[place] + 2, y, f" {one_decimal(value)} ", f"bold {style}")
    _quarters(sheet, curves[0].points, columns)
    return sheet.rows()


def _end(points: Points) -> list[tuple[int, float]]:
    """Return the last known point, if there is one: its place, and its figure."""
    return [(place, value) for place, (_, value) in enumerate(points) if value is not None][-1:]


def _columns(count: int, width: int) -> list[int]:
    """Return the middle column of each quarter."""
    room = width - _AXIS - _VALUE - _QUARTER
    step = min(_WIDEST, room // max(1, count - 1)) if count > 1 else 0
    return [_AXIS + 2 + place * step for place in range(count)]


def _quarters(sheet: Canvas, points: Points, columns: Sequence[int]) -> None:
    for place, (x, (quarter, _)) in enumerate(zip(columns, points, strict=True)):
        sheet.write(x - 1, sheet.height - 1, short_quarter(quarter), "bold $foreground" if place == len(points) - 1 else "$text-muted")


def bar_chart(points: Points, waiting: str, width: int, height: int) -> Block:
    """Draw shares as bars; in the place of the latest, if it is not known yet, `waiting` says when it will be."""
    if all(value is None for _, value in points):
        return []
    sheet, columns = Canvas(width, height), _columns(len(points), width)
    last_known = max(place for place, (_, value) in enumerate(points) if value is not None)
    for place, (x, (_, value)) in enumerate(zip(columns, points, strict=True)):
        if value is None:
            words = waiting if place == len(points) - 1 else "–"
            sheet.write(max(0, x + 1 - length(words) // 2), height - 3, words, "$text-muted")
            sheet.write(x - 1, height - 2, "▁" * _BAR, "$card-faint")
            continue
        _bar(sheet, x - 1, value, latest=place == last_known)
    _quarters(sheet, points, columns)
    return sheet.rows()


def _bar(sheet: Canvas, x: int, value: float, *, latest: bool) -> None:
    eighths = max(1, round(min(1.0, value) * 8 * (sheet.height - 2)))
    full, rest = divmod(eighths, 8)
    style = "$card-bar" if latest else "$card-faint"
    for up in range(full):
        sheet.write(x, sheet.height - 2 - up, "█" * _BAR, style)
    if rest:
        sheet.write(x, sheet.height - 2 - full, " ▁▂▃▄▅▆▇"[rest] * _BAR, style)
    percent = f"{floor(value * 100 + 0.5)}%"
    sheet.write(x, sheet.height - 2 - full - bool(rest), percent, "bold $foreground" if latest else "$text-muted")


def slope_chart(ranks: Sequence[RankFigures], heads: tuple[str, str], width: int, rows: int) -> Block:
    """Draw the first cards of the earlier order at the left and of this one at the right, with a line from each rank to the next."""
    count = min(rows - 2, max((each["now"] or each["was"] or 0 for each in ranks), default=0), _MOST_RANKS)
    middle = max(min(_SLOPES[0], width // 4), min(_SLOPES[1], width - 2 * _TITLE_ROOM))
    label = (width - middle) // 2
    if count < 1 or label < _LEAST_TITLE:
        return []
    sheet = Canvas(middle, count + 1)
    for each in ranks:
        was, now = each["was"], each["now"]
        if was is not None and now is not None and min(was, now) <= count:
            ends = (1, min(was, count + 1) - 1), (middle - 2, min(now, count + 1) - 1)
            risen = _is_big(each) and now < was
            sheet.line(*ends, "$foreground" if risen else "$text-muted", every=1 if risen else 2 if _is_big(each) else 3)
    left = {each["was"]: each for each in ranks}
    right = {each["now"]: each for each in ranks}
    head: Row = ((fit_right(heads[0], label - 4), "bold $text-muted"), (" " * (middle + 8), ""), (fit(heads[1], label - 4), "bold $text-muted"))
    drawn: Block = [head]
    for place, row in enumerate(sheet.rows(), 1):
        inside = place <= count
        drawn.append((_was(left.get(place) if inside else None, place, label), *row, _now(right.get(place) if inside else None, place, label)))
    return drawn


def _is_big(each: RankFigures) -> bool:
    return each["was"] is not None and each["now"] is not None and abs(each["was"] - each["now"]) >= BIG_MOVE


def _was(each: RankFigures | None, place: int, width: int) -> Part:
    """Return a card of the earlier order."""
    if each is None:
        return " " * width, ""
    tail = " (gone)" if each["now"] is None else ""
    text = fit(each["title"], min(length(each["title"]), width - 4 - len(tail))).rstrip() + tail
    return f"{fit_right(text, width - 4)} {place:>2} ", "bold $foreground" if _is_big(each) else "$text-muted"


def _now(each: RankFigures | None, place: int, width: int) -> Part:
    """Return a card of this order."""
    if each is None:
        return " " * width, ""
    was = each["was"]
    tail = " (new)" if was is None else f" (was {was})" if was != place else ""
    text = fit(each["title"], min(length(each["title"]), width - 4 - len(tail))).rstrip() + tail
    return f" {place:>2} {fit(text, width - 4)}", "$card-new" if was is None else "bold $foreground" if _is_big(each) else "$text-muted"
