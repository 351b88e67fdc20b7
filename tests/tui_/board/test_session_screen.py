"""The session screen, driven by keys: what a facilitator does to the board, and what the record then says."""

from __future__ import annotations

from disk import DiskLibrary, path_of
from stage import press, running, said, screen_of, shown, words
from textual.pilot import Pilot

from sessions.commands.cards import MoveCard
from sessions.commands.decisions import AcceptProposals
from sessions.commands.people import MarkAttendance
from sessions.library.library import OpenSession
from sessions.record.events import CardMoved, DecisionsMade
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm
from tui.dialogs.panel import CardView
from tui.summary.screen import SummaryScreen


def order(opened: OpenSession) -> tuple[str, ...]:
    return opened.live.session.order


def last(opened: OpenSession) -> object:
    return opened.live.recordeds[-1].event


async def test_a_move_is_one_event_with_both_ranks_and_the_cursor_stays_on_the_card(pilot: Pilot[None], opened: OpenSession) -> None:
    await pilot.press("j", "J")
    assert last(opened) == CardMoved(card="P02", old=2, new=3)
    screen = screen_of(pilot, SessionScreen)
    assert screen.board.cursor == 2
    assert screen.selected is not None
    assert screen.selected.id == "P02"


async def test_escape_forgets_the_digits_and_enter_then_reads_the_card(pilot: Pilot[None], opened: OpenSession) -> None:
    before = len(opened.live.recordeds)
    await pilot.press("1", "2", "escape", "enter")
    assert len(opened.live.recordeds) == before
    assert isinstance(pilot.app.screen, CardView)
    await pilot.press("escape", "1", "2", "enter")
    assert last(opened) == CardMoved(card="P01", old=1, new=12)


async def test_carrying_is_one_move_in_the_record(pilot: Pilot[None], opened: OpenSession) -> None:
    before = len(opened.live.recordeds)
    await pilot.press("space", "down", "down", "down", "up")
    assert len(opened.live.recordeds) == before
    await pilot.press("space")
    assert [recorded.event for recorded in opened.live.recordeds[before:]] == [CardMoved(card="P01", old=1, new=3)]


async def test_a_carried_card_is_put_back_by_escape(pilot: Pilot[None], opened: OpenSession) -> None:
    before = order(opened), len(opened.live.recordeds)
    await pilot.press("space", "down", "down", "escape")
    assert (order(opened), len(opened.live.recordeds)) == before
    screen = screen_of(pilot, SessionScreen)
    assert screen.board.cursor == 0


async def test_while_carrying_every_card_is_shown_exactly_once(pilot: Pilot[None]) -> None:
    screen = screen_of(pilot, SessionScreen)
    for keys in (["space", *["down"] * 5], ["up"] * 3, ["G"], ["g"]):
        await pilot.press(*keys)
        shown = [screen.card_at(place) for place in range(len(screen.session.order))]
        assert sorted(shown) == sorted(screen.session.order)
        assert shown[screen.board.cursor] == "P01"


async def test_to_the_top_to_the_bottom_undo_and_redo(pilot: Pilot[None], opened: OpenSession) -> None:
    first = order(opened)
    await pilot.press("G", "T")
    assert order(opened)[0] == "P24"
    await pilot.press("B")
    assert order(opened)[-1] == "P24"
    await pilot.press("u", "u")
    assert order(opened) == first
    await pilot.press("U")
    assert order(opened)[0] == "P24"


async def test_who_asks_and_why_stand_in_the_record(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "a")
    assert "CFO  business" in shown(pilot)
    assert "PMO Lead  IT" not in shown(pilot), "a facilitator is on no side"
    await press(pilot, *"vp sal", "enter")
    assert opened.live.session.asker == "vp-sales"
    await press(pilot, "J", "n", *"the contract ends", "enter")
    move = opened.live.session.last_move("P01")
    assert move is not None
    assert (move.asked_by, move.reason) == ("vp-sales", "the contract ends")


async def test_what_stands_over_a_dialog_is_known_before_the_board_is_drawn(pilot: Pilot[None], opened: OpenSession) -> None:
    assert SessionScreen(opened).saved == screen_of(pilot, SessionScreen).saved


async def test_finding_is_fuzzy(pilot: Pilot[None]) -> None:
    await press(pilot, "slash", *"invrule", "enter")
    screen = screen_of(pilot, SessionScreen)
    assert screen.selected is not None
    assert screen.selected.id == "P09"


