"""Every screen, and everything that a key opens on it, over a session in which every text is hostile.

Nothing crashes, no text is parsed, no click runs what a text says, and no control character reaches a strip. A new screen is covered by one
line in WALKS; a new action of the registry is covered as soon as it is in there.
"""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import earlier_quarter
import pytest
from disk import DiskLibrary
from hostile import CORPUS, Poison, loud, poisoned, screens, unlike, write_session
from joined_kit import joining
from larkfield import meeting
from room_kit import RoomKit
from series import sample_room
from stage import beginning, disk_library, press, strips, voting_room
from support import FakeClock, ListLog, Room, bare
from textual.app import App
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widgets import Input

from sessions.commands.phases import StartPhase
from sessions.commands.rounds import SealBallot
from sessions.live.session import LiveSession
from sessions.room.following import Following
from sessions.room.view import audience_state
from sessions.store.memory import MemoryUrn
from tui.app.app import QuarterdeckApp
from tui.host.actions import actions_at
from tui.joined.app import JoinedApp
from tui.joined.asking import Sorry
from tui.joined.watching import WatchScreen
from tui.library.screen import HomeScreen

pytestmark = pytest.mark.system

Pilots = Pilot[None]


@dataclass
class Walker:
    """Looks at everything on the screen, and remembers what was wrong with it."""

    pilot: Pilots
    poison: Poison
    wrong: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def app(self) -> App[Any]:
        return self.pilot.app

    async def look(self, where: str) -> None:
        """Judge every strip: its characters, what a click on it would run, and what it makes of hostile texts; every line to type in has an end."""
        await self.pilot.pause()
        where = f"{where} ({type(self.app.screen).__name__})"
        drawn = strips(self.app)
        found = {character for strip in drawn for segment in strip for character in loud(segment.text)}
        self.wrong += [f"{where}: {', '.join(sorted(found))} in a strip"] if found else []
        metas = [str(segment.style.meta) for strip in drawn for segment in strip if segment.style and segment.style.meta]
        self.wrong += [f"{where}: a click runs {meta}" for meta in metas if "evil" in meta or "@click" in meta]
        self.wrong += [f"{where}: {line!r} has no end" for line in self.app.screen.query(Input) if not line.max_length]
        number, wrong = unlike((strip.text for strip in drawn), self.poison)
        self.wrong += [f"{where}: {each}" for each in wrong]
        self.seen[where] = max(number, self.seen.get(where, 0))

    def judge(self, meets: str, *, wordless: bool = False) -> None:
        """Check that nothing was wrong, and that hostile texts were shown on all the screens that should be met."""
        assert "\n".join(self.wrong) == ""
        assert wordless or sum(self.seen.values()) > 0, "no hostile text is shown: the walk does not come to its screen"
        assert set(meets.split()) <= {where.rpartition("(")[2][:-1] for where in self.seen}

    async def click_a_text(self) -> None:
        """Click on the first hostile text on the screen, right behind its marker."""
        for y, strip in enumerate(strips(self.app)):
            at = strip.text.find("ZQ")
            if at >= 0:
                for step in (8, 14):
                    x = Strip.join([strip]).crop(0, at).cell_length + step
                    if x < self.app.size.width:
                        await self.pilot.click(offset=Offset(x, y))
                return

    async def back(self, screen: Screen[Any], again: str) -> Screen[Any]:
        """Leave everything above a screen; if the screen is gone, because something was answered, open it again by a key."""
        gone = screen not in self.app.screen_stack
        while self.app.screen is not screen and isinstance(self.app.screen, ModalScreen if gone else Screen):
            await self.app.screen.dismiss(None)
            await self.pilot.pause()
        if gone:
            await self.pilot.press(again)
            await self.pilot.pause()
        return self.app.screen


@dataclass(frozen=True)
class Walk:
    """A screen: the keys by which to come to it from the library's screen, and keys that are pressed on it, one by one, besides its actions."""

    name: str
    open: str
    meets: str = ""
    """The screens and dialogs that are met with every one of its actions."""
    room: str = "met"
    """Which session: one before its end ("met"), one with a ballot open ("voting"), one with another behind it, one closed, one of titles."""
    besides: str = ""
    size: tuple[int, int] = (120, 40)
    without: str = ""
    """Actions to skip: what they do is walked elsewhere."""
    acts: bool = True
    """Whether every action of the screen is walked too."""
    wordless: bool = False
    """Whether the screen itself shows no text of a user."""


SLOW = "play cheaper back quit"
"""Actions that continue by themselves, or leave."""
BOARD_ONCE = (
    "plan what_if people ballots reveal summary talk consent history spotlight objectives invite story trend changed pulse partnership"
)
"""Screens that have a walk of their own."""
AT_HOME = "replay_session read_summary summary open_session demo trend"
"""What the library opens and another walk visits."""

