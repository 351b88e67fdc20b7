"""The terminal that the app runs in: whether there is a usable one, and what holds while the app has it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.errors import QuarterdeckError
from tui.terminal.signals import ignore_more_signals
from tui.terminal.stray_output import stray_output_kept

if TYPE_CHECKING:
    from textual.driver import Driver


class NoTerminalError(QuarterdeckError):
    """There is no terminal to draw on."""

    exit_code = 2


def check_terminal() -> None:
    """Refuse to draw without a terminal, or on one that cannot draw the screen.

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


def driver_class() -> type[Driver] | None:
    """Return our own driver; None for Textual's on Windows, or if the environment names another one."""
    from textual import constants  # noqa: PLC0415 - only once the app begins

    if sys.platform != "win32" and not constants.DRIVER:
        from tui.terminal.driver import TerminalDriver  # noqa: PLC0415 - it needs a terminal of Unix

        return TerminalDriver
    return None


@contextlib.contextmanager
def own_terminal() -> Iterator[list[Path]]:
    """Let an app have the terminal. Yield a list that afterwards holds the file of stray output, if there was any."""
    with stray_output_kept() as found:
        try:
            yield found
        finally:
            ignore_more_signals()
