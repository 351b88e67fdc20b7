"""Whatever comes from the keyboard: keys that are held, pastes of any size and content, bytes that are no text (T11, T26)."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a Unix thing", allow_module_level=True)

from disk import read_session
from pseudo_terminal import Terminal, changed_modes, with_fault
from stage import shown
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from sessions.portfolio.models import Portfolio, Project
from sessions.sample import sample_portfolio
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen
from tui.environment import open_library
from tui.terminal.paste import LONGEST_PASTE, PasteFilter

pytestmark = pytest.mark.system

BEGIN, END = "\x1b[200~", "\x1b[201~"


def session_of(folder: Path, cards: int) -> Path:
    """Make a session of so many cards; give its library."""
    projects = tuple(Project(id=f"C{number}", title=f"Card {number}") for number in range(cards))
    with open_library(folder).create(Portfolio(quarter="2026-Q4", projects=projects), title="Many"):
        return folder


def record_of(library: Path) -> list[object]:
    [path] = [path for path in library.glob("*.json") if path.name != "library.json"]
    recordeds, problem = read_session(path)
    assert problem == ""
    return [recorded.event for recorded in recordeds]


def place_of_first_card(library: Path) -> int:
    with open_library(library).open(open_library(library).find("last"), read_only=True) as opened:
        return opened.live.session.rank("C0")


# --- keys that are held


async def burst(pilot: Pilot[None], keys: Sequence[str]) -> None:
    """Send keys all at once, before the screen has answered the first, and wait until they are through."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key))
    await pilot.pause()
    await pilot.press("f12")  # bound to nothing: when it is through, so are those before it
    await pilot.pause()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    return session_of(tmp_path / "library", 3000)


SOON = 10.0
"""Seconds within which held keys are through, on a machine that does much else; the promise is one, on one that does not."""


HELD = {
    "j": ("", "j", 400, lambda app: app.screen.board.cursor, 400),
    "the down arrow": ("", "down", 400, lambda app: app.screen.board.cursor, 400),
    "k, past the top": ("jjj", "k", 400, lambda app: app.screen.board.cursor, 0),
    "T": ("jj", "T", 50, lambda app: app.screen.session.rank("C2"), 1),
    "T, with a G between": ("", "G T", 50, lambda app: app.screen.session.rank("C0"), 51),
    "u": ("J" * 40, "u", 31, lambda app: app.screen.session.rank("C0"), 10),
    "J in what if": ("x", "J", 30, lambda app: app.screen.tries.after.order.index("C0"), 30),
    "j in the plan": ("P\t", "j", 15, lambda app: app.screen.weeks.chosen, ""),
}
"""What is typed first, the key that is held (or those that are, in turn), how often, what it changes, and how that stands afterwards."""


@pytest.mark.promise("terminal-T11")
@pytest.mark.parametrize("name", HELD)
async def test_after_any_held_key_the_screen_stands_at_the_right_place(tmp_path: Path, name: str) -> None:
    first, keys, times, place, right = HELD[name]
    presses = keys.split() * times
    if in_plan := first.startswith("P"):
        with open_library(library := tmp_path / "library").create(sample_portfolio(), title="Planned"):
            pass
    else:
        library = session_of(tmp_path / "library", 500 if keys in ("j", "k", "down") else 100)
    with open_library(library).open(open_library(library).find("last")) as opened:
        app = QuarterdeckApp(open_library(library), lambda _: SessionScreen(opened))
        app.animation_level = "none"
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for each in first:
                await pilot.press("tab" if each == "\t" else each)
            await pilot.pause()
            if in_plan:  # the same by single presses tells where it must stand
                there = place(app)
                await pilot.press(*presses)
                right = place(app)
                await burst(pilot, ["k"] * times)
                assert place(app) == there != right
            begun = time.monotonic()
            await burst(pilot, presses)
            assert place(app) == right
            assert time.monotonic() - begun < SOON
            events_then = len(opened.live.recordeds)
            await asyncio.sleep(0.2)  # nothing is left that goes on after the key was let go
            assert place(app) == right
            assert len(opened.live.recordeds) == events_then


