"""The commands of those who join a session, and of those who watch it."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sessions.errors import RecordError
from tui.cli.options import LibraryOption, SessionArgument, global_options, library_of
from tui.cli.screens import open_joined, open_watched

if TYPE_CHECKING:
    from sessions.library.library import OpenSession


def join(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="What the screen in the room shows, such as 192.168.1.20:8420.")],
    watch: Annotated[bool, typer.Option("--watch", help="Show the session to an audience: no seat, no vote.")] = False,
) -> None:
    """Join a session from your own terminal: vote, propose, follow. The facilitator lets you in."""
    from tui.joined.address import address_of  # noqa: PLC0415

    open_joined(address_of(address), watch=watch, light=global_options(context).light)


def watch(context: typer.Context, session: SessionArgument, library: LibraryOption = None) -> None:
    """Show an audience a session that someone leads in another window or on another machine. It changes nothing."""
    home = library_of(context, library)
    with home.open(home.find(session), read_only=True) as opened:
        open_watched(WatchedSession(opened), home, session, light=global_options(context).light)


class WatchedSession:
    """A session of the library that is open for reading, as the audience's window asks for it."""

    def __init__(self, opened: "OpenSession") -> None:
        self._opened = opened
        self._wrong = ""

    @property
    def problem(self) -> str:
        """Return why nothing new can come now."""
        return self._wrong or self._opened.handle.away

    def has_news(self) -> bool:
        """Return whether there may be something new."""
        return not self._wrong and self._opened.handle.has_news()

    def take(self) -> None:
        """Take in what is new."""
        try:
            self._opened.receive()
        except RecordError as error:
            self._wrong = str(error)

    def state(self) -> Mapping[str, Any]:
        """Return what the audience sees."""
        from sessions.room.view import audience_state  # noqa: PLC0415 - `join` needs none

        return audience_state(self._opened.live)
