"""What would let a card start sooner (METHOD 5.3): every lever is tried, with its effect on this card and on all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sessions.sequencing.blockers import blocker_chain
from sessions.sequencing.changes import Change, Crew, Move, People, Split, works_of
from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.reasons import named_card, team_name
from sessions.sequencing.what_if import Effect, what_if
from sessions.sequencing.workload import RANKED, Block
from sessions.wording import tenths

_HALF, _ONE = 5, 10
"""Half a person and one, in tenths."""


@dataclass(frozen=True)
class Lever:
    """A change that is offered for a card, what it is called, and what it would do. It may help less than it promises: see `gain`."""

    card: str
    change: Change
    title: str
    effect: Effect

    @property
    def before(self) -> Placement:
        """Return the card's placement now."""
        return self.effect.before.at(self.card)

    @property
    def after(self) -> Placement:
        """Return the card's placement after the change."""
        return self.effect.after.at(self.card)

    @property
    def gain(self) -> int:
        """Return by how many weeks the card would start sooner, negative if later. A card without a place counts as starting after the horizon."""
        beyond = self.effect.before.workload.horizon + 1
        return (self.before.start or beyond) - (self.after.start or beyond)

    @property
    def helps(self) -> bool:
        """Return whether the card would start, or at least end, sooner."""
        sooner = (self.after.finish or 0) < (self.before.finish or 0) and self.after.start is not None
        return self.gain > 0 or (self.gain == 0 and sooner)


def levers(plan: Plan, card: str) -> tuple[Lever, ...]:
    """Return the levers for a card that waits: the place above the blocker, then people, crew and split, team by team.

    For a card that waits for another, the levers help that other card, and their titles name it.
    """
    for link in blocker_chain(plan, card):
        if link.placed.why.kind in ("team", "no-capacity", "beyond-horizon"):
            held = link.placed.card
            whose = "" if held == card else f"{named_card(plan, held)}: "
            return tuple(Lever(card, change, whose + title, what_if(plan, change)) for change, title in _offered(plan, link.placed))
        if link.placed.why.kind not in ("needs", "needs-unplaced"):
            break
    return ()


def _offered(plan: Plan, placed: Placement) -> Iterator[tuple[Change, str]]:
    """Return the changes that could help a card that waits for teams."""
    yield from _above(plan, placed)
    workload = plan.workload
    names = {team.id: index for index, team in enumerate(workload.teams)}
    for team in placed.why.teams:
        block = next(each for each in workload.blocks_of(placed.card) if each.team == names[team])
        yield from _in_team(plan, placed.card, team, block)


def _above(plan: Plan, placed: Placement) -> Iterator[tuple[Change, str]]:
    """Return the move above the first blocker, if a rank decides: not above what is in flight, pinned or already below."""
    if placed.why.kind != "team" or not placed.why.cards or placed.lane < RANKED:
        return
    blocker = plan.at(placed.why.cards[0])
    while blocker.rank > placed.rank and blocker.pulled_by is not None:
        blocker = plan.at(blocker.pulled_by)
    if blocker.lane == RANKED and blocker.rank < placed.rank:
        yield Move(placed.card, blocker.rank), f"above {named_card(plan, blocker.card)}"


def _in_team(plan: Plan, card: str, team: str, block: Block) -> Iterator[tuple[Change, str]]:
    """Offer more people in a short team, half the crew, and the team's part as a card of its own."""
    name = team_name(plan, team)
    for more in sorted({_ONE, block.crew} if block.crew > _ONE else {block.crew}):
        yield People(team, more), f"{tenths(more)} more {'person' if more == _ONE else 'people'} in {name}"
    half = -(-block.crew // (2 * _HALF)) * _HALF
    if half < block.crew:
        yield Crew(card, team, half), f"half the crew in {name}: {tenths(half)} instead of {tenths(block.crew)}"
    if len({work.team for work in works_of(plan.workload.cards[card])}) > 1:
        yield Split(card, team), f"the part for {name} as a card of its own"
