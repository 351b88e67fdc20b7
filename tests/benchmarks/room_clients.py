"""Clients of a room, in a process of their own: `python -m tests.benchmarks.room_clients KIND`, what they need as a line of JSON on stdin.

Each says `ready`, works until stdin is closed, and then prints what it saw as a line of JSON. Times are nanoseconds of the machine's
monotonic clock, which all processes share.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import ssl
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

_HELD = ClientTimeout(total=30)


def _say(value: object) -> None:
    print(json.dumps(value), flush=True)


async def _told_to_end() -> None:
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


def _client(asked: dict[str, Any]) -> ClientSession:
    tls = ssl.create_default_context()
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    return ClientSession(asked["base"], connector=TCPConnector(limit=0, ssl=tls))


async def pages(asked: dict[str, Any]) -> None:
    """Follow the room from every seat, and note when each version came."""
    first, seen = asyncio.Event(), [list[tuple[int, int]]() for _ in asked["tokens"]]

    async def follow(http: ClientSession, token: str, heard: list[tuple[int, int]]) -> None:
        version = 0
        while True:
            try:
                async with http.get("/state", params={"since": version}, headers={"X-Quarterdeck-Seat": token}, timeout=_HELD) as answer:
                    version = json.loads(await answer.read())["v"]
            except (ClientError, OSError, TimeoutError, KeyError):
                await asyncio.sleep(0.2)
                continue
            heard.append((version, time.monotonic_ns()))
            if all(seen):
                first.set()

    async with _client(asked) as http:
        tasks = [asyncio.create_task(follow(http, token, heard)) for token, heard in zip(asked["tokens"], seen, strict=True)]
        await first.wait()
        _say("ready")
        await _told_to_end()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    _say(seen)


async def _vote(http: ClientSession, voice: str, token: str, points: dict[str, int], name: str) -> bool:
    what = {"kind": "vote", "voice": voice, "choice": {"points": points}}
    body = json.dumps({"id": name, "round": 1, "version": 1, "what": what}).encode().ljust(4096)
    headers = {"X-Quarterdeck": "1", "X-Quarterdeck-Seat": token, "Content-Type": "application/json"}
    with contextlib.suppress(ClientError, OSError, TimeoutError):
        async with http.post("/act", data=body, headers=headers, timeout=_HELD) as answer:
            await answer.read()
            return answer.status == 200
    return False


async def votes(asked: dict[str, Any]) -> None:
    """Vote from every seat within some seconds, each as soon as it is its turn, and note how long the answer took."""
    took: list[int] = []

    async def one(http: ClientSession, voice: str, token: str, wait: float) -> None:
        await asyncio.sleep(wait)
        begun = time.monotonic_ns()
        if await _vote(http, voice, token, asked["choice"], f"ballot-{voice}"):
            took.append(time.monotonic_ns() - begun)

    async with _client(asked) as http:
        _say("ready")
        step = asked["seconds"] / len(asked["seats"])
        await asyncio.gather(*(one(http, voice, token, place * step) for place, (voice, token) in enumerate(asked["seats"].items())))
        await _told_to_end()
    _say(took)


async def changes(asked: dict[str, Any]) -> None:
    """Vote again and again, so many times a second in all; note which votes were acknowledged last, how long each answer took, how many were sent."""
    acknowledged: dict[str, int] = {}
    took: list[int] = []
    under_way: set[asyncio.Task[None]] = set()
    seats, chance, number = list(asked["seats"].items()), random.Random(7), 0
    ending = asyncio.create_task(_told_to_end())

    async def change(http: ClientSession, voice: str, token: str, number: int) -> None:
        points = {asked["cards"][0]: number % 25, asked["cards"][1]: number // 25 % 25, asked["cards"][2]: number // 625 % 25}
        begun = time.monotonic_ns()
        if await _vote(http, voice, token, points, f"change-{number:06}"):
            acknowledged[voice] = max(number, acknowledged.get(voice, 0))
            took.append(time.monotonic_ns() - begun)

    async with _client(asked) as http:
        _say("ready")
        begun = time.monotonic()
        while not ending.done():
            number += 1
            voice, token = chance.choice(seats)
            task = asyncio.create_task(change(http, voice, token, number))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            await asyncio.sleep(max(0.0, begun + number / asked["rate"] - time.monotonic()))
        await asyncio.gather(*under_way)
    _say([acknowledged, took, number])


async def hostile(asked: dict[str, Any]) -> None:
    """Hold silent connections and slow ones, and come back whenever one is closed."""

    async def silent() -> None:
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", asked["port"])
                with contextlib.suppress(OSError):
                    await reader.read()
                writer.close()
            await asyncio.sleep(random.uniform(0.3, 1.0))

    async def slow() -> None:
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", asked["port"])
                with contextlib.suppress(OSError):
                    for letter in b"GET /state HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " + b"a" * 1000:
                        writer.write(bytes((letter,)))
                        await writer.drain()
                        await asyncio.sleep(0.5)
                writer.close()
            await asyncio.sleep(random.uniform(0.3, 1.0))

    tasks = [asyncio.create_task(each()) for each in [silent] * asked["silent"] + [slow] * asked["slow"]]
    await asyncio.sleep(3)
    _say("ready")
    await _told_to_end()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    _say("gone")


async def newcomers(asked: dict[str, Any]) -> None:
    """Open the list of seats over new connections, and note how long each took."""
    took: list[int] = []
    ending = asyncio.create_task(_told_to_end())
    _say("ready")
    while not ending.done():
        begun = time.monotonic_ns()
        with contextlib.suppress(ClientError, OSError, TimeoutError):
            async with _client(asked) as http, http.get("/seats", timeout=ClientTimeout(total=10)) as answer:
                await answer.read()
        took.append(time.monotonic_ns() - begun)
        await asyncio.sleep(0.1)
    _say(took)


KINDS: dict[str, Callable[[dict[str, Any]], Awaitable[None]]] = {each.__name__: each for each in (pages, votes, changes, hostile, newcomers)}

if __name__ == "__main__":
    asyncio.run(KINDS[sys.argv[1]](json.loads(sys.stdin.readline())))  # type: ignore[arg-type]
