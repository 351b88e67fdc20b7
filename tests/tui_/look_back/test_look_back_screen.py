"""Look back on the screen: one key for each outcome, all of them together, and the next step; what was delivered, and its readings."""

from __future__ import annotations

from pathlib import Path

import pytest
from record_release import earlier
from series import of_the_sample, past_of_sample, sample_room
from stage import disk_library, on_board, on_stage, press, running, screen_of, shown, type_text, words
from support import Room, sample, small, with_cards
from textual.pilot import Pilot
from textual.widgets import Input

from sessions.commands.cards import Undo
from sessions.commands.decisions import AcceptProposals
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.quarters.adoption import DeliverCard, MeasureAdoption
from sessions.commands.quarters.leftovers import AnswerLeftover
from sessions.deciding.adopting import delivery, status
from sessions.guide.words import go_on
from sessions.portfolio.models import Adoption, Portfolio
from sessions.quarters.look_back import past_decisions
from sessions.record import events as ev
from sessions.record.events import CardOutcome, Decision, Reading
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm
from tui.history.screen import HistoryScreen
from tui.look_back.cause import AskCause
from tui.look_back.delivered import head, lines
from tui.look_back.reading import ReadingForm
from tui.look_back.screen import LookBackScreen
from tui.look_back.sheet import Sheet
from tui.stages.card import card_picture


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
    """No file says whether any card has started."""
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
        await press(pilot, "1")  # an outcome can be changed
        assert room.session.outcomes["P01"].outcome == "kept"


def test_the_minutes_are_told_in_the_order_of_a_meeting_though_a_room_went_back_and_forth() -> None:
    past = past_of_sample().model_copy(update={"phases": past_of_sample().phases[::-1]})
    for width in (78, 118, 198):
        sheet = Sheet(past, past_decisions(sample_room().session), ((), ()), width, roomy=True)
        lines = ["".join(piece.text for piece in sheet.line(place, width)) for place in range(len(sheet.values))]
        assert max(map(len, lines)) <= width
    assert "Minutes used of planned Open 6/5 Look back 14/10 Cards 9/10 Vote 10/10" in " ".join(" ".join(lines).split())


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
            await press(pilot, "[")
            screen_of(pilot, LookBackScreen)
            await press(pilot, "escape", "u", "comma")
            assert "12 to confirm" in shown(pilot)
            await press(pilot, "D", "enter", "escape")
            opened.live.perform(CloseSession(leave_undecided=True))
            await press(pilot, "comma", "2")
            screen_of(pilot, LookBackScreen)
            assert opened.live.session.outcomes["P01"].outcome == "missed"


# --- what was delivered: readings, and the end of an adoption


def with_target(target: str = "70") -> Portfolio:
    return with_cards(small(), P1={"adoption": Adoption(measure="% of orders", baseline="0", target=target, plan_owner="VP Sales")})


async def test_a_card_is_delivered_measured_and_done_from_the_board(tmp_path: Path) -> None:
    async with on_board(tmp_path, with_target(), MarkAttendance(presence="present")) as (pilot, opened):
        await press(pilot, "d", "8", "enter")
        assert "first record that Checkout was delivered" in words(pilot)
        await press(pilot, "escape", "ctrl+r")
        assert "Delivered: Checkout" in shown(pilot)
        await type_text(pilot, "1 Jul 2026")
        await press(pilot, "enter")
        assert "1 Jul 2026 is still to come" in words(pilot)
        await press(pilot, "ctrl+u", "enter")
        assert opened.live.session.delivered["P1"].date == "2026-06-30"
        assert "adopting · not measured" in words(pilot)
        assert "delivered 1, adopted 0" in words(pilot)
        await press(pilot, "ctrl+r")
        await type_text(pilot, "72 %")
        await press(pilot, "tab", "tab", *"COO", "enter")
        assert opened.live.session.delivered["P1"].readings[0].by == "COO"
        assert "in use · 72 of 70 %" in words(pilot)
        assert "delivered 1, adopted 1" in words(pilot)
        await press(pilot, "d", "enter")
        assert opened.live.session.decisions["P1"].word == "done"
        opened.live.perform(Undo())
        opened.live.perform(CloseSession(leave_undecided=True, override="late"))
        await press(pilot, "k", "ctrl+r")
        assert "enough as it is" not in words(pilot)
        await press(pilot, *"12", "enter")
        assert opened.live.session.delivered["P1"].readings[-1].value == "12"


