"""Rooms to be measured, a bare server beside them, and the processes of their clients."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from bisect import bisect_left
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

from aiohttp import web

from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import OpenRound
from sessions.disk.files import FileOps
from sessions.library.library import OpenSession
from sessions.portfolio.models import Participant, Portfolio
from sessions.room.http import polls
from sessions.room.http.server import RoomServer
from sessions.room.http.tls import Tls
from sessions.room.room import Room
from sessions.room.seats import Seats
from sessions.store.memory import MemorySeats
from tests.benchmarks.samples import portfolio
from tests.disk import DiskLibrary
from tui.environment import SystemClock, token

ROOT = Path(__file__).parents[2]
CARDS = 24


class SlowDisk(FileOps):
    """A disk that takes some seconds more to bring a file to it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def fsync(self, fd: int) -> None:
        """Bring it to the disk, slowly."""
        time.sleep(self._seconds)
        super().fsync(fd)

    def fdatasync(self, fd: int) -> None:
        """Bring it to the disk, slowly."""
        time.sleep(self._seconds)
        super().fdatasync(fd)


def crowd(voters: int, cards: int = CARDS) -> Portfolio:
    """Return a portfolio with so many voters."""
    people = tuple(Participant(id=f"v{number}", role=f"Voter {number}", side="it" if number % 2 else "business") for number in range(voters))
    host = Participant(id="pmo", role="PMO", side="it", seat="facilitator", votes=False)
    return portfolio(cards).model_copy(update={"participants": (*people, host)})


def resident() -> float:
    """Return the process's memory in kilobytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1000


class Serving:
    """A room on a session of a library, and when each of its versions was made and published."""

    def __init__(self, opened: OpenSession, room: Room, server: RoomServer) -> None:
        self.opened = opened
        self.room = room
        self.server = server
        self.made: list[tuple[int, int]] = []
        self.published: list[tuple[int, int]] = []
        room.watch(lambda: self.made.append((room.version, time.monotonic_ns())))

    def seats(self) -> dict[str, str]:
        """Return a token for every voter."""
        return {voter.id: self.room.link(voter.id) for voter in self.opened.live.session.voters()}


@contextmanager
def session(folder: Path, voters: int, fsync: float = 0.0, cards: int = CARDS) -> Iterator[OpenSession]:
    """Open a new session in which everybody is here and a ballot is open."""
    library = DiskLibrary(folder, SystemClock(), token, holder="benchmark", ops=SlowDisk(fsync) if fsync else FileOps())
    with library.create(crowd(voters, cards)) as opened:
        opened.live.perform(MarkAttendance(presence="present"))
        opened.live.perform(OpenRound())
        yield opened


@asynccontextmanager
async def serving(opened: OpenSession, tls: Tls | None = None) -> AsyncIterator[Serving]:
    """Serve a session on a free port."""
    room = Room(opened.live, Seats(MemorySeats(), token), SystemClock())
    server = RoomServer(room, port=0, tls=tls)
    served = Serving(opened, room, server)
    publish = polls.Polls._publish

    def noted(self: polls.Polls) -> None:
        served.published.append((room.version, time.monotonic_ns()))
        publish(self)

    polls.Polls._publish = noted  # type: ignore[method-assign]
    await server.start()
    try:
        yield served
    finally:
        await server.stop()
        room.leave()
        polls.Polls._publish = publish  # type: ignore[method-assign]


class Bare:
    """The floor: a server that holds a poll for each page, and answers all of them with the same text when there is a version."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self.version = 1
        self.published: list[tuple[int, int]] = []
        self._news = asyncio.Event()
        self.url = ""

    async def _state(self, request: web.Request) -> web.Response:
        if int(request.query["since"]) >= self.version:
            await self._news.wait()
        return web.Response(body=b'{"v":%d,' % self.version + self._text, content_type="application/json")

    def publish(self) -> None:
        self.version += 1
        self.published.append((self.version, time.monotonic_ns()))
        news, self._news = self._news, asyncio.Event()
        news.set()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_get("/state", self._state)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, backlog=512)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield
        finally:
            await runner.cleanup()


class Clients:
    """A process of clients: ready when it is entered; `end` returns what it saw."""

    def __init__(self, kind: str, **asked: object) -> None:
        self._kind, self._asked = kind, asked
        self._process: asyncio.subprocess.Process | None = None

    async def spawn(self) -> None:
        """Start the process, which inherits the limits of now."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.benchmarks.room_clients", self._kind,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=ROOT, limit=2**26,
        )  # fmt: skip

    def ask(self, **asked: object) -> None:
        """Say what else it needs."""
        self._asked |= asked

    async def __aenter__(self) -> Clients:
        if self._process is None:
            await self.spawn()
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(self._asked).encode() + b"\n")
        await self._process.stdin.drain()
        await self._line()
        return self

    async def _line(self) -> Any:
        assert self._process is not None
        assert self._process.stdout is not None
        async with asyncio.timeout(60):
            return json.loads(await self._process.stdout.readline())

    async def end(self) -> Any:
        """Tell it to end, and return what it saw."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        return await self._line()

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


def last_page(made: list[tuple[int, int]], seen: list[list[tuple[int, int]]]) -> list[float]:
    """Return for each version in how many milliseconds the last page showed it, or a later one. Fails if a page never did."""
    found = []
    versions = [[version for version, _ in page] for page in seen]
    for version, at in made:
        places = [bisect_left(known, version) for known in versions]
        if any(place == len(known) for place, known in zip(places, versions, strict=True)):
            raise AssertionError(f"a page never reached version {version}")
        found.append((max(page[place][1] for place, page in zip(places, seen, strict=True)) - at) / 1e6)
    return found


def percentile(values: list[float], share: int) -> float:
    """Return a percentile of some figures."""
    return quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]
