"""A pseudo-terminal with a program in it: types keys, and reads the screen as a person would."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 10.0
"""Seconds to wait for what must appear; machines are slow at times."""
LATEST = 6000
"""Bytes of the program's latest output that a failure shows."""


ROOT = Path(__file__).parent.parent


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
        limit: Callable[[], None] | None = None,
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._output = b""
        self.master, slave = pty.openpty()
        self.set_size(*size)
        self.before = termios.tcgetattr(slave)
        # A size in the environment would stand above the terminal's own.
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        wanted = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        environment = {name: value for name, value in wanted.items() if value is not None}
        self._slave = slave
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=partial(self._take_terminal, limit),  # noqa: PLW1509 - the tests that use it have no threads
        )

    def _take_terminal(self, limit: Callable[[], None] | None) -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):  # who runs the tests in the background has these ignored
            signal.signal(number, signal.SIG_DFL)
        if limit is not None:
            limit()

    def set_size(self, columns: int, lines: int) -> None:
        """Tell the program another size; what it draws is then read as if the size had not changed."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal."""
        self.screen.resize(lines, columns)
        self.set_size(columns, lines)

    def type(self, text: str) -> None:
        """Type text as it is; escape sequences are keys."""
        data = text.encode()
        while data:
            self._read(0)
            data = data[os.write(self.master, data) :]

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

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        with contextlib.suppress(OSError):
            data = os.read(self.master, 65536)
            self._output += data
            try:
                self._stream.feed(data)
            except Exception as error:
                raise AssertionError(f"the program wrote what no terminal understands, at the end of {self._output[-LATEST:]!r}") from error
            return bool(data)
        return False

    @property
    def text(self) -> str:
        """Return the screen as text."""
        return "\n".join(self.screen.display)

    @property
    def output(self) -> bytes:
        """Return everything that the program wrote."""
        return self._output

    def _missing(self, what: str) -> str:
        latest = f"the latest output is {self._output[-LATEST:]!r}"
        return f"{what} did not come; {latest}; the screen shows:\n{self.text}\n(exit {self.process.poll()})"

    def until(self, condition: Callable[[str], bool], what: str) -> str:
        """Read until the screen is as it must be."""
        end = time.monotonic() + PATIENCE
        while not condition(self.text):
            if time.monotonic() > end or (self.process.poll() is not None and not self._read(0)):
                raise AssertionError(self._missing(what))
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
        """Return whether the terminal's own settings are as they were before the program began."""
        return termios.tcgetattr(self._slave) == self.before

    def is_as_before(self) -> bool:
        """Return whether nothing is left of the program in the terminal: no setting, no mode, and not the alternate screen."""
        left = changed_modes(self._output)
        assert not left, f"left behind: {', '.join(sorted(left))}"
        assert self.terminal_is_restored(), "the terminal's settings are not as before"
        return True

    def read_until(self, condition: Callable[[], bool], what: str) -> None:
        """Read until something holds that is not on the screen: a process stopped, a file was written."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come; the screen shows:\n{self.text}\n(exit {self.process.poll()})")
            self._read(0.02)
        while self._read(0):  # what the program wrote before is here, but may not have been read
            pass

    def is_stopped(self) -> bool:
        """Return whether the program has stopped, to go on later."""
        pid, status = os.waitpid(self.process.pid, os.WNOHANG | os.WUNTRACED)
        return pid != 0 and os.WIFSTOPPED(status)

    def hang_up(self, *, all_of_it: bool = False) -> None:
        """Close the terminal, as a lost connection does; all of it: this side's hold on the program's end, too."""
        os.close(self.master)
        self.master = -1
        if all_of_it:
            os.close(self._slave)
            self._slave = -1

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
