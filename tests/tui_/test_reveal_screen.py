"""The reveal: the group's order beside the board's and both sides', and what the room makes of it."""

from __future__ import annotations

import json

import pytest
from stage import HOSTILE, on_stage, revealed_room, said, shown, type_text, voting_room, words
from support import FIXTURES, Room, bare
from textual.pilot import Pilot

from sessions.commands import EditCard, OpenRound, RevealBallots, SealBallot, Undo, WithdrawCard
from sessions.record.events import BoardKept, GroupOrderTaken
from tui.actions import actions_at
from tui.screens.reveal import RevealScreen
from tui.screens.reveal_rows import bar, depends, reveal_rows, tally_of, turnout
from tui.widgets.listing import Listing

EXPECTED = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))["points_r1"]


def last(room: Room) -> object:
    return room.live.recordeds[-1].event


def rows_shown(pilot: Pilot[None]) -> list[str]:
    """Give the titles of the rows as they stand on the screen."""
    lines = [line for line in shown(pilot).splitlines() if line.strip(" ▌").split("  ")[0].isdecimal()]
    return [line.strip(" ▌").split("  ")[1].split("━")[0].split("╸")[0].strip() for line in lines]


async def test_the_rows_stand_in_the_expected_order_and_w_counts_the_other_way() -> None:
    room = revealed_room()
    titles = {card: project.title for card, project in room.session.cards.items()}
    async with on_stage(RevealScreen(room.live), (140, 40)) as pilot:
        assert rows_shown(pilot) == [titles[card] for card in EXPECTED["sides"]["order"]]
        assert "counted: equal sides" in shown(pilot)
        await pilot.press("w")
        await pilot.pause()
        assert rows_shown(pilot) == [titles[card] for card in EXPECTED["person"]["order"]]
        assert "counted: one voice a person" in shown(pilot)


async def test_the_cards_on_which_counting_decides_are_named() -> None:
    async with on_stage(RevealScreen(revealed_room().live), (80, 24)) as pilot:
        text = words(pilot)
    assert "Order depends on counting" in text
    assert "equal sides the first 7 hold “Staff sign-in with second factor”" in text
    assert "one voice a person “Promised delivery date at checkout”" in text


def test_a_row_tells_the_board_and_both_sides() -> None:
    room = revealed_room()
    revealed = room.session.rounds[0].revealed
    assert revealed is not None
    rows = {row.card: row for row in reveal_rows(room.session, revealed, "sides")}
    orders = dict(revealed.side_orders)
    assert (rows["P10"].rank, rows["P10"].board, rows["P10"].climbs) == (3, 10, 7)
    assert rows["P15"].sides == (orders["business"].index("P15") + 1, orders["it"].index("P15") + 1)
    assert rows["P15"].apart == 14
    assert rows["P01"].apart == 0
    assert min(row.apart for row in rows.values() if row.apart) >= 6


async def test_a_big_difference_is_told_without_colour() -> None:
    async with on_stage(RevealScreen(revealed_room().live), (80, 24)) as pilot:
        line = next(line for line in shown(pilot).splitlines() if "Staff sign-in" in line and "hold" not in line)
    assert "≠ 14" in line
    assert "▲8" in line


async def test_the_turnout_names_abstentions_missing_voices_and_the_override() -> None:
    room = voting_room()
    room.do(SealBallot(voice="coo", points={"P01": 25}), SealBallot(voice="cfo", points=None), RevealBallots(override="IT is on a plane"))
    async with on_stage(RevealScreen(room.live), (120, 40)) as pilot:
        text = words(pilot)
    assert "business 2 of 6, IT 0 of 5 · 1 abstained" in text
    assert "missing: VP Sales" in text
    assert "revealed all the same: IT is on a plane" in text


async def test_g_takes_the_order_as_it_is_counted_in_one_event_that_can_be_undone() -> None:
    room = revealed_room()
    before = room.session.order
    screen = RevealScreen(room.live)
    async with on_stage(screen) as pilot:
        await pilot.press("w", "g")
        await pilot.pause()
        assert pilot.app.screen is not screen
        assert "u takes it back" in said(pilot)
    taken = last(room)
    assert isinstance(taken, GroupOrderTaken)
    assert taken.weighting == "person"
    assert list(room.session.order) == EXPECTED["person"]["order"]
    room.do(Undo())
    assert room.session.order == before


