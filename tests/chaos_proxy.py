"""A proxy on this machine that does to connections what bad networks do: it delays, stalls, resets and cuts them."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from dataclasses import dataclass

_RESET = struct.pack("ii", 1, 0)
"""Linger for no time: the connection ends with a reset, and what was in transit is lost."""
_CHUNK = 65_536


@dataclass
class Weather:
    """What happens to a connection: seconds of delay (from, to), of a stall and how often in a hundred, and of life before a reset (from, to)."""

    delay: tuple[float, float] = (0.0, 0.0)
    stall: tuple[float, float] = (0.0, 0.0)
    stalls: int = 0
    life: tuple[float, float] = (0.0, 0.0)


class ChaosProxy:
    """Forwards everything to a port, through its weather. Chance comes from a seed."""

    def __init__(self, weather: Weather, seed: int = 7) -> None:
        self.weather = weather
        self.target = 0
        self.port = 0
        self._chance = random.Random(seed)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        self.cut_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut_all(self) -> None:
        """Reset every connection immediately."""
        for writer in tuple(self._writers):
            _reset(writer)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            _reset(writer)
            return
        pair = {writer, far_writer}
        self._writers |= pair
        jobs = [asyncio.create_task(self._hand_on(reader, far_writer)), asyncio.create_task(self._hand_on(far_reader, writer))]
        self._tasks.update(jobs)
        try:
            life = self._chance.uniform(*self.weather.life) or None
            ended, _ = await asyncio.wait(jobs, timeout=life, return_when=asyncio.FIRST_COMPLETED)
            if not ended:
                for each in pair:
                    _reset(each)
        finally:
            for job in jobs:
                job.cancel()
                self._tasks.discard(job)
            for each in pair:
                self._writers.discard(each)
                each.close()

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(_CHUNK):
                wait = self._chance.uniform(*self.weather.delay)
                if self._chance.randrange(100) < self.weather.stalls:
                    wait += self._chance.uniform(*self.weather.stall)
                if wait:
                    await asyncio.sleep(wait)
                writer.write(data)
                await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    sock = writer.get_extra_info("socket")
    if sock is not None and not writer.transport.is_closing():
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        writer.transport.abort()
