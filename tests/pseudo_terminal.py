"""A pseudo-terminal with a program in it: types keys, and reads the screen as a person would."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte
import pytest
from sources import ROOT

termios = pytest.importorskip("termios", reason="pseudo-terminals are a Unix thing")
fcntl = pytest.importorskip("fcntl")

PATIENCE = 60.0
"""Seconds to wait for what must appear; machines are slow at times."""
LATEST = 6000
"""Bytes of the program's latest output that a failure shows."""


def installed_command() -> Path:
    """Return the installed `quarterdeck`, beside the Python that runs the tests."""
    return Path(sys.executable).parent / "quarterdeck"


def with_fault(code: str, *words: str | Path) -> list[str | Path]:
    """Return the whole program as a command, in which some code runs before it begins: the fault that a test is about."""
    return [sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{code}\nfrom tui.cli.main import main\nmain()", *words]


_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])|\x1b\[([<>])[0-9]*u")
_ON_AT_FIRST = {7, 25}
"""The modes of a terminal that are on before a program changes them: wrapped lines, and a cursor that is seen."""


def changed_modes(output: bytes) -> set[str]:
    """Return the modes that a program left otherwise than it found them, read from all it wrote: `?1049` is the alternate screen,
    `?25` the cursor, `?1000` and its neighbours the mouse, `?2004` bracketed paste; `keyboard` is the pushed keyboard protocol.
    """
    modes: dict[int, bool] = {}
    pushed = 0
    for numbers, end, push in _MODE.findall(output):
        if push:
            pushed = max(0, pushed + (1 if push == b">" else -1))
        for number in filter(None, numbers.split(b";")):
            modes[int(number)] = end == b"h"
    changed = {f"?{number}" for number, on in modes.items() if on != (number in _ON_AT_FIRST)}
    return changed | ({"keyboard"} if pushed else set())


class Terminal:
    """A program in a pseudo-terminal of a size; what `env` gives as None is unset."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        size: tuple[int, int] = (120, 40),
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.output = b""
        """Everything that the program wrote."""
        self.master, self._slave = os.openpty()
        self.set_size(*size)
        self.before = termios.tcgetattr(self._slave)
        # A size in the environment would override the terminal's own.
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        wanted = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env={name: value for name, value in wanted.items() if value is not None},
            cwd=cwd,
            start_new_session=True,
            preexec_fn=self._take_terminal,  # noqa: PLW1509 - the tests that use it have no threads
        )

    def _take_terminal(self) -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):  # a test run in the background ignores these
            signal.signal(number, signal.SIG_DFL)

    def set_size(self, columns: int, lines: int) -> None:
        """Set another size; what the program draws is then read as if the size had not changed."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal."""
        self.screen.resize(lines, columns)
        self.set_size(columns, lines)

    def type(self, text: str | bytes, *seen: str) -> None:
        """Type text as it is, where escape sequences are keys, and read until the screen shows all that it must."""
        data = text.encode() if isinstance(text, str) else text
        while data:
            self._read(0)
            data = data[os.write(self.master, data) :]
        self.see(*seen)

    def hold(self, key: str, *, rate: int, seconds: float) -> int:
        """Hold a key that repeats so many times a second, reading the screen meanwhile; give how often it was pressed."""
        pressed, begun, total = 0, time.monotonic(), round(rate * seconds)
        while pressed < total:
            due = min(total, int((time.monotonic() - begun) * rate))
            self.type(key * (due - pressed))
            pressed = due
            self._read(0.5 / rate)
        return pressed

    def read_for(self, seconds: float) -> None:
        """Read what is drawn in that time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def read_rest(self) -> None:
        """Read what was written and not yet read."""
        while self._read(0):
            pass

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        with contextlib.suppress(OSError):
            data = os.read(self.master, 65536)
            self.output += data
            try:
                self._stream.feed(data)
            except Exception as error:
                raise AssertionError(f"the program wrote what no terminal understands, at the end of {self.output[-LATEST:]!r}") from error
            return bool(data)
        return False

    @property
    def text(self) -> str:
        """Return the screen as text."""
        return "\n".join(self.screen.display)

    def read_until(self, condition: Callable[[], bool], what: str) -> None:
        """Read until something holds, on the screen or elsewhere: a process stopped, a file was written."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end or (self.process.poll() is not None and not self._read(0) and not condition()):
                latest = f"the latest output is {self.output[-LATEST:]!r}; the screen shows:\n{self.text}"
                raise AssertionError(f"{what} did not come (exit {self.process.poll()}); {latest}")
            self._read(0.02)

    def until(self, condition: Callable[[str], bool], what: str) -> str:
        """Read until the screen is as it must be, and return it."""
        self.read_until(lambda: condition(self.text), what)
        return self.text

    def see(self, *parts: str) -> str:
        """Read until all these texts are on the screen, and return it."""
        return self.until(lambda text: all(part in text for part in parts), " and ".join(parts))

    def wait(self) -> int:
        """Read until the program ends, and return its exit code."""
        self.read_until(lambda: self.process.poll() is not None, "the end")
        self.read_rest()
        return int(self.process.returncode)

    def ends(self, code: int = 0) -> None:
        """Wait for the end, with this exit code and a terminal as it was before."""
        assert self.wait() == code, self.text
        self.is_as_before()

    def quits(self) -> None:
        """Leave the session from its board."""
        self.type("q\r")
        self.ends()

    def is_as_before(self) -> None:
        """Check that nothing is left of the program in the terminal: no setting, no mode, and not the alternate screen."""
        self.read_rest()
        left = changed_modes(self.output)
        assert not left, f"left behind: {', '.join(sorted(left))}"
        assert termios.tcgetattr(self._slave) == self.before, "the terminal's settings are not as before"

    def is_stopped(self) -> bool:
        """Return whether the program has stopped, to go on later."""
        pid, status = os.waitpid(self.process.pid, os.WNOHANG | os.WUNTRACED)
        return pid != 0 and os.WIFSTOPPED(status)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does, and this side's hold on the program's end, too."""
        for fd in (self.master, self._slave):
            os.close(fd)
        self.master = self._slave = -1

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


def in_session(library: Path, fault: str = "", **more: Any) -> Terminal:
    """Open the last session of a library in a terminal."""
    return Terminal(with_fault(fault, "--library", library, "open", "last"), **more)
