"""The plan: weeks across, and down either the teams with their load and the cards on them, or the cards with what they wait for."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from sessions.commands.plans import EditTeam
from sessions.live.ports import ReadableSession
from sessions.portfolio.models import Team
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import WHAT_TO_ADD
from tui.host.actions import ACTIONS, bindings
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.plan.rows import Meant, Table, about, axis_of, by_card, by_team, headline
from tui.plan.team_form import TeamForm
from tui.plan.work_form import edit_work
from tui.text import safe
from tui.widgets.calendar.calendar import Weeks, WeeksHeading

_WRITES = {action.name for action in ACTIONS if action.where == "plan" and action.writes}
_NEEDS_A_ROW = {"to_card", "edit_team", "edit_work"}
_NEEDS_ROWS = {"turn", "earlier_weeks", "later_weeks"}


class PlanScreen(LiveScreen[str]):
    """The plan of a live session. Its answer is the card to go to on the board, or nothing."""

    PLACES: ClassVar[tuple[str, ...]] = ("plan",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "plan.tcss"

    def __init__(self, live: ReadableSession, card: str = "", *, writable: bool = True) -> None:
        super().__init__(live, read_only=not writable)
        self._card = card
        self._by_card = False
        self._table = Table([], {})

    def compose(self) -> ComposeResult:
        """Lay out the headline, the weeks, what the selected row is about, and the keys."""
        yield self.top_bar
        heading = WeeksHeading(id="plan-heading")
        with Horizontal(id="plan-top"):
            yield Static("", id="plan-name")
            yield Static("", id="plan-sum")
        yield heading
        yield Weeks(id="plan-rows", above=heading)
        yield Static(safe(f"{WHAT_TO_ADD} + adds a team; E on the board gives a card its work."), id="plan-empty")
        yield Static("", id="plan-about")
        yield KeyBar()

    @property
    def plan(self) -> Plan:
        """Return the plan of the session as it is now."""
        return self.live.plans.plan(self.session)

    @property
    def weeks(self) -> Weeks:
        """Return the rows."""
        return self.query_one(Weeks)

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: the selected card."""
        return Spot("card", self.chosen.card)

    @property
    def chosen(self) -> Meant:
        """Return what the selected row is about."""
        return self._table.meant.get(self.weeks.chosen, Meant())

    def _draw(self) -> None:
        plan = self.plan
        self.set_class(plan.empty, "-empty")
        self.set_class(self.room.height < 20, "-short")
        self._table = by_card(plan) if self._by_card else by_team(plan)
        self.weeks.show_rows(self._table.rows, axis_of(plan, "" if self._by_card else "█ full"))
        self._choose(self._card)
        self.query_one("#plan-name", Static).update(safe(f"The plan by {'card' if self._by_card else 'team'}"))
        self.query_one("#plan-sum", Static).update(safe("" if plan.empty else headline(plan)))
        self._describe_row()

    def _choose(self, card: str) -> None:
        """Choose a row that is about a card, unless the chosen one is already."""
        if card and self.chosen.card != card:
            self.weeks.choose(next((value for value, meant in self._table.meant.items() if meant.card == card), ""))

    def _describe_row(self) -> None:
        self.query_one("#plan-about", Static).update(safe(about(self.plan, self.chosen)))
        self.query_one(KeyBar).refresh()

    def on_listing_chosen(self) -> None:
        """Show the details of the selected row."""
        self._card = self.chosen.card
        self._describe_row()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer changes only if the session can be changed, and keys for a row only if there is one."""
        if action in _WRITES and not self.writable:
            return False
        if action in _NEEDS_ROWS:
            return not self.plan.empty
        if action in _NEEDS_A_ROW and self.is_mounted:
            team, card = self.chosen
            return bool(team) if action == "edit_team" else bool(card)
        return True

    # --- what the keys do

    def action_turn(self) -> None:
        """Switch between the plan by team and the plan by card."""
        self._by_card = not self._by_card
        self._draw()

    def action_to_card(self) -> None:
        """Go to the selected card on the board."""
        self.dismiss(self.chosen.card)

    def action_earlier_weeks(self) -> None:
        """Look at earlier weeks."""
        self.weeks.shift(-1)

    def action_later_weeks(self) -> None:
        """Look at later weeks."""
        self.weeks.shift(1)

    def action_try_it(self) -> None:
        """Try something on the selected card."""
        self.quarterdeck.go.what_if(self.live, self.chosen.card or self._card, writable=not self.read_only)

    @work
    async def action_edit_team(self) -> None:
        """Change the people of the selected row's team."""
        team = next((each for each in self.session.teams if each.id == self.chosen.team), None)
        if team is not None:
            await self._ask_for_team(team)

    @work
    async def action_add_team(self) -> None:
        """Add a team."""
        await self._ask_for_team(None)

    async def _ask_for_team(self, team: Team | None) -> None:
        def accept(new: Team) -> None:
            self.live.perform(EditTeam(team=new))

        taken = tuple(each.id for each in self.session.teams)
        made = await self.app.push_screen_wait(TeamForm(team, accept, taken=taken, horizon=self.session.portfolio.horizon_weeks))
        if made:
            self.weeks.choose(made.id)
            self.on_listing_chosen()

    @work
    async def action_edit_work(self) -> None:
        """Change the work, needs and weeks of the selected card."""
        if (card := self.chosen.card) in self.session.cards:
            await edit_work(self.app, self.live, card)
