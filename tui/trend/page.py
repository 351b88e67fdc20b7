"""The trend as one page: what to reach next, and below it a picture with its sentence for each measure, in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from sessions.quarters.trend import words
from sessions.quarters.trend.rows import Row as Quarter
from sessions.wording import date_of, long_date, side_name
from tui.sides import looks
from tui.stages.picture import Block, Piece, Row, beside, cells
from tui.text import fit, fixed_width, wrap
from tui.trend.charts import Curve, bar_chart, line_chart, quarters_that_fit, slope_chart
from tui.widgets.big_text import big_text
from tui.widgets.lines import Part

_NAMES = {"value": ("■", "right things", "$foreground"), "focus": ("□", "best people", "$text-muted")}
"""The two questions by id: sign, name in a few words, and colour."""
_ARROW = ("", "      ▄ ", "▄▄▄▄▄▄▄█▄", "      ▄▀")
_LINES, _BARS, _RANKS = 8, 7, 10
"""Rows of a chart with lines, of one with bars, and of the cards of an order."""
_TALL, _MORE = 50, 4
"""Rows of a screen from which each chart is higher, and by how many."""
_COLUMN = 36
"""The fewest cells of a column, and those between two."""
_GAP = 4


class Chart(NamedTuple):
    """A picture with its title, a line of signs, and sentences below; `empty` says why there is none."""

    title: str
    legend: Row
    picture: Block
    sentences: tuple[str, ...]
    empty: str = ""


def page(rows: Sequence[Quarter], width: int, height: int = 0) -> Block:
    """Return the page of a series, of which there is at least one row."""
    columns = 1 if width < 2 * _COLUMN + _GAP else 2
    each, more = (width - _GAP * (columns - 1)) // columns, _MORE if height >= _TALL else 0
    curves, bars = _LINES + more, _BARS + more
    recent = rows[-quarters_that_fit(each) :]  # a sentence is about the quarters that its picture shows
    charts = [together(recent, each, curves), pulse(recent, each, curves), kept(recent, each, bars), arrived(recent, each, bars)]
    blocks = [framed(chart, each) for chart in charts]
    drawn = [*head(rows, width), ()]
    for at in range(0, len(blocks), columns):
        drawn += [*side_by_side(blocks[at : at + columns], each), ()]
    return [*drawn, *framed(order(rows, width), width)]


def head(rows: Sequence[Quarter], width: int) -> Block:
    """Return the level, the next one, and what it takes."""
    found = words.latest_partnership(rows)
    sentence = words.next_level(found)
    if found is None:
        return [((row, "bold"),) for row in wrap(sentence, width, 2)]
    now = big_text(str(found["level"]), width, 5)
    pieces = [Piece(0, now, "bold $foreground")]
    column = cells(now) + 3
    if found["level"] < words.HIGHEST:
        then = big_text(str(found["level"] + 1), width, 5)
        pieces += [Piece(column, _ARROW, "$text-muted"), Piece(column + 12, then, "bold $foreground")]
        column += 12 + cells(then) + 4
    room = max(20, width - column)
    look = looks(found["lacks"])
    lines: Block = [((row, "bold"),) for row in wrap(sentence, room, 2)]
    for side, said in words.what_sides_lack(found).items():
        lines.append(((f"{look[side].shape} ", look[side].style), (fit(said, room - 2).rstrip(), "$text-muted")))
    left = beside(*pieces)
    return [_joined(left[y] if y < len(left) else (), lines[y] if y < len(lines) else (), column) for y in range(max(len(left), len(lines)))]


def _joined(left: Row, right: Row, column: int) -> Row:
    used = cells(["".join(text for text, _ in left)])
    return (*left, (" " * max(0, column - used), ""), *right) if right else left


def together(rows: Sequence[Quarter], width: int, height: int) -> Chart:
    """Return how the sides see the partnership."""
    sides = words.sides(rows)
    look = looks(sides)
    curves = [Curve(words.points(rows, partial(words.together, side=side)), look[side].shape, look[side].style) for side in sides]
    legend = _legend([(look[side].shape, side_name(side), look[side].style) for side in sides])
    said = (words.together_sentence(rows), words.others_answered(rows))
    drawn = line_chart(curves, width, height)
    return Chart("How we work together: each side's mean, 1 to 4", legend, drawn, said, "No answers yet: both sides answer at Close.")


def pulse(rows: Sequence[Quarter], width: int, height: int) -> Chart:
    """Return the answers to the two questions."""
    curves = [Curve(words.points(rows, partial(words.pulse, question=each)), sign, style) for each, (sign, _, style) in _NAMES.items()]
    legend = _legend(list(_NAMES.values()))
    title = "Do we work on the right things, with the best people?" if width >= 54 else "Right things, with the best people?"
    said = words.pulse_sentence(rows, [*_NAMES]), words.pulse_by_side(rows, [*_NAMES])
    return Chart(title, legend, line_chart(curves, width, height), said, "No answers yet: the room answers at Open and Close.")


def kept(rows: Sequence[Quarter], width: int, height: int) -> Chart:
    """Return the share of decisions kept, with the promises of "not before" below."""
    drawn = bar_chart(words.points(rows, words.share_kept), _waiting(rows), width, height)
    return Chart("Decisions kept", (), drawn, words.kept_sentences(rows), "Known when the next session looks back.")


def arrived(rows: Sequence[Quarter], width: int, height: int) -> Chart:
    """Return the share of the promised benefit that has arrived."""
    drawn = bar_chart(words.points(rows, words.arrived), _waiting(rows), width, height)
    return Chart("Worth that has arrived, of what was promised", (), drawn, words.arrived_sentences(rows), "Known when the next session looks back.")


def order(rows: Sequence[Quarter], width: int) -> Chart:
    """Return the way of the cards from last quarter's order to this one."""
    row = rows[-1]
    before = row["before"] or (rows[-2]["quarter"] if len(rows) > 1 else "before")
    drawn = slope_chart(row["measures"]["ranks"], (before, row["quarter"]), width, _RANKS + 2)
    said = (words.order_sentence(row), words.rewritten_sentence(rows))
    return Chart("The order, from last quarter to this one", (), drawn, said, "No earlier order to compare with.")


