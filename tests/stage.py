"""The base for tests of the screens: the app with one screen over a session in memory, and what it shows.

Imported as `stage`, as `support` is.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from disk import DiskLibrary
from support import Room, sample
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from sessions.commands.base import Command
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.imports.ballots.values import ABSTAIN
from sessions.library.library import Library, OpenSession
from sessions.portfolio.models import Portfolio
from sessions.sample import sample_ballots
from sessions.sample.demo import ScriptClock
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen
from tui.environment import token
from tui.library.new_session import NewSessionScreen

HOSTILE = "[/] [red]x[/red] [@click=app.quit]go[/] \x1b[31mred\x1b[0m \u202eevil"


PATIENCE = 60.0
S = TypeVar("S", bound=Screen[Any])


class Floor(Screen[None]):
    """An empty screen under the one that is tested, as the board is in a session."""


def disk_library(folder: Path) -> DiskLibrary:
    """Return a library in a folder, on the morning of the sample session."""
    return DiskLibrary(folder / "library", ScriptClock(datetime(2026, 6, 30, 9, 0, tzinfo=UTC)), token)


@asynccontextmanager
async def running(library: Library, screen: Screen[Any], size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[None]]:
    """Run the app over a library, with this screen first."""
    app = QuarterdeckApp(library, lambda _: screen)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield pilot


@asynccontextmanager
async def on_stage(screen: Screen[Any], size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[None]]:
    """Show a screen over an empty one."""
    async with running(cast("Library", None), Floor(), size) as pilot:
        await pilot.app.push_screen(screen)
        await pilot.pause()
        yield pilot


@asynccontextmanager
async def on_board(
    folder: Path, portfolio: Portfolio, *commands: Command, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[None], OpenSession]]:
    """Show the board of a session in a folder, in which these commands were performed."""
    library = disk_library(folder)
    with library.create(portfolio, title="Larkfield Supply") as opened:
        for command in commands:
            opened.live.perform(command)
        async with running(library, SessionScreen(opened), size) as pilot:
            yield pilot, opened


async def answer_of(screen: Screen[Any], act: Callable[[Pilot[None]], Any], size: tuple[int, int] = (120, 40)) -> list[Any]:
    """Show a dialog, act on it, and return its answers: one, or none while it is still open."""
    answers: list[Any] = []
    async with running(cast("Library", None), Floor(), size) as pilot:
        await pilot.app.push_screen(screen, answers.append)
        await pilot.pause()
        await act(pilot)
        await pilot.pause()
    return answers


def screen_of(pilot: Pilot[None], kind: type[S]) -> S:
    """Return the screen in front, which must be of a kind."""
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    return screen


def strips(app: App[Any]) -> list[Strip]:
    """Return the screen as it is drawn, line by line."""
    return app.screen._compositor.render_strips()


def shown(pilot: Pilot[None]) -> str:
    """Return the screen's text, line by line."""
    return "\n".join(strip.text.rstrip() for strip in strips(pilot.app))


def words(pilot: Pilot[None]) -> str:
    """Return the screen's words in one line, however they were wrapped."""
    return " ".join(shown(pilot).replace("▌", " ").split())


def frame(pilot: Pilot[None]) -> str:
    """Return the whole picture of the screen, colours included."""
    return pilot.app.export_screenshot(simplify=True)


def said(pilot: Pilot[None]) -> str:
    """Return the messages that were shown over the screen."""
    return "\n".join(note.message for note in pilot.app._notifications)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, one after the other, each when the one before has been handled."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait until something has happened that takes its time."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await pilot.pause(0.01)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the files that the app reads beside the keys are read, and a session is begun with them."""
    for _ in range(2):
        await pilot.pause()
        names = ("read", "action_change", "_ask_and_begin")
        await pilot.app.workers.wait_for_complete(worker for worker in pilot.app.workers if worker.name in names)
    await pilot.pause()


@asynccontextmanager
async def beginning(library: Library, *given: Any, size: tuple[int, int] = (120, 40), **more: Any) -> AsyncIterator[Pilot[None]]:
    """Show the form of a new session, once it has read its files."""
    async with running(library, NewSessionScreen(*given, **more), size) as pilot:
        await settle(pilot)
        yield pilot


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type a text, key by key."""
    for character in text:
        await pilot.press(character)


def voting_room(**rules: Any) -> Room:
    """Return the sample session with everybody present and a ballot open."""
    room = Room(sample(), title="Q3").everybody()
    room.do(OpenRound(**rules))
    return room


def played_ballot(**rules: Any) -> list[Command]:
    """Return the commands of the sample's ballot, from its opening to its reveal."""
    ballots = sample_ballots().ballots.items()
    seals = [SealBallot(round=1, voice=voice, points=None if given is ABSTAIN else given) for voice, given in ballots]
    return [OpenRound(**rules), *seals, RevealBallots(round=1)]


def revealed_room(**rules: Any) -> Room:
    """Return the sample session after the reveal of its first ballot."""
    room = Room(sample(), title="Q3").everybody()
    room.do(*played_ballot(**rules))
    return room
