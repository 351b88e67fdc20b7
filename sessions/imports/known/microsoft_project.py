"""Microsoft Project: the XML of a plan (File, Save As, XML). The tasks of the first level with more than one are the cards."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sessions.imports.known.common import ABOVE, LEFT_OUT_OF_OUTLINE, OUTLINE, SPONSORS, outlined
from sessions.imports.known.spec import Estimate, Item, Items, LeftOut, Spec
from sessions.wording import plural

if TYPE_CHECKING:
    from xml.etree import ElementTree

_ROOT = re.compile(r"<Project\s[^<>]*\bxmlns\s*=\s*[\"']http://schemas\.microsoft\.com/project")
_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
"""It names the encoding of the file, which the text no longer has."""
_LENGTH = re.compile(r"PT(\d{1,9})H(\d{1,2})M(?:\d{1,2}S)?")
_PARTS = ("Task", "Resource", "Assignment", "ExtendedAttribute", "MinutesPerDay", "CurrencyCode")
_WORK, _FINISH_TO_START, _HUNDREDTHS = "1", "1", 100
_PROGRESS, _EFFORT, _AFTER, _PREDECESSORS = "Progress", "Work", "Task before", "Predecessors"
_WAITS = "finish to start"
_LINKS = {"0": "finish to finish", "1": _WAITS, "2": "start to finish", "3": "start to start"}
_SHARES = ("19", "20", "35", "36", "51", "52")
"""Formats of a time between tasks that is a share of their length."""
_KEPT = ("WBS", "Start", "Finish", "Deadline", "HyperlinkAddress", "Contact")


def _from_xml(text: str) -> Items | None:
    """Return the tasks of a plan. Raises ValueError if it is not XML, or is nested deeper than any plan."""
    if not _ROOT.search(text[:10_000]):
        return None
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - only a plan needs it

    try:
        return _Plan(text).items()
    except ParseError as error:
        raise ValueError(str(error)) from error


def _elements(text: str) -> Iterator[ElementTree.Element]:
    """Yield the parts of a plan as they end, and free each before the next one: a plan is large."""
    from xml.etree import ElementTree  # noqa: PLC0415 - only a plan needs it

    open_: list[ElementTree.Element] = []
    for event, element in ElementTree.iterparse(io.BytesIO(_DECLARATION.sub("", text).encode()), events=("start", "end")):
        if event == "start":
            open_.append(element)
            if len(open_) > 20:
                raise ValueError("nested too deeply")
            continue
        open_.pop()
        inside = any(_tag(each) in ("Task", "Resource", "Assignment") for each in open_)
        if not inside and _tag(element) in _PARTS:
            yield element
        if not inside and len(open_) < 3 and open_:
            open_[-1].remove(element)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _said(element: ElementTree.Element, name: str) -> str:
    """Return the text of the child of this name."""
    return next(((child.text or "").strip() for child in element if _tag(child) == name), "")


class _Plan:
    """Gathers tasks, and what resources, assignments and the plan's own fields say about them."""

    def __init__(self, text: str) -> None:
        self._minutes, self._currency = 480, ""
        self._tasks: list[dict[str, str]] = []
        self._levels: list[int] = []
        self._resources: dict[str, tuple[str, bool]] = {}
        self._assigned: dict[str, list[str]] = {}
        self._fields: dict[str, str] = {}
        for element in _elements(text):
            self._take(element)

    def _take(self, element: ElementTree.Element) -> None:
        match _tag(element):
            case "MinutesPerDay":
                self._minutes = _whole(element.text) or self._minutes
            case "CurrencyCode":
                self._currency = (element.text or "").strip()
            case "ExtendedAttribute":
                self._fields[_said(element, "FieldID")] = _said(element, "Alias") or _said(element, "FieldName")
            case "Resource":
                self._resources[_said(element, "UID")] = (_said(element, "Name"), _said(element, "Type") in ("", _WORK))
            case "Assignment":
                self._assigned.setdefault(_said(element, "TaskUID"), []).append(_said(element, "ResourceUID"))
            case "Task":
                # Task 0 is the plan itself; an empty line is a task too.
                if _said(element, "IsNull") != "1" and _said(element, "Name") and _said(element, "UID") != "0":
                    self._tasks.append(self._task(element))
                    self._levels.append(_whole(_said(element, "OutlineLevel")))

    def _task(self, element: ElementTree.Element) -> dict[str, str]:
        progress = _whole(_said(element, "PercentComplete"))
        cells = {
            "Name": _said(element, "Name"),
            "UID": _said(element, "UID"),
            "Notes": _said(element, "Notes"),
            _PROGRESS: "new" if not progress else "done" if progress == 100 else "in_flight",
            "% Complete": str(progress) if 0 < progress < 100 else "",
            _EFFORT: self._length(_said(element, "Work")) or self._length(_said(element, "Duration")),
            "Cost": self._cost(_said(element, "Cost")),
            "Milestone": "yes" if _said(element, "Milestone") == "1" else "",
            "Inactive": "yes" if _said(element, "Active") == "0" else "",
            **{name: _said(element, name).removesuffix("T08:00:00").removesuffix("T17:00:00") for name in _KEPT},
        }
        links = [(_said(each, "PredecessorUID"), self._link(each)) for each in element if _tag(each) == "PredecessorLink"]
        cells[_AFTER] = ", ".join(uid for uid, link in links if link.startswith(_WAITS))
        if any(link != _WAITS for _, link in links):
            cells[_PREDECESSORS] = "\n".join(f"{uid}:{link}" for uid, link in links)
        for each in element:
            if _tag(each) == "ExtendedAttribute" and (name := self._fields.get(_said(each, "FieldID"))):
                cells.setdefault(name, _said(each, "Value"))
        return cells

    def _link(self, element: ElementTree.Element) -> str:
        """Return in words how a task follows another; the time between them is written in tenths of a minute, or as a share."""
        lag, kind = _said(element, "LinkLag"), _LINKS.get(_said(element, "Type") or _FINISH_TO_START, "linked")
        minutes = _whole(lag.removeprefix("-")) // 10
        if not minutes or _said(element, "LagFormat") in _SHARES:
            return kind
        return f"{kind}, {self._words(minutes)} {'earlier' if lag.startswith('-') else 'later'}"

    def _length(self, text: str) -> str:
        """Return a length such as `PT40H0M0S` in working days, or in hours if it is less than one; empty for none."""
        match = _LENGTH.fullmatch(text)
        minutes = int(match[1]) * 60 + int(match[2]) if match else 0
        return self._words(minutes) if minutes else ""

    def _words(self, minutes: int) -> str:
        of_unit, unit = (self._minutes, "day") if minutes >= self._minutes else (60, "hour")
        number = f"{minutes / of_unit:.1f}".removesuffix(".0")
        return plural(int(number), unit) if number.isdecimal() else f"{number} {unit}s"

    def _cost(self, text: str) -> str:
        """Return a cost, which is written in hundredths."""
        try:
            cost = Decimal(text or "0") / _HUNDREDTHS
        except InvalidOperation:
            return text
        return f"{self._currency} {cost:.2f}".strip() if cost else ""

    def items(self) -> Items:
        """Return the tasks with their people, and their place in the outline."""
        items = [Item(number, {name: text for name, text in cells.items() if text}) for number, cells in enumerate(self._tasks, 1)]
        titles = {item.cells["UID"]: item.cells["Name"] for item in items if "UID" in item.cells}
        for item in items:
            named = [self._resources[each] for each in self._assigned.get(item.cells.get("UID", ""), []) if each in self._resources]
            for column, works in (("Resource Names", True), ("Materials", False)):
                if names := dict.fromkeys(name for name, is_work in named if name and is_work == works):
                    item.cells[column] = ", ".join(names)
            if _PREDECESSORS in item.cells:
                links = [each.partition(":") for each in item.cells[_PREDECESSORS].split("\n")]
                item.cells[_PREDECESSORS] = "; ".join(f"{titles.get(uid, uid)} ({link})" for uid, _, link in links)
        outlined(items, self._levels, "UID")
        columns = dict.fromkeys(column for cells in self._tasks for column in cells)
        return Items((*columns, "Resource Names", "Materials", OUTLINE, ABOVE), items)


def _whole(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000") else 0


SPEC = Spec(
    tool="Microsoft Project",
    fields={
        "title": ("Name",),
        "id": ("UID",),
        "state": (_PROGRESS,),
        "it_partner": ("Resource Names",),
        "sponsor": SPONSORS,
        "description": ("Notes",),
        "budget": ("Cost",),
    },
    parent=(ABOVE,),
    estimates=(Estimate((_EFFORT,), "days"),),
    needs=(_AFTER,),
    states={"new": "new", "in_flight": "in_flight", "done": "done"},
    kept=(_PREDECESSORS,),
    made=(OUTLINE,),
    noise=("WBS",),
    left_out=(*LEFT_OUT_OF_OUTLINE, LeftOut("Inactive", frozenset({"yes"}), "inactive task")),
    from_xml=_from_xml,
)
