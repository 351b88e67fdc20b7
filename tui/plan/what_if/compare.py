"""Compare what-ifs side by side, take one, or put two of them to a duel."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from sessions.commands.rounds import OpenRound
from sessions.commands.what_ifs import ForgetWhatIf
from sessions.deciding.named_what_ifs import as_change
from sessions.live.ports import ReadableSession
from sessions.rounds.methods.duel import SPEC as DUEL
from sessions.rounds.methods.duel import what_if_result
from sessions.sequencing.what_if import effect_sentence
from sessions.state.rounds import Round
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.confirm import Confirm
from tui.host.actions import bindings
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.plan.remedies import command_to_keep
from tui.plan.what_if.side_by_side import Column, SideBySide
from tui.plan.what_if.stack import tries_of
from tui.text import safe
from tui.voting.anonymity import anonymity_for
from tui.voting.hands_asked import count_hands
from tui.voting.reason_asked import with_reason
from tui.widgets.listing import Listing


class CompareScreen(LiveScreen[str]):
    """The what-ifs of a session in columns; its answer is the name of one to try again."""

    PLACES: ClassVar[tuple[str, ...]] = ("compare",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "compare.tcss"

    def __init__(self, live: ReadableSession, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self._chosen = 0
        self._columns: list[Column] = []

    def compose(self) -> ComposeResult:
        """Lay out the duel's result, the columns and the keys."""
        yield self.top_bar
        yield Static("", id="compare-duel")
        yield Listing(id="compare-lines")
        yield KeyBar()

    def on_resize(self) -> None:
        """Draw for another width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if not self.is_attached:
            return
        if not self.session.what_ifs:
            self.dismiss("")
            return
        plan = self.live.plans.plan(self.session)
        self._columns = [Column(each, tries_of(plan, [as_change(change) for change in each.changes])) for each in self.session.what_ifs]
        self._chosen = min(self._chosen, len(self._columns) - 1)
        listing = self.query_one(Listing)
        side_by_side = SideBySide(plan, self._columns, self._chosen)
        lines = side_by_side.lines(max(1, listing.size.width - 2))
        listing.show([card for card, _ in lines], lambda place, _width: lines[place][1])
        told = [f"Duel: {what_if_result(each)}." for each in self._duels if each.revealed]
        self.query_one("#compare-duel", Static).update(safe(told[-1] if told else "What if: side by side, against the plan as it is"))
        self.query_one(KeyBar).refresh()

    @property
    def _duels(self) -> list[Round]:
        """Return the duels between what-ifs that are still put aside."""
        names = {each.name for each in self.session.what_ifs}
        return [each for each in self.session.rounds if each.opened.what_ifs and not each.dropped and {*each.opened.cards} <= names]

    @property
    def chosen(self) -> Column:
        """Return the selected what-if."""
        return self._columns[self._chosen]

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now."""
        open_ = self.session.open_round
        if action in ("hands", "ballots"):
            return self.writable and len(self.session.what_ifs) > 1 and (open_ is None or open_.opened.what_ifs)
        if action == "reveal":
            return self.writable and open_ is not None and open_.opened.what_ifs and bool(open_.seals)
        return self.writable if action in ("take", "forget") else True

    def action_column_left(self) -> None:
        """Choose the what-if on the left."""
        self._chosen = max(0, self._chosen - 1)
        self._draw()

    def action_column_right(self) -> None:
        """Choose the what-if on the right."""
        self._chosen = min(len(self._columns) - 1, self._chosen + 1)
        self._draw()

    def action_try_again(self) -> None:
        """Try the selected what-if again."""
        self.dismiss(self.chosen.what_if.name)

    def action_forget(self) -> None:
        """Drop the selected what-if."""
        name = self.chosen.what_if.name
        if self.do(ForgetWhatIf(name=name)):
            self.quarterdeck.toast(f"Dropped “{name}”: u on the board brings it back.")

    @work
    async def action_take(self) -> None:
        """Take the selected what-if: all that it changes, as one action."""
        what_if, tries = self.chosen
        if not tries.changes:
            self.quarterdeck.toast("Nothing of this what-if fits the board any more.")
            return
        lines = [*tries.words, "", effect_sentence(tries.effect), "u undoes all of it."]
        if await self.app.push_screen_wait(Confirm(f"Take “{what_if.name}”?", lines, yes="takes it")):
            command = command_to_keep(self.session, tries.changes, [f"“{what_if.name}”: {'; '.join(tries.words)}"], tries.effect)
            if self.do(command):
                self.quarterdeck.toast(f"Taken: “{what_if.name}”. u on the board undoes it.")

    # --- the duel

    @work
    async def action_hands(self) -> None:
        """Put two what-ifs to a duel by raised hands."""
        if self._open_seals():
            return
        opening = await self._duel()
        if opening:
            await count_hands(self, opening, lambda: self._vote_secretly(opening))

    @work
    async def action_ballots(self) -> None:
        """Put two what-ifs to a duel by secret ballots, or continue collecting them."""
        if self.session.open_round is not None:
            self.quarterdeck.go.ballot(self.live, read_only=self.read_only)
        elif opening := await self._duel():
            self._vote_secretly(opening)

    def action_reveal(self) -> None:
        """Reveal the secret ballots, which asks."""
        self.quarterdeck.go.ballot(self.live, reveal=True, read_only=self.read_only)

    def _open_seals(self) -> bool:
        """Return whether ballots are already sealed, and say so."""
        round_ = self.session.open_round
        if round_ and round_.seals:
            self.quarterdeck.toast("Ballots are already sealed: v takes more, r reveals them.", warning=True)
        return bool(round_ and round_.seals)

    def _vote_secretly(self, opening: OpenRound) -> None:
        if self.session.open_round is not None or self.do(opening):
            self.quarterdeck.go.ballot(self.live, read_only=self.read_only)

    async def _duel(self) -> OpenRound | None:
        """Return the duel to open, with a reason if there were as many as a session has time for."""
        names = [each.name for each in self.session.what_ifs]
        chosen = self.chosen.what_if.name
        others = [name for name in names if name != chosen]
        other: str | None = others[0]
        if len(others) > 1:
            other = await self.app.push_screen_wait(Choose(f"“{chosen}” against which one?", [Choice(name, name) for name in others]))
        if not other:
            return None
        pair = tuple(name for name in names if name in (chosen, other))
        opening = OpenRound(method=DUEL.name, what_ifs=True, cards=pair, anonymity=anonymity_for(self.session))
        return await with_reason(self.app, self.session, opening, "Another duel?")
