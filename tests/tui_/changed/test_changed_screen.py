"""What changed since the earlier session, on its screen, and the questions answered there one after another."""

from __future__ import annotations

import pytest
from earlier_quarter import earlier, room
from stage import on_stage, press, said, shown, words
from support import Room, small

from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.guide.next_step import next_step
from sessions.record.events import ActionAgreed
from sessions.summary.markdown import summary
from tui.changed.screen import ChangedScreen
from tui.stages.closing import closing_picture
from tui.widgets.listing import Listing


async def test_the_questions_are_answered_one_after_another_by_enter() -> None:
    held = room()
    async with on_stage(ChangedScreen(held.live)) as pilot:
        assert "Close faster: is it “Close fast” or “Close faster still” of 2026-Q2, or new?" in words(pilot)
        await press(pilot, "enter", "down", "enter")
        assert held.session.links == {"P3": "X4"}
        await press(pilot, "enter", *"deliv", "enter", *"1.2.2099", "enter")
        assert "1.2.2099 is not a date" in words(pilot)
        await press(pilot, "ctrl+u", *"2099-02-01", "enter")
        assert "still to come" in words(pilot)
        await press(pilot, "ctrl+u", *"18 May 2026", "enter")
        assert held.session.delivered["X1"].date == "2026-05-18"
        await press(pilot, "enter")
        assert "3 It was dropped" in words(pilot)
        await press(pilot, "2", *"checkout", "enter")
        assert held.session.fates["X3"].into == "P1"
        assert "VP Sales is new as its sponsor (before: VP Retail). Confirmed?" in words(pilot)
        await press(pilot, "enter", "2")
        assert held.session.cards["P1"].sponsor == ""
        assert "To answer" not in shown(pilot)
        assert "Checkout: VP Sales handed it back" in words(pilot)
        await press(pilot, "u")
        assert held.session.cards["P1"].sponsor == "VP Sales"
        assert "question open" in words(pilot)


async def test_a_card_that_was_renamed_is_the_same_card() -> None:
    held = room()
    async with on_stage(ChangedScreen(held.live)) as pilot:
        await press(pilot, "enter", "enter", "enter", *"another title", "enter", "enter")
        assert held.session.links == {"P3": "X3", "P4": "X1"}
        pilot.app.screen.query_one(Listing).choose("link P4")
        await press(pilot, "enter", "down", "enter")
        assert held.session.links == {"P3": "X3", "P4": ""}
        assert "Scanning is not in the new portfolio" in words(pilot)


async def test_an_action_of_the_earlier_session_is_asked_and_stands_at_close_while_it_is_open() -> None:
    past = earlier().model_copy(update={"actions": (ActionAgreed(what="Ask the suppliers", who="COO", by_when="2026-12-15"),)})
    held = Room(small(), past=past)
    async with on_stage(ChangedScreen(held.live)) as pilot:
        pilot.app.screen.query_one(Listing).choose("action 1")
        await press(pilot, "enter", "down", "enter")
        assert held.session.leftovers == {"action 1": "open"}
    held.do(StartPhase(phase="close"))
    picture = "\n".join("".join(text for text, _ in each) for each in closing_picture(held.session, 0, 100, 30))
    assert "Still open from 2026-Q2" in picture
    assert "Ask the suppliers · COO" in picture


async def test_a_given_answer_can_be_chosen_and_changed() -> None:
    held = room()
    async with on_stage(ChangedScreen(held.live), (80, 24)) as pilot:
        await press(pilot, "enter", "end", "enter")
        await press(pilot, "enter", *"dropped", "enter")
        await press(pilot, "G")
        while pilot.app.screen.query_one("#changed-list").chosen != "fate X1":  # type: ignore[attr-defined]
            await press(pilot, "k")
        await press(pilot, "enter", *"still", "enter")
        assert held.session.rank("X1") == 1
        await press(pilot, "G")
        assert "Scanning is still here" in words(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_what_changed_is_told_in_any_size_and_where_it_can_only_be_read(size: tuple[int, int]) -> None:
    held = room()
    async with on_stage(ChangedScreen(held.live, read_only=True), size) as pilot:
        for sentence in ("New objective, #2: Open the Northwest region", "days since 2026-Q2"):
            assert sentence in words(pilot)
        await press(pilot, "enter", "u")
        assert not held.session.links
        assert said(pilot) == ""


def test_open_offers_it_once_and_the_page_tells_it() -> None:
    held = room()
    held.do(MarkAttendance(presence="present"), StartPhase(phase="open"))
    step = next_step(held.session)
    assert (step.kind, step.optional) == ("see_changes", True)
    assert step.sentence == "102 days after 2026-Q2: 3 questions are open"
    assert next_step(held.session, skipped={"see_changes"}).kind != "see_changes"
    page = summary(held.session)
    assert "## Changed since 2026-Q2\n\n102 days after 2026-Q2." in page
    assert "Gone: Scanning." in page
