"""The journal: what is appended comes back, from us and from stock TinyDB; one window writes; anything that could not come back is refused."""

import errno
import json
import math
import os

import pytest
from store import Quick, event, failure
from tinydb import TinyDB, where
from tinydb.table import Document

from sessions.disk.files import FileOps
from sessions.errors import RecordError
from sessions.store.ports import HeldError
from sessions.store.tinydb.holder import describe_holder
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.lines import scan
from sessions.store.tinydb.table import open_database
from sessions.store.tinydb.urn import Urn

HARD = 'line\nbreak \u2028 \x00 \\ " Zürich —'


@pytest.fixture
def path(tmp_path):
    """Return the file of a session with five records."""
    path = tmp_path / "session.json"
    with Journal.create(path, holder="a test", first=event(1), ops=Quick()) as journal:
        journal.append_all([event(number, text=HARD) for number in range(2, 6)])
    return path


def opened(path, ops=None, **how):
    return Journal.open(path, holder="a test", ops=ops or Quick(), **how)


def test_the_file_has_the_promised_shape_and_stock_tinydb_reads_what_was_recorded(path):
    with opened(path) as journal:
        journal.append(event(6))
        assert (journal.next_seq, journal.notices, journal.read_only) == (7, (), False)
        records = journal.records
    assert [{**record, "chain": ""} for record in records[:2]] == [event(1, chain=""), event(2, text=HARD, chain="")]
    assert list(records[-1])[-1] == "chain"
    lines = path.read_bytes().split(b"\n")
    assert (lines[0], lines[-1]) == (b'{"events": {', b"}}")
    assert [line.split(b":")[0] for line in lines[1:-1]] == [b'"1"', b',"2"', b',"3"', b',"4"', b',"5"', b',"6"']
    assert path.stat().st_mode & 0o777 == 0o600
    with TinyDB(path, access_mode="r") as stock:
        assert stock.table("events").all() == records


@pytest.mark.promise("store-S18")
def test_ten_thousand_records_scan_to_what_json_reads(tmp_path):
    with Journal.create(tmp_path / "long.json", holder="a test", ops=Quick()) as journal:
        journal.append_all([event(number) for number in range(1, 10_001)])
        data = journal.path.read_bytes()
        assert scan(data).records == journal.records == list(json.loads(data)["events"].values())


def test_creating_refuses_a_name_that_is_taken_even_by_a_dangling_link(tmp_path):
    mine, link = tmp_path / "mine.json", tmp_path / "link.json"
    mine.write_text("mine")
    link.symlink_to(tmp_path / "elsewhere.json")
    for taken in (mine, link):
        with pytest.raises(RecordError, match="could not be created"):
            Journal.create(taken, holder="a test")
    assert mine.read_text() == "mine"
    assert not (tmp_path / "elsewhere.json").exists()


# ---------------------------------------------------------------- what JSON cannot bring back


def deep(levels):
    return [deep(levels - 1)] if levels else []


BAD = ("half \ud800", "\udfff", b"bytes", math.nan, math.inf, 0.5, 2**63, -(2**63))
BAD_PARTS = ({1: "a"}, {None: 1}, {"\ud800": 1}, (1, 2), {"a"}, deep(100), deep(800))


@pytest.mark.promise("store-S21")
def test_what_json_cannot_bring_back_is_refused_before_anything_is_written(path, tmp_path):
    before, urn = path.read_bytes(), Urn(tmp_path / "session.urn", salt=lambda: "0" * 32)
    with opened(path) as journal:
        for bad in (*BAD, *BAD_PARTS):
            for value in (bad, [1, bad], {"a": {"b": [{"c": bad}]}}):
                with pytest.raises(RecordError) as refusal:
                    journal.append(event(6, value=value))
                assert str(refusal.value).isprintable()
                with pytest.raises(RecordError):
                    urn.seal(1, "coo", {"points": value})
        with pytest.raises(RecordError):
            urn.seal(1, "half \ud800", {})
        assert path.read_bytes() == before
        assert not urn.path.exists()
        good = [True, None, "", {}, [], 2**63 - 1, -(2**63 - 1), deep(50)]
        journal.append(event(6, value=good))
    with pytest.raises(RecordError, match="closed"):
        journal.append(event(7))
    assert opened(path, read_only=True).records[5]["value"] == good


