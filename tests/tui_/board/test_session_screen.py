"""The session screen, driven by keys: what a facilitator does to the board and to the clock of a phase, and what the record then says."""

from __future__ import annotations

from pathlib import Path

import pytest
from disk import DiskLibrary, path_of
from stage import on_board, press, running, said, screen_of, shown, strips, words
from support import bare
from textual.pilot import Pilot

from sessions.commands.cards import MoveCard
from sessions.commands.decisions import AcceptProposals
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.library.library import OpenSession
from sessions.record.events import ActionAgreed, CardMoved, Event, QuestionParked
from sessions.state.moves import last_move
from sessions.state.timer import Timer
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm
from tui.dialogs.panel import CardView
from tui.summary.screen import SummaryScreen


def last(opened: OpenSession) -> Event:
    return opened.live.recordeds[-1].event


async def test_moves_are_one_event_each_and_the_cursor_stays_on_the_card(pilot: Pilot[None], opened: OpenSession) -> None:
    screen, first = screen_of(pilot, SessionScreen), opened.live.session.order
    await pilot.press("j", "J")
    assert last(opened) == CardMoved(card="P02", old=2, new=3)
    assert (screen.board.cursor, screen.selected_id) == (2, "P02")
    await pilot.press("u", "g", "1", "2", "escape", "enter")  # escape forgets the digits
    assert isinstance(pilot.app.screen, CardView)
    assert opened.live.session.order == first
    await pilot.press("escape", "1", "2", "enter")
    assert last(opened) == CardMoved(card="P01", old=1, new=12)
    await pilot.press("u", "G", "T")
    assert opened.live.session.rank("P24") == 1
    await pilot.press("B")
    assert opened.live.session.rank("P24") == 24
    await pilot.press("u", "u")
    assert opened.live.session.order == first
    await pilot.press("U")
    assert opened.live.session.rank("P24") == 1


async def test_carrying_shows_every_card_once_and_is_one_move_or_none(pilot: Pilot[None], opened: OpenSession) -> None:
    screen, first = screen_of(pilot, SessionScreen), opened.live.session.order
    for keys in (["space", *["down"] * 5], ["up"] * 3, ["G"], ["g"]):
        await pilot.press(*keys)
        cards = [screen.card_at(place) for place in range(len(first))]
        assert sorted(cards) == sorted(first)
        assert cards[screen.board.cursor] == "P01"
    await pilot.press("down", "down", "escape")
    assert screen.board.cursor == 0
    await pilot.press("space", "down", "down", "down", "up", "space")
    assert [recorded.event for recorded in opened.live.recordeds[1:]] == [CardMoved(card="P01", old=1, new=3)]


async def test_who_asks_and_why_stand_in_the_record(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "a")
    assert "CFO  business" in shown(pilot)
    assert "PMO Lead  IT" not in shown(pilot), "a facilitator is on no side"
    await press(pilot, *"vp sal", "enter")
    assert opened.live.session.asker == "vp-sales"
    await press(pilot, "J", "n", *"the contract ends", "enter")
    move = last_move(opened.live.session, "P01")
    assert move is not None
    assert (move.asked_by, move.reason) == ("vp-sales", "the contract ends")
    assert SessionScreen(opened).saved == screen_of(pilot, SessionScreen).saved, "known before the board is drawn"


async def test_an_action_keeps_its_form_until_nothing_is_missing_and_goes_to_what_is(pilot: Pilot[None], opened: OpenSession) -> None:
    await pilot.press("o", *"Call", "enter", *"JJ")
    assert len(pilot.app.screen_stack) == 2
    assert opened.live.session.rank("P01") == 1
    await pilot.press("tab", *["backspace"] * 10, *"soon", "enter", *["backspace"] * 4, *"2026-09-29", "enter")
    assert last(opened) == ActionAgreed(what="Call", who="JJ", by_when="2026-09-29", card="P01")


async def test_where_a_stage_hides_the_cards_an_action_is_about_none(pilot: Pilot[None], opened: OpenSession) -> None:
    opened.live.perform(StartPhase(phase="close"))
    await pilot.pause()
    await pilot.press("o", *"Call", "tab", *"CIO", "tab", *["backspace"] * 10, *"2026-09-29", "enter", "tab", "p", *"Why?", "enter")
    agreed, parked = (each.event for each in opened.live.recordeds[-2:])
    assert agreed == ActionAgreed(what="Call", who="CIO", by_when="2026-09-29", card="")
    assert parked == QuestionParked(text="Why?", card="P01"), "tab shows the board"


async def test_add_edit_split_and_withdraw_by_keyboard(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "plus", *"New thing", *["tab"] * 4, *"worth 90000 a month", "enter")
    new = opened.live.session.at_rank(2)
    assert (new.title, new.benefit.monthly) == ("New thing", 90_000)
    assert "$90,000 a month" in shown(pilot)
    await press(pilot, "e", "end", *" better", "enter")
    assert opened.live.session.at_rank(2).title == "New thing better"
    await press(pilot, "S", *"Second part", "enter")
    assert [opened.live.session.at_rank(rank).title for rank in (2, 3)] == ["New thing better", "Second part"]
    await press(pilot, "W", *"not ours", "enter")
    assert len(opened.live.session.order) == 25
    await pilot.press("u", "u", "u", "u")
    assert len(opened.live.session.order) == 24


