"""What a command line opens on the screen: the library, a session, its replay, the demo. Textual is imported last of all."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.endings import tell

if TYPE_CHECKING:
    from sessions.library.library import Library, OpenSession
    from tui.app.app import FirstScreen


class Chosen:
    """What was said before the command's name."""

    library: Path | None = None
    light = False


def library_in(folder: Path | None) -> Library:
    """Return the library in a folder, or in the one that was chosen before the command's name, or in the usual one."""
    from tui.environment import library_folder, open_library  # noqa: PLC0415 - pydantic and tinydb cost a third of a second

    return open_library(library_folder(folder or Chosen.library))


def open_screen(library: Library, first: FirstScreen) -> None:
    """Run the app from its first screen to its end.

    Raises:
        NoTerminalError: there is none.
        QuarterdeckError: too few files may be open.
        SystemExit: the app has ended.
    """
    from tui.terminal.ownership import check_files, check_terminal, own_terminal  # noqa: PLC0415 - only where a screen opens

    check_terminal()
    check_files()
    Chosen.library = library.folder
    from sessions.errors import RecordError  # noqa: PLC0415
    from tui.app.app import QuarterdeckApp  # noqa: PLC0415 - Textual, last of all
    from tui.terminal.stray_output import sentence as stray  # noqa: PLC0415
    from tui.themes import LIGHT  # noqa: PLC0415

    screen = QuarterdeckApp(library, first, theme=LIGHT if Chosen.light else "")
    with own_terminal() as left:
        screen.run()
    with contextlib.suppress(RecordError):
        library.entries()  # how far the session went is known the next time, should something be removed from its end
    for line in filter(None, [screen.problem, *map(stray, left)]):
        tell(line)
    raise SystemExit(screen.return_code or 0)


def home_screen(_: Any) -> Any:  # noqa: ANN401 - the app and its screen, whose types would load Textual
    """Return the screen of the library."""
    from tui.library.screen import HomeScreen  # noqa: PLC0415

    return HomeScreen()


def open_session(library: Library, opened: OpenSession, *, tip: str = "") -> None:
    """Show a session that was opened. Raises as `open_screen` does."""

    def first(screen_app: Any) -> Any:  # noqa: ANN401 - as above
        from tui.board.screen import SessionScreen  # noqa: PLC0415

        screen_app.keep_open(opened)
        return SessionScreen(opened, tip=tip)

    open_screen(library, first)


def replay_session(library: Library, session: str) -> None:
    """Replay a session, event by event. Raises as `open_screen` does, and RecordError where it cannot be found or read."""
    from sessions.library.library import read_session  # noqa: PLC0415

    recordeds, problem = read_session(library.find(session))

    def first(screen_app: Any) -> Any:  # noqa: ANN401 - as above
        from tui.replay.screen import ReplayScreen  # noqa: PLC0415

        if problem:
            screen_app.say(problem, warning=True)
        return ReplayScreen(recordeds)

    open_screen(library, first)


def open_demo(folder: Path | None) -> None:
    """Make the demo's session in a folder, or in one that is thrown away, and show it. Raises as `open_screen` does."""
    from sessions.sample.demo import TIP  # noqa: PLC0415
    from tui.cli.demo import make_demo  # noqa: PLC0415
    from tui.cli.throw_away import throw_away_library  # noqa: PLC0415
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415

    check_terminal()
    library = library_in(folder) if folder else throw_away_library()
    with library.open(make_demo(library)) as opened:
        open_session(library, opened, tip=TIP)
