"""The door: what every request must bring before anything looks at its content, and what every answer carries."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from sessions.room.http.answers import RefusedError
from sessions.room.http.connections import Connections
from sessions.room.http.hosts import Hosts
from sessions.room.http.limits import BURST, OPEN_BURST, OPEN_RATE, RATE, Limits
from sessions.room.room import Room
from sessions.room.seats import TOKEN_LENGTH, Seat

CUSTOM, SEAT = "X-Quarterdeck", "X-Quarterdeck-Seat"
PATIENCE = 5.0
"""Seconds for a body to arrive, and for an answer to be taken."""
LOG = logging.getLogger("quarterdeck.room")

Open = Callable[[web.Request], Awaitable[web.Response]]
ForSeats = Callable[[web.Request, Seat], Awaitable[web.Response]]


class Door:
    """The checks before every route of a room."""

    def __init__(self, room: Room, hosts: Hosts, limits: Limits, connections: Connections) -> None:
        self._room = room
        self._hosts = hosts
        self._limits = limits
        self._connections = connections
        self.reached = False
        """Whether any request has passed the door."""

    def middleware(self) -> Middleware:
        """Return what handles every request, known route or not."""

        @web.middleware
        async def handle(request: web.Request, handler: Handler) -> web.StreamResponse:
            response = await self._answered(request, handler)
            try:  # aiohttp would wait for ever
                async with asyncio.timeout(PATIENCE):
                    await response.prepare(request)
                    await response.write_eof()
            except (TimeoutError, ConnectionError):
                if request.transport:
                    request.transport.abort()  # it does not read: what waits for it is dropped
            response.headers.clear()  # the connection keeps the answer until the next one
            if isinstance(response, web.Response):
                response.body = None
            return response

        return handle

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            self._check(request)
            self.reached = True
            return await handler(request)
        except RefusedError as refused:
            return refused.answer()
        except web.HTTPException as error:
            return RefusedError(error.status, "unknown", "There is nothing here: open the address of the room again.").answer()
        except asyncio.CancelledError:
            raise
        except Exception:
            LOG.exception("A request failed.")
            return RefusedError(500, "failed", "Something went wrong in the room: try again.").answer()

    def _check(self, request: web.Request) -> None:
        """Raise RefusedError for a request that cannot come from one of our pages or a terminal."""
        if not self._hosts.allows(request.headers.get(hdrs.HOST, "")):
            raise RefusedError(421, "host", "This is not the address of the room: use the one that the facilitator shows.")
        if hdrs.UPGRADE in request.headers or hdrs.CONTENT_ENCODING in request.headers:
            raise RefusedError(400, "unknown", "The room takes plain requests only.", faulty=True)
        if request.method == hdrs.METH_POST:
            if not self._hosts.allows_origin(request.headers.get(hdrs.ORIGIN)) or request.headers.get(CUSTOM) != "1":
                raise RefusedError(403, "origin", "Only the page of the room may send this: load it again.")
            if request.content_type != "application/json":
                raise RefusedError(415, "json", "The room takes JSON only.", faulty=True)

    def open(self, handler: Open, *, slowly: bool = False) -> Open:
        """Return a handler for everybody; `slowly` counts as a request for a seat."""

        async def handle(request: web.Request) -> web.Response:
            self._count(f"{'join' if slowly else 'page'} {request.remote}", *((RATE, BURST) if slowly else (OPEN_RATE, OPEN_BURST)))
            return await handler(request)

        return handle

    def for_seats(self, handler: ForSeats) -> Open:
        """Return a handler for seats with a token, let in or not."""

        async def handle(request: web.Request) -> web.Response:
            seat = self.seat(request)
            self._connections.belongs(request.protocol, seat.id)
            self._count(seat.id, RATE, BURST)
            self._room.touch(seat)
            try:
                return await handler(request, self.seat(request))
            except RefusedError as refused:
                if refused.faulty:
                    self._limits.fault(seat.id)
                raise

        return handle

    def seat(self, request: web.Request) -> Seat:
        """Return the seat whose token a request brings. Raises RefusedError for a missing or invalid token."""
        token = request.headers.get(SEAT, "")
        seat = self._room.seats.of_token(token) if len(token) == TOKEN_LENGTH else None
        if seat is None:
            self._count(f"token {request.remote}", RATE, BURST)
            raise RefusedError(401, "token", "This link is no longer valid: ask the facilitator for a new one.")
        return seat

    def _count(self, client: str, rate: float, burst: float) -> None:
        if wait := self._limits.wait(client, rate, burst):
            raise RefusedError(429, "fast", "Too many requests: wait a moment.", wait=wait)


async def body_of(request: web.Request, largest: int) -> bytes:
    """Return the body of a request. Raises RefusedError for one that is too long, or does not arrive."""
    parts, size = list[bytes](), 0
    try:
        async with asyncio.timeout(PATIENCE):
            async for part in request.content.iter_any():
                size += len(part)
                if size > largest:
                    raise RefusedError(413, "long", "This is more than the room takes in one request.", faulty=True)
                parts.append(part)
    except TimeoutError:
        raise RefusedError(408, "slow", "The request did not arrive in time: send it again.", faulty=True) from None
    return b"".join(parts)
