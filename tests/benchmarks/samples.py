"""What is measured: portfolios of any size, libraries in a folder that is thrown away, and long records."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sessions.commands.base import Command
from sessions.commands.cards import MoveCard, NoteOnCard, Undo
from sessions.commands.decisions import Decide
from sessions.commands.people import ChooseAsker
from sessions.disk.files import FileOps
from sessions.portfolio.models import Benefit, Participant, Portfolio, Project, Team, Work
from sessions.record.events import CardMoved, Recorded
from tests.disk import DiskLibrary, path_of
from tui.environment import SystemClock, token

PEOPLE = (
    Participant(id="coo", role="COO", side="business", seat="decider"),
    Participant(id="cfo", role="CFO", side="business"),
    Participant(id="vp", role="VP Operations", side="business"),
    Participant(id="cio", role="CIO", side="it"),
    Participant(id="pmo", role="PMO lead", side="it", seat="facilitator", votes=False),
)


class QuickFiles(FileOps):
    """Files that are not brought to the disk: for records that are only made to be measured."""

    def fsync(self, fd: int) -> None:
        """Leave it to the system."""

    def fdatasync(self, fd: int) -> None:
        """Leave it to the system."""


def moved(seq: int) -> Recorded:
    """Return the record of a move."""
    move = CardMoved(card=f"P{seq % 60:05}", old=seq % 60 + 1, new=seq % 59 + 1, asked_by="coo", reason="the contract ends in September")
    return Recorded(seq, "2026-06-30T09:00:00Z", "pmo", seq * 3, move)


def title(number: int) -> str:
    """Return the title of a card, by its number from 0."""
    return f"Project {number} with a title of the usual length"


def portfolio(count: int) -> Portfolio:
    """Return a portfolio of so many cards, as complete as they come."""
    cards = tuple(
        Project(
            id=f"P{number:05}",
            title=title(number),
            sponsor=("COO", "CFO", "VP Operations")[number % 3],
            objective=f"O{number % 5 + 1}",
            it_partner="CIO",
            benefit=Benefit(text="3% fewer returns within two quarters", monthly=1000 + number % 40 * 900),
            state="in_flight" if number % 7 == 0 else "new",
        )
        for number in range(count)
    )
    return Portfolio(name="Benchmark", quarter="2026-Q3", currency="USD", participants=PEOPLE, projects=cards)


def worked(cards: int, teams: int) -> Portfolio:
    """Return a portfolio with work for one to three teams a card, every sixth card needing another. Always the same."""
    chance = random.Random(2026)
    crowd = tuple(
        Team(id=f"T{number:02}", name=f"Team {number}", people=chance.choice((5, 10, 20, 30, 60)), by_week=((7, 10),) if number % 4 == 0 else ())
        for number in range(teams)
    )
    projects = tuple(
        Project(
            id=f"P{number:05}",
            title=f"Project {number}",
            work=tuple(
                Work(team=team.id, effort=chance.randint(5, 120), crew=chance.choice((None, 5, 10)))
                for team in chance.sample(crowd, chance.randint(1, 3))
            ),
            needs=(f"P{chance.randrange(number):05}",) if number and chance.random() < 1 / 6 else (),
            benefit=Benefit(monthly=1000 * chance.randrange(50)),
            state="in_flight" if chance.random() < 0.05 else "new",
        )
        for number in range(cards)
    )
    return Portfolio(teams=crowd, projects=projects)


def planned(count: int, teams: int = 8) -> Portfolio:
    """Return the portfolio of the other benchmarks with teams, and work and needs on every card."""
    bare, work = portfolio(count), worked(count, teams)
    cards = tuple(
        card.model_copy(update={"work": other.work, "needs": other.needs}) for card, other in zip(bare.projects, work.projects, strict=True)
    )
    return bare.model_copy(update={"projects": cards, "teams": work.teams, "quarter_start": "2026-07-06", "session_date": "2026-06-30"})


@contextmanager
def folder() -> Iterator[Path]:
    """Return a folder that is thrown away."""
    with TemporaryDirectory(prefix="quarterdeck-benchmark-") as name:
        yield Path(name)


def library(path: Path, *, quick: bool = False) -> DiskLibrary:
    """Return the library in a folder; a quick one does not wait for the disk."""
    return DiskLibrary(path, SystemClock(), token, holder="benchmark", ops=QuickFiles() if quick else FileOps())


def long_session(path: Path, events: int, cards: int) -> Path:
    """Make a session with so many events: moves for the most part, notes, askers, decisions, undo. Always the same."""
    chance = random.Random(2026)
    with library(path, quick=True).create(portfolio(cards)) as opened:
        live = opened.live
        while live.session.seq < events:
            card = chance.choice(live.session.order)
            live.perform(_command(chance.random(), card, chance.randrange(cards) + 1, live.session.done is not None))
        return path_of(opened)


def _command(kind: float, card: str, rank: int, done: bool) -> Command:
    if kind < 0.04 and done:
        return Undo()
    for share, command in (
        (0.12, NoteOnCard(card=card, text="The contract ends in September; legal has confirmed it.")),
        (0.18, ChooseAsker(person=PEOPLE[rank % len(PEOPLE)].id)),
        (0.20, Decide(card=card, word="start", override="the room agrees")),
    ):
        if kind < share:
            return command
    return MoveCard(card=card, to=rank, reason="agreed by the room" if rank % 3 else "")
