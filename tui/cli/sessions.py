"""The commands that open a session, or make the demo's."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

from typing import TYPE_CHECKING, Annotated

import typer

from sessions.errors import QuarterdeckError
from tui.cli.help.next_step import say_next_of
from tui.cli.options import LibraryOption, Served, SessionArgument, global_options, library_of, serves_a_room
from tui.cli.output import print_lines
from tui.cli.screens import open_screen, replay_screen, session_screen

if TYPE_CHECKING:
    from sessions.library.library import Library, OpenSession, SessionRef


def demo(
    context: typer.Context,
    library: LibraryOption = None,
    headless: Annotated[bool, typer.Option("--headless", help="Make the session without a screen, and print its id.")] = False,
) -> None:
    """Open a full sample session: nothing to set up or to clean up."""
    folder = library or global_options(context).library
    if headless:
        if folder is None:
            raise QuarterdeckError("A demo without a screen needs a folder to leave its session in: name one with --library DIR.")
        from tui.library.demo import make_demo  # noqa: PLC0415

        home = library_of(context, folder)
        ref = make_demo(home)
        typer.echo(ref.id)
        say_next_of(home, ref)
        return
    from sessions.sample.demo import TIP  # noqa: PLC0415
    from tui.environment import temporary_library  # noqa: PLC0415
    from tui.library.demo import make_demo  # noqa: PLC0415
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415

    check_terminal()
    home = library_of(context, folder) if folder else temporary_library()
    with home.open(make_demo(home)) as opened:
        open_screen(home, session_screen(opened, tip=TIP), light=global_options(context).light)


@serves_a_room
def open_(
    context: typer.Context,
    session: SessionArgument = "last",
    read_only: Annotated[bool, typer.Option("--read-only", help="Look without changing anything.")] = False,
    over: Annotated[bool, typer.Option("--take-over", help="Take it over from the window that leads it (on a server).")] = False,
    room: Annotated[bool, typer.Option("--room", help="Show how people join from their own devices.")] = False,
    *,
    served: Served,
    library: LibraryOption = None,
) -> None:
    """Open a session where you left it."""
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415

    home = library_of(context, library)
    ref = home.find(session)
    check_terminal()
    with held_open(home, ref, read_only=read_only, over=over) as opened:
        from tui.host.shared import RoomOptions  # noqa: PLC0415 - only when a screen opens

        options = RoomOptions(*served, asked=room)
        open_screen(home, session_screen(opened), light=global_options(context).light, room=options, about=ref)


def held_open(library: "Library", ref: "SessionRef", *, read_only: bool, over: bool = False) -> "OpenSession":
    """Return an open session; if another window has it open, take it over, or offer to open it read-only."""
    from sessions.library.library import HeldError  # noqa: PLC0415

    if over:
        from sessions.library.taking_over import take_over  # noqa: PLC0415

        return take_over(library, ref)
    try:
        return library.open(ref, read_only=read_only)
    except HeldError as error:
        print_lines(f"{error}{f', or lead it here: quarterdeck open {ref.id} --take-over' if error.can_be_taken else ''}.", err=True)
        if not typer.confirm("Open it read-only?"):
            print_lines("The session was not opened.", err=True)
            raise typer.Exit(1) from None
        return library.open(ref, read_only=True)


def replay(context: typer.Context, session: SessionArgument = "last", library: LibraryOption = None) -> None:
    """Replay a session, event by event."""
    home = library_of(context, library)
    ref = home.find(session)
    found = home.read(ref)
    open_screen(home, replay_screen(found.recordeds, found.problem), light=global_options(context).light, about=ref)
