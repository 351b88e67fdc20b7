"""What changed since the earlier session: the big things first, and the questions that are still open."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from sessions.commands.cards import Undo
from sessions.guide.step import Step
from sessions.quarters.changes import changes_since
from sessions.quarters.changes_words import change_groups
from sessions.quarters.questions import Question, questions
from sessions.record.events import CardDelivered, CardLinked, FateAnswered, LeftoverAnswered, SponsorAnswered
from sessions.wording import plural
from tui.changed.asking import ask
from tui.changed.head import head_lines
from tui.changed.sheet import Sheet
from tui.host.actions import Action, actions_at, bindings, writing_at
from tui.host.key_bar import KeyBar, offered
from tui.host.listed_screen import ListedScreen
from tui.host.navigation import Spot
from tui.stages.picture import TALL
from tui.widgets.lines import Lines
from tui.widgets.listing import Listing

_WRITES = writing_at("changed")
_TAKES_BACK = (FateAnswered, CardLinked, SponsorAnswered, LeftoverAnswered, CardDelivered)
_MARGINS = 4


class ChangedScreen(ListedScreen):
    """What is different from the end of the session before this one."""

    PLACES: ClassVar[tuple[str, ...]] = ("changed",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    SPOT = Spot("room")
    CSS_PATH = "changed.tcss"

    _questions: tuple[Question, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the figures, the questions with what changed, and the keys."""
        yield self.top_bar
        yield Lines(id="changed-head")
        yield Listing(id="changed-list", notes_below=True)
        yield KeyBar(self._offered)

    def on_mount(self) -> None:
        """Choose the first open question; the base draws and listens."""
        self._next()

    def _draw(self) -> None:
        session, changes = self.session, changes_since(self.session)
        if changes is None:
            return
        self._questions = questions(session)
        self.set_class(self.size.height < TALL, "-low")
        head = head_lines(changes, len(self._open), self.size)
        self.query_one("#changed-head", Lines).styles.height = len(head)
        self.query_one("#changed-head", Lines).show_lines(head)
        sheet = Sheet(self._questions, change_groups(session, changes), max(1, self.size.width - _MARGINS))
        self.listing.show(sheet.values, sheet.line)
        self.query_one(KeyBar).follow()

    # --- the question that is asked

    @property
    def _open(self) -> list[Question]:
        return [each for each in self._questions if not each.answer]

    @property
    def question(self) -> Question | None:
        """Return the selected question, or None."""
        return next((each for each in self._questions if each.key == self.listing.chosen), None)

    @property
    def step(self) -> Step:
        """Return the selected question while it is open; then what the room does next."""
        question, left = self.question, self._open
        if question not in left or question is None or not self.writable:
            return super().step
        number = f", this is number {left.index(question) + 1}" if len(left) > 1 else ""
        return Step("see_changes", f"{plural(len(left), 'question')} to answer{number}", "answer it")

    @property
    def lead_key(self) -> str:
        """Return the key that takes the step."""
        return "enter" if self.step.kind == "see_changes" else super().lead_key

    async def action_next_phase(self) -> None:
        """Continue the meeting."""
        self.quarterdeck.go.lead(super().step)

    @on(Listing.Chosen)
    def follow_chosen(self) -> None:
        """Ask the selected question in the line at the top."""
        self.show_top()
        self.query_one(KeyBar).follow()

    def _offered(self) -> list[Action]:
        """Return the keys for the last line: the screen's own, and the one that takes the next step."""
        first, *others = offered(self)
        forward = [each for each in actions_at("session") if each.name == "next_phase" and self.writable]
        return [first, *forward, *others]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now."""
        if action in _WRITES and not self.writable:
            return False
        if action == "answer":
            return bool(self._questions)
        if action == "undo":
            latest = next(self.session.history(), None)
            return latest is not None and (isinstance(latest.event, _TAKES_BACK) or getattr(latest.event, "changed", ()) == ("sponsor",))
        return True

    @work
    async def action_answer(self) -> None:
        """Answer the selected question, or change its answer, and go to the next open one; from any other line just go there."""
        question = self.question
        if question is None or await ask(self, question):
            self._next()

    def _next(self) -> None:
        """Choose the first open question."""
        self._draw()
        if left := self._open:
            self.listing.choose(left[0].key)
        self.follow_chosen()

    def action_undo(self) -> None:
        """Undo the latest answer."""
        self.do(Undo())
