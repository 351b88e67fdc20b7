"""The list of the screen: the open questions, then what changed by subject, then the questions that were answered."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.quarters.changes_words import Group
from sessions.quarters.questions import Question
from tui.text import fit, wrap
from tui.themes import Ink
from tui.widgets.listing import Line, Piece

_LEAD = 3
"""Cells of the mark before a line."""
_LINES = 3
"""Lines that a sentence takes at most."""


class Sheet:
    """The lines of the list in a width: their values, which are the keys of the questions, and what each one shows."""

    def __init__(self, questions: Sequence[Question], groups: Sequence[Group], width: int) -> None:
        self.values: list[str] = []
        self._lines: list[Line] = []
        self._width = width
        left = [each for each in questions if not each.answer]
        answered = [each for each in questions if each.answer]
        self._questions("To answer", left, "?", "wait")
        for number, group in enumerate(groups):
            self._heading(group.heading)
            for place, sentence in enumerate(group.lines):
                self._add(f"told {number} {place}", " ", sentence, "text")
        self._questions("Answered", answered, "✓", "muted")
        if not self.values:
            self._add("told", " ", "Nothing changed.", "muted")

    def line(self, place: int, _width: int) -> Line:
        """Return what a line shows."""
        return self._lines[place]

    def _questions(self, heading: str, questions: Sequence[Question], mark: str, ink: Ink) -> None:
        if questions:
            self._heading(heading)
        for each in questions:
            self._add(each.key, mark, each.answer or each.asked, "muted" if each.answer else "text", mark_ink=ink, bold=not each.answer)

    def _heading(self, words: str) -> None:
        if self.values:
            self._put("", [])
        self._put("", [Piece(fit(words, self._width), "focus", bold=True)])

    def _add(self, value: str, mark: str, sentence: str, ink: Ink, *, mark_ink: Ink = "muted", bold: bool = False) -> None:
        room = max(1, self._width - _LEAD)
        for number, words in enumerate(wrap(sentence, room, _LINES)):
            lead = Piece(fit("" if number else mark, _LEAD), mark_ink, bold=True)
            self._put("" if number else value, [lead, Piece(fit(words, room), ink, bold=bold)])

    def _put(self, value: str, line: Line) -> None:
        self.values.append(value)
        self._lines.append(line)
