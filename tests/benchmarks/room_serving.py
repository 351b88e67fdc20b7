"""Rooms to be measured, a bare server beside them, and the processes of their clients."""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import sys
import time
from bisect import bisect_left
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

from aiohttp import web

from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import OpenRound
from sessions.disk.files import FileOps
from sessions.library.library import OpenSession
from sessions.portfolio.models import Participant, Portfolio
from sessions.record.events import BallotSealed
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
        time.sleep(self._seconds)
        super().fsync(fd)

    def fdatasync(self, fd: int) -> None:
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
        self._kind, self.asked = kind, asked
        self._process: asyncio.subprocess.Process | None = None

    async def spawn(self) -> asyncio.subprocess.Process:
        """Start the process, which inherits the limits of now."""
        self._process = self._process or await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.benchmarks.room_clients", self._kind,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=ROOT, limit=2**26,
        )  # fmt: skip
        return self._process

    async def __aenter__(self) -> Clients:
        process = await self.spawn()
        assert process.stdin is not None
        process.stdin.write(json.dumps(self.asked).encode() + b"\n")
        await process.stdin.drain()
        await self._line(process)
        return self

    async def _line(self, process: asyncio.subprocess.Process) -> Any:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            return json.loads(await process.stdout.readline())

    async def end(self) -> Any:
        """Tell it to end, and return what it saw."""
        process = await self.spawn()
        assert process.stdin is not None
        process.stdin.close()
        return await self._line(process)

    async def __aexit__(self, *_: object) -> None:
        process = await self.spawn()
        if process.returncode is None:
            process.kill()
            await process.wait()


class Voted(NamedTuple):
    """What a room saw that voted again and again, in milliseconds at the 99th percentile, and the memory by which the process grew, in kilobytes."""

    acknowledged: float
    committed: float
    """From a change in the session until the last page shows it."""
    published: float
    """From the answer to the first page until the last page shows it."""
    sent: int
    lost: int
    """Acknowledged changes that are not in the record, or stand there twice."""
    grown: float


async def voting(served: Serving, rate: int, seconds: float, *, warm: float = 0, beside: Clients | None = None) -> tuple[Voted, Any]:
    """Have all seats vote again and again, so many times a second in all, while a page for each follows; return what they and others saw.

    Every page reaches the last version, and every vote that was acknowledged is in the record.
    """
    seats, live = served.seats(), served.opened.live
    async with AsyncExitStack() as stack:
        pages = await stack.enter_async_context(Clients("pages", base=served.server.url, tokens=list(seats.values())))
        await asyncio.sleep(1)
        served.made.clear()
        served.published.clear()
        changes = await stack.enter_async_context(Clients("changes", base=served.server.url, seats=seats, cards=live.session.order[:3], rate=rate))
        if beside is not None:
            await stack.enter_async_context(beside)
        await asyncio.sleep(warm)
        gc.collect()
        before = resident()
        await asyncio.sleep(seconds - warm)
        others = await beside.end() if beside is not None else None
        acknowledged, took, sent = await changes.end()
        gc.collect()
        grown = resident() - before
        last = served.room.version
        await asyncio.sleep(2)
        seen = await pages.end()
    assert set(acknowledged) <= set(live.session.rounds[0].seals)
    assert {page[-1][0] for page in seen} == {last}
    sealed = sum(isinstance(each.event, BallotSealed) for each in live.recordeds)
    committed, published = ([each for each in noted if each[0] <= last] for noted in (served.made, served.published))
    return Voted(
        acknowledged=percentile([each / 1e6 for each in took], 99),
        committed=percentile(last_page(committed, seen), 99),
        published=percentile(last_page(published, seen), 99),
        sent=sent,
        lost=max(sent - len(took), abs(sealed - len(took))),
        grown=grown,
    ), others


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


def percentile(values: Sequence[float], share: int) -> float:
    """Return a percentile of some figures."""
    return quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]
