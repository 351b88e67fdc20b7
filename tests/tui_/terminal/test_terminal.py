"""The way out to the terminal: what happens when nobody holds its other end any more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a Unix thing", allow_module_level=True)

from pseudo_terminal import ROOT, Terminal, installed_command

from tui.terminal.ownership import Output


@pytest.fixture
def hang_ups() -> Iterator[list[int]]:
    seen: list[int] = []
    before = signal.signal(signal.SIGHUP, lambda number, _: seen.append(number))
    yield seen
    signal.signal(signal.SIGHUP, before)


def test_output_goes_to_the_terminal_while_there_is_one(hang_ups: list[int]) -> None:
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as file:
        output = Output(file)
        assert output.write("abc") == 3
        output.flush()
        assert os.read(master, 10) == b"abc"
        assert output.isatty()
        assert output.fileno() == slave
    os.close(master)
    assert hang_ups == []


def test_a_closed_terminal_breaks_no_write_and_is_told_once(hang_ups: list[int]) -> None:
    master, slave = os.openpty()
    os.close(master)
    output = Output(os.fdopen(slave, "w", buffering=1, closefd=False))
    for _ in range(3):
        assert output.write("abc\n") == 4
        output.flush()
    assert hang_ups == [signal.SIGHUP]
    os.close(slave)


TAKE = """
import os, sys
from tui.terminal.ownership import own_terminal
before = sys.__stdout__, sys.__stderr__
with own_terminal():
    assert sys.__stdout__ is sys.__stderr__
    assert os.get_terminal_size(sys.__stdout__.fileno()).columns == 77
    sys.__stderr__.write("\\x1b[?1049h")
    sys.__stderr__.write("\\x1b[?1003h\\x1b[?25l")
    os.system("stty raw -echo")
assert (sys.__stdout__, sys.__stderr__) == before
print("again")
"""


@pytest.mark.system
def test_the_terminal_is_put_back_even_by_an_app_that_does_not(tmp_path: Path) -> None:
    with Terminal([sys.executable, "-c", TAKE], size=(77, 20), env={"PYTHONPATH": str(ROOT)}) as terminal:
        assert terminal.wait() == 0
        assert terminal.is_as_before()
        assert "again" in terminal.text


@pytest.mark.system
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
