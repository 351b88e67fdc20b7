"""The library: its sessions distinguished and stored, joined to series, offered to follow on, and what one accepts after its end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from disk import DiskLibrary, path_of
from stage import disk_library
from support import bare, small

from sessions.commands.base import Command, SessionIsClosedError
from sessions.commands.cards import MoveCard, ParkQuestion
from sessions.commands.housekeeping import ArchiveSession, RenameSession, ReopenSession
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession
from sessions.commands.quarters.adoption import DeliverCard, MeasureAdoption
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
from sessions.library.following import begin, doubts, follow, next_quarter, read_earlier
from sessions.library.library import Entry, SessionNotFoundError, SessionRef
from sessions.library.series import series_count, series_up_to, to_follow
from sessions.portfolio.models import Portfolio
from sessions.quarters.partnership import partnership

TODAY = date(2026, 6, 30)
END = CloseSession(leave_undecided=True, override="x")


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


def made(library: DiskLibrary, portfolio: Portfolio, quarter: str, *commands: Command, closed: bool = True, **given: str) -> SessionRef:
    """Create a session without an earlier one."""
    with library.create(portfolio, **{"title": f"Plan {quarter}", "quarter": quarter, **given}) as opened:
        for command in (*commands, *[END] * closed):
            opened.live.perform(command)
        return opened.ref


def next_one(library: DiskLibrary, ref: SessionRef, quarter: str, portfolio: Portfolio | None = None) -> SessionRef:
    """Create the closed session after another one."""
    followed = read_earlier(library, ref)
    carried = follow(followed, portfolio, quarter=quarter, today=TODAY)
    with begin(library, None, (followed, carried), title=f"Plan {quarter}") as opened:
        opened.live.perform(END)
        return opened.ref


def entry(library: DiskLibrary, ref: SessionRef) -> Entry:
    return next(each for each in library.entries() if each.id == ref.id)


def test_sessions_joined_by_following_form_a_series(library: DiskLibrary) -> None:
    first = made(library, bare(), "2026-Q1")
    second = next_one(library, first, "2026-Q2")
    third = next_one(library, second, "2026-Q3")
    made(library, bare("X Y"), "2026-Q3")

    series = series_up_to(library.entries(), entry(library, third))

    assert [each.id for each in series.entries] == [first.id, second.id, third.id]
    assert {each.series for each in series.entries} == {entry(library, first).session}
    assert series_count(library.entries()) == 1
    opened = library.read(third).recordeds[0].event
    assert opened.read[-1] == "After Plan 2026-Q2: 4 carried over"  # type: ignore[attr-defined]
    # If the one before disappears, a session still opens, and its series says so.
    gone = entry(library, second).session
    path_of(second).unlink()
    series = series_up_to(library.entries(), entry(library, third))
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


def test_an_open_session_and_one_of_the_same_quarter_are_asked_about(library: DiskLibrary) -> None:
    followed = read_earlier(library, made(library, small(), "2026-Q3", closed=False))

    assert doubts(followed, "2026-Q3") == ["Plan 2026-Q3 is still open: it is carried over as it is now.", "Plan 2026-Q3 is about the same quarter."]
    assert [next_quarter(followed.session, given, None, TODAY) for given in ("2027-Q2", "")] == ["2027-Q2", "2026-Q4"]
    assert doubts(read_earlier(library, made(library, small(), "2026-Q2")), "2026-Q3") == []


# --- how sessions are stored


def test_sessions_without_a_title_get_different_ones(library: DiskLibrary) -> None:
    for quarter, source in [("2026-Q3", "portfolio.csv")] * 4 + [("", "other.xlsx")]:
        made(library, bare(), quarter, source=source, title="")
    assert sorted(each.title for each in library.entries()) == [
        "other",
        "portfolio",
        "portfolio 2026-Q3",
        "portfolio 2026-Q3, 30 Jun 2026",
        "portfolio 2026-Q3, 30 Jun 2026 (2)",
    ]


def test_a_change_is_in_the_list_at_once_and_an_archived_session_is_found_by_its_id_only(library: DiskLibrary) -> None:
    first, second = made(library, bare(), "2026-Q1"), made(library, bare(), "2026-Q3")
    library.perform(second, RenameSession(title="Uno"))
    library.perform(second, ReopenSession())
    assert (entry(library, second).title, entry(library, second).state) == ("Uno", "Prepare")
    library.perform(second, ArchiveSession())
    assert (entry(library, second).archived, library.find("last"), library.find(second.id)) == (True, first, second)
    with pytest.raises(SessionNotFoundError):
        library.find("2026-Q3x")
    library.perform(first, ArchiveSession())
    with pytest.raises(SessionNotFoundError, match="holds no session"):
        library.find("last")


# --- what a closed session still accepts


def test_a_closed_session_takes_answers_on_the_partnership_and_readings_and_nothing_else(library: DiskLibrary) -> None:
    ref = made(library, bare(), "2026-Q1", MarkAttendance(presence="present"), DeliverCard(card="B"))
    with library.open(ref) as opened:
        live = opened.live
        live.perform(OpenRound(method="partnership"))
        live.perform(SealBallot(round=1, voice="coo", scores={"seat": 2}))
        live.perform(DropRound(round=1, reason="by hands instead"))
        live.perform(OpenRound(method="partnership"))
        live.perform(CountHands(round=2, hands={"business": (2,) * 18, "it": (3,) * 12}))
        assert partnership(live.session) is not None
        live.perform(MeasureAdoption(card="B", value="41", by="COO"))
        live.perform(RenameSession(title="Plan of winter"))
        others: tuple[Command, ...] = (
            OpenRound(method="pulse"), OpenRound(), SealBallot(round=2, voice="coo"), RevealBallots(round=2), MoveCard(card="A", to=2),
            ParkQuestion(text="x"), MarkAttendance(presence="away"), END,
        )  # fmt: skip
        for command in others:
            with pytest.raises(SessionIsClosedError):
                live.perform(command)
        live.perform(ReopenSession())
        assert not live.session.closed


def test_when_the_next_session_is_closed_the_one_before_takes_nothing_in(library: DiskLibrary) -> None:
    ref = made(library, bare(), "2026-Q1", DeliverCard(card="B"))
    earlier = read_earlier(library, ref)
    with begin(library, None, (earlier, follow(earlier, None, quarter="2026-Q2", today=TODAY)), title="Next") as opened:
        with library.open(ref) as before:
            before.live.perform(OpenRound(method="partnership"))
            before.live.perform(DropRound(round=1, reason="later"))
        opened.live.perform(END)
    with library.open(ref) as before:
        for command in (OpenRound(method="partnership"), MeasureAdoption(card="B", value="41", by="COO"), ReopenSession()):
            with pytest.raises(SessionIsClosedError, match="next session of this series"):
                before.live.perform(command)
        before.live.perform(RenameSession(title="Plan of winter"))
