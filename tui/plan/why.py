"""Why a card waits: the whole chain down to what starts today, and levers that can be pulled with one key."""

from __future__ import annotations

from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from sessions.sequencing.deadlines import last_safe_rank
from sessions.sequencing.levers import Lever, levers
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import named_card
from tui.dialogs.base import STYLES, Dialog, StyleSheets
from tui.plan.why_words import chain_words, deadline_words, lever_words, offered
from tui.text import safe

_AROUND = 6
"""Lines of the dialog around its text: padding, title, keys."""


class WhyDialog(Dialog[Lever]):
    """The chain of waiting of a card; its answer is the lever to pull.

    On a large board levers take time to compute: then the dialog opens immediately, without them (`at_once` False).
    """

    CSS_PATH: ClassVar[StyleSheets] = [STYLES, "why.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,w,enter", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, plan: Plan, card: str, *, writable: bool, at_once: bool = True) -> None:
        super().__init__(named_card(plan, card), hint="esc close")
        self._plan = plan
        self._card = card
        self._writable = writable
        self._at_once = at_once
        self._levers: tuple[Lever, ...] = ()

    def body(self) -> ComposeResult:
        """Lay out the chain, the deadline and the levers."""
        with VerticalScroll(can_focus=False, id="why-text"):
            yield Static("", id="why-chain")
            yield Static("", id="why-deadline")
            yield Static("", id="why-head")
            yield Static("", id="why-levers")

    def on_mount(self) -> None:
        """Work out the levers."""
        if self._at_once:
            self._show(levers(self._plan, self._card), last_safe_rank(self._plan, self._card))
        else:
            self.query_one("#why-head", Static).update("Working out what would let it start sooner …")
            self._work_out()

    @work(thread=True, group="levers")
    def _work_out(self) -> None:
        found, safe_rank = levers(self._plan, self._card), last_safe_rank(self._plan, self._card)
        self.app.call_from_thread(self._show, found, safe_rank)

    def _show(self, found: tuple[Lever, ...], safe_rank: int | None) -> None:
        """Show the levers and the last safe rank."""
        if not self.is_attached:
            return
        self._levers = found
        deadline = deadline_words(self._plan, self._card, safe_rank)
        self.query_one("#why-deadline", Static).update(deadline)
        self.query_one("#why-deadline").display = bool(deadline.plain)
        head = "What would let it start sooner" if offered(found) else ""
        self.query_one("#why-head", Static).update(safe(head))
        self.query_one("#why-head").display = bool(head)
        self._draw()
        keys = len(offered(found))
        applies = f"{'1 applies' if keys == 1 else f'1–{keys} apply'} · " if keys and self._writable else ""
        self.keys.hint = f"{applies}↑ ↓ scroll · esc close"

    def _draw(self) -> None:
        """Write the texts for the width there is."""
        # What is behind the last line scrolls; the line that names the keys always stays.
        self.query_one("#why-text").styles.max_height = max(3, self.size.height - _AROUND)
        width = self.query_one("#why-text").scrollable_content_region.width - 1
        self.query_one("#why-chain", Static).update(chain_words(self._plan, self._card, width))
        self.query_one("#why-levers", Static).update(lever_words(self._levers, width, writable=self._writable))

    def on_resize(self) -> None:
        """Write them again for another width."""
        self.call_after_refresh(self._draw)

    def on_key(self, event: events.Key) -> None:
        """Pull a lever."""
        if self._writable and event.character and event.character in "123456789":
            event.stop()
            keys = offered(self._levers)
            if int(event.character) <= len(keys):
                self.dismiss(keys[int(event.character) - 1])

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#why-text", VerticalScroll).scroll_relative(y=by, animate=False)
