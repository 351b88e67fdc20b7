"""A small drawing of the quarter for one card: what its teams are on before it, and its own weeks."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.workload import Block
from tui.cards.plan_words import tone_of
from tui.text import fit

Part = tuple[str, str]

_CELL = 2
"""Terminal cells of a week."""
_NAMED = 3
"""One in this many weeks has its number above it."""
_OWN, _TAKEN, _PARTLY, _FREE, _CLOSED = "█", "▓", "░", "·", " "
_COLOURS = {"start": "$card-start", "wait": "$card-wait", "late": "$card-differ"}
_LABEL = 30


def sketch(plan: Plan, card: str) -> Iterator[Part]:
    """Draw the weeks of the quarter, week 1 at the left, team by team; nothing for a card that needs no team.

    A week is taken if the cards before this one leave fewer people than its crew, else partly taken or free.
    """
    placed = plan.placements.get(card)
    if plan.empty or placed is None or not (blocks := plan.workload.blocks_of(card)):
        return
    last = plan.workload.last_week
    yield (_axis(last) + "\n", "$text-muted")
    before = _load_before(plan, placed, blocks)
    for block in blocks:
        yield (f"{fit(plan.workload.teams[block.team].name, _LABEL).rstrip()}\n", "")
        yield from _row(plan, placed, block, before[block.team])
    yield (_OWN, _COLOURS.get(tone_of(plan, placed), ""))
    yield (f" this card  {_TAKEN} taken  {_PARTLY} partly\n", "$text-muted")


def _axis(last: int) -> str:
    return "".join(str(week).ljust(_CELL * _NAMED) for week in range(1, last + 1, _NAMED)).rstrip()


def _row(plan: Plan, placed: Placement, block: Block, load: list[int]) -> Iterator[Part]:
    """Draw the weeks of one team, neighbours of one kind as one bar."""
    own = _COLOURS.get(tone_of(plan, placed), "")
    bar, kind = "", ""
    capacity = plan.workload.capacity[block.team]
    for week in range(1, plan.workload.last_week + 1):
        if placed.start is not None and placed.start <= week < placed.start + block.weeks:
            here = _OWN
        else:
            here = _kind(capacity[week], load[week], block.loads[0])
        if here != kind and bar:
            yield (bar, own if kind == _OWN else "$text-muted")
            bar = ""
        kind, bar = here, bar + here * _CELL
    yield (bar + "\n", own if kind == _OWN else "$text-muted")


def _kind(people: int, load: int, crew: int) -> str:
    if not people:
        return _CLOSED
    if people - load < crew:
        return _TAKEN
    return _PARTLY if load else _FREE


def _load_before(plan: Plan, placed: Placement, blocks: tuple[Block, ...]) -> dict[int, list[int]]:
    """Return the load by team and week of the cards placed before a card: those above it, and those it waits for."""
    last = plan.workload.last_week
    load = {block.team: [0] * (last + 1) for block in blocks}
    waits_for = {card for short in placed.why.shorts for card in short.cards}
    for other in plan.placements.values():
        if other.start is None or other.start > last or other is placed:
            continue
        if not (other.lane < placed.lane or (other.lane == placed.lane and other.rank < placed.rank) or other.card in waits_for):
            continue
        for block in plan.workload.blocks_of(other.card):
            if (weeks := load.get(block.team)) is not None:
                for week, people in enumerate(block.loads[: last + 1 - other.start], other.start):
                    weeks[week] += people
    return load
