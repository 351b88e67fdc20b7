"""The reveal: what it says at once, the few cards to discuss, the group's order, and what the room makes of it."""

from __future__ import annotations

import json

import pytest
from stage import on_stage, press, revealed_room, said, screen_of, shown, voting_room, words
from support import FIXTURES, Room, bare
from textual.pilot import Pilot

from sessions.commands.cards import Undo, WithdrawCard
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.record.events import BoardKept, GroupOrderTaken
from sessions.rounds.results import ResultCache
from tui.reveal.screen import RevealScreen
from tui.talk.screen import TalkScreen
from tui.widgets.listing import Listing

EXPECTED = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))["points_r1"]
TO_TALK = (
    "Staff sign-in with second factor",
    "Server operating system upgrade",
    "Promised delivery date at checkout",
    "Electronic invoicing rule",
    "Northwest branch network",
)


def listing(pilot: Pilot[None], name: str) -> Listing:
    return pilot.app.screen.query_one(f"#reveal-{name}", Listing)


def cards_of(pilot: Pilot[None], name: str) -> list[str]:
    """Return the cards of a list, from the first to the last."""
    return [value for value in listing(pilot, name)._values if value]


def row_of(pilot: Pilot[None], title: str, *, after: str = "The group's order") -> str:
    """Return the line of a card as it stands on the screen, below a heading."""
    return next(line for line in shown(pilot).split(after, 1)[1].splitlines()[1:] if title in line)


# --- what the eye meets


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_the_screen_alone_says_which_five_cards_to_talk_about_and_why(size: tuple[int, int]) -> None:
    async with on_stage(RevealScreen(revealed_room().live), size) as pilot:
        text = shown(pilot)
        assert cards_of(pilot, "talk") == ["P15", "P03", "P06", "P09", "P11"]
    told = text.split("Discuss these 5 cards")[1]
    for title in TO_TALK:
        assert title[:16] in told
    for why in ("All 4 IT want it now, none of the 6 business", "5 of the 6 business want it now, none of the 4 IT"):
        assert why in told


# --- the order


async def test_the_rows_stand_in_the_expected_order_and_w_counts_the_other_way() -> None:
    async with on_stage(RevealScreen(revealed_room().live), (140, 50)) as pilot:
        assert cards_of(pilot, "order") == EXPECTED["sides"]["order"]
        assert "counted: equal sides" in shown(pilot)
        await press(pilot, "#")
        assert cards_of(pilot, "order") == EXPECTED["person"]["order"]
        assert "counted: one vote per person" in shown(pilot)


async def test_a_large_reveal_shows_its_order_first_and_reads_the_rest_beside_it() -> None:
    room = Room(bare(" ".join(f"C{number}" for number in range(1, 201)))).everybody()
    room.do(
        OpenRound(), SealBallot(round=1, voice="coo", points={"C7": 3}), SealBallot(round=1, voice="cio", points={"C9": 3}), RevealBallots(round=1)
    )
    screen = RevealScreen(room.live)
    async with on_stage(screen, (120, 40)) as pilot:
        room.live.results = ResultCache()
        screen._draw()
        assert "C7" in cards_of(pilot, "order")
        assert cards_of(pilot, "talk") == []
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "C7" in cards_of(pilot, "talk")
        assert "Reading how far" not in shown(pilot)
        assert listing(pilot, "talk").has_focus


# --- what stands above


async def test_the_turnout_names_abstentions_missing_voices_and_the_override() -> None:
    room = voting_room()
    room.do(
        SealBallot(round=1, voice="coo", points={"P01": 25}),
        SealBallot(round=1, voice="cfo", points=None),
        RevealBallots(round=1, override="IT is on a plane"),
    )
    async with on_stage(RevealScreen(room.live), (120, 40)) as pilot:
        text = words(pilot)
    assert "business 2 of 6, IT 0 of 5 · 1 voter abstained" in text
    assert "missing: VP Sales" in text
    assert "revealed all the same: IT is on a plane" in text
    assert "Agreement: –" in text


async def test_when_all_abstained_it_says_so_and_offers_no_order() -> None:
    room = voting_room()
    room.do(*[SealBallot(round=1, voice=voice.id, points=None) for voice in room.session.voters()], RevealBallots(round=1))
    events = len(room.live.recordeds)
    async with on_stage(RevealScreen(room.live)) as pilot:
        assert "Everybody abstained" in shown(pilot)
        assert "use this order" not in shown(pilot)
        await press(pilot, "O", "b", "#", "tab", "enter")
        screen_of(pilot, RevealScreen)
    assert len(room.live.recordeds) == events


# --- what the room makes of it


async def test_g_takes_the_order_as_it_is_counted_in_one_event_that_can_be_undone() -> None:
    room = revealed_room()
    before = room.session.order
    screen = RevealScreen(room.live)
    async with on_stage(screen) as pilot:
        await press(pilot, "#", "O")
        assert pilot.app.screen is not screen
        assert "u takes it back" in said(pilot)
    taken = room.last
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
            await press(pilot, "b", *reason, "enter")
            assert not isinstance(pilot.app.screen, RevealScreen)
        assert room.last == BoardKept(round=1, reason=reason)
        assert room.session.order == before


# --- the talk


async def test_a_card_that_has_left_the_board_is_not_talked_about() -> None:
    room = revealed_room()
    room.do(WithdrawCard(card="P02", reason="merged"))
    async with on_stage(RevealScreen(room.live)) as pilot:
        await press(pilot, "tab")
        assert "Contractor CRM replacement" in row_of(pilot, "Contractor")
        assert "–" in row_of(pilot, "Contractor")
        await press(pilot, "enter")
        screen_of(pilot, RevealScreen)
        assert "has left the board" in said(pilot)


async def test_an_order_that_a_side_made_alone_is_taken_for_a_reason_only() -> None:
    room = voting_room()
    voices = {"coo": {"P03": 25}, "cio": None, "security-lead": None}
    room.do(*[SealBallot(round=1, voice=voice, points=points) for voice, points in voices.items()], RevealBallots(round=1))
    async with on_stage(RevealScreen(room.live)) as pilot:
        await press(pilot, "O")
        assert "All counted ballots came from one side" in shown(pilot)
        await pilot.press("escape")
        assert room.session.order[0] == "P01"
        await press(pilot, "O", *"trust", "enter")
    assert room.session.order[0] == "P03"
    assert isinstance(room.last, GroupOrderTaken)
    assert room.last.override == "trust"


async def test_enter_opens_the_talk_about_the_chosen_card() -> None:
    for keys, title in ((("enter",), TO_TALK[0]), (("j", "enter"), TO_TALK[1]), (("tab", "enter"), "Contractor CRM replacement")):
        async with on_stage(RevealScreen(revealed_room().live), (120, 40)) as pilot:
            await press(pilot, *keys)
            assert isinstance(pilot.app.screen, TalkScreen)
            assert title in shown(pilot)
