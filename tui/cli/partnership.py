"""The command that asks both sides about their partnership, also once the session was closed."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

import typer

from tui.cli.options import LibraryOption, SessionArgument, global_options, library_of
from tui.cli.screens import open_screen, session_screen
from tui.cli.sessions import held_open


def partnership(context: typer.Context, session: SessionArgument = "last", library: LibraryOption = None) -> None:
    """Ask both sides about their partnership, even once a session is closed. I invites phones."""
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415

    home = library_of(context, library)
    ref = home.find(session)
    check_terminal()
    with held_open(home, ref, read_only=False) as opened:
        open_screen(home, session_screen(opened, partnership=True), light=global_options(context).light, about=ref)
