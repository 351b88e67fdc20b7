"""What became of a decision, said with one key: alone, or for all that are left."""

from __future__ import annotations

from textual import work

from sessions.commands.cards import Undo
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.quarters.look_back import PastDecision, unconfirmed
from sessions.quarters.promises import BROKEN, OUTCOMES, outcome_words
from sessions.record.events import CardOutcome, Cause, Outcome
from sessions.wording import listed, plural
from tui.dialogs.ask import Ask
from tui.dialogs.confirm import Confirm
from tui.host.live_screen import LiveScreen
from tui.look_back.cause import AskCause
from tui.text import plain
from tui.widgets.listing import Listing


class OutcomeActions(LiveScreen[None]):
    """The part of the screen on which the room says what became of its decisions."""

    rows: tuple[PastDecision, ...] = ()
    on_delivered = False
    """Whether the list of what was delivered is in use."""

    @property
    def decisions(self) -> Listing:
        """Return the list of the decisions."""
        return self.query_one("#look-back-decisions", Listing)

    @property
    def row(self) -> PastDecision | None:
        """Return the chosen decision, None while the other list is in use."""
        chosen = "" if self.on_delivered else self.decisions.chosen
        return next((row for row in self.rows if row.decision.card == chosen), None)

    def draw_said(self) -> None:
        """Show the chosen decision in full; the screen overrides this."""

    # --- what the keys do

    @work
    async def action_kept(self) -> None:
        """Record that the decision was kept."""
        await self.say(self.row, "kept")

    @work
    async def action_missed(self) -> None:
        """Record that the decision was missed, and why."""
        await self.say(self.row, "missed")

    @work
    async def action_reversed(self) -> None:
        """Record that the decision was reversed, and why."""
        await self.say(self.row, "reversed")

    @work
    async def action_overtaken(self) -> None:
        """Record that the decision was overtaken by something that no one in the room decided."""
        await self.say(self.row, "overtaken")

    @work
    async def action_open(self) -> None:
        """Leave open what became of the decision."""
        await self.say(self.row, "open")

    async def say(self, row: PastDecision | None, outcome: Outcome, *, proposed: bool = False) -> None:
        """Record an outcome, a broken one with its cause, and go to the next decision."""
        if row is None:
            return
        cause: Cause | None = row.proposed.cause if proposed and row.proposed.cause != "other" else None
        if outcome in BROKEN and cause is None:
            cause = await self.app.push_screen_wait(AskCause(row, outcome))
            if cause is None:
                return
        following = self.following_cards(row.decision.card)  # another outcome may have another place in the list
        said = CardOutcome(card=row.decision.card, outcome=outcome, cause=cause, note=row.happened_if(outcome), proposed=proposed)
        if self.do(ConfirmOutcomes(outcomes=(said,))):
            self.choose_open(following)

    def following_cards(self, card: str) -> list[str]:
        """Return the cards of the list after one card, which comes last itself."""
        cards = [row.decision.card for row in self.rows]
        at = cards.index(card) + 1
        return [*cards[at:], *cards[:at]]

    def choose_open(self, cards: list[str]) -> None:
        """Choose the first of these whose outcome no one has confirmed."""
        left = unconfirmed(self.session)
        self.decisions.choose(next((card for card in cards if card in left), ""))
        self.draw_said()
        self.show_top()

    @work
    async def action_note(self) -> None:
        """Note in one sentence what happened, which confirms the outcome too."""
        row = self.row
        if row is None:
            return
        title, about = f"What happened to {row.title}?", f"It is recorded as {row.outcome.outcome}."
        note = await self.app.push_screen_wait(Ask(title, about=about, value=row.happened, limit=200))
        if note:
            self.do(ConfirmOutcomes(outcomes=(row.outcome.model_copy(update={"note": note, "proposed": False}),)))

    @work
    async def action_accept(self) -> None:
        """Accept every proposal that is left, as one record; shows them first."""
        rows = [row for row in self.rows if row.said is None]
        said = [row.proposed.outcome for row in rows]
        lines = [f"{listed([f'{said.count(each)} {each}' for each in OUTCOMES if each in said])}.", ""]
        for row in rows:
            lines.append(f"{plain(row.title)}: {outcome_words(row.proposed)}")
        if await self.app.push_screen_wait(Confirm(f"Accept {plural(len(rows), 'outcome')} as proposed?", lines, yes="accept", again="D")):
            self.do(ConfirmOutcomes(outcomes=tuple(row.proposed for row in rows)))

    def action_undo(self) -> None:
        """Undo the last outcome recorded here."""
        self.do(Undo())
