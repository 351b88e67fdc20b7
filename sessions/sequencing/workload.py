"""The cards and teams of a board, made ready for planning: everything that does not depend on the order (METHOD 5.1)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sessions.portfolio.models import Portfolio, Project, Team
from sessions.sequencing.cycles import CycleError, find_cycle
from sessions.sequencing.weeks import first_open_week

OUT: frozenset[str] = frozenset({"stop", "not_now", "return", "hold"})
"""Decision words after which a card takes no capacity, and what needs it cannot start."""
DELIVERED: frozenset[str] = frozenset({"done", "accept_below_target"})
"""Decision words after which there is nothing left to plan, and what needs the card may start."""

IN_FLIGHT, PINNED, RANKED = 0, 1, 2
LANE_OUT, LANE_DONE = 3, 4

_HALF = 5
"""The smallest default crew and its step: half a person, in tenths."""
_WEEKS_OF_WORK = 6
"""The default crew does the work in about this many weeks."""


class Block(NamedTuple):
    """A card's work in one team: `weeks` weeks of `crew`, the last of `last`. Tenths; `team` is an index."""

    team: int
    crew: int
    weeks: int
    last: int

    @property
    def effort(self) -> int:
        """Return the whole work, in tenths of a person-week."""
        return self.crew * (self.weeks - 1) + self.last

    @property
    def loads(self) -> tuple[int, ...]:
        """Return the load of each week."""
        return (*[self.crew] * (self.weeks - 1), self.last)


class Job(NamedTuple):
    """A card made ready: its blocks by team id, the needs that are still open, those that cannot be met, and its first possible week."""

    blocks: tuple[Block, ...]
    needs: tuple[str, ...]
    unmet: tuple[str, ...]
    bound: int
    gate: int
    earliest: int
    lane: int
    length: int
    too_large: int | None
    """The team (index) whose people are never enough for the crew."""
    deadline: int | None


class Workload(NamedTuple):
    """Cards and teams made ready. `prepare` makes it; it serves every order of the cards."""

    portfolio: Portfolio
    cards: Mapping[str, Project]
    decided: Mapping[str, str]
    gates: Mapping[str, int]
    teams: tuple[Team, ...]
    jobs: Mapping[str, Job]
    capacity: tuple[tuple[int, ...], ...]
    """By team: tenths of a person in week 0 (none), 1, 2 … up to the horizon; closed weeks have no one."""
    first_week: int
    last_week: int
    """The quarter's last week."""
    horizon: int
    has_needs: bool
    empty: bool
    """Whether no card, decided or not, asks anything of any team: then there is nothing to plan by."""

    def blocks_of(self, card: str) -> tuple[Block, ...]:
        """Return a card's work by team, by team id."""
        return self.jobs[card].blocks


def prepare(
    portfolio: Portfolio,
    cards: Mapping[str, Project],
    *,
    decided: Mapping[str, str] | None = None,
    gates: Mapping[str, int] | None = None,
) -> Workload:
    """Make cards ready for planning.

    `decided` maps card ids to decision words, `gates` to the week before which it was decided not to start (METHOD 5.1). Raises CycleError
    if cards need each other in a cycle.
    """
    decided, gates = decided or {}, gates or {}
    first = first_open_week(portfolio)
    capacity = tuple(_capacity(team, first, portfolio.horizon_weeks) for team in portfolio.teams)
    making = _Jobs(portfolio.teams, capacity, cards, decided, gates, first)
    jobs = {card_id: making.job(card) for card_id, card in cards.items()}
    planned = {card_id: job.needs for card_id, job in jobs.items() if job.needs}
    if cycle := find_cycle(planned):
        raise CycleError(cycle)
    return Workload(
        portfolio=portfolio,
        cards=cards,
        decided=decided,
        gates=gates,
        teams=portfolio.teams,
        jobs=jobs,
        capacity=capacity,
        first_week=first,
        last_week=portfolio.weeks_in_quarter,
        horizon=portfolio.horizon_weeks,
        has_needs=bool(planned),
        empty=not any(job.blocks for job in jobs.values()) and not _asks_anything(portfolio, cards),
    )


