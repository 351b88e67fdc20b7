"""Renaming, archiving and reopening: also for a closed session, recorded, and reversible."""

from __future__ import annotations

from support import Room, bare

from sessions.commands.base import ReasonNeededError, SessionIsClosedError
from sessions.commands.cards import MoveCard
from sessions.commands.housekeeping import ArchiveSession, RenameSession, ReopenSession
from sessions.commands.phases import CloseSession, StartPhase
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.summary.markdown import summary


def closed() -> Room:
    room = Room(bare(), title="Q3")
    room.do(StartPhase(phase="decide"), CloseSession(leave_undecided=True))
    return room


def test_a_closed_session_takes_another_title_and_the_page_has_it() -> None:
    room = closed()
    assert room.one(RenameSession(title="  Larkfield\n"), ev.SessionRenamed) == ev.SessionRenamed(title="Larkfield", old="Q3")
    assert summary(room.session).startswith("# Larkfield: what we decided")
    assert room.do(RenameSession(title="Larkfield")) == []
    room.refuses(RenameSession(title=" "), ReasonNeededError, "title")
    assert room.reopened().session == room.session


def test_archiving_is_taken_back_by_its_opposite() -> None:
    room = closed()
    room.do(ArchiveSession())
    assert room.session.archived
    assert room.do(ArchiveSession()) == []
    room.do(ArchiveSession(archived=False))
    assert not room.session.archived


def test_a_session_that_was_closed_by_mistake_goes_on_where_it_was() -> None:
    room = closed()
    room.refuses(MoveCard(card="A", to=2), SessionIsClosedError, "reopen")
    room.do(ReopenSession())
    assert (room.session.closed, room.session.phase) == (False, "decide")
    assert "not closed yet: phase Decide" in summary(room.session)
    room.do(MoveCard(card="A", to=2))
    room.refuses(ReopenSession(), SessionError, "not closed")
    room.do(CloseSession(leave_undecided=True))
    assert room.session.closed


def test_what_concerns_the_library_does_not_make_a_session_the_latest() -> None:
    room = closed()
    before = room.session.at
    room.clock.wall = "2026-12-24T09:00:00Z"
    room.do(RenameSession(title="Other"), ArchiveSession())
    assert room.session.at == before
    room.do(ReopenSession())
    assert room.session.at == room.clock.wall
