"""Folding events into a session: the same record always gives the same session, and what does not follow is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_release import earlier, every_command
from support import Room, assert_sentence, board_of, small

from sessions.commands.cards import Redo, Undo
from sessions.errors import RecordError
from sessions.portfolio.models import Project
from sessions.portfolio.order import moved_between
from sessions.record import events as ev
from sessions.record.events import Event, Recorded
from sessions.state.fold import fold


def test_undo_takes_every_board_action_back_exactly_and_redo_brings_it_again_and_no_earlier_session_changes() -> None:
    room, kinds, kept = Room(small(), past=earlier()), set(), []
    for command in every_command(room.live):
        kept.append((room.session, repr(room.session)))
        before = board_of(room.session)
        undoable = {event.kind for event in room.do(command) if event.undoable}
        after, history = board_of(room.session), list(room.session.history())
        if undoable:
            assert before != after
            room.do(Undo())
            assert board_of(room.session) == before
            room.do(Redo())
            assert board_of(room.session) == after
            assert list(room.session.history()) == history
        kinds |= undoable
    assert kinds == {cls.kind for cls in Event.__subclasses__() if cls.undoable}
    assert all(repr(session) == shown for session, shown in kept)


# --- records that no session has made


@pytest.mark.parametrize(
    "event",
    [
        ev.CardMoved(card="X", old=1, new=2),
        ev.CardMoved(card="A", old=1, new=9),
        ev.CardAdded(card=Project(id="X", title="x"), rank=9),
        ev.CardAdded(card=Project(id="A", title="x"), rank=1),
        ev.CardWithdrawn(card=Project(id="X", title="x"), rank=1, reason="r"),
        ev.BallotSealed(round=1, voice="cfo", seal="s"),
        ev.BallotsRevealed(round=7, ballots=()),
        ev.GroupOrderTaken(round=2, weighting="sides", old=(), new=()),
        ev.Undone(undoes=1),
        ev.Redone(redoes=1),
    ],
    ids=lambda event: event.kind,
)
def test_an_event_about_what_is_not_there_is_refused(bare_room: Room, event: Event) -> None:
    session = bare_room.session
    with pytest.raises(RecordError) as caught:
        fold(session, Recorded(session.seq + 1, "t", "x", 0, event))
    assert_sentence(str(caught.value))
    assert f"Record {session.seq + 1} " in str(caught.value)


# --- two orders: only cards that someone must have moved count as moved


def test_one_card_that_jumps_over_many_is_the_only_one_that_moved() -> None:
    cards = [f"C{number}" for number in range(400)]
    assert moved_between(cards, [*cards[:11], cards[399], *cards[11:399]]) == ("C399",)


@given(st.permutations(list("ABCDEFGH")), st.sets(st.sampled_from("ABCDEFGH")))
def test_what_did_not_move_kept_its_order(new: list[str], gone: set[str]) -> None:
    order = [card for card in new if card not in gone]
    moved = moved_between("ABCDEFGH", order)
    still = [card for card in order if card not in moved]
    assert still == sorted(still)
    assert not moved or len(moved) < len(order)
    assert moved_between(order, order) == ()
