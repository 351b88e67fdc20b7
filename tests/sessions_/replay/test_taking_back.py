"""The preview of an undo says what will change, and exactly that happens."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from record_release import every_event
from support import Room, board_of

from sessions.commands.cards import AddCard, AgreeAction, EditCard, MoveCard, NoteOnCard, Undo, WithdrawCard
from sessions.commands.decisions import Decide
from sessions.portfolio.models import Project
from sessions.replay.taking_back import differences, without_last
from sessions.state.fold import replay
from sessions.state.fold_board import BOARD


def test_every_difference_is_a_sentence(live: Room) -> None:
    card = live.session.cards["P2"]
    before = live.session
    live.do(MoveCard(card="P4", to=1), NoteOnCard(card="P4", text="urgent", explains_move=True), Decide(card="P1", word="start"))
    live.do(AddCard(card=Project(id="", title="New one")), WithdrawCard(card="P3", reason="no longer needed"))
    live.do(EditCard(card=card.model_copy(update={"title": "Prices"})), AgreeAction(what="Ask", who="CFO", by_when="2026-08-01"))
    assert differences(live.session, without_last(live.session, 7)) == [
        "1 card moves: Returns 1 → 4.",
        "1 card comes back to the board: Close faster.",
        "1 card leaves the board: New one.",
        "1 card reads as before: Price lists.",
        "1 decision is gone: Checkout.",
        "1 note is gone.",
        "1 agreed action is gone.",
    ]
    live.do(*[Undo()] * 7)
    assert board_of(live.session) == board_of(before)


def test_a_decision_that_replaced_another_becomes_that_one_again(live: Room) -> None:
    live.do(Decide(card="P1", word="start"), Decide(card="P1", word="stop", why="Too late"))
    assert differences(live.session, without_last(live.session, 1)) == ["1 decision is as before: Checkout: Start."]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 200))
def test_what_is_previewed_is_what_undo_does(count: int) -> None:
    room = every_event()
    count = min(count, sum(1 for _ in room.session.history()))
    if room.session.closed:
        return
    previewed = without_last(room.session, count)
    room.do(*[Undo()] * count)
    assert board_of(previewed) == board_of(room.session)


def test_no_action_is_taken_back_without_a_word() -> None:
    """Everything that undo can revert has a sentence here; a new event needs one too."""
    recordeds = every_event().live.recordeds
    silent = set()
    for position, recorded in enumerate(recordeds, 1):
        if type(recorded.event) in BOARD:
            session = replay(recordeds[:position])
            if not differences(session, without_last(session, 1)):
                silent.add(recorded.event.kind)
    assert silent == set()
