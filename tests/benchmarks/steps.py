"""What each step of a session costs with ten times the cards: `python -m tests.benchmarks --only steps`.

Here the floor is not the least that could do it, but ten times what the same step costs on the small board: a ratio above one, with some room for
caches that no longer hold everything, would be a step that grows faster than the board does.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import cycle
from pathlib import Path

from sessions.commands.base import Command
from sessions.commands.cards import AddCard, EditCard, MoveCard, NoteOnCard, Redo, SplitCard, Undo, WithdrawCard
from sessions.commands.decisions import Decide, acceptable
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.deciding.session_plan import session_plan
from sessions.export.csv_export import as_csv
from sessions.export.json_export import as_json
from sessions.export.plan_rows import plan_data
from sessions.imports.portfolio import load_portfolio
from sessions.portfolio.models import Project
from sessions.record.events import DecisionWord
from sessions.replay.timeline import Timeline
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import close_call
from sessions.sequencing.changes import Move, People
from sessions.sequencing.levers import levers
from sessions.sequencing.plan import Plan
from sessions.sequencing.what_if import what_if
from sessions.store.tinydb.index_file import INDEX
from sessions.summary.markdown import summary
from tests.benchmarks.samples import folder, library, long_session, planned
from tests.benchmarks.table import Row, cpu_time, in_turn
from tests.disk import path_of

SMALL, TIMES = 100, 10
"""Cards of the small board, and how many times as many the large one has."""
EVENTS, _EVENT_CARDS = 1_000, 60
ROUNDS = 3
_LEVERS = 3
_ROOM = 1.3
"""How much more than so many times as much a step may cost: what is large no longer fits into the processor's caches."""

Step = Callable[[], object]
"""Does something once."""


