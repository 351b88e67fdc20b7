"""The reveal: what the ballots say in plain words, which few cards to discuss, and the group's order beside the sides'.

The room talks, then takes the order or keeps the board.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from sessions.commands.cards import NoteOnCard
from sessions.commands.group_order import KeepBoard, TakeGroupOrder, needs_reason
from sessions.guide.step import StepKind
from sessions.record.events import GroupOrderTaken, Recorded, Weighting
from sessions.rounds.reveal import RevealResult
from sessions.state.rounds import Round
from tui.dialogs.ask import Ask
from tui.dialogs.confirm import Confirm
from tui.host.actions import Action, bindings
from tui.host.key_bar import KeyBar, offered
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.reveal.head import head_lines
from tui.reveal.sheet import IN_ORDER, RevealSheet, card_of
from tui.reveal.take_order import question
from tui.reveal.words import NONE_YET
from tui.widgets.listing import Line, Listing, Piece

_NEEDS_THE_ROUND = frozenset({"take_order", "keep_board"})
_NEEDS_ROWS = frozenset({"weighting", "talk", "turn", "figures"})
_ROOMY = 24
"""From this height on lists are set apart by an empty line."""


class RevealScreen(LiveScreen[None]):
    """The latest reveal of a live session."""

    PLACES: ClassVar[tuple[str, ...]] = ("reveal",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    FOLLOWING = ("reveal", "")
    CSS_PATH = "reveal.tcss"
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {"doubt": ("doubt", ""), "take_order": ("take_order", "")}

    weighting: Weighting = "sides"
    figures = False
    _reading: RevealResult | None = None
    _wanted: str | None = ""
    """The line to select once the result is computed; empty for the first one, None if it is computed."""

    def compose(self) -> ComposeResult:
        """Lay out what the ballots say, the cards to discuss with the order below them, and the keys."""
        yield self.top_bar
        yield Listing(id="reveal-head")
        yield Listing(id="reveal-list", notes_below=True)
        yield KeyBar(self._offered)

    def on_mount(self) -> None:
        """Leave the focus to the list."""
        self._listing("head").can_focus = False
        self._listing("list").focus()

    @property
    def round(self) -> Round | None:
        """Return the latest round that asked for an order and was revealed; it stays on the screen when another one is opened."""
        return next((each for each in reversed(self.session.rounds) if each.revealed and each.opened.asks_order), None)

    @property
    def chosen(self) -> str:
        """Return the selected card, or an empty text."""
        return card_of(self._listing("list").chosen)

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: the selected card."""
        return Spot("card", self.chosen)

    def _listing(self, name: str) -> Listing:
        return self.query_one(f"#reveal-{name}", Listing)

    def _offered(self) -> list[Action]:
        actions = offered(self)
        if self.weighting == "sides":
            return actions
        return [each._replace(short="by side") if each.name == "weighting" else each for each in actions]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what needs a result only if there is one."""
        round_ = self.round
        counted = bool(round_ and round_.revealed and round_.revealed.tallies)
        if action in _NEEDS_THE_ROUND:
            return self.writable and counted and self.session.round is round_
        return action not in _NEEDS_ROWS or counted

    # --- reading the ballots

    def _follow(self, round_: Round) -> RevealResult:
        """Return the result of the round; what takes time is computed beside the screen, which shows the order first."""
        result = self.live.results.result(self.session, round_)
        if result is not self._reading:
            self._reading = result
            self._compute(result)
        return result

    @work(exclusive=True, group="reading")
    async def _compute(self, result: RevealResult) -> None:
        if not result.ready:
            await self._beside(result, result.compute)
        if result.order and not result.one_ballot_known:
            await self._beside(result, result.compute_one_ballot)

    async def _beside(self, result: RevealResult, work: Callable[[], None]) -> None:
        await asyncio.to_thread(work)
        if result is self._reading:
            self._draw()
            self.show_top()

    # --- drawing

    def _draw(self) -> None:
        round_, room = self.round, self.room
        if round_ is None:
            self._show_head([[Piece(NONE_YET)]])
        else:
            reading, width = self._follow(round_), max(1, room.width - 4)
            head = head_lines(reading, round_, self.weighting, room, figures=self.figures, told=self.step.sentence)
            roomy = room.height >= _ROOMY
            self._show_head([*head, []] if roomy else head)
            sheet = RevealSheet(reading, self.session, self.weighting, width, roomy=roomy, figures=self.figures)
            self._show_list(sheet)
        self.query_one(KeyBar).refresh()

    def _show_list(self, sheet: RevealSheet) -> None:
        """Show the list; the selected line stays selected while a result is read; at first it is the first card to discuss."""
        listing = self._listing("list")
        if not sheet.ready and self._wanted is None:
            self._wanted = listing.chosen
        listing.show(sheet.values, sheet.line)
        if sheet.ready and self._wanted is not None:
            first = next(filter(None, sheet.values), "")
            listing.choose(self._wanted if self._wanted and self._wanted in sheet.values else first)
            self._wanted = None

    def _show_head(self, lines: Sequence[Line]) -> None:
        self._listing("head").show([""] * len(lines), lambda place, _width: lines[place])
        self._listing("head").styles.height = len(lines)

    # --- what the keys do

    def action_turn(self) -> None:
        """Go to the same card in the other part of the list, or to its beginning."""
        listing = self._listing("list")
        values = listing.values
        here = listing.chosen
        other = here.removeprefix(IN_ORDER) if here.startswith(IN_ORDER) else f"{IN_ORDER}{here}"
        beginning = next((value for value in values if value and value.startswith(IN_ORDER) != here.startswith(IN_ORDER)), "")
        listing.choose(other if other in values else beginning)

    def action_figures(self) -> None:
        """Show the figures, or the drawing again."""
        self.figures = not self.figures
        self._draw()

    def action_talk(self) -> None:
        """Discuss the selected card."""
        card = self.chosen
        if card not in self.session.cards:
            if card:
                self.quarterdeck.toast("This card has left the board: there is nothing to decide on it.", warning=True)
            return
        self.discuss(card)

    def action_weighting(self) -> None:
        """Switch between counting by sides and by person."""
        self.weighting = "person" if self.weighting == "sides" else "sides"
        self._draw()

    @work
    async def action_doubt(self) -> None:
        """Ask for one reason against the card on which the voters agree, and write it down (METHOD 2.5)."""
        card = self.known(set()).alike
        if card not in self.session.cards:
            return
        about = "Take two minutes. A year from now it has failed, although everybody wanted it. What was the reason?"
        question = Ask(f"One reason against “{self.session.cards[card].title}”", about=about, placeholder="the reason, in one sentence")
        if (reason := await self.app.push_screen_wait(question)) and self.do(NoteOnCard(card=card, text=f"Against it: {reason}", against=True)):
            self.quarterdeck.toast("The reason is noted on the card.")

    @work
    async def action_take_order(self) -> None:
        """Show what the group's order would move; then lay it onto the board. One that a single side made needs a reason."""
        reading = self._reading
        tally = reading.tally(self.weighting) if reading else None
        if reading is None or tally is None:
            return
        title, lines = question(self.session, reading, tally)
        if not await self.app.push_screen_wait(Confirm(title, lines, yes="take it")):
            return
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
        after = "; u undoes it." if taken else " already."
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
