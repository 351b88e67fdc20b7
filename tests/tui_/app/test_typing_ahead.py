"""Typing ahead: keys arrive as if they had been typed slowly, and never move or change a card by accident."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from stage import on_board, press, shown
from textual import events, work
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from sessions.commands.phases import StartPhase
from sessions.library.library import OpenSession
from sessions.record.events import BallotSealed
from sessions.sample import sample_portfolio
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm

Way = Literal["slowly", "in one write", "in chunks", "during a stall"]
NAMES = {"]": "right_square_bracket", "\r": "enter", " ": "space", "\t": "tab", "\x1b": "escape"}
CHANCE = {"seal", "salt", "commitment", "session", "seconds", "at"}
"""Fields that differ from one run to the next."""


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[tuple[Pilot[None], OpenSession]]:
    async with on_board(tmp_path, sample_portfolio()) as room:
        yield room


def send(pilot: Pilot[None], key: str) -> None:
    """Send a key, or a longer text as a paste, as the driver does."""
    name = NAMES.get(key, key)
    pilot.app.post_message(events.Paste(key) if len(key) > 1 else events.Key(name, key if len(key) == 1 and key.isprintable() else None))


async def type_keys(pilot: Pilot[None], keys: Sequence[str], way: Way = "in one write") -> None:
    """Type keys in one of several ways, and wait until they have been handled."""
    for number, key in enumerate(keys):
        if pilot.app.is_ending:  # type: ignore[attr-defined]
            break
        send(pilot, key)
        if way == "slowly":
            await pilot.pause()
            await pilot.pause()
        elif way == "in chunks" and number % 3 == 2:
            await asyncio.sleep(0.001 * number)
        elif way == "during a stall" and number % 2:
            pilot.app.call_later(lambda: time.sleep(0.01))
    await pilot.pause()
    await pilot.pause()


def without_chance(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_chance(each) for name, each in value.items() if name not in CHANCE}
    return [without_chance(each) for each in value] if isinstance(value, (list, tuple)) else value


async def outcome(keys: Sequence[str], way: Way) -> list[Any]:
    """Return what keys recorded, and the screens that they left open."""
    with tempfile.TemporaryDirectory() as folder:
        async with on_board(Path(folder), sample_portfolio()) as (pilot, opened):
            await type_keys(pilot, keys, way)
            recorded = [without_chance(each.event.model_dump(mode="json")) for each in opened.live.recordeds[1:]]
            ended = pilot.app.is_ending  # type: ignore[attr-defined]
            return [*recorded, *([] if ended else [type(each).__name__ for each in pilot.app.screen_stack])]


TOKENS = st.sampled_from([*"n/aSev", *"JKTu ", *"late12", "\r", "\r", "\r", "\x1b", "\t", "pasted text"])


@pytest.mark.promise("terminal-T11")
@settings(max_examples=5, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(TOKENS, min_size=2, max_size=14), st.sampled_from(["in one write", "in chunks", "during a stall"]))
@example([*"Jnlate\rKntwo\r"], "during a stall").via("a key after a note is the board's again")
@example([*"qnnCCCCCxx?qq"], "in one write").via("questions, the curtain and help take the keys behind them")
def test_keys_do_the_same_however_they_arrive(keys: list[str], way: Way) -> None:
    # Presses of a held key may be joined when many keys wait; how, a test of its own says.
    keys = [key for before, key in pairwise(["", *keys]) if key != before or key not in "JK"]
    assert asyncio.run(outcome(keys, way)) == asyncio.run(outcome(keys, "slowly"))


@pytest.mark.parametrize(
    ("way", "keys"),
    [
        ("in one write", "]\r\x1b" + "]3 25, 1 20\r\r" * 3),
        ("in chunks", "v\r\r" + "\r3 25, 1 20\r\r" * 2 + "\r\x1b\rabstain\r\r"),
    ],
)
async def test_ballots_typed_in_a_burst_are_each_voters_own(room: tuple[Pilot[None], OpenSession], way: Way, keys: str) -> None:
    pilot, opened = room
    opened.live.perform(StartPhase(phase="vote"))
    await type_keys(pilot, "mA\x1b" + keys, way)
    sealed = [each.event.voice for each in opened.live.recordeds if isinstance(each.event, BallotSealed)]
    assert len(set(sealed)) == len(sealed) == 3


async def test_a_new_keymap_holds_for_the_next_key(room: tuple[Pilot[None], OpenSession]) -> None:
    pilot, _ = room
    await type_keys(pilot, "j")
    pilot.app.set_keymap({"board.select_down": "x"})
    await type_keys(pilot, "jx")
    assert pilot.app.screen.board.cursor == 2  # type: ignore[attr-defined]


async def test_a_second_key_does_not_open_a_second_dialog_and_quitting_asks_once_from_within_one(room: tuple[Pilot[None], OpenSession]) -> None:
    pilot, _ = room
    await type_keys(pilot, "ep")
    assert len(pilot.app.screen_stack) == 2
    assert pilot.app.screen.query(Input).first().value == "Customer segmentation and analysisp"
    await press(pilot, "escape", "n", "ctrl+q", "ctrl+q")
    assert isinstance(pilot.app.screen, Confirm)
    assert "Quit Quarterdeck?" in shown(pilot)
    await press(pilot, "escape")
    assert "A note" in shown(pilot)


class Endless(Screen[None]):
    """A screen whose work never ends."""

    def on_mount(self) -> None:
        self.work_on()

    @work
    async def work_on(self) -> None:
        await asyncio.Event().wait()


async def test_work_that_never_ends_holds_a_key_back_only_once(room: tuple[Pilot[None], OpenSession]) -> None:
    pilot, _ = room
    await pilot.app.push_screen(Endless())
    await type_keys(pilot, ["\x1b", "J", "J"])
    assert isinstance(pilot.app.screen, SessionScreen)


async def test_a_held_key_is_joined_once_many_presses_wait(room: tuple[Pilot[None], OpenSession]) -> None:
    pilot, opened = room
    await type_keys(pilot, "J" * 20)
    assert opened.live.session.rank("P01") == 21
    assert len(opened.live.recordeds) < 15
