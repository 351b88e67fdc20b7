"""What it costs to start, until the first frame stands in the terminal, and what memory the board then takes.

Both sides run as programs of their own in a pseudo-terminal; CPU time is what the system counted for them when they are ended as soon
as their first card (the floor: its one word) arrived.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.frames import SIZE
from tests.benchmarks.samples import folder, library, portfolio, title
from tests.benchmarks.table import Row, in_turn

USUAL, LARGE = 24, 1_000
"""Cards of the portfolios."""
ROUNDS = 9
_PATIENCE = 30
_SETTLED = 1.0
"""Seconds after the first frame at which memory is looked at."""
_ROOT = Path(__file__).parents[2]

_FLOOR = """
import pydantic, tinydb
from textual.app import App
from textual.widgets import Static

class Model(pydantic.BaseModel):
    name: str

class Minimal(App):
    def compose(self):
        yield Static("first frame")

Minimal().run()
"""
_OURS = "import sys; from tui.cli.main import main; main()"


class Program:
    """A program in a pseudo-terminal, run until it shows a text."""

    def __init__(self, command: Sequence[str], shows: str, bytecode: Path) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")}
        # An installed program finds its bytecode: both sides leave theirs in a folder of the benchmark, in the round that warms up.
        environment = {**kept, "PYTHONPATH": str(_ROOT), "PYTHONPYCACHEPREFIX": str(bytecode)}
        self._process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=_ROOT)
        os.close(slave)
        self._read_until(shows.encode())

    def _read_until(self, wanted: bytes) -> None:
        seen, end = b"", time.monotonic() + _PATIENCE
        while wanted not in seen:
            seen += self._read(end - time.monotonic())
            if time.monotonic() > end or self._process.poll() is not None:
                raise AssertionError(f"{self._process.args!r} never showed {wanted!r}: {seen[-2000:]!r}")

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._master], [], [], max(0, seconds))[0]:
            return b""
        try:
            return os.read(self._master, 1 << 16)
        except OSError:
            return b""  # the program has closed its side

    def memory(self) -> float:
        """Return the resident memory in megabytes once it has settled."""
        end = time.monotonic() + _SETTLED
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        answer = subprocess.run(["ps", "-o", "rss=", "-p", str(self._process.pid)], capture_output=True, text=True, check=True)
        return int(answer.stdout) / 1024

    def end(self) -> float:
        """End it at once; give its CPU time, user and system, in milliseconds."""
        self._process.send_signal(signal.SIGKILL)
        _, _, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = -signal.SIGKILL
        with contextlib.suppress(OSError):
            os.close(self._master)
        return (usage.ru_utime + usage.ru_stime) * 1000


def _floor(path: Path) -> Program:
    return Program([sys.executable, "-c", _FLOOR], "first frame", path / "bytecode")


def _ours(path: Path, count: int) -> Program:
    home = path / str(count)
    return Program([sys.executable, "-c", _OURS, "--library", str(home), "open", "last"], title(0)[: len("Project 0 with")], path / "bytecode")


def _cpu_of(start: Callable[[], Program]) -> float:
    return start().end()


def _memory_of(start: Callable[[], Program]) -> float:
    program = start()
    memory = program.memory()
    program.end()
    return memory


def start_and_memory() -> list[Row]:
    """Start both in turn; then look at what they hold."""
    with folder() as path:
        for count in (USUAL, LARGE):
            library(path / str(count), quick=True).create(portfolio(count)).close()
        floor, usual, large = partial(_floor, path), partial(_ours, path, USUAL), partial(_ours, path, LARGE)
        least, took = in_turn([partial(_cpu_of, each) for each in (floor, usual)], ROUNDS)
        memory_floor, memory = in_turn([partial(_memory_of, each) for each in (floor, large)], 3)
    return [
        Row(f"start to first frame, {USUAL} cards", took, least, 1.4),
        Row(f"memory, {LARGE:,} cards open", memory, memory_floor, 1.35, "MB"),
    ]


ROWS = (start_and_memory,)
