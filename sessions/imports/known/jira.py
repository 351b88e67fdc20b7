"""Jira: the CSV of a search, with all fields or the current ones, and the JSON of its search API."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sessions.imports.known.markup import of_wiki
from sessions.imports.known.spec import Estimate, Item, Items, LeftOut, Spec
from sessions.imports.known.values import at, entries, filled, named, said

_CUSTOM = re.compile(r"Custom field \((.+)\)\s*$", re.DOTALL)
_OF_CLOUD = {
    "customfield_10016": "Story point estimate", "customfield_10014": "Epic Link", "customfield_10020": "Sprint", "customfield_10019": "Rank",
}  # fmt: skip
"""Custom fields that every site of Jira Cloud has, if the answer does not name them."""
_SYSTEM = {
    "summary": "Summary", "issuetype": "Issue Type", "status": "Status", "priority": "Priority", "resolution": "Resolution",
    "assignee": "Assignee", "reporter": "Reporter", "creator": "Creator", "created": "Created", "updated": "Updated", "duedate": "Due date",
    "resolutiondate": "Resolved", "labels": "Labels", "components": "Components", "fixVersions": "Fix versions", "versions": "Affects versions",
    "timeoriginalestimate": "Original estimate", "timeestimate": "Remaining Estimate", "timespent": "Time Spent", "environment": "Environment",
    "project": "Project name", "workratio": "Work Ratio", "lastViewed": "Last Viewed", "statuscategorychangedate": "Status Category Changed",
    "aggregatetimeoriginalestimate": "Σ Original Estimate", "aggregatetimeestimate": "Σ Remaining Estimate",
    "aggregatetimespent": "Σ Time Spent", "votes": "Votes", "watches": "Watchers", "security": "Security Level",
}  # fmt: skip
_APART = frozenset({
    "parent", "issuelinks", "description", "subtasks", "comment", "worklog", "attachment", "progress", "aggregateprogress", "timetracking",
})  # fmt: skip
"""Fields of an issue that are read by themselves, or say what others say."""


def _renamed(column: str) -> str:
    match = _CUSTOM.match(column)
    return match[1].strip() if match else column


def _from_json(value: object) -> Items | None:
    """Return the issues of an answer of the search API."""
    issues = entries(value if isinstance(value, list) else at(value, "issues"), "key", "fields")
    if not issues or not all(isinstance(issue["fields"], dict) and "summary" in issue["fields"] for issue in issues):
        return None
    told = at(value, "names")
    names = {**_OF_CLOUD, **(told if isinstance(told, dict) else {}), **_SYSTEM}
    items = []
    for number, issue in enumerate(issues, 1):
        given = issue["fields"]
        assert isinstance(given, dict)
        cells = named((said(names.get(name, name)), each) for name, each in given.items() if name not in _APART)
        cells |= {
            "Issue key": issue["key"],
            "Issue id": issue.get("id"),
            "Description": _document(given.get("description")).strip(),
            "Sprint": _sprints(cells.get("Sprint")),
            "Status Category": at(given, "status", "statusCategory", "key"),
            "Parent key": at(given, "parent", "key"),
            "Parent summary": at(given, "parent", "fields", "summary"),
            **_links(given.get("issuelinks")),
        }
        items.append(Item(number, filled(cells)))
    return Items(tuple(dict.fromkeys(column for item in items for column in item.cells)), items)


def _links(links: object) -> dict[str, str]:
    """Return the links of an issue under the names of the columns of the CSV."""
    found: dict[str, list[str]] = {}
    for link in entries(links, "type"):
        for way in ("inward", "outward"):
            if key := said(at(link, f"{way}Issue", "key")):
                found.setdefault(f"{way.capitalize()} issue link ({said(at(link, 'type', 'name'))})", []).append(key)
    return {column: ", ".join(sorted(keys)) for column, keys in found.items()}


def _sprints(sprints: object) -> str:
    return ", ".join(said(at(sprint, "name")) or said(sprint) for sprint in sprints) if isinstance(sprints, list) else said(sprints)


def _document(value: object) -> str:
    """Return the text of a document in Atlassian's format, which newer answers have in place of wiki markup."""
    if not isinstance(value, dict):
        return said(value)
    if value.get("type") == "hardBreak":
        return "\n"
    text, inner = said(value.get("text")), value.get("content")
    parts = "".join(map(_document, inner)) if isinstance(inner, Iterable) and not isinstance(inner, str) else ""
    raw = value.get("text")
    return f"{raw if isinstance(raw, str) else text}{parts}" + ("\n" if value.get("type") in ("paragraph", "heading", "listItem") else "")


SPEC = Spec(
    tool="Jira",
    signs=(("Summary", "Issue key"), ("Summary", "Key", "Issue Type", "Status", "Priority", "Assignee", "Reporter")),
    fields={
        "title": ("Summary",),
        "id": ("Issue key", "Key"),
        "state": ("Status",),
        "it_partner": ("Assignee",),
        "sponsor": ("Business sponsor", "Sponsor", "Executive sponsor", "Business owner", "Requester"),
        "description": ("Description",),
        "rank": ("Priority",),
    },
    ids=("Issue id",),
    parent=("Parent key", "Parent id", "Parent", "Epic Link", "Parent Link"),
    parent_title=("Parent summary", "Epic Link Summary"),
    estimates=(
        Estimate(("Story Points", "Story point estimate", "Story Points Estimate"), "points"),
        Estimate(("Original estimate",), "hours", per=3600),
    ),
    needs=("Inward issue link (Blocks)", "Inward issue link (Blocker)", "Outward issue link (Depends)", "Outward issue link (Dependency)"),
    needed_by=("Outward issue link (Blocks)", "Outward issue link (Blocker)", "Inward issue link (Depends)", "Inward issue link (Dependency)"),
    states={
        "to do": "new", "open": "new", "reopened": "new", "backlog": "new", "selected for development": "new", "new": "new", "idea": "new",
        "discovery": "new", "ready for development": "new",
        "in progress": "in_flight", "in review": "in_flight", "code review": "in_flight", "in testing": "in_flight", "testing": "in_flight",
        "blocked": "in_flight", "on hold": "in_flight", "indeterminate": "in_flight",
        "done": "done", "closed": "done", "resolved": "done", "released": "done",
    },
    category=("Status Category",),
    clean={"Description": of_wiki, "Environment": of_wiki},
    noise=(
        "Issue id", "Project key", "Project type", "Project lead", "Project lead id", "Project description", "Project url", "Creator", "Creator Id",
        "Assignee Id", "Reporter Id", "Last Viewed", "Votes", "Watchers", "Watchers Id", "Work Ratio", "Log Work", "Comment", "Attachment",
        "Status Category", "Status Category Changed", "Σ Original Estimate", "Σ Remaining Estimate", "Σ Time Spent", "Σ*", "Security Level",
        "Development", "Rank", "Issue color", "Flagged", "Vulnerability", "Images", "Resolved", "Updated", "Epic Color", "Epic Status", "Epic Name",
        "[CHART]*", "Satisfaction*", "Request participants", "Raised during", "Outward issue link (Cloners)", "Inward issue link (Cloners)",
    ),
    left_out=(
        LeftOut("Issue Type", frozenset({"sub-task", "subtask"}), "sub-task", under_parent=True),
        LeftOut("Resolution", frozenset({"won't do", "won't fix", "duplicate", "cannot reproduce", "declined"}), "dropped item"),
        LeftOut("Status", frozenset({"cancelled", "canceled", "rejected", "won't do", "declined"}), "dropped item"),
    ),
    renamed=_renamed,
    from_json=_from_json,
)  # fmt: skip
