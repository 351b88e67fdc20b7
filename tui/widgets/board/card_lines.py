"""How one card is drawn: its lines as strips of styled text, each exactly as wide as the board.

Pure functions of a card's face, its state and the palette. Nothing here knows the list, the cursor's place or the session.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui.text import fill, fit, fit_right, fit_sentence, length, wrap
from tui.themes import Ink, Palette
from tui.widgets.board.columns import GAP, Columns
from tui.widgets.board.face import DECIDED, PLAN_FLAG, TONE_GLYPHS, TONE_WORDS, TOO_LATE, CardFace, Look, Tone

_LOUD = frozenset({"talk", TOO_LATE})
_URGENT: frozenset[Tone] = frozenset({"late", "differ"})
_FULL = 1000
_BUDGET = "budget "
_MARK = "»"
_SPONSOR_AT_LEAST = 13
"""Cells from which a sponsor is worth showing at all."""
INKS: dict[Tone, Ink] = {"start": "start", "wait": "wait", "stop": "stop", "late": "differ", "differ": "differ", "plain": "muted", "new": "new"}


class Painter(NamedTuple):
    """Draws the lines of one card."""

    face: CardFace
    look: Look
    columns: Columns
    palette: Palette
    gap: int = 1
    """The empty lines below the card."""

    def lines(self, *, marked: bool, thumb: bool) -> tuple[Strip, ...]:
        """Draw the card's lines from the top, and the gap below it if there is one.

        The gap is `marked` if the card that the mouse holds would drop there. A last cell beside the card is the scrollbar's, with or
        without its `thumb`: drawn with the card, because a scroll repaints every line, and a scrollbar of its own would double that.
        """
        bar = Strip([Segment("▐" if thumb else " ", self.palette.style("page", "faint"))], 1)
        return tuple(Strip.join([line, bar]) for line in self._lines(marked=marked))

    def _lines(self, *, marked: bool) -> tuple[Strip, ...]:
        rows = [self._only_row()] if self.columns.compact else self._card_rows()
        return (*map(self._strip, rows), *([] if self.gap == 0 else [self._gap(marked=marked)]))

    def _card_rows(self) -> list[list[Segment]]:
        """Return the rows of a card: its title in as many as it needs, what it is worth, what becomes of it, and more."""
        face, columns = self.face, self.columns
        title, who = length(face.title), length(face.who) if columns.who else 0
        beside = columns.body - (who + GAP if who else 0)
        figures, left_over = self._has_figures_row, face.who
        if title <= beside:
            rows, left_over = [self._title_row(face.title, face.who if who else "")], "" if who else face.who
        elif title <= self._title_room or not self._may_wrap:
            rows = [self._title_row(fit(face.title, self._title_room).rstrip())]
        else:
            # A sentence that only describes the card gives its row to the title; a reason does not.
            figures = figures and columns.rows > 2 and (columns.rows > 3 or face.tone == "plain")
            rows = self._wrapped_title(with_worth=not figures)
        if figures and len(rows) < columns.rows:
            rows.append(self._figures_row(left_over))
        if face.line and len(rows) < columns.rows:
            rows.append(self._line_row())
        rows += [self._words(text, "muted") for text in face.extra[: columns.rows - len(rows)]]
        return rows + [self._words("", "muted")] * (columns.rows - len(rows))

    @property
    def _has_figures_row(self) -> bool:
        """Return whether the row of figures would tell anything: of a board without figures only flags that no sentence has beside it."""
        face, columns = self.face, self.columns
        if not (columns.worth or columns.voices or face.worth or face.voices or face.bar >= 0):
            return bool(face.flags) and not face.line
        return face.tone != "plain" or bool(face.worth or face.voices or face.flags or face.bar >= 0)

    @property
    def _is_marked(self) -> bool:
        return bool(self.look.carried or self.look.drop or self.face.moved)

    @property
    def _title_room(self) -> int:
        """The cells of a title alone in its row: it takes the column of the marks too, if the card has none."""
        columns = self.columns
        return columns.body + (columns.marks + GAP if columns.marks and not self._is_marked else 0)

    @property
    def _may_wrap(self) -> bool:
        """Return whether a row is left for the rest of the title: that of a sentence which only describes the card, or the figures'."""
        rows = self.columns.rows
        return rows > 2 or (rows == 2 and (self._has_figures_row or self.face.tone == "plain"))

    def _title_row(self, title: str, who: str = "") -> list[Segment]:
        """Draw a title, its sponsor at the right if both fit, and what became of the card."""
        row = [*self._rank(), self._segment(title, bold=True)]
        if length(title) > self.columns.body:
            return row
        row.append(self._space(self.columns.body - length(title) - length(who)))
        if who:
            row.append(self._segment(fit(who, length(who)), "muted"))
        return [*row, *self._move_mark()]

    def _wrapped_title(self, *, with_worth: bool) -> list[list[Segment]]:
        """Draw a title in two rows, the second with the worth and a flag if the row of figures is needed for something else."""
        face, columns = self.face, self.columns
        worth, flags = (face.worth, face.flags[:1]) if with_worth else ("", ())
        room = columns.body - (length(worth) + GAP if worth else 0)
        if not worth and not flags and columns.marks:
            room += columns.marks + GAP
        first, *more = fill(face.title, [self._title_room, room])
        rest = more[0] if more else ""
        second = [*self._lead("", "muted"), self._segment(rest, bold=True)]
        if worth or flags:
            second += [self._space(columns.body - length(rest) - length(worth)), self._segment(fit(worth, length(worth)))]
        return [self._title_row(first), second + (self._flags(flags) if flags else [])]

    def _gap(self, *, marked: bool) -> Strip:
        if marked:
            return self._strip([Segment("━" * self.columns.width, self.palette.style("page", "focus"))])
        if self.look.carried:
            return self._strip([Segment(" " + "▀" * (self.columns.width - 1), self.palette.style("page", "faint"))])  # its shadow
        return self._strip([Segment(" " * self.columns.width, self.palette.style("page"))])

    def _strip(self, segments: Iterable[Segment]) -> Strip:
        """Make a strip of exactly the board's width from segments of any width."""
        ground = "page" if self.columns.width == 0 else self.look.ground
        return Strip(segment for segment in segments if segment.text).adjust_cell_length(self.columns.width, self.palette.style(ground))

    def _segment(self, text: str, ink: Ink = "text", *, bold: bool = False, italic: bool = False) -> Segment:
        return Segment(text, self.palette.style(self.look.ground, ink, bold=bold, italic=italic))

    @property
    def _glyph(self) -> str:
        return DECIDED if self.face.stand == "decided" else TONE_GLYPHS[self.face.tone]

    def _stand(self, text: str) -> Segment:
        """Draw the state of the card: in full colour what is decided or urgent, dim what is only proposed."""
        face = self.face
        dim = face.stand == "proposed" and face.tone not in _URGENT
        return self._segment(text, "muted" if dim else INKS[face.tone], bold=face.stand == "decided", italic=dim)

    def _space(self, width: int) -> Segment:
        return self._segment(" " * width)

    def _edge(self) -> Segment:
        """Draw the bar at the left: thick and blue on the selected card, in the card's tone on the others, thin if that is only proposed."""
        if self.look.chosen or self.look.carried:
            return self._segment("█", "focus")
        if self.look.drop:
            return self._segment("▌", "focus")
        return self._segment("▏" if self.face.stand == "proposed" else "▌", INKS[self.face.tone])

    def _lead(self, text: str, ink: Ink, *, bold: bool = False) -> list[Segment]:
        """Put the edge and a text in the rank's column: the rank itself, or the glyph of the tone below it."""
        columns = self.columns
        before, after = (1, columns.lead - columns.rank - 2) if columns.lead > columns.rank + 2 else (0, 1)
        return [self._edge(), self._segment(" " * before + fit_right(text, columns.rank) + " " * after, ink, bold=bold)]

    def _rank(self) -> list[Segment]:
        lead = self._lead(str(self.face.rank), "text" if self.face.marked else "focus" if self.look.chosen else "muted", bold=True)
        return [lead[0], lead[1]._replace(text=f"{lead[1].text[:-1]}{_MARK}")] if self.face.marked else lead

    def _mark(self, text: str, ink: Ink, *, bold: bool = False) -> list[Segment]:
        """Put a text in the right-hand column, left-aligned so that the signs line up."""
        if not self.columns.marks:
            return []
        return [self._space(GAP), self._segment(fit(text, self.columns.marks), ink, bold=bold)]

    def _move_mark(self) -> list[Segment]:
        """Return what became of the card: picked up, a place to drop, or its origin."""
        if self.look.carried:
            word, short = "carrying", "held"
        elif self.look.drop:
            short = "▲" if self.look.drop == "before" else "▼"
            word = f"{short} here"
        else:
            short = self.face.moved.replace("from ", "")
            word = self.face.moved if self.columns.tells_moves else short
        held = bool(self.look.carried or self.look.drop)
        return self._mark(word if length(word) <= self.columns.marks else short, "focus" if held else "text", bold=held)

    def _only_row(self) -> list[Segment]:
        """Put everything that fits into one row, as a table."""
        face, columns = self.face, self.columns
        title, who = columns.title, columns.who
        if who and length(face.title) > title:  # a long title takes what a sponsor leaves, or its whole column
            spare = max(0, who - length(face.who))
            fits = face.who and length(face.title) <= title + spare
            title, who = (title + spare, who - spare) if fits else (title + who + GAP, 0)
        row = [*self._rank(), self._segment(fit(face.title, title), bold=self.look.chosen)]  # a page of bold titles shouts
        if who:
            row += [self._space(GAP), self._segment(fit(face.who, who), "muted")]
        if columns.worth:
            row += [self._space(GAP), self._segment(_aligned(face.worth, columns.worth))]
        if columns.decision:
            decision = f"{self._glyph} {face.short or TONE_WORDS[face.tone]}"
            row += [self._space(GAP), self._stand(fit(decision, columns.decision))]
        return [*row, *self._move_mark()]

    def _figures_row(self, who: str) -> list[Segment]:
        """Return the worth and the voters' places, with the sponsor if the title left no room for it."""
        face, columns = self.face, self.columns
        row, used = self._lead("", "muted"), 0
        if columns.worth or face.worth:
            wide = face.bar < 0 and length(face.worth) > columns.worth  # without votes the worth has their room
            used = min(length(face.worth), columns.body) if wide else columns.worth
            row.append(self._segment(_aligned(face.worth, used)))
        if columns.bar > 0 and face.bar >= 0:
            row += [self._space(GAP), *self._bar(), self._segment(" " + fit_right(face.bar_text, columns.figure), "muted")]
            used += GAP + columns.bar + 1 + columns.figure
        asked = sum(length(text) + GAP for text, _, _ in face.voices) - GAP if face.voices else 0
        voices = max(0, min(asked, columns.voices, columns.body - used - GAP))
        body = columns.body + (columns.marks + GAP if columns.marks and not face.flags and not voices else 0)
        room = body - used - GAP - (voices + GAP if voices else 0)
        beside = min(length(who), room) if room >= min(length(who), _SPONSOR_AT_LEAST) else 0
        if beside:
            row += [self._space(GAP if used else 0), self._segment(fit(who, beside), "muted")]
            used += beside + (GAP if used else 0)
        row.append(self._space(columns.body - used - voices))
        if used > columns.body:
            return row
        if voices:
            row += self._voices(voices)
        return [*row, *self._flags(face.flags[:1])]

    def _voices(self, width: int) -> list[Segment]:
        """Put the sides' places at the right of `width` cells: with the sides' names if all fit, else those that fit without."""
        whole = sum(length(text) + GAP for text, _, _ in self.face.voices) - GAP <= width
        row: list[Segment] = []
        for text, ink in ((text if whole else short, ink) for text, short, ink in self.face.voices):
            cells = length(text) + (GAP if row else 0)
            if cells > width:
                break
            row.append(self._segment(fit_right(text, cells), ink))
            width -= cells
        return [self._space(width), *row]

    def _flags(self, flags: tuple[str, ...]) -> list[Segment]:
        """Put flags in the right-hand column: red if the room differs or a deadline is missed, and marked if the plan has changed."""
        loud = not _LOUD.isdisjoint(flags)
        changed = any(flag.startswith(PLAN_FLAG) for flag in flags)
        return self._mark(" ".join(flags), "differ" if loud else "new" if changed else "muted", bold=loud or changed)

    def _bar(self) -> list[Segment]:
        """Draw a share as a line: the filled part, then the rest."""
        width = self.columns.bar
        if self.face.bar < 0:
            return [self._space(width)]
        filled = (min(self.face.bar, _FULL) * width + _FULL // 2) // _FULL
        return [self._segment("━" * filled, "bar"), self._segment("━" * (width - filled), "faint")]

    def _line_row(self) -> list[Segment]:
        """Return when it starts, and why not sooner; the glyph below the rank tells the tone without colour."""
        lead = self._lead(self._glyph, INKS[self.face.tone], bold=self.face.stand == "decided")
        if (more := self.face.flags[self._has_figures_row :]) and self.columns.marks:
            return [*lead, self._stand(fit_sentence(self.face.line, self.columns.body)), *self._flags(more)]
        return [*lead, self._stand(fit_sentence(self.face.line, self._whole))]

    @property
    def _whole(self) -> int:
        """Return the cells of a sentence that is as long as the card."""
        return max(0, self.columns.width - self.columns.lead - 1)

    def _words(self, text: str, ink: Ink) -> list[Segment]:
        """Fill a row with one sentence."""
        return [*self._lead("", ink), self._segment(fit_sentence(text, self._whole), ink)]


def _aligned(worth: str, width: int) -> str:
    """Return an amount at the right of its column and its word at the left, without the word if both do not fit.

    An amount that is cut would be read as another amount.
    """
    amount = worth.removeprefix(_BUDGET)
    if amount != worth and length(worth) <= width:
        return _BUDGET + fit_right(amount, width - len(_BUDGET))
    return fit_right(amount, width)


def sentence(text: str, width: int, height: int, palette: Palette) -> list[Strip]:
    """Draw a whole view with one calm sentence in its upper middle: it replaces the cards."""
    style = palette.style("page", "muted")
    lines = wrap(text, width - 2, height)
    above = (height - len(lines)) // 3
    lines = [""] * above + lines + [""] * (height - above - len(lines))
    return [Strip([Segment(" " * ((width - length(line)) // 2) + line, style)]).adjust_cell_length(width, style) for line in lines]
