"""The facilitator's side of the room: how people are invited and let in. The server is a fake without a socket."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from stage import HOSTILE, frame, on_board, press, said, screen_of, shown, type_text, until, words
from support import Room, bare, person, sample
from textual.pilot import Pilot

from sessions.commands.base import Actor
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.rounds import OpenRound, SealBallot
from sessions.library.library import OpenSession
from sessions.portfolio.models import Portfolio
from sessions.room.networks import Address
from sessions.room.refused import RoomError
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen
from tui.host.shared import RoomOptions
from tui.room import hosting
from tui.room.panel import Joining, joining_picture
from tui.room.screen import JoinScreen
from tui.spotlight.screen import SpotlightScreen
from tui.talk.screen import TalkScreen
from tui.widgets.lines import cells_of

LAN = [Address("192.168.1.20", "wlan0", True), Address("10.0.0.7", "eth0", True)]
EVERYBODY = MarkAttendance(presence="present")


class StandIn:
    """A server that listens nowhere; a port of 80 is refused."""

    running: list[str] = []  # noqa: RUF012 - emptied by each test

    def __init__(self, _room: Any, host: str, port: int | None, *, names: list[str], tls: object, public_url: str) -> None:
        self.port, self.reached = port or 8420, False
        self.host = host
        self.url = public_url or f"http://{names[0] if names else host}:{self.port}"

    def announce(self, url: str) -> None:
        self.url = url

    def link(self, token: str) -> str:
        return f"{self.url}/#{token}"

    async def start(self) -> None:
        if self.host == "10.0.0.7":
            raise RoomError("port", "Port 8420 is in use: name another one with --port.")
        self.running.append(self.host)

    async def stop(self) -> None:
        self.running.remove(self.host)


@pytest.fixture(autouse=True)
def _no_sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    StandIn.running.clear()
    monkeypatch.setattr(hosting, "RoomServer", StandIn)
    monkeypatch.setattr(hosting, "addresses", lambda: LAN)
    yield
    assert not StandIn.running, "the room ends with the app"


@asynccontextmanager
async def leading(
    folder: Path, *commands: Any, portfolio: Portfolio | None = None, **options: Any
) -> AsyncIterator[tuple[Pilot[None], OpenSession, QuarterdeckApp]]:
    """Show the board of a session that could be joined."""
    async with on_board(folder, portfolio or sample(), *commands, **options) as (pilot, opened):
        app = pilot.app
        assert isinstance(app, QuarterdeckApp)
        app.keep_open(opened)
        yield pilot, opened, app


@asynccontextmanager
async def inviting(folder: Path, *commands: Any, **options: Any) -> AsyncIterator[tuple[Pilot[None], OpenSession, hosting.OpenRoom]]:
    """Show the panel of a room that is open on a network, over the board."""
    async with leading(folder, *commands, **options) as (pilot, opened, app):
        await press(pilot, "I", "tab")
        assert isinstance(app.shared, hosting.OpenRoom)
        yield pilot, opened, app.shared


async def test_a_closed_session_invites_to_the_partnership_until_the_next_one_is_closed(tmp_path: Path) -> None:
    closing = CloseSession(leave_undecided=True, override="late")
    async with inviting(tmp_path, EVERYBODY, closing) as (pilot, opened, shared):
        shared.room.ask(person="cfo")
        await press(pilot, "enter", "escape", "ctrl+e", "enter")
        assert opened.live.session.open_round
        assert "0 of 11 have answered" in words(pilot)
    async with leading(tmp_path / "next", closing) as (pilot, opened, app):
        opened.live.followed = True
        await press(pilot, "I")
        assert "so is the next one: no one can join" in words(pilot)
        assert app.shared is None


async def test_nothing_listens_to_a_network_until_one_is_chosen(tmp_path: Path) -> None:
    async with leading(tmp_path) as (pilot, _, app):
        await press(pilot, "I")
        assert StandIn.running == ["127.0.0.1"]
        for told in ("Choose the one that the phones are on.", "tab  wlan0 192.168.1.20", "Until then only this computer opens 127.0.0.1:8420"):
            assert told in shown(pilot)
        await press(pilot, "tab")
        assert StandIn.running == ["192.168.1.20"]
        for told in ("or type 192.168.1.20:8420", "wlan0 192.168.1.20", "No phone has reached this address yet.", "The page is plain HTTP"):
            assert told in words(pilot)
        app.shared._since -= 60  # type: ignore[union-attr]
        screen_of(pilot, JoinScreen).tick()
        assert "Ways out: a phone's hotspot, a public address (e), or vote at this keyboard." in words(pilot)
        await press(pilot, "y")
        assert pilot.app.clipboard == "http://192.168.1.20:8420/"
        await press(pilot, "tab")
        assert StandIn.running == []
        assert "Port 8420 is in use: name another one with --port." in words(pilot)
        await press(pilot, "tab", "I")
        assert StandIn.running == ["127.0.0.1"]
        screen_of(pilot, SessionScreen)


async def test_who_asks_is_let_in_or_turned_away_by_one_key(tmp_path: Path) -> None:
    async with inviting(tmp_path) as (pilot, opened, shared):
        room, people = shared.room, opened.live.session.people
        await press(pilot, "enter", "A", "backspace", "escape")
        room.ask(person="vp-sales")
        await until(pilot, lambda: "VP Sales asks to join → I" in words(pilot))  # the board says so, and covers no key
        await pilot.resize_terminal(80, 20)
        await pilot.pause()
        assert "VP Sales asks to join → I" in shown(pilot).splitlines()[0], "a low window too"
        await pilot.resize_terminal(120, 40)
        room.ask(person="cio")
        room.ask(role="Head of Legal", side="business")
        await press(pilot, "I")
        assert "VP Sales asks to join and 2 more enter let in A all ⌫ no" in words(pilot)
        await press(pilot, "enter")
        assert opened.live.session.presence["vp-sales"] == "present"
        assert "VP Sales joined" in words(pilot)
        await press(pilot, "backspace")
        assert [row.state for row in room.rows()] == ["in", "asking"]
        room.ask(person="coo")
        await press(pilot, "A")
        assert [row.role for row in room.rows() if row.state == "in"] == ["VP Sales", "Head of Legal", "COO"]
        assert len(opened.live.session.people) == len(people) + 1
        await press(pilot, "escape")
        assert "asks to join" not in words(pilot)


async def test_two_who_ask_for_one_role_are_told_apart_and_a_crowd_is_turned_away(tmp_path: Path) -> None:
    async with inviting(tmp_path) as (pilot, _, shared):
        for person in ("vp-sales", "vp-sales", "cio"):
            shared.room.ask(person=person)
        await press(pilot, "A")
        assert "Several ask as VP Sales: ask for the number on the phone, and let that one in." in said(pilot)
        assert "VP Sales (number 1) asks to join and 1 more" in words(pilot)
        assert "Several ask for one role: phones show numbers." in words(pilot)
        await press(pilot, "W")
        assert "Turn away all 2 who ask?" in words(pilot)
        await press(pilot, "escape")
        assert len(shared.asking) == 2
        await press(pilot, "W", "W")
        assert shared.asking == []


@pytest.mark.system
@pytest.mark.promise("room-R25")
async def test_the_room_is_changed_while_it_runs(tmp_path: Path) -> None:
    async with inviting(tmp_path) as (pilot, opened, shared):
        seat, token = shared.room.ask(person="vp-sales")
        await press(pilot, "enter")

        async def change(*words_and_keys: str) -> None:
            await press(pilot, "e")
            for each in words_and_keys:
                await (press(pilot, each) if each in ("enter", "escape") else type_text(pilot, each))

        await change("lock", "enter")
        assert shared.room.locked
        assert "The room is locked: no one else can ask." in words(pilot)
        await change("unlock", "enter")
        assert not shared.room.locked
        await change("move cards", "enter", "VP Sales", "enter", "CIO", "enter", "VP Sales", "enter", "escape")
        assert opened.live.session.free_movers == ("cio",)
        await change("new link", "enter", "VP Sales", "enter")
        assert shared.room.seats.of_token(token) is None
        assert shared.room.seats.of_token(pilot.app.clipboard.partition("#")[2]).person == "vp-sales"  # type: ignore[union-attr]
        await change("public", "enter", "https://[example", "enter")
        assert "Write the whole address" in words(pilot)
        await press(pilot, "escape")
        await change("public", "enter", "https://example.org", "enter")
        assert "or type example.org" in words(pilot)
        assert "plain HTTP" not in words(pilot)
        await change("send someone out", "enter", "VP Sales", "enter")
        assert shared.room.seats.get(seat.id).state == "out"  # type: ignore[union-attr]
        link = shared.room.link("cio")
        await change("end the room", "enter")
        assert shared.room.seats.of_token(link) is None
        assert not StandIn.running
        assert pilot.app.shared is None  # type: ignore[attr-defined]
        screen_of(pilot, SessionScreen)
        await press(pilot, "I")
        assert "Which network?" in words(pilot) or "tab wlan0" in words(pilot)


async def test_pages_follow_the_screen_and_the_curtain_covers_them(tmp_path: Path) -> None:
    async with inviting(tmp_path, EVERYBODY) as (pilot, opened, shared):
        await press(pilot, "escape")
        seen = []
        for phase in ("open", "cards", "vote"):
            opened.live.perform(StartPhase(phase=phase))
            await pilot.pause()
            if phase == "cards":
                await press(pilot, "asterisk", "right")
                assert shared.room.following == ("card", screen_of(pilot, SpotlightScreen)._card)
                await press(pilot, "escape")
            seen.append(shared.room.following)
        assert [each.kind for each in seen] == ["board", "card", "vote"]
        assert seen[1].card in opened.live.session.cards
        await press(pilot, "tab", "i")
        screen_of(pilot, TalkScreen)
        await pilot.pause()
        next(each for each in pilot.app.screen_stack if isinstance(each, SessionScreen)).show_top()  # as the clock does in the background
        assert shared.room.following.kind == "talk"
        await press(pilot, "escape", "m")
        assert shared.room.following.kind == "vote", "people are the facilitator's own business"
        await press(pilot, "C")
        assert shared.room.curtained
        await press(pilot, "x")
        assert not shared.room.curtained


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (200, 60)])
async def test_the_vote_and_the_projector_show_how_to_join(tmp_path: Path, size: tuple[int, int]) -> None:
    async with inviting(tmp_path, EVERYBODY, StartPhase(phase="vote"), OpenRound(), size=size) as (pilot, _, _shared):
        await press(pilot, "I")
        for keys in ((), ("asterisk",), ("asterisk", "I", "asterisk")):
            await press(pilot, *keys)
            assert "192.168.1.20:8420" in words(pilot)
            assert ("▄▄" in shown(pilot) and "or type" in words(pilot)) is (size != (80, 24))


async def test_where_people_vote_on_devices_the_screen_tells_how_many_and_not_who(tmp_path: Path) -> None:
    async with inviting(tmp_path, EVERYBODY, StartPhase(phase="vote"), OpenRound()) as (pilot, opened, shared):
        shared.room.link("cio")  # no one has opened it
        shared.room.ask(person="cfo")
        await press(pilot, "enter", "escape", "v")
        assert "CIO on a device" not in words(pilot)
        before = words(pilot)
        assert "CFO on a device" in before
        opened.live.perform(SealBallot(round=1, voice="cfo", points={"P01": 1}), Actor("cfo", "device"))
        await until(pilot, lambda: "1 of 11 has voted" in words(pilot))
        assert "CFO on a device" in words(pilot)
        assert "● has voted" not in words(pilot)
        assert "○ to vote" not in words(pilot)
        await press(pilot, "m")
        assert "10 of 11 voters to vote" in words(pilot)


async def test_who_listens_everywhere_gives_people_the_likeliest_address(tmp_path: Path) -> None:
    async with leading(tmp_path, portfolio=bare()) as (pilot, _, app):
        app.room_options = RoomOptions(bind="0.0.0.0", port=9000)
        await press(pilot, "I")
        assert "or type 192.168.1.20:9000" in words(pilot)


async def test_a_session_that_takes_nobody_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tui.room.hosting", None)
    async with leading(tmp_path, portfolio=bare()) as (pilot, *_):
        await press(pilot, "I")
        assert "install it with pip install 'quarterdeck[room]'" in said(pilot)
        screen_of(pilot, SessionScreen)


@pytest.mark.parametrize("link", ["http://192.168.1.20:8420/", "https://random-words-of-four-more.trycloudflare.com/", ""])
def test_the_panel_fits_every_window(link: str) -> None:
    crowd = tuple(person(f"Person Number {number}", "business" if number % 2 else "it") for number in range(60))
    notes = ("No phone has reached this address yet.", "The page is plain HTTP: anyone on this network could read it. Use one you trust.")
    joining = Joining(link=link, address=link[8:-1], network="wlan0", networks=(HOSTILE,), asking=(HOSTILE, "CIO"), notes=notes, locked=True)
    for room in (Room(bare(people=crowd)).everybody(), Room(bare(people=()))):
        for width, height in product((40, 57, 80, 200), (8, 20, 40)):
            drawn = joining_picture(room.session, joining, width, height)
            assert len(drawn) <= height
            assert max(map(cells_of, drawn)) <= width, (width, height)


@pytest.mark.system
@pytest.mark.skipif(not (shutil.which("zbarimg") and shutil.which("chromium")), reason="needs zbarimg and chromium")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_camera_reads_the_square(tmp_path: Path, size: tuple[int, int]) -> None:
    async with inviting(tmp_path, size=size) as (pilot, *_):
        picture, seen = tmp_path / "screen.svg", tmp_path / "screen.png"
        picture.write_text(frame(pilot), encoding="utf-8")
    browser = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1500,1040"]
    subprocess.run([*browser, f"--screenshot={seen}", str(picture)], check=True, capture_output=True, timeout=60)
    read = subprocess.run(["zbarimg", "-q", "--raw", str(seen)], check=False, capture_output=True, text=True, timeout=60)
    assert read.stdout.strip() == "http://192.168.1.20:8420/"
