"""A pseudo-terminal with a program in it: types keys, and reads the screen as a person would."""

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
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 30.0
"""Seconds to wait for what must appear; machines are slow at times."""


def installed_command() -> Path:
    """Give the installed `quarterdeck`, beside the Python that runs the tests."""
    return Path(sys.executable).parent / "quarterdeck"


class Terminal:
    """A program in a pseudo-terminal of a size."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        size: tuple[int, int] = (120, 40),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._output = b""
        self.master, slave = pty.openpty()
        self._set_size(*size)
        self.before = termios.tcgetattr(slave)
        # A size in the environment would stand above the terminal's own.
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        environment = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self._slave = slave
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=self._take_terminal,  # noqa: PLW1509 - the tests that use it have no threads
        )

    def _take_terminal(self) -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal."""
        self.screen.resize(lines, columns)
        self._set_size(columns, lines)

    def type(self, text: str) -> None:
        """Type text as it is; escape sequences are keys."""
        data = text.encode()
        while data:
            self._read(0)
            data = data[os.write(self.master, data) :]

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        with contextlib.suppress(OSError):
            data = os.read(self.master, 65536)
            self._output += data
            self._stream.feed(data)
            return bool(data)
        return False

    @property
    def text(self) -> str:
        """Give the screen as text."""
        return "\n".join(self.screen.display)

    @property
    def output(self) -> bytes:
        """Give everything that the program wrote."""
        return self._output

    def until(self, condition: Callable[[str], bool], what: str) -> str:
        """Read until the screen is as it must be."""
        end = time.monotonic() + PATIENCE
        while not condition(self.text):
            if time.monotonic() > end or (self.process.poll() is not None and not self._read(0)):
                raise AssertionError(f"{what} did not come; the screen shows:\n{self.text}\n(exit {self.process.poll()})")
            self._read(0.05)
        return self.text

    def see(self, *parts: str) -> str:
        """Read until all these texts stand on the screen."""
        return self.until(lambda text: all(part in text for part in parts), " and ".join(parts))

    def wait(self) -> int:
        """Read until the program ends, and give its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"the program did not end; the screen shows:\n{self.text}")
            self._read(0.05)
        while self._read(0):
            pass
        return int(self.process.returncode)

    def terminal_is_restored(self) -> bool:
        """Say whether the terminal's own settings are as they were before the program began."""
        return termios.tcgetattr(self._slave) == self.before

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        os.close(self.master)
        self.master = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        for fd in (self.master, self._slave):
            with contextlib.suppress(OSError):
                os.close(fd)
