"""How a file is read, as lines before its columns: sheet, encoding, the way its table lies, its amounts and efforts; and what each may be instead."""

from __future__ import annotations

import re
from typing import NamedTuple

from sessions.imports.formats.encoding import ENCODINGS
from sessions.imports.formats.how import ONES, Found, How
from sessions.imports.portfolio import Said
from tui.dialogs.choose import Choice
from tui.text import plain

_AMOUNTS = {ONES: "ones, as written", "k": "thousands", "m": "millions", "bn": "billions"}
AMOUNTS = tuple(Choice(value, text) for value, text in _AMOUNTS.items())
_EFFORTS = {"week": "weeks of a person", "day": "days: five a week", "hour": "hours: forty a week", "month": "months of 4⅓ weeks"}
_TABLE = {"": "its fields are in rows", "upright": "each row is a project"}


class Setting(NamedTuple):
    """A setting for reading a file: its name, what it is now, why, and what it may be instead."""

    name: str
    label: str
    value: str
    why: str
    choices: tuple[Choice, ...]
    now: str = ""


def settings(found: Found, how: How) -> list[Setting]:
    """Return the settings with which a file was read."""
    result = []
    if len(found.sheets) > 1:
        others = " · ".join(plain(sheet) for sheet in found.sheets if sheet != found.sheet)
        sheets = tuple(Choice(sheet, plain(sheet)) for sheet in found.sheets)
        result.append(Setting("sheet", "Sheet", plain(found.sheet) or "none", f"also: {others}", sheets, found.sheet))
    if found.encoding:
        shown = how.encoding or found.encoding.removeprefix("read as ")
        choices = (Choice("", "as its bytes say"), *(Choice(name, name) for name in ENCODINGS))
        result.append(Setting("encoding", "Encoding", shown, "as chosen" if how.encoding else "as its bytes say", choices, how.encoding))
    if found.turned:
        choices = tuple(Choice(value, text) for value, text in _TABLE.items())
        now = "upright" if how.upright else ""
        result.append(Setting("upright", "The table", "as it is" if how.upright else "turned round", _TABLE[now], choices, now))
    if found.doubtful[1] or how.decimal:
        result.append(_marks(found, how))
    if found.amounts or how.amounts:
        shown = _AMOUNTS.get(how.amounts or ONES, how.amounts)
        result.append(Setting("amounts", "Amounts", shown, "as chosen" if how.amounts else "no unit is in the heading", AMOUNTS, how.amounts or ONES))
    if found.efforts or how.efforts:
        choices = tuple(Choice(unit, text) for unit, text in _EFFORTS.items())
        now = how.efforts or "week"
        why = "as chosen" if how.efforts else "no unit is in the heading"
        result.append(Setting("efforts", "Efforts", _EFFORTS.get(now, f"{now}s"), why, choices, now))
    return result


def _marks(found: Found, how: How) -> Setting:
    """Return the setting for what a mark in an amount separates."""
    column, text = map(plain, found.doubtful)
    if not text:
        shown = {".": "a decimal point", ",": "a decimal comma"}
        choices = (*(Choice(mark, words) for mark, words in shown.items()), Choice("", "as each amount says"))
        return Setting("decimal", "Marks", shown[how.decimal], "as chosen", choices, how.decimal)
    return Setting("decimal", "Marks", "not clear", f"{column}: {text}", doubt(found), "")


def doubt(found: Found) -> tuple[Choice, ...]:
    """Return what the mark in a doubtful amount may be."""
    _, text = found.doubtful
    digits = re.sub("[^0-9.,]", "", text)
    mark = next((each for each in reversed(digits) if each in ".,"), ".")
    other = "," if mark == "." else "."
    called = "point" if mark == "." else "comma"
    return (
        Choice(other, "thousands", f"{int(re.sub('[.,]', '', digits) or 0):,}: the {called} parts thousands"),
        Choice(mark, "decimals", f"{digits.replace(',', '.')}: the {called} parts decimals"),
    )


class Doubt(NamedTuple):
    """A question that a file leaves open: the setting that answers it, the question and its answers."""

    setting: str
    question: str
    choices: tuple[Choice, ...]


def doubt_of(found: Found) -> Doubt | None:
    """Return what should be asked of a file before a session begins; None if it leaves nothing open."""
    if found.doubtful[1]:
        return Doubt("decimal", f"{plain(found.doubtful[0])}: what is {plain(found.doubtful[1])}?", doubt(found))
    if found.small[1]:
        return Doubt("amounts", f"{plain(found.small[0])}: is {plain(found.small[1])} in thousands or millions?", AMOUNTS)
    return None


def said_with(said: Said, name: str, value: str) -> Said:
    """Return the choices with another value of a setting."""
    changes = {"upright": value == "upright"} if name == "upright" else {name: value}
    return said._replace(how=said.how._replace(**changes))