def held(library: Path, rate: int, seconds: float) -> float:
    """Hold J at a rate, let go, and quit; give the seconds from letting go to the question. The card is where it belongs."""
    with Terminal(with_fault("", "--library", library, "open", "last")) as terminal:
        terminal.see("saved #1")
        pressed = terminal.hold("J", rate=rate, seconds=seconds)
        let_go = time.monotonic()
        terminal.type("q")
        terminal.see("Leave the session?")
        behind = time.monotonic() - let_go
        terminal.type("\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
    assert place_of_first_card(library) == 1 + pressed
    return behind


@pytest.mark.promise("terminal-T11")
@pytest.mark.parametrize("rate", [pytest.param(30, marks=pytest.mark.slow), 1000])
def test_a_held_key_stands_still_at_the_right_place_and_lets_a_quit_through(many: Path, rate: int) -> None:
    held(many, rate, 1.5)


@pytest.mark.promise("terminal-T11")
@pytest.mark.slow
@pytest.mark.parametrize("rate", [30, 1000])
def test_a_second_after_a_key_held_for_five_the_board_stands_still(tmp_path: Path, rate: int) -> None:
    assert held(session_of(tmp_path / "library", 6000), rate, 5) < 1


# --- pastes


@pytest.mark.promise("terminal-T26")
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_a_paste_is_text_however_it_is_cut(size: int) -> None:
    pasted = "one\x1b[Dtwo\x1b\x1b]0;x\x07 three\r\nfour\ttab\x00\x9bJ é漢\x1b[201"
    text = f"a\x1b[A{BEGIN}{pasted}{END}b{BEGIN}{END}{BEGIN}again{END}\x1b"
    pastes = PasteFilter()
    passed = "".join(pastes.filtered(text[place : place + size]) for place in range(0, len(text), size))
    assert passed == f"a\x1b[A{BEGIN}one[Dtwo]0;x three\n\nfour\ttabJ é漢[201{END}b{BEGIN}{END}{BEGIN}again{END}\x1b"


@pytest.mark.promise("terminal-T26")
def test_a_paste_without_an_end_is_cut_off() -> None:
    pastes = PasteFilter()
    passed = pastes.filtered(BEGIN) + "".join(pastes.filtered("x" * 4096) for _ in range(1000)) + pastes.filtered(END + "j")
    assert passed == BEGIN + "x" * LONGEST_PASTE + END + "j"
    assert pastes.filtered(BEGIN + "y" + END) == BEGIN + "y" + END


INPUTS = {
    "find": "slash", "who asks": "a", "note": "n", "edit": "e", "add": "plus", "split": "S", "withdraw": "W", "work": "E", "park": "p",
    "agree": "o", "a person": "m plus", "a proxy": "m p", "a quorum": "m o", "a ballot": "v enter", "decide": "d", "file": "ctrl+s n",
    "a team": "P plus", "a team's people": "P e", "a rank": "x m", "another card": "x slash", "palette": "ctrl+p", "the board": "",
}  # fmt: skip


HUGE = ("x" * 1_000_000, "[/red]\x1b[31m" * 80_000, "line\n" * 200_000)


@pytest.mark.promise("terminal-T26")
@pytest.mark.parametrize(
    "places", [["note", "palette", "the board"], pytest.param(list(INPUTS), marks=pytest.mark.slow)], ids=["some", "all"]
)
async def test_a_paste_of_a_million_characters_into_every_input(tmp_path: Path, places: list[str]) -> None:
    library = open_library(tmp_path)
    with library.create(sample_portfolio()) as opened:
        app = QuarterdeckApp(library, lambda _: SessionScreen(opened))
        app.animation_level = "none"
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for name, text in zip(places, cycle(HUGE), strict=False):
                for key in INPUTS[name].split():
                    await pilot.press(key)
                    await pilot.pause()
                app.post_message(events.Paste(text))
                await pilot.pause()
                await pilot.pause()
                for line in app.screen.query(Input):
                    assert len(line.value) <= (line.max_length or 0), f"{name} has no end"
                # The palette's own line shows what comes in; what a terminal may paste has no controls (`PasteFilter`).
                assert "\x1b" not in shown(pilot) or name == "palette", name
                while len(app.screen_stack) > 1:
                    await pilot.press("escape")
                    await pilot.pause()
            assert len(opened.live.recordeds) == 1


# --- bytes that are no text, and what a terminal answers by itself


def test_bytes_that_are_no_text_end_nothing(tmp_path: Path) -> None:
    library = session_of(tmp_path / "library", 3)
    noise = [b"\xff\xfe", b"\x80" * 5000, b"\xc3", b"\xed\xa0\x80", b"\x1b[<999999999;1;1M", b"\x1b[<0;1;1", b"\x1b[", b"\x1b[999;999;999t"]
    with Terminal(with_fault("", "--library", library, "open", "last")) as terminal:
        terminal.see("saved #1")
        for each in noise:
            os.write(terminal.master, each)
            terminal.type("\x1b[O\x1b[I")  # the window loses the eye, and has it again
        terminal.type("J")
        terminal.see("saved #2")
        terminal.type("q\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
    assert subprocess.run(with_fault("", "--library", library, "check", "last"), capture_output=True, check=False).returncode == 0


def test_a_terminal_with_every_ability_is_given_back_too(tmp_path: Path) -> None:
    """Some terminals tell their size in the stream, and the mouse in pixels: modes that are taken only there."""
    library = session_of(tmp_path / "library", 3)
    with Terminal(with_fault("", "--library", library, "open", "last")) as terminal:
        terminal.see("saved #1")
        terminal.type("\x1b[?2026;2$y\x1b[?2048;2$y")
        terminal.read_until(lambda: {"?2048", "?1016"} <= changed_modes(terminal.output), "the modes")
        terminal.type("\x1b[48;30;100;600;1000t")
        terminal.type("J")
        terminal.see("2 ▼ from 1")
        terminal.type("q\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
