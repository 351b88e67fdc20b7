"""A summary is written whole or not at all, and never over what someone else wrote."""

from __future__ import annotations

import errno
from itertools import count
from pathlib import Path

import pytest
from store import Faulty, failure
from support import assert_sentence

from sessions.disk.files import FileOps
from sessions.summary.writing import SummaryNotWrittenError, WouldOverwriteError, is_ours, sealed, write_summary

PAGE = "# What we decided\n\nEverything, “all of it”.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "summary.md"


def only(path: Path) -> None:
    """Check that no temporary file was left beside a file."""
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_our_own_page_is_written_over_until_somebody_touches_it(path: Path) -> None:
    write_summary(path, "# Another page\n")
    write_summary(path, PAGE)
    content = path.read_bytes()
    assert content.startswith(PAGE.encode())
    assert is_ours(content)
    for touched in (content + b"\n", content[:-1], b" " + content, content.replace(b"all", b"any"), PAGE.encode(), b"", content + content):
        assert not is_ours(touched)
    only(path)


@pytest.mark.promise("store-S17", "import-I18")
@pytest.mark.parametrize("content", [b"my notes", b"", b"\xff\xfe", sealed(PAGE).encode() + b"and my notes\n"])
def test_what_somebody_else_wrote_is_not_overwritten_unasked(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(WouldOverwriteError) as error:
        write_summary(path, PAGE)
    assert_sentence(str(error.value))
    assert path.read_bytes() == content
    only(path)
    write_summary(path, PAGE, replace=True)
    assert is_ours(path.read_bytes())
    only(path)


def test_a_link_is_never_followed(path: Path) -> None:
    target = path.with_name("target.md")
    target.write_text(sealed("# Another page\n"), encoding="utf-8")
    path.symlink_to(target)
    with pytest.raises(WouldOverwriteError):
        write_summary(path, PAGE)
    assert path.is_symlink()
    write_summary(path, PAGE, replace=True)
    assert not path.is_symlink()
    assert is_ours(path.read_bytes())
    assert target.read_text(encoding="utf-8") == sealed("# Another page\n")


@pytest.mark.promise("store-S17")
@pytest.mark.parametrize(
    ("name", "words"),
    [(".", "it is a folder"), ("file/summary.md", "there is no folder"), ("a\0b", "not a name"), ("x" * 300, "too long")],
)
@pytest.mark.parametrize("replace", [False, True])
def test_a_path_that_cannot_be_written_is_refused_in_one_sentence(tmp_path: Path, name: str, words: str, replace: bool) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SummaryNotWrittenError, match=words) as error:
        write_summary(tmp_path / name, PAGE, replace=replace)
    assert_sentence(str(error.value))
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "disk is full"), (errno.EIO, "Input/output error"), (errno.EROFS, "not be written")])
@pytest.mark.parametrize("before", [None, sealed("# An earlier page\n")])
def test_a_failure_of_any_call_leaves_what_stood_there_or_the_whole_page(tmp_path: Path, number: int, words: str, before: str | None) -> None:
    for k in count(1):
        path = tmp_path / str(k) / "summary.md"
        path.parent.mkdir()
        if before is not None:
            path.write_text(before, encoding="utf-8")
        ops = Faulty(k, failure(number), short=True)
        refusal = ""
        try:
            write_summary(path, PAGE, ops=ops)
        except SummaryNotWrittenError as error:
            refusal = str(error)
        if not ops.hit:
            break
        assert not refusal or words in refusal
        assert (path.read_text(encoding="utf-8") if path.exists() else None) in (before, sealed(PAGE))
        assert ops.kind == "unlink" or not [each for each in path.parent.iterdir() if each != path]


def test_a_file_that_appears_in_between_is_not_lost(path: Path) -> None:
    class Racing(FileOps):
        def link(self, source: Path, target: Path) -> None:
            target.write_text("someone was faster")
            super().link(source, target)

    with pytest.raises(WouldOverwriteError):
        write_summary(path, PAGE, ops=Racing())
    assert path.read_text() == "someone was faster"
    only(path)
