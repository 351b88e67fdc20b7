"""The terminal that the app runs in: whether there is one, and how the app ends in it, whatever ends it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING

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


def end_on_signals(app: App[None]) -> None:
    """Have SIGTERM and SIGHUP end the app in an orderly way: files let go of, the terminal as it was, the usual exit code."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError, RuntimeError):
                loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))
