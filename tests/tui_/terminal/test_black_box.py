"""The installed command in a real pseudo-terminal: the whole demo by keyboard, and how it ends whatever ends it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a Unix thing", allow_module_level=True)

from pseudo_terminal import Terminal, installed_command

pytestmark = pytest.mark.system

COMMAND = installed_command()
if not COMMAND.exists():
    pytest.skip(f"{COMMAND} is not installed: pip install -e .", allow_module_level=True)

ESCAPE = "\x1b"


def run(*words: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(COMMAND), *map(str, words)], capture_output=True, text=True, timeout=60, check=False, **more)  # type: ignore[call-overload, no-any-return]


@cache
def begun() -> int:
    """Return how many events the demo begins with."""
    with tempfile.TemporaryDirectory() as folder:
        run("demo", "--headless", "--library", folder)
        return int(json.loads(run("--library", folder, "export", "last").stdout)["session"]["events"])


def saved(more: int) -> str:
    """Return what the top bar says after so many actions."""
    return f"saved #{begun() + more}"


def exported(library: Path) -> dict[str, object]:
    return json.loads(run("--library", library, "export", "last").stdout)  # type: ignore[no-any-return]


def test_the_whole_demo_by_keyboard(tmp_path: Path) -> None:
    library = tmp_path / "library"
    page = tmp_path / "page.md"
    with Terminal([COMMAND, "demo", "--library", library], cwd=tmp_path) as terminal:
        terminal.see("Larkfield Supply", "Repeat-order checkout", "Decide", saved(0))
        # rank
        terminal.type("K")
        terminal.see("3 ▲ from 4", saved(1))
        terminal.type("n")
        terminal.see("Why 4 → 3?")
        terminal.type("the board asked for it\r")
        terminal.see(saved(2))
        # what the last vote said
        terminal.type("r")
        terminal.see("Contractor CRM replacement", "O use")
        terminal.type(ESCAPE)
        terminal.see(saved(2), "D accept the rest")
        # vote: a second round, two voices, masked; the screen never shows a figure
        terminal.type("v")
        terminal.see("enter open a ballot")
        terminal.type("\r")
        terminal.see("Points per person")
        terminal.type("\r")
        terminal.see("Ballot of points 2", "to vote", "business 0/6")
        terminal.type("\r")
        terminal.see("The ballot of CFO")
        terminal.type("4 24, 1 21\r")
        terminal.see("Ballot accepted")
        terminal.type("\r")
        terminal.see("CFO has voted", "business 1/6")
        terminal.type("jjjj")
        terminal.type("\r")
        terminal.see("The ballot of CIO")
        terminal.type("3 25, 4 25\r")
        terminal.see("Ballot accepted")
        terminal.type("\r")
        terminal.see("CIO has voted", "IT 1/5")
        assert b"4 24" not in terminal.output
        # reveal before all have voted, with a reason
        terminal.type("r")
        terminal.see("Not voted yet", "! ")
        terminal.type("!")
        terminal.see("Why")
        terminal.type("the others are away\r")
        terminal.see("O use", "Repeat-order checkout")
        terminal.type("O")
        terminal.see("Take this order?")
        terminal.type("\r")
        terminal.see(saved(7))
        # decide
        terminal.type("D")
        terminal.see("enter accept")
        terminal.type("\r")
        terminal.see("decided:")
        # the summary, written where the command was started
        terminal.type("\x13")
        terminal.see("what we decided")
        terminal.type("\r")
        terminal.see("quarterdeck-2026-q3")
        terminal.type(ESCAPE)
        terminal.see("Larkfield Supply", "D accept the rest")
        # quit, and resume
        terminal.type("\x11")
        terminal.see("Quit Quarterdeck?")
        terminal.type("\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
    assert (tmp_path / "quarterdeck-2026-q3-larkfield-supply.md").exists()
    before = exported(library)
    with Terminal([COMMAND, "--library", library, "open", "last"]) as terminal:
        terminal.see("Repeat-order checkout", saved(8))
        terminal.type("q")
        terminal.see("Leave the session?")
        terminal.type("\r")
        assert terminal.wait() == 0
    assert exported(library) == before
    # the summary
    assert run("--library", library, "summary", "last", "-o", page).returncode == 0
    assert "Repeat-order checkout" in page.read_text(encoding="utf-8")
    # replay
    with Terminal([COMMAND, "--library", library, "replay", "last"]) as terminal:
        terminal.see("Larkfield Supply")
        terminal.type("G")
        terminal.see(str(begun() + 8))
        terminal.type("q")
        assert terminal.wait() == 0
    assert run("--library", library, "check", "last").returncode == 0
