"""One writer at a time: whatever name the file is opened by, whoever asks, and also where nothing can be locked or written."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sessions
from sessions.disk.files import FileOps
from sessions.errors import RecordError
from sessions.store.ports import HeldError
from sessions.store.tinydb.journal import Journal

ROOT = Path(sessions.__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}

HOLDER = """
import sys
from sessions.store.tinydb.holder import describe_holder
from sessions.store.tinydb.journal import Journal
journal = Journal.open(sys.argv[1], holder=describe_holder("09:02"))
print("ready", flush=True)
sys.stdin.readline()
"""


def event(number):
    return {"seq": number, "kind": "card_moved", "title": "CRM"}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "session.json"
    with Journal.create(path, holder="a test") as journal:
        journal.append(event(1))
    return path


@pytest.mark.system
@pytest.mark.promise("store-S13")
def test_another_process_is_named_and_frees_the_session_when_it_is_killed(path):
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT, text=True) as child:
        assert child.stdout.readline() == "ready\n"
        with pytest.raises(HeldError, match=f"process {child.pid} on .+ since 09:02"):
            Journal.open(path, holder="another")
        with Journal.open(path, read_only=True) as reader:
            assert len(reader.records) == 1
        child.kill()
        child.wait()
        assert path.with_name("session.json.lock").exists()
        with Journal.open(path, holder="the next one") as journal:
            journal.append(event(2))
            with pytest.raises(HeldError, match="the next one"):
                Journal.open(path, holder="another")


def test_a_hostile_note_reaches_the_terminal_as_plain_text(path):
    with Journal.open(path, holder="a test"):
        path.with_name("session.json.lock").write_bytes(b"\x1b[2J\xff\xe2\x80\xae evil\n" + b"x" * 100_000)
        with pytest.raises(HeldError) as refusal:
            Journal.open(path, holder="another")
        assert str(refusal.value).isprintable()
        assert len(str(refusal.value)) < 600 + len(str(path))
        path.with_name("session.json.lock").unlink()
        with pytest.raises(HeldError, match="open in another window"):
            Journal.open(path, holder="another")


@pytest.mark.promise("store-S23")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP])
def test_where_nothing_can_be_locked_writing_is_refused_and_reading_is_not(path, tmp_path, number):
    class NoLocks(FileOps):
        def flock(self, fd):
            raise OSError(number, os.strerror(number))

    with pytest.raises(RecordError, match="cannot be locked on this file system") as refusal:
        Journal.open(path, holder="a test", ops=NoLocks())
    assert not isinstance(refusal.value, HeldError)
    assert Journal.open(path, read_only=True, ops=NoLocks()).records
    with pytest.raises(RecordError, match="cannot be locked"):
        Journal.create(tmp_path / "new.json", holder="a test", ops=NoLocks())
    assert not (tmp_path / "new.json").exists()


@pytest.mark.parametrize(("number", "call"), [(errno.EROFS, "file"), (errno.EACCES, "note")])
def test_what_may_not_be_written_is_opened_read_only_with_the_reason(path, number, call):
    class ReadOnly(FileOps):
        def open(self, path, flags, mode=0o600):
            if flags & (os.O_RDWR | os.O_WRONLY) and (call == "file" or path.suffix == ".lock"):
                raise OSError(number, os.strerror(number))
            return super().open(path, flags, mode)

    before = path.read_bytes()
    with Journal.open(path, holder="a test", ops=ReadOnly()) as journal:
        assert len(journal.records) == 1
        assert "cannot be written" in journal.read_only_reason
        with pytest.raises(RecordError, match="cannot be written"):
            journal.append(event(2))
        Journal.open(path, holder="another").close()  # it holds no lock
    assert path.read_bytes() == before
