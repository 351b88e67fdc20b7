"""The screens that the command line opens. Textual is imported last of all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sessions.errors import QuarterdeckError, RecordError
from tui.cli.help.next_step import say_next, say_next_of
from tui.cli.output import print_crash, print_error

if TYPE_CHECKING:
    from sessions.library.library import Library, OpenSession, SessionRef
    from sessions.record.events import Recorded
    from tui.app.app import FirstScreen
    from tui.host.shared import RoomOptions
    from tui.host.terminal_app import TerminalApp
    from tui.joined.watching import Watched


def open_screen(
    library: Library, first: FirstScreen, *, light: bool = False, room: RoomOptions | None = None, about: SessionRef | None = None
) -> None:
    """Run the app from its first screen to its end. `about` is the session that it begins with.

    Raises:
        NoTerminalError: there is no terminal to draw on.
        SystemExit: the app has ended.
    """
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415 - only when a screen opens

    check_terminal()
    from tui.app.app import QuarterdeckApp  # noqa: PLC0415 - Textual, last of all
    from tui.environment import resume_command  # noqa: PLC0415
    from tui.host.shared import AS_USUAL  # noqa: PLC0415
    from tui.themes import LIGHT  # noqa: PLC0415

    app = QuarterdeckApp(library, first, theme=LIGHT if light else "", room=room or AS_USUAL)
    try:
        told = _run(app)
    except OSError:
        raise  # the command line has a sentence for it
    except Exception as error:  # noqa: BLE001 - what the app could not report itself
        print_crash(error, resume_command(library.location))
        raise SystemExit(1) from None
    with contextlib.suppress(RecordError):
        learn(library)
    if not told and not app.return_code:
        _say_next(library, about)
    raise SystemExit(app.return_code or 0)


def _run(app: TerminalApp) -> bool:
    """Run an app to its end; print what went wrong, and return whether anything did."""
    from tui.terminal.ownership import own_terminal  # noqa: PLC0415 - only when a screen opens
    from tui.terminal.stray_output import sentence as stray  # noqa: PLC0415

    with own_terminal() as left:
        app.run()
    told = [*filter(None, [app.problem, *map(stray, left)])]
    for line in told:
        print_error(line)
    return bool(told)


def _say_next(library: Library, about: SessionRef | None) -> None:
    """Name what comes after the screens, for the session that they showed or the last one."""
    from tui.environment import resume_command  # noqa: PLC0415

    if resume_command(library.location):
        say_next_of(library, about, page=True)
    else:  # a demo
        say_next("new", "portfolio.csv")


def learn(library: Library) -> None:
    """Let the index learn how long the sessions are, so that a later truncation is noticed, and the value ratio of one that was just closed."""
    latest = library.entries()[:1]
    if any(each.measures and not each.value for each in latest):
        from sessions.library.trending import with_values  # noqa: PLC0415 - only after a session's end

        with_values(library, latest)


def open_joined(base: str, *, watch: bool, light: bool = False) -> None:
    """Run a participant's terminal to its end.

    Raises:
        NoTerminalError: there is no terminal to draw on.
        QuarterdeckError: what it needs is not installed.
        SystemExit: the app has ended.
    """

    def first() -> Any:  # noqa: ANN401 - as below
        try:
            from tui.joined.screen import JoinedScreen  # noqa: PLC0415
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("aiohttp"):
                raise QuarterdeckError("Joining a room needs a part that is not installed: pip install 'quarterdeck[room]'.") from None
            raise
        return JoinedScreen(base, watch=watch)

    _run_joined(first, ("join", base), light=light)


def open_watched(watched: Watched, library: Library, name: str, *, light: bool = False) -> None:
    """Run the audience's window of a session of that name to its end. Raises as `open_joined` does."""

    def first() -> Any:  # noqa: ANN401 - as below
        from tui.joined.watching import WatchScreen  # noqa: PLC0415

        return WatchScreen(watched)

    _run_joined(first, ("watch", name), library, light=light)


def _run_joined(first: Callable[[], Any], again: Sequence[str], library: Library | None = None, *, light: bool) -> None:
    """Run an app that the command `again` reopens."""
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415 - only when a screen opens

    check_terminal()
    from tui.environment import command_line, library_place  # noqa: PLC0415
    from tui.joined.app import JoinedApp  # noqa: PLC0415
    from tui.themes import LIGHT  # noqa: PLC0415

    app = JoinedApp(first(), command_line(library.location if library else library_place(None), *again), theme=LIGHT if light else "")
    if not _run(app) and not app.return_code:
        say_next(*again, library=library)
    raise SystemExit(app.return_code or 0)


def home_screen(_: Any) -> Any:  # noqa: ANN401 - the app and its screen, whose types would load Textual
    """Return the screen of the library."""
    from tui.library.screen import HomeScreen  # noqa: PLC0415

    return HomeScreen()


def session_screen(opened: OpenSession, *, tip: str = "", partnership: bool = False) -> FirstScreen:
    """Return what makes the screen of an open session; with `partnership`, what both sides say about it is above."""

    def first(app: Any) -> Any:  # noqa: ANN401 - as above
        from tui.board.screen import SessionScreen  # noqa: PLC0415

        app.keep_open(opened)
        if partnership:
            app.call_later(lambda: app.go.partnership(opened.live, read_only=opened.read_only))
        return SessionScreen(opened, tip=tip)

    return first


def replay_screen(recordeds: Sequence[Recorded], problem: str) -> FirstScreen:
    """Return what makes the screen that replays a session; `problem` is shown over it."""

    def first(app: Any) -> Any:  # noqa: ANN401 - as above
        from tui.replay.screen import ReplayScreen  # noqa: PLC0415

        if problem:
            app.toast(problem, warning=True)
        return ReplayScreen(recordeds)

    return first
