"""The view of ranked cards: one widget that draws only the lines in view, so that 10 000 cards cost what ten cost.

It knows places in a list, not the session: its user gives the number of cards and a function from a place to a face,
and hears of the cursor, of a card that the mouse dragged, and of one that was opened. Keys belong to the screen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.theme import Theme

from tui.themes import palette
from tui.widgets.board.cache import Cards
from tui.widgets.board.card_lines import sentence
from tui.widgets.board.columns import FULL, Columns, Filled, columns
from tui.widgets.board.cut_line import Heading, Rule, heading_strip, rule_strip
from tui.widgets.board.drag import Drag
from tui.widgets.board.face import CardFace, Look
from tui.widgets.board.geometry import Rows
from tui.widgets.board.scrolled import ScrolledRows

DENSITIES = (1, 3, 5)
"""The rows that a card may have."""

_NO_CARDS = "No cards yet: press + to add one"
_PLAIN = Look()


class BoardView(ScrolledRows, can_focus=True, inherit_bindings=False):
    """A list of ranked cards, of which one is selected.

    `cursor` is the place of the selected card (0 first), `density` the rows that a card may have (1, 3 or 5), `carrying` whether the
    selected card is picked up, `rule` a line across the board, `filled` what any card holds, `headings`
    the headings of groups.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    BoardView {
        width: 1fr;
        height: 1fr;
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 0;
    }
    """

    cursor = var(0, init=False)
    density = var(3, init=False)
    carrying = var(False, init=False)
    rule: var[Rule | None] = var(None, init=False)
    filled: var[Filled] = var(FULL, init=False)
    headings: var[tuple[Heading, ...]] = var((), init=False)

    class CursorMoved(Message, namespace="board"):
        """Another card was chosen."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def __init__(self, *, empty: str = _NO_CARDS, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._empty = empty
        self._cards = Cards(palette({}))
        self._drag: Drag | None = None

    @property
    def dragging(self) -> bool:
        """Whether the mouse holds a card."""
        return self._drag is not None

    def show(self, count: int, face: Callable[[int], CardFace], *, changed: tuple[int, int] | None = None) -> None:
        """Show `count` cards; `face` is called for a place only when its card comes into view.

        With `changed` (first and last place) the other cards are taken to look as before, and are neither asked for nor drawn.
        """
        self._end_drag()
        if count != self.count:
            changed = None
        self._cards.take(face, changed)
        if changed is None:
            self._arrange(self._rows_of(count))
        else:
            self._repaint(*changed)
        self.cursor = self.cursor

    def recheck(self) -> None:
        """Ask for the faces in view again, and draw the cards whose face has changed: no others."""
        if not self.count or not self.size.height:
            return
        seen = self.scroll_offset.y
        first, last = self._rows.position_at(seen), self._rows.position_at(seen + self.size.height - 1)
        for position, rows in self._cards.recheck(first, last, self._rows.rows).items():
            top = self._rows.top(position)
            self._repaint_lines(top + rows.start, top + rows.stop)

    def step(self, by: int) -> None:
        """Choose the card `by` places further down; up when negative."""
        self.cursor += by

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a card."""
        return max(0, min(cursor, self.count - 1))

    def go_with(self, position: int) -> None:
        """Select the card at a place without a message: it was selected before, and its mover knows."""
        old, new = self.cursor, self.validate_cursor(position)
        if old != new:
            self.set_reactive(BoardView.cursor, new)
            self._show_cursor(old, new)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the card that was left and the one that was reached, and say so."""
        self._show_cursor(old, new)
        self.post_message(self.CursorMoved(new))

    def _show_cursor(self, old: int, new: int) -> None:
        self._repaint(old, old, gaps=self.carrying)
        self._repaint(new, new, gaps=self.carrying)
        if self._drag is None:  # the list must not move below a pressed mouse
            self._follow(new)

    def validate_density(self, density: int) -> int:
        """Return the nearest available density."""
        return min(DENSITIES, key=lambda known: abs(known - density))

    def watch_density(self, density: int) -> None:
        """Keep the selected card in its place on the screen, or at least in view."""
        place = self._rows.lines(self.cursor, self.cursor)[0] - self.scroll_offset.y
        self._arrange(self._rows_of(self.count, density))
        self._scroll_to_line(self._rows.lines(self.cursor, self.cursor)[0] - place)
        self._follow(self.cursor)

    def watch_rule(self, old: Rule | None, new: Rule | None) -> None:
        """Draw the line at its new place and close the old one; cards shift only if it has a line of its own."""
        rows, before = self._rows_of(self.count), self._rows
        if rows.inserted != before.inserted:
            self._arrange(rows)
            self._follow(self.cursor)
            return
        self._rows = rows
        for rule in (old, new):
            if rule is not None:
                line = rows.top(rule.position) - 1
                self._repaint_lines(line, line + 1)

    def watch_headings(self) -> None:
        """Draw the groups of cards with their headings."""
        self._arrange(self._rows_of(self.count))

    def watch_filled(self) -> None:
        """Draw the cards with the rows and columns that they fill."""
        self._arrange(self._rows_of(self.count))
        self._follow(self.cursor)

    def _rows_of(self, count: int, density: int | None = None) -> Rows:
        density = self.density if density is None else density
        rows = self.filled.rows(density)
        # Cards of one row have a gap between them if that leaves all of them in view.
        gap = 0 if density == 1 or (rows == 1 and 2 * count > self.size.height + 1) else 1
        inserted = [heading.position for heading in self.headings if heading.position < count]
        if not inserted and self.rule is not None and self.rule.position < count and (gap == 0 or self.rule.position == 0):
            inserted = [self.rule.position]
        return Rows(count, rows, gap, tuple(inserted))

    def watch_carrying(self) -> None:
        """Lift the selected card, or put it down."""
        self._repaint(self.cursor, self.cursor, gaps=True)

    def on_mount(self) -> None:
        """Take the theme's colours, now and whenever it changes."""
        self._take_colours()
        self.app.theme_changed_signal.subscribe(self, self._take_colours)

    def on_resize(self) -> None:
        """Keep the selected card in view."""
        if (rows := self._rows_of(self.count)) != self._rows:
            self._arrange(rows)
        self._follow(self.cursor)

    def on_focus(self) -> None:
        """Show that the keys go here."""
        self._repaint(self.cursor, self.cursor)

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self._repaint(self.cursor, self.cursor)

    def _take_colours(self, _theme: Theme | None = None) -> None:
        self._cards.palette = palette(self.app.theme_variables)
        self.refresh()

    def draw_lines(self, crop: Region) -> list[Strip]:
        """Draw a part of the view straight from the remembered cards.

        Textual's own way caches lines by their place in the view, which a scroll makes worthless; it is for borders, padding and
        opacity, which a board does not have.
        """
        return [strip.crop(*crop.column_span) for strip in self.filtered(self._view(crop.y, crop.bottom))]

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        return self._view(y, y + 1)[0]

    def _view(self, top: int, bottom: int) -> list[Strip]:
        """Draw the lines of the view from `top` to the one before `bottom`."""
        if not self.count:
            return sentence(self._empty, *self.size, self._cards.palette)[top:bottom]
        (width, height), seen, rows = self.size, self.scroll_offset.y, self._rows
        layout = columns(width - 1, self.density, len(str(self.filled.ranks or self.count)), self.filled)
        thumb = rows.thumb(seen, height)
        first, last = rows.position_at(top + seen), rows.position_at(bottom + seen - 1)
        strips: list[Strip] = []
        for position in range(first, last + 1):
            strips += self._lines(position, layout, thumb)
        strips = strips[top + seen - rows.begin(first) :][: bottom - top]
        return strips + [Strip.blank(width, self._cards.palette.style("page"))] * (bottom - top - len(strips))

    def _lines(self, position: int, layout: Columns, thumb: range) -> Sequence[Strip]:
        """Return the lines of the card at a place, each with or without the scrollbar's thumb beside it, and the rule at its place."""
        rows = self._rows
        top, stride = rows.top(position) - self.scroll_offset.y, rows.stride
        beside = [y in thumb for y in range(top, top + stride)]
        strips = self._card(position, layout, thumb=beside[0])
        if len(set(beside)) > 1:
            other = self._card(position, layout, thumb=not beside[0])
            strips = [(strips if covered == beside[0] else other)[row] for row, covered in enumerate(beside)]
        if (found := bisect_left(rows.inserted, position)) < len(rows.inserted) and rows.inserted[found] == position:
            if self.headings:
                return [heading_strip(self.headings[found], self.size.width, self._cards.palette, thumb=top - 1 in thumb), *strips]
            return [self._ruled(thumb=top - 1 in thumb), *strips]
        if self.rule is None or self.count <= self.rule.position:
            return strips
        if rows.gap and self.rule.position == position + 1 and not (self._drag and self._drag.gap == position):
            return [*strips[:-1], self._ruled(thumb=beside[-1])]
        return strips

    def _ruled(self, *, thumb: bool) -> Strip:
        assert self.rule is not None
        return rule_strip(self.rule, self.size.width, self._cards.palette, thumb=thumb)

    def _card(self, position: int, layout: Columns, *, thumb: bool) -> Sequence[Strip]:
        """Return the lines of the card at a place, as it looks now, with the gap below it."""
        look, marked = _PLAIN, False
        if position == self.cursor:
            look = Look(chosen=True, focused=self.has_focus, carried=self.carrying)
        if self._drag is not None:
            look, marked = look._replace(drop=self._drag.mark(position)), self._drag.gap == position
        return self._cards.draw(position, look, marked=marked, thumb=thumb, columns=layout, gap=self._rows.gap)

    def _mark_drop(self, drag: Drag | None) -> None:
        """Move the mark of the place to drop the held card."""
        before, self._drag = self._drag, drag
        for shown in (before, drag):
            if shown is not None:
                self._repaint(shown.target, shown.target, gaps=True)

    def _end_drag(self) -> None:
        """Let go of the dragged card."""
        if self._drag is not None:
            self._mark_drop(None)
            self.release_mouse()
