"""What counting costs: `python -m tests.benchmarks --only tally`.

The same ballots twice: counted into the group's order, or weighed for what to discuss; and (the floor) only read once from a table, which
nobody who counts them can do without. A reveal blocks the screen no longer than the figures of ours.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sessions.record.events import OrderMethod
from sessions.rounds.count import RoundCount
from sessions.rounds.methods.order import OrderSpec, Votes
from sessions.rounds.methods.registry import order_spec
from sessions.rounds.one_ballot import hangs_on_one
from sessions.voting.agreement import kendall_w
from sessions.voting.attention import attention_by_card, order_for_talk
from sessions.voting.points import points_midranks, tally_points
from sessions.voting.ranking import Ranking, ranking_midranks, tally_ranking
from tests.benchmarks.table import Row, cpu_time, in_turn

VOICES = (200, 1_000)
ROUNDS = 5
GOALS = {24: (4.0, 10.0, 25.0, 40.0), 60: (4.0, 8.0, 45.0, 55.0), 200: (4.0, 8.0, 220.0, 120.0)}
"""By cards, for each row of a size. A ranking names ten cards, but is counted on the pairs of all: the ratio grows with the cards."""
_NAMED = 10
"""How many cards a ballot names, as people fill them in."""


class Ballots:
    """Ballots of one size, as a file holds them and as they are counted. Always the same: voices roughly agree, the sides differ."""

    def __init__(self, cards: int, voices: int) -> None:
        chance = random.Random(2026)
        self.cards = tuple(f"P{number:03}" for number in range(1, cards + 1))
        self.sides = {f"voice-{number:04}": "business" if number % 5 < 3 else "it" for number in range(voices)}
        liked = {side: [chance.random() for _ in self.cards] for side in ("business", "it")}
        self.rankings: dict[str, Ranking] = {}
        for voice, side in self.sides.items():
            order = sorted(zip((taste + chance.random() for taste in liked[side]), self.cards, strict=True))
            self.rankings[voice] = tuple((card,) for _, card in order[:_NAMED])
        self.points = {voice: {card: 19 - 2 * place for place, (card,) in enumerate(its)} for voice, its in self.rankings.items()}
        given = [[voice, *(its.get(card, 0) for card in self.cards)] for voice, its in self.points.items()]
        self.points_table = _table(["voice", *self.cards], given)
        self.rankings_table = _table(["voice", "top"], [[voice, " ".join(card for (card,) in its)] for voice, its in self.rankings.items()])


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue()


def read_points(text: str) -> dict[str, dict[str, int]]:
    """Read points ballots once, in the plainest way: the floor."""
    _, *cards = next(lines := csv.reader(io.StringIO(text)))
    return {voice: dict(zip(cards, map(int, given), strict=True)) for voice, *given in lines}


def read_rankings(text: str) -> dict[str, Ranking]:
    """Read ranking ballots once, in the plainest way: the floor."""
    next(lines := csv.reader(io.StringIO(text)))
    return {voice: tuple((card,) for card in top.split()) for voice, top in lines}


def _weigh(ballots: Ballots, ranks: Mapping[str, tuple[int, ...]]) -> object:
    """Do what a reveal does beside counting: how far voices agree, and which cards to discuss."""
    weighed = attention_by_card(ballots.cards, ranks, ballots.sides, 7, ("business", "it"))
    order = order_for_talk(weighed, red=(), inside=(), key_weeks={}, rank={})
    return kendall_w(list(ranks.values())), order


def _weigh_points(ballots: Ballots) -> object:
    return _weigh(ballots, {voice: points_midranks(its, ballots.cards) for voice, its in ballots.points.items()})


def _weigh_rankings(ballots: Ballots) -> object:
    return _weigh(ballots, {voice: ranking_midranks(its, ballots.cards) for voice, its in ballots.rankings.items()})


def _rows_of(cards: int, voices: int) -> list[Row]:
    ballots = Ballots(cards, voices)
    last: dict[str, Any] = {}
    works = (
        partial(tally_points, ballots.points, ballots.sides, ballots.cards, "sides", last),
        partial(_weigh_points, ballots),
        partial(read_points, ballots.points_table),
        partial(tally_ranking, ballots.rankings, ballots.sides, ballots.cards, "sides", last),
        partial(_weigh_rankings, ballots),
        partial(read_rankings, ballots.rankings_table),
    )
    count_points, weigh_points, points, count_rankings, weigh_rankings, rankings = in_turn([cpu_time(work) for work in works], ROUNDS)
    names = ("points counted", "points weighed for talk", "rankings counted", "rankings weighed for talk")
    figures = ((count_points, points), (weigh_points, points), (count_rankings, rankings), (weigh_rankings, rankings))
    size = f"{cards} cards, {voices:,} voters"
    return [Row(f"{name}, {size}", ours, floor, goal) for name, (ours, floor), goal in zip(names, figures, GOALS[cards], strict=True)]


def tallies() -> list[Row]:
    """Ballots are counted, and weighed for what to discuss."""
    return [row for cards in GOALS for voices in VOICES for row in _rows_of(cards, voices)]


_LIMIT_MS = 2_000.0
"""How long a large room may wait beside its reveal to know what hangs on one ballot: 60 ballots on 60 cards."""


class Counted(RoundCount):
    """Ballots that belong to no session."""

    def __init__(self, spec: OrderSpec[Any], votes: Votes[Any]) -> None:
        self.spec, self.votes = spec, votes


def one_ballot() -> list[Row]:
    """The rest of a large room is counted without each ballot, whatever was voted."""
    ballots, rows = Ballots(60, 60), []
    last: dict[str, int | None] = {}
    full = {voice: tuple((card,) for card in random.Random(voice).sample(ballots.cards, 60)) for voice in ballots.sides}
    kinds: tuple[tuple[str, OrderMethod, Mapping[str, Any]], ...] = (
        ("points", "points", ballots.points), ("rankings of 10", "ranking", ballots.rankings), ("rankings of 60", "ranking", full),
    )  # fmt: skip
    for name, method, votes in kinds:
        count = Counted(order_spec(method), Votes(votes, ballots.sides, ballots.cards, last | dict.fromkeys(ballots.cards)))
        took = min(cpu_time(partial(hangs_on_one, count, 7))() for _ in range(ROUNDS))
        rows.append(Row(f"order without each one ballot, 60 {name} on 60 cards", took, _LIMIT_MS, 1.0, remark="the floor is the limit"))
    return rows


ROWS = (tallies, one_ballot)
