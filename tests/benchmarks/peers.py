"""The same move in kanban-tui on the same portfolio, in the same run.

It has no fields for what a card says beside its title, so there the facts of a card are a list in its description, as somebody who keeps a portfolio
in it would write them. Here the floor is not the least that could do it, but what others do: a ratio of 0.02 is fifty times as fast.
"""

from __future__ import annotations

import asyncio
import importlib.util
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from sessions.portfolio.models import Project
from tests.benchmarks.frames import Timed, time_keys
from tests.benchmarks.keys import ours
from tests.benchmarks.samples import folder, portfolio, title
from tests.benchmarks.table import Row, not_installed

GOALS = {100: 40, 1_000: 150}
"""How many times as fast as kanban-tui a move has to be, by cards."""
ROUNDS = {100: 4, 1_000: 2}
"""Of a peer that takes most of a minute to open a thousand cards, few rounds tell enough."""


def _facts(project: Project) -> str:
    """Return what a card says beside its title, as Markdown: a line for each of its fields that our own cards have in the measured portfolio."""
    facts = {
        "Sponsor": project.sponsor,
        "IT partner": project.it_partner,
        "Objective": project.objective,
        "Benefit": project.benefit.text,
        "A month": f"${project.benefit.monthly:,}",
        "State": project.state,
    }
    return "\n".join(f"- {name}: {fact}" for name, fact in facts.items())


def _kanban(path: Path, count: int) -> Timed:
    """Make kanban-tui's own app on a board of so many tasks in its first column."""
    from kanban_tui.app import KanbanTui  # type: ignore[import-not-found]

    class Kanban(Timed, KanbanTui):  # type: ignore[misc]
        CSS_PATH: ClassVar = [Path(importlib.import_module("kanban_tui.app").__file__ or "").parent / name for name in _paths(KanbanTui)]

        at = 0

        def press(self, key: str) -> None:
            self.at = self.focused.region.y
            super().press(key)

        def shows(self, frame: str) -> bool:
            # Its first frame after the key draws the card anew where it stood, and its last one only the keys of the footer.
            return title(0)[: len("Project 0 with")] in frame and self.focused.region.y != self.at  # its cards are narrow

    app: Any = Kanban(str(path / f"{count}.toml"), str(path / f"{count}.db"))
    app.backend.create_new_board(name="Board", icon="B")
    board = app.backend.get_boards()[0]
    column = app.backend.get_columns(board_id=board.board_id)[0]
    for project in portfolio(count).projects:
        app.backend.create_new_task(title=project.title, description=_facts(project), column=column.column_id)
    result: Timed = app
    return result


def _paths(app: Any) -> list[str]:
    return [str(app.CSS_PATH)] if isinstance(app.CSS_PATH, (str, Path)) else [str(each) for each in app.CSS_PATH or ()]


def kanban() -> list[Row]:
    """A card moves one place down and up again, beside kanban-tui with the same facts on every card."""
    return [_beside_kanban(count, goal) for count, goal in GOALS.items()]


def _beside_kanban(count: int, goal: int) -> Row:
    name = f"a move beside kanban-tui, {count:,} cards"
    if importlib.util.find_spec("kanban_tui") is None:
        return not_installed(name, "kanban-tui")
    with folder() as path:
        apps = [partial(ours, path / "ours", portfolio(count)), partial(_kanban, path, count)]
        mine, peer = asyncio.run(time_keys(apps, ("J", "K"), ROUNDS[count]))
    return Row(name, mine, peer, 1 / goal, remark=f"{peer / mine:.0f} times as fast, goal {goal}")


ROWS = (kanban,)
