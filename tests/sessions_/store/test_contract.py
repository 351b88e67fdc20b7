"""What every store promises (`store.ports`): the same tests for the session files, for a library on a server, and for the store in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from nats_server import nats_store, running_library, server_program
from store import Quick, anything, event
from support import FakeClock, bare

from sessions.commands.cards import MoveCard, NoteOnCard, Undo
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import DropRound, OpenRound
from sessions.errors import ConflictError, RecordError, SessionError
from sessions.library.library import Library, SessionNotFoundError
from sessions.library.taking_over import take_over
from sessions.record.events import SessionTakenOver
from sessions.store.memory import MemoryStore
from sessions.store.ports import HeldError, SessionRef, Store
from sessions.store.tinydb.store import TinyDbStore


@pytest.fixture(params=["files", "memory", pytest.param("nats", marks=pytest.mark.system)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore(holder="the first window")
    elif request.param == "files":
        yield TinyDbStore(tmp_path / "library", lambda: "0" * 32, holder="the first window", ops=Quick())
    elif server_program() is None:
        pytest.skip("there is no nats-server")
    else:
        with running_library(tmp_path) as server, nats_store(server, tmp_path / "private", holder="the first window") as shared:
            yield shared


def bare_records(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in record.items() if key != "chain"} for record in records]


def made(store: Store, session: str = "alpha", count: int = 3) -> SessionRef:
    handle = store.create(event(1, session=session))
    for seq in range(2, count + 1):
        handle.log.append_all([event(seq, session=session)])
    handle.close()
    return handle.ref


def test_what_was_created_is_listed_and_read_by_an_opaque_reference(store: Store) -> None:
    refs = [made(store, name) for name in ("beta", "alpha")]
    assert store.location.isprintable()
    listed = [ref for ref, _ in store.listing()]
    assert listed == refs[::-1]
    assert [ref.id for ref in listed] == ["alpha", "beta"]
    assert all(ref.location.isprintable() and store.ref(ref.name) == ref for ref in listed)
    records, damage = store.read(listed[0])
    assert (bare_records(records), damage) == ([event(1), event(2), event(3)], "")
    assert store.check(listed[0]) == (3, True, "", False)
    assert (store.load_index(), store.most_seen(listed[0])) == ([], 0)
    store.save_index(rows := [{"file": listed[0].name, "most": 3}])
    assert (store.load_index(), store.most_seen(listed[0])) == (rows, 3)
    with pytest.raises(RecordError, match="nothing to repair"):
        store.repair(listed[0])
    with pytest.raises(RecordError):
        store.create(event(1))
    with pytest.raises(RecordError):
        store.open(store.ref("missing.json"), "write", anything)


def test_a_stamp_changes_with_the_session_and_sorts_by_time(store: Store) -> None:
    ref = made(store)
    made(store, "beta")
    [alpha, beta] = [stamp for _, stamp in store.listing()]
    assert alpha < beta
    with closing(store.open(ref, "write", anything)) as handle:
        handle.log.append_all([event(4)])
    [later, same] = [stamp for _, stamp in store.listing()]
    assert (later > beta, same) == (True, beta)


def test_who_holds_a_session_is_named_and_reading_stays_possible(store: Store) -> None:
    ref = made(store)
    writer = store.open(ref, "write", anything)
    with pytest.raises(HeldError, match="the first window") as refusal:
        store.open(ref, "write", anything)
    assert refusal.value.holder == "the first window"
    reader = store.open(ref, "read", anything)
    with pytest.raises(RecordError, match="reading only"):
        reader.log.append_all([event(4)])
    reader.close()
    writer.close()
    judged = store.open(ref, "write", lambda records: f"{len(records)} records are enough")
    assert judged.reason == "3 records are enough"
    with pytest.raises(RecordError, match="are enough"):
        judged.log.append_all([event(4)])
    judged.close()
    store.open(ref, "write", anything).close()


def test_a_reader_receives_what_the_writer_appended(store: Store) -> None:
    ref = made(store)
    writer, reader = store.open(ref, "write", anything), store.open(ref, "read", anything)
    assert (reader.receive(), reader.log.count, reader.has_news()) == ([], 3, False)
    writer.log.append_all([event(4)])
    writer.log.append_all([event(5), event(6)])
    assert (writer.has_news(), reader.has_news(), reader.away) == (False, True, "")
    assert (writer.receive(), writer.is_lost()) == ([], False)
    assert bare_records(reader.receive()) == [event(4), event(5), event(6)]
    assert (reader.receive(), reader.log.count) == ([], 6)
    writer.close()
    reader.close()


def test_a_number_that_is_taken_is_a_conflict_and_changes_nothing(store: Store) -> None:
    ref = made(store)
    handle = store.open(ref, "write", anything)
    for records in ([event(3, text="mine")], [event(2), event(3)]):
        with pytest.raises(ConflictError, match="already recorded"):
            handle.log.append_all(records)
    with pytest.raises(RecordError) as gap:
        handle.log.append_all([event(5)])
    assert not isinstance(gap.value, ConflictError)
    handle.log.append_all([event(4)])
    handle.close()
    assert bare_records(store.read(ref).records) == [event(seq) for seq in range(1, 5)]


def test_a_copy_is_a_session_of_its_own_without_ballots_and_seats(store: Store, tmp_path: Path) -> None:
    ref = made(store)
    with closing(store.open(ref, "write", anything)) as handle:
        seal = handle.urn.seal(1, "coo", {"points": {"A": 1}})
        assert handle.urn.missing(1, {"coo": seal, "cio": "f" * 64}) == ("cio",)
        assert handle.seats.read() == b""
        handle.seats.write(b"seats")
        copy = handle.copy(str(tmp_path / "copy"), [])
        with pytest.raises(RecordError):
            handle.copy(str(tmp_path / "copy"), [])
    assert store.read(copy) == store.read(ref)
    with closing(store.open(copy, "write", anything)) as opened:
        assert (opened.urn.missing(1, {"coo": seal}), opened.seats.read()) == (("coo",), b"")
        opened.log.append_all([event(4)])
    with closing(store.open(ref, "write", anything)) as again:
        assert again.seats.read() == b"seats"
    if store.can_delete:
        store.delete(ref)
        with closing(store.open(made(store), "write", anything)) as new:
            assert new.seats.read() == b""


def test_a_session_moves_between_stores_byte_for_byte(store: Store, tmp_path: Path) -> None:
    ref = made(store, count=700)
    lines = store.lines(ref)
    folder = TinyDbStore(tmp_path / "elsewhere", lambda: "0" * 32, ops=Quick())
    moved = folder.take_in("alpha", lines)
    back = store.take_in("beta", folder.lines(moved))
    assert folder.check(moved) == store.check(back) == (700, True, "", False)
    assert store.lines(back) == lines
    assert store.read(back).records == folder.read(moved).records
    for target in (folder, store):
        with pytest.raises(RecordError):
            target.take_in("alpha", lines)


def test_the_urn_keeps_the_latest_ballot_of_a_voter_until_its_round_ends(store: Store) -> None:
    urn = store.open(made(store), "write", anything).urn
    first, second, other = (urn.seal(number, "coo", {"points": {card: 1}}) for number, card in ((1, "A"), (1, "B"), (2, "C")))
    seals = ((1, first), (1, second), (2, other))

    def here() -> list[bool]:
        return [not urn.missing(number, {"coo": seal}) for number, seal in seals]

    assert here() == [True, True, True]
    with suppress(ZeroDivisionError), urn.batch():
        urn.keep_latest(1, "coo", second)
        raise ZeroDivisionError
    assert here() == [True, True, True]
    with urn.batch():
        urn.keep_latest(1, "coo", second)
    assert here() == [False, True, True]
    with pytest.raises(RecordError):
        urn.keep_latest(1, "coo", first)
    urn.discard(1)
    assert here() == [False, False, True]


def library(store: Store) -> Library:
    return Library(store, FakeClock(), lambda length: "0" * length)


def test_the_second_of_two_writers_decides_again_on_what_the_first_recorded() -> None:
    """As if no one held the session: an action on another card is done after all, one on the same card says who was first."""
    home = library(MemoryStore(shared=True))
    with home.create(bare()) as first, home.open(home.find("last")) as second:
        first.live.perform(MoveCard(card="D", to=1))
        second.live.perform(MoveCard(card="C", to=1))
        assert second.live.session.order[:2] == ("C", "D")
        with pytest.raises(SessionError, match=r"PMO Lead was first: C from 4 to 1"):
            first.live.perform(MoveCard(card="C", to=3))
        second.live.perform(NoteOnCard(card="A", text="mine"))
        with pytest.raises(SessionError, match="was first"):
            first.live.perform(Undo())
        first.live.perform(MoveCard(card="C", to=4))
        assert (second.handle.has_news(), second.receive(), second.handle.has_news()) == (True, True, False)
        assert first.live.session == second.live.session
        assert [each.seq for each in first.live.recordeds] == [1, 2, 3, 4, 5]


def test_a_session_is_found_and_taken_over_only_if_that_is_asked_and_no_ballot_is_open(store: Store) -> None:
    home = library(store)
    for reference, answer in (("kyoto", "No session matches 'kyoto'"), ("last", "holds no session yet")):
        with pytest.raises(SessionNotFoundError, match=answer):
            home.find(reference)
    with home.create(bare()) as first:
        assert home.find("last") == home.find(first.live.session.title.upper()) == first.ref
        first.live.perform(MarkAttendance(presence="present"))
        first.live.perform(OpenRound())
        with pytest.raises(HeldError) as held:
            home.open(first.ref)
        if not held.value.can_be_taken:
            with pytest.raises(HeldError):
                take_over(home, first.ref)
            return
        with pytest.raises(SessionError, match="reveal or cancel it there first"):
            take_over(home, first.ref)
        assert not first.read_only
        first.live.perform(DropRound(round=1, reason="later"))
        with take_over(home, first.ref) as second:
            assert isinstance(second.live.recordeds[-1].event, SessionTakenOver)
            assert second.live.recordeds[-1].event.old == "the first window"
            second.live.perform(MoveCard(card="C", to=1))
            first.receive()
            with pytest.raises((RecordError, SessionError), match=r"taken over|was first"):
                first.live.perform(MoveCard(card="C", to=2))


def test_a_deleted_session_is_listed_no_more_and_its_name_is_free(store: Store) -> None:
    ref = made(store)
    with closing(store.open(ref, "write", anything)) as handle:
        refusal, words = (HeldError, "the first window") if store.can_delete else (RecordError, "shared")
        with pytest.raises(refusal, match=words):
            store.delete(ref)
        handle.log.append_all([event(4)])
    assert len(store.read(ref).records) == 4
    if not store.can_delete:
        return
    made(store, "beta")
    assert store.delete(ref)
    assert [listed.id for listed, _ in store.listing()] == ["beta"]
    for act in (store.read, store.delete):
        with pytest.raises(RecordError, match="alpha"):
            act(ref)
    assert store.delete(made(store)) != store.location
