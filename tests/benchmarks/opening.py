"""What it costs to open a long session: proved, validated, folded; beside stdlib json on the same lines, folded into plain dicts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sessions.library.library import OpenSession
from tests.benchmarks.samples import folder, library, long_session
from tests.benchmarks.table import Row, cpu_time, in_turn
from tests.disk import read_session

SIZES, CARDS = (10_000, 100_000), 60
ROUNDS = {10_000: 11, 100_000: 3}


def fold_plainly(path: Path) -> dict[str, Any]:
    """The floor: every line through json, moves done in a list, the rest kept by kind."""
    state: dict[str, Any] = {"order": []}
    done: list[dict[str, Any]] = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:-1]:
        record = json.loads(line.partition(": ")[2])
        kind = record["kind"]
        if kind == "session_opened":
            state["order"] = [project["id"] for project in record["portfolio"]["projects"]]
        elif kind == "card_moved":
            state["order"].remove(record["card"])
            state["order"].insert(record["new"] - 1, record["card"])
            done.append(record)
        elif kind == "undone":
            taken = done.pop()
            if taken["kind"] == "card_moved":
                state["order"].remove(taken["card"])
                state["order"].insert(taken["old"] - 1, taken["card"])
        elif kind == "asker_chosen":
            state["asker"] = record["person"]
        else:
            state.setdefault(kind, []).append(record)
            done.append(record)
    return state


def open_long_sessions() -> list[Row]:
    """Open sessions of some lengths."""
    return [row for events in SIZES for row in _rows_of(events)]


def _rows_of(events: int) -> list[Row]:
    """Time both on the same file; what they make of it must agree."""
    with folder() as path:
        file = long_session(path, events, CARDS)
        home = library(path)

        def opened() -> OpenSession:
            with home.open(file) as session:
                return session  # all of it: letting it go again is not opening

        if list(opened().live.session.order) != fold_plainly(file)["order"]:
            raise AssertionError("the floor folds something else")
        contestants = [opened, lambda: read_session(file), lambda: fold_plainly(file)]
        ours, read, floor = in_turn([cpu_time(each) for each in contestants], ROUNDS[events])
    name = f"{events:,} events of {CARDS} cards"
    return [
        Row(f"open a session of {name}", ours, floor, 1.6),
        Row(f"read and replay {name}", read, floor, 1.6),
    ]


ROWS = (open_long_sessions,)
