"""Every private name of Textual and asyncio that Quarterdeck uses, because there is no public way. A test compares this list with the code.

When Textual (now 8.2) or Python moves to a new version, look at these first.
"""

from __future__ import annotations

from typing import NamedTuple


class PrivateName(NamedTuple):
    """A private name: the module or class that owns it, the file that uses it, and why."""

    owner: str
    name: str
    file: str
    reason: str


PRIVATE_NAMES = (
    PrivateName("textual", "_xterm_parser", "terminal/driver.py", "Pastes are filtered before the parser sees them."),
    PrivateName("textual.drivers.linux_driver.LinuxDriver", "_file", "terminal/driver.py", "The app draws on stdout, and ends if it is closed."),
    PrivateName("textual.drivers.linux_driver.LinuxDriver", "_loop", "terminal/driver.py", "An error in the input thread ends the app."),
    PrivateName("textual.drivers.linux_driver.LinuxDriver", "_writer_thread", "terminal/driver.py", "Nothing is drawn after the screen was left."),
    PrivateName("textual.app.App", "_handle_exception", "host/terminal_app.py", "Textual would print local variables, which may be votes."),
    PrivateName("asyncio.base_events.BaseEventLoop", "_ready", "host/typing_ahead.py", "A key waits until nothing is left to run."),
    PrivateName("textual.widget.Widget", "_set_dirty", "widgets/cached.py", "The cached lines are dropped with Textual's own."),
)
