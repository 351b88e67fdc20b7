"""The way out to the terminal: what happens when nobody holds its other end any more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a Unix thing", allow_module_level=True)

from pseudo_terminal import Terminal, installed_command

from tui.terminal.driver import TerminalOutput


@pytest.mark.promise("terminal-T4")
def test_a_closed_terminal_breaks_no_write_and_hangs_up(monkeypatch: pytest.MonkeyPatch) -> None:
    hang_ups: list[str] = []
    monkeypatch.setattr("tui.terminal.driver.hang_up", lambda: hang_ups.append("up"))
    master, slave = os.openpty()
    output = TerminalOutput(os.fdopen(slave, "wb", closefd=False))
    assert output.write("abc") == 3
    output.flush()
    assert os.read(master, 10) == b"abc"
    assert hang_ups == []
    os.close(master)
    assert output.write("abc\n") == 4
    output.flush()
    assert hang_ups
    output.detach()
    os.close(slave)


@pytest.mark.skipif(not installed_command().exists(), reason="the command is not installed")
def test_a_terminal_closed_in_the_middle_of_drawing_ends_the_app(tmp_path: Path) -> None:
    command = [installed_command(), "demo", "--library", tmp_path / "library"]
    with Terminal(command) as terminal:
        terminal.see("saved #")
        terminal.type("JJKK" * 10)
        terminal.hang_up()
        assert terminal.process.wait(timeout=30) == 128 + signal.SIGHUP
    assert not list((tmp_path / "library").glob("*.lock"))
    check = subprocess.run([*map(str, command[:1]), "--library", tmp_path / "library", "check", "last"], capture_output=True, check=False)
    assert check.returncode == 0
