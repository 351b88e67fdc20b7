"""How the app holds the terminal's screen: taken once, given back when the app is stopped, taken again when it goes on, left once."""

from __future__ import annotations

import contextlib
import os
import signal
import termios
from typing import Any

from textual import constants, events
from textual.drivers.linux_driver import (
    KITTY_DISAMBIGUATE_ESCAPE_CODES,
    KITTY_REPORT_ALL_KEYS,
    KITTY_REPORT_ASSOCIATED_TEXT,
    LinuxDriver,
)
from textual.geometry import Size

from tui.terminal.ownership import on_signal

_KEYBOARD = f"\x1b[<u\x1b[>{KITTY_DISAMBIGUATE_ESCAPE_CODES | KITTY_REPORT_ALL_KEYS | KITTY_REPORT_ASSOCIATED_TEXT}u"
"""The keyboard protocol as Textual asks for it, in place of what was asked for before: it is taken back once only."""


class ScreenDriver(LinuxDriver):
    """Textual's driver, which signals do not bring out of step.

    Textual takes the screen again at every SIGCONT, even where it has it, or has left it for good: with a second thread that reads the
    terminal, for which nobody waits and which never ends.
    """

    _wants_screen = False
    """The app has taken the screen and not left it: whoever goes on after a stop takes it again."""
    _has_screen = False

    def start_application_mode(self) -> None:
        """Take the screen, and follow what the terminal tells by signals.

        They are answered between two steps of the app, one after another: a handler that interrupts another one would tell an older size
        last, and one that interrupts a write could wait for it for ever.
        """
        self._wants_screen = self._has_screen = True
        self._writer_thread = None
        super().start_application_mode()  # type: ignore[no-untyped-call]
        # In the background the screen is not to be had; it is taken by the SIGCONT that comes with the foreground.
        self._has_screen = self._writer_thread is not None
        self._raw = self._settings()
        on_signal(signal.SIGWINCH, self._tell_size)
        on_signal(signal.SIGTSTP, self._stop)
        on_signal(signal.SIGCONT, self._go_on)

    def stop_application_mode(self) -> None:
        """Leave the screen. Textual forgets one of the mouse's modes, which only some terminals have."""
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
        super().stop_application_mode()
        self._wants_screen = self._has_screen = False

    def write(self, data: str) -> None:
        """Write to the terminal while it is ours: an app that ends may still draw a frame, which would land among the lines of the shell."""
        if self._has_screen:
            super().write(data)

    # Textual answers these two from the moment it makes the driver, before the screen is taken.

    def _sigtstp_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop)

    def _sigcont_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._go_on)

    def _stop(self) -> None:
        """Give the terminal back and stop; not on the way out, which is short."""
        if self._app._exit:
            return
        if self._has_screen:
            self.suspend_application_mode()
            self._wants_screen = self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        """Go on after a stop: with the screen where it was given back, else with the one that is still ours."""
        if self._app._exit or not self._wants_screen:
            return
        if self._has_screen:
            self._mend()
        else:
            self.resume_application_mode()

    def _mend(self) -> None:
        """Bring the terminal back into our modes, and draw all of it: a stop that nobody is told of (SIGSTOP) left it to the shell as it was."""
        if self._raw is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._raw)
        self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h")
        if not constants.DISABLE_KITTY_KEY:
            self.write(_KEYBOARD)
        self._enable_bracketed_paste()
        self._disable_line_wrap()
        self._enable_mouse_support()
        if self._mouse_pixels:
            self._enable_mouse_pixels()
        if self._in_band_window_resize:
            self._enable_in_band_window_resize()
        self._tell_size()
        self._app.refresh(layout=True)

    def _settings(self) -> list[Any] | None:
        try:
            return termios.tcgetattr(self.fileno)
        except termios.error:  # it is gone, of which we are told otherwise
            return None

    def _tell_size(self) -> None:
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))
