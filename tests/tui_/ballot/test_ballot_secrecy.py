"""Swap two voters' ballots, and nothing outside the urn and the seals differs before the reveal: every line of the screen with its
colours, the window's title, the messages, what is logged and what is recorded; for every method and every way in.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from ballot_rooms import room_for
from stage import on_stage, press, said, strips
from support import Room
from textual._log import LogGroup
from textual.pilot import Pilot
from textual.widgets import Input

from sessions.record.events import METHODS, Method
from tui.ballot.screen import BallotScreen
from tui.ballot.secret_entry import SecretBallot, SecretLine
from tui.voting.methods.registry import view_of

TYPED: dict[Method, tuple[str, str]] = {
    "points": ("1 25, 2 25, 3 25, 4 25", "3 1"),
    "ranking": ("3 1=4 2", "none"),
    "approval": ("1 2 3 4", "3"),
    "score": ("0", "-"),
    "duel": ("3", "2"),
    "consent": ("0 the three stores would have to close", "5"),
    "pulse": ("5 1", "23"),
    "partnership": ("4 4 4 4 4 4", "123412"),
}
REASONS = ("", "1 it is late")
"""What is typed after the choice, if the method takes a line of reason."""
METHOD = [pytest.param(method, marks=() if method in ("points", "consent") else pytest.mark.system) for method in METHODS]


def drawn(pilot: Pilot[None]) -> list[tuple[str, str]]:
    """Return every line of the screen, text and style."""
    return [(segment.text, str(segment.style)) for strip in strips(pilot.app) for segment in strip]


class Watched:
    """Everything that someone without the urn could see while ballots are entered."""

    def __init__(self) -> None:
        self.pictures: list[object] = []
        self.logged: list[str] = []

    def look(self, pilot: Pilot[None]) -> None:
        """Take a picture of the screen, the title and the messages."""
        picture = (drawn(pilot), pilot.app.title, pilot.app.sub_title, pilot.app.screen.title, said(pilot))
        if not self.pictures or self.pictures[-1] != picture:
            self.pictures.append(picture)


def record_without_seals(room: Room) -> str:
    """Return all records as they are written, without the seals, which are random."""
    return json.dumps([{**record, "seal": "…"} if "seal" in record else record for record in room.log.records])


async def entered(method: Method, ballots: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Watched, Room]:
    """Enter ballots one after another, watched after every key."""
    room, watched = room_for(method), Watched()
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:

        def log(group: LogGroup, _verbosity: object, _frame: object, *objects: object, **_: Any) -> None:
            if group is not LogGroup.EVENT:  # Textual reports every key there, to anyone who has connected its own tools for developers
                watched.logged.append(" ".join(map(str, objects)))

        monkeypatch.setattr(pilot.app, "_log", log)
        watched.look(pilot)
        for ballot in ballots:
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, SecretBallot)
            for character in ballot:
                await pilot.press(character)
                watched.look(pilot)
            await press(pilot, "enter")
            watched.look(pilot)
            if view_of(method).takes_reason:
                for character in REASONS[len(ballot) % 2]:
                    await pilot.press(character)
                    watched.look(pilot)
                await press(pilot, "enter")
            assert isinstance(pilot.app.screen, BallotScreen)
            watched.look(pilot)
    return watched, room


@pytest.mark.parametrize("method", METHOD)
async def test_swapped_ballots_leave_every_byte_but_the_seals_the_same(
    method: Method, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Three voters, of whom one abstains; what they type is not equally long."""
    caplog.set_level(logging.DEBUG)
    seen = []
    first, second = TYPED[method]
    for ballots in ((first, second, "abstain"), (second, "abstain", first)):
        watched, room = await entered(method, ballots, monkeypatch)
        told = [each.getMessage() for each in caplog.records if not each.name.startswith(("asyncio", "tests"))]
        seen.append((watched.pictures, watched.logged, record_without_seals(room), told, capfd.readouterr()))
        caplog.clear()
        assert len(room.session.rounds[-1].seals) == 3

    assert seen[0] == seen[1]
    assert len(seen[0][0]) > 4, "what changes on the screen is seen"


async def test_the_curtain_hides_the_secret_ballot_and_the_palette_does_not_open_over_it() -> None:
    room = room_for("points")
    async with on_stage(BallotScreen(room.live)) as pilot:
        await press(pilot, "enter", "ctrl+p", *"3 2")
        for key in ("ctrl+l", "f9"):
            await press(pilot, key)
            text = "".join(text for text, _ in drawn(pilot))
            assert "One moment, please" in text
            assert "COO" not in text
            await press(pilot, "7")
            assert pilot.app.screen.query_one(SecretLine).typed == "3 2", "what was typed stays"
        await press(pilot, "escape", "escape")
        assert pilot.app.use_command_palette


@pytest.mark.parametrize(
    ("method", "header", "rows"),
    [
        ("points", "voter,P01,P02", ("coo,25,11", "cio,,3")),
        ("consent", "voter,hand,sentence", ("coo,0,the three stores close", "cio,5,")),
    ],
)
async def test_swapped_ballots_of_a_file_show_the_same(method: Method, header: str, rows: tuple[str, str], tmp_path: Path) -> None:
    seen = []
    names, contents = zip(*(row.split(",", 1) for row in rows), strict=True)
    for mine in (contents, contents[::-1]):
        path = tmp_path / "ballots.csv"
        path.write_text("\n".join([header, *(f"{name},{content}" for name, content in zip(names, mine, strict=True))]), encoding="utf-8")
        room, watched = room_for(method), Watched()
        async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
            await press(pilot, "f")
            pilot.app.screen.query_one(Input).value = str(path)
            await press(pilot, "enter")
            watched.look(pilot)
        assert [each.way for each in room.session.rounds[-1].entered.values()] == ["file", "file"]
        seen.append((watched.pictures, record_without_seals(room)))
    assert seen[0] == seen[1]
