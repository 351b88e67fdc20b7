"""The library on a real server: what happens when the server, the connection or another writer does not do as it should."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from nats_server import NatsServer, anything, event, nats_store, running_library, server_program, store_of, until

from sessions.errors import RecordError
from sessions.store.ports import ConflictError, HeldError

nats = pytest.importorskip("nats", reason="the extra nats is not installed")
pytestmark = [pytest.mark.system, pytest.mark.skipif(server_program() is None, reason="there is no nats-server")]

from sessions.store.nats.keys import new_key  # noqa: E402
from sessions.store.nats.session import encoded  # noqa: E402
from sessions.store.nats.store import NatsStore  # noqa: E402


@pytest.fixture
def server(tmp_path: Path) -> Iterator[NatsServer]:
    with running_library(tmp_path) as started:
        yield started


@pytest.fixture
def store(server: NatsServer, tmp_path: Path) -> Iterator[NatsStore]:
    with nats_store(server, tmp_path / "private", holder="the first window") as opened:
        yield opened


def as_operator(server: NatsServer, act: Callable[[Any], Any]) -> Any:
    """Do something on the server with the operator's key."""

    async def run() -> Any:
        client = await nats.connect(f"nats://127.0.0.1:{server.port}", nkeys_seed_str=server.keys["operator"].seed)
        try:
            return await act(client.jetstream())
        finally:
            await client.close()

    return asyncio.run(run())


