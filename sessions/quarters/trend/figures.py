"""All figures of a quarter in words, one for each measure of METHOD 6: a dash is a figure that is not defined, or not known yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sessions.quarters.trend.looked_back import RealisedFigures
from sessions.quarters.trend.measures import FocusFigures, PulseFigures
from sessions.quarters.trend.rows import Row
from sessions.quarters.trend.words import one_decimal
from sessions.voting.agreement import UNDEFINED
from sessions.wording import tenths

Found = TypeVar("Found")


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


def _section(section: Callable[[Row], Found | None]) -> Callable[[Callable[[Found], str]], Callable[[Row], str]]:
    """Return how a figure of one section of a row is written: a dash for a quarter that does not have it."""

    def figure(write: Callable[[Found], str]) -> Callable[[Row], str]:
        return lambda row: write(found) if (found := section(row)) else UNDEFINED

    return figure


_looked_back = _section(lambda row: row["looked_back"])
_value = _section(lambda row: row["value"])
_focus = _section(lambda row: row["measures"]["focus"])
_stability = _section(lambda row: row["measures"]["stability"])
_partnership = _section(lambda row: row["measures"]["partnership"])


def _of_planned(found: FocusFigures) -> str:
    return f"{tenths(found['top'])} of {tenths(found['planned'])}" if found["planned"] else UNDEFINED


def _arrived(worth: RealisedFigures) -> str:
    return f"{worth['realised']:,} of {worth['promised']:,}" if worth["promised"] else UNDEFINED


def _complete(row: Row) -> str:
    found = row["measures"]["complete"]
    return _of(found["complete"], found["cards"])


def _voice(row: Row) -> str:
    return ", ".join(f"{each['ballots']}/{each['seats']}" for each in row["measures"]["voice"]) or UNDEFINED


def _gaps(row: Row) -> str:
    found = row["measures"]["agreement"]
    return f"{_number(found['gap_before'])} → {_number(found['gap_after'])}" if found["gap_before"] is not None else UNDEFINED


def _sides(found: Mapping[str, float]) -> str:
    return ", ".join(one_decimal(mean) for side, mean in found.items() if side) or UNDEFINED


def _pulse_sides(row: Row, question: str) -> str:
    asked = row["measures"]["pulse"].get(question)
    return _sides(asked["close"]["sides"]) if asked and asked["close"] else UNDEFINED


def _pulse(row: Row, question: str) -> str:
    asked: PulseFigures | None = row["measures"]["pulse"].get(question)
    if asked is None:
        return UNDEFINED
    at_open, at_close = (_number(found["mean"], 1) if found else UNDEFINED for found in (asked["open"], asked["close"]))
    return UNDEFINED if at_open == at_close == UNDEFINED else f"{at_open} → {at_close}"


FIGURES: Sequence[Figure] = (
    Figure("Highest value programs, of 5", lambda row: _pulse(row, "value")),
    Figure("by side, at Close", lambda row: _pulse_sides(row, "value"), part=True),
    Figure("Value ratio", _value(lambda found: _number(found["found"] / found["cost"]))),
    Figure("Best resources, of 5", lambda row: _pulse(row, "focus")),
    Figure("by side, at Close", lambda row: _pulse_sides(row, "focus"), part=True),
    Figure("Key teams on the first objectives", _focus(lambda found: f"{tenths(found['top'])} of {tenths(found['capacity'])}")),
    Figure("of what they are planned for", _focus(_of_planned), part=True),
    Figure("free", _focus(lambda found: _percent(found["capacity"] - found["planned"], found["capacity"])), part=True),
    Figure("Decisions kept", _looked_back(lambda back: _of(back["decisions"]["kept"], back["decisions"]["of"]))),
    Figure("of “not before”", _looked_back(lambda back: _of(back["not_before"]["kept"], back["not_before"]["of"])), part=True),
    Figure("Delivered and in use", _looked_back(lambda back: _of(back["adopted"]["adopted"], back["adopted"]["of"]))),
    Figure("not measured", _looked_back(lambda back: _of(back["adopted"]["unmeasured"], back["adopted"]["of"])), part=True),
    Figure("Benefit a month that has arrived", _looked_back(lambda back: _arrived(back["realised"]))),
    Figure("Partnership level", _partnership(lambda found: str(found["level"]))),
    Figure("index", _partnership(lambda found: _number(found["index"])), part=True),
    Figure("by side", _partnership(lambda found: _sides(found["sides"])), part=True),
    Figure("gap between the sides", _partnership(lambda found: _number(found["gap"])), part=True),
    Figure("Cards complete", _complete),
    Figure("Ballots, by side", _voice),
    Figure("Sides agree (tau)", lambda row: _number(row["measures"]["agreement"]["tau_b"])),
    Figure("gap before and after the talk", _gaps, part=True),
    Figure("Order like the one before (tau)", _stability(lambda found: _number(found["tau_b"]))),
    Figure("places moved", _stability(lambda found: _number(found["places"] / found["cards"], 1)), part=True),
    Figure("first 5 the same", _stability(lambda found: _of(found["overlap_5"], 5)), part=True),
    Figure("first 8 the same", _stability(lambda found: _of(found["overlap_8"], 8)), part=True),
    Figure("big moves explained", _stability(lambda found: _of(found["explained"], found["moves"])), part=True),
)
"""Every measure, in the order in which they are read."""
