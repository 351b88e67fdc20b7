"""What the exports of several tools have in common: boards with columns of a team's own, outlines, durations in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from sessions.imports.known.spec import Estimate, Item, LeftOut
from sessions.portfolio.models import ProjectState
from sessions.wording import plural

STATES: Mapping[str, ProjectState] = {
    "not started": "new", "not yet started": "new", "to do": "new", "todo": "new", "backlog": "new", "ideas": "new", "idea": "new", "inbox": "new",
    "icebox": "new", "later": "new", "next": "new", "next up": "new", "planning": "new", "planned": "new", "ready": "new", "ready to start": "new",
    "ready for work": "new", "this quarter": "new", "next quarter": "new", "new": "new", "requested": "new", "proposed": "new",
    "in progress": "in_flight", "doing": "in_flight", "working on it": "in_flight", "started": "in_flight", "active": "in_flight",
    "ongoing": "in_flight", "in review": "in_flight", "review": "in_flight", "waiting for review": "in_flight", "testing": "in_flight",
    "blocked": "in_flight", "stuck": "in_flight", "waiting": "in_flight", "on hold": "in_flight", "paused": "in_flight",
    "on track": "in_flight", "at risk": "in_flight", "off track": "in_flight",
    "done": "done", "complete": "done", "completed": "done", "finished": "done", "closed": "done", "shipped": "done", "released": "done",
}  # fmt: skip
"""Words that the templates of boards bring along for the state."""
DROPPED = frozenset({"cancelled", "canceled", "rejected", "declined", "won't do", "wont do", "dropped", "abandoned"})
ESTIMATES = (
    Estimate(("Story points", "Estimate (points)", "Estimated points", "Points", "Estimated SP"), "points"),
    Estimate(("Estimate (days)", "Estimated days", "Effort (days)", "Estimated effort (days)", "Person days", "Days"), "days"),
    Estimate(("Estimate (hours)", "Estimated hours", "Effort (hours)", "Estimated effort (hours)", "Est. hours", "Hours"), "hours"),
    Estimate(("Estimate (weeks)", "Estimated weeks", "Effort (weeks)", "Person weeks", "Weeks"), "weeks"),
)
"""Columns that say in their name what they count. What only says Estimate keeps its name anyway."""
OWNERS = ("Assignee", "Assignees", "Assigned to", "Assign", "Owner", "Person", "People", "Responsible", "Lead", "Project lead", "Project manager")
SPONSORS = ("Sponsor", "Business sponsor", "Executive sponsor", "Project sponsor", "Business owner", "Requester", "Requested by")
PARENTS = ("Parent", "Parent item", "Parent project", "Parent task", "Parent record", "Programme", "Program", "Initiative", "Epic")
NEEDS = ("Depends on", "Dependent on", "Dependency", "Dependencies", "Blocked by", "Waiting on", "Predecessors", "Predecessor")
NEEDED_BY = ("Blocking", "Is blocking", "Blocks", "Successors")

OUTLINE, ABOVE = "Outline", "Parent row"
"""Columns that an outline becomes: where in it a task is, and the key of the task above."""
_WHOLE, _BELOW = "whole", "below"
LEFT_OUT_OF_OUTLINE = (
    LeftOut(OUTLINE, frozenset({_WHOLE}), "summary task"),
    LeftOut(OUTLINE, frozenset({_BELOW}), "sub-task", under_parent=True),
)
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*(weeks?|days?|hours?|minutes?|mins?|hrs?|[wdhm])(?![a-z])[\s,]*", re.IGNORECASE)
_LONGEST = 60
_LENGTHS = {"w": "week", "d": "day", "h": "hour", "m": "minute"}


def outlined(items: Sequence[Item], levels: Sequence[int], key: str) -> None:
    """Set the place of every item in the outline, and the key of the item above. The cards are the first level with more than one item."""
    top = min((level for level, times in Counter(levels).items() if times > 1), default=min(levels, default=0))
    above: list[tuple[int, Item]] = []
    for item, level in zip(items, levels, strict=True):
        while above and above[-1][0] >= level:
            above.pop()
        if above:
            item.cells[ABOVE] = above[-1][1].cells[key]
        item.cells[OUTLINE] = _WHOLE if level < top else _BELOW if level > top else "main"
        above.append((level, item))


def duration(text: str) -> str:
    """Return a duration in words: `~5d`, `1w 2d`, `5 Days 0 Hours`. Any other text stays as it is."""
    bare = text.strip().removeprefix("~").removeprefix("e").strip()
    parts = _LENGTH.findall(bare) if len(bare) < _LONGEST else ()
    if not parts or _LENGTH.sub("", bare):
        return text.strip()
    amounts = [(number.replace(",", "."), _LENGTHS[unit[0].lower()]) for number, unit in parts]
    return " ".join(_amount(number, unit) for number, unit in amounts if float(number)) or _amount("0", amounts[0][1])


def _amount(number: str, unit: str) -> str:
    return plural(int(number), unit) if number.isdecimal() else f"{number} {unit}s"