class Bench:
    """A session of so many planned cards, in the midst of its work."""

    def __init__(self, path: Path, cards: int) -> None:
        self.home = library(path / str(cards), quick=True)
        self.opened = self.home.create(planned(cards))
        self.live = self.opened.live
        self.bottom = cards
        self.path = path / f"{cards}.json"
        self.steps = dict(self._steps())

    def do(self, command: Command) -> None:
        self.live.perform(command)

    def _each(self, *commands: Callable[[], Command]) -> Step:
        """Return a step that does the next of some commands whenever it is taken."""
        following = cycle(commands)
        return lambda: self.do(next(following)())

    def _card(self, rank: int) -> Project:
        session = self.live.session
        return session.cards[session.order[rank - 1]]

    def _vote(self) -> None:
        self.do(OpenRound(method="points", anonymity="named"))
        session = self.live.session
        number = len(session.rounds)
        for place, voice in enumerate(person for person in session.people.values() if person.votes):
            points = (25, 19, 15, 11, 9, 7, 5, 4, 3, 2)
            given = {self._card(place + rank).id: each for rank, each in enumerate(points, 1)}
            self.do(SealBallot(round=number, voice=voice.id, points=given))
        self.do(RevealBallots(round=number, override="they agree"))

    def _split(self) -> Command:
        card = self._card(3)
        half = [card.model_copy(update={"title": f"{card.title}, {part}"}) for part in ("first", "second")]
        return SplitCard(card=card.id, first=half[0], second=half[1].model_copy(update={"id": ""}))

    def _edited(self) -> Command:
        card = self._card(3)
        return EditCard(card=card.model_copy(update={"title": f"{card.title}."[-40:]}))

    def _written(self, ending: str, text: Callable[[], str]) -> Path:
        path = self.path.with_suffix(f".{ending}")
        if not path.exists():
            path.write_text(text(), encoding="utf-8")
        return path

    def _open(self) -> None:
        with self.home.open(path_of(self.opened), read_only=True):
            pass

    @cached_property
    def _waiting(self) -> tuple[Plan, str]:
        """Return a plan, and a card that waits and has as many levers on every board."""
        plan = session_plan(self.live.session)
        return plan, next(card for card in plan.order if len(levers(plan, card)) == _LEVERS)

    def _read(self) -> object:
        session = self.live.session
        assert session.round is not None
        reading = RevealResult(session, session.round)
        return reading.order, reading.agreement, reading.worth_talking, close_call(reading), reading.one_ballot

    def _steps(self) -> Iterator[tuple[str, Step]]:
        last = lambda: self._card(self.bottom).id  # noqa: E731
        yield "move a card from the bottom to the top", self._each(lambda: MoveCard(card=last(), to=1))
        yield "undo it, and redo it", self._each(Undo, Redo)
        yield "a note", self._each(lambda: NoteOnCard(card=self._card(7).id, text="Legal has confirmed it."))
        yield "edit a card", self._each(self._edited)
        yield "split a card", self._each(self._split)
        yield "add a card", self._each(lambda: AddCard(card=Project(id="", title="One more"), rank=2))
        yield "withdraw a card", self._each(lambda: WithdrawCard(card=last(), reason="merged"))
        yield "the plan of an order", lambda: session_plan(self.live.session, self.live.session.order)
        words: tuple[DecisionWord, ...] = ("stop", "start")
        yield "decide on a card", self._each(*(lambda word=word: Decide(card=self._card(9).id, word=word, why="so", override="so") for word in words))
        yield "a what-if", lambda: what_if(session_plan(self.live.session), Move(self._card(self.bottom // 2).id, 3))
        yield "what would let a card start sooner", lambda: levers(*self._waiting)
        yield "the summary", lambda: summary(self.live.session)
        yield "a ballot of ten cards by each voice, and the reveal", self._vote
        yield "what the reveal says", self._read
        yield "the group's order onto the board", self._each(TakeGroupOrder)
        yield "all proposals", lambda: acceptable(self.live.session, self.live.session.undecided)
        yield "the plan as a list", lambda: plan_data(session_plan(self.live.session))
        yield "the plan with another team", lambda: session_plan(self.live.session) and what_if(session_plan(self.live.session), People("T00", 10))
        yield "the export as JSON", lambda: json.dumps(as_json(self.live.session))
        yield "the export as CSV", lambda: as_csv(self.live.session)
        yield "a portfolio read from JSON", lambda: load_portfolio(self._written("json", lambda: json.dumps(as_json(self.live.session))))
        yield "a portfolio read from CSV", lambda: load_portfolio(self._written("csv", lambda: as_csv(self.live.session)))
        yield "the replay of the session", lambda: Timeline(self.live.recordeds).chapters
        yield "open the session", self._open


class Record:
    """A session of so many events."""

    def __init__(self, path: Path, events: int) -> None:
        self.home = library(path / f"events-{events}", quick=True)
        self.file = long_session(path / f"events-{events}", events, _EVENT_CARDS)
        with self.home.open(self.file, read_only=True) as opened:
            self.recordeds, self.session = opened.live.recordeds, opened.live.session
        self.timeline = Timeline(self.recordeds)
        self.steps = dict(self._steps())

    def _steps(self) -> Iterator[tuple[str, Step]]:
        yield "the summary", lambda: summary(self.session)
        yield "the export as JSON", lambda: json.dumps(as_json(self.session))
        yield "the export as CSV", lambda: as_csv(self.session)
        yield "the replay made ready", lambda: Timeline(self.recordeds)
        yield "its chapters", lambda: Timeline(self.recordeds).chapters
        yield "a jump to its middle and its end", lambda: (self.timeline.state(len(self.timeline) // 2), self.timeline.state(len(self.timeline)))
        yield "the library's list, made anew", self._list
        yield "a hundred times undo", self._undo

    def _list(self) -> None:
        (self.home.folder / INDEX).unlink(missing_ok=True)
        self.home.entries()

    def _undo(self) -> None:
        with self.home.open(self.file) as opened:
            for _ in range(100):
                opened.live.perform(Undo())
            for _ in range(100):
                opened.live.perform(Redo())


def by_cards() -> Iterator[Row]:
    """Each step on a board, and on one of ten times as many cards."""
    with folder() as path:
        yield from _rows(Bench(path, SMALL).steps, Bench(path, SMALL * TIMES).steps, f"{SMALL * TIMES:,} cards")


def by_events() -> Iterator[Row]:
    """Each step after some events, and after ten times as many."""
    with folder() as path:
        yield from _rows(Record(path, EVENTS).steps, Record(path, EVENTS * TIMES).steps, f"{EVENTS * TIMES:,} events")


def _rows(small: dict[str, Step], large: dict[str, Step], size: str) -> Iterator[Row]:
    gc.freeze()  # what is there for good need not be searched before each step
    for name in small:
        one, ten = in_turn([cpu_time(steps[name]) for steps in (small, large)], ROUNDS)
        yield Row(f"{name}, {size}", ten, one * TIMES, _ROOM)


ROWS = (by_cards, by_events)
