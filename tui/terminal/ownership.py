"""The terminal that the app runs in: whether there is one, and how the app ends in it, whatever ends it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from sessions.errors import QuarterdeckError
from tui.terminal.stray_output import strays_kept

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


_BEGIN, _END = "\x1b[?1049h", "\x1b[?1049l"
_LEAVE = (
    "\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[?7h"  # mouse, focus, paste
    f"\x1b[<u{_END}\x1b[?25h\x1b[0m"  # keyboard, the alternate screen, the cursor, colours
)


class Output:
    """The screen's way out, which a closed terminal cannot break.

    Textual writes in a thread of its own. A failed write would end that thread, and the app would wait for it for ever, holding the session.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._gone = False
        self._drawing = False

    def write(self, text: str) -> int:
        """Write text; where there is no terminal any more, hang up."""
        if text in (_BEGIN, _END):
            self._drawing = text == _BEGIN
        if not self._gone:
            try:
                return self._file.write(text)
            except OSError:
                self._lost()
            except ValueError:  # closed meanwhile: an app that broke on its way out may have left its writing thread behind
                self._gone = True
        return len(text)

    def flush(self) -> None:
        """Bring what was written to the terminal."""
        if not self._gone:
            try:
                self._file.flush()
            except OSError:
                self._lost()
            except ValueError:
                self._gone = True

    def leave(self) -> None:
        """Leave the alternate screen and every mode, where the app has not come to do so itself; then close."""
        gone, self._gone = self._gone, True  # whatever still writes comes too late
        with contextlib.suppress(OSError):
            if not gone:
                self._file.write(_LEAVE if self._drawing else "")
                self._file.flush()
        with contextlib.suppress(OSError):
            self._file.close()

    def _lost(self) -> None:
        self._gone = True
        hang_up()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a file has
        return getattr(self._file, name)


def hang_up() -> None:
    """End the app in the way that a closed terminal does, for not everybody who closes one says so."""
    with contextlib.suppress(AttributeError):  # Windows knows no such signal
        os.kill(os.getpid(), signal.SIGHUP)


@contextlib.contextmanager
def own_terminal() -> Iterator[list[Path]]:
    """Let an app have the terminal, and have it back as it was, even from an app that dies.

    The app draws on what stdout is, wherever stderr goes. Gives a list that afterwards holds the files that were left behind.
    """
    if sys.platform == "win32":
        yield []
        return
    import termios  # noqa: PLC0415 - Unix only

    keys = sys.stdin.fileno()
    settings = termios.tcgetattr(keys)
    output = Output(os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", errors="backslashreplace"))
    before = {name: getattr(sys, name) for name in ("__stdout__", "__stderr__")}
    # Textual takes its way out from these two, and the terminal's size; it has no parameter for them in 8.2.
    vars(sys).update(dict.fromkeys(before, output))
    try:
        with strays_kept() as left:
            yield left
    finally:
        _hear_no_more()
        vars(sys).update(before)
        output.leave()
        with contextlib.suppress(termios.error):
            termios.tcsetattr(keys, termios.TCSANOW, settings)


def on_signal(number: int, answer: Callable[[], object]) -> None:
    """Have the running loop answer a signal between two steps of the app.

    The loop's own way is a byte in a pipe that every key goes through as well, and where that is full it forgets the signal. So it only wakes
    the loop up, if that is needed at all, and Python's handler says what to do.
    """
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(number, _nothing)
    signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(answer))


def _nothing() -> None:
    """Do nothing: somebody else does."""


class _End:
    """Ends an app at the first signal, and takes no notice of those that follow. One that comes after the app's own end ends what is left."""

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
        self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=128 + number))


def _ends() -> list[signal.Signals]:
    return [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def end_on_signals(app: App[None]) -> None:
    """Have SIGINT, SIGTERM and SIGHUP end the app in an orderly way: files let go of, the terminal as it was, the usual exit code.

    Whoever sends one often sends another, which must not break off the ending: after the first none is heard any more.
    """
    end = _End(app)
    for each in _ends():
        signal.signal(each, end)


def _hear_no_more() -> None:
    """After an end by a signal, ignore the others until the process is gone, for Python itself stops answering before.

    Not while the app ends: a signal that has come but was not answered when it began to be ignored, Python complains of. Here there is only
    this thread, which none reaches meanwhile.
    """
    numbers = [each for each in _ends() if isinstance(answer := signal.getsignal(each), _End) and answer.begun]
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    for each in numbers:
        signal.signal(each, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_on_failed_callbacks(fail: Callable[[Exception], None]) -> None:
    """Have an error in a callback of the event loop, which no task would report, end the app as any other error does."""

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if "handle" in context and isinstance(error, Exception):
            fail(error)
        else:
            loop.default_exception_handler(context)

    asyncio.get_running_loop().set_exception_handler(handle)
