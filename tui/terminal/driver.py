"""Textual's driver for Linux and macOS, with the few changes that we need: see `TerminalDriver`."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.paste import PasteFilter

assert sys.platform != "win32"


def hang_up() -> None:
    """Send ourselves the signal of a closed terminal, which not every terminal sends."""
    os.kill(os.getpid(), signal.SIGHUP)


class TerminalOutput(TextIOWrapper):
    """The file that Textual's writing thread draws on. A failed write would end that thread and block the app: it hangs up instead."""

    def write(self, text: str) -> int:
        """Write text; hang up if the terminal is closed."""
        with _hanging_up():
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Send what was written to the terminal; hang up if it is closed."""
        with _hanging_up():
            super().flush()


@contextlib.contextmanager
def _hanging_up() -> Iterator[None]:
    try:
        yield
    except OSError:
        hang_up()


class TerminalDriver(LinuxDriver):
    """Textual's driver that draws on stdout, filters pastes, ends the app when its terminal is closed, and survives any SIGCONT."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Textual's own parameters
        super().__init__(*args, **kwargs)
        # A descriptor of our own: Textual would draw on stderr, which may go elsewhere.
        self._file = TerminalOutput(os.fdopen(os.dup(1), "wb"), encoding="utf-8", errors="backslashreplace")
        self._left = self._continuing = False
        # In place of Textual's handlers, which would interrupt what runs, themselves included.
        signal.signal(signal.SIGTSTP, self._on_stop)
        signal.signal(signal.SIGCONT, self._on_continue)

    def _on_stop(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop)

    def _on_continue(self, *_: object) -> None:
        if not self._continuing:
            self._continuing = True
            self._loop.call_soon_threadsafe(self.resume_application_mode)

    def _stop(self) -> None:
        """Leave the screen and stop, unless the app ends, which does not take long."""
        if not self._left:
            self.suspend_application_mode()
            os.kill(os.getpid(), signal.SIGSTOP)

    def write(self, data: str) -> None:
        """Write to the terminal, but not after the screen was left: a late frame would land among the lines of the shell."""
        if self._writer_thread is not None:
            super().write(data)

    def stop_application_mode(self) -> None:
        """Leave the screen, with the mouse mode that Textual does not reset, and wait until all of that is written."""
        self.write("\x1b[?1016l")
        super().stop_application_mode()
        self.close()  # an app that crashes on its way out does not come to it
        self._left = True

    def close(self) -> None:
        """Stop the writing thread."""
        super().close()
        self._writer_thread = None

    def suspend_application_mode(self) -> None:
        """Leave the screen for a while."""
        super().suspend_application_mode()
        self._left = False

    def resume_application_mode(self) -> None:
        """Take the screen again, unless the app has left it for good.

        After a SIGSTOP it was never left: leave it first, or two threads would read the terminal.
        """
        self._continuing = False
        if not self._left:
            self.suspend_application_mode()
            super().resume_application_mode()

    def run_input_thread(self) -> None:
        """Read the terminal until the app ends. Hand an error to the app: Textual would print a traceback."""
        try:
            self._read_input()
        except Exception as error:  # noqa: BLE001 - handed on whole
            self._loop.call_soon_threadsafe(_raise, error)

    def _read_input(self) -> None:
        parser = XTermParser()
        pastes = PasteFilter()
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], 0.1)[0]:
                data = self._read()
                if not data:
                    hang_up()
                    return
                if text := pastes.filtered(decode(data)):  # the parser takes an empty text for the end of the input
                    for message in parser.feed(text):
                        self.process_message(message)
            for message in parser.tick():
                self.process_message(message)

    def _read(self) -> bytes:
        with contextlib.suppress(OSError):
            return os.read(self.fileno, 4096)
        return b""


def _raise(error: Exception) -> None:
    raise error
