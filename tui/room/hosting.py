"""The room of the session on this screen: its server in the app's own loop, the address that people are given, and what screens ask of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.app import App

from sessions.errors import QuarterdeckError
from sessions.library.library import OpenSession
from sessions.live.ports import Clock
from sessions.room.following import Following
from sessions.room.http.hosts import EVERYWHERE
from sessions.room.http.hosts import LOOPBACK as LOOPBACKS
from sessions.room.http.server import LOOPBACK, RoomServer
from sessions.room.http.tls import tls_of
from sessions.room.networks import Address, addresses
from sessions.room.refused import RoomError
from sessions.room.room import Room
from sessions.room.seats import Seats
from sessions.wording import sentence
from tui.environment import token
from tui.host.calm import Calm
from tui.host.shared import RoomOptions
from tui.room.panel import Block, invitation

_LONG = 60
"""Seconds after which a page that no phone has opened is worth a hint."""


class OpenRoom:
    """A room that is open on this screen. Implements `host.shared.SharedRoom`; `watch` as the room's own."""

    def __init__(self, app: App[Any], opened: OpenSession, options: RoomOptions, clock: Clock) -> None:
        self.room = Room(opened.live, Seats(opened.handle.seats, token), clock)
        self.opened = opened
        self.problem = ""
        self.public = options.public_url
        self.networks: list[Address] = []
        self._app, self._options, self._clock = app, options, clock
        self._host = options.bind or LOOPBACK
        self._server: RoomServer | None = None
        self._since = clock.seconds()
        self._turn = asyncio.Lock()
        self._noticed = self._fingerprint = self._told = ""
        self._calm = Calm(app, self._show_notice)
        self._stop_watching = self.room.watch(self._calm.soon)

    # --- the server

    async def start(self) -> None:
        """Listen at the address of the options; what goes wrong is in `problem`."""
        await self._listen(self._host)

    def leave(self) -> None:
        """Record in the session what still waits, and stop listening to it."""
        self._stop_watching()
        self.room.leave()

    async def stop(self) -> None:
        """Stop listening."""
        async with self._turn:
            await self._stop_server()

    def end(self) -> None:
        """End the room: no link works any more, and nothing listens. Raises RecordError."""
        self.room.end()
        self.leave()
        self._app.run_worker(self.stop())

    async def next_network(self) -> None:
        """Listen on the next network, after the last one on this computer alone."""
        self.networks = addresses()
        around = [each.ip for each in self.networks]
        at = around.index(self._host) + 1 if self._host in around else 0
        await self._listen([*around, LOOPBACK][at])

    async def set_public_url(self, url: str) -> None:
        """Invite to a public address, which leads here; none invites to the network's own again."""
        self.public = url
        if self._server is None:
            await self._listen(self._host)
        else:
            self._server.announce(url)
            self._show()

    async def _listen(self, host: str) -> None:
        async with self._turn:
            await self._stop_server()
            options = self._options
            self._host, self.problem, self._since = host, "", self._clock.seconds()
            try:
                tls = tls_of(options.certificate, options.key) if options.certificate and options.key else None
                self._fingerprint = tls.fingerprint if tls else ""
                self.networks = addresses()
                # A room that listens everywhere gives people the likeliest address.
                self._told = options.address or (self.networks[0].ip if host in EVERYWHERE and self.networks else "")
                names = [self._told] if self._told else []
                server = RoomServer(self.room, host, options.port, names=names, tls=tls, public_url=self.public)
                await server.start()
            except (QuarterdeckError, OSError) as error:
                self.problem = sentence(str(error))
            else:
                self._server = server
            self._show()

    async def _stop_server(self) -> None:
        if self._server is not None:
            server, self._server = self._server, None
            await server.stop()

    # --- where people join

    @property
    def link(self) -> str:
        """Return the address for a phone; empty while only this computer reaches the page."""
        invites = self.public or self._options.address or not self._is_loopback
        return f"{self._server.url}/" if self._server and invites else ""

    @property
    def _is_loopback(self) -> bool:
        return self._host in LOOPBACKS or self._host.startswith("127.")

    @property
    def address(self) -> str:
        """Return the address to type; empty while only this computer reaches the page."""
        # A browser tries http if nothing else is typed, except for public names.
        return self.link.removeprefix("https://" if self.public else "http://").rstrip("/")

    @property
    def here(self) -> str:
        """Return the address on this computer."""
        return f"{LOOPBACK}:{self._server.port}" if self._server else ""

    def personal_link(self, person: str) -> str:
        """Return a new link for one person, in whose seat they are let in; their earlier ones stop working. Raises SessionError or RecordError."""
        if self._server is None:
            raise RoomError("port", "The room is not open: choose a network first.")
        return self._server.link(self.room.reissue(person))

    @property
    def network(self) -> str:
        """Return the network on which the room listens, in words."""
        if self._server is None:
            return ""
        if self.public:
            return "Public address"
        told = self._told or self._host
        known = next((each for each in self.networks if each.ip == told), None)
        return network_name(known) if known else "" if self._is_loopback else told

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what there is to know about the address."""
        if not self.link:
            return ()
        notes = []
        if self._server and not self._server.reached:
            late = self._clock.seconds() - self._since >= _LONG
            notes.append("No phone has reached this address yet.")
            if late:
                notes.append("Ways out: a phone's hotspot, a public address (e), or vote at this keyboard.")
        if self.link.startswith("http://"):
            notes.append("The page is plain HTTP: anyone on this network could read it. Use one you trust.")
        elif self._fingerprint and not self.public:
            notes += ["If a phone warns of the certificate, its SHA-256 must be", self._fingerprint]
        return tuple(notes)

    # --- what screens ask

    @property
    def asking(self) -> list[tuple[str, str]]:
        """Return who asks to join: seat and name."""
        return [(row.seat, row.role) for row in self.room.rows() if row.state == "asking"]

    @property
    def seated(self) -> frozenset[str]:
        """Return who has joined from a device in this meeting: a link that no one has opened is no device."""
        return frozenset(seat.person for seat in self.room.seats.all if seat.state == "in" and seat.met)

    @property
    def notice(self) -> str:
        """Return who asks to join, in a few words."""
        asking = self.asking
        if not asking:
            return ""
        return f"{asking[0][1]} asks to join → I" if len(asking) == 1 else f"{len(asking)} people ask to join → I"

    def _show_notice(self) -> None:
        """Show on all screens who asks, if that has changed."""
        if self.notice != self._noticed:
            self._noticed = self.notice
            self._show()

    def _show(self) -> None:
        for screen in self._app.screen_stack:
            show: Callable[[], None] | None = getattr(screen, "show_top", None)
            if show is not None and screen.is_mounted:
                show()

    def invitation(self, width: int, height: int) -> Block:
        """Return the square to scan with its address below it; nothing if it does not fit."""
        return invitation(self.link, self.address, width, height)

    def follow(self, kind: str, card: str = "") -> None:
        """Have the pages show what the screen shows."""
        self.room.follow(Following(kind, card))  # type: ignore[arg-type]

    def draw_curtain(self, *, drawn: bool) -> None:
        """Cover the pages, or uncover them."""
        self.room.curtain(drawn)


def network_name(address: Address) -> str:
    """Return a network in words: its interface and the address."""
    return f"{address.interface} {address.ip}"
