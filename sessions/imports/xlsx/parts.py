"""Finds the parts of a workbook: its sheets by name and in order, the texts they share, and their formats.

XML is read by expat, without ever resolving anything: a document type, by which entities come in, is refused wherever it
stands (RELIABILITY I15).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Final
from xml.parsers import expat

from sessions.errors import PortfolioError
from sessions.imports.xlsx.archive import MEMBER_LIMIT, Members, damaged, plain_name

WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_DEPTH_LIMIT: Final = 100
"""How deep elements may stand in each other: the parser keeps each open one, and a sheet needs six."""
_ELEMENT_LIMIT: Final = 4_000_000
"""How many elements a part may have. A sheet of as many cells as are read has fewer; beyond, only time would be lost."""

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it. `path` is the member that holds its cells; empty for a chart, which has none."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What a workbook is made of. `from_1904` says from which year its dates count."""

    sheets: tuple[SheetPart, ...]
    strings: bytes
    styles: bytes
    from_1904: bool


def parts_of(members: Members, source: str) -> Parts:
    """Find the parts. Raises PortfolioError where the workbook is damaged, or a member of it has a document type."""
    _refuse_document_types(members, source)
    relations = [attributes for _, attributes in _elements(members.get(RELATIONS, b""), {"Relationship"}, source)]
    kinds = {each.get("Id", ""): each.get("Type", "").rpartition("/")[2] for each in relations if each.get("TargetMode") != "External"}
    paths = {each.get("Id", ""): _path(each.get("Target", "")) for each in relations}
    listed = _elements(members[WORKBOOK], {"sheet", "workbookPr"}, source)
    sheets = [_sheet(attributes, kinds, paths) for name, attributes in listed if name == "sheet"]
    of_kind = {kind: members.get(paths[key], b"") for key, kind in kinds.items()}
    settings = next((attributes for name, attributes in listed if name == "workbookPr"), {})
    return Parts(
        sheets=tuple(sheets),
        strings=of_kind.get("sharedStrings", b""),
        styles=of_kind.get("styles", b""),
        from_1904=settings.get("date1904") in ("1", "true"),
    )


def read_xml(
    content: bytes,
    source: str,
    start: Callable[[str, Attributes], None],
    text: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    """Read an XML part in UTF-8, and call back for each element, by its name without a prefix, and for each piece of text.

    Raises PortfolioError where it is no XML, has a document type or too many elements, or they stand too deep in each other.
    """
    depth = count = 0

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > _DEPTH_LIMIT or count > _ELEMENT_LIMIT:
            raise damaged(source, "a part of it has too many elements")
        start(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2])

    # What is looked at here must be what a reader that knows only UTF-8 will see. Every other encoding of a `<` that the parser knows has a
    # zero byte in it, or is kept off by forcing this one; the parser alone would follow a mark of UTF-16.
    if b"\0" in content:
        raise damaged(source, "a part of it is no XML in UTF-8")
    parser = _parser(source, "utf-8")
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise damaged(source, "a part of it is no XML in UTF-8") from error


def _parser(source: str, encoding: str | None) -> expat.XMLParserType:
    """Return a parser that refuses a document type."""

    def refuse(*_: object) -> None:
        raise PortfolioError(f"{source}: the spreadsheet defines entities of its own, as no spreadsheet needs to; save it as CSV.")

    parser = expat.ParserCreate(encoding)
    parser.StartDoctypeDeclHandler = refuse
    return parser


class _RootReached(Exception):  # noqa: N818 - it ends a search, and is no error
    """The first element: no document type can follow."""


def _refuse_document_types(members: Members, source: str) -> None:
    """Refuse a document type in any member, also in those that are not read."""

    def stop(*_: object) -> None:
        raise _RootReached

    for name, content in members.items():
        if name.endswith((".xml", ".rels", ".vml")):
            parser = _parser(source, None)
            parser.StartElementHandler = stop
            try:
                parser.Parse(content, True)
            except (_RootReached, expat.ExpatError, LookupError, ValueError):
                continue  # what is no XML defines nothing; where it is needed, it is refused when it is read


def _elements(content: bytes, names: set[str], source: str) -> list[tuple[str, Attributes]]:
    """Return the elements of these names with their attributes, in their order."""
    found: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        if name in names:
            if len(found) > 2 * MEMBER_LIMIT:
                raise damaged(source, "it lists more parts than it has")
            found.append((name, attributes))

    read_xml(content, source, start)
    return found


def _sheet(attributes: Attributes, kinds: Mapping[str, str], paths: Mapping[str, str]) -> SheetPart:
    key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
    path = paths.get(key, "") if kinds.get(key) == "worksheet" else ""
    return SheetPart(attributes.get("name", ""), path, attributes.get("state", "visible") != "visible")


def _path(target: str) -> str:
    """Return the member that a relation of the workbook points to."""
    return plain_name(normpath(target if target.startswith("/") else join("xl", target)))
