"""The same move in other boards, in the same run: one Textual widget for each card, and kanban-tui where it is installed.

kanban-tui is measured on the same portfolio, and on bare titles besides. It has no fields for what a card says beside its title, so there the
facts of a card are a list in its description, as somebody who keeps a portfolio in it would write them.

Here the floor is not the least that could do it, but what others do: a ratio of 0.02 is fifty times as fast.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from sessions.portfolio.models import Project
from tests.benchmarks.frames import KeyTime, Timed, time_keys
from tests.benchmarks.keys import FloorApp, ours
from tests.benchmarks.samples import folder, portfolio, title
from tests.benchmarks.table import Row, not_installed

SIZES = (100, 1_000)
ROUNDS = {100: 4, 1_000: 2}
"""Of a peer that takes most of a minute to open a thousand cards, few rounds tell enough."""
_AT = 3
_KANBAN_GOALS = {100: 40, 1_000: 150}
"""How many times as fast as kanban-tui a move has to be, by cards, each board with the same facts."""


class Cards(VerticalScroll, can_focus=True):
    """A list of cards, each a widget."""

    at = _AT
    keys = 0

    def __init__(self, count: int) -> None:
        super().__init__(*(Static(_text(place, place)) for place in range(count)))

    def on_key(self, event: events.Key) -> None:
        """Move the card one place, and write both ranks anew."""
        event.stop()
        to = self.at + (1 if event.key == "J" else -1)
        moving, other = (self.query_children(Static)[place] for place in (self.at, to))
        self.move_child(moving, **{"after" if to > self.at else "before": other})
        for card, place in ((moving, to), (other, self.at)):
            card.update(_text(place, int(str(card.content).split("Project ")[1].split(" ")[0])))
        self.at = to
        self.keys += 1


def _text(place: int, number: int) -> str:
    return f"{place + 1:>5}  {title(number)}\n       $36,000 a month\n       starts in week 7\n"


class WidgetBoard(Timed):
    """The board of one widget for each card."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        yield Cards(self._count)

    def shown_after(self) -> str:
        return title(_AT)

    def done(self) -> int:
        return self.query_one(Cards).keys


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


def _kanban(path: Path, count: int, *, bare: bool = False) -> Timed:
    """Make kanban-tui's own app on a board of so many tasks in its first column: the measured portfolio, or its bare titles."""
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
        app.backend.create_new_task(title=project.title, description="" if bare else _facts(project), column=column.column_id)
    result: Timed = app
    return result


def _paths(app: Any) -> list[str]:
    return [str(app.CSS_PATH)] if isinstance(app.CSS_PATH, (str, Path)) else [str(each) for each in app.CSS_PATH or ()]


def _times(apps: list[Callable[[], Timed]], count: int) -> list[KeyTime]:
    return asyncio.run(time_keys(apps, ("J", "K"), ROUNDS[count], held=False))


def widgets() -> list[Row]:
    """A card moves one place down and up again, beside a board of one widget for each card."""
    rows = []
    for count in SIZES:
        with folder() as path:
            mine, peer = _times([partial(ours, path, count, _AT), partial(WidgetBoard, count)], count)
        rows.append(Row(f"a move beside one widget for each card, {count:,} cards", mine.frame, peer.frame, 1.0))
    return rows


def kanban() -> list[Row]:
    """The same beside kanban-tui: with the same facts on every card, which has a goal, and with bare titles on the small board, which has none."""
    small, large = SIZES
    # Bare titles on the large board would take the whole run past its five minutes.
    return [_beside_kanban(small), _beside_kanban(small, bare=True), _beside_kanban(large)]


def _beside_kanban(count: int, *, bare: bool = False) -> Row:
    name = f"a move beside kanban-tui{' with bare titles' if bare else ''}, {count:,} cards"
    if importlib.util.find_spec("kanban_tui") is None:
        return not_installed(name, "kanban-tui")
    with folder() as path:
        mine, peer, floor = _times([partial(ours, path, count, _AT), partial(_kanban, path, count, bare=bare), FloorApp], count)
    goal = 0 if bare else _KANBAN_GOALS[count]
    told = f"times as fast, goal {goal}" if goal else "times as fast"
    times = {"": peer.frame / mine.frame, "the floor itself ": peer.frame / floor.frame, "until it rests ": peer.all / mine.frame}
    remark = f"{told}: " + ", ".join(f"{what}{ratio:.0f}" for what, ratio in times.items())
    return Row(name, mine.frame, peer.frame, 1 / goal if goal else 0, remark=remark)


ROWS = (widgets, kanban)
"""What is measured, in the order of the table."""
