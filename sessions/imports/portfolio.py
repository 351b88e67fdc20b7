"""Load a portfolio: pick the reader by the file's content, not by its name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sessions.errors import PortfolioError
from sessions.imports.columns import NOTHING_CHOSEN, Chosen, has_title, recognise
from sessions.imports.formats.csv_table import Shape, Table, read_records, table_of
from sessions.imports.formats.encoding import decode
from sessions.imports.formats.files import is_spreadsheet, read_bytes, source_name
from sessions.imports.formats.how import AS_FOUND, How
from sessions.imports.formats.json_table import Objects, objects_in, records_of
from sessions.imports.formats.json_tree import Node, read_tree
from sessions.imports.formats.report import Findings, LoadReport, Notice, NoTitleError, Place, go_on
from sessions.imports.formats.unread import is_markup, other_markup, refuse_entities
from sessions.imports.json_portfolio import OF_A_PORTFOLIO, portfolio_from_json
from sessions.imports.shape import shaped
from sessions.imports.table_portfolio import portfolio_from_table
from sessions.sanitize import clean, quoted
from sessions.wording import shortened


class Said(NamedTuple):
    """What people said about a file: what its columns are, and how it is to be read."""

    columns: Chosen = NOTHING_CHOSEN
    how: How = AS_FOUND


NOTHING_SAID = Said()
_JSON = re.compile(r"\s*(\{|\[\s*[\[\]{\"])")
"""How JSON begins. A header may begin with a bracket too, as in `[Title],[Cost]`."""
_ITEMS = "the lines named here are its items, counted from 1"


def load_portfolio(path: Path, chosen: Chosen = NOTHING_CHOSEN, how: How = AS_FOUND, on_row: Callable[[], None] = go_on) -> LoadReport:
    """Read the portfolio in a file; `chosen` says what columns are, `how` what else its content leaves open; `on_row` is called for each row.

    Raises PortfolioError, in one sentence, for anything that cannot be read as one.
    """
    return read_portfolio(read_bytes(path), source_name(path), chosen, how, on_row)


def read_portfolio(data: bytes, source: str, chosen: Chosen = NOTHING_CHOSEN, how: How = AS_FOUND, on_row: Callable[[], None] = go_on) -> LoadReport:
    """Read the portfolio in the bytes of a file; `source` is the file's name as shown. Raises as `load_portfolio` does."""
    findings = Findings(source, on_row)
    try:
        return _read(data, source, findings, chosen, how)
    except NoTitleError as error:
        others = [quoted(sheet) for sheet in findings.found.sheets if sheet != findings.found.sheet]
        if others:
            sentence = f"{str(error).removesuffix('.')}; --sheet chooses another sheet, such as {shortened(others)}."
            raise NoTitleError(sentence, error.columns, error.found) from error
        raise
    except PortfolioError as error:
        if len(findings.found.sheets) > 1:
            raise NoTitleError(str(error), (), findings.found) from error
        raise


def _read(data: bytes, source: str, findings: Findings, chosen: Chosen, how: How) -> LoadReport:
    shape: Shape = partial(shaped, chosen=chosen, upright=how.upright)
    if is_spreadsheet(data):
        from sessions.imports.xlsx.workbook import read_workbook  # noqa: PLC0415 - it brings zip and XML along, which nothing else needs

        table = read_workbook(data, findings, shape, how.sheet, several=how.several, is_header=lambda cells: has_title(cells, chosen))
        return portfolio_from_table(table, table.dialect, findings, chosen, how)
    if how.sheet and not how.several:
        raise PortfolioError(f"{source}: a sheet can be chosen in an Excel workbook, which this is not.")
    text, encoding, replaced, guessed = decode(data, source, how.encoding)
    findings.found = findings.found._replace(encoding=encoding, guessed=guessed)
    findings.changed.extend(replaced)
    if _JSON.match(text):
        root = read_tree(text, findings)
        if export := _table_of_json(root, findings, chosen):
            return portfolio_from_table(export, f"JSON, {encoding}", findings, chosen, how)
        if chosen and not how.several:
            raise PortfolioError(f"{source}: columns can be chosen in a table; this is JSON.")
        return portfolio_from_json(root, encoding, findings)
    if is_markup(text):
        return portfolio_from_table(_table_of_xml(text, findings, chosen), f"XML, {encoding}", findings, chosen, how)
    _refuse_bare_json(text, source)
    records, dialect = read_records(text, source, lambda cells: has_title(cells, chosen))
    plain = shape(records, findings)
    table = table_of(plain.records, dialect, findings, plain.export)
    return portfolio_from_table(table, f"CSV, {dialect}, {encoding}", findings, chosen, how)


def _table_of_json(root: Node, findings: Findings, chosen: Chosen) -> Table | None:
    """Return the table of a known export in JSON, or of another program's list; None for JSON of our own form."""
    if isinstance(root.value, dict) and "format" in root.value:
        return None
    from sessions.imports.known.registry import known_json  # noqa: PLC0415 - no file of ours needs what all the tools write

    known = known_json(root.value, findings, chosen)
    objects = () if known else _of_another_form(root.value, chosen)
    if known is None and not objects:
        return None
    if known is None and isinstance(root.value, dict):
        beside = [key for key, value in root.value.items() if not (isinstance(value, list) and objects_in(value))]
        findings.skipped.extend(Notice(None, clean(key, 60), "beside the list of objects") for key in beside)
    findings.guess(Place(None, ""), _ITEMS)
    records = iter(known.records) if known else records_of(objects, findings.source)
    return table_of(records, "JSON", findings, known.export if known else None)


def _of_another_form(value: object, chosen: Chosen) -> Objects:
    """Return the objects of a list that is not of our form: none has a title by our names, or columns were chosen, or it has a name of its own."""
    objects = objects_in(value)
    titled = any(has_title(list(each)) for each in objects)
    if isinstance(value, dict) and not OF_A_PORTFOLIO.isdisjoint(value):
        return () if titled or not {"cards", "projects"} & value.keys() else objects
    flat = not any(isinstance(cell, dict) for each in objects for cell in each.values())
    return objects if not titled or isinstance(value, dict) or (chosen and flat) else ()


def _table_of_xml(text: str, findings: Findings, chosen: Chosen) -> Table:
    """Return the table of a known export in XML. Raises PortfolioError: any other markup, entities, no XML."""
    from sessions.imports.known.registry import known_xml  # noqa: PLC0415

    refuse_entities(text, findings.source)
    try:
        known = known_xml(text, findings, chosen)
    except ValueError as error:
        raise PortfolioError(f"{findings.source}: this is not XML ({error}).") from error
    if known is None:
        raise other_markup(findings.source)
    findings.guess(Place(None, ""), _ITEMS)
    return table_of(iter(known.records), "XML", findings, known.export)


def _refuse_bare_json(text: str, source: str) -> None:
    """Refuse what is JSON from end to end and holds no card: null, a number, a list of numbers. A text in quotes may be the name of a column."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not (isinstance(value, str) and recognise([value])):
        raise PortfolioError(f"{source}: this is JSON, but neither an object nor a list of cards.")
