"""The library on servers that are killed, freeze or have a full disk: no acknowledged record is lost or stored twice."""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from nats_server import WITH_A_SERVER, Cluster, NatsServer, nats_store, until, wire_of
from store import event

from sessions.errors import ConflictError, RecordError
from sessions.store.nats.making import make
from sessions.store.nats.store import NatsStore

pytestmark = WITH_A_SERVER


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
                self._handle.log.append_all([event(seq, text="x" * 300)])
                self.acknowledged.append(seq)
            except ConflictError:  # it was stored, and the answer was lost
                self.acknowledged += [record["seq"] for record in self._handle.receive()]
            except RecordError:
                self._stopped.wait(0.05)

    def gets_on(self) -> None:
        """Wait until some more are acknowledged."""
        before = len(self.acknowledged)
        until(lambda: len(self.acknowledged) >= before + 5)

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()


def succeeds(act: Callable[[], object]) -> bool:
    with suppress(RecordError):
        act()
        return True
    return False


def assert_nothing_is_lost(store: NatsStore, acknowledged: list[int]) -> None:
    ref = store.ref("alpha")
    until(lambda: succeeds(lambda: store.check(ref)))  # a cluster answers no reading for a moment after it has a leader
    found = [record["seq"] for record in store.read(ref).records]
    assert acknowledged == [*range(1, len(acknowledged) + 1)]
    assert found[: len(acknowledged)] == acknowledged
    assert len(found) <= len(acknowledged) + 1  # at most the one whose answer was not waited for
    assert store.check(ref).whole


@pytest.mark.parametrize("rounds", [3, pytest.param(15, marks=pytest.mark.slow)])
def test_killed_standing_still_or_gone_for_long_the_server_loses_and_doubles_nothing(server: NatsServer, shared: NatsStore, rounds: int) -> None:
    with closing(shared.create(event(1))) as handle:
        writer = Writer(handle)
        for _ in range(rounds):
            writer.gets_on()
            server.stop(signal.SIGKILL)
            server.start()
            writer.gets_on()
            server.freeze()  # the connection is open, and nothing comes through
            until(lambda: handle.reason)
            server.thaw()
            writer.gets_on()
            server.stop()
            until(lambda: handle.reason)
            server.start()
        writer.gets_on()
        writer.stop()
        until(lambda: not handle.reason)
        assert_nothing_is_lost(shared, writer.acknowledged)


def test_a_full_disk_of_the_server_is_said_and_what_was_acknowledged_stays(server: NatsServer, shared: NatsStore) -> None:
    with shared.create(event(1)) as handle:
        acknowledged = [1]
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))  # no file of it may grow beyond
        with suppress(RecordError):
            for seq in range(2, 100):
                handle.log.append_all([event(seq, text="x" * 20_000)])
                acknowledged.append(seq)
        assert 1 < len(acknowledged) < 50
        server.stop()
        server.start()  # with room again
        until(lambda: not handle.reason)
        acknowledged += [record["seq"] for record in handle.receive()]
        handle.log.append_all([event(handle.log.count + 1)])
        assert_nothing_is_lost(shared, [*acknowledged, handle.log.count])


def test_three_servers_go_on_when_their_leader_dies(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    cluster.start()
    first = cluster.servers[0]

    def stream() -> dict[str, Any]:
        return wire.ask(lambda: wire.api("STREAM.INFO.QUARTERDECK_PMO"))["cluster"]

    def all_current() -> None:
        if not stream().get("leader") or not all(each.get("current") for each in stream()["replicas"]):
            raise RecordError("not yet")

    try:
        with closing(wire_of(first, url=cluster.url)) as wire:
            until(lambda: succeeds(lambda: wire.ask(lambda: make(wire, "a1b2", 3), seconds=20)))  # the servers find each other
            with nats_store(first, tmp_path / "private", url=cluster.url) as store, store.create(event(1)) as handle:
                writer = Writer(handle)
                writer.gets_on()
                for _ in range(2):
                    dead = cluster.server_named(stream()["leader"])
                    dead.stop(signal.SIGKILL)
                    writer.gets_on()
                    dead.start()
                    until(lambda: succeeds(all_current))
                writer.stop()
                until(lambda: not handle.reason)
                assert_nothing_is_lost(store, writer.acknowledged)
    finally:
        cluster.stop()
