"""What people chose for a file, above all its columns: used to read it, and remembered in the library's folder for files with the same header."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sessions.disk.files import NO_LINK, REAL_FILES, read_all, write_atomically
from sessions.errors import PortfolioError
from sessions.imports.columns import IGNORE, KEEP, NAMES, SEVERAL, Chosen
from sessions.imports.formats.encoding import ENCODINGS
from sessions.imports.formats.files import source_name
from sessions.imports.formats.how import NOTHING_FOUND, Found, How
from sessions.imports.formats.report import ColumnUse, LoadReport, NoTitleError, go_on
from sessions.imports.planned.effort_headings import WEEKS
from sessions.imports.portfolio import NOTHING_SAID, Said, load_portfolio

FILE = "columns.remembered"
_HEADERS = 200
"""How many headers are remembered, the latest ones."""
_LARGEST = 8_000_000
"""Bytes of the largest file of choices that is read."""


class FileReading(NamedTuple):
    """A file as it was read: its report, or the `problem` that no column is its title; its columns, and the choices made for it."""

    report: LoadReport | None
    columns: tuple[ColumnUse, ...]
    said: Said = NOTHING_SAID
    problem: str = ""
    found: Found = NOTHING_FOUND
    headers: tuple[str, ...] = ()
    """The header by which choices are remembered: as it is read without any."""
    remembered: bool = False


def read_file(path: Path, folder: Path, said: Said | None = None, on_row: Callable[[], None] = go_on) -> FileReading:
    """Read a portfolio with the choices made for it, else with those remembered for its header. Raises PortfolioError."""
    if said is not None:
        return read_as(path, said, on_row)
    reading = read_as(path, NOTHING_SAID, on_row)
    if remembered := _load(folder).get(_key(reading.headers)):
        # What is remembered may not fit the rows of this file: then it is read as it is.
        with contextlib.suppress(PortfolioError):
            if reading.found.encoding and not reading.found.guessed:
                remembered = remembered._replace(how=remembered.how._replace(encoding=""))
            again = read_as(path, remembered, on_row)
            return again._replace(headers=reading.headers, remembered=True) if again.report else reading
    return reading


def read_as(path: Path, said: Said, on_row: Callable[[], None] = go_on) -> FileReading:
    """Read a portfolio with the choices made for it. Raises PortfolioError, but not if a title, or another sheet, may be chosen."""
    try:
        report = load_portfolio(path, *said, on_row)
    except NoTitleError as error:
        problem = f"{source_name(path)}: no column is recognised as the title; F3 lists them, and you choose it there."
        if not error.columns:
            problem = f"{error} F3 chooses another sheet."
        return FileReading(None, error.columns, said, problem, error.found, _names(error.columns))
    return FileReading(report, report.columns, said, found=report.found, headers=_names(report.columns))


def chosen_with(chosen: Chosen, column: str, field: str) -> Chosen:
    """Return the choices with another one: a column is one field, and a field is one column. Without a `field` the column's choice is dropped."""
    others = {name: said for name, said in chosen.items() if name != column and (said != field or said in SEVERAL)}
    return {**others, column: field} if field else others


def remember(folder: Path, reading: FileReading) -> None:
    """Remember what was chosen for a header, in a folder that exists; if it cannot be written, skip it."""
    key, headers = _key(reading.headers), _load(folder)
    if not reading.headers or headers.get(key, NOTHING_SAID) == reading.said:
        return
    headers.pop(key, None)
    if reading.said != NOTHING_SAID:
        headers[key] = reading.said._replace(how=reading.said.how._replace(several=False))
    latest = {each: {"columns": dict(said.columns), **said.how._asdict()} for each, said in [*headers.items()][-_HEADERS:]}
    with contextlib.suppress(OSError):
        write_atomically(folder / FILE, json.dumps(latest, indent=0).encode())


def _names(columns: Sequence[ColumnUse]) -> tuple[str, ...]:
    return tuple(use.column for use in columns)


def _key(headers: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(headers).encode()).hexdigest()


def _load(folder: Path) -> dict[str, Said]:
    """Return what is remembered, by header; malformed entries are skipped."""
    try:
        # Do not follow a link, or wait for a pipe, in its place.
        handle = REAL_FILES.open(folder / FILE, os.O_RDONLY | NO_LINK)
        try:
            status = REAL_FILES.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                return {}
            stored: Any = json.loads(read_all(handle, REAL_FILES))
        finally:
            REAL_FILES.close(handle)
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {key: said for key, value in stored.items() if (said := _said(value))}


def _said(value: object) -> Said | None:
    """Return the choices in a stored value; None if it is malformed."""
    columns: Any = value.get("columns") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not _is_choice(columns):
        return None
    how: dict[str, Any] = {name: value.get(name, default) for name, default in How._field_defaults.items()}
    if any(type(how[name]) is not type(default) for name, default in How._field_defaults.items()):
        return None
    known = how["encoding"] in ("", *ENCODINGS) and how["decimal"] in ("", ".", ",") and how["efforts"] in ("", *WEEKS)
    return Said(columns, How(**how)) if known else None


def _is_choice(chosen: object) -> bool:
    """Return whether a stored value says what columns are: each is one field, each field one column."""
    if not isinstance(chosen, dict) or not all(said in (*NAMES, KEEP, IGNORE) for said in chosen.values()):
        return False
    fields = [said for said in chosen.values() if said not in SEVERAL]
    return len(fields) == len(set(fields))
