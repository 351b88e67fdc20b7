"""The base for tests of the session: a clock that is set by hand, small portfolios, and a room that performs and refuses commands.

Imported as `support`: the tests' folder is put on the path by `sessions_/conftest.py`.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

import sessions as package
import sessions.commands
from sessions.commands.base import Command
from sessions.commands.people import MarkAttendance
from sessions.errors import PortfolioError, SessionError
from sessions.imports.portfolio import load_portfolio, read_portfolio
from sessions.live.session import LiveSession
from sessions.portfolio.models import Benefit, Participant, Portfolio, Project, Team, Work
from sessions.record.events import Event, Past, Recorded, SessionOpened, recorded_from
from sessions.state.fold import replay
from sessions.state.session import Session
from sessions.store.memory import MemoryUrn

SAMPLE = Path(package.__file__).parent / "sample"
FIXTURES = Path(__file__).parent / "fixtures"

E = TypeVar("E", bound=Event)


class FakeClock:
    """A clock that does not move by itself."""

    def __init__(self, now: str = "2026-06-30T09:00:00Z", seconds: float = 1000.0) -> None:
        self.wall = now
        self.monotonic = seconds

    def now(self) -> str:
        return self.wall

    def seconds(self) -> float:
        return self.monotonic

    def advance(self, seconds: float) -> None:
        self.monotonic += seconds


class ListLog:
    """A log in memory."""

    def __init__(self, records: Sequence[dict[str, Any]] = ()) -> None:
        self.records = list(records)

    @property
    def count(self) -> int:
        return len(self.records)

    def append_all(self, records: Sequence[dict[str, Any]]) -> None:
        self.records += records


class Room:
    """A session under way in memory, with everything around it in reach."""

    def __init__(
        self, portfolio: Portfolio, *, facilitator: str = "pmo-lead", minutes: int = 90, title: str = "Q3", past: Past | None = None
    ) -> None:
        self.clock = FakeClock()
        self.log = ListLog()
        self.urn = MemoryUrn()
        opened = SessionOpened(
            session="2026-Q3",
            title=title,
            quarter=portfolio.quarter,
            facilitator=facilitator,
            minutes=minutes,
            after=past.session if past else "",
            portfolio=portfolio,
            past=past,
        )
        first = Recorded(1, self.clock.now(), facilitator, 0, opened)
        self.log.append_all([first.as_record()])
        self.live = LiveSession([first], self.log, self.urn, self.clock)

    @property
    def session(self) -> Session:
        return self.live.session

    @property
    def last(self) -> Event:
        """The last event that was recorded."""
        return self.live.recordeds[-1].event

    @property
    def board(self) -> str:
        """The ids of the cards by rank, in one line."""
        return " ".join(self.session.order)

    def do(self, *commands: Command) -> list[Event]:
        """Perform commands and return the events they led to."""
        return [recorded.event for command in commands for recorded in self.live.perform(command)]

    def one(self, command: Command, kind: type[E]) -> E:
        """Perform a command that leads to exactly one event of a kind."""
        (event,) = self.do(command)
        assert type(event) is kind
        return event

    def refuses(self, command: Command, error: type[SessionError], *words: str) -> str:
        """Check that a command is refused with this very class and a sentence with these words, and that nothing happened."""
        session, records, told = self.session, list(self.log.records), list[Any]()
        stop = self.live.watch(lambda *news: told.append(news))
        with pytest.raises(SessionError) as caught:
            self.live.perform(command)
        stop()
        sentence = str(caught.value)
        assert type(caught.value) is error, f"{type(caught.value).__name__}: {sentence}"
        assert_sentence(sentence)
        for word in words:
            assert word in f"{sentence} {getattr(caught.value, 'detail', '')}"
        assert self.session is session
        assert self.log.records == records
        assert not told
        return sentence

    def everybody(self) -> Room:
        """Mark all people as present, so that no quorum is missed."""
        self.do(MarkAttendance(presence="present"))
        return self

    def reopened(self) -> LiveSession:
        """Open the session anew from its record, as after a crash."""
        return LiveSession(read_back(self.log.records), self.log, self.urn, self.clock)


def all_commands() -> set[type[Command]]:
    """Find every command there is, in any module."""
    for module in pkgutil.iter_modules(sessions.commands.__path__):
        importlib.import_module(f"sessions.commands.{module.name}")

    def below(cls: type[Command]) -> set[type[Command]]:
        return {found for sub in cls.__subclasses__() for found in ({sub} | below(sub))}

    return {command for command in below(Command) if command.__module__.startswith("sessions.")}


def assert_sentence(text: str) -> None:
    """Check that a refusal is something to show: one line that ends as a sentence, without the insides of the program."""
    assert text.strip() == text
    assert text.endswith((".", "?", "…"))
    assert "\n" not in text
    for inside in ("Traceback", "object at 0x", "<class", "None", "KeyError"):
        assert inside not in text


def refused_portfolio(data: bytes, name: str) -> str:
    """Return the sentence with which a portfolio is refused, without the name of its file at the beginning."""
    with pytest.raises(PortfolioError) as caught:
        read_portfolio(data, name)
    sentence = str(caught.value)
    assert sentence.startswith((f"{name}: ", f"{name}, sheet "))
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence.removeprefix(f"{name}: ")


def read_back(records: Iterable[dict[str, Any]]) -> list[Recorded]:
    """Read records as they come out of a file."""
    return [recorded_from(json.loads(json.dumps(record))) for record in records]


def folded(records: Iterable[dict[str, Any]]) -> Session:
    """Fold records as they come out of a file."""
    return replay(read_back(records))


def board_of(session: Session) -> dict[str, Any]:
    """Return all that the board's actions change, which is what undo has to bring back exactly."""
    return {
        "cards": dict(session.cards),
        "order": session.order,
        "teams": session.teams,
        "withdrawn": dict(session.withdrawn),
        "decisions": dict(session.decisions),
        "notes": session.notes,
        "dissents": session.dissents,
        "parked": session.parked,
        "actions": session.actions,
        "line": session.line,
        "what_ifs": session.what_ifs,
        "next_session": session.next_session,
        "objectives": (session.objectives, session.confirmed_objectives),
        "people": dict(session.people),  # in any order: people who came in between precede those who are taken in again
        "presence": dict(session.presence),
        "decider": session.decider,
        "past": (session.outcomes, session.fates, session.links, session.delivered, session.sponsor_answers, session.leftovers),
        "outcomes": {each.opened.round: (each.outcomes, each.answer) for each in session.rounds if each.outcomes or each.answer},
    }


