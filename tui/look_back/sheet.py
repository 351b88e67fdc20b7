"""The list of last quarter's decisions: promise, what happened, and the outcome, which is a question until the room says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sessions.quarters.look_back import PastDecision
from sessions.quarters.promises import BROKEN, CAUSE_NAMES
from sessions.record.events import ActionAgreed, Outcome, Past, PastPhase, QuestionParked
from sessions.state.timer import PHASE_NAMES
from sessions.wording import day_name
from tui.text import fit, length, plain, wrap
from tui.themes import Ink
from tui.widgets.listing import Line, Piece

MARKS: dict[Outcome, str] = {"missed": "✗", "reversed": "↺", "overtaken": "≈", "open": "○", "kept": "✓"}
_GROUPS: dict[Outcome, int] = {"missed": 0, "reversed": 0, "overtaken": 1, "open": 1, "kept": 2}
_LEAD = 3
"""Cells of the mark."""
_GAP = 2
_LATE = 120
"""Seconds over its time from which a phase stands out."""
_LEAST_TITLE, _LEAST_NOTE = 24, 20
_MOST_PROMISED = 16
_MOST_LINES = 3
"""Lines of an action or a parked question."""
_WITH_NOTES = 90
"""Width from which what happened is in the row itself; the line below the list says it in any width."""


def outcome_words(row: PastDecision, *, cause: bool = True) -> str:
    """Return an outcome and its cause: missed, capacity; with a question mark if no one has said it."""
    outcome = row.outcome
    why = f" · {CAUSE_NAMES[outcome.cause]}" if cause and outcome.cause and outcome.cause != "other" else ""
    return f"{outcome.outcome}{'' if row.said else '?'}{why}"


LeftOpen = tuple[Sequence[ActionAgreed], Sequence[QuestionParked]]


class Sheet:
    """The lines of the list in a width: their values, which are the ids of the cards, and what each one shows."""

    def __init__(self, past: Past, rows: Sequence[PastDecision], left: LeftOpen, width: int, *, roomy: bool) -> None:
        self.values: list[str] = []
        self._lines: list[Line] = []
        self._notes = width >= _WITH_NOTES
        self._promised = min(_MOST_PROMISED, max([length(row.promised) for row in rows] + [len("promised")]))
        self._outcome = max((len(outcome_words(row, cause=self._notes)) for row in rows), default=0)
        room = width - _LEAD - self._promised - self._outcome - 2 * _GAP
        longest = max((length(row.title) for row in rows), default=0)
        self._title = max(_LEAST_TITLE, min(longest, room - _LEAST_NOTE - _GAP)) if self._notes else room
        longest = max([length(row.happened) for row in rows] + [_LEAST_NOTE])
        self._note = min(longest, room - self._title - _GAP) if self._notes else 0
        self._width = width
        self._add_heading(past, rows)
        for number, (_, group) in enumerate(groupby(rows, key=lambda row: _GROUPS[row.outcome.outcome])):
            self._add([] if number and roomy else None)
            for row in group:
                self._add(self._row(row), row.decision.card)
        self._add_left(*left)
        self._add_minutes(past.phases)

    def line(self, place: int, _width: int) -> Line:
        """Return what a line shows."""
        return self._lines[place]

    def _add(self, line: Line | None, value: str = "") -> None:
        if line is not None:
            self._lines.append(line)
            self.values.append(value)

    def _add_heading(self, past: Past, rows: Sequence[PastDecision]) -> None:
        if not rows:
            self._add([Piece("No decision to look back on.", "muted")])
            return
        left = sum(row.said is None for row in rows)
        about = f"{past.quarter or past.title}{f' · {left} to confirm' if left else ''}"
        words = [fit(about, _LEAD + self._title), fit("promised", self._promised), fit("what happened", self._note)]
        self._add([Piece((" " * _GAP).join(words[: 3 if self._notes else 2]), "muted")])

    def _row(self, row: PastDecision) -> Line:
        outcome = row.outcome.outcome
        broken = outcome in BROKEN
        ink: Ink = "text" if broken else "muted"
        said = row.said is not None
        note = [Piece(" " * _GAP), Piece(fit(row.happened, self._note), ink)] if self._notes else []
        return [
            Piece(fit(MARKS[outcome], _LEAD), "differ" if broken else "muted", bold=broken),
            Piece(fit(row.title, self._title), ink, bold=broken),
            Piece(" " * _GAP),
            Piece(fit(row.promised, self._promised), ink),
            *note,
            Piece(" " * _GAP),
            Piece(fit(outcome_words(row, cause=self._notes), self._outcome), "text" if said else ink, bold=said and broken, italic=not said),
        ]

    def _add_left(self, actions: Sequence[ActionAgreed], parked: Sequence[QuestionParked]) -> None:
        """Add what else the earlier session left to do: the actions that it agreed and the questions that it parked, while no one closed them."""
        left = [("→", f"{plain(each.what)} · {plain(each.who)}, {day_name(each.by_when)}") for each in actions]
        left += [("?", plain(each.text)) for each in parked]
        if left:
            self._add([])
            self._add([Piece("Agreed and parked last time", "muted")])
        for mark, text in left:
            for number, words in enumerate(wrap(text, max(1, self._width - _LEAD), _MOST_LINES)):
                self._add([Piece(fit("" if number else mark, _LEAD), "muted"), Piece(words, "text")])

    def _add_minutes(self, phases: Iterable[PastPhase]) -> None:
        """Add how long each phase was to take and took, in as many lines as it needs."""
        # In the order of a meeting, though a room may go back and forth.
        places: dict[str, int] = {phase: place for place, phase in enumerate(PHASE_NAMES)}
        ordered = sorted(phases, key=lambda each: places.get(each.phase, len(places)))
        told = [(_minutes(each), each.used >= each.planned + _LATE) for each in ordered if each.planned or each.used]
        if not told:
            return
        self._add([])
        lead = "Minutes used of planned  "
        line: list[Piece] = [Piece(lead, "muted")]
        left = self._width - len(lead)
        for words, over in told:
            if length(words) + 3 > left:
                self._add(line)
                line, left = [Piece(" " * len(lead))], self._width - len(lead)
            line.append(Piece(fit(words, length(words) + 3), "wait" if over else "muted"))
            left -= length(words) + 3
        self._add(line)


def _minutes(phase: PastPhase) -> str:
    name = next((name for key, name in PHASE_NAMES.items() if key == phase.phase), plain(phase.phase))
    return f"{name} {(phase.used + 30) // 60}/{(phase.planned + 30) // 60}"
