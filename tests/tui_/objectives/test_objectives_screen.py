"""The objectives: added, named, ranked, and confirmed by the one who decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from stage import on_board, on_stage, press, said, shown, words
from support import Room, bare, sample, small
from textual.screen import Screen

from sessions.commands.base import Command
from sessions.commands.objectives import ConfirmObjectives, NamedObjective, ObjectiveRefusedError, SetObjectives
from sessions.commands.people import MarkAttendance, NameDecider
from sessions.commands.phases import StartPhase
from sessions.guide.next_step import next_step
from sessions.guide.room import objectives_words
from sessions.handling.dispatch import refusal
from sessions.summary.markdown import summary
from tui.board.screen import SessionScreen
from tui.objectives.screen import ObjectivesScreen


def texts(room: Room) -> list[str]:
    return [each.text for each in room.session.objectives]


def named(*titles: str) -> SetObjectives:
    return SetObjectives(objectives=tuple(NamedObjective(text=title) for title in titles))


async def test_objectives_are_added_named_ranked_and_confirmed() -> None:
    room = Room(bare()).everybody()
    async with on_stage(ObjectivesScreen(room.live), (80, 24)) as pilot:
        assert "No objectives yet" in shown(pilot)
        await press(pilot, "+", *"Sell", "enter", "+", *"sell", "enter")
        assert "“sell” is already among the objectives." in words(pilot)
        await press(pilot, *"faster", "enter", "K")
        assert texts(room) == ["sellfaster", "Sell"]
        await press(pilot, "e", "end", "!", "enter")
        assert texts(room) == ["sellfaster!", "Sell"]
        assert "2 objectives, order not confirmed yet" in shown(pilot)
        await press(pilot, "enter")
        assert "2 objectives, confirmed by the COO" in shown(pilot)
        await press(pilot, "J")
        assert "order not confirmed yet" in shown(pilot)
        await press(pilot, "u", "u")
        assert texts(room) == ["sellfaster!", "Sell"]
        assert not room.session.objectives_confirmed
        await press(pilot, "W")
        assert texts(room) == ["Sell"]
        assert said(pilot) == ""


async def test_what_only_cards_name_is_shown_and_taken_in() -> None:
    portfolio = bare("A B C")
    cards = tuple(card.model_copy(update={"objective": "Growth"}) for card in portfolio.projects[:2])
    room = Room(portfolio.model_copy(update={"projects": (*cards, portfolio.projects[2])})).everybody()
    async with on_stage(ObjectivesScreen(room.live)) as pilot:
        assert "Growth  named by 2 cards · enter takes it" in shown(pilot)
        await press(pilot, "enter")
        assert texts(room) == ["Growth"]
        await press(pilot, "W")
        assert "“A” serves “Growth”" in said(pilot)


def test_the_meeting_is_led_to_the_objectives_once_and_the_page_says_whose_order_it_is() -> None:
    room = Room(sample()).everybody()
    room.do(StartPhase(phase="open"))
    step = next_step(room.session)
    assert (step.kind, step.optional) == ("confirm_objectives", True)
    assert objectives_words(room.session) == "5 objectives, order not confirmed yet"
    first, second, *others = (NamedObjective(id=each.id, text=each.text) for each in room.session.objectives)
    room.do(SetObjectives(objectives=(second, first, *others)))
    assert [each.rank for each in room.session.objectives] == [1, 2, 3, 4, 5]
    assert [len(room.do(ConfirmObjectives())) for _ in range(2)] == [1, 0]
    assert room.session.objectives_confirmed
    assert next_step(room.session).kind == "ask_pulse"
    page = summary(room.session)
    assert "## What we work for\n\n- 1st: Cut order-to-delivery from 4.1 to 3.0 days (VP Operations)\n- 2nd: Raise" in page
    assert "The COO confirmed this order." in page
    assert "What we work for" not in summary(Room(sample()).session)


@pytest.mark.parametrize(("command", "sentence"), [
    (named(" "), "cannot be empty"), (named("A", "a"), "already among the objectives"), (named(*map(str, range(21))), "More than 20"),
    (ConfirmObjectives(), "no objective to confirm"),
])  # fmt: skip
def test_what_is_no_list_of_objectives_is_refused(command: Command, sentence: str) -> None:
    assert sentence in str(refusal(Room(bare()).session, command))


def test_without_a_decider_nobody_confirms() -> None:
    room = Room(small().model_copy(update={"participants": tuple(each for each in small().participants if each.seat != "decider")}))
    room.do(named("Sell more"))
    room.refuses(ConfirmObjectives(), ObjectiveRefusedError, "name the decider first")
    room.everybody().do(NameDecider(person="cfo"), ConfirmObjectives())
    assert objectives_words(room.session) == "1 objective, confirmed by the CFO"


@pytest.mark.parametrize(("keys", "confirmed", "goes_on"), [("]]", True, ObjectivesScreen), (["]", "escape"], False, SessionScreen)])
async def test_the_meeting_leads_to_the_order_which_the_next_key_confirms(
    tmp_path: Path, keys: Sequence[str], confirmed: bool, goes_on: type[Screen[None]]
) -> None:
    here = MarkAttendance(people=tuple(each.id for each in sample().participants), presence="present")
    async with on_board(tmp_path, sample(), here, StartPhase(phase="open")) as (pilot, opened):
        assert "] look at the objectives" in shown(pilot)
        await press(pilot, *keys)
        assert opened.live.session.objectives_confirmed is confirmed
        assert isinstance(pilot.app.screen, goes_on)
        assert "objectives" not in shown(pilot).splitlines()[2]
