"""What ends the app from outside its screens: signals, a closed terminal, and errors in callbacks of the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App


if sys.platform == "win32":
    _ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGBREAK)
    _STOPS: tuple[signal.Signals, ...] = ()
else:
    _ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    _STOPS = (signal.SIGTSTP, signal.SIGCONT)


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
        for each in _STOPS:  # Textual would take the screen again on the way out
            signal.signal(each, _do_nothing)
        self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=128 + number))


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Ignore a signal: SIG_IGN has Python complain of one that arrived before."""


def end_on_signals(app: App[None]) -> None:
    """End the app in an orderly way at a signal to end, such as SIGTERM: files closed, terminal restored, exit code 128 + number.

    Later signals are ignored, so that a second one does not break off the ending.
    """
    end = _End(app)
    for each in _ENDINGS:
        signal.signal(each, end)


@contextlib.contextmanager
def calling_on_signals(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` in the running loop at a signal to end. One that was ignored, as SIGHUP is under nohup, stays ignored."""
    loop = asyncio.get_running_loop()
    before = {each: handler for each in _ENDINGS if (handler := signal.getsignal(each)) is not signal.SIG_IGN}
    for each in before:
        signal.signal(each, lambda *_: loop.call_soon_threadsafe(end))
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def ignore_more_signals() -> None:
    """After an end by a signal, ignore the others until the process is gone, because Python stops handling them before that.

    They are blocked meanwhile: Python complains of a signal that arrived before it was ignored and was not yet handled.
    """
    numbers = [each for each in _ENDINGS if isinstance(handler := signal.getsignal(each), _End) and handler.begun]
    with _blocked(numbers):
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)


@contextlib.contextmanager
def _blocked(numbers: Sequence[signal.Signals]) -> Iterator[None]:
    """Block signals, if the system can."""
    if sys.platform == "win32":
        yield
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
        yield
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