WALKS = (
    Walk("library", "", meets="HomeScreen NewSessionScreen", besides="j k ctrl+p", without=AT_HOME),
    Walk(
        "board",
        "enter",
        meets="Ask CardForm CardView Confirm Curtain DeliveryForm FindCard Form Help ReadingForm SessionScreen WhyDialog WorkForm",
        besides="tab minus minus equals_sign equals_sign j 1 escape ctrl+r enter ctrl+r escape tab ctrl+p",
        without=BOARD_ONCE,
    ),
    Walk("board, one row a card", "enter minus minus", besides="j " * 6, size=(80, 24), acts=False),
    Walk("board, narrow", "enter tab", besides="j minus j w escape d escape e", size=(60, 20), acts=False),
    Walk("decisions", "enter escape tab", meets="AcceptDialog DecideDialog", room="voting", besides="D j space escape d", acts=False),
    Walk("the line", "enter", meets="LineDialog", room="titles", besides="L 3 enter j", acts=False),
    Walk("people", "enter m", meets="AddPeopleForm Palette PeopleFile PeopleScreen PersonForm", besides="j j ctrl+p escape"),
    # Its sealed ballots are missing, and the app offers to cancel it.
    Walk("ballot", "enter escape v", meets="BallotScreen PrivateView SecretBallot", room="voting", besides="j j enter ctrl+t x escape"),
    Walk("no ballot", "enter v", meets="OpenBallot", wordless=True),
    Walk("reveal", "enter r", meets="RevealScreen", besides="j j"),
    Walk("plan", "enter P", meets="PlanScreen TeamForm", besides="j j tab j"),
    Walk("what if", "enter tab x", meets="WhatIfScreen", besides="J plus escape j 3 escape"),
    Walk("what-ifs", "enter tab x J l A enter tab", meets="CompareScreen", besides="right j v escape escape enter escape"),
    Walk("replay", "r", meets="ReplayScreen", besides="right " * 5 + "shift+right " * 12, size=(120, 30)),
    Walk("summary", "s", meets="SummaryScreen", besides="pagedown e escape enter", acts=False),
    Walk("talk", "enter tab i", meets="CardHands FigureHands TalkScreen", besides="down up enter escape 3 enter enter escape escape"),
    Walk("consent", "enter tab c", meets="AskAnonymity ConsentScreen"),
    Walk("history", "enter H", meets="HistoryScreen", besides="j j enter escape G"),
    Walk("story", "enter full_stop", meets="StoryScreen", room="followed", besides="j right left"),
    Walk("trend", "t", meets="TrendScreen", room="closed", besides="j percent_sign"),
    Walk("trend in a session", "enter ctrl+t", meets="SessionTrendScreen", besides="j percent_sign"),
    Walk("two questions", "enter ctrl+o", meets="PulseScreen QuestionHands", besides="h 3 escape", wordless=True),
    Walk("partnership", "enter ctrl+e", meets="PartnershipScreen", besides="e escape", wordless=True),
    Walk("objectives", "enter z", meets="ObjectivesScreen", besides="j K"),
    Walk("changed", "enter semicolon", meets="ChangedScreen Choose", room="follows", besides="enter enter j G k"),
    Walk("look back", "enter comma", meets="AskCause LookBackScreen", room="followed", besides="j 2 escape j j"),
    # Another network would let others in while it is walked.
    Walk("people join", "enter I", meets="JoinScreen", besides="e down enter escape e escape", without="network"),
    Walk("projector", "enter asterisk", meets="SpotlightScreen", besides="right left"),
    Walk("closed", "enter", room="closed", besides="j d escape", acts=False),
)
"""Every screen. A new one is a line here."""


A_SEAT, AN_AUDIENCE, COLUMNS = "JoinedScreen OwnBallot Sorry Who", "WatchScreen", "ColumnsScreen"
"""What is met elsewhere."""


@pytest.mark.promise("text-H2")
def test_every_screen_is_met() -> None:
    all_of_them = screens()
    parents = {parent for screen in all_of_them for parent in screen.__mro__[1:]}
    met = set(" ".join([*(walk.meets for walk in WALKS), A_SEAT, AN_AUDIENCE, COLUMNS]).split())
    assert {screen.__name__ for screen in all_of_them if screen not in parents} <= met <= {screen.__name__ for screen in all_of_them}


def room_of(name: str) -> Room:
    """Return a session to make hostile."""
    if name == "voting":
        room = voting_room()
        room.do(StartPhase(phase="vote"), SealBallot(round=1, voice="coo", points={"P02": 25}))
        return room
    if name == "follows":
        return earlier_quarter.room()
    if name == "followed":
        return sample_room()
    return Room(bare()) if name == "titles" else meeting(close=name == "closed")


