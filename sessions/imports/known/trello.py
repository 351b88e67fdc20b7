"""Trello: the JSON of a board, and its CSV. A board's lists are the states of its cards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sessions.imports.known.common import ESTIMATES, STATES
from sessions.imports.known.markup import of_markdown
from sessions.imports.known.spec import Item, Items, LeftOut, Spec
from sessions.imports.known.values import at, entries, filled, in_words

_CARD = re.compile(r"https?://trello\.com/c/(\w++)(?:/(\d++))?[^\s,]*+")
_PERSON = re.compile(r"\s?\((?:@?[a-z0-9_]+)\)(?=,|$)")
_COLOUR = re.compile(r"\s?\((?:green|yellow|orange|red|purple|blue|sky|lime|pink|black|none)(?:_dark|_light)?\)(?=,|$)")
_PARENT, _LINKED, _ARCHIVED, _TEMPLATE = "Parent card", "Linked cards", "Archived", "Template"


def _from_json(value: object) -> Items | None:
    """Return the cards of a board."""
    cards, lists = entries(at(value, "cards"), "idList", "name", "closed"), entries(at(value, "lists"), "id", "name")
    if not cards or not lists:
        return None
    names = {in_words(each["id"]): in_words(each["name"]) for each in lists}
    archived = {in_words(each["id"]) for each in lists if each.get("closed")}
    members = {in_words(each["id"]): in_words(each.get("fullName") or each.get("username")) for each in entries(at(value, "members"), "id")}
    checklists = entries(at(value, "checklists"), "idCard", "checkItems")
    parents = _parents(cards, checklists)
    custom = {in_words(each["id"]): each for each in entries(at(value, "customFields"), "id", "name")}
    items = []
    for number, card in enumerate(cards, 1):
        cells = filled({
            "Card Name": card["name"],
            "Card Number": card.get("idShort"),
            "List Name": names.get(in_words(card["idList"])),
            "Members": [members.get(in_words(each), "") for each in _list(card.get("idMembers"))],
            "Labels": [in_words(label.get("name")) or in_words(label.get("color")) for label in entries(card.get("labels"), "color")],
            "Card Description": card.get("desc"),
            "Start Date": _day(card.get("start")),
            "Due Date": _day(card.get("due")),
            "Checklists": "\n".join(_checklist(each) for each in checklists if each["idCard"] == card.get("id") and not _has_cards(each)),
            "Attachment Links": [each.get("url") for each in entries(card.get("attachments"), "url")],
            "Comment Count": at(card, "badges", "comments") or "",
            "Card URL": card.get("url") or card.get("shortUrl"),
            _ARCHIVED: "true" if card["closed"] or in_words(card["idList"]) in archived else "",
            _TEMPLATE: "true" if card.get("isTemplate") else "",
            _PARENT: parents.get(in_words(card.get("shortLink")), ""),
        })
        given = filled({in_words(custom[key]["name"]): _custom_value(each, custom[key]) for key, each in _custom_items(card, custom)})
        items.append(Item(number, cells | {name if name not in cells else f"{name} (2)": text for name, text in given.items()}))
    return Items.of(items)


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _day(value: object) -> str:
    """Return the day of a moment such as `2026-06-30T16:00:00.000Z`."""
    return in_words(value)[:10]


def _parents(cards: Sequence[Mapping[str, object]], checklists: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Return the number of the parent by the short link of each card that is an entry of the parent's checklist."""
    numbers = {in_words(card.get("id")): in_words(card.get("idShort")) for card in cards}
    return {
        link[1]: numbers.get(in_words(each["idCard"]), "")
        for each in checklists
        for entry in entries(each["checkItems"], "name")
        if (link := _CARD.fullmatch(in_words(entry["name"])))
    }


def _has_cards(checklist: Mapping[str, object]) -> bool:
    return any(_CARD.fullmatch(in_words(entry["name"])) for entry in entries(checklist["checkItems"], "name"))


def _checklist(checklist: Mapping[str, object]) -> str:
    """Return a checklist in words."""
    listed = [f"{in_words(each['name'])}{' (done)' if each.get('state') == 'complete' else ''}" for each in entries(checklist["checkItems"], "name")]
    return of_markdown(f"{in_words(checklist.get('name'))}: {'; '.join(listed)}")


def _custom_items(card: Mapping[str, object], custom: Mapping[str, object]) -> list[tuple[str, Mapping[str, object]]]:
    given = entries(card.get("customFieldItems"), "idCustomField")
    return [(key, each) for each in given if (key := in_words(each["idCustomField"])) in custom]


def _custom_value(item: Mapping[str, object], field: Mapping[str, object]) -> str:
    """Return what a card says in a field of the board: a text, a number, a date, a tick or an option."""
    if chosen := in_words(item.get("idValue")):
        return next((in_words(at(each, "value", "text")) for each in entries(field.get("options"), "id") if each["id"] == chosen), "")
    value = item.get("value")
    if not isinstance(value, dict):
        return ""
    if "checked" in value:
        return "yes" if value["checked"] in (True, "true") else ""
    return _day(value["date"]) if "date" in value else in_words(value.get("number")) or in_words(value.get("text"))


def _prepare(items: Items) -> Items:
    """Return the cards with their numbers, and links to other cards apart from those to files."""
    numbers = {link[1]: item for item in items.items if (link := _CARD.match(item.cells.get("Card URL", "")))}
    for item in items.items:
        link = _CARD.match(item.cells.get("Card URL", ""))
        if link and link[2]:
            item.cells.setdefault("Card Number", link[2])
        attached = item.cells.pop("Attachment Links", "").split(", ")
        others = {each: numbers.get(match[1]) if (match := _CARD.match(each)) else None for each in filter(None, attached)}
        linked = [other.cells["Card Name"] for other in others.values() if other and "Card Name" in other.cells]
        files = [each for each, other in others.items() if other is None]
        item.cells.update(filled({_LINKED: "; ".join(linked), "Attachment Links": files}))
        for column, marks in (("Members", _PERSON), ("Labels", _COLOUR)):
            if column in item.cells:
                item.cells[column] = marks.sub("", item.cells[column])
    remark = "checklists, and what is in them, are only in the JSON of the board" if "List ID" in items.columns else ""
    return Items(tuple(dict.fromkeys([*items.columns, "Card Number", _LINKED])), items.items, remark)


SPEC = Spec(
    tool="Trello",
    signs=(("Card ID", "Card Name", "List Name", "Board Name"),),
    fields={
        "title": ("Card Name",),
        "id": ("Card Number",),
        "state": ("List Name",),
        "it_partner": ("Members",),
        "sponsor": ("Sponsor", "Business sponsor", "Business owner", "Requester"),
        "description": ("Card Description",),
    },
    ids=("Card Number",),
    parent=(_PARENT,),
    estimates=ESTIMATES,
    states=STATES,
    clean={"Card Description": of_markdown},
    noise=(
        "Card ID", "List ID", "Board ID", "Board Name", "Attachment Count", "Checklist Item Total Count", "Checklist Item Completed Count",
        "Vote Count", "Last Activity Date", "Due Complete",
    ),
    made=(_ARCHIVED, _TEMPLATE),
    left_out=(
        LeftOut(_ARCHIVED, frozenset({"true"}), "archived card"),
        LeftOut(_TEMPLATE, frozenset({"true"}), "template"),
    ),
    prepare=_prepare,
    from_json=_from_json,
)  # fmt: skip
