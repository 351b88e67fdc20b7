"""The library tells its sessions apart, keeps those that are done out of the way, and makes the next one of an earlier one."""

from __future__ import annotations

from pathlib import Path

import pytest
from disk import DiskLibrary
from stage import disk_library
from support import bare

from sessions.commands.housekeeping import ArchiveSession, RenameSession, ReopenSession
from sessions.commands.phases import CloseSession
from sessions.errors import SessionError
from sessions.library.library import HeldError, SessionNotFoundError, SessionRef


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


def made(library: DiskLibrary, source: str = "portfolio.csv", **given: str) -> SessionRef:
    with library.create(bare(), source=source, **given) as opened:
        return opened.ref


def titles(library: DiskLibrary) -> list[str]:
    return sorted(entry.title for entry in library.entries())


def test_sessions_without_a_title_get_different_ones(library: DiskLibrary) -> None:
    for _ in range(4):
        made(library, quarter="2026-Q3")
    made(library, "other.xlsx")
    assert titles(library) == [
        "other",
        "portfolio",
        "portfolio 2026-Q3",
        "portfolio 2026-Q3, 30 Jun 2026",
        "portfolio 2026-Q3, 30 Jun 2026 (2)",
    ]


def test_an_archived_session_is_found_by_its_id_only(library: DiskLibrary) -> None:
    first, second = made(library, title="One"), made(library, title="Two", quarter="2026-Q3")
    library.perform(second, ArchiveSession())
    assert [entry.archived for entry in library.entries() if entry.id == second.id] == [True]
    assert library.find("last") == first
    with pytest.raises(SessionNotFoundError):
        library.find("2026-Q3x")
    assert library.find(second.id) == second
    library.perform(first, ArchiveSession())
    with pytest.raises(SessionNotFoundError, match="holds no session"):
        library.find("last")


def test_a_change_is_in_the_list_at_once(library: DiskLibrary) -> None:
    ref = made(library, title="One")
    library.perform(ref, CloseSession(leave_undecided=True))
    assert [entry.state for entry in library.entries()] == ["closed"]
    library.perform(ref, RenameSession(title="Uno"))
    library.perform(ref, ReopenSession())
    assert [(entry.title, entry.state) for entry in library.entries()] == [("Uno", "Prepare")]


def test_a_session_that_is_open_in_another_window_is_left_alone(library: DiskLibrary) -> None:
    ref = made(library, title="One")
    with library.open(ref) as opened:
        for change in (RenameSession(title="Uno"), ArchiveSession()):
            with pytest.raises(HeldError):
                library.perform(ref, change)
        with pytest.raises(HeldError):
            library.delete(ref)
        assert opened.live.session.title == "One"
    with pytest.raises(SessionError, match="not closed"):
        library.perform(ref, ReopenSession())
