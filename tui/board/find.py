"""Find a card: by words of its title, its sponsor and its text, or by its rank; or keep the words as a filter."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from sessions.state.session import Session
from tui.board.view import CardTexts
from tui.cards.face import who
from tui.dialogs.base import Dialog
from tui.dialogs.choose import Choice, matches
from tui.text import fit, length
from tui.widgets.board.columns import GAP
from tui.widgets.inputs import LineInput
from tui.widgets.lines import Lines, Part

LINES = 14
"""The lines of the list: always the same number, because a list that grows and shrinks would move the dialog with every letter."""
_AROUND = 10
"""Lines of the dialog around the list, if its keys take two."""
_SHORTEST = 10
"""The cells from which a sponsor is worth showing beside a title."""
_FUZZY = 2000
"""The most cards that are searched for single letters if none contains the words."""


class FindCard(Dialog[str]):
    """A list of the cards that contain what is typed. Its answer is a card; `kept` is the text to keep as a filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("up,ctrl+k", "step(-1)", show=False, priority=True),
        Binding("pagedown", f"step({LINES})", show=False, priority=True),
        Binding("pageup", f"step(-{LINES})", show=False, priority=True),
        Binding("tab", "keep", show=False, priority=True),
    ]
    DEFAULT_CSS = f"FindCard Lines {{ height: {LINES}; margin-top: 1; width: 1fr; }}"

    def __init__(self, session: Session, texts: CardTexts) -> None:
        super().__init__("Find a card", hint="↑ ↓ choose · enter goes to the card · tab shows only these · esc close")
        self.kept = ""
        self._session = session
        self._texts = texts
        self._list = Lines(id="found")
        self._found: list[str] = list(session.order)
        self._exact = False
        self._at = 0
        self._top = 0
        self._rows = LINES

    def body(self) -> ComposeResult:
        """Lay out the line to type in, and the list."""
        yield LineInput(placeholder="type some words, or a rank", id="typed", max_length=100)
        yield self._list

    @property
    def first(self) -> str:
        """Return the title of the first card that was found."""
        return self._session.cards[self._found[0]].title if self._found else ""

    @on(Input.Changed, "#typed")
    def narrow(self, event: Input.Changed) -> None:
        """Offer what matches."""
        self._found = self._matching(event.value)
        self._at = self._top = 0
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Draw the list in its width, and in as many lines as there is room for."""
        self._rows = max(1, min(LINES, event.size.height * 94 // 100 - _AROUND))
        self._list.styles.height = self._rows
        self.action_step(0)
        self.call_after_refresh(self._draw)

    def _matching(self, typed: str) -> list[str]:
        """Return the cards that contain every word: by their title first; if none does, those with the letters in order."""
        session, words = self._session, typed.casefold().split()
        if not words:
            self._exact = False
            return list(session.order)
        found = self._texts.matching(session, typed)
        self._exact = bool(found)
        rank = int(typed) if typed.strip().isdecimal() and len(typed) < 10 else 0
        if not found and not 0 < rank <= len(session.order) and len(session.order) <= _FUZZY:
            choices = [Choice(card, session.cards[card].title, who(session.cards[card])) for card in session.order]
            return [choice.value for choice in matches(choices, typed)]
        by_title = [card for card in found if all(word in session.cards[card].title.casefold() for word in words)]
        meant = [session.order[rank - 1]] if 0 < rank <= len(session.order) else []
        return list(dict.fromkeys([*meant, *by_title, *found]))

    def _draw(self) -> None:
        session, width, digits = self._session, self._list.size.width, len(str(len(self._session.order)))
        ranks = session.ranks if len(self._found) > self._rows else {}
        lines: list[list[Part]] = []
        for place, card in enumerate(self._found[self._top : self._top + self._rows], self._top):
            rank = ranks.get(card) or session.rank(card)
            chosen = place == self._at
            title = session.cards[card].title
            lead = f"{'▌' if chosen else ' '} {rank:>{digits}}  "
            room = max(0, width - len(lead))
            shown = fit(title, room).rstrip()
            left = room - length(shown) - GAP
            aside = " " * GAP + fit(who(session.cards[card]), left) if left > _SHORTEST else ""
            lines.append([(lead, "bold $accent" if chosen else "$text-muted"), (shown, "bold" if chosen else ""), (aside, "$text-muted")])
        self._list.show_lines(lines or [[("Nothing matches.", "$warning")]])

    @on(Input.Submitted, "#typed")
    def take(self) -> None:
        """Take the selected card."""
        if self._found:
            self.dismiss(self._found[self._at])

    def on_click(self, event: events.Click) -> None:
        """Take a card that was clicked."""
        place = self._top + event.screen_y - self._list.region.y
        if event.widget is self._list and place < len(self._found):
            self.dismiss(self._found[place])

    def action_step(self, by: int) -> None:
        """Select another card."""
        self._at = max(0, min(self._at + by, len(self._found) - 1))
        self._top = max(0, self._at - self._rows + 1, min(self._top, self._at))
        self._draw()

    def action_keep(self) -> None:
        """Keep what was typed as a filter."""
        if self._exact:
            self.kept = self.query_one("#typed", Input).value.strip()
            self.dismiss("")
        else:
            self.complain("No card contains these words." if self._found else "Nothing matches.")
