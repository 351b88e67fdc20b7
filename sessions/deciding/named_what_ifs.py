"""What-ifs under a name: as they are recorded, and as changes that can be tried on the plan again."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from sessions.record.events import TriedChange
from sessions.sequencing.changes import Change, Crew, Drop, Move, People, Reorder, Split

MOST = 3
"""How many what-ifs a session keeps: more cannot be compared side by side."""

_KINDS: dict[str, type[Change]] = {"move": Move, "order": Reorder, "people": People, "drop": Drop, "split": Split, "crew": Crew}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def as_recorded(change: Change) -> TriedChange:
    """Return a change as the record holds it."""
    return TriedChange.model_validate({"kind": _NAMES[type(change)], **asdict(change)})


def as_change(tried: TriedChange) -> Change:
    """Return a recorded change as one that can be tried."""
    kind: Any = _KINDS[tried.kind]
    return kind(**{field.name: getattr(tried, field.name) for field in fields(kind)})  # type: ignore[no-any-return]