def framed(chart: Chart, width: int) -> Block:
    """Return a chart with its title and sentences, all within a width."""
    title: Row = ((fit(chart.title, width).rstrip(), "bold $foreground"),)
    if not chart.picture:
        return [title, *(((row, "$text-muted"),) for row in wrap(chart.empty, width, 2))]
    said: Block = []
    for place, text in enumerate(each for each in chart.sentences if each):
        said += [((row, "$text-muted" if place else "$foreground"),) for row in wrap(text, width, 2)]
    return [title, *([chart.legend] if chart.legend else []), *chart.picture, *said]


def side_by_side(blocks: Sequence[Block], width: int) -> Block:
    """Return blocks of one width beside each other."""
    drawn: Block = []
    for y in range(max(map(len, blocks))):
        row: list[Part] = []
        for block in blocks:
            line = block[y] if y < len(block) else ()
            used = cells(["".join(text for text, _ in line)])
            row += [*line, (" " * (width - used + _GAP), "")]
        drawn.append(tuple(row))
    return drawn


def _legend(signs: Sequence[tuple[str, str, str]]) -> Row:
    parts: list[Part] = [("    ", "")]
    for sign, name, style in signs:
        parts += [(f"{sign} ", style), (f"{fixed_width(name) or 'everybody'}   ", "$text-muted")]
    return tuple(parts)


def _waiting(rows: Sequence[Quarter]) -> str:
    """Return when it will be known what became of the latest decisions."""
    day: date | None = date_of(rows[-1]["next_session"])
    return f"in {long_date(day).split()[1]}" if day else "next time"
