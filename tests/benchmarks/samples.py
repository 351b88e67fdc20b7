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
from sessions.portfolio.models import Benefit, Participant, Portfolio, Project
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
