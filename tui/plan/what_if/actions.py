"""The tries of a what-if: each key makes one change of the plan, after asking for what it needs to know."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, work

from sessions.commands.cards import new_id
from sessions.sequencing.changes import Change, Crew, Drop, Move, People, Split
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import named_card, team_name
from sessions.sequencing.workload import Block
from sessions.wording import tenths
from tui.cards.face import who
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.form import Field, Form
from tui.dialogs.typed_figures import FigureError, tenths_typed, week_typed
from tui.plan.what_if.search import Searching

_HALF = 5
"""Half a person, in tenths: crews go in such steps."""


class Trying(Searching):
    """The part of the what-if screen that tries things."""

    def try_(self, change: Change) -> None:
        """Try one thing more."""
        self.tries.add(change)
        self._draw()

    def _rank(self) -> int:
        return self.tries.after.at(self.card).rank

    def action_place_up(self) -> None:
        """Try the card one place up."""
        self._to(self._rank() - 1)

    def action_place_down(self) -> None:
        """Try the card one place down."""
        self._to(self._rank() + 1)

    def _to(self, rank: int) -> None:
        self.try_(Move(self.card, max(1, min(rank, len(self.tries.after.order)))))

    def action_move_rank(self) -> None:
        """Try the card at a rank."""
        self.ask_rank("")

    def on_key(self, event: events.Key) -> None:
        """Begin to type a rank."""
        if event.character and event.character.isascii() and event.character.isdecimal() and self.card and not self.searching:
            event.stop()
            self.ask_rank(event.character)

    @work
    async def ask_rank(self, begun: str) -> None:
        """Ask for a rank, with what was typed of it."""
        last = len(self.tries.after.order)

        def wrong(text: str) -> str:
            known = text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= last
            return "" if known else f"The board has ranks 1 to {last}."

        about = named_card(self.tries.after, self.card)
        answer = await self.app.push_screen_wait(Ask("Try the card at which rank?", about=about, value=begun, limit=6, check=wrong))
        if answer:
            self._to(int(answer))

    def action_drop_card(self) -> None:
        """Try the plan without the card."""
        if self.tries.dropped(self.card):
            self.quarterdeck.toast("That is already tried without this card: u undoes the last try.")
        else:
            self.try_(Drop(self.card))

    @work
    async def action_split_off(self) -> None:
        """Try a team's part of the card as a card of its own."""
        blocks = self._blocks()
        if len(blocks) < 2:
            self.quarterdeck.toast("This card has the work of one team at most: there is no part to split off.")
            return
        team = await self._which_team("Split off the part for which team?", blocks)
        if team:
            fresh = new_id(self.session)
            self.try_(Split(self.card, team, "" if fresh in self.tries.after.workload.cards else fresh))

    def action_half_crew(self) -> None:
        """Try half the crew in a team."""
        self._other_crew("Half the crew in which team?", lambda crew: -(-crew // (2 * _HALF)) * _HALF)

    def action_double_crew(self) -> None:
        """Try twice the crew in a team."""
        self._other_crew("Double the crew in which team?", lambda crew: crew * 2)

    @work
    async def _other_crew(self, question: str, other: Callable[[int], int]) -> None:
        blocks = self._blocks()
        if not blocks:
            self.quarterdeck.toast("This card needs no team: E on the board gives it its work.")
            return
        team = await self._which_team(question, blocks)
        if team:
            crew = next(block.crew for block in blocks if self._team_of(block) == team)
            self.try_(Crew(self.card, team, other(crew)))

    def _blocks(self) -> tuple[Block, ...]:
        return self.tries.after.workload.blocks_of(self.card)

    def _team_of(self, block: Block) -> str:
        return self.tries.after.workload.teams[block.team].id

    async def _which_team(self, question: str, blocks: tuple[Block, ...]) -> str:
        """Return one of the card's teams; ask if there are several."""
        if len(blocks) == 1:
            return self._team_of(blocks[0])
        plan = self.tries.after
        choices = [
            Choice(self._team_of(each), team_name(plan, self._team_of(each)), f"{tenths(each.effort)} weeks by {tenths(each.crew)}")
            for each in blocks
        ]
        return await self.app.push_screen_wait(Choose(question, choices)) or ""

    def action_more_people(self) -> None:
        """Try more people in a team."""
        self.ask_people("1")

    def action_fewer_people(self) -> None:
        """Try fewer people in a team."""
        self.ask_people("-1")

    @work
    async def ask_people(self, number: str) -> None:
        """Ask for a team, how many people more or fewer, and from which week to which."""
        plan = self.tries.after
        if not plan.workload.teams:
            self.quarterdeck.toast("There is no team yet: P shows the plan, + there adds one.")
            return
        teams = tuple(each.id for each in plan.workload.teams)
        fields = [
            Field("team", "Team", self._short_team(), ", ".join(teams), teams),
            Field("by", "More, or -fewer", number, "1, -0.5"),
            Field("first", "From week", "", "every week"),
            Field("last", "To week", "", "as far as the plan goes"),
        ]
        answer = await self.app.push_screen_wait(Form("Try other people", fields, check=lambda answer: _wrong(plan, answer), first="team"))
        if answer:
            self.try_(people_typed(plan, answer))

    def _short_team(self) -> str:
        """Return the team that the card waits for, else the first that it needs."""
        plan = self.tries.after
        if self.card in plan.placements and plan.at(self.card).why.teams:
            return plan.at(self.card).why.teams[0]
        blocks = self._blocks() if self.card in plan.workload.jobs else ()
        return self._team_of(blocks[0]) if blocks else plan.workload.teams[0].id

    @work
    async def action_other_card(self) -> None:
        """Choose another card to try things on."""
        plan = self.tries.after
        cards = plan.workload.cards
        choices = [Choice(card, f"{rank:>3}  {cards[card].title}", who(cards[card])) for rank, card in enumerate(plan.order, 1)]
        card = await self.app.push_screen_wait(Choose("Try things on which card?", choices, chosen=self.card))
        if card and card in self.tries.after.placements:
            self.card = card
            self._draw()


def people_typed(plan: Plan, answer: dict[str, str]) -> People:
    """Read the form for people. Raises FigureError with what is wrong."""
    names = {name.casefold(): team.id for team in plan.workload.teams for name in (team.name, team.id)}
    team = names.get(answer["team"].casefold())
    if team is None:
        raise FigureError(f"The team is one of {', '.join(each.id for each in plan.workload.teams)}.")
    typed = answer["by"].replace("−", "-")
    by = tenths_typed(typed.lstrip("+-"), "How many more or fewer") * (-1 if typed.startswith("-") else 1)
    if not by:
        raise FigureError("Zero people change nothing.")
    first = week_typed(answer["first"], "From week") if answer["first"] else None
    last = week_typed(answer["last"], "To week") if answer["last"] else None
    horizon = plan.workload.horizon
    if not 1 <= (first or 1) <= (last or horizon) <= horizon:
        raise FigureError(f"The plan has weeks 1 to {horizon}, and the first of two comes first.")
    return People(team, by, first, last)


def _wrong(plan: Plan, answer: dict[str, str]) -> str:
    try:
        people_typed(plan, answer)
    except FigureError as error:
        return str(error)
    return ""
