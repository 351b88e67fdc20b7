"""What screens know about the room that is shared with devices: whom it invites, who asks to join, and that pages follow the screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from sessions.library.library import OpenSession

EXTRA = "People join from their own devices only with the extra `room`: install it with pip install 'quarterdeck[room]'."
Row = tuple[tuple[str, str], ...]
"""A row of words with their styles, as `widgets.lines` shows it."""


class RoomOptions(NamedTuple):
    """What the command line says about the room. Empty values are the defaults: loopback, port 8420 or the next free one, plain HTTP.

    `asked` shows the panel with the first screen.
    """

    bind: str = ""
    address: str = ""
    port: int | None = None
    public_url: str = ""
    certificate: Path | None = None
    key: Path | None = None
    asked: bool = False


AS_USUAL = RoomOptions()
"""No word about the room."""


class SharedRoom(Protocol):
    """The room of a session, once it is open."""

    opened: OpenSession

    def leave(self) -> None:
        """Record in the session what still waits, and stop listening to it."""

    async def stop(self) -> None:
        """Stop listening."""

    @property
    def notice(self) -> str:
        """Return who asks to join, in a few words; empty if no one does."""

    @property
    def seated(self) -> frozenset[str]:
        """Return who has joined from a device."""

    @property
    def address(self) -> str:
        """Return the address to type; empty while only this computer reaches the page."""

    def invitation(self, width: int, height: int) -> Sequence[Row]:
        """Return the square to scan with its address below it, if it fits; nothing while only this machine reaches the page."""

    def follow(self, kind: str, card: str = "") -> None:
        """Have the pages show what the screen shows."""

    def draw_curtain(self, *, drawn: bool) -> None:
        """Cover the pages, or uncover them."""