@pytest.mark.parametrize(
    ("typed", "said", "field"),
    [
        ({}, "Type the number", "value"),
        ({"value": "4", "date": "2027-01-01"}, "1 Jan 2027 is still to come", "date"),
        ({"value": "4", "by": ""}, "who took the reading", "by"),
        ({"value": "4", "monthly": "lots"}, "Benefit a month: “lots” is not an amount of money", "monthly"),
        ({"value": "4", "target": "0"}, "same as the baseline, 0", "target"),
    ],
)
async def test_a_reading_that_cannot_be_is_refused_at_its_field(typed: dict[str, str], said: str, field: str) -> None:
    room = Room(with_target("most of them" if "target" in typed else "70"))
    room.do(DeliverCard(card="P1", date="2026-06-01"))
    async with on_stage(form(room, "P1"), (80, 24)) as pilot:
        assert ("how far it is used" in words(pilot)) is ("target" in typed)
        fill(pilot, **typed)
        await press(pilot, "enter")
        assert said in words(pilot)
        assert pilot.app.focused
        assert pilot.app.focused.id == f"field-{field}"
        assert room.session.delivered["P1"].readings == ()
        fill(pilot, value="4", date="29 June 2026", by="CFO", monthly="$1.5k", **({"target": "70"} if "target" in typed else {}))
        await press(pilot, "enter")
    assert room.session.delivered["P1"].readings == (Reading(card="P1", value="4", date="2026-06-29", by="CFO", monthly=1500),)


def form(room: Room, card: str) -> ReadingForm:
    known = delivery(room.session, card)
    assert known
    return ReadingForm(room.live, known)


def fill(pilot: Pilot[None], **fields: str) -> None:
    for name, value in fields.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = value


async def test_less_than_the_target_is_accepted_with_a_sentence() -> None:
    room = Room(small(), past=earlier().model_copy(update={"delivered": of_the_sample()}))
    async with on_stage(form(room, "X3")) as pilot:
        assert "It was 41 of 70 % on 26 Jun 2026, by VP Sales." in words(pilot)
        fill(pilot, accepted="The rest sell in the shop.")
        await press(pilot, "enter")
    known = delivery(room.session, "X3")
    assert known
    assert (status(known), known.accepted) == ("accepted", "The rest sell in the shop.")


async def test_a_closed_session_takes_readings_where_it_looks_back() -> None:
    room = sample_room()
    room.do(CloseSession(leave_undecided=True, override="late"))
    async with on_stage(LookBackScreen(room.live)) as pilot:
        await press(pilot, "1", "D", "enter")
        assert {each.outcome for each in room.session.outcomes.values()} == {"open"}  # no outcome before its end, or since
        await press(pilot, "tab", "down", "down", "down", "enter")
        assert "searches that end in a click" in shown(pilot)
        await type_text(pilot, "60")
        fill(pilot, by="Head of HR")
        await press(pilot, "enter")
        assert room.session.delivered["X6"].readings[0].value == "60"
        assert "in use" in shown(pilot)


def test_the_list_tells_what_is_in_use_from_what_is_not_and_from_what_nobody_measured() -> None:
    session = Room(small(), past=earlier().model_copy(update={"delivered": of_the_sample()})).session
    assert head(session) == ("2 of 4", "delivered projects are in use")
    assert [value for value, _ in lines(session, 117)] == ["", "X3", "X2", "X5", "X6"]
    for width in (40, 117, 197):
        drawn = ["".join(piece.text for piece in line) for _, line in lines(session, width)]
        assert max(map(len, drawn)) <= width
        assert all(text in line for text, line in zip(("41 of 70 %", "14 of 14", "82 of 80 %", "not measured"), drawn[1:], strict=True))
    assert "benefit 17,700 of 25,500 a month, 69%; 1 of 4 not known" in drawn[0]
    assert [line.rstrip().split("  ")[-1] for line in drawn[1:]] == ["not yet", "in use", "in use", "reading due"]
    assert lines(Room(small()).session, 100) == []
    assert head(Room(small()).session) == ("", "")


def test_the_projector_shows_how_a_delivered_card_is_used() -> None:
    room = Room(with_target()).everybody()
    room.do(DeliverCard(card="P1"), MeasureAdoption(card="P1", value="41", by="CFO"), AcceptProposals(cards=("P1",)))
    drawn = card_picture(room.session, room.session.cards["P1"], None, 0, 80, 20)
    text = "\n".join("".join(part for part, _ in row) for row in drawn)
    assert "41 of 70 %" in text