async def test_b_keeps_the_board_with_or_without_a_reason() -> None:
    for reason in ("", "we talk first"):
        room = revealed_room()
        before = room.session.order
        async with on_stage(RevealScreen(room.live)) as pilot:
            await pilot.press("b")
            await pilot.pause()
            await type_text(pilot, reason)
            await pilot.press("enter")
            await pilot.pause()
            assert not isinstance(pilot.app.screen, RevealScreen)
        assert last(room) == BoardKept(round=1, reason=reason)
        assert room.session.order == before


async def test_leaving_the_question_keeps_nothing() -> None:
    room = revealed_room()
    events = len(room.live.recordeds)
    async with on_stage(RevealScreen(room.live)) as pilot:
        await pilot.press("b", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RevealScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, RevealScreen)
    assert len(room.live.recordeds) == events


async def test_what_the_room_made_of_it_stays_on_the_screen() -> None:
    room = revealed_room()
    async with on_stage(RevealScreen(room.live)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        await pilot.app.push_screen(RevealScreen(room.live))
        await pilot.pause()
        assert "The group's order was taken (equal sides)." in shown(pilot)
        assert "▲" not in shown(pilot)


async def test_when_all_abstained_it_says_so_and_offers_no_order() -> None:
    room = voting_room()
    room.do(*[SealBallot(voice=voice.id, points=None) for voice in room.session.voices()], RevealBallots())
    events = len(room.live.recordeds)
    async with on_stage(RevealScreen(room.live)) as pilot:
        assert "Everybody abstained" in shown(pilot)
        assert "take the order" not in shown(pilot)
        await pilot.press("g", "b", "w")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RevealScreen)
    assert len(room.live.recordeds) == events


async def test_while_another_ballot_is_open_its_order_cannot_be_taken() -> None:
    room = revealed_room()
    room.do(OpenRound())
    async with on_stage(RevealScreen(room.live)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RevealScreen)
    assert not any(isinstance(each.event, GroupOrderTaken) for each in room.live.recordeds)


async def test_before_any_reveal_it_says_so() -> None:
    async with on_stage(RevealScreen(voting_room().live)) as pilot:
        assert "No ballot was revealed yet." in shown(pilot)


def test_a_card_withdrawn_since_keeps_its_row_and_has_no_rank_on_the_board() -> None:
    room = revealed_room()
    room.do(WithdrawCard(card="P04", reason="merged"))
    revealed = room.session.rounds[0].revealed
    assert revealed is not None
    row = next(row for row in reveal_rows(room.session, revealed, "sides") if row.card == "P04")
    assert row.board is None
    assert row.title.endswith("(withdrawn)")
    assert "IT 5 of 5" in turnout(room.session, revealed)
    assert depends(room.session, revealed)
    assert tally_of(revealed, "sides") is not None


@pytest.mark.parametrize(("value", "drawn"), [(0, ""), (10, "━" * 5), (20, "━" * 10), (1, "╸"), (3, "━╸")])
def test_the_highest_value_fills_the_bar(value: int, drawn: str) -> None:
    assert bar(value, 20, 10) == drawn


async def test_j_and_k_walk_down_and_up_a_thousand_cards() -> None:
    room = Room(bare(" ".join(f"C{number}" for number in range(1, 1001)))).everybody()
    room.do(OpenRound(), SealBallot(voice="coo", points={"C7": 3}), SealBallot(voice="cio", points={}), RevealBallots())
    async with on_stage(RevealScreen(room.live), (80, 24)) as pilot:
        listing = pilot.app.screen.query_one("#reveal-rows", Listing)
        await pilot.press("j", "j", "k")
        assert listing.chosen == "C1"
        await pilot.press("G")
        await pilot.pause()
        assert "C1000" in shown(pilot)


def test_every_registered_action_has_its_method() -> None:
    assert [each.name for each in actions_at("reveal") if not hasattr(RevealScreen, f"action_{each.name}")] == []


@pytest.mark.parametrize("size", [(10, 3), (1, 1), (60, 20), (80, 24), (200, 60)])
async def test_every_size_is_drawn_with_a_hostile_title(size: tuple[int, int]) -> None:
    room = revealed_room()
    room.do(EditCard(card=room.session.cards["P02"].model_copy(update={"title": HOSTILE})))
    async with on_stage(RevealScreen(room.live), size) as pilot:
        await pilot.press("j", "w")
        await pilot.pause()
        assert "\x1b" not in shown(pilot)
        if size[0] >= 60:
            assert all(len(line) <= size[0] for line in shown(pilot).splitlines())
            assert "IT" in shown(pilot)