# ---------------------------------------------------------------- TinyDB


def test_an_insert_appends_and_is_found_immediately(path):
    with opened(path) as journal:
        table = open_database(journal).table("events")
        query = where("seq") > 4
        assert len(table.search(query)) == 1
        assert table.insert(event(6)) == 6
        journal.append(event(7))
        assert table.insert_multiple([event(8), Document(event(9), 9)]) == [8, 9]
        assert [found["seq"] for found in table.search(query)] == [5, 6, 7, 8, 9]
        for wrong in (event(9), Document(event(10), 11)):
            with pytest.raises(RecordError):
                table.insert(wrong)


@pytest.mark.parametrize(
    "change",
    [
        lambda db: db.table("events").update({"kind": "x"}),
        lambda db: db.table("events").update(lambda document: document.clear(), doc_ids=[1]),
        lambda db: db.table("events").update_multiple([({"kind": "x"}, where("seq") == 1)]),
        lambda db: db.table("events").upsert({"kind": "x"}, where("seq") == 99),
        lambda db: db.table("events").remove(where("seq") == 1),
        lambda db: db.table("events").truncate(),
        lambda db: db.drop_table("events"),
        lambda db: db.table("another").insert({"seq": 6}),
    ],
)
def test_nothing_recorded_can_be_changed_or_removed(path, change):
    before = path.read_bytes()
    with opened(path) as journal:
        database = open_database(journal)
        with pytest.raises(RecordError):
            change(database)
        assert database.table("events").all() == journal.records
    assert path.read_bytes() == before


# ---------------------------------------------------------------- one writer at a time


def test_the_holder_is_named_and_a_hostile_note_reaches_the_terminal_as_plain_text(path):
    note = path.with_name("session.json.lock")
    with Journal.open(path, holder=describe_holder("09:02")):
        with pytest.raises(HeldError, match=f"process {os.getpid()} on .+ since 09:02"):
            opened(path)
        note.write_bytes(b"\x1b[2J\xff\xe2\x80\xae evil\n" + b"x" * 100_000)
        with pytest.raises(HeldError) as refusal:
            opened(path)
        assert str(refusal.value).isprintable()
        assert len(str(refusal.value)) < 600 + len(str(path))
        note.unlink()
        with pytest.raises(HeldError, match="open in another window"):
            opened(path)


@pytest.mark.promise("store-S23")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP])
def test_where_nothing_can_be_locked_writing_is_refused_and_reading_is_not(path, tmp_path, number):
    class NoLocks(FileOps):
        def flock(self, fd):
            raise failure(number)

    with pytest.raises(RecordError, match="cannot be locked on this file system") as refusal:
        opened(path, NoLocks())
    assert not isinstance(refusal.value, HeldError)
    assert opened(path, NoLocks(), read_only=True).records
    with pytest.raises(RecordError, match="cannot be locked"):
        Journal.create(tmp_path / "new.json", holder="a test", ops=NoLocks())
    assert not (tmp_path / "new.json").exists()


@pytest.mark.parametrize(("number", "call"), [(errno.EROFS, "file"), (errno.EACCES, "note")])
def test_what_may_not_be_written_is_opened_read_only_with_the_reason(path, number, call):
    class ReadOnly(FileOps):
        def open(self, path, flags, mode=0o600):
            if flags & (os.O_RDWR | os.O_WRONLY) and (call == "file" or path.suffix == ".lock"):
                raise failure(number)
            return super().open(path, flags, mode)

    before = path.read_bytes()
    with opened(path, ReadOnly()) as journal:
        assert len(journal.records) == 5
        assert "cannot be written" in journal.read_only_reason
        with pytest.raises(RecordError, match="cannot be written"):
            journal.append(event(6))
        opened(path).close()  # it holds no lock
    assert path.read_bytes() == before
