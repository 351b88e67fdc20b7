"""GitHub Projects: the view that the page exports, and the JSON of `gh project item-list`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sessions.imports.formats.csv_table import Record, plain
from sessions.imports.known.markup import of_markdown
from sessions.imports.known.reading import items_of
from sessions.imports.known.spec import Estimate, Item, Items, LeftOut, Spec
from sessions.imports.known.values import at, entries, filled, in_words
from sessions.wording import capital

_ITEM = re.compile(r"https://[\w.-]+/([\w.-]+)/([\w.-]+)/(issues|pull)/([0-9]{1,9})")
_KEY, _FULL, _URL, _TYPE = "Key", "Reference", "URL", "Type"
_PULL = "pull request"


def _from_table(spec: Spec, records: Sequence[Record]) -> Items | None:
    """Return the items of a view: a column URL leads to issues and pull requests, and to nothing else."""
    if not records or not spec.is_known_by(records[0][1]):
        return None
    header = records[0][1]
    place = next(place for place, name in enumerate(header) if plain(name) == plain(_URL))
    urls = [cells[place].strip() for _, cells in records[1:] if place < len(cells) and cells[place].strip()]
    if not urls or not all(map(_ITEM.match, urls)):
        return None
    return items_of(spec, header, records[1:])


def _from_json(value: object) -> Items | None:
    """Return the items of `gh project item-list --format json`."""
    given = entries(value if isinstance(value, list) else at(value, "items"), "id", "content")
    if not given or not all(isinstance(item["content"], dict) and "title" in item for item in given):
        return None
    items = []
    for number, item in enumerate(given, 1):
        cells = {capital(name): each for name, each in item.items() if name not in ("id", "content", "repository")}
        for name, each in cells.items():
            cells[name] = in_words(at(each, "url")) or each
        cells |= {_URL: at(item, "content", "url"), "Body": at(item, "content", "body"), _TYPE: cells.get(_TYPE) or at(item, "content", "type")}
        items.append(Item(number, filled(cells)))
    return Items.of(items)


def _with_keys(items: Items) -> Items:
    """Return the items with the names by which people and other items call them: `web#12`, `harbour/web#12`."""
    for item in items.items:
        if match := _ITEM.match(item.cells.get(_URL, "")):
            owner, repository, kind, number = match.groups()
            item.cells.update({_KEY: f"{repository}#{number}", _FULL: f"{owner}/{repository}#{number}"})
            if kind == "pull":
                item.cells[_TYPE] = _PULL
    return Items(tuple(dict.fromkeys([*items.columns, _KEY, _FULL, _TYPE])), items.items)


SPEC = Spec(
    tool="GitHub Projects",
    signs=(("Title", _URL),),
    fields={
        "title": ("Title",),
        "id": (_KEY,),
        "state": ("Status",),
        "it_partner": ("Assignees",),
        "sponsor": ("Business sponsor", "Sponsor", "Business owner", "Requester"),
        "description": ("Body",),
        "rank": ("Priority",),
    },
    ids=(_FULL, _URL),
    parent=("Parent issue",),
    estimates=(Estimate(("Estimate", "Story Points", "Points", "Size"), "points"),),
    needs=("Blocked by",),
    needed_by=("Blocking",),
    states={
        "todo": "new", "to do": "new", "backlog": "new", "ready": "new", "new": "new", "triage": "new", "planned": "new",
        "in progress": "in_flight", "in review": "in_flight", "blocked": "in_flight", "doing": "in_flight",
        "done": "done", "closed": "done", "shipped": "done",
    },
    clean={"Body": of_markdown},
    made=(_FULL,),
    noise=("Sub-issues progress", "Linked pull requests", "Reviewers", "Tracked by", "Tracks"),
    left_out=(LeftOut(_TYPE, frozenset({_PULL, "pullrequest"}), "pull request"),),
    prepare=_with_keys,
    from_table=_from_table,
    from_json=_from_json,
)  # fmt: skip
