"""The reveal: the group's order beside the board's and both sides' orders. The room takes it, or keeps the board."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from sessions.commands import KeepBoard, TakeGroupOrder
from sessions.live import LiveSession
from sessions.record.events import BallotsRevealed, BoardKept, GroupOrderTaken, Recorded, Weighting
from sessions.state import Session
from tui.actions import actions_at, bindings
from tui.dialogs.ask import Ask
from tui.screens.host import Host, host
from tui.screens.reveal_rows import COUNTING, depends, heading, line, longest_title, reveal_rows, turnout
from tui.text import safe
from tui.widgets.key_bar import KeyBar
from tui.widgets.listing import Listing

_NEEDS_THE_ROUND = frozenset({"take_order", "keep_board"})
_ALL_ABSTAINED = "Everybody abstained: there is no order to show, and the board stays as it is."


class RevealScreen(Screen[None]):
    """The latest reveal of a live session."""

    PLACES: ClassVar[tuple[str, ...]] = ("reveal",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "reveal.tcss"

    def __init__(self, live: LiveSession, *, read_only: bool = False) -> None:
        super().__init__()
        self.live = live
        self._read_only = read_only
        self.weighting: Weighting = "sides"
        self._stop: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Lay out the header, the turnout, the rows, and the keys."""
        with Horizontal(id="reveal-top"):
            yield Static("", id="reveal-name")
            yield Static("", id="reveal-counting")
        yield Static("", id="reveal-turnout")
        yield Static("", id="reveal-depends")
        head = Listing(id="reveal-heading")
        head.can_focus = False
        yield head
        yield Listing(id="reveal-rows")
        yield Static("", id="reveal-outcome")
        yield KeyBar(lambda: [each for each in actions_at("reveal", "everywhere") if self.check_action(each.name, ())])

    def on_mount(self) -> None:
        """Draw, and draw again whenever something happens."""
        self._stop = self.live.watch(self._happened)
        self._draw()
        self.query_one("#reveal-rows", Listing).focus()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._stop()

    @property
    def session(self) -> Session:
        """Give the session as it is now."""
        return self.live.session

    @property
    def revealed(self) -> BallotsRevealed | None:
        """Give what the latest reveal showed; it stays on the screen when another ballot is opened."""
        return next((each.revealed for each in reversed(self.session.rounds) if each.revealed), None)

    @property
    def quarterdeck(self) -> Host:
        """Give the app, as screens know it."""
        return host(self.app)

    def _happened(self, _session: Session, _recorded: tuple[Recorded, ...]) -> None:
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what needs a result only where there is one."""
        revealed, latest = self.revealed, self.session.round
        if action in _NEEDS_THE_ROUND:
            return not (self._read_only or self.session.closed) and bool(revealed and revealed.tallies and latest and latest.revealed is revealed)
        return action != "weighting" or bool(revealed and revealed.tallies)

    def _draw(self) -> None:
        session, revealed = self.session, self.revealed
        rows = reveal_rows(session, revealed, self.weighting) if revealed else []
        count, most, longest = len(rows), max((row.mean for row in rows), default=0), longest_title(rows)
        self._say("name", f"The group's order · ballot {revealed.round}" if revealed else "The reveal")
        self._say("counting", f"counted: {COUNTING[self.weighting]}" if rows else "")
        self._say("turnout", turnout(session, revealed) if revealed else "No ballot was revealed yet.")
        self._say("depends", depends(session, revealed) if revealed else "")
        self._say("outcome", self._outcome())
        self.query_one("#reveal-heading", Listing).show([""] if rows else [], lambda _place, width: heading(width, count, longest))
        self.query_one("#reveal-rows", Listing).show(
            [row.card for row in rows], lambda place, width: line(rows[place], width, count, most, longest)
        )
        self.query_one(KeyBar).refresh()

    def _say(self, name: str, text: str) -> None:
        static = self.query_one(f"#reveal-{name}", Static)
        static.update(safe(text))
        static.display = bool(text)

    def _outcome(self) -> str:
        revealed = self.revealed
        if revealed is None:
            return ""
        if not revealed.tallies:
            return _ALL_ABSTAINED
        outcome = self.session.rounds[revealed.round - 1].outcome
        if isinstance(outcome, GroupOrderTaken):
            return f"The group's order was taken ({COUNTING[outcome.weighting]})."
        if isinstance(outcome, BoardKept):
            return f"The board was kept{f': {outcome.reason}' if outcome.reason else '.'}"
        return ""

    # --- what the keys do

    def action_weighting(self) -> None:
        """Count the other way."""
        self.weighting = "person" if self.weighting == "sides" else "sides"
        self._draw()

    def action_take_order(self) -> None:
        """Lay the group's order onto the board, and go back to it."""
        recorded: list[Recorded] = []
        if not self.quarterdeck.attempt(lambda: recorded.extend(self.live.perform(TakeGroupOrder(weighting=self.weighting)))):
            return
        taken = any(isinstance(each.event, GroupOrderTaken) for each in recorded)
        after = "; u takes it back." if taken else " already."
        self.quarterdeck.say(f"The board is in the group's order{after}")
        self.dismiss()

    @work
    async def action_keep_board(self) -> None:
        """Keep the board as it is, and go back to it."""
        about, placeholder = "The group's order stays in the record.", "why (may be left empty)"
        question = Ask("Keep the board as it is?", about=about, placeholder=placeholder, optional=True)
        reason = await self.app.push_screen_wait(question)
        if reason is None:
            return
        if self.quarterdeck.attempt(lambda: self.live.perform(KeepBoard(reason=reason))):
            self.quarterdeck.say("The board stays as it is.")
            self.dismiss()
