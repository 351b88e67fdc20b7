"""Every screen and dialog at every size a terminal can have, and through a storm of sizes: no crash, and the keys still work (T10)."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pseudo_terminal import in_session
from stage import press, running, shown
from textual.pilot import Pilot

from tui.board.screen import SessionScreen
from tui.environment import open_library
from tui.host.key_bar import KeyBar
from tui.library.demo import make_demo
from tui.library.screen import HomeScreen

pytestmark = pytest.mark.system

USUAL = (120, 40)
SIZES = [(1, 1), (20, 5), (40, 10), (300, 2)]
OFTEN = {
    "board": "", "carrying": "space", "plan": "P", "what if": "x", "ballots": "v", "reveal": "r", "people": "m", "decide": "d", "find": "slash",
    "summary": "ctrl+s", "help": "question_mark", "palette": "ctrl+p", "curtain": "C", "leaving": "q",
}  # fmt: skip
"""Places on the board that every run looks at, and the keys that lead there; the long one looks at all."""
SELDOM = {
    "typing a rank": "1", "detail below": "tab tab", "plan by card": "P tab", "a team's people": "P e", "a new team": "P plus",
    "what if, a rank": "x m", "what if, people": "x plus", "what if, another card": "x slash", "a ballot": "v enter", "a person": "m plus",
    "a proxy": "m p", "who decides": "m d", "why it waits": "w", "the card": "enter", "a view": "tab V", "together": "M ampersand",
    "a filter": "slash a tab", "who asks": "a", "a note": "n", "edit": "e", "add": "plus", "split": "S", "withdraw": "W", "dissent": "X",
    "work": "E", "park": "p", "agree": "o", "close": "Z", "another file": "ctrl+s n", "quitting": "ctrl+q",
}  # fmt: skip
AT_HOME = {"home": "", "replay": "r", "replay, chapters": "r c", "summary from home": "s", "a new session": "n"}
NO_SCREEN = ("carrying", "typing a rank", "detail below", "a filter", "board", "home")
"""Places that are no screen of their own: escape leaves them, but not the screen."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(open_library(folder))
    return folder


@pytest.fixture
def folder(demo: Path, tmp_path: Path) -> Path:
    """Return a library with the demo session in it."""
    return shutil.copytree(demo, tmp_path / "library")


@asynccontextmanager
async def at(folder: Path, first: str, *keys: str) -> AsyncIterator[Pilot[None]]:
    """Show the library or the demo session in it, and go to a place by keys."""
    library = open_library(folder)
    if first == "home":
        async with running(library, HomeScreen(), USUAL) as pilot:
            await press(pilot, *keys)
            yield pilot
        return
    with library.open(library.find("last")) as opened:
        async with running(library, SessionScreen(opened), USUAL) as pilot:
            pilot.app.keep_open(opened)  # type: ignore[attr-defined]
            await press(pilot, *keys)
            yield pilot


async def resize(pilot: Pilot[None], *sizes: tuple[int, int]) -> None:
    for size in sizes:
        await pilot.resize_terminal(*size)
        await pilot.pause()


@pytest.mark.promise("terminal-T10")
@pytest.mark.parametrize(
    ("first", "places"),
    [("board", OFTEN), pytest.param("board", SELDOM, marks=pytest.mark.slow), ("home", AT_HOME)],
    ids=["often", "seldom", "at home"],
)
async def test_every_place_lives_through_every_size(folder: Path, first: str, places: dict[str, str]) -> None:
    async with at(folder, first) as pilot:
        depth = len(pilot.app.screen_stack)
        for place, keys in places.items():
            await press(pilot, *keys.split())
            front = pilot.app.screen
            assert (front is pilot.app.screen_stack[depth - 1]) == (place in NO_SCREEN), f"{keys} leads to no {place}"
            for size in SIZES:
                await resize(pilot, size)
                assert len(shown(pilot).split("\n")) == size[1], place
                assert pilot.app.screen is front, place
            if place not in ("detail below", "board", "home"):  # in the smallest terminal a key still does what it says
                await press(pilot, "escape")
                assert place in NO_SCREEN or pilot.app.screen is not front or "tab" in keys, place
            while len(pilot.app.screen_stack) > depth:
                await press(pilot, "escape")
            await resize(pilot, USUAL)
            assert len(pilot.app.screen_stack) == depth, place


def storm(seed: int, rounds: int) -> list[tuple[int, int]]:
    """Return sizes as if someone dragged the corner of a window wildly."""
    source = random.Random(seed)
    return [(source.choice((1, 2, 19, 39, 40, 80, 99, 100, 120, 300)), source.choice((1, 2, 5, 9, 10, 20, 24, 40, 90))) for _ in range(rounds)]


def head(pilot: Pilot[None]) -> list[str]:
    """Return the first lines of a screen, the clock at 0:00, because it runs during a storm, too."""
    return [re.sub(r"\d+:\d\d", "0:00", line) for line in shown(pilot).split("\n")[:3]]


SCREENS = [("board", ""), ("board", "P"), ("home", "")]
MORE = [*(("board", OFTEN[place]) for place in ("what if", "ballots", "reveal", "people", "summary")), ("home", "r")]


@pytest.mark.promise("terminal-T10")
@pytest.mark.parametrize(("first", "keys"), [*SCREENS, *(pytest.param(*each, marks=pytest.mark.slow) for each in MORE)])
async def test_a_screen_says_that_a_terminal_is_too_small_and_is_as_it_was_after_a_storm_of_sizes(folder: Path, first: str, keys: str) -> None:
    async with at(folder, first, *keys.split()) as pilot:
        assert pilot.app.screen.query(KeyBar)
        before = head(pilot)
        for size in ((40, 10), (39, 24), (60, 9), (20, 5), (60, 20)):  # the first is the smallest that is enough
            await resize(pilot, size)
            assert ("too small" in shown(pilot)) == (size not in ((40, 10), (60, 20))), size
        for size in storm(1, 12):
            await pilot.resize_terminal(*size)
        await resize(pilot, USUAL)
        await pilot.pause()
        assert head(pilot) == before


@pytest.mark.promise("terminal-T10")
def test_a_storm_of_sizes_in_a_real_terminal_and_one_that_knows_no_size(folder: Path) -> None:
    """The signals come faster than the screen can be drawn; a key in the middle of them is not lost."""
    with in_session(folder) as terminal:
        seq = int(terminal.see("saved #").partition("saved #")[2].split()[0])
        for number, size in enumerate(storm(2, 200)):
            terminal.set_size(*size)
            os.kill(terminal.process.pid, signal.SIGWINCH)
            if number == 100:
                terminal.type("K")
        terminal.resize(100, 30)  # not the first size: one that arrives too late, or never, is noticed
        terminal.until(lambda text: f"saved #{seq + 1} " in text and "? help" in text.split("\n")[29], "the board after the storm")
        terminal.resize(0, 0)  # taken for a usual one
        terminal.screen.resize(24, 80)
        terminal.until(lambda text: "? help" in text.split("\n")[23], "the keys in line 24")
        terminal.quits()
