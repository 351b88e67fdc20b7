"""Folding events into a session: the same record always gives the same session, and what does not follow is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_release import earlier, every_command
from support import Room, assert_sentence, board_of, sample, small

from sessions.commands.cards import Redo, Undo
from sessions.commands.consent import AnswerConsent
from sessions.commands.decisions import Decide
from sessions.commands.people import AddParticipant, AddPeople
from sessions.commands.rounds import CountHands, OpenRound
from sessions.errors import RecordError
from sessions.portfolio.models import Project
from sessions.portfolio.order import moved_between
from sessions.record import events as ev
from sessions.record.events import Event, Recorded
from sessions.state.fold import fold, replay


def test_undo_takes_every_board_action_back_exactly_and_redo_brings_it_again() -> None:
    room, kinds = Room(small(), past=earlier()), set()
    for command in every_command(room.live):
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


def test_undo_of_a_second_answer_brings_the_first_one_back(live: Room) -> None:
    live.do(Decide(card="P3", word="stop", why="too dear"), OpenRound(method="consent", cards=("P3",)))
    live.do(CountHands(round=1, hands={"business": (0, 3), "it": (4,)}), *(AnswerConsent(card="P3", answer=text) for text in ("first", "second")))
    assert live.session.rounds[0].answer == "second"
    live.do(Undo())
    assert live.session.rounds[0].answer == "first"
    assert not live.do(AnswerConsent(card="P3", answer="first"))


def test_who_is_taken_in_is_there(room: Room) -> None:
    room.do(AddPeople(people=(AddParticipant(role="Clerk", side="it"),)))
    assert room.session.presence["clerk"] == "present"


def test_an_earlier_version_of_a_session_is_never_changed() -> None:
    room = Room(small(), past=earlier())
    kept = [(room.session, repr(room.session))]
    for command in every_command(room.live):
        room.do(command)
        kept.append((room.session, repr(room.session)))
    for session, shown in kept:
        assert repr(session) == shown


def test_the_first_event_makes_the_session() -> None:
    session = replay(Room(sample()).live.recordeds[:1])
    assert session.order == tuple(session.first_ranks) == tuple(session.cards) == tuple(project.id for project in sample().projects)
    assert session.first_ranks["P03"] == 3
    assert session.rank("P03") == 3
    assert (session.decider, session.phase, session.facilitator, session.seq) == ("coo", "prepare", "pmo-lead", 1)
    assert (session.line, session.next_session) == (None, "")
    assert session.presence == {}
    assert len(session.undecided) == 24


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


@pytest.mark.parametrize("step", [-1, 0, 2])
def test_a_gap_or_a_doubled_record_is_refused(bare_room: Room, step: int) -> None:
    session = bare_room.session
    with pytest.raises(RecordError, match="does not follow on record"):
        fold(session, Recorded(session.seq + step, "t", "x", 0, ev.TimerStarted()))


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
