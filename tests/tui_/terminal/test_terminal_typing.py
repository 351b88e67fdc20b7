"""Keys that come faster than screens do: several in one read of the terminal, as over a slow line, and a signal right behind one (T2, T11).

They do what they would do one by one, however many of them wait in the queue of a dialog that the first one answers.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a Unix thing", allow_module_level=True)

from pseudo_terminal import Terminal, with_fault

from tui.environment import open_library
from tui.library.demo import make_demo

pytestmark = pytest.mark.system

BOARD = "Contractor CRM replacement"
LEAVE = "Leave the session?"
CURTAIN = "any key opens the curtain"
PAGE_DOWN = "\x1b[6~"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the library of the demo, for sessions that nothing is recorded in."""
    folder = tmp_path_factory.mktemp("library")
    make_demo(open_library(folder))
    return folder


def opened(library: Path) -> list[str | Path]:
    return with_fault("", "--library", library, "open", "last")


@pytest.mark.promise("terminal-T11")
@pytest.mark.parametrize(
    ("keys", "seen"),
    [
        ("qnnn", BOARD),
        ("Cxx", "What if"),
        ("CCCCC", CURTAIN),
        ("Cqqn", BOARD),
        ("?qq", LEAVE),
        ("\x10" + PAGE_DOWN + "\x1b[5~", "Search"),
    ],
)
def test_keys_of_one_read_do_what_they_do_one_by_one(library: Path, keys: str, seen: str) -> None:
    with Terminal(opened(library)) as terminal:
        terminal.see("saved #", BOARD)
        terminal.type(keys)
        terminal.read_for(0.4)
        terminal.see(seen)
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.wait() == 143, terminal.text
        assert terminal.is_as_before()


@pytest.mark.promise("terminal-T11")
@pytest.mark.parametrize("keys", ["\x11\r\r\r", "Cxq\r\r"])
def test_an_answer_that_leaves_is_an_orderly_end_whatever_comes_behind_it(library: Path, keys: str) -> None:
    with Terminal(opened(library)) as terminal:
        terminal.see("saved #", BOARD)
        terminal.type(keys)
        assert terminal.wait() == 0, terminal.text
        assert "an error" not in terminal.text
        assert terminal.is_as_before()


@pytest.mark.promise("terminal-T2")
@pytest.mark.parametrize("keys", ["v", "x"])
def test_a_signal_behind_a_key_that_opens_a_screen_is_an_orderly_end(library: Path, keys: str) -> None:
    for pause in (0, 0.03):
        with Terminal(opened(library)) as terminal:
            terminal.see("saved #", BOARD)
            terminal.type(keys)
            terminal.read_for(pause)  # wherever the screen has come to by then
            os.kill(terminal.process.pid, signal.SIGTERM)
            assert terminal.wait() == 143, terminal.text
            assert "an error" not in terminal.text
            assert terminal.is_as_before()
