"""The connections of a room: many are held, they are taken in a few at a time, and the oldest without a seat goes first.

Refusing newcomers, or throwing out at a small number, would be what an attacker wants: reconnecting pages would starve everybody else.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import sys
from collections.abc import Callable

from aiohttp import web

AT_ONCE, PAUSE = 8, 0.004
"""Connections that are taken in one after the other, and the seconds before the next ones."""
RESERVE = 100
"""File descriptors that stay free for the session itself."""
MOST, MOST_OF_A_SEAT = 4000, 8
"""Connections that are held at a time, even if more files may be open; and of one seat."""
HANDSHAKE = 5.0
"""Seconds for a TLS handshake."""
Answered = Callable[[], web.RequestHandler]


class Connections:
    """Takes connections in from a listening socket, for as long as `take_in` runs."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._seats: dict[web.RequestHandler, str] = {}
        self._coming: dict[asyncio.Task[None], None] = {}
        """What is taken in and has said nothing yet, or still shakes hands, the oldest first."""

    def belongs(self, connection: web.RequestHandler, seat: str) -> None:
        """Note that a seat uses a connection; of a seat that uses many, the oldest is closed."""
        if self._seats.get(connection) == seat:
            return
        self._seats = {each: owner for each, owner in self._seats.items() if each.transport is not None}
        self._seats[connection] = seat
        own = [each for each, owner in self._seats.items() if owner == seat]
        for each in own[:-MOST_OF_A_SEAT]:
            _drop(each)

    async def take_in(self, listening: socket.socket, server: web.Server, answered: Answered, tls: ssl.SSLContext | None) -> None:
        """Take connections in until cancelled; `answered` makes what answers one."""
        loop = asyncio.get_running_loop()
        while True:
            for _ in range(AT_ONCE):
                try:
                    connection, _ = await loop.sock_accept(listening)
                except OSError:  # it was gone before it was taken in, or no file may be opened any more
                    self._make_place(server)
                    break
                self._make_place(server)
                task = loop.create_task(_serve(connection, answered, tls))
                self._coming[task] = None
                task.add_done_callback(lambda done: self._coming.pop(done, None))
            await asyncio.sleep(PAUSE)

    def _make_place(self, server: web.Server) -> None:
        """Close the oldest connection without a seat while there are too many."""
        held = [each for each in server.connections if each.transport is not None and not each.transport.is_closing()]
        if len(held) + len(self._coming) < self._limit:
            return
        if self._coming:
            oldest = next(iter(self._coming))
            del self._coming[oldest]  # it ends a moment later
            oldest.cancel()
        elif held:
            _drop(next((each for each in held if each not in self._seats), held[0]))

    async def close(self) -> None:
        """Close what is still coming in."""
        coming = [*self._coming]
        for task in coming:
            task.cancel()
        await asyncio.gather(*coming, return_exceptions=True)


def _drop(connection: web.RequestHandler) -> None:
    if isinstance(connection.transport, asyncio.Transport):
        connection.transport.abort()


async def _serve(connection: socket.socket, answered: Answered, tls: ssl.SSLContext | None) -> None:
    """Hand a connection to the server once it sends something.

    Until then it costs hardly anything, and it may be silent until there are too many: a client that is sent away only comes back.
    """
    loop = asyncio.get_running_loop()
    try:
        connection.setblocking(False)
        await _readable(connection)
        await loop.connect_accepted_socket(answered, connection, ssl=tls, ssl_handshake_timeout=HANDSHAKE if tls else None)
    except (OSError, ssl.SSLError):
        connection.close()
    except asyncio.CancelledError:
        connection.close()
        raise


async def _readable(connection: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":
        await loop.sock_recv(connection, 0)  # its loop has no readers; a read of nothing ends when there is something
        return
    readable: asyncio.Future[None] = loop.create_future()
    loop.add_reader(connection, _settle, readable)
    try:
        await readable
    finally:
        loop.remove_reader(connection)


def _settle(readable: asyncio.Future[None]) -> None:
    if not readable.done():
        readable.set_result(None)


def most_connections() -> int:
    """Let this process open as many files as it may, and return how many of them may be connections."""
    if sys.platform == "win32":
        return MOST  # it does not count sockets among the files
    import resource  # noqa: PLC0415 - only Unix has it

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + RESERVE if hard == resource.RLIM_INFINITY else min(hard, MOST + RESERVE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # some systems allow less than they say
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return MOST if soft == resource.RLIM_INFINITY else max(16, min(MOST, soft - RESERVE))
