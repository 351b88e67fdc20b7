"""The stage of a phase in the place of the board, and the keys that matter in a phase."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events, on
from textual.widget import Widget

from sessions.deciding.line import needs_line
from sessions.portfolio.models import Project
from sessions.record.choices import Phase
from tui.board.leading import Leading
from tui.board.view import BOARD, View
from tui.host.actions import Action, actions_at
from tui.host.stage import CARD_STAGES, STAGED, Stage
from tui.host.top_bar import LAST

if TYPE_CHECKING:
    from tui.widgets.listing import Listing

FOOTERS: Mapping[Phase, tuple[str, ...]] = {
    "prepare": ("people", "edit", "add", "carry", "find", "view", "undo"),
    "open": ("people", "invite", "objectives", "pulse", "more_time", "park", "detail"),
    "look_back": ("look_back", "people", "more_time", "park", "find"),
    "cards": ("edit", "note", "park", "more_time", "detail"),
    "vote": ("ballots", "reveal", "invite", "people", "more_time", "detail"),
    "reveal": ("reveal", "talk", "asker", "more_time", "find"),
    "talk": ("talk", "reveal", "asker", "note", "park", "more_time"),
    "sequence": ("carry", "draw_line", "why", "what_if", "plan", "asker", "note", "undo"),
    "decide": ("decide", "accept", "draw_line", "consent", "talk", "undo", "detail"),
    "close": ("agree", "park", "pulse", "partnership", "close_session", "detail"),
}
"""The keys of each phase, in the order of the key bar, after the one that leads on."""
_CLOSED = ("partnership", "look_back", "reveal", "plan", "find", "history")
_HIDDEN_BOARD = frozenset(action.name for action in actions_at("board", "card") if action.name not in ("detail", "undo", "redo", "find", "talk"))


_NEEDS_BOARD = frozenset({"mark", "together"})
"""Actions that only the board itself shows."""


class Staging(Leading):
    """The part of the session screen that shows the stage of a phase, or the board."""

    _stage_of: Phase | None = None
    _stage: Widget | None = None
    _board_wanted: Phase | None = None
    """The phase in which someone asked for the board."""

    _left: tuple[Phase, int] | None = None
    """The phase, and the seconds left of it a second ago."""

    def tick(self) -> None:
        """Draw what changes with time alone; ring when the last minute of a phase begins, and at its end."""
        super().tick()
        session = self.session
        if session.timer.since is None or not session.timer.planned or session.closed:
            self._left = None
            return
        left = session.timer.planned - session.timer.used_at(self.live.elapsed)
        phase, before = self._left or (session.phase, left)
        if phase == session.phase and any(left <= mark < before for mark in (LAST, 0)):
            self.app.bell()
        self._left = session.phase, left
        self.follow_stage()

    @on(events.ScreenResume)
    def stage_in_front(self) -> None:
        """Show on the stage what has changed above it: the room may be open now. A list of cards follows the selection only."""
        if self._stage is not None and self._stage_of not in CARD_STAGES:
            self.follow_stage()

    @property
    def staged(self) -> Phase | None:
        """Return the phase whose stage is shown, None while the board is."""
        return self._stage_of

    def follow_stage(self) -> None:
        """Show the stage of the phase, as it is now."""
        session = self.session
        wanted = session.phase if session.phase in STAGED and not session.closed and self._board_wanted != session.phase else None
        stage = self.quarterdeck.go.stage(self.live) if wanted and wanted != self._stage_of else self._stage if wanted else None
        if stage is not self._stage:
            self._stage_of = wanted if stage else None
            self._put(stage)
            if wanted == "cards":
                self.call_later(self.select, self.step.card)
        if isinstance(self._stage, Stage):
            self._stage.follow(self.live, self.selected_id, self.rule, self.shown.order)

    def _put(self, stage: Widget | None) -> None:
        """Show a stage, or the board, in the middle."""
        if self._stage is not None:
            self._stage.remove()
        self._stage = stage
        self.board.display = stage is None
        if stage is not None:
            if self._stage_of in CARD_STAGES and self.view != BOARD:
                # The stages have the board's order; the decisions are listed as a filter shows them.
                self.show_view(self.view._replace(group="", sort="") if self._stage_of == "decide" else BOARD)
            self.query_one("#middle").mount(stage)
        else:
            self.board.focus()
        self._draw()

    def show_view(self, view: View) -> None:
        """Show the board, or the list of the stage, in another view."""
        super().show_view(view)
        self.follow_stage()

    def turn(self) -> bool:
        """Switch between the stage of the phase and the board; return whether the phase has a stage."""
        phase = self.session.phase
        if self._stage is None and self._board_wanted != phase:
            return False
        self._board_wanted = None if self._board_wanted == phase else phase
        self.follow_stage()
        return True

    def on_listing_chosen(self, message: Listing.Chosen) -> None:
        """Select the card that was chosen in the list of a stage."""
        if message.value != self.selected_id:
            self.select(message.value)

    def action_open_card(self) -> None:
        """Decide on the selected card while the decisions are listed; else read it in full."""
        if self.staged == "decide" and self.writable and not self.digits:
            self.action_decide()
        else:
            super().action_open_card()

    @property
    def in_sight(self) -> Project | None:
        """Return the selected card, unless the stage hides the cards."""
        return None if self._stage_of is not None and self._stage_of not in CARD_STAGES else super().in_sight

    def is_hidden(self, action: str) -> bool:
        """Return whether an action works on the board, which the stage hides."""
        if super().is_hidden(action):
            return True
        if self._stage_of is None:
            return False
        if action == "view":
            return self._stage_of != "decide"
        return action in _NEEDS_BOARD or (action in _HIDDEN_BOARD and self._stage_of not in CARD_STAGES)

    def _fits(self, action: str) -> bool:
        """Return whether a key of the phase has its place in the footer now: a reveal needs a ballot, and the line is missing until it is drawn."""
        session = self.session
        if (session.phase, action) == ("vote", "reveal"):
            return session.open_round is not None
        if (session.phase, action) == ("decide", "draw_line"):
            return needs_line(session)
        return action != "look_back" or session.past is not None

    def footer(self) -> list[Action]:
        """Return the keys of the phase."""
        here = actions_at("board", "card", "session")
        names = ("next_phase", *(_CLOSED if self.session.closed else FOOTERS[self.session.phase]))
        found = [each for name in names for each in here if each.name == name and self._fits(name) and self.check_action(name, ())]
        other = "board" if self._stage_of else "stage" if self._board_wanted == self.session.phase else "detail"
        shown = [each._replace(bar=True, short=other if each.name == "detail" else each.short) for each in found]
        return shown + [each for each in actions_at("everywhere") if each.name == "help"]
