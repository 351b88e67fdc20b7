"""The installed command in a real pseudo-terminal: the whole demo by keyboard, resumed, replayed and summed up."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from pseudo_terminal import Terminal, installed_command

COMMAND = installed_command()
pytestmark = [pytest.mark.system, pytest.mark.skipif(not COMMAND.exists(), reason="the command is not installed: pip install -e .")]


def run(*words: str | Path) -> str:
    return subprocess.run([COMMAND, *words], capture_output=True, text=True, timeout=60, check=True).stdout


def test_the_whole_demo_by_keyboard(tmp_path: Path) -> None:
    run("demo", "--headless", "--library", tmp_path / "first")
    begun = int(json.loads(run("--library", tmp_path / "first", "export", "last"))["session"]["events"])
    library = tmp_path / "library"
    with Terminal([COMMAND, "demo", "--library", library], cwd=tmp_path) as terminal:
        terminal.see("Larkfield Supply", "Repeat-order checkout", "Decide", f"saved #{begun}")
        terminal.type("K", "3 ▲ from 4", f"saved #{begun + 1}")
        terminal.type("n", "Why 4 → 3?")
        terminal.type("the board asked for it\r", f"saved #{begun + 2}")
        # a second ballot, two voters, masked: the screen never shows a figure
        terminal.type("v", "enter open a ballot")
        terminal.type("\r", "Points per person")
        terminal.type("\r", "Ballot of points 2", "to vote", "business 0/6")
        terminal.type("\r", "The ballot of CFO")
        terminal.type("4 24, 1 21\r", "Ballot read")
        terminal.type("\r", "CFO has voted", "business 1/6")
        assert b"4 24" not in terminal.output
        # the reveal before all have voted, with a reason
        terminal.type("r", "Not voted yet", "! ")
        terminal.type("!", "Why")
        terminal.type("the others are away\r", "O use", "Repeat-order checkout")
        terminal.type("O", "Take this order?")
        terminal.type("\r", f"saved #{begun + 6}")
        # decide, and write the summary to the folder of the command
        terminal.type("D", "enter accept")
        terminal.type("\r", "decided:")
        terminal.type("\x13", "what we decided")
        terminal.type("\r", "quarterdeck-2026-q3")
        terminal.type("\x1b", "Larkfield Supply", "D accept the rest")
        terminal.type("\x11", "Quit Quarterdeck?")
        terminal.type("\r")
        terminal.ends()
    assert "Repeat-order checkout" in (tmp_path / "quarterdeck-2026-q3-larkfield-supply.md").read_text(encoding="utf-8")
    before = run("--library", library, "export", "last")
    with Terminal([COMMAND, "--library", library, "open", "last"]) as terminal:
        terminal.see("Repeat-order checkout", f"saved #{begun + 7}")
        terminal.quits()
        terminal.see("Next: quarterdeck")
    assert run("--library", library, "export", "last") == before
    with Terminal([COMMAND, "--library", library, "replay", "last"]) as terminal:
        terminal.see("Larkfield Supply")
        terminal.type("G", str(begun + 7))
        terminal.type("q")
        terminal.ends()
    with Terminal([COMMAND, "--library", library, "partnership", "last"]) as terminal:
        terminal.see("How business and IT work together")
    run("--library", library, "check", "last")
