"""The two questions and the partnership on screen: by hands, by secret ballots, after the end; what each side said, and what to reach next."""

from __future__ import annotations

from pathlib import Path

import pytest
from answering import ANSWERS, PEOPLE, answered, asked
from record_release import earlier
from stage import disk_library, on_board, on_stage, press, said, shown, words
from support import Room, bare

from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.rounds import OpenRound, SealBallot
from sessions.quarters.partnership import partnership, past_partnership
from sessions.quarters.pulse import pulses
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen
from tui.cli.screens import session_screen
from tui.together.partnership import PartnershipScreen
from tui.together.pulse import PulseScreen


def room(**more: object) -> Room:
    return Room(bare(people=PEOPLE), **more).everybody()  # type: ignore[arg-type]


async def test_hands_are_typed_row_by_row_and_the_result_is_by_side() -> None:
    here = room()
    async with on_stage(PulseScreen(here.live), (120, 40)) as pilot:
        for told in ("No one learns who gave which answer", "On their own devices all answer together: I invites them."):
            assert told in words(pilot)
        await press(pilot, "enter", *"323323", "9", "0", *"33223", *"223223", "backspace", "3", *"22322")
        assert "A hand is a figure from 1 to 5" not in words(pilot)
        await press(pilot, "escape")
        assert "What is typed would be lost · esc again leaves" in words(pilot)
        await press(pilot, "enter")
        assert [each.words for each in pulses(here.session)] == ["2.6 → –", "2.3 → –"]
        assert "business      2.7" in shown(pilot)
        assert "11 answers at Open, from 1 to 5." in words(pilot)
        await press(pilot, "h")
        assert "Asking again needs" in words(pilot)
        await press(pilot, "escape")
        assert len(here.session.rounds) == 1
        assert said(pilot) == ""


async def test_secret_ballots_are_collected_and_revealed() -> None:
    here = room()
    async with on_stage(PulseScreen(here.live), (120, 40)) as pilot:
        await press(pilot, "v")
        assert here.session.open_round
        assert "How far is each of these true?" in words(pilot)
        await press(pilot, *"54", "enter")
        assert "COO has voted." in words(pilot)
        await press(pilot, "escape")
        assert "business ████████ ████████ ████████ ████████ ████████ ████████ 1 of 6" in words(pilot)
        here.do(*(SealBallot(round=1, voice=each.id, scores={"value": 4, "focus": 3}) for each in PEOPLE[1:11]))
        await press(pilot, "r", "enter")
        assert here.session.open_round is None
        assert [each.words for each in pulses(here.session)] == ["4.1 → –", "3.1 → –"]
        assert "11 answers at Open" in words(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_partnership_says_what_to_reach_next(size: tuple[int, int]) -> None:
    first = answered(asked("partnership"), ANSWERS["partnership"])
    here = room(past=earlier().model_copy(update={"partnership": past_partnership(first.session)}))
    here.do(OpenRound(method="partnership"))
    answered(here, ANSWERS["partnership"])
    fewer = answered(asked("partnership"), {**ANSWERS["partnership"], "seat": ANSWERS["partnership"]["seat"][:8]})
    as_one = "Both sides are shown as one: each needs at least three answers to every item"
    async with on_stage(PartnershipScreen(here.live), size) as pilot:
        told = words(pilot)
        assert "To reach level 3: seat, sponsorship, initiative." in told
        assert "index 2.7 · the sides are 0.3 apart · 2026-Q2: level 2, index 2.7" in told
        assert "→ IT is sometimes in business" in told
        assert as_one not in told
        await pilot.app.push_screen(PartnershipScreen(fewer.live))
        await pilot.pause()
        assert as_one in words(pilot)


@pytest.mark.system
async def test_what_is_asked_besides_is_chosen_before_and_a_closed_session_can_still_answer() -> None:
    here = Room(bare(people=(*PEOPLE[:3], *PEOPLE[6:9])))
    here.do(CloseSession(leave_undecided=True, override="x"))
    async with on_stage(PartnershipScreen(here.live), (120, 40)) as pilot:
        await press(pilot, "e", "ctrl+u", *"maybe", "enter")
        assert "Type yes or no." in words(pilot)
        await press(pilot, "ctrl+u", *"yes", "enter")
        assert "When something failed, who carried it?" in words(pilot)
        await press(pilot, "h")
        await pilot.press(*"3" * 48, "enter")
        await pilot.pause()
        found = partnership(here.session)
        assert found is not None
        assert found.level == 3
        assert "nobody 6" in words(pilot)
        assert said(pilot) == ""


async def test_once_the_next_session_is_closed_nothing_is_asked_any_more() -> None:
    here = answered(asked("partnership"), ANSWERS["partnership"])
    here.do(CloseSession(leave_undecided=True, override="x"))
    for followed in (False, True):
        here.live.followed = followed
        async with on_stage(PartnershipScreen(here.live), (120, 40)) as pilot:
            assert ("enter ask" in words(pilot)) != followed
            assert ("no one can answer now" in said(pilot)) == followed
            assert "IT hears the direction when invited" not in words(pilot)
            assert "→ IT is sometimes in business discussions" in words(pilot)


async def test_the_command_shows_the_partnership_over_a_closed_session(tmp_path: Path) -> None:
    library = disk_library(tmp_path)
    with library.create(bare(people=PEOPLE), quarter="2026-Q3") as opened:
        opened.live.perform(CloseSession(leave_undecided=True, override="x"))
    opened = library.open(opened.ref)
    app = QuarterdeckApp(library, session_screen(opened, partnership=True))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, PartnershipScreen)
        await press(pilot, "v", *"333333", "enter")
        assert len(opened.live.session.open_round.seals) == 1  # type: ignore[union-attr]
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, SessionScreen)
        assert "1 of 11 has answered → ] take an answer" in words(pilot)
        await press(pilot, "]")
        assert "Partnership" in words(pilot)


async def test_after_the_two_questions_the_next_step_is_the_partnership(tmp_path: Path) -> None:
    here = MarkAttendance(presence="present")
    async with on_board(tmp_path, bare(people=PEOPLE), here, StartPhase(phase="close")) as (pilot, _):
        await press(pilot, "]")
        assert isinstance(pilot.app.screen, PulseScreen)
        await press(pilot, "]", "escape", "]")
        assert isinstance(pilot.app.screen, PartnershipScreen)