@pytest.fixture(autouse=True)
def _nothing_obeys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Return to the apps an action that hostile texts name: it must never be run."""
    ran: list[object] = []
    monkeypatch.setattr(App, "action_evil", lambda _, *given: ran.append(given), raising=False)
    yield
    assert ran == []


@asynccontextmanager
async def walking(walk: Walk, folder: Path, turn: int) -> AsyncIterator[Walker]:
    """Show the library with one hostile session."""
    poison = Poison(turn)
    write_session(folder / "library" / "session.json", poisoned(room_of(walk.room).log.records, poison))
    app = QuarterdeckApp(DiskLibrary(folder / "library", FakeClock(), lambda length: "0" * length), lambda _: HomeScreen())
    app.animation_level = "none"
    async with app.run_test(size=walk.size, notifications=True) as pilot:
        await pilot.pause()
        yield Walker(pilot, poison)


TURNS = [pytest.param(0, id="first"), pytest.param(1, id="second"), pytest.param(2, id="third", marks=pytest.mark.slow)]
"""The place of each hostile text. The actions are walked in the first turn, and in the last, long one."""


@pytest.mark.promise("text-H2")
@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_every_text_of_every_screen_may_be_hostile(walk: Walk, turn: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a summary is written to the current folder
    async with walking(walk, tmp_path, turn) as walker:
        await press(walker.pilot, *walk.open.split())
        await walker.look("opened")
        base = walker.app.screen
        for key in walk.besides.split():
            await walker.pilot.press(key)
            await walker.look(key)
        again = walk.open.rpartition(" ")[2]
        base = await walker.back(base, again)
        for action in actions_at(*getattr(base, "PLACES", ()), "everywhere") if walk.acts and turn != 1 else []:
            if action.name in f"{SLOW} {walk.without}".split() or not base.check_action(action.name, ()):
                continue
            await walker.pilot.press(action.keys.split(",")[0])
            await walker.look(action.id)
            if walker.app.screen is not base:
                await walker.click_a_text()
                await walker.look(f"{action.id}, clicked")
            base = await walker.back(base, again)
        await walker.click_a_text()
        await walker.look("clicked")
        walker.judge(walk.meets if turn != 1 else "", wordless=walk.wordless)


@pytest.mark.promise("text-H2")
@pytest.mark.parametrize("turn", TURNS)
async def test_every_text_that_a_seat_gets_may_be_hostile(turn: int) -> None:
    poison, kit = Poison(turn), RoomKit()
    recordeds = poisoned(room_of("voting").log.records, poison)
    kit.session.live = LiveSession(recordeds, ListLog([each.as_record() for each in recordeds]), MemoryUrn(), kit.session.clock)
    kit.open()
    voter = next(person for person in kit.session.session.people.values() if person.votes)
    token = kit.room.link(voter.id)
    async with joining(kit) as joined:
        await joined.at("Who")
        walker = Walker(joined.pilot, poison)
        await walker.look("who")
        joined.pilot.app.screen.query_one("#typed", Input).value = f"{joined.server.url}#{token}"
        await joined.press("enter")
        await joined.shows("Your ballot is")
        await walker.look("voting")
        for keys in ("enter", "escape", "at", "enter", "escape", "question_mark", "escape"):
            await joined.press(keys)
            await walker.look(keys)
        for kind in ("card", "talk", "decide", "board"):
            kit.room.follow(Following(kind, kit.session.session.order[0]))
            await walker.look(kind)
        await joined.pilot.app.push_screen(Sorry(voter.role))
        await walker.look("sorry")
    walker.judge(A_SEAT)


@pytest.mark.promise("text-H2")
@pytest.mark.parametrize("room", ["voting", "met", "closed"])
async def test_every_text_that_an_audience_sees_may_be_hostile(room: str) -> None:
    poison = Poison(0)
    recordeds = poisoned(room_of(room).log.records, poison)
    live = LiveSession(recordeds, ListLog([each.as_record() for each in recordeds]), MemoryUrn(), FakeClock())
    watched: Any = SimpleNamespace(problem="", state=lambda: audience_state(live), has_news=lambda: False)
    app = JoinedApp(WatchScreen(watched), "quarterdeck watch last")
    async with app.run_test(size=(120, 40)) as pilot:
        walker = Walker(pilot, poison)
        await walker.look("watching")
        await walker.click_a_text()
        await walker.look("clicked")
    walker.judge(AN_AUDIENCE)


@pytest.mark.promise("text-H2")
async def test_every_column_of_a_file_may_be_hostile(tmp_path: Path) -> None:
    poison = Poison(0)
    file = tmp_path / "[@click=app.evil]cards.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        texts = [text for text in CORPUS if not any(character < " " for character in text)]  # no text file holds these
        csv.writer(opened).writerows([["column", *texts], *[[f"ZQ {number}", *texts] for number in range(3)]])
    async with beginning(disk_library(tmp_path), file) as pilot:
        walker = Walker(pilot, poison)
        for keys in (("f3",), ("enter",), ("t", "i", "t", "l", "e", "enter"), *[("down",)] * 20, ("enter",), ("escape",)):
            await pilot.press(*keys)
            await walker.look(" ".join(keys))
        await walker.click_a_text()
        await walker.look("clicked")
        await pilot.press("escape")
        await walker.look("back")
    walker.judge(COLUMNS, wordless=True)
