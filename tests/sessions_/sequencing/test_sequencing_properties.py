"""What holds for every plan (METHOD 5.2, 5.3, 8): on random boards, and against a second, plain implementation of the method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from plans import plan_of, weeks

from sessions.portfolio.models import Benefit, Portfolio, Project, Team, Work
from sessions.portfolio.order import order_after_move
from sessions.sequencing.blockers import blocker_chain
from sessions.sequencing.changes import Move
from sessions.sequencing.cheaper_order import finish_weeks
from sessions.sequencing.deadlines import last_safe_rank
from sessions.sequencing.levers import levers
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import also_short, because, sentence
from sessions.sequencing.schedule import schedule
from sessions.sequencing.sequence import turns_of
from sessions.sequencing.weeks import start_day
from sessions.sequencing.what_if import what_if
from sessions.sequencing.workload import Job

TEAMS = ("TA", "TB", "TC")
HORIZON = 20
WORDS = st.sampled_from(["", "", "", "", "start", "start_after", "stop", "hold", "done"])


@dataclass(frozen=True)
class Made:
    """A random board: all that `schedule` is given."""

    portfolio: Portfolio
    order: tuple[str, ...]
    decided: dict[str, str]
    gates: dict[str, int]

    def plan(self) -> Plan:
        return plan_of(self.portfolio, self.order, decided=self.decided, gates=self.gates)


@st.composite
def teams(draw: st.DrawFn) -> tuple[Team, ...]:
    low_weeks = st.dictionaries(st.integers(1, 9), st.integers(0, 30), max_size=3).map(lambda found: tuple(sorted(found.items())))
    return tuple(Team(id=name, name=name, people=draw(st.sampled_from([0, 5, 10, 20, 25])), by_week=draw(low_weeks)) for name in TEAMS)


def projects(names: list[str], *, most_needs: int) -> st.SearchStrategy[tuple[Project, ...]]:
    works = st.lists(
        st.builds(Work, team=st.sampled_from(TEAMS), effort=st.integers(0, 70), crew=st.sampled_from([None, 5, 7, 10, 20])),
        max_size=3,
        unique_by=lambda work: work.team,
    ).map(tuple)
    made = [
        st.builds(
            Project,
            id=st.just(name),
            title=st.just(name),
            work=works,
            # Only of those before: no cycle.
            needs=st.lists(st.sampled_from(names[:index]), max_size=most_needs, unique=True).map(tuple) if index else st.just(()),
            state=st.sampled_from(["new", "new", "new", "in_flight", "adopt"]),
            must=st.sampled_from([False, False, False, True]),
            earliest_week=st.sampled_from([1, 1, 1, 4]),
            deadline_week=st.sampled_from([None, 3, 8]),
            benefit=st.integers(0, 9).map(lambda monthly: Benefit(monthly=monthly)),
        )
        for index, name in enumerate(names)
    ]
    return st.tuples(*made)


@st.composite
def boards(draw: st.DrawFn, *, most_needs: int = 2) -> Made:
    names = [f"P{number}" for number in range(draw(st.integers(1, 9)))]
    portfolio = Portfolio(
        teams=draw(teams()),
        projects=draw(projects(names, most_needs=most_needs)),
        horizon_weeks=HORIZON,
        weeks_in_quarter=8,
        quarter_start="2026-07-06",
        session_date=draw(st.sampled_from(["2026-07-01", "2026-07-08"])),
    )
    decided = {name: draw(WORDS) for name in names}
    return Made(portfolio, tuple(draw(st.permutations(names))), decided, draw(st.dictionaries(st.sampled_from(names), st.integers(1, 9))))


def loads(job: Job) -> dict[int, tuple[int, ...]]:
    return {block.team: block.loads for block in job.blocks}


def book(job: Job, start: int | None, free: list[list[int]]) -> None:
    """Take what a card needs, if it starts, from what is free."""
    if start is not None:
        for index, load in loads(job).items():
            for week, tenths in enumerate(load, start):
                free[index][week] -= tenths


# What a plan never breaks


@given(boards())
def test_all_the_effort_is_planned_by_nobody_but_the_crew_and_no_team_carries_more_than_it_has(made: Made) -> None:
    found = made.plan()
    cards = found.workload.cards
    carried = {name: [0] * HORIZON for name in TEAMS}
    for each in found.stretches:
        work = next(work for work in cards[each.card].work if work.team == each.team)
        assert sum(each.loads) == work.effort
        assert all(0 < load <= each.loads[0] for load in each.loads)
        assert list(each.loads) == sorted(each.loads, reverse=True)
        assert work.crew is None or each.loads[0] <= work.crew
        for week, load in enumerate(each.loads, each.start):
            carried[each.team][week - 1] += load
    for team in found.teams:
        assert team.load == tuple(carried[team.id])
        assert all(load <= capacity for load, capacity in zip(team.load, team.capacity, strict=True))
    planned = {each.card for each in found.stretches}
    assert planned == {name for name, placed in found.placements.items() if placed.start is not None and found.workload.blocks_of(name)}


@given(boards(), st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_does_not_matter(made: Made, chance: Any) -> None:
    shuffled = list(made.portfolio.projects)
    chance.shuffle(shuffled)
    cards = tuple(each.model_copy(update={"needs": each.needs[::-1], "work": each.work[::-1]}) for each in shuffled)
    other = replace(made, portfolio=made.portfolio.model_copy(update={"projects": cards}))

    assert other.plan().placements == made.plan().placements


# Against a plain implementation


@given(boards())
def test_the_plan_is_that_of_the_plain_method(made: Made) -> None:
    found = made.plan()

    assert weeks(found) == plain_schedule(found, made.order)
    assert finish_weeks(found.workload, made.order) == {name: end for name, (_, end) in weeks(found).items() if end is not None}


def plain_schedule(found: Plan, order: tuple[str, ...]) -> dict[str, tuple[int | None, int | None]]:
    """Follow METHOD 5.2 word by word: inherited keys by walking to everything that needs a card, weeks tried one after the other."""
    jobs = {name: found.workload.jobs[name] for name in order}
    waiting = [name for name in order if jobs[name].lane <= 2]
    free = [list(capacity) for capacity in found.workload.capacity]
    key = {name: (jobs[name].lane, rank) for rank, name in enumerate(order)}
    placed: dict[str, tuple[int | None, int | None]] = dict.fromkeys(order, (None, None))

    def inherited(name: str) -> tuple[int, int]:
        return min([key[name], *(inherited(other) for other in order if jobs[other].lane <= 2 and name in jobs[other].needs)])

    while waiting:
        ready = [name for name in waiting if not any(need in waiting for need in jobs[name].needs)]
        name = min(ready, key=lambda each: (inherited(each), key[each]))
        waiting.remove(name)
        start = plain_start(jobs[name], placed, free)
        book(jobs[name], start, free)
        if start is not None:
            placed[name] = (start, start + jobs[name].length - 1)
    return placed


def plain_start(job: Job, placed: dict[str, tuple[int | None, int | None]], free: list[list[int]]) -> int | None:
    ends = [placed[need][1] for need in job.needs]
    if job.unmet or job.too_large is not None or None in ends:
        return None
    bound = max([job.bound, *(end + 1 for end in ends if end is not None)])
    return next((week for week in range(bound, HORIZON + 1) if not plain_shortage(job, week, free)), None)


def plain_shortage(job: Job, start: int, free: list[list[int]]) -> set[tuple[int, int]]:
    """Return every team and week in which a card that began in a week would not fit."""
    return {
        (index, week) for index, load in loads(job).items() for week, tenths in enumerate(load, start) if week > HORIZON or free[index][week] < tenths
    }


# Reasons


@given(boards())
def test_one_week_earlier_breaks_exactly_the_named_teams_in_exactly_that_week(made: Made) -> None:
    found = made.plan()
    index = {name: place for place, name in enumerate(TEAMS)}
    for name, placed in found.placements.items():
        if placed.why.kind != "team" or placed.start is None:
            continue
        free = free_before(found, name)
        week = placed.start - 1
        assert plain_shortage(found.workload.jobs[name], week, free) == {(index[short], week) for short in placed.why.teams}


@given(boards())
def test_the_cards_of_a_reason_are_those_that_end_or_ease_then(made: Made) -> None:
    found = made.plan()
    before = earlier_turns(found)
    for name, placed in found.placements.items():
        if placed.why.kind == "team" and placed.start is not None:
            for short in placed.why.shorts:
                earlier = [each for each in found.stretches if each.team == short.team and each.card in before[name]]
                easing = [each.card for each in earlier if eases(each.start, each.loads, placed.start)]
                assert list(short.cards) == sorted(easing, key=lambda each: found.at(each).rank)
        elif placed.why.kind == "needs":
            assert {found.at(need).finish for need in placed.why.cards} == {placed.bound - 1}


def eases(start: int, load: tuple[int, ...], week: int) -> bool:
    """Return whether a block takes less in a week than in the one before."""
    at = dict(enumerate(load, start))
    return at.get(week - 1, 0) > at.get(week, 0)


def earlier_turns(found: Plan) -> dict[str, set[str]]:
    """Return for every card those that were placed before it: exactly the ones without which no plan of the rest changes its place."""
    queue = turns_of(found.workload, found.order).cards
    return {name: set(queue[:place]) for place, name in enumerate(queue)}


def free_before(found: Plan, name: str) -> list[list[int]]:
    free = [list(capacity) for capacity in found.workload.capacity]
    for other in earlier_turns(found)[name]:
        book(found.workload.jobs[other], found.at(other).start, free)
    return free


@given(boards())
def test_every_card_has_its_sentence_and_every_chain_an_end(made: Made) -> None:
    found = made.plan()
    for name, placed in found.placements.items():
        text = sentence(found, name)
        assert (text == "") == found.empty
        assert "None" not in text + because(found, name) + also_short(found, name)
        if not found.empty and placed.start is not None and placed.start > found.first_week:
            assert text.endswith(because(found, name))
            assert start_day(found.workload.portfolio, placed.start) in text
        links = blocker_chain(found, name)
        assert links[0].placed == placed
        assert len({link.placed.card for link in links}) == len(links)


# Moves


@given(boards(most_needs=1), st.data())
def test_moving_a_card_up_never_makes_it_later(made: Made, data: st.DataObject) -> None:
    found = made.plan()
    name = data.draw(st.sampled_from(made.order))
    to = data.draw(st.integers(1, found.at(name).rank))
    old, new = found.at(name), schedule(found.workload, order_after_move(made.order, name, to)).at(name)

    assert (new.start or HORIZON + 1) <= (old.start or HORIZON + 1)
    assert (new.finish is None) <= (old.finish is None)


@given(boards(), st.data())
def test_a_what_if_shows_every_change_and_its_way_back(made: Made, data: st.DataObject) -> None:
    found = made.plan()
    name = data.draw(st.sampled_from(made.order))
    effect = what_if(found, Move(name, data.draw(st.integers(1, len(made.order)))))
    back = what_if(effect.after, Move(name, found.at(name).rank))

    changed = {each for each in made.order if weeks(effect.before)[each] != weeks(effect.after)[each]}
    assert {shift.card for shift in effect.shifts} == changed
    assert back.after == found
    assert back.cost == (-effect.cost if effect.cost is not None else None)


@given(boards())
def test_every_lever_tells_the_truth(made: Made) -> None:
    found = made.plan()
    for name in made.order:
        for lever in levers(found, name):
            again = what_if(found, lever.change)
            assert again == lever.effect
            assert lever.after == again.after.at(name)
            assert (lever.gain > 0) <= lever.helps


@given(boards())
def test_the_last_safe_rank_is_the_last_before_the_first_that_is_late(made: Made) -> None:
    found = made.plan()
    for name in made.order:
        job = found.workload.jobs[name]
        if job.lane == 2 and job.deadline is not None:
            ranks = range(1, len(made.order) + 1)
            late = [schedule(found.workload, order_after_move(made.order, name, rank)).at(name).late for rank in ranks]
            assert (last_safe_rank(found, name) or 0) == (late.index(True) if True in late else len(ranks))
