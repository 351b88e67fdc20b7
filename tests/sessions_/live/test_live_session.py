"""The one door into a session under way: what was recorded happened, and everybody who watches hears of it once and in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from disk import path_of, read_session
from store import Noting, library
from support import Room, bare, folded, person, small

from sessions.commands.base import Actor, NotPermittedError, UnknownCardError
from sessions.commands.cards import MoveCard, NoteOnCard
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import DropRound, OpenRound, SealBallot
from sessions.errors import RecordError
from sessions.live.session import LiveSession
from sessions.record.events import CardMoved, Recorded
from sessions.state.fold import replay
from sessions.state.session import Session
from sessions.store.memory import MemoryUrn
from sessions.store.tinydb.urn import Urn


@pytest.fixture
def room() -> Room:
    return Room(small()).everybody()


# --- watchers


def test_a_watcher_that_fails_stops_neither_the_others_nor_the_command(room: Room) -> None:
    heard, errors = list[int](), list[Exception]()
    fault = ZeroDivisionError("in a screen")

    def fail(_session: Session, _news: tuple[Recorded, ...]) -> None:
        raise fault

    room.live.report_to(errors.append)
    room.live.watch(fail)
    room.live.watch(lambda session, _: heard.append(session.seq))
    (moved,) = room.live.perform(MoveCard(card="P4", to=1))
    assert isinstance(moved.event, CardMoved)
    assert (heard, errors) == ([moved.seq], [fault])


def test_a_watcher_that_performs_a_command_lets_the_others_hear_in_order(room: Room) -> None:
    heard: list[tuple[str, int, int]] = []

    def answer(session: Session, news: tuple[Recorded, ...]) -> None:
        heard.append(("first", session.seq, news[-1].seq))
        if isinstance(news[-1].event, CardMoved):
            room.live.perform(NoteOnCard(card="P4", text="moved"))

    room.live.watch(answer)
    room.live.watch(lambda session, news: heard.append(("second", session.seq, news[-1].seq)))
    (moved,) = room.live.perform(MoveCard(card="P4", to=1))
    one, two = moved.seq, moved.seq + 1
    assert heard == [("first", one, one), ("second", one, one), ("first", two, two), ("second", two, two)]
    room.live.watch(lambda *_: remove())
    remove = room.live.watch(lambda *_: heard.append(("removed meanwhile", 0, 0)))
    room.do(NoteOnCard(card="P4", text="another"), NoteOnCard(card="P4", text="one more"))
    assert ("removed meanwhile", 0, 0) not in heard


# --- many commands together


@pytest.mark.promise("store-S12")
def test_sixty_ballots_together_cost_a_few_fsyncs(tmp_path: Path) -> None:
    people = tuple(person(f"v{number}", "it" if number % 2 else "business") for number in range(1, 61))
    ballots = [SealBallot(round=1, voice=voter.id, points={"A": number % 20}) for number, voter in enumerate(people)]
    files, heard = Noting(), list[int]()
    with library(tmp_path, files).create(bare(people=people)) as opened:
        opened.live.perform_all([MarkAttendance(presence="present"), OpenRound()])
        opened.live.watch(lambda _, news: heard.append(len(news)))
        for _ in range(2):  # a second vote of everybody replaces the first, and is as cheap
            files.trace.clear()
            answers = opened.live.perform_all(ballots)
            assert files.trace.count("fsync") + files.trace.count("fdatasync") <= 6
            assert all(isinstance(answer, tuple) and len(answer) == 1 for answer in answers)
        assert heard == [60, 60]
        session, path = opened.live.session, path_of(opened)
    assert replay(read_session(path)[0]) == session
    seals = session.rounds[0].seals
    assert len(seals) == len(Urn(path.with_suffix(".urn")).open_seals(1, seals)) == 60


def test_a_refused_command_leaves_the_others_of_its_batch(room: Room) -> None:
    room.do(OpenRound())
    known = len(room.log.records)
    own = Actor("cfo", "device")
    first, second = (SealBallot(round=1, voice="cfo", points={card: 9}) for card in ("P1", "P2"))
    answers = room.live.perform_all([(first, own), (StartPhase(phase="open"), own), (second, own)])
    assert isinstance(answers[1], NotPermittedError)
    assert [recorded.seq for answer in answers if isinstance(answer, tuple) for recorded in answer] == [known + 1, known + 2]
    assert folded(room.log.records) == room.session
    moves = room.live.perform_all([MoveCard(card="P9", to=1), MoveCard(card="P4", to=1), MoveCard(card="P4", to=1), MoveCard(card="P4", to=2)])
    assert isinstance(moves[0], UnknownCardError)
    assert [len(each) for each in moves if isinstance(each, tuple)] == [1, 0, 1], "each sees the board as the ones before left it"


# --- events of another writer


def of_another_writer(room: Room) -> list[Recorded]:
    """Let another live session on the same log record two moves, as a second computer would."""
    other = room.reopened()
    return [recorded for to in (1, 2) for recorded in other.perform(MoveCard(card="P4", to=to))]


def test_what_another_writer_recorded_enters_the_session_without_gaps_and_contradictions(room: Room) -> None:
    session, heard = room.session, list[int]()
    room.live.watch(lambda _, news: heard.extend(recorded.seq for recorded in news))
    first, second = of_another_writer(room)
    with pytest.raises(RecordError, match=f"record {first.seq} is missing"):
        room.live.receive([second])
    with pytest.raises(RecordError, match="is not the one"):
        room.live.receive([first._replace(seq=session.seq), first])
    assert room.session is session
    room.live.receive([first])
    room.live.receive([first, second])
    assert heard == [first.seq, second.seq]
    assert room.session == folded(room.log.records)
    room.do(MoveCard(card="P1", to=3))
    assert room.session == folded(room.log.records)


def test_a_round_that_another_writer_ended_leaves_no_ballot_here(room: Room) -> None:
    room.do(OpenRound(), SealBallot(round=1, voice="cfo", points={"P1": 9}))
    other = LiveSession(room.live.recordeds, room.log, MemoryUrn(), room.clock)
    room.live.receive(other.perform(DropRound(round=1, reason="again")))
    assert not room.urn.ballots
