"""The library on a real server: what happens when the server, the connection or another writer does not do as it should; and followers."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import nats
import pytest
from nats_server import WITH_A_SERVER, NatsServer, nats_store, store_of, until, wire_of
from store import anything, event

from sessions.errors import ConflictError, RecordError
from sessions.record.chain import FIRST_CHAIN, encode_all
from sessions.store.nats.keys import new_key
from sessions.store.nats.making import make
from sessions.store.nats.store import NatsStore
from sessions.store.ports import HeldError

pytestmark = WITH_A_SERVER


def test_of_two_writers_one_wins_every_race_and_the_record_never_forks(server: NatsServer, shared: NatsStore, tmp_path: Path) -> None:
    """Both hold the session, as after a take-over that one of them has missed: 400 records, and each decides who was first."""
    shared.create(event(1)).close()
    with nats_store(server, tmp_path / "other", holder="the second window") as other:
        handles: list[Any] = [each.open(each.ref("alpha"), "write", anything, over=True) for each in (shared, other)]
        wins: list[tuple[int, int]] = []
        refused: list[str] = []

        def race(writer: int) -> None:
            handle = handles[writer]
            while handle.log.count < 401:
                handle._lease.taken_by = ""
                seq = handle.log.count + 1
                try:
                    handle.log.append_all([event(seq, text=f"{writer}")])
                    wins.append((seq, writer))
                except ConflictError:
                    handle.receive()
                except RecordError:  # it has heard of the other one in between
                    refused.append(handle.reason)

        threads = [threading.Thread(target=race, args=(writer,)) for writer in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        records = shared.read(shared.ref("alpha")).records
        assert [(record["seq"], int(record["text"])) for record in records[1:]] == sorted(wins)
        assert [seq for seq, _ in sorted(wins)] == [*range(2, len(records) + 1)]
        assert {writer for _, writer in wins} == {0, 1}
        assert all("was taken over" in why for why in refused)
        for handle in handles:
            handle.close()


def test_without_an_answer_the_session_is_read_only_and_goes_on_by_itself(server: NatsServer, shared: NatsStore) -> None:
    with shared.create(event(1)) as handle:
        server.freeze()
        with pytest.raises(RecordError, match="did not answer"):
            handle.log.append_all([event(2, text="lost?")])
        assert "cannot be reached" in handle.reason
        with pytest.raises(RecordError, match="cannot be reached"):
            handle.urn.seal(1, "coo", {})
        server.thaw()
        until(lambda: not handle.reason)
        until(handle.has_news)
        assert [record["text"] for record in handle.receive()] == ["lost?"]  # sent twice, and stored once
        handle.log.append_all([event(3)])
        assert shared.check(handle.ref) == (3, True, "", False)


def test_a_server_that_was_started_without_sync_takes_nothing_in_any_more(server: NatsServer, shared: NatsStore) -> None:
    with shared.create(event(1)) as handle:
        server.stop()
        server.change("sync_interval: always", "sync_interval: 2m")
        server.start()
        with suppress(RecordError):
            handle.log.append_all([event(2)])
        until(lambda: "sync_interval: always" in handle.reason)
        with pytest.raises(RecordError, match="sync_interval: always"):
            handle.log.append_all([event(2)])
        with closing(wire_of(server)) as wire, pytest.raises(RecordError, match="sync_interval: always"):
            wire.ask(lambda: make(wire, "1"))
        assert len(shared.read(handle.ref).records) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # refused attempts leave connections to be collected
def test_a_key_that_was_taken_back_is_said_and_works_again_when_it_is_given_back(server: NatsServer, shared: NatsStore) -> None:
    key, other = server.keys["facilitator"].public, new_key(os.urandom(32)).public
    with shared.create(event(1)) as handle:
        for old, new in ((key, other), (other, key)):
            server.stop()
            server.change(old, new)
            server.start()
            until(lambda said=new == other: "does not know these credentials" in handle.reason if said else not handle.reason)
            with suppress(RecordError):
                handle.log.append_all([event(2)])
        assert handle.log.count == len(shared.read(handle.ref).records) == 2


def test_a_damaged_message_is_located_and_a_repaired_copy_goes_on(server: NatsServer, shared: NatsStore) -> None:
    async def damage() -> None:
        client = await nats.connect(f"nats://127.0.0.1:{server.port}", nkeys_seed_str=server.keys["operator"].seed)
        await client.jetstream().publish("pmo.session.alpha", json.dumps(event(3, chain="0" * 32)).encode())
        await client.close()

    with shared.create(event(1)) as handle:
        handle.log.append_all([event(2)])
        asyncio.run(damage())
        with pytest.raises(ConflictError):
            handle.log.append_all([event(3)])
        with pytest.raises(ConflictError, match="record 3"):
            handle.receive()
        assert "record 3" in handle.reason
    assert shared.check(handle.ref)[:2] == (2, False)
    assert "record 3 is damaged (message 3" in shared.check(handle.ref).problem
    with shared.open(handle.ref, "write", anything) as again:
        assert again.damaged
        assert "record 3" in again.reason
    assert shared.repair(handle.ref).records == 2
    with shared.open(shared.ref("alpha-repaired"), "write", anything) as repaired:
        repaired.log.append_all([event(3)])


def test_a_library_that_was_deleted_says_so_and_can_still_be_copied(server: NatsServer, shared: NatsStore, tmp_path: Path) -> None:
    with shared.create(event(1)) as handle:
        server.stop()
        [stream] = (server.folder / "data").rglob("QUARTERDECK_PMO")
        stream.rename(server.folder / "put away")
        server.start()
        until(lambda: "cannot be reached" not in handle.reason)
        with pytest.raises(RecordError, match="deleted"):
            handle.log.append_all([event(2)])
        assert handle.is_lost()
        assert shared.check(handle.copy(str(tmp_path / "copy"), [event(1)])).whole
        with pytest.raises(RecordError, match="library init"):
            shared.listing()


def test_a_copy_that_was_broken_off_is_completed_by_the_next_one(shared: NatsStore) -> None:
    lines, _ = encode_all([event(seq) for seq in range(1, 1202)], 0, FIRST_CHAIN)
    shared.take_in("beta", lines[:500])
    assert shared.lines(shared.take_in("beta", lines)) == lines
    with pytest.raises(RecordError, match="taken"):
        shared.take_in("beta", lines)


def test_sealed_ballots_stay_on_this_machine(server: NatsServer, shared: NatsStore, tmp_path: Path) -> None:
    with shared.create(event(1)) as handle:
        handle.urn.seal(1, "coo", {"points": {"secretcard": 7}})
        handle.seats.write(b"seats")
        private = [path for path in (tmp_path / "private").rglob("*") if path.is_file()]
        assert {path.name for path in private} == {"alpha.urn", "alpha.seats", "machine"}
        assert {path.parent.name for path in private if path.suffix == ".urn"} == {"pmo-a1b2"}
        assert not [path for path in server.folder.glob("data/**/*") if path.is_file() and b"secretcard" in path.read_bytes()]


def test_what_a_killed_process_of_this_computer_held_is_free_at_once(server: NatsServer, tmp_path: Path) -> None:
    gone = store_of(server, tmp_path / "private", holder="a process that is gone")
    gone.create(event(1))._lease._revision = 0  # it dies without a word
    gone.close()
    with pytest.MonkeyPatch.context() as patch, nats_store(server, tmp_path / "private") as store:
        with pytest.raises(HeldError, match="a process that is gone"):
            store.open(store.ref("alpha"), "write", anything)
        patch.setattr("sessions.disk.files.FileOps.is_running", lambda *_: False)
        with nats_store(server, tmp_path / "another machine of that name") as elsewhere, pytest.raises(HeldError):
            elsewhere.open(elsewhere.ref("alpha"), "write", anything)
        store.open(store.ref("alpha"), "write", anything).close()


# --- followers: they hear what is recorded, ask the leader for what came before, and need no rights on the stream


@pytest.fixture
def follower(server: NatsServer, tmp_path: Path) -> Iterator[NatsStore]:
    with nats_store(server, tmp_path / "follower", role="follower") as opened:
        yield opened


def received(handle: Any, count: int) -> list[int]:
    """Return the numbers of the records that come, as soon as there are so many."""
    found: list[int] = []

    def enough() -> bool:
        found.extend(record["seq"] for record in (handle.receive() if handle.has_news() else ()))
        return len(found) >= count

    until(enough)
    return found


def test_a_follower_sees_the_record_so_far_and_all_that_follows_and_writes_nothing(shared: NatsStore, follower: NatsStore) -> None:
    with shared.create(event(1)) as led:
        led.log.append_all([event(seq, text="x" * 20_000) for seq in range(2, 60)])  # more than fits into one answer
        assert [each.ref.id for each in follower.listing()] == ["alpha"]
        with follower.open(follower.ref("alpha"), "read", anything) as handle:
            assert (len(follower.read(handle.ref).records), handle.log.count) == (59, 59)
            led.log.append_all([event(60)])
            led.log.append_all([event(61), event(62)])
            assert received(handle, 3) == [60, 61, 62]
            led.log.append_all([event(63)])
            until(lambda: handle._heard)
            handle._heard.clear()  # lost on the way, and asked for again
            led.log.append_all([event(64)])
            assert received(handle, 2) == [63, 64]
            with pytest.raises(RecordError):
                handle.log.append_all([event(65)])
        for attempt in (lambda: follower.open(follower.ref("alpha"), "write", anything), lambda: follower.create(event(1, session="beta"))):
            with pytest.raises(RecordError):
                attempt()
    with pytest.raises(RecordError, match="No one leads a session"):
        follower.listing()
    with pytest.raises(RecordError, match="No one leads alpha now"):
        follower.open(follower.ref("alpha"), "read", anything)
