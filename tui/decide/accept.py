"""Accept several proposals together: shows what it would do, line by line, before it does it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from sessions.commands.acceptance import NO_LINE, Acceptance, acceptance
from sessions.commands.decisions import AcceptProposals
from sessions.deciding.words import word_counts
from sessions.rounds.reveal import RevealResult
from sessions.state.session import Session
from sessions.wording import capital, plural
from tui.cards.face import DIFFERS
from tui.decide.rows import Row, columns_for, row_line
from tui.dialogs.base import STYLES, Dialog, StyleSheets
from tui.text import fit, safe
from tui.widgets.listing import Line, Listing, Piece

_AROUND = 9
"""Lines of the dialog and its edge around the list."""


def headline(found: Acceptance) -> str:
    """Return what accepting would do, in one line: 480 start · 10 start later · 5 need your decision."""
    needs = f"{len(found.own)} {'needs' if len(found.own) == 1 else 'need'} your decision"
    differ = f"{len(found.differing)} {'differs and stays' if len(found.differing) == 1 else 'differ and stay'} open"
    counts = word_counts([each.word for each in found.decisions])
    return " · ".join([*counts, *([needs] if found.own else []), *([differ] if found.differing else [])]) or "Nothing is accepted"


class AcceptDialog(Dialog[AcceptProposals]):
    """The proposals of the open cards as a list; its answer accepts those that are still included."""

    CSS_PATH: ClassVar[StyleSheets] = [STYLES, "decide.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "leave_out", show=False),
        Binding("enter,ctrl+s", "accept", show=False),
    ]

    def __init__(self, session: Session, cards: Sequence[str] = (), reading: RevealResult | None = None) -> None:
        self._session, self._cards, self._reading = session, tuple(cards), reading
        self._without: set[str] = set()
        self._found = acceptance(session, self._cards, reading=reading)
        self._offered = tuple(each.card for each in self._found.decisions)
        super().__init__(headline(self._found))
        self._list = Listing(id="accept-list")

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield self._list

    def on_mount(self) -> None:
        """Show the proposals, the first of them selected."""
        self._show()
        self._list.choose(self._offered[0] if self._offered else "")
        self._list.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Make the list as high as the window allows, and no higher than its lines."""
        self._list.styles.height = max(3, min(len(self._rows()), event.size.height - _AROUND))

    def _show(self) -> None:
        self._found = acceptance(self._session, self._cards, self._without, self._reading)
        rows = self._rows()
        cards = [row for row in rows if isinstance(row, Row)]

        columns = cache(lambda width: columns_for(self._session, cards, width))

        def draw(place: int, width: int) -> Line:
            row = rows[place]
            if isinstance(row, str):
                return [Piece(fit(row, width), "differ" if row == self._differ_head else "text", bold=True)]
            return row_line(self._session, row, columns(width))

        self._list.show([row.card if isinstance(row, Row) and row.card in self._offered else "" for row in rows], draw)
        self.query_one("#dialog-title", Static).update(safe(headline(self._found)))
        accepts = f"enter accept {plural(len(self._found.decisions), 'card')} · " if self._found.decisions else ""
        no_line = any(why == NO_LINE for _, why in self._found.own)
        otherwise = "L draws the line" if no_line else "d decides on one card"
        keys = f"{accepts}space leave one out · esc cancel" if self._offered else f"esc back · then {otherwise}"
        self.keys.hint = keys

    @property
    def _differ_head(self) -> str:
        return f"{DIFFERS.capitalize()}: {'this stays' if len(self._found.differing) == 1 else 'these stay'} open"

    def _rows(self) -> list[Row | str]:
        """Return the lines: first the exceptions under their headings, then the proposals."""
        found = self._found
        decisions = {each.card: each for each in found.decisions}
        needed = dict(found.own)
        rows: list[Row | str] = [self._differ_head, *(Row(card) for card in found.differing), ""] if found.differing else []
        own = {card: why for card, why in found.own if card not in self._offered}
        for reason in dict.fromkeys(own.values()):
            rows += [capital(reason), *(Row(card) for card, why in own.items() if why == reason), ""]
        rows += ["Accepted together"] if rows and self._offered else []
        for card in self._offered:
            # Leaving a card out changes the plan of the others, so that one of them may need a decision of its own now.
            remark = needed.get(card, "left out, stays open")
            rows.append(Row(card, decision=decisions.get(card), remark=remark))
        return rows

    def action_leave_out(self) -> None:
        """Exclude the selected line, or include it again."""
        if card := self._list.chosen:
            self._without ^= {card}
            self._show()

    def action_accept(self) -> None:
        """Accept the included proposals, as one record; if there are none, say so."""
        if self._found.decisions:
            self.dismiss(AcceptProposals(cards=tuple(each.card for each in self._found.decisions)))
        elif self._offered:
            self.complain("No line is left: space takes one in again.")
        else:
            self.leave()
