"""Linear: the CSV of a workspace or a team."""

from __future__ import annotations

from sessions.imports.known.markup import of_markdown
from sessions.imports.known.spec import Estimate, LeftOut, Spec


def _of_priority(text: str) -> str:
    return "" if text.casefold() == "no priority" else text


SPEC = Spec(
    tool="Linear",
    signs=(
        ("ID", "Team", "Title", "Status", "Priority", "Completed", "Canceled"),
        ("ID", "Team", "Title", "Status", "Priority", "Cycle Number"),
        ("ID", "Team", "Title", "Status", "Priority", "Parent issue"),
    ),
    fields={
        "title": ("Title",),
        "id": ("ID",),
        "state": ("Status",),
        "it_partner": ("Assignee",),
        "description": ("Description",),
        "rank": ("Priority",),
    },
    parent=("Parent issue",),
    estimates=(Estimate(("Estimate",), "points"),),
    needs=("Blocked by",),
    needed_by=("Blocking", "Blocks"),
    states={
        "triage": "new", "backlog": "new", "todo": "new", "to do": "new", "icebox": "new", "planned": "new",
        "in progress": "in_flight", "in review": "in_flight", "in qa": "in_flight", "blocked": "in_flight", "ready to merge": "in_flight",
        "done": "done", "completed": "done", "released": "done", "shipped": "done",
    },
    state_signs={"Completed": "done", "Started": "in_flight"},
    clean={"Description": of_markdown, "Priority": _of_priority},
    kept=("Project", "Team", "Initiatives", "Roadmaps"),
    noise=(
        "Project ID", "Cycle Number", "Cycle Start", "Cycle End", "Updated", "Triaged", "Started", "Completed", "Archived", "Project Milestone ID",
        "SLA Status", "Related to", "UUID",
    ),
    left_out=(
        LeftOut("Status", frozenset({"canceled", "cancelled", "duplicate"}), "canceled item"),
        LeftOut("Canceled", frozenset(), "canceled item"),
    ),
)  # fmt: skip
