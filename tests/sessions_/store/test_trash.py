"""A deleted session file lies in the trash with its urn, whole; a failure leaves it where it was."""

from __future__ import annotations

import errno
from itertools import count
from pathlib import Path

import pytest
from store import Faulty, Quick, Told, begin, failure, library, session_file
from support import assert_sentence

from sessions.disk.files import FileOps
from sessions.errors import RecordError
from sessions.store.tinydb.index_file import INDEX
from sessions.store.tinydb.store import ref_to


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a library with one session, in which a ballot is open."""
    begin(tmp_path / "library", Quick(), Told())
    return tmp_path / "library"


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".json", ".urn") and path.name != INDEX}


def delete(folder: Path, path: Path, ops: FileOps | None = None) -> str:
    return library(folder, ops).delete(ref_to(path))


def test_moving_the_files_back_undeletes(folder: Path) -> None:
    path, before = session_file(folder), content(folder)
    where = Path(delete(folder, path))
    assert where == folder / "trash" / path.name
    assert content(folder / "trash") == before
    assert content(folder) == {}
    assert library(folder).entries() == []
    for each in where.parent.iterdir():
        each.rename(folder / each.name)
    with library(folder).open(path) as opened:
        assert opened.lost_round == 0


def test_nothing_in_the_trash_is_replaced(folder: Path) -> None:
    path, before = session_file(folder), content(folder)
    delete(folder, path)
    path.write_bytes(before[path.name])
    assert Path(delete(folder, path)).name == f"{path.stem}-2.json"
    shouted = path.with_name(f"{path.stem.upper()}.json")  # the same name on macOS and Windows
    shouted.write_bytes(before[path.name])
    assert Path(delete(folder, shouted)).name == f"{shouted.stem}-3.json"
    assert len(content(folder / "trash")) == 4


def test_of_a_link_only_the_link_is_deleted(folder: Path, tmp_path: Path) -> None:
    path, before = session_file(folder), content(folder)
    link = tmp_path / "elsewhere" / "link.json"
    link.parent.mkdir()
    link.symlink_to(path)
    delete(link.parent, link)
    assert content(folder) == before
    assert not link.is_symlink()


def test_a_failure_of_any_call_leaves_the_session_or_moves_it_whole(folder: Path) -> None:
    path, before = session_file(folder), content(folder)
    for k in count(1):
        ops = Faulty(k, failure(errno.EIO))
        try:
            delete(folder, path, ops)
        except RecordError as error:
            assert_sentence(f"{error}.")
            assert content(folder) == before
        else:
            for each in (folder / "trash").iterdir():
                each.rename(folder / each.name)
            assert content(folder) == before
        if not ops.hit:
            break
