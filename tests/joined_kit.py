"""A participant's terminal beside the room that it joins, both in one loop: the room listens on a free port of this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from room_kit import RoomKit
from textual import events
from textual.pilot import Pilot

from sessions.room.http.server import RoomServer
from tui.joined.app import JoinedApp
from tui.joined.screen import JoinedScreen
from tui.widgets.lines import Lines

PATIENCE = 60.0
KEYS = {" ": "space", ",": "comma", "\t": "tab", "\r": "enter"}


class Joined:
    """The terminal under test, and its room."""

    def __init__(self, pilot: Pilot[None], kit: RoomKit, server: RoomServer) -> None:
        self.pilot = pilot
        self.kit = kit
        self.server = server

    @property
    def text(self) -> str:
        """What the screen itself shows."""
        return "\n".join(each.text for screen in self.pilot.app.screen_stack for each in screen.query(Lines))

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is true."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.01)
        await self.pilot.pause()

    async def shows(self, *words: str) -> None:
        """Wait until the screen shows words."""
        await self.until(lambda: all(word in self.text for word in words))

    async def at(self, dialog: str) -> None:
        """Wait for a dialog, or for the screen itself."""
        await self.until(lambda: type(self.pilot.app.screen).__name__ == dialog)

    async def press(self, *keys: str) -> None:
        """Press keys; a text of several characters that names no key is typed."""
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        """Type a text."""
        await self.pilot.press(*(KEYS.get(letter, letter) for letter in text))

    async def answer(self, dialog: str, text: str) -> None:
        """Type a text into a dialog when it is there, and wait until it is gone."""
        await self.at(dialog)
        screen = self.pilot.app.screen
        await self.write(f"{text}\r")
        await self.until(lambda: self.pilot.app.screen is not screen)

    def burst(self, text: str) -> None:
        """Type a text ahead, in one write."""
        for letter in text:
            key = KEYS.get(letter, letter)
            self.pilot.app.post_message(events.Key(key, letter if letter.isprintable() else None))

    async def come_in(self, role: str) -> None:
        """Choose a role, and be let in."""
        await self.answer("Who", role)
        await self.until(lambda: any(row.state == "asking" for row in self.kit.room.rows()))
        self.kit.room.admit_all()


@asynccontextmanager
async def joining(kit: RoomKit, *, watch: bool = False, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Joined]:
    """Run a terminal that joins a room."""
    server = RoomServer(kit.room, port=0)
    await server.start()
    app = JoinedApp(JoinedScreen(server.url, watch=watch), "")
    app.animation_level = "none"
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            yield Joined(pilot, kit, server)
    finally:
        await server.stop()
