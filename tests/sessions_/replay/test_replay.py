"""The replay shows a session at any of its moments, and nothing that was secret at that moment."""

from __future__ import annotations

import random

import pytest
from larkfield import meeting
from support import Room, bare

from sessions.commands.cards import MoveCard
from sessions.errors import RecordError
from sessions.record.events import Recorded
from sessions.replay.timeline import CHECKPOINT_EVERY, LONGEST_PAUSE, SHORTEST_PAUSE, Timeline
from sessions.state.apply import apply
from sessions.state.builder import SessionBuilder
from sessions.state.fold import begin, fold
from sessions.state.session import Session


@pytest.fixture(scope="module")
def held() -> Room:
    return meeting()


@pytest.fixture
def timeline(held: Room) -> Timeline:
    return Timeline(held.live.recordeds)


def states(room: Room) -> list[Session]:
    """Return the state after every event, folded one by one."""
    result = [begin(room.live.recordeds[0])]
    for recorded in room.live.recordeds[1:]:
        result.append(fold(result[-1], recorded))
    return result


def test_every_position_is_the_session_as_it_was(held: Room, timeline: Timeline) -> None:
    expected = states(held)
    assert len(timeline) == len(expected)
    forward = list(range(1, len(timeline) + 1))
    jumps = random.Random(7).sample(forward, len(forward))
    for position in (*forward, *reversed(forward), *jumps):
        assert timeline.state(position) == expected[position - 1]
        assert timeline.state(position).seq == position
    assert timeline.state(len(timeline)) == held.session


def test_a_record_that_is_empty_or_has_a_gap_is_refused(held: Room) -> None:
    with pytest.raises(RecordError, match="empty"):
        Timeline([])
    with pytest.raises(RecordError, match="does not follow"):
        Timeline([*held.live.recordeds[:5], *held.live.recordeds[6:]])


TALKED_FIRST = ("Staff sign-in with second factor", "Server operating system upgrade", "Promised delivery date at checkout")


def test_chapters_are_phases_reveals_and_decisions(timeline: Timeline) -> None:
    chapters = timeline.chapters
    phases = [chapter.title for chapter in chapters if chapter.kind == "phase"]
    assert phases == ["Open", "Cards", "Vote", "Reveal", "Talk", "Decide", "Close"]
    assert [chapter.title for chapter in chapters if chapter.kind == "reveal"] == [
        "Ballot 1 revealed",
        *[f"Score round {number} on {', '.join(TALKED_FIRST)} and 1 more revealed" for number in (1, 2)],
        "Consent round on Customer segmentation and analysis revealed",
        "Consent round on Staff sign-in with second factor revealed",
        "Consent round on AI quoting assistant pilot revealed",
        "Consent round on Data warehouse migration revealed",
    ]
    decisions = [chapter for chapter in chapters if chapter.kind == "decision"]
    assert len(decisions) == 25
    assert decisions[0].title == "Decided: Contractor CRM replacement"
    assert [chapter.position for chapter in chapters] == sorted(chapter.position for chapter in chapters)


@pytest.mark.parametrize(("gap", "pause"), [(0, 0.15), (4, 0.5), (16, 1.0), (64, 2.0), (100_000, 2.0)])
def test_silences_are_compressed(gap: int, pause: float) -> None:
    room = Room(bare())
    room.clock.advance(gap)
    room.do(MoveCard(card="A", to=2))
    timeline = Timeline(room.live.recordeds)
    assert timeline.pause_after(1) == pytest.approx(pause)
    assert timeline.pause_after(1, 4.0) == pytest.approx(pause / 4)
    assert SHORTEST_PAUSE <= timeline.pause_after(1) <= LONGEST_PAUSE
    assert timeline.pause_after(2) == 0


def test_a_jump_folds_only_a_few_events(held: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes a jump immediate, however long the session: counted, not timed."""
    folds: list[int] = []
    timeline = Timeline([*held.live.recordeds])

    def counting(builder: SessionBuilder, recorded: Recorded) -> None:
        folds.append(1)
        apply(builder, recorded)

    monkeypatch.setattr("sessions.replay.timeline.apply", counting)
    for position in random.Random(1).sample(range(1, len(timeline) + 1), len(timeline)):
        folds.clear()
        timeline.state(position)
        assert len(folds) < CHECKPOINT_EVERY
    timeline.state(40)
    folds.clear()
    timeline.state(41)
    assert len(folds) == 1
