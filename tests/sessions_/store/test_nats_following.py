"""Followers: they hear what is recorded, ask whoever leads for what came before, and need no rights on the stream."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nats_server import NatsServer, anything, event, nats_store, running_library, server_program, until

from sessions.errors import RecordError

pytest.importorskip("nats", reason="the extra nats is not installed")
pytestmark = [pytest.mark.system, pytest.mark.skipif(server_program() is None, reason="there is no nats-server")]

from sessions.store.nats.store import NatsStore  # noqa: E402


@pytest.fixture
def server(tmp_path: Path) -> Iterator[NatsServer]:
    with running_library(tmp_path) as started:
        yield started


@pytest.fixture
def leader(server: NatsServer, tmp_path: Path) -> Iterator[NatsStore]:
    with nats_store(server, tmp_path / "leader", holder="the PMO lead") as opened:
        yield opened


@pytest.fixture
def follower(server: NatsServer, tmp_path: Path) -> Iterator[NatsStore]:
    with nats_store(server, tmp_path / "follower", role="follower") as opened:
        yield opened


def received(handle: Any, count: int) -> list[int]:
    """Return the numbers of the records that come, as soon as there are so many."""
    found: list[int] = []
    waiting = threading.Event()
    for _ in range(2000):
        if handle.has_news():
            found += [record["seq"] for record in handle.receive()]
        if len(found) >= count:
            break
        waiting.wait(0.005)
    return found


def test_a_follower_sees_the_record_so_far_and_all_that_follows(leader: NatsStore, follower: NatsStore) -> None:
    with leader.create(event(1)) as led:
        led.log.append_all([event(seq, text="x" * 20_000) for seq in range(2, 60)])  # more than fits into one answer
        assert [each.ref.id for each in follower.listing()] == ["alpha"]
        handle = follower.open(follower.ref("alpha"), "read", anything)
        assert (len(follower.read(handle.ref).records), handle.log.count) == (59, 59)
        led.log.append(event(60))
        led.log.append_all([event(61), event(62)])
        assert received(handle, 3) == [60, 61, 62]
        with pytest.raises(RecordError):
            handle.log.append(event(63))
        handle.close()
    with pytest.raises(RecordError, match="Nobody leads a session"):
        follower.listing()


def test_what_was_not_heard_is_asked_for(leader: NatsStore, follower: NatsStore) -> None:
    with leader.create(event(1)) as led, follower.open(follower.ref("alpha"), "read", anything) as handle:
        led.log.append(event(2))
        assert received(handle, 1) == [2]
        led.log.append(event(3))
        until(lambda: bool(handle._heard))
        handle._heard.clear()  # lost on the way
        led.log.append(event(4))
        assert received(handle, 2) == [3, 4]


def test_without_anybody_who_leads_a_follower_is_told_so(leader: NatsStore, follower: NatsStore) -> None:
    leader.create(event(1)).close()
    with pytest.raises(RecordError, match="Nobody leads alpha now"):
        follower.open(follower.ref("alpha"), "read", anything)


def test_a_follower_can_neither_write_nor_create(leader: NatsStore, follower: NatsStore) -> None:
    with leader.create(event(1)):
        for attempt in (lambda: follower.open(follower.ref("alpha"), "write", anything), lambda: follower.create({**event(1), "session": "beta"})):
            with pytest.raises(RecordError):
                attempt()