def test_of_two_writers_one_wins_every_race_and_the_record_never_forks(server: NatsServer, store: NatsStore, tmp_path: Path) -> None:
    """Both hold the session, as after a take-over that one of them has not heard of: 400 records, and each decides who was first."""
    store.create(event(1)).close()
    with nats_store(server, tmp_path / "other", holder="the second window") as other:
        handles = [each.open(each.ref("alpha"), "write", anything, over=True) for each in (store, other)]
        wins: list[tuple[int, int]] = []
        refused: list[str] = []

        def race(writer: int) -> None:
            handle: Any = handles[writer]
            handle._lease.taken_by = ""
            while handle.log.count < 401:
                seq = handle.log.count + 1
                try:
                    handle.log.append(event(seq, text=f"{writer}"))
                    wins.append((seq, writer))
                except ConflictError:
                    handle.receive()
                except RecordError:  # it has heard of the other one in between
                    refused.append(handle.reason)
                handle._lease.taken_by = ""

        threads = [threading.Thread(target=race, args=(writer,)) for writer in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        records = store.read(store.ref("alpha")).records
        assert [(record["seq"], int(record["text"])) for record in records[1:]] == sorted(wins)
        assert [seq for seq, _ in sorted(wins)] == [*range(2, len(records) + 1)]
        assert {writer for _, writer in wins} == {0, 1}
        assert all("was taken over" in why for why in refused)
        for handle in handles:
            handle.close()


@pytest.mark.parametrize("kills", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_what_was_acknowledged_survives_every_kill_of_the_server(server: NatsServer, store: NatsStore, kills: int) -> None:
    handle = store.create(event(1))
    told = [1]
    stopped = threading.Event()

    def append() -> None:
        while not stopped.is_set():
            seq = handle.log.count + 1
            try:
                handle.log.append(event(seq, text="x" * 300))
                told.append(seq)
            except ConflictError:
                told.extend(record["seq"] for record in handle.receive())  # it was stored, and the answer was lost
            except RecordError:
                stopped.wait(0.05)

    thread = threading.Thread(target=append)
    thread.start()
    for _ in range(kills):
        before = len(told)
        until(lambda before=before: len(told) > before + 5)  # type: ignore[misc]
        server.stop(signal.SIGKILL)
        server.start()
    stopped.set()
    thread.join()
    until(lambda: not handle.reason)
    assert told == [*range(1, len(told) + 1)]
    assert [record["seq"] for record in store.read(handle.ref).records][: len(told)] == told
    assert store.check(handle.ref).whole
    handle.close()


def test_without_an_answer_the_session_is_read_only_and_goes_on_by_itself(server: NatsServer, store: NatsStore) -> None:
    handle = store.create(event(1))
    os.kill(server.pid, signal.SIGSTOP)
    with pytest.raises(RecordError, match="did not answer"):
        handle.log.append(event(2, text="lost?"))
    assert "cannot be reached" in handle.reason
    with pytest.raises(RecordError, match="cannot be reached"):
        handle.urn.seal(1, "coo", {})
    os.kill(server.pid, signal.SIGCONT)
    until(lambda: not handle.reason)
    until(handle.has_news)
    assert [record["text"] for record in handle.receive()] == ["lost?"]  # sent twice, and stored once
    handle.log.append(event(3))
    assert store.check(handle.ref) == (3, True, "", False)
    handle.close()


def test_a_server_that_was_started_without_sync_takes_nothing_in_any_more(server: NatsServer, store: NatsStore) -> None:
    handle = store.create(event(1))
    server.stop()
    server.change("sync_interval: always", "sync_interval: 2m")
    server.start()
    with suppress(RecordError):
        handle.log.append(event(2))
    until(lambda: "sync_interval: always" in handle.reason)
    with pytest.raises(RecordError, match="sync_interval: always"):
        handle.log.append(event(2))
    assert len(store.read(handle.ref).records) == 1
    handle.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # refused attempts leave connections to be collected
def test_a_key_that_was_taken_back_is_said_and_works_again_when_it_is_given_back(server: NatsServer, store: NatsStore) -> None:
    handle: Any = store.create(event(1))
    key, other = server.keys["facilitator"].public, new_key(os.urandom(32)).public
    for old, new in ((key, other), (other, key)):
        server.stop()
        server.change(old, new)
        server.start()
        until(lambda said=new == other: "does not know these credentials" in handle.reason if said else not handle.reason)  # type: ignore[misc]
        with suppress(RecordError):
            handle.log.append(event(2))
    assert handle.log.count == len(store.read(handle.ref).records) == 2
    handle.close()


def test_who_takes_over_leads_and_who_led_before_learns_of_it(server: NatsServer, store: NatsStore, tmp_path: Path) -> None:
    first = store.create(event(1))
    with nats_store(server, tmp_path / "other", holder="the second window") as other:
        with pytest.raises(HeldError, match="the first window"):
            other.open(other.ref("alpha"), "write", anything)
        second = other.open(other.ref("alpha"), "write", anything, over=True)
        second.log.append({**event(2), "kind": "session_taken_over"})
        with pytest.raises(ConflictError):  # it was at work, and has not heard of it yet
            first.log.append(event(2))
        assert [record["seq"] for record in first.receive()] == [2]
        assert "was taken over" in first.reason
        until(lambda: "the second window" in first.reason)
        second.log.append(event(3))
        until(first.has_news)
        assert [record["seq"] for record in first.receive()] == [3]
        second.close()
    first.close()


def test_a_damaged_message_is_located_and_a_repaired_copy_goes_on(server: NatsServer, store: NatsStore) -> None:
    handle = store.create(event(1))
    handle.log.append(event(2))
    as_operator(server, lambda jetstream: jetstream.publish("pmo.session.alpha", json.dumps(event(3, chain="0" * 32)).encode()))
    with pytest.raises(ConflictError):
        handle.log.append(event(3))
    with pytest.raises(ConflictError, match="record 3"):
        handle.receive()
    assert "record 3" in handle.reason
    handle.close()
    assert store.check(handle.ref)[:2] == (2, False)
    assert "record 3 is damaged (message 3" in store.check(handle.ref).problem
    with store.open(handle.ref, "write", anything) as again:  # type: ignore[attr-defined]
        assert again.damaged
        assert "record 3" in again.reason
    assert store.repair(handle.ref)[1:3] == (2, 1)
    repaired = store.open(store.ref("alpha-repaired"), "write", anything)
    repaired.log.append(event(3))
    repaired.close()


def test_a_library_that_was_deleted_says_so_and_can_still_be_copied(server: NatsServer, store: NatsStore, tmp_path: Path) -> None:
    handle = store.create(event(1))
    server.stop()
    [stream] = (server.folder / "data").rglob("QUARTERDECK_PMO")
    stream.rename(server.folder / "put away")
    server.start()
    until(lambda: "cannot be reached" not in handle.reason)
    with pytest.raises(RecordError, match="deleted"):
        handle.log.append(event(2))
    assert handle.is_lost()
    copy = handle.copy(str(tmp_path / "copy"), [event(1)])
    assert store.check(copy).whole
    with pytest.raises(RecordError, match="library init"):
        store.listing()
    handle.close()


def test_a_copy_that_was_broken_off_is_completed_by_the_next_one(store: NatsStore) -> None:
    lines = encoded([event(seq) for seq in range(1, 1202)])
    store.take_in("beta", lines[:500])
    assert store.lines(store.take_in("beta", lines)) == lines
    with pytest.raises(RecordError, match="taken"):
        store.take_in("beta", lines)


def test_sealed_ballots_stay_on_this_machine(server: NatsServer, store: NatsStore, tmp_path: Path) -> None:
    handle = store.create(event(1))
    handle.urn.seal(1, "coo", {"points": {"secretcard": 7}})
    handle.seats.write(b"seats")
    private = {path.name for path in (tmp_path / "private").rglob("*") if path.is_file()}
    assert private == {"alpha.urn", "alpha.seats", "machine"}
    assert {path.parent.name for path in (tmp_path / "private").rglob("*.urn")} == {"pmo-a1b2"}
    assert not [path for path in server.folder.glob("data/**/*") if path.is_file() and b"secretcard" in path.read_bytes()]
    handle.close()


def test_what_a_killed_process_of_this_computer_held_is_free_at_once(server: NatsServer, tmp_path: Path) -> None:
    gone = store_of(server, tmp_path / "private", holder="a process that is gone")
    handle = gone.create(event(1))
    handle._lease._revision = 0  # it dies without a word
    gone.close()
    with pytest.MonkeyPatch.context() as patch, nats_store(server, tmp_path / "private") as store:
        with pytest.raises(HeldError, match="a process that is gone"):
            store.open(store.ref("alpha"), "write", anything)
        patch.setattr("sessions.disk.files.FileOps.is_running", lambda *_: False)
        with nats_store(server, tmp_path / "another machine of that name") as elsewhere, pytest.raises(HeldError):
            elsewhere.open(elsewhere.ref("alpha"), "write", anything)
        store.open(store.ref("alpha"), "write", anything).close()