def lane_of(card: Project, word: str) -> int:
    """Return a card's lane (METHOD 5.1): in flight, a must that is pinned, ranked; or out of the plan, or delivered."""
    if word in OUT:
        return LANE_OUT
    if word in DELIVERED or card.state == "done":
        return LANE_DONE
    if card.state == "in_flight" and word != "start_after":
        return IN_FLIGHT
    return PINNED if card.must else RANKED


def default_crew(effort: int, people: int) -> int:
    """Return the default crew, in tenths: the work of about six weeks, at least half a person, at most the team (METHOD 5.1)."""
    for_six_weeks = -(-effort // (_WEEKS_OF_WORK * _HALF)) * _HALF
    return min(people, max(_HALF, for_six_weeks))


def _asks_anything(portfolio: Portfolio, cards: Mapping[str, Project]) -> bool:
    teams = {team.id for team in portfolio.teams}
    return any(work.effort > 0 and work.team in teams for card in cards.values() for work in card.work)


def _capacity(team: Team, first: int, horizon: int) -> tuple[int, ...]:
    weeks = [0, *[team.people] * horizon]
    for week, people in team.by_week:
        if 1 <= week <= horizon:
            weeks[week] = people
    weeks[:first] = [0] * min(first, horizon + 1)
    return tuple(weeks)


class _Jobs:
    """Makes the cards of a board ready, one by one."""

    def __init__(
        self,
        teams: Sequence[Team],
        capacity: Sequence[Sequence[int]],
        cards: Mapping[str, Project],
        decided: Mapping[str, str],
        gates: Mapping[str, int],
        first: int,
    ) -> None:
        self._index = {team.id: index for index, team in enumerate(teams)}
        self._ids = [team.id for team in teams]
        self._largest = [max(weeks) for weeks in capacity]
        # A team without usual people may still have some in single weeks.
        self._usual = [team.people or largest for team, largest in zip(teams, self._largest, strict=True)]
        self._lanes = {card.id: lane_of(card, decided.get(card.id, "")) for card in cards.values()}
        self._delivered = {card.id for card in cards.values() if card.state == "adopt"}
        self._gates = gates
        self._first = first

    def job(self, card: Project) -> Job:
        """Make one card ready."""
        lane = self._lanes[card.id]
        blocks = self._blocks(card) if lane <= RANKED else ()
        gate = self._gates.get(card.id, 1)
        needs, unmet = self._needs(card) if lane <= RANKED and card.needs else ((), ())
        return Job(
            blocks=blocks,
            needs=needs,
            unmet=unmet,
            bound=max(self._first, card.earliest_week, gate),
            gate=gate,
            earliest=card.earliest_week,
            lane=lane,
            length=max((block.weeks for block in blocks), default=0),
            too_large=next((block.team for block in blocks if block.crew > self._largest[block.team]), None),
            deadline=card.deadline_week,
        )

    def _blocks(self, card: Project) -> tuple[Block, ...]:
        merged: dict[int, tuple[int, int]] = {}
        for work in card.work:
            team = self._index.get(work.team)
            if team is not None and work.effort > 0:
                crew = work.crew or default_crew(work.effort, self._usual[team])
                # A team that a card names twice works on both parts in parallel.
                effort, people = merged.get(team, (0, 0))
                merged[team] = (effort + work.effort, people + crew)
        teams = sorted(merged, key=self._ids.__getitem__) if len(merged) > 1 else merged
        return tuple(_block(team, *merged[team]) for team in teams)

    def _needs(self, card: Project) -> tuple[tuple[str, ...], tuple[str, ...]]:
        lanes = self._lanes
        known = [need for need in dict.fromkeys(card.needs) if need not in self._delivered]
        needs = tuple(need for need in known if lanes.get(need, LANE_OUT) <= RANKED)
        unmet = tuple(need for need in known if lanes.get(need, LANE_OUT) == LANE_OUT)
        return needs, unmet


def _block(team: int, effort: int, crew: int) -> Block:
    if not crew:
        return Block(team, effort, 1, effort)  # a team without anybody: no crew will ever be enough
    weeks = -(-effort // crew)
    return Block(team, crew, weeks, effort - crew * (weeks - 1))
