"""The plan of another order made from a plan that is there: what the other order does not touch keeps its place (METHOD 5.2).

A card has the place that it had, for the reasons that it had, where the same cards were placed before it, its needs end when they did, and every
card before it that works in one of its teams kept its weeks. Only the others are placed again, and only the weeks of their teams are gone through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sessions.sequencing.cut_line import cut_rank, runs_out_at, with_load
from sessions.sequencing.plan import Placement, Plan, Reason, Short, TeamPlan
from sessions.sequencing.schedule import Making, plan
from sessions.sequencing.sequence import turns
from sessions.sequencing.workload import Block, Job


def replanned(before: Plan, order: Sequence[str]) -> Plan:
    """Return the very plan that `plan` gives of the same workload in another order, sooner where the orders are much alike."""
    order = tuple(order)
    if order == before.order:
        return before
    changed = _window(before.order, order)
    if len(order) != len(before.order) or {*order[changed.start : changed.stop]} != {*before.order[changed.start : changed.stop]}:
        return plan(before.workload, order)
    return _Remaking(before, order, changed).plan()


def _window(old: Sequence[str], new: Sequence[str]) -> range:
    """Return the places in which two lists of the same length differ, from the first to the last."""
    first, stop = 0, min(len(old), len(new))
    while first < stop and old[first] == new[first]:
        first += 1
    while stop > first and old[stop - 1] == new[stop - 1]:
        stop -= 1
    return range(first, stop)


class _Remaking:
    """A plan made from another. Weeks of a team are known from when a card of it is placed again: until then they are those of before."""

    def __init__(self, before: Plan, order: tuple[str, ...], changed: range) -> None:
        self._before = before
        self._workload = before.workload
        self._order = order
        self._changed = changed
        self._making = Making(before.workload, order)
        self._known: set[int] = set()
        # Cards that start or end in another week than before, and their teams.
        self._other: set[str] = set()
        self._touched: set[int] = set()
        self._turns = turns(before.workload, order)
        self._of_team = before.workload.of_team

    def plan(self) -> Plan:
        """Place the cards in their turn."""
        queue = self._turns.cards
        again = _window(self._before.turns.cards, queue)
        self._making.placed.update((card, self._before.placements[card]) for card in queue[: again.start])
        for card in queue[again.start : again.stop]:
            self._place(card)
        if self._other:
            self._place_rest(queue[again.stop :])
        placements = self._ranked()
        cut = None if self._workload.empty else cut_rank(placements.values())
        return Plan(self._workload, self._order, placements, cut, self._teams(), self._turns)

    def _place_rest(self, queue: Sequence[str]) -> None:
        """Place what is touched by cards that start in another week; the others keep their place."""
        jobs, old, placed = self._workload.jobs, self._before.placements, self._making.placed
        for card in queue:
            if self._is_touched(jobs[card]):
                self._place(card)
            else:
                placed[card] = old[card]
                self._take(card, [block for block in jobs[card].blocks if block.team in self._known])

    def _is_touched(self, job: Job) -> bool:
        touched, other = self._touched, self._other
        return any(block.team in touched for block in job.blocks) or any(need in other for need in job.needs)

    def _place(self, card: str) -> None:
        job = self._workload.jobs[card]
        for block in job.blocks:
            if block.team not in self._known:
                self._learn(block.team)
        self._making.place(card, self._turns.pulled_by.get(card))
        if self._making.placed[card].start != self._before.placements[card].start:
            self._other.add(card)
            self._touched.update(block.team for block in job.blocks)

    def _learn(self, team: int) -> None:
        """Go through the cards of a team that have their place already."""
        self._known.add(team)
        placed = self._making.placed
        for card, block in self._of_team[team]:
            if card in placed:
                self._take(card, (block,))

    def _take(self, card: str, blocks: Sequence[Block]) -> None:
        start = self._making.placed[card].start
        if start is not None and blocks:
            self._making.take(card, blocks, start)

    def _ranked(self) -> dict[str, Placement]:
        """Return all cards by rank, each with its rank; where ranks have changed, so may the order in which a reason names cards."""
        old, placed, order = self._before.placements, self._making.placed, self._order
        placements = {card: placed.get(card) or old[card] for card in order}
        pulled_by = self._turns.pulled_by
        for card in {*pulled_by, *self._before.turns.pulled_by}:
            if placements[card].pulled_by != pulled_by.get(card):
                placements[card] = placements[card]._replace(pulled_by=pulled_by.get(card))
        moved = {card: place + 1 for place, card in enumerate(order[self._changed.start : self._changed.stop], self._changed.start)}
        for card, rank in moved.items():
            if placements[card].rank != rank:
                placements[card] = placements[card]._replace(rank=rank)
        for card, each in placements.items():
            why = each.why
            if len(why.cards) > 1 or len(why.shorts) > 1:
                sorted_why = self._sorted(why)
                if sorted_why != why:
                    placements[card] = each._replace(why=sorted_why)
        return placements

    def _sorted(self, why: Reason) -> Reason:
        by_rank = self._making.by_rank
        if not why.shorts:
            return why._replace(cards=tuple(sorted(why.cards, key=by_rank)))
        shorts = tuple(Short(team, tuple(sorted(cards, key=by_rank))) for team, cards in why.shorts)
        return why._replace(cards=shorts[0].cards, shorts=shorts)

    def _teams(self) -> tuple[TeamPlan, ...]:
        return tuple(self._team(index, team) for index, team in enumerate(self._before.teams))

    def _team(self, index: int, team: TeamPlan) -> TeamPlan:
        """Return a team's plan, the one of before where nothing in it has changed."""
        rank = team.runs_out_at
        # What is asked for from the top is the same above and below the ranks that changed.
        if rank is not None and rank - 1 in self._changed:
            rank = runs_out_at(self._workload, self._order, index, team.available)
        if rank != team.runs_out_at:
            team = replace(team, runs_out_at=rank)
        return with_load(team, self._making.grid.free[index]) if index in self._touched else team
