"""How one card is drawn: its lines as strips of styled text, each exactly as wide as the board.

Pure functions of a card's face, its state and the palette. Nothing here knows the list, the cursor's place or the session.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui.text import fit, fit_right, length, wrap
from tui.themes import Ground, Ink, Palette
from tui.widgets.board.columns import GAP, Columns

Tone = Literal["start", "wait", "stop", "late", "differ", "plain", "new"]
Drop = Literal["", "before", "after"]
Stand = Literal["", "proposed", "decided"]


class CardFace(NamedTuple):
    """What a card shows, in words that are ready to be read; missing things are empty."""

    rank: int
    title: str
    who: str = ""
    """Sponsor and objective, or "no sponsor"."""
    worth: str = ""
    """The benefit: "$36,000 a month"."""
    tone: Tone = "plain"
    stand: Stand = ""
    """Whether the room has decided on it, or the plan only proposes something."""
    line: str = ""
    """The sentence of the third row: the decision, when it starts and why not sooner, or the first gap."""
    short: str = ""
    """The same in a word or two: "week 7"; the word of the tone if it is empty."""
    moved: str = ""
    """ "▲ from 6", "▼ from 2", "new"."""
    flags: tuple[str, ...] = ()
    """Short words: "talk", "pinned"."""
    voices: tuple[tuple[str, str, Ink], ...] = ()
    """Each side's place, the same in short, and the side's colour: "● business 2", "● 2"."""
    bar: int = -1
    """The filled share of the bar in thousandths; -1 for no bar."""
    bar_text: str = ""
    extra: tuple[str, ...] = ()
    """Rows four and five of the largest card."""


class Look(NamedTuple):
    """The state of a card at this moment: chosen, with the keyboard on the board, picked up, or the place where a card would be dropped."""

    chosen: bool = False
    focused: bool = False
    carried: bool = False
    drop: Drop = ""

    @property
    def ground(self) -> Ground:
        """What the card's text is on."""
        if self.carried:
            return "carry"
        return "focus" if self.chosen and self.focused else "card"


TONE_GLYPHS: dict[Tone, str] = {"start": "▸", "wait": "○", "stop": "■", "late": "!", "differ": "≠", "plain": "", "new": "+"}
TONE_WORDS: dict[Tone, str] = {"start": "starts", "wait": "waits", "stop": "stops", "late": "late", "differ": "differs", "plain": "", "new": "new"}
"""The state of a card told without colour."""
DECIDED = "✓"
"""The glyph of a card on which the room has decided, whatever the tone."""

PLAN_FLAG = "plan: "
"""How a flag begins that says another week than was promised."""
_LOUD = frozenset({"talk", "too late"})
_URGENT: frozenset[Tone] = frozenset({"late", "differ"})
_FULL = 1000
INKS: dict[Tone, Ink] = {"start": "start", "wait": "wait", "stop": "stop", "late": "differ", "differ": "differ", "plain": "muted", "new": "new"}


