"""Two windows on one session of a library on a server: what each sees of the other, and of a server that is away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from nats_server import NatsServer, nats_store, running_library, server_program
from stage import press, said, shown, until, words
from support import FakeClock, bare

from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import DropRound, OpenRound, SealBallot
from sessions.library.library import Library, OpenSession
from sessions.library.taking_over import take_over
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen
from tui.library.screen import HomeScreen

pytest.importorskip("nats", reason="the extra nats is not installed")
pytestmark = [pytest.mark.system, pytest.mark.skipif(server_program() is None, reason="there is no nats-server")]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[NatsServer]:
    with running_library(tmp_path) as started:
        yield started


def window(server: NatsServer, folder: Path, name: str) -> Iterator[Library]:
    with nats_store(server, folder / name, holder=name) as store:
        yield Library(store, FakeClock(), lambda length: f"{abs(hash(name)):032x}"[-length:])


@pytest.fixture
def one(server: NatsServer, tmp_path: Path) -> Iterator[Library]:
    yield from window(server, tmp_path, "the first window")


@pytest.fixture
def other(server: NatsServer, tmp_path: Path) -> Iterator[Library]:
    yield from window(server, tmp_path, "the other window")


def app_on(home: Library, opened: OpenSession) -> QuarterdeckApp:
    def first(app: QuarterdeckApp) -> SessionScreen:
        app.keep_open(opened)
        return SessionScreen(opened)

    app = QuarterdeckApp(home, first)
    app.animation_level = "none"
    return app


async def test_a_server_that_is_away_makes_the_board_read_only_and_comes_back(server: NatsServer, one: Library) -> None:
    opened = one.create(bare(), title="Plan")
    async with app_on(one, opened).run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "J")
        assert opened.live.session.order == ("B", "A", "C", "D")
        server.freeze()
        await press(pilot, "J")
        assert "did not answer" in said(pilot)
        await until(pilot, lambda: "read-only" in shown(pilot))
        await press(pilot, "K")
        assert opened.live.session.order == ("B", "A", "C", "D")
        server.thaw()
        await until(pilot, lambda: "answers again" in said(pilot) and "saved #" in shown(pilot))
        await until(pilot, lambda: not opened.handle.has_news())
        before = opened.live.session.order  # with the move that was on its way, or without it
        await press(pilot, "home", "J")
        assert opened.live.session.order != before
        assert one.check(opened.ref).whole
        assert len(opened.live.recordeds) == one.check(opened.ref).records


async def test_home_offers_to_read_along_or_to_take_over(server: NatsServer, one: Library, other: Library) -> None:
    with one.create(bare(), title="Plan") as leading:
        leading.live.perform(MarkAttendance(presence="present"))
        leading.live.perform(OpenRound())
        leading.live.perform(SealBallot(round=1, voice="coo", points={"A": 30}))
        with other.open(leading.ref, read_only=True) as reading:
            assert not [notice for notice in reading.notices if "revealed" in notice]
        app = QuarterdeckApp(other, lambda _: HomeScreen())
        app.animation_level = "none"
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await press(pilot, "enter")
            assert "led from the first window" in words(pilot)
            await press(pilot, "2")
            assert "reveal or cancel it there first" in said(pilot)
            leading.live.perform(DropRound(round=1, reason="later"))
            await press(pilot, "enter", "2")
            await until(pilot, lambda: "saved #" in shown(pilot))
            assert [each.handle.reason for each in app.open_sessions] == [""]


async def test_who_reads_sees_what_the_leader_does_and_takes_over_in_the_open(server: NatsServer, one: Library, other: Library) -> None:
    leading = one.create(bare(), title="Plan")
    reading = other.open(leading.ref, read_only=True)
    async with app_on(other, reading).run_test(size=(120, 40), notifications=True) as pilot:
        assert "read-only" in shown(pilot)
        async with app_on(one, leading).run_test(size=(120, 40), notifications=True) as leader:
            await press(leader, "J")
            await until(pilot, lambda: reading.live.session.order == ("B", "A", "C", "D"))
            await until(pilot, lambda: "▼ from 1" in shown(pilot))
            server.freeze()
            await until(pilot, lambda: "cannot be reached" in said(pilot))
            server.thaw()
            await until(pilot, lambda: "answers again" in said(pilot))
            with take_over(other, leading.ref) as taken:
                await until(leader, lambda: "taken over" in said(leader))
                assert "read-only" in shown(leader)
                await press(leader, "J")
                assert [each.event.kind for each in taken.live.recordeds] == ["session_opened", "card_moved", "session_taken_over"]
