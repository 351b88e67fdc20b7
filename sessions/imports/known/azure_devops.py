"""Azure DevOps: the CSV of a query on work items, flat or as a tree with a column for the titles of each level."""

from __future__ import annotations

import re

from sessions.imports.known.markup import of_html, of_person
from sessions.imports.known.spec import Estimate, Item, Items, LeftOut, Spec

_TITLE, _PARENT, _KEY = "Title", "Parent", "ID"
_LEVEL = re.compile(r"Title\s*([0-9]{1,2})\s*")


def _from_tree(items: Items) -> Items:
    """Return the items with one title each; a title further to the right than the one above belongs to it."""
    levels = sorted((int(match[1]), column) for column in items.columns if (match := _LEVEL.fullmatch(column)))
    if not levels:
        return items
    titles = {column for _, column in levels}
    above: list[tuple[int, str]] = []
    flat = []
    for item in items.items:
        level, title = next(((number, item.cells[column]) for number, column in reversed(levels) if column in item.cells), (0, ""))
        cells = {column: cell for column, cell in item.cells.items() if column not in titles}
        above = [(number, name) for number, name in above if number < level]
        if title:
            cells[_TITLE] = title
        if above and title:
            cells.setdefault(_PARENT, above[-1][1])
        if title:
            above.append((level, cells.get(_KEY, title)))
        flat.append(Item(item.line, cells))
    columns = [column for column in items.columns if column not in titles]
    return Items(tuple(dict.fromkeys([*columns, _TITLE, _PARENT])), flat)


SPEC = Spec(
    tool="Azure DevOps",
    signs=(("ID", "Work Item Type", "Title", "State"), ("ID", "Work Item Type", "Title 1"), ("ID", "Work Item Type", "Title", "Assigned To")),
    fields={
        "title": (_TITLE,),
        "id": (_KEY,),
        "state": ("State",),
        "it_partner": ("Assigned To",),
        "sponsor": ("Business Sponsor", "Sponsor", "Business Owner", "Requested By", "Stakeholder"),
        "description": ("Description",),
        "rank": ("Priority",),
    },
    parent=(_PARENT,),
    estimates=(
        Estimate(("Story Points", "Effort", "Size"), "points"),
        Estimate(("Original Estimate", "Baseline Work"), "hours"),
    ),
    needs=("Predecessor", "Predecessors"),
    needed_by=("Successor", "Successors"),
    states={
        "new": "new", "proposed": "new", "approved": "new", "to do": "new", "open": "new", "design": "new",
        "active": "in_flight", "committed": "in_flight", "in progress": "in_flight", "doing": "in_flight", "resolved": "in_flight",
        "ready": "in_flight", "in planning": "new",
        "done": "done", "closed": "done", "completed": "done", "inactive": "done",
    },
    clean={"Assigned To": of_person, "Created By": of_person, "Description": of_html, "Acceptance Criteria": of_html, "Repro Steps": of_html},
    kept=("Business Value", "Value Area", "Area Path", "Iteration Path"),
    noise=(
        "Rev", "Watermark", "Stack Rank", "Backlog Priority", "Area ID", "Iteration ID", "Changed Date", "Changed By", "Authorized*", "Revised Date",
        "Board Column*", "Board Lane", "Comment Count", "Node Name", "Team Project", "Attached File Count", "External Link Count", "Hyperlink Count",
        "Related Link Count", "Remote Link Count", "State Change Date", "Activated*", "Closed*", "Resolved*", "History", "Reason", "Work Item Form*",
        "Person ID", "Integration Build", "Found In", "System Info",
    ),
    left_out=(
        LeftOut("Work Item Type", frozenset({"task"}), "task", under_parent=True),
        LeftOut("State", frozenset({"removed", "cut", "rejected"}), "removed item"),
    ),
    prepare=_from_tree,
)  # fmt: skip
