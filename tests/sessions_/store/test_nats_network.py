"""The library behind a bad network, on a full disk, and on three servers of which one dies: no acknowledged record is lost or stored twice."""

from __future__ import annotations

import asyncio
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from chaos_proxy import ChaosProxy, Weather
from nats_server import Cluster, NatsServer, event, nats_store, running_library, server_program, until

from sessions.errors import RecordError
from sessions.store.ports import ConflictError

pytest.importorskip("nats", reason="the extra nats is not installed")
pytestmark = [pytest.mark.system, pytest.mark.skipif(server_program() is None, reason="there is no nats-server")]

from sessions.store.nats.address import parse  # noqa: E402
from sessions.store.nats.login import Login  # noqa: E402
from sessions.store.nats.making import make  # noqa: E402
from sessions.store.nats.store import NatsStore  # noqa: E402
from sessions.store.nats.wire import Wire  # noqa: E402


class Writer:
    """Appends one record after another for as long as it can, in a thread of its own, and notes what was acknowledged."""

    def __init__(self, handle: Any) -> None:
        self.acknowledged = [1]
        self._handle = handle
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopped.is_set():
            seq = self._handle.log.count + 1
            try:
                self._handle.log.append(event(seq, text="x" * 300))
                self.acknowledged.append(seq)
            except ConflictError:  # it was stored, and the answer was lost
                self.acknowledged += [record["seq"] for record in self._handle.receive()]
            except RecordError:
                self._stopped.wait(0.05)

    def gets_on(self, records: int = 5) -> None:
        """Wait until so many more are acknowledged."""
        before, waiting = len(self.acknowledged), threading.Event()
        for _ in range(1500):
            if len(self.acknowledged) >= before + records:
                return
            waiting.wait(0.02)
        raise AssertionError(f"nothing is recorded any more: {self._handle.reason}")

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()


def can_be_read(store: NatsStore) -> bool:
    try:
        store.check(store.ref("alpha"))
    except RecordError:  # a cluster answers no reading for a moment after it has a leader
        return False
    return True


def assert_nothing_is_lost(store: NatsStore, acknowledged: list[int]) -> None:
    until(lambda: can_be_read(store))
    found = [record["seq"] for record in store.read(store.ref("alpha")).records]
    assert acknowledged == [*range(1, len(acknowledged) + 1)]
    assert found[: len(acknowledged)] == acknowledged
    assert len(found) <= len(acknowledged) + 1  # at most the one whose answer was not waited for
    assert store.check(store.ref("alpha")).whole


@contextmanager
def proxied(server: NatsServer) -> Iterator[ChaosProxy]:
    """Put a proxy before a server, in a thread with a loop of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    proxy = ChaosProxy(Weather())
    proxy.target = server.port
    asyncio.run_coroutine_threadsafe(proxy.start(), loop).result(5)
    proxy.now = loop.call_soon_threadsafe  # type: ignore[attr-defined]
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(proxy.stop(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_through_delays_stalls_and_resets_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    with running_library(tmp_path) as server, proxied(server) as proxy, nats_store(server, tmp_path / "direct") as direct:
        address = parse(f"nats://127.0.0.1:{proxy.port}/pmo")
        store = NatsStore(address, Login(server.keys["facilitator"].seed), tmp_path / "private", lambda: f"{next(TOKENS):032x}")
        handle = store.create(event(1))
        writer = Writer(handle)
        writer.gets_on()
        proxy.weather = Weather(delay=(0.0, 0.05))
        writer.gets_on()
        proxy.weather = Weather(stall=(1.0, 2.0), stalls=8)  # some answers take longer than is waited for them
        writer.gets_on()
        proxy.weather = Weather()
        for _ in range(5):
            proxy.now(proxy.cut_all)  # type: ignore[attr-defined]
            writer.gets_on()
        proxy.weather = Weather(stall=(60, 60), stalls=100)  # a black hole: the connection stands, and nothing comes through
        until(lambda: bool(handle.reason))
        proxy.weather = Weather()
        proxy.now(proxy.cut_all)  # type: ignore[attr-defined]
        writer.gets_on()
        proxy.target = 9  # nobody is there any more
        proxy.now(proxy.cut_all)  # type: ignore[attr-defined]
        until(lambda: bool(handle.reason))
        proxy.target = server.port
        writer.gets_on()
        writer.stop()
        assert_nothing_is_lost(direct, writer.acknowledged)
        handle.close()
        store.close()


TOKENS = iter(range(1, 10**9))


def test_a_full_disk_of_the_server_is_said_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    with running_library(tmp_path) as server, nats_store(server, tmp_path / "private") as store:
        handle = store.create(event(1))
        acknowledged = [1]
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))  # no file of it may grow beyond
        with suppress(RecordError):
            for seq in range(2, 100):
                handle.log.append(event(seq, text="x" * 20_000))
                acknowledged.append(seq)
        assert 1 < len(acknowledged) < 50
        server.stop()
        server.start()  # with room again
        until(lambda: not handle.reason)
        for record in handle.receive():
            acknowledged.append(record["seq"])
        handle.log.append(event(handle.log.count + 1))
        acknowledged.append(handle.log.count)
        assert_nothing_is_lost(store, acknowledged)


def test_three_servers_go_on_when_their_leader_dies(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    cluster.start()
    try:
        wire = Wire(parse(cluster.url), Login(str(cluster.servers[0].key_files["operator"])))
        until(lambda: made(wire))
        key = str(cluster.servers[0].key_files["facilitator"])
        store = NatsStore(parse(cluster.url), Login(key), tmp_path / "private", lambda: f"{next(TOKENS):032x}")
        handle = store.create(event(1))
        writer = Writer(handle)
        writer.gets_on()
        for _ in range(2):
            leader = wire.ask(lambda: wire.api("STREAM.INFO.QUARTERDECK_PMO"))["cluster"]["leader"]
            dead = cluster.server_named(leader)
            dead.stop(9)
            writer.gets_on()
            dead.start()
            until(lambda: all_current(wire))
        writer.stop()
        until(lambda: not handle.reason)
        assert_nothing_is_lost(store, writer.acknowledged)
        handle.close()
        store.close()
        wire.close()
    finally:
        cluster.stop()


def made(wire: Wire) -> bool:
    try:
        wire.ask(lambda: make(wire, "a1b2", 3), seconds=20)
    except RecordError:  # the servers have not found each other yet
        return False
    return True


def all_current(wire: Wire) -> bool:
    try:
        cluster = wire.ask(lambda: wire.api("STREAM.INFO.QUARTERDECK_PMO"))["cluster"]
    except RecordError:
        return False
    return bool(cluster.get("leader")) and all(each.get("current") for each in cluster["replicas"])
