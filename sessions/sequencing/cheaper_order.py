"""Looks for an order in which waiting costs less, by insertion search (METHOD 5.7). What is found is a suggestion to compare, nothing more."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from sessions.sequencing.cost import round_to_units, weekly
from sessions.sequencing.grid import Grid
from sessions.sequencing.plan import Plan
from sessions.sequencing.sequence import turns_of
from sessions.sequencing.workload import RANKED, Workload


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of the search. A round ends when `settled` reaches `movable`: this many cards in a row have found no better place."""

    round: int
    """1 from the order of the plan, 2 from the order by money."""
    tried: int
    """Orders tried so far."""
    settled: int
    movable: int
    order: tuple[str, ...]
    """The best order so far, with every card that the rank does not move (in flight, pinned, decided) at its old rank."""
    cost: int
    """Its plan cost in whole money."""
    start_cost: int

    @property
    def saved(self) -> int:
        """Return by how much waiting costs less than in the order of the beginning."""
        return self.start_cost - self.cost


def cheaper_order(plan: Plan) -> Generator[Progress, None, Progress]:
    """Search from the order of a plan and from the order by money, and yield the progress after every order that was tried.

    The best order so far is in every progress, so that the search can be left at any time; the last one is returned as well.
    """
    search = _Search(plan)
    yield from search.improve(search.given)
    if search.by_money != search.given:
        yield from search.improve(search.by_money)
    return search.progress()


class _Search:
    """A search under way. It moves the cards whose place is their rank's; all others keep their ranks."""

    def __init__(self, plan: Plan) -> None:
        self._workload = plan.workload
        self._order = plan.order
        jobs, cards = plan.workload.jobs, plan.workload.cards
        self.given = tuple(card for card in plan.order if jobs[card].lane == RANKED)
        self.by_money = tuple(sorted(self.given, key=lambda card: -weekly(cards[card])))
        self._weekly = {card: weekly(cards[card]) for card in plan.order if jobs[card].lane <= RANKED}
        self._start_cost = self._best_cost = self._cost(self.given)
        self._best = plan.order
        self._round = self._tried = self._settled = 0

    def progress(self) -> Progress:
        """Return the progress of the search."""
        start, cost = round_to_units(self._start_cost), round_to_units(self._best_cost)
        return Progress(self._round, self._tried, self._settled, len(self.given), self._best, cost, start)

    def improve(self, cards: Sequence[str]) -> Generator[Progress, None, None]:
        """Put every card at its cheapest place, over and over, until none finds a better one."""
        here, cost = tuple(cards), self._cost(cards)
        self._keep(here, cost)
        self._round += 1
        self._settled = 0
        queue = list(here)
        while self._settled < len(here):
            card = queue.pop(0)
            queue.append(card)
            place, others = here.index(card), tuple(each for each in here if each != card)
            self._settled += 1
            for to in range(len(here)):
                if to == place:
                    continue
                tried = (*others[:to], card, *others[to:])
                found = self._cost(tried)
                self._tried += 1
                if found < cost:
                    here, cost, self._settled = tried, found, 0
                    self._keep(here, cost)
                yield self.progress()

    def _keep(self, cards: tuple[str, ...], cost: int) -> None:
        if cost < self._best_cost:
            self._best, self._best_cost = self._merged(cards), cost

    def _merged(self, cards: Sequence[str]) -> tuple[str, ...]:
        """Return a whole order: the movable cards take the ranks that movable cards had."""
        left = iter(cards)
        movable = set(cards)
        return tuple(next(left) if card in movable else card for card in self._order)

    def _cost(self, cards: Sequence[str]) -> int:
        finishes = finish_weeks(self._workload, self._merged(cards))
        horizon = self._workload.horizon
        return sum(money * finishes.get(card, horizon) for card, money in self._weekly.items() if money)


def finish_weeks(workload: Workload, order: Sequence[str]) -> dict[str, int]:
    """Return the week in which each placed card of an order ends: the very schedule of `plan`, without its reasons."""
    jobs, horizon = workload.jobs, workload.horizon
    grid = Grid(workload)
    finish: dict[str, int] = {}
    for card in turns_of(workload, order).cards:
        job = jobs[card]
        if job.unmet or job.too_large is not None:
            continue
        bound = job.bound
        for need in job.needs:
            bound = max(bound, finish.get(need, horizon) + 1)
        start = grid.first_fit(job.blocks, bound) if job.blocks else bound
        if 0 < start <= horizon:
            grid.take(job.blocks, start)
            finish[card] = start + job.length - 1
    return finish
