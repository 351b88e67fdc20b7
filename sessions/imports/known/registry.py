"""All tools whose exports are known, and whether a file is one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sessions.imports.formats.csv_table import OUTLINE_LEVEL, Record
from sessions.imports.formats.report import Findings, Notice
from sessions.imports.known import (
    airtable,
    asana,
    azure_devops,
    github,
    jira,
    linear,
    microsoft_project,
    monday,
    notion,
    servicenow,
    smartsheet,
    trello,
)
from sessions.imports.known.reading import Known, items_of, known_export
from sessions.imports.known.spec import Items, Spec
from sessions.sanitize import quoted

_SEARCHED = 10
"""The first records, one of which is the header of an export."""
SPECS: tuple[Spec, ...] = (
    jira.SPEC, azure_devops.SPEC, github.SPEC, linear.SPEC, asana.SPEC, trello.SPEC, monday.SPEC, smartsheet.SPEC, servicenow.SPEC,
    microsoft_project.SPEC, notion.SPEC, airtable.SPEC,
)  # fmt: skip


def known_table(records: Sequence[Record], findings: Findings, chosen: Mapping[str, str]) -> Known | None:
    """Return the export of a tool that the records of a table are; None for any other table."""
    records = _with_levels(records, findings.levels)
    return _known(((spec, _of_table(spec, records, findings)) for spec in SPECS), findings, chosen)


def _with_levels(records: Sequence[Record], levels: Mapping[int, int]) -> Sequence[Record]:
    """Return the records of a grouped sheet with a column that says how deep each is."""
    if not levels or not records:
        return records
    width = max(len(cells) for _, cells in records)
    padded = [(line, [*cells, *[""] * (width - len(cells)), str(levels.get(line, 0))]) for line, cells in records]
    return [(padded[0][0], [*padded[0][1][:-1], OUTLINE_LEVEL]), *padded[1:]]


def known_json(value: object, findings: Findings, chosen: Mapping[str, str]) -> Known | None:
    """Return the export of a tool that a JSON value is; None for any other."""
    return _known(((spec, spec.from_json(value)) for spec in SPECS if spec.from_json), findings, chosen)


def known_xml(text: str, findings: Findings, chosen: Mapping[str, str]) -> Known | None:
    """Return the export of a tool that an XML text is; None for any other."""
    return _known(((spec, spec.from_xml(text)) for spec in SPECS if spec.from_xml), findings, chosen)


def _of_table(spec: Spec, records: Sequence[Record], findings: Findings) -> Items | None:
    if spec.from_table:
        return spec.from_table(spec, records)
    place = next((place for place, (_, cells) in enumerate(records[:_SEARCHED]) if spec.is_known_by(cells)), None)
    if place is None:
        return None
    for line, cells in records[:place]:
        findings.skipped.append(Notice(line, "", f"above the header: {quoted(' '.join(' '.join(cells).split()))}"))
    return items_of(spec, records[place][1], records[place + 1 :])


def _known(found: Iterable[tuple[Spec, Items | None]], findings: Findings, chosen: Mapping[str, str]) -> Known | None:
    """Return the first export of those found that has an item."""
    return next((known_export(spec, items, findings, chosen) for spec, items in found if items and items.items), None)
