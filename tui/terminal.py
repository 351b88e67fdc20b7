"""The terminal that the app runs in: whether there is one, and how the app ends in it, whatever ends it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from sessions.errors import QuarterdeckError

if TYPE_CHECKING:
    from textual.app import App


class NoTerminalError(QuarterdeckError):
    """There is no terminal to draw on."""

    exit_code = 2


def check_terminal() -> None:
    """Refuse to draw where nobody could see it, or where it could not be drawn.

    Raises:
        NoTerminalError: stdin or stdout is not a terminal, or the terminal cannot place text.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminalError(
            "Quarterdeck needs a terminal for this: run it without pipes, or use list, summary, export, check or new --dry-run in scripts."
        )
    if os.environ.get("TERM") == "dumb":
        raise NoTerminalError("This terminal (TERM=dumb) cannot draw the screen: use another one, or set TERM, for example to xterm-256color.")
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if not encoding.startswith("utf"):
        raise NoTerminalError(f"The terminal writes {encoding or 'no known encoding'}, not UTF-8: set PYTHONUTF8=1 or a UTF-8 locale.")


class Output:
    """The screen's way out, which a closed terminal cannot break.

    Textual writes in a thread of its own. A failed write would end that thread, and the app would wait for it for ever, holding the session.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._gone = False

    def write(self, text: str) -> int:
        """Write text; where there is no terminal any more, hang up."""
        if not self._gone:
            try:
                return self._file.write(text)
            except OSError:
                self._hang_up()
        return len(text)

    def flush(self) -> None:
        """Bring what was written to the terminal."""
        if not self._gone:
            try:
                self._file.flush()
            except OSError:
                self._hang_up()

    def _hang_up(self) -> None:
        """End the app in the way that a closed terminal does, for not everybody who closes one says so."""
        self._gone = True
        with contextlib.suppress(AttributeError):  # Windows knows no such signal
            os.kill(os.getpid(), signal.SIGHUP)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a file has
        return getattr(self._file, name)


@contextlib.contextmanager
def lasting_output() -> Iterator[None]:
    """Have the screen written through an `Output` while an app runs."""
    original = sys.__stderr__
    if original is None:
        yield
        return
    # Textual takes its way out from here, and has no parameter for it in 8.2.
    vars(sys)["__stderr__"] = Output(original)
    try:
        yield
    finally:
        vars(sys)["__stderr__"] = original


def end_on_signals(app: App[None]) -> None:
    """Have SIGTERM and SIGHUP end the app in an orderly way: files let go of, the terminal as it was, the usual exit code."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError, RuntimeError):
                loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))
