"""Every screen and dialog at every size a terminal can have, and through a storm of sizes: no crash, and the keys still work (T10)."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from stage import shown
from support import SAMPLE
from textual.pilot import Pilot
from textual.screen import Screen

from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen
from tui.environment import open_library
from tui.host.key_bar import KeyBar
from tui.library.demo import make_demo
from tui.library.new_session import NewSessionScreen
from tui.library.screen import HomeScreen

pytestmark = pytest.mark.system

USUAL = (120, 40)
SIZES = [(1, 1), (20, 5), (40, 10), (300, 2)]

ON_BOARD = {
    "board": "",
    "carrying": "space",
    "typing a rank": "1",
    "detail below": "tab tab",
    "plan": "P",
    "plan by card": "P tab",
    "a team's people": "P e",
    "a new team": "P plus",
    "what if": "x",
    "what if, a rank": "x m",
    "what if, people": "x plus",
    "what if, another card": "x slash",
    "ballots": "v",
    "a ballot": "v enter",
    "reveal": "r",
    "people": "m",
    "a person": "m plus",
    "a proxy": "m p",
    "who decides": "m d",
    "decide": "d",
    "why it waits": "w",
    "the card": "enter",
    "find": "slash",
    "a view": "tab V",
    "together": "tab M ampersand",
    "a filter": "tab slash a tab",
    "who asks": "a",
    "a note": "n",
    "edit": "e",
    "add": "plus",
    "split": "S",
    "withdraw": "W",
    "dissent": "X",
    "work": "E",
    "park": "p",
    "agree": "o",
    "close": "Z",
    "summary": "ctrl+s",
    "another file": "ctrl+s n",
    "help": "question_mark",
    "palette": "ctrl+p",
    "curtain": "C",
    "leaving": "q",
    "quitting": "ctrl+q",
}
AT_HOME = {"home": "", "replay": "r", "replay, chapters": "r c", "summary from home": "s", "a new session": "n"}


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
async def at(folder: Path, keys: str, first: type[Screen[None]]) -> AsyncIterator[Pilot[None]]:
    """Show the demo session, and go to a place in it by keys."""
    library = open_library(folder)
    path = library.find("last")

    def screen(app: QuarterdeckApp) -> Screen[None]:
        if first is HomeScreen:
            return HomeScreen()
        app.keep_open(library.open(path))
        return SessionScreen(app.open_sessions[-1])

    app = QuarterdeckApp(library, screen)
    app.animation_level = "none"
    async with app.run_test(size=USUAL) as pilot:
        await pilot.pause()
        await go(pilot, keys)
        yield pilot


async def go(pilot: Pilot[None], keys: str) -> None:
    for key in keys.split():
        await pilot.press(key)
        await pilot.pause()


async def home_again(pilot: Pilot[None], depth: int) -> None:
    """Leave whatever stands over the first screen."""
    while len(pilot.app.screen_stack) > depth:
        await pilot.press("escape")
        await pilot.pause()


async def lives_through(pilot: Pilot[None], place: str, sizes: list[tuple[int, int]]) -> None:
    where = pilot.app.screen
    for size in sizes:
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert len(shown(pilot).split("\n")) == size[1], place
        assert pilot.app.screen is where, place


BEFORE_THE_FIRST_SCREEN = ("carrying", "typing a rank", "detail below", "board", "home")
"""Places that are no screen of their own: escape leaves them, but not the screen."""


OFTEN = ("board", "carrying", "plan", "what if", "ballots", "reveal", "people", "decide", "find", "summary", "help", "palette", "curtain", "leaving")
"""Places that every run looks at; the long one looks at all."""


@pytest.mark.promise("terminal-T10")
@pytest.mark.parametrize(
    ("first", "places"),
    [
        pytest.param(SessionScreen, {place: ON_BOARD[place] for place in OFTEN}, id="in a session"),
        pytest.param(SessionScreen, ON_BOARD, id="everywhere in a session", marks=pytest.mark.slow),
        pytest.param(HomeScreen, AT_HOME, id="at home"),
    ],
)
async def test_every_place_lives_through_every_size(folder: Path, first: type[Screen[None]], places: dict[str, str]) -> None:
    async with at(folder, "", first) as pilot:
        depth = len(pilot.app.screen_stack)
        for place, keys in places.items():
            await go(pilot, keys)
            front = pilot.app.screen
            assert (front is pilot.app.screen_stack[depth - 1]) == (place in BEFORE_THE_FIRST_SCREEN), f"{keys} leads to no {place}"
            await lives_through(pilot, place, SIZES)
            if place not in BEFORE_THE_FIRST_SCREEN:  # in the smallest terminal a key still does what it says
                await pilot.press("escape")
                await pilot.pause()
                assert pilot.app.screen is not front or "tab" in keys, place
                await home_again(pilot, depth)
            elif place in ("carrying", "typing a rank"):
                await pilot.press("escape")
            await pilot.resize_terminal(*USUAL)
            await pilot.pause()
            assert len(pilot.app.screen_stack) == depth, place


BY_SCREEN = [
    pytest.param(ON_BOARD[place], SessionScreen, id=place, marks=() if place in ("board", "plan") else pytest.mark.slow)
    for place in ("board", "plan", "what if", "ballots", "reveal", "people", "summary")
] + [
    pytest.param("", HomeScreen, id="home"),
    pytest.param("r", HomeScreen, id="replay", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("keys", "first"), BY_SCREEN)
async def test_a_screen_in_too_small_a_terminal_says_so(folder: Path, keys: str, first: type[Screen[None]]) -> None:
    async with at(folder, keys, first) as pilot:
        assert pilot.app.screen.query(KeyBar)
        await pilot.resize_terminal(40, 10)  # the smallest that is enough
        await pilot.pause()
        assert "too small" not in shown(pilot)
        for size in ((39, 24), (60, 9), (20, 5)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "too small" in shown(pilot)
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "too small" not in shown(pilot)


def storm(seed: int, rounds: int) -> list[tuple[int, int]]:
    """Return sizes as somebody gives them who drags the corner of a window like mad."""
    source = random.Random(seed)
    return [(source.choice((1, 2, 19, 39, 40, 80, 99, 100, 120, 300)), source.choice((1, 2, 5, 9, 10, 20, 24, 40, 90))) for _ in range(rounds)]


def head(pilot: Pilot[None]) -> list[str]:
    """Return the first lines of a screen, whatever its clock shows: that goes on in a storm, too."""
    return [re.sub(r"\d+:\d\d", "0:00", line) for line in shown(pilot).split("\n")[:3]]


@pytest.mark.parametrize(("keys", "first"), BY_SCREEN)
async def test_after_a_storm_of_sizes_a_screen_is_as_it_was(folder: Path, keys: str, first: type[Screen[None]]) -> None:
    async with at(folder, keys, first) as pilot:
        before = head(pilot)
        for size in storm(1, 12):
            await pilot.resize_terminal(*size)
        await pilot.resize_terminal(*USUAL)
        await pilot.pause()
        await pilot.pause()
        assert head(pilot) == before


async def test_a_new_session_lives_through_every_size(tmp_path: Path) -> None:
    app = QuarterdeckApp(open_library(tmp_path), lambda _: NewSessionScreen(SAMPLE / "portfolio.json"))
    app.animation_level = "none"
    async with app.run_test(size=USUAL) as pilot:
        await pilot.pause()
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.press("tab")
        assert isinstance(app.screen, NewSessionScreen)


if sys.platform != "win32":
    from pseudo_terminal import Terminal, with_fault

    def in_terminal(folder: Path, size: tuple[int, int]) -> Terminal:
        return Terminal(with_fault("", "--library", folder, "open", "last"), size=size)

    def test_a_terminal_that_knows_no_size_is_taken_for_a_usual_one(folder: Path) -> None:
        with in_terminal(folder, (120, 40)) as terminal:
            terminal.see("saved #")
            terminal.resize(0, 0)
            terminal.screen.resize(24, 80)
            terminal.until(lambda text: "? help" in text.split("\n")[23], "the keys in line 24")
            terminal.type("q\r")
            assert terminal.wait() == 0
            assert terminal.is_as_before()

    @pytest.mark.promise("terminal-T10")
    def test_a_storm_of_sizes_in_a_real_terminal(folder: Path) -> None:
        """The signals come faster than the screen can be drawn; a key in the middle of them is not lost."""
        with in_terminal(folder, (120, 40)) as terminal:
            seq = int(terminal.until(lambda text: "saved #" in text, "the board").partition("saved #")[2].split()[0])
            for number, size in enumerate(storm(2, 200)):
                terminal.set_size(*size)
                os.kill(terminal.process.pid, signal.SIGWINCH)
                if number == 100:
                    terminal.type("K")
            terminal.resize(100, 30)  # another size than at first: one that is told too late, or never, is seen
            terminal.until(lambda text: f"saved #{seq + 1} " in text and "? help" in text.split("\n")[29], "the board after the storm")
            terminal.type("q\r")
            assert terminal.wait() == 0
            assert terminal.is_as_before()