async def test_park_and_action_by_one_key_each(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "p", *"Who owns it?", "enter")
    assert opened.live.session.parked[0].text == "Who owns it?"
    await press(pilot, "o", *"Write the case", "tab", *"CFO", "tab", *"2026-09-29", "enter")
    action = opened.live.session.actions[0]
    assert (action.what, action.who, action.by_when) == ("Write the case", "CFO", "2026-09-29")


async def test_add_edit_split_and_withdraw_by_keyboard(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "plus", *"New thing", "enter")
    assert opened.live.session.at_rank(2).title == "New thing"
    await press(pilot, "e", "end", *" better", "enter")
    assert opened.live.session.at_rank(2).title == "New thing better"
    await press(pilot, "S", *"Second part", "enter")
    assert [opened.live.session.at_rank(rank).title for rank in (2, 3)] == ["New thing better", "Second part"]
    await press(pilot, "W", *"not ours", "enter")
    assert len(order(opened)) == 25
    await pilot.press("u", "u", "u", "u")
    assert len(order(opened)) == 24


async def test_the_amount_in_a_typed_benefit_is_read_and_told(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "plus", *"New queue", "tab", "tab", "tab", "tab", *"worth 90000 a month", "enter")
    assert opened.live.session.at_rank(2).benefit.monthly == 90_000
    assert "$90,000 a month" in shown(pilot)


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


async def test_closing_says_what_is_open_and_asks(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "Z")
    assert "24 cards have no decision" in shown(pilot)
    await press(pilot, "Z")
    assert opened.live.session.closed
    await press(pilot, "escape")
    assert isinstance(pilot.app.screen, SessionScreen)
    await pilot.press("J")
    assert order(opened)[0] == "P01"
    assert "The page is ready → ] read it" in words(pilot)
    await press(pilot, "]")
    assert isinstance(pilot.app.screen, SummaryScreen)


async def test_accepting_the_proposals_is_one_record_and_one_undo(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "m", "A", "escape", "D")
    assert not opened.live.session.decisions
    await press(pilot, "enter")
    assert isinstance(last(opened), DecisionsMade)
    decided = dict(opened.live.session.decisions)
    assert decided["P02"].word == "continue"
    assert decided["P14"].word == "return"
    await pilot.press("u")
    assert not opened.live.session.decisions


async def test_after_a_decision_the_next_open_card_is_selected_and_after_the_last_the_first_open_one(pilot: Pilot[None], opened: OpenSession) -> None:
    opened.live.perform(MarkAttendance(presence="present"))
    opened.live.perform(AcceptProposals(cards=("P03",)))
    await press(pilot, "j", "d", "enter")
    screen = screen_of(pilot, SessionScreen)
    assert "P02" in opened.live.session.decisions
    assert screen.selected_id == "P04", "#3 is decided"
    assert "→ next: #4" in shown(pilot)
    assert "2 of 24 decided" in shown(pilot)
    await press(pilot, "G", "d", "enter")
    assert screen.selected_id == "P01"


async def test_what_is_decided_is_solid_and_what_is_proposed_is_dim(pilot: Pilot[None], opened: OpenSession) -> None:
    opened.live.perform(MarkAttendance(presence="present"))
    opened.live.perform(AcceptProposals(cards=("P02",)))
    await pilot.pause()
    lines = [strip for strip in pilot.app.screen._compositor.render_strips() if "proposed: " in strip.text or "✓   " in strip.text]
    looks = {segment.text.split(":")[0]: segment.style for strip in lines for segment in strip if segment.text.startswith(("proposed", "Continue"))}
    decided, proposed = (next(style for text, style in looks.items() if text.startswith(word)) for word in ("Continue", "proposed"))
    assert decided is not None
    assert decided.bold
    assert proposed is not None
    assert proposed.italic
    assert decided.color != proposed.color


async def test_a_window_that_can_only_read_answers_a_key_that_writes_and_offers_none(library: DiskLibrary, opened: OpenSession) -> None:
    opened.live.perform(MoveCard(card="P02", to=5))
    with library.open(path_of(opened), read_only=True) as reader:
        async with running(library, SessionScreen(reader)) as pilot:
            assert "5 ▼ from 2" in shown(pilot)
            assert "n says why" not in shown(pilot)
            for key in ("J", "]", "space", "u"):
                pilot.app.clear_notifications()
                await pilot.press(key)
                assert "read-only here" in said(pilot)
            pilot.app.clear_notifications()
            await pilot.press("j", "?")
            assert "read-only here" not in said(pilot)
