"""The reveal: which few cards to discuss and why, and the group's order beside the board's and the sides'.

The room talks, then takes the order or keeps the board.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from sessions.commands.group_order import KeepBoard, TakeGroupOrder, needs_reason
from sessions.guide.step import StepKind
from sessions.live.ports import ReadableSession
from sessions.record.events import GroupOrderTaken, Recorded, Weighting
from sessions.rounds.reveal import RevealResult
from sessions.state.rounds import Round
from tui.dialogs.ask import Ask
from tui.host.actions import actions_at, bindings
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.reveal.head import head_lines
from tui.reveal.order_table import OrderTable, order_rows
from tui.reveal.talk_table import TalkTable
from tui.reveal.words import NONE_YET, counting_name, method_words
from tui.text import safe
from tui.widgets.listing import Draw, Line, Listing, Piece

_NEEDS_THE_ROUND = frozenset({"take_order", "keep_board"})
_NEEDS_ROWS = frozenset({"weighting", "talk", "turn"})
_LEAST_ORDER = 8
"""Lines of the order that are worth showing below the cards to discuss."""
_WIDE = 110
"""From this width on the ballot's rules stand beside its name."""
_ROOMY = 24
"""From this height on lists are set apart by an empty line."""


class RevealScreen(LiveScreen[None]):
    """The latest reveal of a live session."""

    PLACES: ClassVar[tuple[str, ...]] = ("reveal",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "reveal.tcss"
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {"take_order": ("take_order", "")}

    def __init__(self, live: ReadableSession, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self.weighting: Weighting = "sides"
        self._reading: RevealResult | None = None
        self._in_talk = True

    def compose(self) -> ComposeResult:
        """Lay out what was counted, what it says, the cards to discuss, the order, and the keys."""
        yield self.top_bar
        with Horizontal(id="reveal-top"):
            yield Static("", id="reveal-name")
            yield Static("", id="reveal-counting")
        for name in ("head", "talk-heading", "talk", "order-heading", "order"):
            yield Listing(id=f"reveal-{name}")
        yield KeyBar(lambda: [each for each in actions_at("reveal", "everywhere") if self.check_action(each.name, ())])

    def on_mount(self) -> None:
        """Draw, and draw again whenever something happens."""
        for name in ("head", "talk-heading", "order-heading"):
            self._listing(name).can_focus = False
        self.listen()
        self._draw()

    @property
    def round(self) -> Round | None:
        """Return the latest round that asked for an order and was revealed; it stays on the screen when another one is opened."""
        return next((each for each in reversed(self.session.rounds) if each.revealed and each.opened.asks_order), None)

    @property
    def chosen(self) -> str:
        """Return the chosen card of the list that has the focus, or an empty text."""
        return self._listing("talk" if self._in_talk else "order").chosen

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: the chosen card."""
        return Spot("card", self.chosen)

    def _listing(self, name: str) -> Listing:
        return self.query_one(f"#reveal-{name}", Listing)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what needs a result only if there is one."""
        round_ = self.round
        counted = bool(round_ and round_.revealed and round_.revealed.tallies)
        if action in _NEEDS_THE_ROUND:
            return self.writable and counted and self.session.round is round_
        return action not in _NEEDS_ROWS or counted

    # --- reading the ballots

    def _follow(self, round_: Round) -> RevealResult:
        """Return the result of the round; one that takes time is computed beside the screen, which shows the order first."""
        result = self.live.results.result(self.session, round_)
        if result is not self._reading:
            self._reading = result
            if not result.ready:
                self._compute(result)
        return result

    @work(exclusive=True, group="reading")
    async def _compute(self, result: RevealResult) -> None:
        await asyncio.to_thread(result.compute)
        if result is self._reading:
            self._draw()

    # --- drawing

    def _draw(self) -> None:
        round_ = self.round
        if round_ is None:
            self._set_text("name", "The reveal")
            self._show("head", [[Piece(NONE_YET)]])
        else:
            self._draw_round(round_, self._follow(round_))
        self._lay_out()
        self.query_one(KeyBar).refresh()

    def _draw_round(self, round_: Round, reading: RevealResult) -> None:
        opened = round_.opened
        number = self.session.ballot_number(opened.round)
        self._set_text("name", f"The reveal · ballot {number}: {method_words(opened, short=self.size.width < _WIDE)}")
        self._set_text("counting", f"counted: {counting_name(self.weighting, opened.shares)}" if reading.order else "")
        short = self.size.width < 70 or self.room.height < _ROOMY
        self._show("head", head_lines(reading, round_, self.weighting, self.size.width - 4, ready=reading.ready, short=short))
        order = OrderTable(order_rows(reading, self.session, self.weighting, ready=reading.ready), reading)
        self._list("order", order.values if order.rows else [], order.line, order.heading)
        talk = TalkTable(reading, self.session) if reading.ready and order.rows else None
        if talk:
            self._list("talk", talk.values, talk.line, talk.heading)
        else:
            self._list("talk", [], order.line, order.heading)

    def _set_text(self, name: str, text: str) -> None:
        self.query_one(f"#reveal-{name}", Static).update(safe(text))

    def _show(self, name: str, lines: Sequence[Line]) -> None:
        self._listing(name).show([""] * len(lines), lambda place, _width: lines[place])
        self._listing(name).styles.height = len(lines)

    def _list(self, name: str, values: Sequence[str], line: Draw, heading: Callable[[int], Line]) -> None:
        self._listing(name).show(values, line)
        # One cell beside the rows belongs to their scrollbar.
        self._listing(f"{name}-heading").show([""] if values else [], lambda _place, width: heading(width - 1))

    def _lay_out(self) -> None:
        """Show both lists if there is room, else the selected one; give it the focus."""
        talk, order = self._listing("talk"), self._listing("order")
        lines, some = talk.virtual_size.height, order.virtual_size.height > 0
        roomy = self.room.height >= _ROOMY
        used = 1 + self._listing("head").virtual_size.height + 1 + lines + 1 + (2 if roomy else 0) + 1
        both = lines > 0 and self.room.height - used >= _LEAST_ORDER
        in_talk = self._in_talk and bool(talk.chosen)
        self.set_class(roomy, "-roomy")
        self.set_class(both, "-both")
        for name, shown in (("talk", lines > 0 and (both or in_talk)), ("order", some and (both or not in_talk))):
            self._listing(name).display = self._listing(f"{name}-heading").display = shown
        talk.styles.height = lines if both else "1fr"
        talk.can_focus, order.can_focus = in_talk, not in_talk
        (talk if in_talk else order).focus()
        talk.refresh()
        order.refresh()

    def on_resize(self) -> None:
        """Toggle the detail, and show both lists or one."""
        self._draw()

    # --- what the keys do

    def action_turn(self) -> None:
        """Go to the other list."""
        self._in_talk = not self._in_talk
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Go to the list that is clicked on."""
        if event.widget is self._listing("order" if self._in_talk else "talk"):
            self.action_turn()

    def action_talk(self) -> None:
        """Discuss the selected card."""
        card = self.chosen
        if card not in self.session.cards:
            if card:
                self.quarterdeck.toast("This card has left the board: there is nothing to decide on it.", warning=True)
            return
        self.discuss(card)

    def action_weighting(self) -> None:
        """Count the other way."""
        self.weighting = "person" if self.weighting == "sides" else "sides"
        self._draw()

    @work
    async def action_take_order(self) -> None:
        """Lay the group's order onto the board, and go back to it; one that a single side made needs a reason."""
        recorded: list[Recorded] = []
        reason = ""
        if self.session.round and needs_reason(self.session.round):
            about = "All counted ballots came from one side. Taking its order needs a reason, which is recorded."
            typed = await self.app.push_screen_wait(Ask("Take the order of one side?", about=about, placeholder="why"))
            if not typed:
                return
            reason = typed
        command = TakeGroupOrder(weighting=self.weighting, override=reason)
        if not self.quarterdeck.attempt(lambda: recorded.extend(self.live.perform(command))):
            return
        taken = any(isinstance(each.event, GroupOrderTaken) for each in recorded)
        after = "; u takes it back." if taken else " already."
        self.quarterdeck.toast(f"The board is in the group's order{after}")
        self.dismiss()

    @work
    async def action_keep_board(self) -> None:
        """Keep the board as it is, and go back to it."""
        about, placeholder = "The group's order stays in the record.", "why (may be left empty)"
        question = Ask("Keep the board as it is?", about=about, placeholder=placeholder, optional=True)
        reason = await self.app.push_screen_wait(question)
        if reason is None:
            return
        if self.do(KeepBoard(reason=reason)):
            self.quarterdeck.toast("The board stays as it is.")
            self.dismiss()
