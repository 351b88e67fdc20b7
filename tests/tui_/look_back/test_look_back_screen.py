"""Look back on the screen: one key for each outcome, all of them at once, and the way on."""

from __future__ import annotations

from pathlib import Path

import pytest
from series import past_of_sample, sample_room
from stage import disk_library, on_stage, press, running, screen_of, shown, words
from support import Room, sample

from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.quarters.leftovers import AnswerLeftover
from sessions.guide.words import go_on
from sessions.record import events as ev
from sessions.record.events import CardOutcome, Decision
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm
from tui.history.screen import HistoryScreen
from tui.look_back.cause import AskCause
from tui.look_back.screen import LookBackScreen
from tui.look_back.sheet import Sheet


def looking_back() -> Room:
    room = sample_room()
    room.do(StartPhase(phase="look_back"))
    return room


async def test_one_key_accepts_or_changes_each_outcome() -> None:
    room = looking_back()
    async with on_stage(LookBackScreen(room.live)) as pilot:
        assert "decisions kept? and 1 of 3 “not before” dates" in words(pilot)
        assert "2026-Q2 · 13 to confirm" in words(pilot)
        assert "is “missed” right? → enter yes, next" in words(pilot)
        await press(pilot, "enter")  # the portfolio shows why
        first = CardOutcome(card="P01", outcome="missed", cause="capacity", note="not started: Data & BI and CRM not free", proposed=True)
        assert room.session.outcomes == {"P01": first}
        assert "Repeat-order checkout: is “missed” right?" in words(pilot)
        await press(pilot, "1")
        assert (room.session.outcomes["P04"].outcome, room.session.outcomes["P04"].note) == ("kept", "started")
        await press(pilot, "3")
        screen_of(pilot, AskCause)
        await press(pilot, "9", "x", "escape")
        assert len(room.session.outcomes) == 2
        await press(pilot, "2", "1")
        assert (room.session.outcomes["P18"].outcome, room.session.outcomes["P18"].cause) == ("missed", "sponsor")
        await press(pilot, "n", "end", "!", "enter")
        assert room.session.outcomes["P05"].note == "not started: Mobile (contract ended) has no people!"
        await press(pilot, "u", "u")
        assert list(room.session.outcomes) == ["P01", "P04"]
        assert "11 to confirm" in shown(pilot)


async def test_what_was_agreed_and_parked_last_time_comes_back_too() -> None:
    room = Room(sample(), past=past_of_sample().model_copy(update={
        "actions": (ev.ActionAgreed(what="Ask [b]the bank", who="CFO", by_when="2026-05-29"),), "parked": (ev.QuestionParked(text="Who pays?"),),
    }))  # fmt: skip
    async with on_stage(LookBackScreen(room.live), (120, 60)) as pilot:
        assert "Agreed and parked last time → Ask [b]the bank · CFO, 29 May 2026 ? Who pays?" in words(pilot)
        room.do(AnswerLeftover(what="action", number=1, answer="done"))
        await pilot.pause()
        assert "Agreed and parked last time ? Who pays?" in words(pilot)


async def test_while_nothing_can_be_judged_the_room_is_asked() -> None:
    """No file says of any card whether it has started."""
    cards = tuple(card.model_copy(update={"state": "new"}) for card in sample().projects)
    decisions = tuple(Decision(card=card, word="start", sentence="", week=1) for card in ("P01", "P04"))
    past = past_of_sample().model_copy(update={"decisions": decisions, "delivered": ()})
    room = Room(sample().model_copy(update={"projects": cards}), past=past)
    room.do(StartPhase(phase="look_back"))
    async with on_stage(LookBackScreen(room.live)) as pilot:
        assert "outcomes to confirm" in words(pilot)
        assert "decisions kept" not in words(pilot)
        assert "Customer segmentation and analysis: did it start? 1 yes, 2 no → enter not known, next" in words(pilot)
        await press(pilot, "1")
        assert room.session.outcomes["P01"].note == "started"
        assert "decisions kept? and 1 of 1 start" in words(pilot)


