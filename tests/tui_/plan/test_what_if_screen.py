"""What if: the figures of METHOD 5.3 and 5.6 through keys, keeping and dropping, and the search for a cheaper order."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from larkfield import meeting
from plans import ranked_sample
from stage import on_stage, press, screen_of, shown, words
from support import Room
from textual.pilot import Pilot
from textual.widgets import Input

from sessions.commands.cards import Undo, WithdrawCard
from sessions.deciding.session_plan import session_plan
from sessions.record.events import WhatIfKept
from sessions.sequencing.changes import Crew
from sessions.sequencing.cheaper_order import Progress, cheaper_order
from sessions.sequencing.plan import Plan
from tui.dialogs.confirm import Confirm
from tui.plan.what_if.screen import WhatIfScreen


def row(pilot: Pilot[None], title: str) -> str:
    """Return the line of the list about a card, its words one space apart."""
    return " ".join(next(line for line in reversed(shown(pilot).splitlines()) if title in line and "→" in line).split())


async def people(pilot: Pilot[None], team: str, key: str = "plus") -> None:
    await press(pilot, key)
    pilot.app.screen.query_one("#field-team", Input).value = team
    await press(pilot, "enter")


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_splitting_the_part_of_crm_off() -> None:
    room = Room(ranked_sample())
    async with on_stage(WhatIfScreen(room.live, "P01")) as pilot:
        await press(pilot, "S", *"CRM", "enter")
        assert "17 Aug → 27 Jul 2 Oct → 11 Sep ▲ 3 weeks earlier" in row(pilot, "Customer segmentation and analysis  ")
        assert "+ new card" in shown(pilot)
        assert "the part for CRM of" in words(pilot)
        assert "benefit of the other projects lost while waiting" in words(pilot)
        await press(pilot, "enter")
    event = room.last
    assert isinstance(event, WhatIfKept)
    assert "as a card of its own" in event.sentence
    placed = session_plan(room.session).at("P01")
    assert (placed.start, placed.finish) == (4, 10)
    assert room.session.order[room.session.rank("P01")] == "P25"
    before = Room(ranked_sample()).board
    room.do(Undo())
    assert room.board == before


async def test_changes_stack_up_and_u_takes_the_last_one_back() -> None:
    room = Room(ranked_sample())
    before = room.session
    async with on_stage(WhatIfScreen(room.live, "P04")) as pilot:
        await press(pilot, "3", "enter")
        assert "#3 Northwest price lists and tax" in words(pilot), "a card keeps its number while another one is tried"
        await pilot.press("u")
        assert "No change yet." in words(pilot)
        await people(pilot, "WEB")
        await pilot.press("W")
        await people(pilot, "ERP", "underscore")
        text = words(pilot)
        assert "1 1 person more in Web & Commerce" in text
        assert "2 without #4 Repeat-order checkout" in text
        assert "3 1 person fewer in ERP" in text
        assert "not done" in text
        await pilot.press("u")
        assert "fewer in ERP" not in words(pilot)
        await pilot.press("u", "u")
        assert "No change yet." in words(pilot)
        await press(pilot, "greater_than_sign", "enter", "less_than_sign", "enter")
        doubled, halved = screen_of(pilot, WhatIfScreen).tries.changes
        assert isinstance(doubled, Crew)
        assert isinstance(halved, Crew)
        assert doubled.crew == 2 * halved.crew
        await press(pilot, "u", "u", "W", "escape")
        assert "without #4 Repeat-order checkout" in words(pilot), "leaving asks, and says what would be lost"
        await press(pilot, "escape")
        assert screen_of(pilot, WhatIfScreen).tries.changes
        await press(pilot, "ctrl+q")
        assert "without #4 Repeat-order checkout" in words(pilot), "quitting asks too"
        await press(pilot, "escape")
        assert screen_of(pilot, WhatIfScreen).tries.changes
        await press(pilot, "escape", "enter")
        assert not isinstance(pilot.app.screen, (WhatIfScreen, Confirm))
    assert room.session is before


async def test_a_cheaper_order_is_a_what_if_and_never_applied_by_itself() -> None:
    room = meeting(close=False)
    before = room.session
    async with on_stage(WhatIfScreen(room.live, "P04"), (80, 24)) as pilot:
        await press(pilot, "3", "enter")
        assert "$" in row(pilot, "Repeat-order")
        assert "voted" not in words(pilot)
        await press(pilot, "u", "dollar_sign")
        await settled(pilot)
        text = words(pilot)
        assert "voted" in text
        assert text.index("Money does not see rules, strategy, promises") < text.index(" card ")
        assert any("→ #" in line and "$" in line for line in shown(pilot).splitlines())
        assert "1 a cheaper order" in text
        assert "less benefit lost while waiting." in text
        assert room.session is before
        saved = screen_of(pilot, WhatIfScreen).tries.effect.cost
        assert saved == 637500 - 685038, "the optimum of METHOD 5.7"
        await press(pilot, "enter")
    event = room.last
    assert isinstance(event, WhatIfKept)
    assert event.sentence == "a cheaper order"
    assert set(event.new_order) == set(before.order)


def endless(plan: Plan) -> Generator[Progress, None, Progress]:
    """Search until something better is found, and then report it forever."""
    best = next(step for step in cheaper_order(plan) if step.saved > 0)
    while True:
        yield best


async def test_the_search_shows_how_far_it_is_and_esc_ends_it_with_its_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.plan.what_if.search.cheaper_order", endless)
    monkeypatch.setattr("tui.plan.what_if.search._SLICE", 0.0005)  # so that what waits for the app to rest need not wait long
    room = Room(ranked_sample())
    async with on_stage(WhatIfScreen(room.live, "P04")) as pilot:
        await pilot.press("$")
        screen = screen_of(pilot, WhatIfScreen)
        await pilot.pause()
        assert "orders tried · best so far: about $" in words(pilot)
        assert "the best order so far" in words(pilot)
        await pilot.press("W", "enter")
        assert room.session.seq == 1
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, WhatIfScreen)
        assert screen.tries.words == ["a cheaper order"]
        assert "orders tried" not in words(pilot)


async def test_what_was_tried_follows_a_board_that_changes_under_it() -> None:
    room = Room(ranked_sample())
    async with on_stage(WhatIfScreen(room.live, "P04")) as pilot:
        await pilot.press("W")
        await people(pilot, "WEB")
        room.do(WithdrawCard(card="P04", reason="merged"))
        await pilot.pause()
        assert screen_of(pilot, WhatIfScreen).tries.words == ["1 person more in Web & Commerce"]
        assert screen_of(pilot, WhatIfScreen).card == room.session.order[0]
        await pilot.press("J", "K", "W")
        assert len(screen_of(pilot, WhatIfScreen).tries.words) == 2
