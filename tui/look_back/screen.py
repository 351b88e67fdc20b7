"""Look back: what became of last quarter's decisions, one key each, and whether people use what was delivered."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from sessions.guide.step import Step
from sessions.guide.words import go_on
from sessions.quarters.adoption import due
from sessions.quarters.ending import left_open
from sessions.quarters.look_back import past_decisions, unconfirmed
from sessions.quarters.matching import earlier_ids
from sessions.record.events import AdoptionAccepted, AdoptionMeasured, OutcomesConfirmed
from sessions.wording import plural
from tui.dialogs.confirm import Confirm
from tui.host.actions import Action, actions_at, bindings, bindings_of, writing_at
from tui.host.key_bar import KeyBar
from tui.host.navigation import Spot
from tui.look_back import delivered
from tui.look_back.head import head_lines
from tui.look_back.outcomes import OutcomeActions
from tui.look_back.reading import ask_for_reading
from tui.look_back.sheet import Sheet, outcome_words
from tui.text import fit
from tui.widgets.lines import Lines, Part
from tui.widgets.listing import Listing

_WRITES = writing_at("look_back")
_OUTCOMES = frozenset({"kept", "missed", "reversed", "overtaken", "open", "note"})
_TALL = 30
"""Height from which both lists are shown, with air between them."""
_WIDE = 100
"""Width from which each outcome has its own key in the last line."""
_ANY = Action("look_back", "outcome", "1", "1–5", "another outcome", "", bar=True)
_MARGIN = 4
_TAKES_BACK = (OutcomesConfirmed, AdoptionMeasured, AdoptionAccepted)


class LookBackScreen(OutcomeActions):
    """The decisions of the session before this one, and what was delivered."""

    PLACES: ClassVar[tuple[str, ...]] = ("look_back",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*PLACES), *bindings_of("session.history")]
    CSS_PATH = "look_back.tcss"

    def compose(self) -> ComposeResult:
        """Lay out the figures, the decisions, what was delivered, the chosen promise in full, and the keys."""
        yield self.top_bar
        yield Lines(id="look-back-head")
        yield Listing(id="look-back-decisions", notes_below=True)
        yield Listing(id="look-back-delivered", notes_below=True)
        yield Lines(id="look-back-said")
        yield KeyBar(self._offered)

    def on_mount(self) -> None:
        """Choose the first decision to confirm."""
        self._draw()
        left = unconfirmed(self.session)
        self.decisions.choose(next((row.decision.card for row in self.rows if row.decision.card in left), ""))
        self._show_half(self.on_delivered or not self.rows)

    @property
    def _delivered(self) -> Listing:
        return self.query_one("#look-back-delivered", Listing)

    # --- what the room does now

    @property
    def _question(self) -> tuple[Step, str] | None:
        """Return what the list in use asks and the key that answers it; None if it asks nothing."""
        session = self.session
        left = len(unconfirmed(session))
        if not self.writable:
            return None
        if self.on_delivered:
            title = next((each.card.title for each in due(session) if each.card.id == self._delivered.chosen), "")
            if title:
                return Step("look_back", f"{title}: how far do people use it?", "take a reading"), "enter"
            told = f"{left} of {plural(len(self.rows), 'outcome')} to confirm"
            return (Step("look_back", told, "go back to the decisions"), "tab") if left else None
        row, waiting = self.row, len(due(session))
        if row is None or not left:
            told = f"{plural(waiting, 'reading is', 'readings are')} due"
            return (Step("look_back", told, "look at what was delivered"), "tab") if waiting and row and session.phase == "look_back" else None
        if row.said:
            return Step("look_back", f"{row.title}: {row.said.outcome}", "next one"), "enter"
        if row.unknown:
            asked = "does it continue" if row.decision.word == "continue" else "did it start"
            return Step("look_back", f"{row.title}: {asked}? 1 yes, 2 no", "not known, next"), "enter"
        return Step("look_back", f"{row.title}: is “{row.outcome.outcome}” right?", "yes, next"), "enter"

    @property
    def step(self) -> Step:
        """Return the question of the list in use; if it has none, what the room does next."""
        question = self._question
        return question[0] if question else super().step

    @property
    def lead_key(self) -> str:
        """Return the key that takes the step."""
        question = self._question
        return question[1] if question else super().lead_key

    async def action_next_phase(self) -> None:
        """Continue the meeting; first say that what no one confirmed stays open."""
        left = len(unconfirmed(self.session))
        if self.writable and left and self.session.phase == "look_back":
            self._leave(left)
        else:
            self.quarterdeck.go.lead(super().step)

    @work
    async def _leave(self, left: int) -> None:
        them = "It is" if left == 1 else "They are"
        about = [f"{left} of {plural(len(self.rows), 'outcome')} not confirmed. {them} recorded as open; u undoes that."]
        if await self.app.push_screen_wait(Confirm("Go on without the rest?", about, yes="go on", again="]")):
            self.quarterdeck.go.lead(go_on(self.session, ""))

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: the card of the chosen decision, if it is on the board."""
        was = self.row.decision.card if self.row else ""
        return Spot("card", next((card for card, each in earlier_ids(self.session).items() if each == was and card in self.session.cards), ""))

    @property
    def story_card(self) -> str:
        """Return the card whose story the key shows: a decision's, or a delivered one."""
        return self._delivered.chosen if self.on_delivered else self.row.decision.card if self.row else ""

    # --- what is drawn

    def _draw(self) -> None:
        session, (width, height) = self.session, self.room
        past = session.past
        if past is None:
            return
        self.rows = past_decisions(session)
        head = head_lines(past, self.rows, delivered.head(session), self.size, second=self.on_delivered)
        self.query_one("#look-back-head", Lines).styles.height = len(head)
        self.query_one("#look-back-head", Lines).show_lines(head)
        roomy = self.size.height >= _TALL
        inner = max(1, width - _MARGIN)
        sheet = Sheet(past, self.rows, left_open(session), inner, roomy=roomy)
        self.decisions.show(sheet.values, sheet.line)
        below = delivered.lines(session, inner)
        self._delivered.show([value for value, _ in below], lambda place, _width: below[place][1])
        self._lay_out(height - len(head) - 2, len(sheet.values), len(below), roomy=roomy)
        self.draw_said()
        self.query_one(KeyBar).follow()

    def _lay_out(self, rows: int, decisions: int, below: int, *, roomy: bool) -> None:
        """Share the rows out between the lists; on a low screen one of them has all."""
        self.decisions.display = not self.on_delivered or roomy
        self._delivered.display = bool(below) and (self.on_delivered or roomy)
        self._delivered.styles.height = "1fr"
        self._delivered.styles.margin = (int(roomy), 1, 0, 1)
        if not roomy or not below:
            self.decisions.styles.height = "1fr"
            return
        lower = min(below, max(4, rows // 3))
        self.decisions.styles.height = min(decisions, rows - lower - 1)

    @on(Listing.Chosen)
    def follow_chosen(self) -> None:
        """Show the promise of the chosen decision in full, and the question on it."""
        self.draw_said()
        self.show_top()

    def draw_said(self) -> None:
        """Show the chosen decision as it was written down; where rows have no room for it, what happened."""
        row, width = self.row, self.room.width - _MARGIN
        parts: list[Part] = []
        if row:
            promise = row.decision.sentence or row.promised
            told = f"{row.happened} · {outcome_words(row)} · {promise}" if width < 90 else f"{row.title}: {promise}"
            parts = [(" ", ""), (fit(told, width).rstrip(), "$text-muted")]
        self.query_one("#look-back-said", Lines).show_lines([parts])

    def _offered(self) -> list[Action]:
        offered = [each for each in actions_at("look_back") if self.check_action(each.name, ())]
        if self.on_delivered:
            offered = [each._replace(short=_ON_DELIVERED.get(each.name, each.short)) for each in offered]
        elif self.row and self.row.unknown and not self.row.said:
            offered = [each._replace(short="not known") if each.name == "answer" else each for each in offered]
        forward = [each for each in actions_at("session") if each.name == "next_phase" and self.writable]
        if self.size.width < _WIDE:
            offered = [each for each in offered if each.name not in _OUTCOMES] + [_ANY for each in offered if each.name == "kept"]
        return [*offered[:1], *forward, *offered[1:], *actions_at("everywhere")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the list in use."""
        if action in _WRITES and not self.writable and not self._takes_reading(action):
            return False
        if action in _OUTCOMES:
            return self.row is not None
        if action == "accept":
            return not self.on_delivered and bool(unconfirmed(self.session))
        if action == "undo":
            return isinstance(self._latest, _TAKES_BACK)
        return action != "turn" or bool(self.rows and self._delivered.values)

    def _takes_reading(self, action: str) -> bool:
        """Return whether a key takes a reading, which a closed session takes too."""
        return action == "answer" and self.on_delivered and self.takes_late

    @property
    def _latest(self) -> object:
        latest = next(self.session.history(), None)
        return latest.event if latest else None

    # --- what the keys do

    def action_turn(self) -> None:
        """Go to the other list."""
        self._show_half(not self.on_delivered)

    def _show_half(self, lower: bool) -> None:
        self.on_delivered = lower
        self.decisions.can_focus, self._delivered.can_focus = not lower, lower  # only the list in use shows what is chosen
        self._draw()
        (self._delivered if lower else self.decisions).focus()
        self.show_top()

    def action_history(self) -> None:
        """Show what was done, where everything down to a line can be undone."""
        self.quarterdeck.go.history(self.live, read_only=self.read_only)

    def on_click(self, event: events.Click) -> None:
        """Go to the list below the mouse."""
        if event.widget is (self.decisions if self.on_delivered else self._delivered):
            self._show_half(not self.on_delivered)

    @work
    async def action_answer(self) -> None:
        """Accept what is proposed for the chosen decision and go to the next one; on what was delivered, take a reading."""
        row = self.row
        if self.on_delivered:
            await ask_for_reading(self.app, self.live, self._delivered.chosen)
        elif row is not None and row.said is None:
            await self.say(row, row.proposed.outcome, proposed=True)
        elif row is not None:
            self.choose_open(self.following_cards(row.decision.card))


_ON_DELIVERED = {"answer": "reading", "turn": "decisions"}
"""What keys are called while the list of what was delivered is in use."""
