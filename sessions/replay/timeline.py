"""Timeline: a recorded session at any of its moments.

A position is the number of events folded, 1 to `len(timeline)`. It folds the record once and keeps a state every
16 events; any other state is folded from the last one kept. States share what they have in common, so keeping them costs little.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from math import sqrt
from typing import Any, Literal, NamedTuple

from sessions.errors import RecordError
from sessions.record import events as ev
from sessions.record.events import Event, Recorded
from sessions.replay.narration import narrate
from sessions.replay.narration_rounds import round_name
from sessions.state.apply import apply
from sessions.state.builder import SessionBuilder
from sessions.state.fold import begin
from sessions.state.session import Session
from sessions.state.timer import PHASE_NAMES
from sessions.wording import plural

CHECKPOINT_EVERY = 16
"""Events between two states in memory: a jump folds at most this many less one."""
SHORTEST_PAUSE = 0.15
LONGEST_PAUSE = 2.0
"""Seconds that an event stays while the replay plays at speed 1."""
_PAUSE_SCALE = 0.25
_TIME = re.compile(r"\d{4}-\d\d-\d\dT(\d\d:\d\d)")


ChapterKind = Literal["phase", "reveal", "talk", "decision"]


class Chapter(NamedTuple):
    """A moment worth jumping to: right after the event at `position`."""

    position: int
    title: str
    kind: ChapterKind


class Timeline:
    """All moments of a record.

    Raises:
        RecordError: there is nothing in the record, or an event in it does not follow on those before.
    """

    def __init__(self, recordeds: Sequence[Recorded]) -> None:
        self._recordeds = tuple(recordeds)
        if not self._recordeds:
            raise RecordError("The record is empty: there is nothing to replay.")
        self._kept = [begin(self._recordeds[0])]
        builder = SessionBuilder(self._kept[0])
        for start in range(1, len(self._recordeds), CHECKPOINT_EVERY):
            for recorded in self._recordeds[start : start + CHECKPOINT_EVERY]:
                apply(builder, recorded)
            self._kept.append(builder.build())
        self._last = (len(self._recordeds), self._kept[-1])

    def __len__(self) -> int:
        return len(self._recordeds)

    def recorded(self, position: int) -> Recorded:
        """Return the event that led to a position. Raises IndexError if there is no such position."""
        if not 1 <= position <= len(self):
            raise IndexError(f"There is no position {position}: the replay has 1 to {len(self)}.")
        return self._recordeds[position - 1]

    def state(self, position: int) -> Session:
        """Return the session after that many events. Raises IndexError if there is no such position."""
        self.recorded(position)
        at, session = self._last
        nearest = (position - 1) // CHECKPOINT_EVERY
        # Playing and stepping continue from the last state; only a jump needs one of the others.
        if not nearest * CHECKPOINT_EVERY < at <= position:
            at, session = nearest * CHECKPOINT_EVERY + 1, self._kept[nearest]
        builder = SessionBuilder(session)
        for recorded in self._recordeds[at:position]:
            apply(builder, recorded)
        session = builder.build()
        self._last = (position, session)
        return session

    def sentence(self, position: int) -> str:
        """Return what happened at a position, in one sentence."""
        return narrate(self.state(position - 1) if position > 1 else None, self.recorded(position))

    def next_chapter(self, position: int) -> int:
        """Return the position of the next chapter, or of the end."""
        following = bisect_right(self._chapter_positions, position)
        return self._chapter_positions[following] if following < len(self.chapters) else len(self)

    def previous_chapter(self, position: int) -> int:
        """Return the position of the chapter before this one, or of the beginning."""
        preceding = bisect_left(self._chapter_positions, position)
        return self._chapter_positions[preceding - 1] if preceding else 1

    def tenth(self, digit: int) -> int:
        """Return the position after that many tenths of the events: 0 is the beginning, 10 the end."""
        return max(1, min(len(self), (len(self) * digit + 5) // 10))

    def meeting_time(self, position: int) -> str:
        """Return the time of the meeting: the wall clock as it was recorded, and the time since the opening, as 09:42 UTC · 00:42:10."""
        recorded = self.recorded(position)
        minutes, seconds = divmod(max(0, recorded.elapsed), 60)
        since = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
        wall = _TIME.match(recorded.at)
        return f"{wall[1]} UTC · {since}" if wall else since

    def pause_after(self, position: int, speed: float = 1.0) -> float:
        """Return the seconds that a position stays while playing, 0 at the end.

        Long silences are compressed: the root of the true gap, so that a minute of discussion is noticeable and does not bore.
        """
        if position >= len(self):
            return 0.0
        gap = max(0, self.recorded(position + 1).elapsed - self.recorded(position).elapsed)
        return min(max(_PAUSE_SCALE * sqrt(gap), SHORTEST_PAUSE), LONGEST_PAUSE) / speed

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The phases, reveals, discussions and decisions; decisions taken together are one chapter."""
        marked = [position for position, recorded in enumerate(self._recordeds, 1) if type(recorded.event) in CHAPTERS]
        return tuple(_chapter(self.state(position), self.recorded(position), position) for position in marked)

    @cached_property
    def _chapter_positions(self) -> tuple[int, ...]:
        return tuple(chapter.position for chapter in self.chapters)


def _round_title(session: Session, event: ev.BallotsRevealed) -> str:
    return f"{round_name(session, session.rounds[event.round - 1].opened)} {'counted' if event.hands else 'revealed'}"


def _decision_title(session: Session, event: ev.DecisionsMade) -> str:
    if len(event.decisions) == 1:
        return f"Decided: {session.title_of(event.decisions[0].card)}"
    return f"Decided on {plural(len(event.decisions), 'card')}"


CHAPTERS: dict[type[Event], tuple[ChapterKind, Callable[[Session, Any], str]]] = {
    ev.PhaseStarted: ("phase", lambda _, event: PHASE_NAMES[event.phase]),
    ev.BallotsRevealed: ("reveal", _round_title),
    ev.TalkOpened: ("talk", lambda session, event: f"Discussion of {session.title_of(event.card)}"),
    ev.DecisionsMade: ("decision", _decision_title),
}
"""The events that begin a chapter, with its kind and its title."""


def _chapter(session: Session, recorded: Recorded, position: int) -> Chapter:
    kind, title = CHAPTERS[type(recorded.event)]
    return Chapter(position, title(session, recorded.event), kind)
