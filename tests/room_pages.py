"""The room as its pages see it: a real one that listens in a thread, in any of the situations that a page can show."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from ballot_rooms import opening
from room_kit import RoomKit
from support import PEOPLE, bare, person, sample

import sessions
from sessions.commands.base import Actor, Command
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession, SetVotingTime, StartPhase
from sessions.commands.proposed_moves import AnswerProposal, ProposeMove
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import OpenTalk
from sessions.portfolio.models import Portfolio
from sessions.record.events import METHODS, Method
from sessions.room.following import Following
from sessions.room.http.server import RoomServer

PATIENCE = 60.0
WEB = Path(sessions.__file__).parent / "room" / "web"
T = TypeVar("T")
Step = Command | Callable[[RoomKit], object]
"""What leads to a situation: a command, or something that happens in the room."""


class PageRoom:
    """A room that is served under a name that is no loopback address, as in a local network. What is done in it is done in its loop."""

    def __init__(self, kit: RoomKit, loop: asyncio.AbstractEventLoop) -> None:
        self.kit = kit
        self.loop = loop
        self.server = RoomServer(kit.room, port=0, names=["room.test"])

    def call(self, act: Callable[[], T]) -> T:
        """Do something in the loop of the room, and return the outcome."""

        async def acted() -> T:
            return act()

        return asyncio.run_coroutine_threadsafe(acted(), self.loop).result(PATIENCE)

    def do(self, *steps: Step) -> None:
        """Take steps, one after the other."""
        for step in steps:
            self.call(lambda step=step: self.kit.session.do(step) if isinstance(step, Command) else step(self.kit))  # type: ignore[misc]

    def link(self, who: str) -> str:
        """Return someone's link: a person, `host`, `watch`, or `asking` for someone who is not let in yet."""
        room = self.kit.room
        tokens: dict[str, Callable[[], str]] = {
            "host": room.facilitator_link, "watch": room.watch_link, "asking": lambda: room.ask(person="vp-sales")[1],
        }  # fmt: skip
        return self.server.link(self.call(tokens.get(who, lambda: room.link(who))), watch=who == "watch")

    @property
    def ballots(self) -> list[Any]:
        """What lies in the urn, in the order in which it came."""
        return list(self.kit.session.urn.ballots.values())


@contextmanager
def page_room(*steps: Step, portfolio: Portfolio | None = None) -> Iterator[PageRoom]:
    """Serve a room in which everybody is present and these steps were taken."""
    kit, loop = RoomKit(portfolio), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    room = PageRoom(kit, loop)
    try:
        asyncio.run_coroutine_threadsafe(room.server.start(), loop).result(PATIENCE)
        room.do(MarkAttendance(presence="present"), *steps)
        yield room
        asyncio.run_coroutine_threadsafe(room.server.stop(), loop).result(PATIENCE)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()


def follow(kind: str, card: str = "") -> Step:
    """Let the facilitator's screen show something."""
    return lambda kit: kit.room.follow(Following(kind, card))  # type: ignore[arg-type]


def ask(*people: str) -> Step:
    """Let people ask to be let in."""
    return lambda kit: [kit.room.ask(person=each) for each in people]


def propose(card: str, rank: int, who: str = "vp-sales") -> Step:
    """Propose a move from a device."""
    return lambda kit: kit.session.live.perform(ProposeMove(card=card, rank=rank, reason="Customers call"), Actor(who, "device"))


def seal(*voices: str) -> list[SealBallot]:
    """Seal the same points for voters; only the ballot of VP Sales differs."""
    return [SealBallot(round=1, voice=each, points={"P02": 20} if each == "vp-sales" else {"P09": 20}) for each in voices]


EVERY_VOICE = tuple(each.id for each in sample().participants if each.votes)
REVEALED: list[Step] = [OpenRound(), *seal(*EVERY_VOICE), RevealBallots(round=1), follow("reveal")]
DECIDING: list[Step] = [StartPhase(phase="decide"), Decide(card="P02", word="start"), follow("decide")]
PROXY = MarkAttendance(people=("cfo",), presence="proxy", proxy="vp-sales")
THREE_SIDES = sample().model_copy(update={"participants": (*PEOPLE, person("Chair", "supervisory board"))})
MANY = bare(" ".join(f"Project-{number}" for number in range(1, 496)), people=PEOPLE)


def vote(method: Method = "points", **more: Any) -> list[Step]:
    """Return the steps to an open round of a method."""
    return [StartPhase(phase="vote"), *opening(method, **more)]


SITUATIONS: dict[str, tuple[str, list[Step]]] = {
    "asking": ("asking", []),
    "asking-twice": ("asking", [ask("vp-sales")]),
    **{form: ("vp-sales", vote(form)) for form in METHODS},
    "scores-of-many": ("vp-sales", vote("score", cards=("P02", "P05", "P06", "P09"))),
    "proxy": ("vp-sales", [PROXY, *vote(until="Tuesday 09:00"), *seal("vp-sales")]),
    "voted": ("vp-sales", [*vote(), *seal("vp-sales")]),
    "voted-both": ("vp-sales", [PROXY, *vote(), *seal("vp-sales", "cfo")]),
    "over": ("vp-sales", [*vote(), SetVotingTime(round=1, over=True)]),
    "no-vote": ("pmo-lead", vote("score")),
    "curtain": ("vp-sales", [lambda kit: kit.room.curtain(drawn=True)]),
    "has-not-begun": ("vp-sales", []),
    "board": ("vp-sales", [StartPhase(phase="cards"), propose("P08", 2), AnswerProposal(proposal=1, accept=True), propose("P09", 5)]),
    "board-it": ("cio", [StartPhase(phase="cards")]),
    "card": ("vp-sales", [follow("card", "P06")]),
    "reveal": ("vp-sales", REVEALED),
    "talk": ("vp-sales", [*REVEALED, OpenTalk(card="P09"), follow("talk", "P09")]),
    "decide": ("vp-sales", DECIDING),
    "decide-card": ("vp-sales", [*DECIDING, follow("decide", "P06")]),
    "decided-card": ("vp-sales", [*DECIDING, follow("decide", "P02")]),
    "line": ("vp-sales", [follow("line")]),
    "closed": ("vp-sales", [CloseSession(leave_undecided=True, override="A test.")]),
    "facilitator": ("host", [*vote(), propose("P09", 5), ask("cio", "cfo"), lambda kit: kit.room.ask(role="Head of Risk", side="it")]),
    "facilitator-waits": ("host", [StartPhase(phase="cards")]),
    "watch-vote": ("watch", vote()),
    "watch-reveal": ("watch", REVEALED),
}
"""Who looks, and the steps to what they see: something for each page that the room can show."""
