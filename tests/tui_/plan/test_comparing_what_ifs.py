"""What-ifs under a name: put aside, side by side, put to a duel, taken as one action."""

from __future__ import annotations

import json

import pytest
from larkfield import meeting
from stage import on_stage, press, said, screen_of, shown, words
from textual.pilot import Pilot

from sessions.commands.cards import Undo
from sessions.commands.rounds import CountHands, OpenRound
from sessions.commands.what_ifs import NameWhatIf
from sessions.errors import SessionError
from sessions.export.json_export import as_json
from sessions.record.events import WhatIfKept, WhatIfNamed
from sessions.replay.narration import narrate
from sessions.state.fold import replay
from sessions.summary.markdown import summary
from tui.plan.what_if.compare import CompareScreen
from tui.plan.what_if.screen import WhatIfScreen

pytestmark = pytest.mark.system


async def put_two_aside(pilot: Pilot[None]) -> None:
    """Put the checkout at #3 aside, and a plan without it and with one person more."""
    await press(pilot, "3", "enter", "l", *"Checkout first", "enter")
    await press(pilot, "plus", "enter", "W", "l", *"No checkout", "enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_two_stand_side_by_side_with_only_what_differs_and_taking_one_is_one_action_and_one_undo(size: tuple[int, int]) -> None:
    room = meeting(close=False)
    before = (room.board, room.session.teams)
    async with on_stage(WhatIfScreen(room.live, "P04"), size) as pilot:
        await press(pilot, "tab")
        assert "Nothing is put aside yet" in said(pilot)
        await put_two_aside(pilot)
        assert "No change yet." in words(pilot)
        await press(pilot, "tab")
        text = shown(pilot)
        for row, first, second in (
            ("Checkout first", "", "No checkout"),
            ("Benefit lost while waiting", "more", "less"),
            ("#4 Repeat-order", "2 weeks earlier", "not done"),
        ):
            assert any(row in line and first in line and second in line for line in text.splitlines()), row
        assert "1 person more in Web" in words(pilot)
        assert "#1 " not in text, "a card that nothing changes is not listed"
        assert [each.name for each in room.reopened().session.what_ifs] == ["Checkout first", "No checkout"]
        await press(pilot, "W")
        assert isinstance(room.last, WhatIfNamed)
        await press(pilot, "x")
        assert screen_of(pilot, WhatIfScreen).tries.words == ["1 person more in Web & Commerce", "without #4 Repeat-order checkout"]
        await press(pilot, "tab", "enter")
        assert "Take “No checkout”?" in shown(pilot)
        assert (room.board, room.session.teams) == before
        await press(pilot, "enter")
        event = room.last
        assert isinstance(event, WhatIfKept)
        assert event.sentence.startswith("“No checkout”: 1 person more in Web & Commerce; without #4")
        assert "P04" not in room.session.cards
    room.do(Undo())
    assert (room.board, room.session.teams) == before


@pytest.mark.parametrize("secret", [False, True])
async def test_two_are_put_to_a_duel_by_hands_or_secretly(secret: bool) -> None:
    room = meeting(close=False)
    before = room.board
    async with on_stage(WhatIfScreen(room.live, "P04"), (120, 40)) as pilot:
        await put_two_aside(pilot)
        await press(pilot, "tab")
        if secret:
            await press(pilot, "v", "enter", *"2", "enter")
            assert room.session.open_round is not None
            assert len(room.session.open_round.seals) == 1
            await press(pilot, "r", "r")
        else:
            await press(pilot, "h")
            assert "Which of the two should become the plan?" in shown(pilot)
            await press(pilot, "2", "right", "3", "enter")
            assert "hands missing" in words(pilot)
            await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CompareScreen)
        assert "“No checkout” is preferred to “Checkout first”" in words(pilot)
    assert room.board == before, "the duel decides nothing by itself"


def test_a_duel_of_what_ifs_is_narrated_exported_and_does_not_disturb_the_page() -> None:
    room = meeting(close=False)
    for name in ("A <b>", "B"):
        room.do(NameWhatIf.model_validate({"name": name, "sentence": "x", "changes": ({"kind": "move", "card": "P04", "to": 1},)}))
    room.do(OpenRound(method="duel", what_ifs=True, cards=("A <b>", "B")))
    room.do(CountHands.model_validate({"round": len(room.session.rounds), "hands": {"business": ("B", "B"), "it": ("A <b>",)}}))
    told = [narrate(replay(room.live.recordeds[: place or 1]), recorded) for place, recorded in enumerate(room.live.recordeds)][-2:]
    assert "should “A <b>” or “B” become the plan?" in told[0]
    assert "a tie between “A <b>” and “B” (business 0 to 2, IT 1 to 0)" in told[1]
    assert json.dumps(as_json(room.session))
    assert "<b>" not in summary(room.session)
    room.refuses(OpenRound(method="duel", what_ifs=True, cards=("A <b>", "C"), override="x"), SessionError, "between two that were put aside")
