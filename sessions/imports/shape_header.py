"""Make one header of two lines: groups over the names of their columns, or the parts of a column and its unit under its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sessions.imports.columns import Chosen, has_title, is_title, recognise, without_unit
from sessions.imports.formats.csv_table import Record, plain
from sessions.imports.money import read_unit


def header_over(upper: Record, header: Record) -> list[str] | None:
    """Return the header together with the line of groups right above it; None if that line is none."""
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
    units = {place for place in filled if read_unit(parts[place])}
    if not filled or title in filled or any(any(map(str.isdigit, parts[place])) for place in filled if place not in units):
        return None
    repeated = _repeated(names)
    if not any(place in units or not names[place].strip() or plain(names[place]) in repeated for place in filled):
        return None
    parts = [*parts, *[""] * (len(names) - len(parts))]
    below = _joined(_carried(names, len(names)), [("" if place in units else part) for place, part in enumerate(parts)], always=True)
    return [f"{name} ({parts[place]})" if place in units else name for place, name in enumerate(below)]


def _joined(upper: Sequence[str], lower: Sequence[str], *, always: bool = False) -> list[str]:
    """Return one name for each column: that of the lower line, with the upper one where it is needed, or `always`."""
    repeated = _repeated(lower)
    return [_name(up.strip(), low.strip(), needed=always or plain(low) in repeated) or low for up, low in zip(upper, lower, strict=True)]


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
