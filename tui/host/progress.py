"""What was done in a meeting without being recorded: steps that `]` has offered once, and cards that were read aloud."""

from __future__ import annotations

from sessions.guide.step import Step, StepKind
from sessions.record.choices import Phase


class Progress:
    """The way through a meeting on this screen."""

    def __init__(self) -> None:
        self.offered: set[tuple[Phase, StepKind]] = set()
        self.read: set[str] = set()
        self._taken: tuple[int, Step] | None = None
        self.marked: frozenset[str] = frozenset()
        """The cards that are marked on the board."""
        self.shown: tuple[str, ...] = ()
        """The cards that a filter leaves on the board; none without a filter."""

    def take(self, phase: Phase, step: Step, seq: int) -> None:
        """Remember a step that is taken; an optional one is offered once, so that a second `]` skips it."""
        self._taken = seq, step
        if step.optional:
            self.offered.add((phase, step.kind))

    def let_go(self) -> None:
        """Forget the step that was being taken: it is done or left, though nothing was recorded."""
        self._taken = None

    def taken(self, seq: int) -> Step | None:
        """Return the step that is being taken, None once something was recorded."""
        return self._taken[1] if self._taken and self._taken[0] == seq else None

    def skipped(self, phase: Phase) -> set[StepKind]:
        """Return the steps of a phase that were offered already."""
        return {kind for at, kind in self.offered if at == phase}

    def forget(self, phase: Phase) -> None:
        """Offer the steps of a phase again: something was undone, or a ballot cancelled."""
        self.offered = {each for each in self.offered if each[0] != phase}