def person(role: str, side: str, seat: str = "voter") -> Participant:
    """Make a participant whose id is the role in lower case."""
    ident = role.lower().replace(" ", "-")
    return Participant.model_validate({"id": ident, "role": role, "side": side, "seat": seat, "votes": seat in ("voter", "decider")})


PEOPLE = (
    person("COO", "business", "decider"),
    person("CFO", "business"),
    person("VP Sales", "business"),
    person("CIO", "it"),
    person("Architect", "it"),
    person("Guest", "business", "observer"),
    person("PMO Lead", "it", "facilitator"),
)


def bare(titles: str = "A B C D", people: tuple[Participant, ...] = PEOPLE) -> Portfolio:
    """Make a portfolio of cards that have nothing but a title (and an id, which is the same)."""
    return Portfolio(participants=people, projects=tuple(Project(id=title, title=title) for title in titles.split()))


def small() -> Portfolio:
    """Make a portfolio of four complete cards in a quarter that begins on 6 July 2026."""
    names = (("P1", "Checkout", "VP Sales"), ("P2", "Price lists", "COO"), ("P3", "Close faster", "CFO"), ("P4", "Returns", "VP Sales"))
    cards = tuple(
        Project(
            id=card,
            title=title,
            sponsor=sponsor,
            it_partner="Architect",
            benefit=Benefit(text="3% more orders", monthly=9000),
            work=(Work(team="WEB", effort=40),),
            previous_rank=rank,
        )
        for rank, (card, title, sponsor) in enumerate(names, 1)
    )
    return Portfolio(
        name="Small",
        quarter="2026-Q3",
        quarter_start="2026-07-06",
        session_date="2026-06-30",
        teams=(Team(id="WEB", name="Web", people=30), Team(id="MOB", name="Mobile", people=0)),
        participants=PEOPLE,
        projects=cards,
    )


def with_cards(portfolio: Portfolio, **changes: dict[str, Any]) -> Portfolio:
    """Return a portfolio in which some fields of some cards differ, by the card's id."""
    cards = tuple(card.model_copy(update=changes.get(card.id, {})) for card in portfolio.projects)
    return portfolio.model_copy(update={"projects": cards})


def sample() -> Portfolio:
    """Load the sample portfolio that comes with the product."""
    return load_portfolio(SAMPLE / "portfolio.json").portfolio


def lock_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Make every file in a folder as unreachable as in a folder without permission, for root too; return a file in it."""

    def guarded(call: Callable[..., Any]) -> Callable[..., Any]:
        def act(path: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(path, str | os.PathLike) and Path(path).parent == folder:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
            return call(path, *args, **kwargs)

        return act

    for name in ("open", "stat", "lstat"):
        monkeypatch.setattr(os, name, guarded(getattr(os, name)))
    return folder / "file.csv"