@dataclass(frozen=True, slots=True)
class Painter:
    """Draws the lines of one card."""

    face: CardFace
    look: Look
    columns: Columns
    palette: Palette

    def lines(self, *, marked: bool, thumb: bool) -> tuple[Strip, ...]:
        """Draw the card's lines from the top (1, 3 or 5), and above density 1 the gap below it.

        The gap is `marked` where a card that the mouse holds would be put. A last cell beside the card is the scrollbar's, with or
        without its `thumb`: drawn with the card, because a scroll repaints every line, and a scrollbar of its own would double that.
        """
        bar = Strip([Segment("▐" if thumb else " ", self.palette.style("page", "faint"))], 1)
        return tuple(Strip.join([line, bar]) for line in self._lines(marked=marked))

    def _lines(self, *, marked: bool) -> tuple[Strip, ...]:
        density = self.columns.density
        if density == 1:
            return (self._strip(self._only_row()),)
        rows = [self._first_row(), self._second_row(), self._third_row()]
        if self._lacks_the_second_row():
            rows[1:] = [rows[2], self._words("", "muted")]  # a card with only a title reads on without a hole
        if density > len(rows):
            extra = [*self.face.extra, "", ""]
            rows += [self._words(text, "muted") for text in extra[: density - len(rows)]]
        return (*map(self._strip, rows), self._gap(marked=marked))

    def _lacks_the_second_row(self) -> bool:
        """Return whether nothing is known that the second row would tell."""
        face = self.face
        return face.tone == "plain" and not (face.worth or face.voices or face.flags or face.bar >= 0)

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
        """Draw how the card stands: in full colour what is decided or urgent, dim what is only proposed."""
        face = self.face
        dim = face.stand == "proposed" and face.tone not in _URGENT
        return self._segment(text, "muted" if dim else INKS[face.tone], bold=face.stand == "decided", italic=dim)

    def _space(self, width: int) -> Segment:
        return self._segment(" " * width)

    def _edge(self) -> Segment:
        """Draw the bar at the left: thick and blue on the chosen card, in the card's tone on the others, thin where that is only proposed."""
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
        return self._lead(str(self.face.rank), "focus" if self.look.chosen else "muted", bold=True)

    def _mark(self, text: str, ink: Ink, *, bold: bool = False) -> list[Segment]:
        """Put a text in the right-hand column, left-aligned so that the signs line up."""
        if not self.columns.marks:
            return []
        return [self._space(GAP), self._segment(fit(text, self.columns.marks), ink, bold=bold)]

    def _move_mark(self) -> list[Segment]:
        """Return what became of the card: picked up, a place to drop, or where it came from."""
        if self.look.carried:
            word, short = "carrying", "held"
        elif self.look.drop:
            short = "▲" if self.look.drop == "before" else "▼"
            word = f"{short} here"
        else:
            short = self.face.moved.replace("from ", "")
            word = self.face.moved if self.columns.tells_moves else short
        ink: Ink = "focus" if self.look.carried or self.look.drop else "new"
        return self._mark(word if length(word) <= self.columns.marks else short, ink, bold=True)

    def _only_row(self) -> list[Segment]:
        """Put everything that fits into one row, as a table."""
        face, columns = self.face, self.columns
        row = [*self._rank(), self._segment(fit(face.title, columns.title), bold=self.look.chosen)]  # a page of bold titles shouts
        if columns.who:
            row += [self._space(GAP), self._segment(fit(face.who, columns.who), "muted")]
        if columns.worth:
            row += [self._space(GAP), self._segment(fit_right(_uncut(face.worth, columns.worth), columns.worth))]
        if columns.decision:
            decision = f"{self._glyph} {face.short or TONE_WORDS[face.tone]}"
            row += [self._space(GAP), self._stand(fit(decision, columns.decision))]
        return [*row, *self._move_mark()]

    def _first_row(self) -> list[Segment]:
        """Return what it is and whose. A short sponsor leaves the rest of its column to the title, and a short title to a long sponsor."""
        left = self.columns.body - length(self.face.title) - GAP
        who = min(max(self.columns.who, left), length(self.face.who)) if self.columns.who else 0
        title = self.columns.body - (who + GAP if who else 0)
        row = [*self._rank(), self._segment(fit(self.face.title, title), bold=True)]
        if who:
            row += [self._space(GAP), self._segment(fit_right(self.face.who, who), "muted")]
        return [*row, *self._move_mark()]

    def _second_row(self) -> list[Segment]:
        """Return the worth and the voters' places."""
        face, columns = self.face, self.columns
        beside = GAP + columns.bar + 1 + columns.figure if columns.bar > 0 else 0
        used = columns.worth if face.bar >= 0 else columns.worth + beside  # without votes the worth has their room
        row = [*self._lead("", "muted"), self._segment(fit(_uncut(face.worth, used), used))]
        if beside and face.bar >= 0:
            row += [self._space(GAP), *self._bar(), self._segment(" " + fit_right(face.bar_text, columns.figure), "muted")]
            used += beside
        voices = min(columns.voices, columns.body - used - GAP)
        if voices > 0:
            row.append(self._space(columns.body - used - voices))
            row += self._voices(voices)
        else:
            row.append(self._space(columns.body - used))
        return [*row, *self._flags(face.flags[:1])]

    def _voices(self, width: int) -> list[Segment]:
        """Put the sides' places at the right of so many cells: with the sides' names if all fit, else those that fit without."""
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
        """Put flags in the right-hand column: red where the room differs or a deadline is missed, and marked if the plan has changed."""
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

    def _third_row(self) -> list[Segment]:
        """Return when it starts, and why not sooner; the glyph below the rank tells the tone without colour."""
        lead = self._lead(self._glyph, INKS[self.face.tone], bold=self.face.stand == "decided")
        if (more := self.face.flags[1:]) and self.columns.marks:
            return [*lead, self._stand(fit(self.face.line, self.columns.body)), *self._flags(more)]
        return [*lead, self._stand(fit(self.face.line, self._whole))]

    @property
    def _whole(self) -> int:
        """Return the cells of a sentence that is as long as the card."""
        return max(0, self.columns.width - self.columns.lead - 1)

    def _words(self, text: str, ink: Ink) -> list[Segment]:
        """Fill a row with one sentence."""
        return [*self._lead("", ink), self._segment(fit(text, self._whole), ink)]


def _uncut(worth: str, width: int) -> str:
    """Return an amount without its word where both do not fit: one that is cut would be read as another amount."""
    return worth if length(worth) <= width else worth.removeprefix("budget ")


def sentence(text: str, width: int, height: int, palette: Palette) -> list[Strip]:
    """Draw a whole view with one calm sentence in its upper middle: it replaces the cards."""
    style = palette.style("page", "muted")
    lines = wrap(text, width - 2, height)
    above = (height - len(lines)) // 3
    lines = [""] * above + lines + [""] * (height - above - len(lines))
    return [Strip([Segment(" " * ((width - length(line)) // 2) + line, style)]).adjust_cell_length(width, style) for line in lines]
