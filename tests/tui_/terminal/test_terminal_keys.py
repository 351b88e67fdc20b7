"""All that can come from the keyboard: held keys, and bytes that are not text (T11)."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pseudo_terminal import changed_modes, in_session, with_fault
from stage import running
from textual import events

from sessions.portfolio.models import Portfolio, Project
from sessions.sample import sample_portfolio
from tui.board.screen import SessionScreen
from tui.environment import open_library

pytestmark = pytest.mark.system


def session_of(folder: Path, cards: int) -> Path:
    """Make a session of `cards` cards, or of the sample; return its library."""
    projects = tuple(Project(id=f"C{number}", title=f"Card {number}") for number in range(cards))
    with open_library(folder).create(Portfolio(quarter="2026-Q4", projects=projects) if cards else sample_portfolio(), title="Many"):
        return folder


# --- keys that are held


SOON = 60.0
"""Seconds within which held keys are through, on a machine that does much else; the promise is one, on one that does not."""


HELD: dict[str, tuple[int, str, str, Callable[[Any], object], object]] = {
    "j": (500, "", "j " * 400, lambda screen: screen.board.cursor, 400),
    "the down arrow": (500, "", "down " * 400, lambda screen: screen.board.cursor, 400),
    "k, past the top": (500, "jjj", "k " * 400, lambda screen: screen.board.cursor, 0),
    "T": (100, "jj", "T " * 50, lambda screen: screen.session.rank("C2"), 1),
    "T, with a G between": (100, "", "G T " * 50, lambda screen: screen.session.rank("C0"), 51),
    "u": (100, "J" * 40, "u " * 31, lambda screen: screen.session.rank("C0"), 10),
    "J in what if": (100, "x", "J " * 30, lambda screen: screen.tries.after.order.index("C0"), 30),
    "j in the plan": (0, "P\t", "j " * 15, lambda screen: screen.weeks.chosen, "P16"),
}
"""The number of cards, or the sample's; what is typed first; the keys that are held; what they change, and its final value."""


@pytest.mark.promise("terminal-T11")
@pytest.mark.parametrize("name", HELD)
async def test_after_any_held_key_the_screen_stands_at_the_right_place(tmp_path: Path, name: str) -> None:
    cards, first, keys, place, right = HELD[name]
    library = open_library(session_of(tmp_path / "library", cards))
    with library.open(library.find("last")) as opened:
        async with running(library, SessionScreen(opened)) as pilot:
            app = pilot.app
            await pilot.press(*("tab" if each == "\t" else each for each in first))
            await pilot.pause()
            begun = time.monotonic()
            for key in keys.split():  # all together, before the screen has answered the first
                app.post_message(events.Key(key, key))
            await pilot.press("f12")  # bound to nothing: when it is through, so are those before it
            await pilot.pause()
            assert place(app.screen) == right
            assert time.monotonic() - begun < SOON
            events_then = len(opened.live.recordeds)
            await asyncio.sleep(0.2)  # nothing continues after the key was let go
            assert (place(app.screen), len(opened.live.recordeds)) == (right, events_then)


@pytest.mark.promise("terminal-T11")
@pytest.mark.parametrize(
    ("cards", "rate", "seconds", "most"),
    [(3000, 1000, 1.5, SOON), *(pytest.param(6000, rate, 5, 1, marks=pytest.mark.slow) for rate in (30, 1000))],
)
def test_a_held_key_stands_still_in_its_place_and_lets_a_quit_through(tmp_path: Path, cards: int, rate: int, seconds: float, most: float) -> None:
    """Hold J at a rate, let go, and quit."""
    library = session_of(tmp_path / "library", cards)
    with in_session(library) as terminal:
        terminal.see("saved #1")
        pressed = terminal.hold("J", rate=rate, seconds=seconds)
        let_go = time.monotonic()
        terminal.type("q", "Leave the session?")
        assert time.monotonic() - let_go < most
        terminal.type("\r")
        terminal.ends()
    with open_library(library).open(open_library(library).find("last"), read_only=True) as opened:
        assert opened.live.session.rank("C0") == 1 + pressed


# --- bytes that are not text, and what a terminal answers by itself


def test_bytes_that_are_no_text_end_nothing(library: Path) -> None:
    noise = [b"\xff\xfe", b"\x80" * 5000, b"\xc3", b"\xed\xa0\x80", b"\x1b[<999999999;1;1M", b"\x1b[<0;1;1", b"\x1b[", b"\x1b[999;999;999t"]
    with in_session(library) as terminal:
        terminal.see("saved #1")
        for each in noise:
            terminal.type(each)
            terminal.type("\x1b[O\x1b[I")  # the window loses the focus, and has it again
        terminal.type("J", "saved #2")
        terminal.quits()
    assert subprocess.run(with_fault("", "--library", library, "check", "last"), capture_output=True, check=False).returncode == 0


def test_a_terminal_with_every_ability_is_given_back_too(library: Path) -> None:
    """Some terminals tell their size in the stream, and the mouse in pixels: modes that are taken only there."""
    with in_session(library) as terminal:
        terminal.see("saved #1")
        terminal.type("\x1b[?2026;2$y\x1b[?2048;2$y")
        terminal.read_until(lambda: {"?2048", "?1016"} <= changed_modes(terminal.output), "the modes")
        terminal.type("\x1b[48;30;100;600;1000tJ", "2 ▼ from 1")
        terminal.quits()
