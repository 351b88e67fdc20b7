"""The discussion of one card: why we discuss it, who speaks when, what the room thinks of it before and after, and the outcome.

The clock counts on the session's own seconds, from the record of the discussion: closing the app and opening it again changes nothing in it, and it
never advances by itself. Leaving the screen ends no discussion; one in which nothing was scored or written down yet is put off.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from sessions.commands.talks import OpenTalk
from sessions.guide.step import Step
from sessions.rounds.methods.duel import SPEC as DUEL
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.methods.score import SCORE_ROUNDS
from sessions.rounds.methods.score import SPEC as SCORE
from sessions.rounds.reveal import RevealResult
from sessions.state.rounds import Round
from tui.host.actions import Action, bindings
from tui.host.key_bar import KeyBar, offered
from tui.host.live_screen import open_discussion
from tui.talk.head import hint, is_up, steps_line, title_line
from tui.talk.now import step_of
from tui.talk.outcomes import TalkOutcomes
from tui.talk.rounds import TalkRounds
from tui.talk.sheet import right_of, sheet
from tui.talk.view import TalkView
from tui.widgets.lines import Lines
from tui.widgets.listing import Line, Listing

_SHORT = 22
"""Below this height there are no gaps between the lines."""
_ENDS = frozenset({"move", "keep", "differ", "park"})


class TalkScreen(TalkRounds, TalkOutcomes):
    """The discussion of a card. Showing it records nothing: the action that leads here opens the discussion."""

    PLACES: ClassVar[tuple[str, ...]] = ("talk",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "talk.tcss"
    AUTO_FOCUS = ""  # no list may take the keys

    _reading: RevealResult | None = None
    _view: TalkView | None = None

    def compose(self) -> ComposeResult:
        """Lay out the card with its clock, the steps, the middle, what is to be done now, and the keys."""
        yield self.top_bar
        yield Lines(id="talk-top")
        with Horizontal(id="talk-middle"):
            yield Listing(id="talk-left")
            yield Listing(id="talk-right")
        yield Lines(id="talk-now")
        yield KeyBar(self._offered)

    def on_mount(self) -> None:
        """Leave the keys to the screen."""
        for name in ("left", "right"):
            self.query_one(f"#talk-{name}", Listing).can_focus = False
        if self.view.to_talk is not None:
            self.quarterdeck.progress(self.live).offered.add(("talk", "talk"))  # after coming back from here the room may continue

    # --- what there is to see

    @property
    def view(self) -> TalkView:
        """Return what there is to see of the card now."""
        session, reading = self.session, self._follow()
        view = self._view
        if view is None or view.session is not session or view.id != self.card or view.reading is not reading:
            view = self._view = TalkView(session, self.card, reading)
        return view

    def _follow(self) -> RevealResult | None:
        """Return the result of the latest order, None while it is computed or if there is none."""
        round_ = self.session.latest_order
        if round_ is None:
            return None
        result = self.live.results.result(self.session, round_)
        if result is not self._reading:
            self._reading = result
            if not result.ready:
                self._compute(result)
        return result if result.ready else None

    @work(exclusive=True, group="reading")
    async def _compute(self, result: RevealResult) -> None:
        await asyncio.to_thread(result.compute)
        if result is self._reading:
            self._draw()

    # --- drawing

    def _draw(self) -> None:
        view, size = self.view, self.room
        short = size.height < _SHORT
        self.set_class(short, "-short")
        width = max(1, size.width - 4)
        height = size.height - (4 if short else 6)
        found = sheet(view, width, height, busy=self._reading is not None and not self._reading.ready)
        right = right_of(width)
        self.query_one("#talk-right").display = bool(right)
        self.query_one("#talk-right").styles.width = right + 1
        self._show("left", found.left)
        self._show("right", found.right)
        self._draw_clock()
        self.query_one(KeyBar).refresh()

    def _show(self, name: str, lines: list[Line]) -> None:
        self.query_one(f"#talk-{name}", Listing).show([""] * len(lines), lambda place, _width: lines[place])

    def _draw_clock(self) -> None:
        """Draw what changes with the clock; nothing else does."""
        view, width = self.view, max(1, self.size.width - 4)
        used, running = self._used, view.is_running and self.writable
        shown = used if running or (view.talk and view.talk.closed) else None
        self.query_one("#talk-top", Lines).show_lines([title_line(view, shown, width), steps_line(view, width)])
        self.query_one("#talk-now", Lines).show_lines([hint(view, writable=self.writable, width=width)])

    @property
    def _used(self) -> int:
        """Return the seconds that the discussion took so far."""
        talk = self.view.talk
        return max(0, self.live.elapsed - talk.opened) if talk else 0

    def tick(self) -> None:
        """Draw what changes with time alone."""
        super().tick()
        if self.view.is_running and self.writable:
            self._draw_clock()
            self.show_top()

    @property
    def step(self) -> Step:
        """Return what the room does next: in the discussion, and after it in the meeting."""
        if not self.writable:
            return super().step
        over = self.view.is_running and is_up(self.view.talk, self._used)
        return step_of(self.view, over=over) or super().step

    # --- keys

    def _offered(self) -> list[Action]:
        here = self.writable and self.view.is_running
        unfit = ({"next_card"} if here or self.view.other_talk else set()) | (set() if self.can_end() else _ENDS)
        if self.scores_due:
            unfit |= {*_ENDS, "duel"}
        if len(self.view.scores.rounds) == SCORE_ROUNDS and self.session.open_round is None:
            unfit |= {"score", "ballots"}  # they would be refused: the key bar tells what leads on
        unfit |= {"begin"}  # the line at the top names it
        return [each for each in offered(self) if each.name not in unfit]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the next steps: ask the room, answer, record the outcome, or continue."""
        view, round_ = self.view, self.session.open_round
        on_board = self.card in self.session.cards
        here = self.writable and view.is_running
        if action in _ENDS:
            return here and (on_board or action != "move")
        if action == "score":
            return here and on_board and view.can_ask(SCORE)
        if action == "duel":
            return here and on_board and view.can_ask(DUEL)
        if action == "ballots":
            return self.writable and (round_ is not None or (here and on_board))
        if action == "reveal":
            return self.writable and round_ is not None and bool(round_.seals)
        if action == "undo":
            return here
        if action == "reopen":
            return self.writable and on_board and view.step == "over" and round_ is None and not view.other_talk
        if action == "next_card":
            return bool(view.next_card)
        if action == "begin":
            return self.writable and (view.is_running or on_board or bool(view.other_talk))
        return True

    async def action_next_phase(self) -> None:
        """Take the next step of the discussion, and after it that of the meeting."""
        view = self.view
        over = view.step == "over" and not (self.session.open_round or view.other_talk)
        if not self.writable or (over and not view.next_card):
            await super().action_next_phase()
        elif over:
            self.action_next_card()
        else:
            self.action_begin()

    def action_begin(self) -> None:
        """Take the next step: go to the current discussion, begin one, score the card, or say the outcome."""
        view = self.view
        if other := view.other_talk:
            self.app.switch_screen(TalkScreen(self.live, other, read_only=self.read_only))
        elif round_ := self.session.open_round:
            self._answer(round_)
        elif not view.is_running:
            if view.step != "over":  # a finished one begins again by its own key
                self.do(OpenTalk(card=self.card))
        elif self.step.kind == "score_card":
            self.action_score()
        else:
            self.choose_outcome()

    def action_reopen(self) -> None:
        """Discuss the card once more."""
        self.do(OpenTalk(card=self.card))

    def _answer(self, round_: Round) -> None:
        """Count the hands of the open round, reveal it, or show it."""
        if self.view.open_here is None or round_.seals:
            self.quarterdeck.go.ballot(self.live, reveal=bool(round_.seals) and self.view.open_here is not None, read_only=self.read_only)
        elif spec_of(round_.opened.method).ends_discussion:
            self.action_duel()
        else:
            self.action_score()

    def action_next_card(self) -> None:
        """Go to the next card; this one first needs an outcome."""
        if self.writable and self.view.is_running:
            self.quarterdeck.toast("Say the outcome of this discussion first.", warning=True)
            return
        card = self.view.next_card
        open_discussion(self.quarterdeck, self.live, card, read_only=self.read_only)
        self.app.switch_screen(TalkScreen(self.live, card, read_only=self.read_only))
