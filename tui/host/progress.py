"""What was done in a meeting and is not recorded: steps that `]` has offered once, and cards that were read aloud."""

from __future__ import annotations

from dataclasses import dataclass, field

from sessions.guide.step import Step, StepKind
from sessions.record.events import Phase


@dataclass(slots=True)
class Progress:
    """The way through a meeting on this screen."""

    offered: set[tuple[Phase, StepKind]] = field(default_factory=set)
    read: set[str] = field(default_factory=set)

    def offer(self, phase: Phase, step: Step) -> None:
        """Remember that an optional step was offered: a second `]` skips it."""
        if step.optional:
            self.offered.add((phase, step.kind))

    def skipped(self, phase: Phase) -> set[StepKind]:
        """Return the steps of a phase that were offered already."""
        return {kind for at, kind in self.offered if at == phase}
