"""What was done: every action that holds, the latest first. Choosing a line undoes everything down to it, after saying what that changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from sessions.commands.cards import Undo
from sessions.errors import SessionError
from sessions.record.events import Phase, PhaseStarted, Recorded
from sessions.replay.narration import narrate
from sessions.replay.taking_back import differences, without_last
from sessions.state.people_taken_in import undoable
from sessions.state.timer import PHASE_NAMES
from sessions.wording import day_month, plural
from tui.dialogs.confirm import Confirm
from tui.host.actions import bindings
from tui.host.key_bar import KeyBar
from tui.host.listed_screen import ListedScreen
from tui.text import fit, safe
from tui.widgets.listing import Line, Listing, Piece

_TIME, _DAY, _PHASE = 7, 14, 12
"""Columns of a time, of a time with its day, and of a phase."""
_PHASE_LEAST = 60
"""Columns from which the phase has a place."""
_SHOWN = 3
"""Actions that the question names."""


def _local(text: str) -> datetime | None:
    """Return a recorded time in the zone of this computer; None if the record holds no time."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        return None


def phases_of(recordeds: Sequence[Recorded]) -> dict[int, Phase]:
    """Return the phase in which each record was made, by its number."""
    phase: Phase = "prepare"
    found = {}
    for recorded in recordeds:
        found[recorded.seq] = phase
        if isinstance(recorded.event, PhaseStarted):
            phase = recorded.event.phase
    return found


class HistoryScreen(ListedScreen):
    """The history of a session. Undone actions are above the others, and cannot be chosen."""

    PLACES: ClassVar[tuple[str, ...]] = ("history",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "history.tcss"

    def compose(self) -> ComposeResult:
        """Lay out the header, the list, and the keys."""
        yield self.top_bar
        with Horizontal(id="history-top"):
            yield Static("What was done, the latest first", id="history-name")
            yield Static("", id="history-count")
        yield Listing(id="history-list")
        yield KeyBar()

    @property
    def _holding(self) -> list[Recorded]:
        """Return the actions that can be undone, the latest first."""
        return list(undoable(self.session))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer an undo only if there is something to undo, and if it can be done."""
        return action != "take_back" or (self.writable and bool(self._holding))

    def _draw(self) -> None:
        session = self.session
        holds, undone = self._holding, list(session.undone_events())[::-1]
        rows = [*undone, *holds]
        days = len({time.date() for recorded in rows if (time := _local(recorded.at))}) > 1
        self._phases = phases_of(self.live.recordeds)

        def draw(place: int, width: int) -> Line:
            if not rows:
                return [Piece(fit(" Nothing was done on the board yet.", width), "muted")]
            return self._line(rows[place], width, undone=place < len(undone), days=days)

        values = ["" if place < len(undone) else str(recorded.seq) for place, recorded in enumerate(rows)]
        self.listing.show(values or [""], draw)
        count = plural(len(holds), "action") + (f" · {len(undone)} undone, U on the board brings back" if undone else "")
        self.query_one("#history-count", Static).update(safe(count))
        self.query_one(KeyBar).follow()

    def _line(self, recorded: Recorded, width: int, *, undone: bool, days: bool) -> Line:
        time, around = _local(recorded.at), _DAY if days else _TIME
        when = fit(f"{f'{day_month(time)} ' if days else ''}{time:%H:%M}" if time else "", around)
        phase = fit(PHASE_NAMES[self._phases[recorded.seq]], _PHASE) if width >= _PHASE_LEAST else ""
        around += _PHASE if phase else 0
        sentence = narrate(self.session, recorded)
        text = fit(f"undone: {sentence}" if undone else sentence, max(1, width - around))
        return [Piece(when, "muted"), Piece(phase, "muted"), Piece(text, "muted" if undone else "text")]

    @work(exclusive=True)
    async def action_take_back(self) -> None:
        """Undo everything down to the selected line, after showing what that changes."""
        session = self.session
        seqs = [str(recorded.seq) for recorded in self._holding]
        if self.listing.chosen not in seqs:
            return
        count = seqs.index(self.listing.chosen) + 1
        confirm = Confirm(f"Undo {'the last action' if count == 1 else f'the last {count} actions'}?", self._effects(count), yes="undoes")
        if not await self.app.push_screen_wait(confirm):
            return
        if self.session.seq != session.seq:
            self.quarterdeck.toast("Something was done meanwhile: look at the list again.", warning=True)
            return
        self.quarterdeck.attempt(lambda: self._undo(count))

    def _effects(self, count: int) -> list[str]:
        """Return the actions, what undoing them changes, and what stays."""
        actions = [narrate(self.session, recorded) for recorded in self._holding[:count]]
        named = actions if count <= _SHOWN + 1 else [*actions[:_SHOWN], f"and {count - _SHOWN} more"]
        changes = differences(self.session, without_last(self.session, count)) or ["The board stays as it is."]
        stays = "Phases and votes stay as they are. U brings actions back, one by one."
        return [*(f"· {action}" for action in named), "", *changes, "", stays]

    def _undo(self, count: int) -> None:
        """Undo the last `count` actions together. Raises SessionError, RecordError."""
        for answer in self.live.perform_all([Undo()] * count):
            if isinstance(answer, SessionError):
                raise answer
        self.quarterdeck.toast(f"Undone: {plural(count, 'action')}. U brings {'it' if count == 1 else 'them'} back.")
