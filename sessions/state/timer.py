"""The timer of a phase, and how long each phase should last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sessions.record.choices import PHASES, Phase

PHASE_MINUTES: Mapping[Phase, int] = {
    "prepare": 0, "open": 5, "look_back": 10, "cards": 10, "vote": 10, "reveal": 5, "talk": 20, "sequence": 15, "decide": 10, "close": 5,
}  # fmt: skip
"""Minutes of each phase in a session of 90 minutes (METHOD 2.2)."""

PHASE_NAMES: Mapping[Phase, str] = {phase: phase.replace("_", " ").capitalize() for phase in PHASES}


def planned_seconds(phase: Phase, minutes: int) -> int:
    """Return a phase's seconds in a session of that many minutes: its share of 90, to the whole minute, half up (METHOD 2.2)."""
    return (PHASE_MINUTES[phase] * minutes * 2 + 90) // 180 * 60


class Timer(NamedTuple):
    """The phase's timer in seconds: `used` until `since`, the session's second of its latest start (None: it is stopped)."""

    planned: int = 0
    used: int = 0
    since: int | None = None

    def used_at(self, elapsed: int) -> int:
        """Return the seconds used when the session is that many seconds old."""
        return self.used if self.since is None else self.used + max(0, elapsed - self.since)


class PhaseUse(NamedTuple):
    """How long a phase was planned to last and how long it lasted, in seconds, over all its visits."""

    planned: int
    used: int
