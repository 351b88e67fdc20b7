"""The index, what killed processes leave, and sessions that cannot be read (RELIABILITY S3, S20, S22): never in the way, never changed."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from disk import read_session
from store import FAILURES, Faulty, Quick, Told, begin, failure, library, session_file
from support import bare
from tinydb import TinyDB

from sessions.commands.cards import MoveCard
from sessions.disk.files import FileOps, write_new
from sessions.errors import RecordError
from sessions.library.index import Entry, entries_from
from sessions.store.ports import DamagedError
from sessions.store.tinydb.index_file import INDEX, INDEX_VERSION, read_rows, write_rows
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.repair import check, repair


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a library with two sessions and its index."""
    folder = tmp_path / "library"
    begin(folder, Quick(), Told())
    library(folder).create(bare("X Y"), title="Another", quarter="2026-Q4").close()
    library(folder).entries()
    return folder


def read_index(folder: Path) -> dict[str, Entry]:
    return entries_from(read_rows(folder, FileOps()))


def sessions_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != INDEX}


def assert_rebuilt(folder: Path, expected: list[Entry], before: dict[str, bytes]) -> None:
    """Check that the list is right, that the index is sound again, and that nothing else changed."""
    assert library(folder).entries() == expected
    assert sorted(read_index(folder).values(), key=lambda entry: entry.id) == sorted(expected, key=lambda entry: entry.id)
    assert sessions_of(folder) == before


@pytest.mark.promise("store-S20")
def test_no_changed_or_missing_byte_of_the_index_is_ever_shown(folder: Path) -> None:
    good, expected, before = (folder / INDEX).read_bytes(), library(folder).entries(), sessions_of(folder)
    for place in range(len(good)):
        changed = bytearray(good)
        changed[place] ^= 1 << place % 8
        (folder / INDEX).write_bytes(changed)
        assert list(read_index(folder).values()) in ([], expected, expected[::-1])
        (folder / INDEX).write_bytes(good[:place])
        assert read_index(folder) == {}
        if place % 61 == 0:
            assert_rebuilt(folder, expected, before)


HOSTILE = [
    b"", b"\0" * 4096, b"[" * 100_000, b"null", b'{"index": {"x": {}}}', b'{"index": {"1": 5}, "sessions": {"1": 5}}',
    b'{"index": {"1": {"version": 1e999}}}', b'{"index": {"1": {"version": ' + b"9" * 5000 + b"}}}",
]  # fmt: skip


def test_a_hostile_index_is_rebuilt(folder: Path) -> None:
    expected, before = library(folder).entries(), sessions_of(folder)
    for content in HOSTILE:
        (folder / INDEX).write_bytes(content)
        assert_rebuilt(folder, expected, before)


@pytest.mark.promise("store-S20")
def test_a_session_that_changed_without_its_size_and_its_time_is_read_again(folder: Path) -> None:
    """As a copy that keeps the times (`cp -p`, `rsync -t`) does."""
    path = session_file_of(folder, "2026-q4")
    old = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Another", b"Altered"))
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert path.stat().st_size == old.st_size
    assert [entry.state for entry in library(folder).entries() if entry.file == path.name] == ["damaged"]


# ---------------------------------------------------------------- records that were removed from the end (RELIABILITY S4, S7)


@pytest.mark.promise("store-S4")
@pytest.mark.parametrize("listed_meanwhile", [False, True])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_session_whose_last_records_were_removed_says_so(folder: Path, read_only: bool, listed_meanwhile: bool) -> None:
    path = session_file_of(folder, "2026-q3")
    count = next(entry.events for entry in library(folder).entries() if entry.file == path.name)
    lines = path.read_bytes().splitlines(keepends=True)
    shorter, missing = b"".join([*lines[:-5], lines[-1]]), f"ends with record {count - 4}, but {count} were there"
    path.write_bytes(shorter)
    assert check(path).whole, "nothing in the file itself tells"
    for _ in range(2 * listed_meanwhile):  # read again, and then from the index
        [entry] = [entry for entry in library(folder).entries() if entry.file == path.name]
        assert (entry.state, entry.events) == ("damaged", count - 4)
        assert missing in entry.problem
    assert missing in read_session(path)[1]
    with library(folder).open(path, read_only=read_only) as opened:
        assert missing in opened.notices[-1]
        assert opened.read_only == read_only
    assert path.read_bytes() == shorter


@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_whatever_is_in_the_place_of_the_index_the_list_is_right(folder: Path, tmp_path: Path, kind: str) -> None:
    expected, index, elsewhere = library(folder).entries(), folder / INDEX, tmp_path / "elsewhere"
    index.replace(elsewhere)
    {"pipe": os.mkfifo, "folder": Path.mkdir, "link": lambda path: path.symlink_to(elsewhere)}[kind](index)
    for _ in range(2):
        assert library(folder).entries() == expected
    assert elsewhere.read_bytes()
    assert kind == "folder" or not index.is_symlink()


@pytest.mark.promise("store-S20")
def test_an_older_and_a_newer_index_are_brought_up_to_date(folder: Path) -> None:
    older, path = (folder / INDEX).read_bytes(), session_file_of(folder, "2026-q3")
    with library(folder).open(path) as opened:
        opened.live.perform(MoveCard(card="A", to=4))
    expected = library(folder).entries()
    (folder / INDEX).write_bytes(older)
    assert_rebuilt(folder, expected, sessions_of(folder))
    session_file_of(folder, "2026-q4").unlink()
    assert [entry.file for entry in library(folder).entries()] == [path.name]
    assert list(read_index(folder)) == [path.name]


