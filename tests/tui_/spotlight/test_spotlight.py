"""The projector: one thing large on the whole screen, from every live screen, and nothing on it that the room must not see."""

from __future__ import annotations

from pathlib import Path

import pytest
from larkfield import meeting
from stage import on_board, on_stage, press, revealed_room, screen_of, shown, voting_room, words
from support import Room, sample
from textual.pilot import Pilot

from sessions.commands.cards import WithdrawCard
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import SealBallot
from tui.board.screen import SessionScreen
from tui.host.navigation import Spot
from tui.spotlight.screen import SpotlightScreen
from tui.widgets.big_text import big_text, block_letters


def shows_large(pilot: Pilot[None], text: str, width: int) -> bool:
    """Return whether a text is on the screen in block letters of any size."""
    rows = [line.strip() for line in shown(pilot).splitlines()]
    for height in (60, 9, 5):
        block = [row.strip() for row in block_letters(text, width, height)]
        if block and any(rows[y : y + len(block)] == block for y in range(len(rows))):
            return True
    return False


async def test_the_key_fills_the_screen_with_the_card_and_goes_back_to_the_one_shown_last(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample()) as (pilot, opened):
        session = opened.live.session
        await press(pilot, "j", "asterisk")
        assert isinstance(pilot.app.screen, SpotlightScreen)
        assert shows_large(pilot, session.at_rank(2).title, 114)
        await press(pilot, "right", "down")
        assert shows_large(pilot, session.at_rank(4).title, 114)
        opened.live.perform(WithdrawCard(card=session.order[3], reason="gone"))
        await pilot.pause()
        assert shows_large(pilot, session.at_rank(5).title, 114), "the next takes its place"
        await press(pilot, "left", "asterisk")
        assert screen_of(pilot, SessionScreen).selected_id == session.order[2]


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (40, 10)])
async def test_each_side_s_place_is_told_once_it_is_revealed_and_no_hole_is_in_the_middle(size: tuple[int, int]) -> None:
    room = revealed_room()
    card = room.session.order[3]
    async with on_stage(SpotlightScreen(room.live, Spot("card", card)), size) as pilot:
        assert "● business" in shown(pilot)
        assert "◆ IT" in shown(pilot)
        lines = "".join("#" if line.strip() else " " for line in shown(pilot).splitlines()[:-1])
        assert max(map(len, lines.split("#"))) <= max(2, size[1] // 7)
    async with on_stage(SpotlightScreen(voting_room().live, Spot("card", card)), size) as pilot:
        assert "business" not in shown(pilot)


async def test_a_decision_stands_below_the_card() -> None:
    async with on_stage(SpotlightScreen(meeting().live, Spot("card", "P20")), (200, 60)) as pilot:
        assert shows_large(pilot, "Stopped", 194)
        assert "Not worth a key team's weeks this year." in words(pilot)


async def test_the_vote_shows_how_many_are_in_and_names_no_one() -> None:
    room = voting_room()
    voter = next(iter(room.session.voters("it")))
    room.do(SealBallot(round=1, voice=voter.id, points={"P02": 25}))
    async with on_stage(SpotlightScreen(room.live, Spot("vote"))) as pilot:
        assert shows_large(pilot, "1 of 11", 114)
        assert "1 of 5" in shown(pilot)
        assert "0 of 6" in shown(pilot)
        assert not any(person.role in shown(pilot) for person in room.session.people.values())
        assert not any(card.title in words(pilot) for card in room.session.cards.values())


@pytest.mark.parametrize(("view", "size"), [("scores", (200, 60)), ("hands", (120, 40)), ("scores", (80, 24)), ("hands", (40, 10))])
async def test_hands_are_shown_by_side(view: str, size: tuple[int, int]) -> None:
    room = meeting()
    card = room.session.talks[0].card if view == "scores" else "P01"
    async with on_stage(SpotlightScreen(room.live, Spot(view, card)), size) as pilot:  # type: ignore[arg-type]
        if size[1] > 10:
            text = shown(pilot)
            assert "● business" in text
            assert "◆ IT" in text
            assert ("before" in text and "after" in text) == (view == "scores")
        if size == (200, 60):
            assert shows_large(pilot, room.session.cards[card].title, 194)


async def test_a_title_that_has_no_block_letters_is_shown_whole() -> None:
    room = Room(sample())
    card = room.session.cards[room.session.order[0]]
    assert big_text("在庫の正確さ", 74, 16) == ("在庫の正確さ",)
    portfolio = sample().model_copy(update={"projects": (card.model_copy(update={"title": "在庫の正確さを改善する"}),)})
    async with on_stage(SpotlightScreen(Room(portfolio).live, Spot()), (80, 24)) as pilot:
        assert "在庫の正確さを改善する" in shown(pilot)


async def test_a_board_without_cards_says_so() -> None:
    room = Room(sample().model_copy(update={"projects": ()}))
    async with on_stage(SpotlightScreen(room.live, Spot())) as pilot:
        await press(pilot, "right", "left", "d")
        assert "No cards on the board" in shown(pilot)


async def test_the_room_and_the_end_have_pictures_too(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), StartPhase(phase="open"), MarkAttendance(presence="present")) as (pilot, opened):
        await press(pilot, "asterisk")
        assert shows_large(pilot, "Everybody is here", 114)
        assert "What we work for" in shown(pilot)
        await press(pilot, "right", "d", "escape")
        assert isinstance(pilot.app.screen, SessionScreen)
        opened.live.perform(StartPhase(phase="close"))
        await press(pilot, "asterisk")
        assert shows_large(pilot, "0 of 24 decided", 114)


async def test_the_last_minute_of_a_phase_is_a_bar_over_the_whole_width() -> None:
    room = Room(sample()).everybody()
    room.do(StartPhase(phase="cards"))
    async with on_stage(SpotlightScreen(room.live, Spot())) as pilot:
        assert "left ━" not in shown(pilot)
        room.clock.advance(570)
        screen_of(pilot, SpotlightScreen).tick()
        await pilot.pause()
        assert "0:30 left ━" in shown(pilot)
