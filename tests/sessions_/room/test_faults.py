"""Bad networks, full disks and killed rooms (RELIABILITY 5): what was acknowledged is recorded, once, and people find their way back."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from chaos_proxy import ChaosProxy, Weather
from ports import free_port
from pseudo_terminal import installed_command
from room_kit import RoomKit
from support import person

pytest.importorskip("aiohttp", reason="the extra `room` is not installed")


from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import OpenRound, RevealBallots
from sessions.portfolio.models import Portfolio, Project
from sessions.record.events import BallotSealed, MoveProposed
from sessions.room.http.server import RoomServer
from tui.environment import open_library
from tui.joined.link import Link, State

pytestmark = pytest.mark.system

RESETS = Weather(life=(0.1, 1.0))
SLOW = Weather(delay=(0.1, 0.3), stall=(1.0, 2.0), stalls=5)
VOTERS, LEAST = 20, 4


def room_of(voters: int) -> RoomKit:
    """Return a room of so many voters, with a ballot of points open on 30 cards."""
    people = tuple(person(f"Voter {number}", "it" if number % 2 else "business") for number in range(voters))
    cards = tuple(Project(id=f"P{number}", title=f"Project {number}") for number in range(30))
    return RoomKit(Portfolio(participants=(*people, person("PMO Lead", "it", "facilitator")), projects=cards)).vote_open()


class Client:
    """A person at a terminal: the state that came last, and what became of the connection."""

    def __init__(self, base: str, token: str) -> None:
        self.states: list[State] = []
        self.link = Link(base, self.states.append, lambda _: None)
        self.link.token = token
        self.link.start()

    @property
    def version(self) -> int:
        return self.states[-1]["v"] if self.states else -1

    async def vote(self, voice: str, points: dict[str, int]) -> None:
        await self.link.act({"kind": "vote", "voice": voice, "choice": {"points": points}}, number=1, size=4096)


@asynccontextmanager
async def crowd(weather: Weather, voters: int = VOTERS) -> AsyncIterator[tuple[RoomKit, ChaosProxy, dict[str, Client]]]:
    """Serve a room behind a proxy, with a terminal for every voter."""
    kit, proxy = room_of(voters), ChaosProxy(weather)
    await proxy.start()
    server = RoomServer(kit.room, port=0, public_url=f"http://127.0.0.1:{proxy.port}")
    await server.start()
    proxy.target = server.port
    clients = {voter.id: Client(server.url, kit.room.link(voter.id)) for voter in kit.session.session.voters()}
    try:
        yield kit, proxy, clients
    finally:
        await asyncio.gather(*(client.link.close() for client in clients.values()))
        await server.stop()
        await proxy.stop()


async def until(true: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


LONG = [
    pytest.param(RESETS, 6, 0.1, id="resets"),
    pytest.param(SLOW, 6, 0.1, id="stalls"),
    pytest.param(Weather(life=(2, 8)), 600, 2, id="ten-minutes-of-resets", marks=pytest.mark.slow),
    pytest.param(SLOW, 120, 1, id="two-minutes-of-stalls", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("weather", "seconds", "pause"), LONG)
async def test_what_is_sent_again_is_done_once(weather: Weather, seconds: float, pause: float) -> None:
    """L5, L6: proposals are not ballots: the same request twice would be two proposals."""
    took: list[float] = []

    async def propose(voter: str, client: Client) -> int:
        done, end = 0, time.monotonic() + seconds
        while time.monotonic() < end or done < LEAST:
            begun = time.monotonic()
            await client.link.act({"kind": "propose", "card": "P1", "rank": 3 + done % 20})
            took.append(time.monotonic() - begun)
            done += 1
            await asyncio.sleep(pause)
        return done

    async with crowd(weather) as (kit, _, clients):
        counts = await asyncio.gather(*(propose(voter, client) for voter, client in clients.items()))
        acknowledged = dict(zip(clients, counts, strict=True))
        found = Counter(each.event.person for each in kit.session.live.recordeds if isinstance(each.event, MoveProposed))
        assert dict(found) == acknowledged
        if seconds > 10:  # how fast that is, a long run measures
            assert sum(counts) > VOTERS * seconds / pause / 4
            assert sorted(took)[int(0.99 * len(took))] < 4
        await until(lambda: {client.version for client in clients.values()} == {kit.room.version})
        assert len({json.dumps(client.states[-1]["round"]) for client in clients.values()}) == 1


async def test_everybody_is_back_after_all_were_cut_off_at_once() -> None:
    """L4: a hundred terminals lose the room at the same moment, again and again."""
    async with crowd(Weather(), voters=100) as (kit, proxy, clients):
        await until(lambda: all(client.states for client in clients.values()))
        for number in range(5):
            proxy.cut_all()
            kit.room.lock(bool(number % 2))
            await until(lambda: {client.version for client in clients.values()} == {kit.room.version})


class Served:
    """A room in a process of its own, on one port, that can be killed and started again."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None
        self.links: dict[str, Any] = {}

    async def start(self) -> None:
        command = [installed_command(), "--library", self._library, "room", "--headless", "--json", "--port", str(self.port)]
        self.process = await asyncio.to_thread(subprocess.Popen, command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.links = json.loads(await asyncio.to_thread(self.process.stdout.readline))

    def end(self, how: signal.Signals) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.send_signal(how)
        self.process.wait(20)
        self.process.stdout.close()


@pytest.mark.slow
@pytest.mark.promise("room-R23")
async def test_fifty_kills_lose_and_double_no_acknowledged_vote(tmp_path: Path) -> None:
    """L7: twelve terminals vote without end while the room is killed; each is served again within ten seconds."""
    home, chance = open_library(tmp_path), random.Random(7)
    voters = [person(f"Voter {number}", "it" if number % 2 else "business") for number in range(12)]
    cards = tuple(Project(id=f"P{number}", title=f"Project {number}") for number in range(12))
    with home.create(Portfolio(participants=tuple(voters), projects=cards), title="Kills") as opened:
        opened.live.perform(MarkAttendance(presence="present"))
        opened.live.perform(OpenRound())
    served = Served(tmp_path)
    await served.start()
    tokens = {voter.role: link["url"].partition("#")[2] for voter, link in zip(voters, served.links["people"], strict=True)}
    clients = {voter.id: Client(f"http://127.0.0.1:{served.port}", tokens[voter.role]) for voter in voters}
    acknowledged, ended, resumed = Counter[str](), asyncio.Event(), list[float]()

    async def vote(voice: str) -> None:
        while not ended.is_set():
            number = acknowledged[voice] + 1
            await clients[voice].vote(voice, {"P1": number % 13, "P2": number // 13 % 13, "P3": number // 169})
            acknowledged[voice] = number
            await asyncio.sleep(0.06)

    voting = [asyncio.create_task(vote(voter.id)) for voter in voters]
    for _ in range(50):
        await asyncio.sleep(chance.uniform(0.2, 1.5))
        before = Counter(acknowledged)
        served.end(signal.SIGKILL)
        await served.start()
        begun = time.monotonic()
        await until(lambda before=before: all(acknowledged[voter.id] > before[voter.id] for voter in voters))  # type: ignore[misc]
        resumed.append(time.monotonic() - begun)
    ended.set()
    await asyncio.gather(*voting)
    await asyncio.gather(*(client.link.close() for client in clients.values()))
    served.end(signal.SIGTERM)
    print(f"50 kills, {sum(acknowledged.values())} votes, served again after {max(resumed):.1f} s at most")
    with home.open(home.find("last")) as opened:
        sealed = Counter(each.event.voice for each in opened.live.recordeds if isinstance(each.event, BallotSealed))
        assert all(sealed[voter.id] >= acknowledged[voter.id] for voter in voters)
        opened.live.perform(RevealBallots(round=1, override="a test"))
        revealed = opened.live.session.rounds[0].revealed
    assert revealed is not None
    found = {each.voice: dict(each.points) for each in revealed.ballots}
    assert len(revealed.ballots) == len(voters)
    for voter in voters:
        points = found[voter.id]
        assert points.get("P1", 0) + 13 * points.get("P2", 0) + 169 * points.get("P3", 0) == acknowledged[voter.id]
    assert max(resumed) < 10
