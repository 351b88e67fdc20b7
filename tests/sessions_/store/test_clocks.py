"""Clocks that lie (RELIABILITY S15): the order is the number's, durations come from a clock that never runs backwards, times show as recorded."""

from __future__ import annotations

from itertools import cycle, pairwise
from pathlib import Path

import pytest
from disk import DiskLibrary, path_of, read_session
from store import Quick
from support import FakeClock, bare

from sessions.commands.cards import MoveCard
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import AddTime, StartPhase, StartTimer
from sessions.library.library import OpenSession
from sessions.replay.timeline import LONGEST_PAUSE, SHORTEST_PAUSE, Timeline

WALLS = (
    "2026-06-30T09:00:00Z",
    "2026-06-30T08:00:00Z",  # an hour back, as in autumn
    "1970-01-01T00:00:00Z",
    "2026-10-25T00:59:59Z",  # the two sides of a summer's end in Europe
    "2026-10-25T01:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:60Z",
)


class LyingClock(FakeClock):
    """A wall clock that jumps with every look at it; its seconds are set by hand, back too, as after a sleep of the computer."""

    def __init__(self, seconds: float = 1000.0) -> None:
        super().__init__(seconds=seconds)
        self.walls = cycle(WALLS)

    def now(self) -> str:
        return next(self.walls)


def opened(folder: Path, clock: FakeClock) -> OpenSession:
    library = DiskLibrary(folder, clock, lambda length: "7" * length, ops=Quick())
    return library.open(library.paths()[0]) if library.paths() else library.create(bare())


@pytest.mark.promise("store-S15")
def test_whatever_the_clock_says_the_order_is_the_same_and_no_time_is_negative(tmp_path: Path) -> None:
    clock = LyingClock()
    with opened(tmp_path, clock) as first:
        first.live.perform(MarkAttendance(presence="present"))
        for turn, step in enumerate((60, -30, -10_000, 0, 5, 1e6, -1e6, 0.4)):
            clock.advance(step)
            for command in (StartPhase(phase="vote" if turn % 2 else "open"), StartTimer(), AddTime(), MoveCard(card="A", to=1 + turn % 2 * 3)):
                first.live.perform(command)
    for seconds in (0.0, 1e9):  # they start over with every start of a computer: only their differences mean anything
        with opened(tmp_path, LyingClock(seconds)) as second:
            assert second.live.elapsed == first.live.elapsed
            second.live.perform(MoveCard(card="A", to=1 if seconds else 2))
            shown = list(second.live.recordeds)
    recordeds, problem = read_session(path_of(first))
    assert (recordeds, problem) == (shown, "")
    assert [each.seq for each in recordeds] == list(range(1, len(recordeds) + 1))
    assert {each.at for each in recordeds} == set(WALLS)
    assert all(a.elapsed <= b.elapsed for a, b in pairwise(recordeds))
    assert all(getattr(each.event, name, 0) >= 0 for each in recordeds for name in ("used", "planned"))
    timeline = Timeline(recordeds)
    for position in range(1, len(timeline) + 1):
        assert timeline.state(position).elapsed >= 0
        assert position == len(timeline) or SHORTEST_PAUSE <= timeline.pause_after(position) <= LONGEST_PAUSE
        assert timeline.sentence(position)
        assert "-" not in timeline.meeting_time(position)