@pytest.mark.promise("store-S20")
def test_an_index_of_another_version_is_not_believed_whatever_it_says(folder: Path) -> None:
    expected, before = library(folder).entries(), sessions_of(folder)
    write_rows(folder, [entry._asdict() | {"title": "Lying"} for entry in read_index(folder).values()], FileOps())
    assert {entry.title for entry in library(folder).entries()} == {"Lying"}
    tables = json.loads((folder / INDEX).read_text())
    for version in (INDEX_VERSION + 1, None):
        tables["index"]["1"]["version"] = version
        (folder / INDEX).write_text(json.dumps(tables, indent=0))
        assert_rebuilt(folder, expected, before)


def session_file_of(folder: Path, start: str) -> Path:
    return next(path for path in library(folder).paths() if path.name.startswith(start))


def test_a_fresh_index_saves_reading_the_sessions(folder: Path) -> None:
    read = []

    class Watching(Quick):
        def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
            read.append(path.name)
            return super().open(path, flags, mode)

    library(folder, Watching()).entries()
    assert read == [INDEX]
    with TinyDB(folder / INDEX, access_mode="r") as database:  # stock TinyDB opens it
        assert [row["file"] for row in database.table("sessions").all()] == sorted(path.name for path in library(folder).paths())


# ---------------------------------------------------------------- what killed processes leave


@pytest.mark.promise("store-S20")
@pytest.mark.parametrize("persistent", [False, True], ids=["once", "from then on"])
def test_a_list_that_is_made_anew_on_a_failing_disk_shows_no_session_as_another(folder: Path, persistent: bool) -> None:
    """At any call: a session that could not be read says so, and the next look, on a disk that works again, is right."""
    expected, before = library(folder).entries(), sessions_of(folder)
    for k in itertools.count(1):
        (folder / INDEX).unlink(missing_ok=True)
        ops = Faulty(k, failure(FAILURES[k % len(FAILURES)]), persistent=persistent)
        with contextlib.suppress(RecordError):  # the folder itself could not be read
            for entry in library(folder, ops).entries():
                assert entry in expected or (entry.state == "unreadable" and "cannot be read" in entry.problem)
        assert not ops.fds, "no file stays open"
        assert (library(folder).entries(), sessions_of(folder)) == (expected, before)
        if not ops.hit:
            break
    assert k > 3 * len(before)


@pytest.fixture
def dead() -> int:
    """Return the number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.promise("store-S22")
def test_what_killed_processes_left_is_swept_and_nothing_else(folder: Path, dead: int) -> None:
    before = sessions_of(folder)
    path = library(folder).paths()[0]
    for name in (INDEX, "never-begun.json", f"{path.stem}.urn", f"{path.name}.torn", f"{path.stem}.repaired.json"):
        (folder / f".{name}.{dead}.quarterdeck.tmp").write_text("half")
    others = [f".{INDEX}.{process}.quarterdeck.tmp" for process in (os.getpid(), os.getppid())]
    others += [f".mine.{dead}.tmp", f"mine.{dead}.quarterdeck.tmp"]
    for name in others:
        (folder / name).write_text("somebody's")
    library(folder, FileOps()).entries()
    assert set(sessions_of(folder)) == {*before, *others}
    (folder / f".new.md.{dead}.quarterdeck.tmp").write_text("half")
    write_new(folder / "new.md", b"whole")  # the next attempt sweeps what was left of the last
    assert set(sessions_of(folder)) == {*before, *others, "new.md"}


# --- sessions that cannot be read as they were written: named, and never changed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a session."""
    begin(tmp_path / "library", Quick(), Told())
    return session_file(tmp_path / "library")


@pytest.mark.promise("store-S3")
@pytest.mark.parametrize("size", [13, 14, 300], ids=["nothing of it", "a byte", "most of it"])
def test_a_session_whose_first_record_was_cut_short_is_damaged_and_stays_as_it_is(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(RecordError, match=rf"{path.name}: record 1 is damaged at byte 13"):
            library(path.parent).open(path, read_only=read_only)
    report = check(path)
    assert (report.whole, report.damaged, report.records) == (False, True, 0)
    assert "record 1 is damaged" in report.problem
    assert [entry.state for entry in library(path.parent).entries()] == ["damaged"]
    with pytest.raises(RecordError, match=path.name):
        repair(path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.torn*"))


def test_a_session_file_without_a_record_is_not_whole(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:13] + b"}}")
    assert not check(path).whole
    with pytest.raises(RecordError, match=f"{path.name}: it holds no record"):
        library(path.parent).open(path)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_session_that_names_an_unknown_card_is_refused_by_name_and_left_alone(path: Path, read_only: bool) -> None:
    with Journal.open(path, holder="a test", ops=Quick()) as journal:
        seq = journal.next_seq
        journal.append({"seq": seq, "at": "2026-06-30T09:00:00Z", "by": "x", "elapsed": 9, "kind": "card_moved", "card": "NO", "old": 1, "new": 2})
    before = path.read_bytes()
    home = library(path.parent)
    for action in (lambda: home.open(path, read_only=read_only), lambda: home.read(home.find("last"))):
        with pytest.raises(DamagedError, match=rf"^{path.name}: Record {seq} \(card_moved\)"):
            action()
    assert home.entries()[0].state == "damaged"
    assert path.read_bytes() == before
    Journal.open(path, holder="another", ops=Quick()).close()  # the lock was given back
