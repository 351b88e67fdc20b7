"""Asana: the CSV of a project or a search, and the JSON of its tasks."""

from __future__ import annotations

from sessions.imports.known.spec import Estimate, Item, Items, LeftOut, Spec
from sessions.imports.known.values import at, cells_by_name, entries, filled, in_words

_PLAIN = {
    "gid": "Task ID", "name": "Name", "notes": "Notes", "created_at": "Created At", "completed_at": "Completed At", "modified_at": "Last Modified",
    "assignee": "Assignee", "start_on": "Start Date", "due_on": "Due Date", "tags": "Tags", "projects": "Projects",
}  # fmt: skip
_PARENT_NAME = "Parent task name"


def _from_json(value: object) -> Items | None:
    """Return the tasks of an answer of the API, or of a project's export as JSON."""
    tasks = entries(value if isinstance(value, list) else at(value, "data"), "gid", "name")
    if not tasks or not any("completed" in task or "memberships" in task for task in tasks):
        return None
    items = []
    for number, task in enumerate(tasks, 1):
        cells = {column: task.get(key) for key, column in _PLAIN.items()}
        cells["Section/Column"] = ", ".join(filter(None, (in_words(at(each, "section", "name")) for each in entries(task.get("memberships")))))
        cells |= {"Parent task": at(task, "parent", "gid"), _PARENT_NAME: at(task, "parent", "name")}
        cells["Blocked By (Dependencies)"] = ", ".join(in_words(at(each, "gid")) for each in entries(task.get("dependencies"), "gid"))
        if task.get("completed") is True:
            cells["Completed At"] = in_words(task.get("completed_at")) or "yes"
        fields = entries(task.get("custom_fields"), "name")
        custom = ((in_words(each["name"]), each.get("display_value", each.get("number_value", each.get("text_value")))) for each in fields)
        cells = cells_by_name([*cells.items(), *custom])
        items.append(Item(number, filled(cells)))
    return Items.of(items)


SPEC = Spec(
    tool="Asana",
    signs=(("Task ID", "Created At", "Completed At", "Name", "Section/Column"), ("Task ID", "Created At", "Completed At", "Last Modified", "Name")),
    fields={
        "title": ("Name",),
        "id": ("ID", "Task ID"),
        "it_partner": ("Assignee",),
        "description": ("Notes",),
        "rank": ("Priority",),
    },
    ids=("Task ID",),
    parent=("Parent task",),
    parent_title=(_PARENT_NAME,),
    estimates=(
        Estimate(("Story points", "Points", "Estimate", "Effort", "Size", "T-shirt size"), "points"),
        Estimate(("Estimated time", "Time estimate"), "hours", per=60),
    ),
    needs=("Blocked By (Dependencies)",),
    needed_by=("Blocking (Dependencies)",),
    states={
        "to do": "new", "backlog": "new", "not started": "new", "planned": "new", "planning": "new", "new requests": "new", "ideas": "new",
        "deferred": "new", "next": "new",
        "doing": "in_flight", "in progress": "in_flight", "in review": "in_flight", "waiting": "in_flight", "on track": "in_flight",
        "at risk": "in_flight", "off track": "in_flight", "blocked": "in_flight",
        "done": "done", "complete": "done", "completed": "done",
    },
    category=("Task Progress", "Status", "Section/Column"),
    state_signs={"Completed At": "done"},
    noise=("Task ID", "Completed At", "Last Modified", "Assignee Email", "Actual time"),
    left_out=(LeftOut("Parent task", frozenset(), "sub-task", under_parent=True),),
    from_json=_from_json,
)  # fmt: skip