async def test_the_whole_list_is_accepted_with_one_key_and_one_record() -> None:
    room = looking_back()
    async with on_stage(LookBackScreen(room.live)) as pilot:
        await press(pilot, "D")
        assert "8 kept, 2 missed, 2 overtaken and 1 open." in words(pilot)
        await press(pilot, "escape")
        assert not room.session.outcomes
        await press(pilot, "D", "D")
        assert isinstance(room.last, ev.OutcomesConfirmed)
        assert len(room.last.outcomes) == 13
        assert "decisions kept and 1 of 3 “not before” dates" in words(pilot)
        assert "1 reading is due → tab look at what was delivered" in words(pilot)
        await press(pilot, "tab", "G")
        assert "Intranet search: how far do people use it? → enter take a reading" in words(pilot)
        await press(pilot, "k")
        assert "We kept 8 of 10 decisions of 2026-Q2, and 1 of 3 “not before” dates; 1 open → ] " in words(pilot)
        await press(pilot, "tab")
        room.do(StartPhase(phase="talk"))
        assert "reading is due" not in words(pilot)
        await press(pilot, "1")  # what was said can be changed
        assert room.session.outcomes["P01"].outcome == "kept"


def test_the_minutes_are_told_in_the_order_of_a_meeting_though_a_room_went_back_and_forth() -> None:
    past = past_of_sample().model_copy(update={"phases": past_of_sample().phases[::-1]})
    sheet = Sheet(past, [], ((), ()), 200, roomy=True)
    told = "".join(piece.text for place in range(len(sheet.values)) for piece in sheet.line(place, 200))
    assert "Minutes used of planned Open 6/5 Look back 14/10 Cards 9/10 Vote 10/10" in " ".join(told.split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_it_fits_its_size_and_a_low_screen_says_what_happened_below(size: tuple[int, int]) -> None:
    async with on_stage(LookBackScreen(looking_back().live), size) as pilot:
        assert "Warehouse label printers" in shown(pilot)
        assert "not started: Data & BI and CRM not free" in shown(pilot)
        assert "? help" in shown(pilot)
        assert "Talk 31/20" in shown(pilot)


async def test_a_meeting_goes_through_look_back_with_one_key(tmp_path: Path) -> None:
    library = disk_library(tmp_path)
    with library.create(sample(), title="Q3", past=past_of_sample()) as opened:
        for command in (MarkAttendance(presence="present"), StartPhase(phase="open")):
            opened.live.perform(command)
        async with running(library, SessionScreen(opened)) as pilot:
            screen_of(pilot, SessionScreen).lead(go_on(opened.live.session, "Enough to begin"))
            await pilot.pause()
            assert opened.live.session.phase == "look_back"
            screen_of(pilot, LookBackScreen)
            await press(pilot, "escape")
            assert "13 of 13 outcomes to confirm → ] look back" in words(pilot)
            await press(pilot, "comma", "enter", "]")
            assert "12 of 13 outcomes not confirmed" in words(pilot)
            await press(pilot, "escape", "H")
            screen_of(pilot, HistoryScreen)
            await press(pilot, "escape", "]")
            screen_of(pilot, Confirm)
            await press(pilot, "]")
            screen_of(pilot, SessionScreen)
            assert opened.live.session.phase == "cards"
            assert [each.outcome for each in opened.live.session.outcomes.values()] == ["missed", *["open"] * 12]
            await press(pilot, "u", "comma")
            assert "12 to confirm" in shown(pilot)
            await press(pilot, "D", "enter", "escape")
            opened.live.perform(CloseSession(leave_undecided=True))
            await press(pilot, "comma", "2")
            screen_of(pilot, LookBackScreen)
            assert opened.live.session.outcomes["P01"].outcome == "missed"
