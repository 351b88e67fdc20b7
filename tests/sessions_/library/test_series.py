"""Sessions that follow on each other: how the library joins them, and which one it offers before a new one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from disk import DiskLibrary, path_of
from stage import disk_library
from support import bare, small

from sessions.commands.housekeeping import ArchiveSession
from sessions.commands.phases import CloseSession
from sessions.errors import QuarterdeckError
from sessions.library.following import CannotFollowError, begin_after, doubts, follow, next_quarter, read_earlier
from sessions.library.library import Entry, SessionRef
from sessions.library.series import series_count, to_follow
from sessions.portfolio.models import Portfolio

TODAY = date(2026, 6, 30)


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


def made(library: DiskLibrary, portfolio: Portfolio, quarter: str, *, closed: bool = True) -> SessionRef:
    """Create a session that follows on none."""
    with library.create(portfolio, title=f"Plan {quarter}", quarter=quarter) as opened:
        if closed:
            opened.live.perform(CloseSession(leave_undecided=True, override="x"))
        return opened.ref


def next_one(library: DiskLibrary, ref: SessionRef, quarter: str, portfolio: Portfolio | None = None) -> SessionRef:
    """Create the closed session after another one."""
    followed = read_earlier(library, ref)
    carried = follow(followed, portfolio, quarter=quarter, today=TODAY)
    with begin_after(library, followed, carried, title=f"Plan {quarter}") as opened:
        opened.live.perform(CloseSession(leave_undecided=True, override="x"))
        return opened.ref


def entry(library: DiskLibrary, ref: SessionRef) -> Entry:
    return next(each for each in library.entries() if each.id == ref.id)


def test_sessions_joined_by_following_form_a_series(library: DiskLibrary) -> None:
    first = made(library, bare(), "2026-Q1")
    second = next_one(library, first, "2026-Q2")
    third = next_one(library, second, "2026-Q3")
    made(library, bare("X Y"), "2026-Q3")

    series = library.series(entry(library, third))

    assert [each.id for each in series.entries] == [first.id, second.id, third.id]
    assert {each.series for each in series.entries} == {entry(library, first).session}
    assert series_count(library.entries()) == 1
    opened = library.read(third).recordeds[0].event
    assert opened.read[-1] == "After Plan 2026-Q2: 4 carried over"  # type: ignore[attr-defined]


def test_a_session_whose_earlier_one_disappeared_opens_and_its_series_says_so(library: DiskLibrary) -> None:
    first = made(library, bare(), "2026-Q1")
    second = next_one(library, first, "2026-Q2")
    third = next_one(library, second, "2026-Q3")
    gone = entry(library, second).session
    path_of(second).unlink()

    series = library.series(entry(library, third))

    assert ([each.id for each in series.entries], series.missing) == ([first.id, third.id], (gone,))
    with library.open(third) as opened:
        assert opened.notices == ()
        assert opened.live.session.past is not None


def test_the_latest_closed_session_of_the_series_that_shares_most_cards_is_offered(library: DiskLibrary) -> None:
    new = bare("A B C Z")
    assert to_follow(library.entries(), new, "2026-Q4") is None
    made(library, bare("A X Y"), "2026-Q3")
    first = made(library, bare("A B Q"), "2026-Q1")
    second = next_one(library, first, "2026-Q2", bare("A B R"))
    made(library, bare("A B C Z"), "2026-Q3", closed=False)
    made(library, bare("A B C Z"), "2027-Q1")
    archived = made(library, bare("A B C Z"), "2026-Q3")
    library.perform(archived, ArchiveSession())

    offered = to_follow(library.entries(), new, "2026-Q4")

    assert offered is not None
    assert (offered[0].id, offered[1]) == (second.id, 2)
    assert to_follow(library.entries(), bare("L M"), "2026-Q4") is None
    assert to_follow(library.entries(), Portfolio(projects=(new.projects[0].model_copy(update={"id": "B", "made_id": True}),)), "2026-Q4")


def test_what_cannot_be_followed_is_refused_in_one_sentence(library: DiskLibrary) -> None:
    ref = made(library, bare(), "2026-Q3")
    followed = read_earlier(library, ref)
    for portfolio, quarter, words in ((None, "2026-Q2", "later quarter"), (bare("X Y"), "2026-Q4", "no card in common")):
        with pytest.raises(CannotFollowError, match=words):
            follow(followed, portfolio, quarter=quarter, today=TODAY)
    path = path_of(ref)
    path.write_bytes(path.read_bytes().replace(b"session_closed", b"session_clozed"))
    with pytest.raises(QuarterdeckError, match=r"2026-q3.*no session was created"):
        read_earlier(library, ref)


def test_an_open_session_and_one_of_the_same_quarter_are_asked_about(library: DiskLibrary) -> None:
    followed = read_earlier(library, made(library, small(), "2026-Q3", closed=False))

    assert doubts(followed, "2026-Q3") == ["Plan 2026-Q3 is still open: it is carried over as it is now.", "Plan 2026-Q3 is about the same quarter."]
    assert [next_quarter(followed.session, given, None, TODAY) for given in ("2027-Q2", "")] == ["2027-Q2", "2026-Q4"]
    assert doubts(read_earlier(library, made(library, small(), "2026-Q2")), "2026-Q3") == []
