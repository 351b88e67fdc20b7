"""RoomServer: a room on a port of this machine, in the loop of the program that opened it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import socket
from collections.abc import Iterable
from functools import partial
from typing import Any

from aiohttp import web

from sessions.room.http.answers import Connection, mark
from sessions.room.http.connections import Connections, most_connections
from sessions.room.http.door import Door
from sessions.room.http.files import Files
from sessions.room.http.hosts import EVERYWHERE, Hosts, bracketed
from sessions.room.http.limits import Limits
from sessions.room.http.polls import Polls
from sessions.room.http.routes import Routes
from sessions.room.http.tls import Tls
from sessions.room.networks import addresses
from sessions.room.refused import RoomError
from sessions.room.room import Room

QUIET = logging.getLogger("quarterdeck.room")
QUIET.addHandler(logging.NullHandler())
LOOPBACK = "127.0.0.1"
PORT, TRIED = 8420, 20
"""The first port that is tried when none is named, and how many."""
HEAD = 5.0
"""Seconds for the head of a request, which is also how long a connection may be idle."""
CONNECTION: dict[str, Any] = {"access_log": None, "logger": QUIET, "lingering_time": 1.0, "max_line_size": 2048, "max_field_size": 4096}
"""How aiohttp treats a connection: nothing is logged, and the head of a request is short."""
LOOK_ROUND = 5.0
"""Seconds between two looks at who has gone away."""


class RoomServer:
    """The server of one room. It begins on loopback, and listens to a network only if it is given that network's address."""

    def __init__(
        self, room: Room, host: str = LOOPBACK, port: int | None = None, *, names: Iterable[str] = (), tls: Tls | None = None, public_url: str = ""
    ) -> None:
        self._room = room
        self._host = host
        self._wanted = port
        self._names = tuple(names) or (tuple(each.ip for each in addresses()) if host in EVERYWHERE else ())
        self._tls = tls
        self._public_url = public_url
        self._hosts: Hosts | None = None
        self._stopping = contextlib.AsyncExitStack()
        self._door: Door | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Return the address of the room, without a token."""
        scheme = "https" if self._tls else "http"
        return self._public_url.rstrip("/") or f"{scheme}://{bracketed(self._names[0] if self._names else self._host)}:{self.port}"

    @property
    def reached(self) -> bool:
        """Return whether any device has reached the room since it was opened."""
        return self._door is not None and self._door.reached

    def link(self, token: str, *, watch: bool = False) -> str:
        """Return the address that brings a token along, in the part that no browser sends."""
        return f"{self.url}/{'watch' if watch else ''}#{token}"

    def announce(self, public_url: str) -> None:
        """Use a public address, as a tunnel gives it; none for the server's own again."""
        self._public_url = public_url
        if public_url and self._hosts:
            self._hosts.add_url(public_url)

    async def start(self) -> None:
        """Listen. Raises RoomError if the port or the address is not available."""
        listening = listen(self._host, self._wanted)
        self._stopping.callback(listening.close)
        self.port = listening.getsockname()[1]
        self._hosts = Hosts(self._host, self.port, self._names)
        self.announce(self._public_url)
        loop = asyncio.get_running_loop()
        connections, polls = Connections(most_connections()), Polls(self._room)
        door = self._door = Door(self._room, self._hosts, Limits(loop.time), connections)
        app = web.Application(middlewares=[door.middleware()], logger=QUIET)
        app.on_response_prepare.append(mark)
        app.add_routes(Routes(self._room, door, polls, Files()).table())
        runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.5)
        await runner.setup()
        self._stopping.push_async_callback(runner.cleanup)
        self._stopping.push_async_callback(connections.close)
        self._stopping.callback(polls.close)
        assert runner.server is not None
        answered = partial(Connection, runner.server, loop=loop, keepalive_timeout=HEAD, **CONNECTION)
        tls = self._tls.context if self._tls else None
        for running in (connections.take_in(listening, runner.server, answered, tls), self._look_round()):
            task = loop.create_task(running)
            self._stopping.push_async_callback(_end, task)

    async def _look_round(self) -> None:
        while True:
            await asyncio.sleep(LOOK_ROUND)
            self._room.look_round()

    async def stop(self) -> None:
        """Answer waiting requests, close the port and every connection. Seats and sealed ballots stay."""
        await self._stopping.aclose()


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def listen(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens on an address: on this very port, or, if none is named, on the first that is free. Raises RoomError."""
    for number in range(PORT, PORT + TRIED) if port is None else (port,):
        try:
            listening = socket.create_server((host, number), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=4096)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES) and port is None:  # Windows keeps ports for itself
                continue
            raise RoomError("port", _why(error, host, number)) from None
        listening.setblocking(False)
        return listening
    raise RoomError("port", f"The ports {PORT} to {PORT + TRIED - 1} are all in use: name another one with --port.")


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno is None or error.errno < 0:  # as getaddrinfo counts
        return f"{host} leads to no address: name an address of this machine with --bind."
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {port} is in use: name another one with --port, or none to take one that is free."
        case errno.EACCES | errno.EPERM:
            return f"Port {port} may not be used here: name one above 1023."
        case errno.EADDRNOTAVAIL:
            own = [each.ip for each in addresses()]
            return f"{host} is not an address of this machine{f': choose {own[0]}, for example' if own else ', which is on no network'}."
    return f"{host} cannot be used ({os.strerror(error.errno)}): name an address of this machine with --bind."
