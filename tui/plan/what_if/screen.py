"""What if: try a move, people, a dropped or split card, another crew; see every card that it touches, and what it costs. Only `enter` keeps it."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from sessions.commands.what_ifs import NAME_LIMIT, NameWhatIf
from sessions.deciding.named_what_ifs import as_change, as_recorded
from sessions.handling.dispatch import refusal
from sessions.record.events import Recorded
from sessions.sequencing.changes import Reorder
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import WHAT_TO_ADD, sentence
from sessions.sequencing.what_if import Effect, effect_sentence, in_numbers_of
from sessions.state.session import Session
from tui.dialogs.ask import Ask
from tui.dialogs.confirm import Confirm
from tui.host.actions import ACTIONS, Action, actions_at, bindings
from tui.host.key_bar import KeyBar
from tui.plan.remedies import command_to_keep
from tui.plan.what_if.actions import Trying
from tui.plan.what_if.compare import CompareScreen
from tui.plan.what_if.stack import Tries, tries_of
from tui.plan.what_if.words import Named, cut_words, heading_line, not_seen, shift_line, widest_line
from tui.text import plain, safe
from tui.widgets.listing import Line, Listing, Piece

_NEEDS_A_CARD = {"move_rank", "place_up", "place_down", "drop_card", "split_off", "half_crew", "double_crew"}
_OFFERED = ("move_rank", "more_people", "drop_card", "split_off", "half_crew", "cheaper", "other_card", "compare")


class WhatIfScreen(Trying):
    """Tries on the plan of a live session, beginning with one of its cards."""

    PLACES: ClassVar[tuple[str, ...]] = ("what_if",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "what_if.tcss"

    def compose(self) -> ComposeResult:
        """Lay out the card, what was tried, what it does, every card that it touches, and the keys."""
        yield self.top_bar
        with Horizontal(id="if-top"):
            yield Static("", id="if-name")
            yield Static("", id="if-card")
        yield Static("", id="if-tries")
        yield Static("", id="if-search")
        yield Static("", id="if-effect")
        yield Static("", id="if-cut")
        yield Static("", id="if-unseen")
        yield Listing(id="if-changes")
        yield Static("", id="if-why")
        yield KeyBar()

    def on_unmount(self) -> None:
        """Stop searching."""
        self.searching = False

    def _happened(self, session: Session, _recorded: tuple[Recorded, ...]) -> None:
        self.searching = False
        self.tries = self.tries.on(self.live.plans.plan(session))
        if self.card not in self.tries.after.placements:
            self.card = next(iter(session.order), "")
        self._draw()

    # --- drawing

    def _draw(self) -> None:
        """Show what was tried and what it does."""
        if not self.is_attached:
            return
        self.set_class(self.size.height < 30, "-short")
        tries, effect = self.tries, self.shown_effect
        name = self._titled(self.card, tries.after) if self.card in tries.after.placements else ""
        self._set_text("name", "What if")
        self._set_text("card", name)
        self.query_one("#if-tries", Static).update(self._tried())
        worse = "$card-wait" if effect.dearer else ""
        sentence: Content = safe(effect_sentence(effect) if self._tried_anything else "").stylize(worse)
        self.query_one("#if-effect", Static).update(sentence)
        self._set_text("cut", cut_words(effect) if self._tried_anything else "")
        self._set_text("unseen", not_seen(effect.after) if self._reordered else "")
        self._show_changes(effect)
        self._show_reason()
        self.query_one(KeyBar).refresh()

    @property
    def shown_effect(self) -> Effect:
        """Return what all tries do, with the best order so far while one is looked for."""
        return self.best_effect or self.tries.effect

    @property
    def _tried_anything(self) -> bool:
        return bool(self.tries.changes) or self.best_effect is not None

    def _set_text(self, part: str, text: str) -> None:
        self.query_one(f"#if-{part}", Static).update(safe(text))

    def _tried(self) -> Content:
        """List the changes; without any, describe the card's position."""
        words = [*self.tries.words, *(["the best order so far"] if self.best_effect else [])]
        if not words:
            plan = self.tries.before
            position = sentence(plan, self.card) if self.card in plan.placements else ""
            return safe(WHAT_TO_ADD if plan.empty else f"{position} No change yet.")
        lines: list[Content | str | tuple[str, str]] = []
        for number, text in enumerate(words, 1):
            lines += [("\n" if lines else "") + f"{number}  ", (plain(text), "$card-new")]
        return Content.assemble(*lines)

    @property
    def _reordered(self) -> bool:
        """Return whether an order is shown that was looked for by money."""
        return self.best_effect is not None or any(isinstance(change, Reorder) for change in self.tries.changes)

    def _show_changes(self, effect: Effect) -> None:
        listing = self.query_one("#if-changes", Listing)
        if not self._tried_anything:
            offered = [action for name in _OFFERED for action in actions_at("what_if") if action.name == name]
            listing.show([""] * len(offered), lambda place, _width: _offer(offered[place]))
            return
        shifts = effect.shifts
        voted = self._voted() if self._reordered else {}
        values = ["", *(shift.card for shift in shifts)] if shifts else []
        names = [
            Named(self.tries.name(each.card, effect.after), self.tries.tried_at(each.card, effect.after), voted.get(each.card)) for each in shifts
        ]
        most = widest_line(names)

        def draw(place: int, width: int) -> Line:
            width = min(width, most)
            if not place:
                return heading_line(effect.before.workload.portfolio, width, votes=bool(voted))
            return shift_line(effect, shifts[place - 1], names[place - 1], width)

        listing.show(values, draw)

    def _titled(self, card: str, after: Plan) -> str:
        rank = self.tries.tried_at(card, after)
        return f"{self.tries.name(card, after)}{f', tried at #{rank}' if rank else ''}"

    def _voted(self) -> dict[str, int]:
        """Return the rank of each card in the order that the room voted for, if it did."""
        reading = self.live.results.latest(self.session)
        return {card: rank for rank, card in enumerate(reading.order, 1)} if reading else {}

    def on_listing_chosen(self, _message: Listing.Chosen) -> None:
        """Explain the start of the selected card."""
        self._show_reason()

    def _show_reason(self) -> None:
        """Explain the start of the card in the selected line."""
        effect, card = self.shown_effect, self.query_one("#if-changes", Listing).chosen
        after = in_numbers_of(effect.before, effect.after)
        self._set_text("why", f"{self._titled(card, effect.after)}: {sentence(after, card)}" if card in after.placements else "")

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to keep changes only if that is possible; during a search, offer to stop it."""
        if self.searching and action in _NAMES:
            return action == "cheaper"
        if action in ("keep", "put_aside"):
            return bool(self.tries.changes) and self.writable
        if action in _NEEDS_A_CARD and not self.card:
            return False
        return action != "step_back" or bool(self.tries.changes)

    def action_keep(self) -> None:
        """Keep what was tried, as one event that u undoes."""
        tries = self.tries
        command = command_to_keep(self.session, tries.changes, tries.words, tries.effect)
        words = effect_sentence(tries.effect)
        if self.do(command):
            self.quarterdeck.toast(f"Kept: {words} u undoes it.")
            self.dismiss(None)

    def action_step_back(self) -> None:
        """Undo the latest try."""
        self.tries.take_back()
        self._draw()

    def leave(self) -> None:
        """Stop looking for an order; otherwise go back, and ask before what was tried is lost."""
        if self.searching:
            self.searching = False
        elif self._would_be_lost:
            self.ask_to_drop()
        else:
            self.dismiss(None)

    @property
    def _would_be_lost(self) -> bool:
        """Return whether something was tried that is not put aside."""
        tried = tuple(as_recorded(change) for change in self.tries.changes)
        return bool(tried) and all(each.changes != tried for each in self.session.what_ifs)

    @work
    async def ask_to_drop(self) -> None:
        """Go back if what was tried may be lost."""
        if await self._may_drop():
            self.dismiss(None)

    @work
    async def quit(self) -> None:
        """Quit; ask before what was tried is lost, as the board asks before a session is left."""
        if not self._would_be_lost or await self._may_drop():
            self.dismiss(None)
            self.app.call_later(self.app.run_action, "quit")

    async def _may_drop(self) -> bool:
        lines = [*self.tries.words, "", *(["l puts it aside under a name instead."] if self.writable else [])]
        answer = await self.app.push_screen_wait(Confirm("Leave what was tried?", lines, yes="drops it"))
        return bool(answer)

    # --- what-ifs under a name

    @work
    async def action_put_aside(self) -> None:
        """Put what was tried aside under a name, and start over."""
        tries = self.tries

        def command(name: str) -> NameWhatIf:
            return NameWhatIf(name=name, sentence="; ".join(tries.words), changes=tuple(as_recorded(change) for change in tries.changes))

        ask = Ask(
            "Put this what-if aside", about="\n".join(tries.words), placeholder="a name, such as Web first", limit=NAME_LIMIT,
            check=lambda name: str(refusal(self.session, command(name)) or ""),
        )  # fmt: skip
        name = await self.app.push_screen_wait(ask)
        if name and self.do(command(name)):
            self.tries = Tries(self.live.plans.plan(self.session))
            self._draw()
            self.quarterdeck.toast(f"Put aside as “{name}”: try another one, or tab compares.")

    @work
    async def action_compare(self) -> None:
        """Compare the what-ifs that were put aside; the answer is one to try again."""
        if not self.session.what_ifs:
            self.quarterdeck.toast("Nothing is put aside yet: l puts aside what is tried.")
            return
        name = await self.app.push_screen_wait(CompareScreen(self.live, read_only=self.read_only))
        chosen = next((each for each in self.session.what_ifs if each.name == name), None)
        if chosen and (not self._would_be_lost or await self._may_drop()):
            self.tries = tries_of(self.live.plans.plan(self.session), [as_change(each) for each in chosen.changes])
            self._draw()


_NAMES = {action.name for action in ACTIONS if action.where == "what_if"}


def _offer(action: Action) -> Line:
    return [Piece(f"{action.shown:<6}", "focus", bold=True), Piece(action.help, "text")]