async def test_phases_and_timer(pilot: Pilot[None], opened: OpenSession) -> None:
    await pilot.press("]", "[")
    assert opened.live.session.phase == "open"
    assert opened.live.session.timer.planned == 300
    await pilot.press("t")
    assert opened.live.session.timer.planned == 420
    await pilot.press("s")
    assert opened.live.session.timer.since is None
    await pilot.press("s")
    assert opened.live.session.timer.since is not None


async def test_leaving_a_live_session_asks(pilot: Pilot[None]) -> None:
    await press(pilot, "q", "y")  # only the key that the question names is a yes
    assert isinstance(pilot.app.screen, Confirm)
    await press(pilot, "escape")
    assert isinstance(pilot.app.screen, SessionScreen)
    await press(pilot, "ctrl+q", "enter")
    assert not pilot.app.is_running


async def test_closing_says_what_is_open_and_asks_and_shows_the_page(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "Z")
    assert "24 cards have no decision" in shown(pilot)
    await press(pilot, "Z")
    assert opened.live.session.closed
    assert isinstance(pilot.app.screen, SummaryScreen)
    assert "Now  The page is ready  →  enter write it" in shown(pilot)
    await press(pilot, "escape", "J")
    assert opened.live.session.rank("P01") == 1
    assert "The page is ready → ] read it" in words(pilot)
    await press(pilot, "]")
    assert isinstance(pilot.app.screen, SummaryScreen)


async def test_after_a_decision_the_next_open_card_is_selected_and_what_is_only_proposed_is_dim(pilot: Pilot[None], opened: OpenSession) -> None:
    opened.live.perform(MarkAttendance(presence="present"))
    opened.live.perform(AcceptProposals(cards=("P03",)))
    await press(pilot, "j", "d", "enter")
    screen = screen_of(pilot, SessionScreen)
    assert "P02" in opened.live.session.decisions
    assert screen.selected_id == "P04", "#3 is decided"
    assert "→ next: #4" in shown(pilot)
    assert "2 of 24 decided" in shown(pilot)
    lines = [strip for strip in strips(pilot.app) if "proposed: " in strip.text or "✓   " in strip.text]
    looks = {segment.text.split(":")[0]: segment.style for strip in lines for segment in strip if segment.text.startswith(("proposed", "Continue"))}
    decided, proposed = (next(style for text, style in looks.items() if style and text.startswith(word)) for word in ("Continue", "proposed"))
    assert (decided.bold, proposed.italic) == (True, True)
    assert decided.color != proposed.color
    await press(pilot, "G", "d", "enter")
    assert screen.selected_id == "P01", "after the last the first open one"


async def test_a_window_that_can_only_read_answers_a_key_that_writes_and_offers_none(library: DiskLibrary, opened: OpenSession) -> None:
    opened.live.perform(MoveCard(card="P02", to=5))
    with library.open(path_of(opened), read_only=True) as reader:
        async with running(library, SessionScreen(reader)) as pilot:
            assert "5 ▼ from 2" in shown(pilot)
            assert "n says why" not in shown(pilot)
            for key, refused in (("J", True), ("]", True), ("space", True), ("u", True), ("j", False), ("?", False)):
                pilot.app.clear_notifications()
                await pilot.press(key)
                assert ("read-only here" in said(pilot)) is refused, key
    opened.close()


async def test_the_status_line_tells_what_was_done_last_whole_or_cut_between_words(pilot: Pilot[None]) -> None:
    await press(pilot, "ctrl+n", *"6 Oct 2026", "enter")
    assert "Next session: 6 Oct 2026" in words(pilot), "however it was typed"
    await press(pilot, "p", *("why " * 60), "enter", "u")
    undone = shown(pilot).splitlines()[-2].rstrip()
    assert undone.startswith(" Undone: ")
    assert undone.endswith("…")


async def test_the_length_of_the_meeting_is_chosen_from_a_list_or_phase_by_phase(tmp_path: Path) -> None:
    async with on_board(tmp_path, bare(), StartPhase(phase="open")) as (pilot, opened):
        session = opened.live
        await press(pilot, ":", *"60", "enter")
        assert sum(session.session.planned(phase) for phase in session.session.phases) == 60 * 60
        await press(pilot, ":", *"each", "enter", "backspace", "backspace", *"x", "enter")
        assert "whole numbers" in shown(pilot)
        await press(pilot, "backspace", *"12", "enter")
        assert session.session.timer.planned == 12 * 60


async def test_it_rings_when_the_last_minute_begins_and_at_the_end_and_shows_a_bar_over_dialogs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_board(tmp_path, bare(), StartPhase(phase="open")) as (pilot, opened):
        rung: list[int] = []
        screen = screen_of(pilot, SessionScreen)
        monkeypatch.setattr(pilot.app, "bell", lambda: rung.append(1))
        live = opened.live
        since = live.session.timer.since
        assert since is not None

        def at(left: int) -> None:
            """Set the clock to `left` seconds before its end."""
            live.session = live.session._replace(timer=Timer(300, 300 - left - (live.elapsed - since), since))
            screen.tick()

        for left, rings in ((90, 0), (61, 0), (60, 1), (30, 1), (1, 1), (0, 2), (-5, 2)):
            at(left)
            assert len(rung) == rings
        at(42)
        await pilot.pause()
        assert "0:42 left" in shown(pilot)
        await press(pilot, "p")
        assert "Park a question" in words(pilot)
        assert "0:42 left" in shown(pilot)
        await press(pilot, "escape")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        top = shown(pilot).splitlines()[0]
        assert "→  ] " in top, "a low screen keeps the next step"
        assert top.endswith("0:42 left")
        at(-1)
        assert live.session.phase == "open"
