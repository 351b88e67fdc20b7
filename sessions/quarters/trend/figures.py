"""All figures of a quarter in words, one for each measure of METHOD 6: a dash is a figure that is not defined, or not known yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sessions.quarters.trend.measures import PulseFigures
from sessions.quarters.trend.rows import Row
from sessions.quarters.trend.words import one_decimal
from sessions.voting.agreement import UNDEFINED
from sessions.wording import tenths


class Figure(NamedTuple):
    """A measure: its name, how it is written for a quarter, and whether it belongs to the one above it."""

    name: str
    written: Callable[[Row], str]
    part: bool = False


def _of(part: int | None, of: int | None) -> str:
    return f"{part} of {of}" if part is not None and of else UNDEFINED


def _number(figure: float | None, places: int = 2) -> str:
    if figure is None:
        return UNDEFINED
    return one_decimal(figure) if places == 1 else f"{figure:.2f}"


def _percent(part: int, of: int) -> str:
    return f"{(200 * part + of) // (2 * of)}%" if of else UNDEFINED


def _kept(row: Row) -> str:
    back = row["looked_back"]
    return _of(back["decisions"]["kept"], back["decisions"]["of"]) if back else UNDEFINED


def _not_before(row: Row) -> str:
    back = row["looked_back"]
    return _of(back["not_before"]["kept"], back["not_before"]["of"]) if back else UNDEFINED


def _in_use(row: Row) -> str:
    back = row["looked_back"]
    return _of(back["adopted"]["adopted"], back["adopted"]["of"]) if back else UNDEFINED


def _unmeasured(row: Row) -> str:
    back = row["looked_back"]
    return _of(back["adopted"]["unmeasured"], back["adopted"]["of"]) if back else UNDEFINED


def _arrived(row: Row) -> str:
    back = row["looked_back"]
    if back is None or not back["realised"]["promised"]:
        return UNDEFINED
    worth = back["realised"]
    return f"{worth['realised']:,} of {worth['promised']:,}"


def _value(row: Row) -> str:
    value = row["value"]
    return _number(value["found"] / value["cost"]) if value else UNDEFINED


def _focus(row: Row) -> str:
    found = row["measures"]["focus"]
    return f"{tenths(found['top'])} of {tenths(found['capacity'])}" if found else UNDEFINED


def _focus_planned(row: Row) -> str:
    found = row["measures"]["focus"]
    return f"{tenths(found['top'])} of {tenths(found['planned'])}" if found and found["planned"] else UNDEFINED


def _idle(row: Row) -> str:
    found = row["measures"]["focus"]
    return _percent(found["capacity"] - found["planned"], found["capacity"]) if found else UNDEFINED


def _tau(row: Row) -> str:
    found = row["measures"]["stability"]
    return _number(found["tau_b"]) if found else UNDEFINED


def _places(row: Row) -> str:
    found = row["measures"]["stability"]
    return _number(found["places"] / found["cards"], 1) if found else UNDEFINED


def _first(row: Row, k: int) -> str:
    found = row["measures"]["stability"]
    return _of((found["overlap_5"] if k == 5 else found["overlap_8"]), k) if found else UNDEFINED


def _explained(row: Row) -> str:
    found = row["measures"]["stability"]
    return _of(found["explained"], found["moves"]) if found else UNDEFINED


def _level(row: Row) -> str:
    found = row["measures"]["partnership"]
    return str(found["level"]) if found else UNDEFINED


def _index(row: Row) -> str:
    found = row["measures"]["partnership"]
    return _number(found["index"]) if found else UNDEFINED


def _side_gap(row: Row) -> str:
    found = row["measures"]["partnership"]
    return _number(found["gap"]) if found else UNDEFINED


def _complete(row: Row) -> str:
    found = row["measures"]["complete"]
    return _of(found["complete"], found["cards"])


def _voice(row: Row) -> str:
    return ", ".join(f"{each['ballots']}/{each['seats']}" for each in row["measures"]["voice"]) or UNDEFINED


def _sides_agree(row: Row) -> str:
    return _number(row["measures"]["agreement"]["tau_b"])


def _gaps(row: Row) -> str:
    found = row["measures"]["agreement"]
    return f"{_number(found['gap_before'])} → {_number(found['gap_after'])}" if found["gap_before"] is not None else UNDEFINED


def _sides(found: Mapping[str, float] | None) -> str:
    return ", ".join(one_decimal(mean) for side, mean in found.items() if side) or UNDEFINED if found else UNDEFINED


def _pulse_sides(row: Row, question: str) -> str:
    asked = row["measures"]["pulse"].get(question)
    return _sides(asked["close"]["sides"] if asked and asked["close"] else None)


def _partnership_sides(row: Row) -> str:
    found = row["measures"]["partnership"]
    return _sides(found["sides"] if found else None)


def _pulse(row: Row, question: str) -> str:
    asked: PulseFigures | None = row["measures"]["pulse"].get(question)
    if asked is None:
        return UNDEFINED
    at_open, at_close = (_number(found["mean"], 1) if found else UNDEFINED for found in (asked["open"], asked["close"]))
    return UNDEFINED if at_open == at_close == UNDEFINED else f"{at_open} → {at_close}"


FIGURES: Sequence[Figure] = (
    Figure("Highest value programs, of 5", lambda row: _pulse(row, "value")),
    Figure("by side, at Close", lambda row: _pulse_sides(row, "value"), part=True),
    Figure("Value ratio", _value),
    Figure("Best resources, of 5", lambda row: _pulse(row, "focus")),
    Figure("by side, at Close", lambda row: _pulse_sides(row, "focus"), part=True),
    Figure("Key teams on the first objectives", _focus),
    Figure("of what they are planned for", _focus_planned, part=True),
    Figure("free", _idle, part=True),
    Figure("Decisions kept", _kept),
    Figure("of “not before”", _not_before, part=True),
    Figure("Delivered and in use", _in_use),
    Figure("not measured", _unmeasured, part=True),
    Figure("Benefit a month that has arrived", _arrived),
    Figure("Partnership level", _level),
    Figure("index", _index, part=True),
    Figure("by side", _partnership_sides, part=True),
    Figure("gap between the sides", _side_gap, part=True),
    Figure("Cards complete", _complete),
    Figure("Ballots, by side", _voice),
    Figure("Sides agree (tau)", _sides_agree),
    Figure("gap before and after the talk", _gaps, part=True),
    Figure("Order like the one before (tau)", _tau),
    Figure("places moved", _places, part=True),
    Figure("first 5 the same", lambda row: _first(row, 5), part=True),
    Figure("first 8 the same", lambda row: _first(row, 8), part=True),
    Figure("big moves explained", _explained, part=True),
)
"""Every measure, in the order in which they are read."""
