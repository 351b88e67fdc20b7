"""Make one header of two lines: groups over the names of their columns, or the parts of a column and its unit under its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sessions.imports.columns import Chosen, has_title, is_title, recognise, without_unit
from sessions.imports.formats.csv_table import Record, plain
from sessions.imports.money import read_unit

_TIME = re.compile(r"(?:(?:FY|CY)\s*)?(?:(?:19|20)[0-9]{2}|[0-9]{2}/[0-9]{2})(?:[-/][0-9]{2,4})?|[QTH][1-4](?:[ /-]*(?:20)?[0-9]{2})?", re.IGNORECASE)
"""A year or a quarter, which is a name of a column below another one."""
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


def is_group_line(groups: Sequence[str], names: Sequence[str], chosen: Chosen) -> bool:
    """Return whether a line with a title of its own is the line of groups above a header: it has gaps, and the next line is all names."""
    filled = [name.strip() for name in names if name.strip()]
    gaps = len(names) - sum(1 for cell in groups if cell.strip())
    if not gaps or len(filled) < len(names) or len(groups) > len(names) or len(set(map(plain, filled))) < 2 or not has_title(names, chosen):
        return False
    if any(any(map(str.isdigit, name)) for name in filled if not _TIME.fullmatch(name) and not without_unit(name)[1]):
        return False
    return len(recognise(names)) >= max(2, len(recognise([cell for cell in groups if cell.strip()])))


def header_over(upper: Record, header: Record) -> list[str] | None:
    """Return the header together with the line of groups right above it; None if that line is not one."""
    groups, names = upper[1], header[1]
    filled = [place for place, cell in enumerate(groups) if cell.strip()]
    if header[0] != upper[0] + 1 or filled in ([], [0]) or len(groups) > len(names):
        return None
    joined = _joined(_carried(groups, len(names)), names)
    return joined if joined != names else None


def header_under(names: list[str], lower: Record, chosen: Chosen) -> list[str] | None:
    """Return the header together with the line of parts and units right under it; None if that line is a row of the table."""
    parts = lower[1]
    if len(parts) > len(names) or not has_title(names, chosen):
        return None
    title = next(place for place, name in enumerate(names) if is_title(name, chosen))
    filled = [place for place, cell in enumerate(parts) if cell.strip()]
    if filled and all(_IN_BRACKETS.fullmatch(parts[place].strip()) for place in filled):
        parts = [part.strip()[1:-1].strip() if read_unit(part.strip()[1:-1]) else "" for part in parts]
        filled = [place for place, part in enumerate(parts) if part]
    units = {place for place in filled if read_unit(parts[place])}
    names_of_times = {place for place in filled if _TIME.fullmatch(parts[place].strip())}
    if not filled or title in filled or any(any(map(str.isdigit, parts[place])) for place in filled if place not in units | names_of_times):
        return None
    repeated = _repeated(names)
    if not any(place in units or not names[place].strip() or plain(names[place]) in repeated for place in filled):
        return None
    parts = [*parts, *[""] * (len(names) - len(parts))]
    below = _joined(_carried(names, len(names)), [("" if place in units else part) for place, part in enumerate(parts)], always=True)
    return [f"{name} ({parts[place]})" if place in units else name for place, name in enumerate(below)]


def _joined(upper: Sequence[str], lower: Sequence[str], *, always: bool = False) -> list[str]:
    """Return one name for each column: that of the lower line, with the upper one if it is needed, or `always`."""
    repeated = _repeated(lower)
    result = []
    for up, low in zip(upper, lower, strict=True):
        needed = always or plain(low) in repeated or _TIME.fullmatch(low.strip()) is not None
        result.append(_name(up.strip(), low.strip(), needed=needed) or low)
    return result


def _name(upper: str, lower: str, *, needed: bool) -> str:
    if not upper or not lower:
        return lower or upper
    bare, unit = without_unit(lower)
    of_unit = f" ({unit})" if unit else ""
    both = (f"{bare} {upper}{of_unit}", f"{upper} {bare}{of_unit}")
    known = [name for name in both if recognise([name])]
    if known and (needed or not recognise([lower])):
        return known[0]
    return both[1] if needed else lower


def _carried(cells: Sequence[str], width: int) -> list[str]:
    """Return the cells, the empty ones with the text of the last filled one before them, as a group spans its columns."""
    carried, text = [], ""
    for cell in [*cells, *[""] * (width - len(cells))]:
        text = cell if cell.strip() else text
        carried.append(text)
    return carried


def _repeated(names: Sequence[str]) -> set[str]:
    return {name for name, count in Counter(map(plain, names)).items() if count > 1 and name}
