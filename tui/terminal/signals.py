"""What ends the app from outside its screens: signals, a closed terminal, and errors in callbacks of the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App


def hang_up() -> None:
    """Send ourselves the signal of a closed terminal, which not every terminal sends."""
    with contextlib.suppress(AttributeError):  # Windows has no such signal
        os.kill(os.getpid(), signal.SIGHUP)


class _End:
    """Ends an app at the first signal and ignores those that follow. After the app's own end a signal ends the process."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._loop = asyncio.get_running_loop()
        self.begun = False

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if self.begun:
            return
        if self._loop.is_closed():
            raise SystemExit(128 + number)
        self.begun = True
        for each in _signals("SIGTSTP", "SIGCONT"):  # Textual would take the screen again on the way out
            signal.signal(each, _do_nothing)
        self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=128 + number))


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Ignore a signal: SIG_IGN has Python complain of one that arrived before."""


def _signals(*names: str) -> list[signal.Signals]:
    """Return those of the signals that this platform has."""
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def _endings() -> list[signal.Signals]:
    return _signals("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")


def end_on_signals(app: App[None]) -> None:
    """End the app in an orderly way at SIGINT, SIGTERM, SIGHUP and SIGQUIT: files closed, terminal restored, exit code 128 + number.

    Later signals are ignored, so that a second one does not break off the ending.
    """
    end = _End(app)
    for each in _endings():
        signal.signal(each, end)


def ignore_more_signals() -> None:
    """After an end by a signal, ignore the others until the process is gone, because Python stops handling them before that.

    They are blocked meanwhile: Python complains of a signal that arrived before it was ignored and was not yet handled.
    """
    numbers = [each for each in _endings() if isinstance(handler := signal.getsignal(each), _End) and handler.begun]
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    for each in numbers:
        signal.signal(each, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_on_failed_callbacks(fail: Callable[[Exception], None]) -> None:
    """Pass an error in a callback of the event loop, which no task reports, to `fail`."""

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if "handle" in context and isinstance(error, Exception):
            fail(error)
        else:
            loop.default_exception_handler(context)

    asyncio.get_running_loop().set_exception_handler(handle)
