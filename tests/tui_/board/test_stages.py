"""Every phase has its stage: what the room sees in the middle, what the line at the top says, and the keys at the bottom."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from stage import on_board, played_ballot, press, said, screen_of, shown, words
from support import bare, sample
from textual.screen import Screen

from sessions.commands.base import Command
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.record.events import Phase
from tui.board.screen import SessionScreen
from tui.decide.stage import DecideStage
from tui.reveal.screen import RevealScreen
from tui.talk.screen import TalkScreen

EVERYBODY = MarkAttendance(presence="present")


def lines(text: str) -> tuple[str, str]:
    """Return the line at the top that says what is to be done now, and the keys."""
    rows = text.splitlines()
    return next(row for row in rows if row.startswith(" Now")), rows[-1]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_each_phase_shows_its_own_stage_line_and_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, size=size) as (pilot, opened):
        seen = []
        for phase in ("prepare", "open", "cards", "vote", "talk", "sequence", "decide", "close"):
            if phase != "prepare":
                opened.live.perform(StartPhase(phase=phase))
                await pilot.pause()
            seen.append((shown(pilot), *lines(shown(pilot))))
        assert len({now for _, now, _ in seen}) == len(seen)
        assert all("→  ] " in now for _, now, _ in seen)
        assert len({keys for *_, keys in seen}) >= len(seen) - 1
        assert all(" ] next" in keys and "? help" in keys for *_, keys in seen)
        text = [text for text, *_ in seen]
        assert "Who is here" in text[1]
        assert "Everybody votes alone and in silence" in text[3]
        assert "of 24" in text[6]
        assert "No action agreed yet" in text[7]


async def test_tab_shows_the_board_instead_of_the_stage_and_back(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, StartPhase(phase="open")) as (pilot, _):
        screen = screen_of(pilot, SessionScreen)
        assert "Contractor CRM" not in shown(pilot)
        await press(pilot, "J", "T", "3", "enter")
        assert screen.session.order == tuple(screen.session.first_ranks), "what is not on the screen is not moved"
        await press(pilot, "tab")
        assert "Contractor CRM" in shown(pilot)
        await press(pilot, "J")
        assert screen.session.order != tuple(screen.session.first_ranks)
        await press(pilot, "tab")
        assert "Who is here" in shown(pilot)


async def test_cards_are_read_one_at_a_time(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, StartPhase(phase="cards")) as (pilot, opened):
        screen = screen_of(pilot, SessionScreen)
        new = [card.id for card in opened.live.session.cards.values() if card.previous_rank is None]
        assert "Card 1 of" in shown(pilot)
        read = []
        while opened.live.session.phase == "cards" and len(read) < len(new) + 1:
            read.append(screen.selected_id)
            await press(pilot, "]")
            if len(read) == 1:
                now = lines(shown(pilot))[0].partition("→")[0].strip()
                await press(pilot, "q")
                assert now in shown(pilot), "a dialog is about the card that is read now"
                await press(pilot, "escape")
        assert sorted(read[:-1]) == sorted(new)
        assert opened.live.session.phase == "vote"


async def test_the_vote_shows_how_many_are_in_and_the_line_leads_to_the_reveal(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, StartPhase(phase="vote"), OpenRound()) as (pilot, opened):
        assert "0 of 11 have voted → ] take the first ballot" in words(pilot)
        opened.live.perform(SealBallot(round=1, voice="cfo", points={"P01": 25}))
        await pilot.pause()
        assert "1 of 11 has voted → ] next ballot" in words(pilot)
        await press(pilot, "]")
        assert "The ballot of " in words(pilot)
        await press(pilot, "escape", "r")
        assert "Reveal before all have voted?" in words(pilot)
        await press(pilot, *"3 25", "enter", "escape")
        assert opened.live.session.open_round is not None, "it needs a reason"
        assert "3 25" not in words(pilot), "a ballot typed there is not shown"


@pytest.mark.parametrize("phase", ["vote", "close"])
async def test_a_step_taken_once_too_often_is_not_typed_into_what_it_opened(phase: Phase, tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, StartPhase(phase="vote"), OpenRound(), StartPhase(phase=phase)) as (pilot, _):
        if phase == "close":
            await press(pilot, "]", "escape", "]", "escape")  # the questions come before
        await press(pilot, "]", "]")
        field = pilot.app.screen.focused
        assert field is not None
        typed = "typed" if phase == "vote" else "value"
        assert getattr(field, typed) == ""
        assert "? help" not in shown(pilot), "the keys of the screen below do nothing now"
        await press(pilot, "]", *"x]")
        assert getattr(field, typed) == "x]", "within a text it is a character like any other"
        await press(pilot, "ctrl+u", "escape")
        assert "? help" in lines(shown(pilot))[1]


async def test_a_ballot_that_was_opened_by_mistake_and_cancelled_is_offered_again_as_the_first_one(tmp_path: Path) -> None:
    async with on_board(tmp_path, bare(), EVERYBODY, StartPhase(phase="vote")) as (pilot, opened):
        await press(pilot, "]", "enter")
        assert opened.live.session.open_round is not None
        await press(pilot, "backspace", *"too early", "enter", "escape")
        assert opened.live.session.open_round is None
        assert "→ ] open the ballot" in words(pilot)
        opened.live.perform(OpenRound())
        assert opened.live.session.ballot_number(2) == 1


async def test_who_leaves_the_ballot_form_is_told_and_may_go_on_without_a_vote(tmp_path: Path) -> None:
    async with on_board(tmp_path, bare(), EVERYBODY, StartPhase(phase="cards")) as (pilot, opened):
        assert "No card to read aloud → ] go to the vote" in words(pilot)
        assert screen_of(pilot, SessionScreen).board.display, "titles alone are no stage"
        await press(pilot, "]", "]", "escape")
        assert "No ballot yet → ] go on without a vote" in words(pilot)
        await press(pilot, "ctrl+q")
        assert "Now No ballot yet Ballots" in words(pilot), "a dialog is not about the step that was skipped"
        await press(pilot, "escape")
        await press(pilot, "]")
        assert opened.live.session.phase == "sequence", "there is no result to look at"
        assert isinstance(pilot.app.screen, SessionScreen)
        await press(pilot, "]", "escape")
        assert "No line drawn → ] go on without a line" in words(pilot)
        await press(pilot, "]")
        assert "0 of 4 decided. How many can we start? → ] draw the line" in words(pilot)
        assert "L the line" in shown(pilot)
        await press(pilot, "]", "2", "enter")
        assert "→ ] look at the proposals" in words(pilot)
        assert "L the line" not in shown(pilot), "it is drawn"
        await press(pilot, "u")
        assert "→ ] draw the line" in words(pilot), "what was taken back is offered again"


async def test_who_leaves_the_talk_early_is_told_what_stays_open(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, *played_ballot(), StartPhase(phase="talk")) as (pilot, opened):
        await press(pilot, "]")
        opened.live.perform(CloseTalk(outcome="kept"))
        await pilot.pause()
        assert "esc ends the talks → ] talk about" in words(pilot)
        await press(pilot, "escape")
        assert "4 cards not talked about, still open → ] go to the order" in words(pilot)
        await press(pilot, "]")
        assert "Not talked about, still open: #" in said(pilot)
        opened.live.perform(StartPhase(phase="decide"))
        await pilot.pause()
        await press(pilot, "]", "escape")
        assert "0 of 24 decided, 4 differ and stay open → ] close the meeting" in words(pilot)
        assert "L the line" not in shown(pilot), "the plan draws it"


@pytest.mark.parametrize(("commands", "screen", "key"), [
    ([StartPhase(phase="reveal")], RevealScreen, "]"), ([StartPhase(phase="talk"), OpenTalk(card="P03")], TalkScreen, "h"),
])  # fmt: skip
async def test_a_session_is_opened_again_on_the_screen_that_it_was_left_on(
    commands: list[Command], screen: type[Screen[None]], key: str, tmp_path: Path
) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, *played_ballot(), *commands) as (pilot, _):
        screen_of(pilot, screen)
        await press(pilot, key, "escape", "escape")
        board = screen_of(pilot, SessionScreen)
        assert board.session.talk is None or board.selected_id == board.session.talk.card


async def test_the_list_of_decisions_follows_the_selection_and_decides_card_by_card(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, StartPhase(phase="decide")) as (pilot, opened):
        screen, decisions = screen_of(pilot, SessionScreen), lambda: opened.live.session.decisions
        await press(pilot, "g", "j", "j")
        third = opened.live.session.order[2]
        assert screen.selected_id == third
        assert opened.live.session.cards[third].title in next(row for row in shown(pilot).splitlines() if "▌" in row)
        await press(pilot, "d", "1", "enter")
        assert set(decisions()) == {third}
        for decided in range(2, 5):
            card = screen.selected_id
            await press(pilot, "enter", "enter")
            assert (card in decisions(), len(decisions())) == (True, decided)
            assert screen.selected_id not in decisions()
            assert f"{decided} of 24 decided" in words(pilot)


async def test_steps_that_overtake_each_other_end_on_the_last_one(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, StartPhase(phase="decide")) as (pilot, opened):
        screen = screen_of(pilot, SessionScreen)
        listing, order = screen.query_one(DecideStage).list, opened.live.session.order
        for turns in range(8):  # of the loop between two steps: list and board may not answer each other for ever
            screen.select(order[0])
            await pilot.pause()
            listing.action_step(1)
            for _ in range(turns):
                await asyncio.sleep(0)
            listing.action_step(1)
            for _ in range(4):
                await pilot.pause()
                assert (listing.chosen, screen.selected_id) == (order[2], order[2]), turns


async def test_the_list_of_decisions_shows_what_a_filter_leaves_and_accepts_only_that(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), EVERYBODY, StartPhase(phase="decide")) as (pilot, opened):
        await press(pilot, "slash", *"warehouse", "tab")
        text, session = words(pilot), opened.live.session
        assert "2 of 24 shown · esc all" in text
        assert "Warehouse pick-by-scan" in text
        assert "Repeat-order checkout" not in text
        await press(pilot, "D", "enter")
        decided = {session.cards[card].title for card in opened.live.session.decisions}
        assert decided == {"Warehouse pick-by-scan", "Data warehouse migration"}
        await press(pilot, "escape")
        assert "Repeat-order checkout" in words(pilot)
        assert "→ ] look at the proposals" in words(pilot)
        await press(pilot, "V")
        assert "Only what is decided" in words(pilot)
        assert "Group by" not in words(pilot), "the list has the board's order"
        await press(pilot, *"not decided", "enter")
        assert "22 of 24 shown" in words(pilot)
        await press(pilot, "escape", "D", "enter")
        assert "→ ] close the meeting" in words(pilot), "nothing is proposed any more"


async def test_the_line_leads_over_the_people_into_the_cards(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), StartPhase(phase="open")) as (pilot, opened):
        assert "No one is marked as here yet → ] say who is here" in words(pilot)
        await press(pilot, "]")
        assert "→ ] everybody is here" in words(pilot)
        await press(pilot, "]")
        assert not opened.live.session.quorum_missing
        for _ in range(4):
            if opened.live.session.phase == "open":
                await press(pilot, "]", "escape")
        assert opened.live.session.phase == "cards"
