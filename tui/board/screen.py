"""The session screen: the board, the detail of the selected card, the top bar and the keys. Its actions are mixed in, part by part."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from sessions.deciding.must import must_sentence
from sessions.guide.gaps import gap_sentence, order_gaps, reading_gap
from sessions.library.library import OpenSession
from sessions.record.codec import Recorded
from sessions.state.session import Session
from tui.board.meeting_actions import GONE
from tui.board.move_words import last_move_parts, proposal_parts
from tui.board.plan_actions import PlanActions
from tui.board.plan_follower import PlanFollower
from tui.board.staging import Staging
from tui.board.view import BOARD
from tui.cards.detail_pane import DetailPane
from tui.cards.face import vote_summary
from tui.host.actions import ACTIONS, actions_at, bindings
from tui.host.key_bar import SMALL, KeyBar
from tui.text import fit_sentence, plain, safe
from tui.widgets.board.board import Board
from tui.widgets.cached import Row
from tui.widgets.debounce import Debounce
from tui.widgets.lines import Lines, Part, cells_of

DETAIL_FROM = 100
"""Columns from which the detail is beside the board without being asked for."""
PAUSE = 0.04
"""Seconds without a key that count as a pause."""


def detail_width(width: int) -> int:
    """Return the cells of the detail beside the board: half of a wide screen's extra cells go to it, so that no row has a gap."""
    return max(38, min(84, 38 + (width - 120) // 2))


_WRITES = {action.name for action in ACTIONS if action.writes}


class SessionScreen(PlanActions, Staging):
    """A session, live or read-only."""

    PLACES: ClassVar[tuple[str, ...]] = ("board", "card", "session")
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "board.tcss"
    AUTO_FOCUS = "Board"
    BLANK = True

    def __init__(self, opened: OpenSession, *, tip: str = "") -> None:
        super().__init__(opened, tip=tip)
        self._pane = DetailPane(id="detail")
        self._must_line = Lines(id="must")
        self._status_line = Lines(id="status")
        self._key_bar = KeyBar(self.footer)
        self._too_small = Static("", id="too-small")
        self._detail_wanted: bool | None = None
        self._first_seq = self.session.seq
        self._due = Debounce(self, PAUSE, self._show_the_rest)
        self.follower = PlanFollower(self, self.live.plans, lambda: self.session, self.planned_order, self._show_plan)

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield self.top_bar
        yield self._must_line
        with Row(id="middle"):
            yield self.board
            yield self._pane
        yield self._status_line
        yield self._key_bar

    def on_mount(self) -> None:
        """Show the session, and follow it."""
        self.watch(self.board, "cursor", self.remember_selected, init=False)
        self.follower.follow()
        self.show_board()
        self._begin_at_last_card()
        self.show_saved()
        self.show_status()
        self.show_the_rest_soon()
        for notice in self.opened.notices:
            self.quarterdeck.toast(notice, warning=True)
        if self.opened.lost_round and not self.read_only:
            self.ask_about_lost_round()
        elif not self.session.closed:
            self.call_later(self.resume_phase)

    def _begin_at_last_card(self) -> None:
        """Select the card that was discussed last, so that the room continues there."""
        self.remember_selected(self.board.cursor)
        if self.session.done:
            from sessions.replay.subject import subject_of_event as subject

            self.select(next(filter(None, (subject(self.live.recordeds, it.event) for it in self.session.history())), ""))

    def on_unmount(self) -> None:
        """Stop following the session."""
        self._due.stop()
        self.follower.stop()

    # --- what follows a change

    def _heard(self, session: Session, recorded: tuple[Recorded, ...]) -> None:
        self._happened(session, recorded)  # it shows the top as well: after a move when the keys pause, or the top would delay them

    def _happened(self, session: Session, recordeds: tuple[Recorded, ...]) -> None:
        """Repaint what the events changed, and nothing else."""
        from sessions.record.events import BallotSealed, BallotsRevealed, GroupOrderTaken, RoundOpened

        selected = self.selected_id
        self.keep_carry()
        events_ = [recorded.event for recorded in recordeds]
        if all(isinstance(event, BallotSealed) for event in events_):
            self.show_saved()
            return
        if any(isinstance(event, (BallotsRevealed, RoundOpened)) for event in events_):
            self.voices = vote_summary(session, self.live.results)
        moves = [self.move_in(event) for event in events_]
        if moves and all(moves) and self.view == BOARD:
            places = [rank - 1 for move in moves if move for rank in (move.old, move.new)]
            self.repaint(min(places), max(places))
        else:
            self.follower.follow()
            self._show_must()
            self.show_board()
            self.show_saved()
        self.keep_selected(session.order[0] if any(isinstance(event, GroupOrderTaken) for event in events_) else selected)
        self.show_status()
        self.show_the_rest_soon()

    def repaint(self, first: int, last: int) -> None:
        """Redraw some places, and what the plan now says differently."""
        replanned = self.follower.follow()
        self.board.show(len(self.shown.order), self._face, changed=(first, last))
        if replanned or self.session.line:
            self._arrange()
            self.board.recheck()

    def _show_plan(self) -> None:
        """Show the plan that was made while the keys paused, or that the one on the screen is not the latest."""
        self._show_must()
        self._arrange()
        self.board.recheck()
        self.show_saved()
        self.show_the_rest_soon()

    def _show_must(self) -> None:
        """Show above the board how much of the quarter the must cards take."""
        words = must_sentence(self.session, self.follower.plan)
        self._must_line.show_lines([[(plain(words), "$card-wait")]] if words else [])
        self._must_line.display = bool(words) and self.staged is None and not self.has_class("-small")

    def show_saved(self) -> None:
        """Show phase, clock, voters, and what is saved."""
        self.show_top()
        self.follow_stage()
        self._key_bar.follow()  # what cannot be written any more has no keys either

    @property
    def saved(self) -> str:
        """Return what is saved, in two words, and whether the plan is being made."""
        return f"planning…  {super().saved}" if self.follower.busy else super().saved

    def tick(self) -> None:
        """Draw what changes with time alone."""
        super().tick()
        if self.session.timer.since is not None and self.session.overrun(self.live.elapsed):
            self.show_status()

    def show_status(self, message: str = "") -> None:
        """Show the line above the keys: a number being typed, what is carried, who asks, and what happened."""
        self._status_line.show_lines([self._status(message)])

    def _status(self, message: str) -> list[Part]:
        session = self.session
        if self.digits:
            keys = ("  enter moves · esc cancel", "$text-muted")
            return [("move to rank ", "$text-muted"), (f"{self.digits}▏", "bold $accent"), keys]
        if carry := self.carry:
            source, target = self.carried(carry)
            way = f"{source + 1} → {target + 1}"
            return [
                ("carrying ", "$text-muted"), (plain(session.cards[carry.card].title), "bold"), (f"  {way}", "bold $accent"),
                ("  space drops · esc puts back", "$text-muted"),
            ]  # fmt: skip
        if proposal := self.proposed:
            return proposal_parts(session, proposal, self.size.width - 2)
        parts = [*self.view_parts(), *self.mark_parts()]
        if self.read_only and self.is_lost():
            parts.append((f"{GONE}  ", "$error"))
        if session.asker:
            parts.append((f"{plain(session.role(session.asker))} asks  ", "bold $accent"))
        if message:
            parts.append((plain(message), ""))
        elif self.writable and session.overrun(self.live.elapsed) and session.timer.since is not None:
            parts.append(("Time is up: t two more minutes · ] next phase · p park the question", "$error"))
        elif session.closed:
            closed = "This session is closed, and so is the next one" if self.live.followed else "This session is closed; o in the library reopens it"
            parts.append((closed, "$text-muted"))
        elif session.talk and session.talk.card in session.cards:
            parts.append((f"Discussing “{plain(session.cards[session.talk.card].title)}”", "$text-muted"))
        elif self.writable and self.tip and session.seq == self._first_seq:
            parts.append((plain(self.tip), "$text-muted"))
        elif advice := self._advice():
            parts.append((plain(advice), "$text-muted"))
        else:
            parts += last_move_parts(session, self.writable)
        # A hint that is cut in its middle says less than none.
        hints = [part for part in parts if part[1] == "$text-muted"]
        while hints and cells_of(parts) > self.size.width - 2:
            parts.remove(hints.pop())
        if (over := cells_of(parts) - (self.size.width - 2)) > 0:
            words, style = parts[-1]
            parts[-1] = (fit_sentence(words, cell_len(words) - over), style)
        return parts

    def _advice(self) -> str:
        """Show once what the cards still lack, before the room has done anything with them."""
        session = self.session
        untouched = all(each.event.kind == "people_taken_in" for each in session.history())
        if session.phase != "prepare" or not untouched or not self.writable:
            return ""
        missing = gap_sentence(session)
        told = f"{missing.removesuffix('.')} · e adds them" if missing else " ".join(order_gaps(session))
        return f"{reading_gap(session)} {told}".strip()

    # --- what follows when the keys pause: it must never delay one

    def show_the_rest_soon(self) -> None:
        """Show what can wait, when the keys pause."""
        self._due.begin()

    def _show_the_rest(self) -> None:
        """Show what can wait while keys are pressed: what is saved, other keys, the detail of the selected card."""
        self.show_saved()
        self._show_detail()

    def _show_detail(self) -> None:
        if self._pane.display:
            follower = self.follower
            self._pane.show(self.session, self.selected_id, self.voices, None if follower.stale else follower.plan)

    @on(Board.CursorMoved)
    def follow_cursor(self) -> None:
        """Show the detail of the selected card."""
        self.remember_selected(self.board.cursor)
        self.follow_stage()
        self.show_the_rest_soon()

    def action_detail(self) -> None:
        """Show the board instead of the stage, or the other way round; if a phase has no stage, show or hide the detail."""
        if not self.turn():
            self._detail_wanted = not self._pane.display
            self._draw()

    def _draw(self) -> None:
        """Lay the screen out for its size."""
        pane, (width, height) = self._pane, self.size
        wide = width >= DETAIL_FROM
        shown = wide and self.filled.has_detail(self.session, self.voices) if self._detail_wanted is None else self._detail_wanted
        pane.styles.width = detail_width(width) if wide else None
        pane.display = shown and height >= SMALL[1] and self.staged is None
        self.set_class(shown and not wide, "-below")
        self.set_class(height < 20, "-short")
        small = width < SMALL[0] or height < SMALL[1]
        self.set_class(small, "-small")
        self._show_must()
        if small:
            if not self._too_small.is_attached:
                self.mount(self._too_small)
            self._too_small.update(safe(f"{width}x{height} is too small to show the board: make the window larger. The keys still work."))
        self.show_the_rest_soon()

    # --- keys

    def on_key(self, event: events.Key) -> None:
        """Answer a key that would change the session if it can only be read."""
        names = [each.name for each in actions_at(*self.PLACES) if event.key in each.keys.split(",")] if self.read_only else []
        if not _WRITES.isdisjoint(names) and not any(self.check_action(name, ()) for name in names):
            self.say_read_only()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide actions that change the session if it is read-only, and those on a board that the stage hides. A closed one accepts readings."""
        if self.session.closed and action in ("next_phase", "adoption"):
            return action == "next_phase" or (self.takes_late and self.selected_id in self.session.delivered)
        return not ((action in _WRITES and not self.writable) or self.is_hidden(action))
