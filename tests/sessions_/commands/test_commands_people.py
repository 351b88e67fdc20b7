"""Commands on people: who belongs to the session, who is there, who decides and who asks (METHOD 2.3)."""

from __future__ import annotations

import pytest
from support import PEOPLE, Room, bare, person

from sessions.commands.base import ReasonNeededError, UnknownPersonError
from sessions.commands.cards import MoveCard, NothingToUndoError, Redo, Undo
from sessions.commands.people import (
    AddParticipant,
    AddPeople,
    ChangeParticipant,
    ChooseAsker,
    DeciderRefusedError,
    MarkAttendance,
    MergePeople,
    NameDecider,
    OverrideQuorum,
    ProxyRefusedError,
)
from sessions.commands.rounds import OpenRound, SealBallot
from sessions.errors import SessionError
from sessions.portfolio.models import Participant
from sessions.record import events as ev
from sessions.record.events import Recorded
from sessions.replay.narration import narrate
from sessions.state.people_taken_in import undoable


def present(*people: str) -> MarkAttendance:
    return MarkAttendance(people=people, presence="present")


def proxy(absent: str, holder: str) -> MarkAttendance:
    return MarkAttendance(people=(absent,), presence="proxy", proxy=holder)


def change(room: Room, who: str, **fields: str) -> ChangeParticipant:
    old = room.session.people[who]
    return ChangeParticipant.model_validate({"person": who, "role": old.role, "side": old.side, "seat": old.seat, **fields})


def test_people_are_taken_back_until_they_take_part(room: Room) -> None:
    room.do(MoveCard(card="P2", to=1), AddPeople(people=(AddParticipant(role="Clerk", side="it"), AddParticipant(role="Head of Risk", side="it"))))
    room.do(MarkAttendance(presence="present"), ChooseAsker(person="clerk"), Undo())
    assert "clerk" not in room.session.people
    assert "clerk" not in room.session.presence
    assert room.session.asker == ""
    room.do(Redo(), OpenRound())
    told = narrate(room.session, Recorded(1, "", "", 0, ev.Undone(undoes=next(undoable(room.session)).seq)))
    assert told == "Undone: Price lists from 2 to 1. Clerk and Head of Risk stay: a ballot was opened for them."
    room.do(Undo())
    assert room.session.order[:2] == ("P1", "P2")
    room.refuses(Undo(), NothingToUndoError, "There is nothing to undo.")
    room.do(Redo())
    assert room.session.order[0] == "P2"


def test_who_cannot_be_added_or_named_is_refused(room: Room) -> None:
    room.refuses(AddParticipant(role=" ", side="it"), ReasonNeededError, "Type the role")
    room.refuses(AddParticipant(role="cio", side="it"), SessionError, "cio is already among the people")
    room.refuses(change(room, "cfo", role=""), ReasonNeededError, "role cannot be empty")
    room.refuses(change(room, "cfo", role="CIO"), SessionError, "already among the people")
    assert room.one(change(room, "cfo", role="Cfo"), ev.ParticipantChanged).new.role == "Cfo"
    for command in (present("x"), proxy("cfo", "x"), NameDecider(person="x"), ChooseAsker(person="x")):
        room.refuses(command, UnknownPersonError, "no person with the id x", "add them first")


def test_people_of_a_file_whose_ids_are_written_alike_are_two(room: Room) -> None:
    joined = tuple(Participant(id=name, role=role, side="it") for name, role in (("R&D", "Research"), ("R D", "Development")))
    room.do(MergePeople(people=joined))
    assert [person.role for person in room.session.people.values()][-2:] == ["Research", "Development"]


def test_attendance_is_recorded_where_it_changes(room: Room) -> None:
    assert len(room.do(MarkAttendance(presence="present"))) == len(PEOPLE)
    assert room.do(MarkAttendance(presence="present"), present("cfo", "cfo")) == []
    event = room.one(MarkAttendance(people=("cfo", "cfo"), presence="away"), ev.AttendanceMarked)
    assert (event.old, event.new) == ("present", "away")
    events = room.do(AddParticipant(role=" Head of  Ops ", side="business"), AddParticipant(role="Scribe", side="it", seat="observer"))
    assert [event.kind for event in events] == ["participant_added", "attendance_marked"] * 2
    people = room.session.people
    assert (people["head-of-ops"].votes, people["scribe"].votes, room.session.presence["scribe"]) == (True, False, "present")


@pytest.mark.parametrize(("voices", "needed"), [(1, 1), (2, 1), (3, 2), (5, 3)])
def test_the_quorum_is_half_of_a_side_rounded_up(voices: int, needed: int) -> None:
    people = (*(person(f"B{number}", "business") for number in range(voices)), person("Watcher", "business", "observer"))
    room = Room(bare(people=people), facilitator="watcher")
    for number in range(voices):
        assert room.session.quorum() == {"business": (voices, number, needed)}
        assert bool(room.session.quorum_missing) == (number < needed)
        room.do(present(f"b{number}"))


def test_a_proxy_is_a_present_voice_of_the_same_side_that_holds_no_other(room: Room) -> None:
    room.do(present("coo", "cio", "guest"))
    for absent, holder in (("cfo", "cio"), ("cfo", "cfo"), ("cfo", "guest"), ("architect", "coo")):
        room.refuses(proxy(absent, holder), ProxyRefusedError, "a proxy is another voter of the same side")
    room.refuses(proxy("cfo", "vp-sales"), ProxyRefusedError, "mark VP Sales as present first")
    room.refuses(MarkAttendance(people=("cfo", "vp-sales"), presence="proxy", proxy="coo"), ProxyRefusedError, "one person at a time")
    room.do(proxy("cfo", "coo"))
    assert (room.session.quorum()["business"], room.session.proxies) == ((3, 2, 2), {"cfo": "coo"}), "it counts for the quorum"
    assert room.do(proxy("cfo", "coo")) == []
    room.refuses(proxy("vp-sales", "coo"), ProxyRefusedError, "COO is already a proxy", "at most one")
    room.refuses(proxy("coo", "cfo"), ProxyRefusedError)
    room.do(present("cfo"))
    assert room.session.proxies == {}


def test_a_proxy_stays_until_the_voice_is_given_back(room: Room) -> None:
    room.do(present("coo", "vp-sales", "cio"), proxy("cfo", "vp-sales"))
    room.refuses(change(room, "vp-sales", side="it"), ProxyRefusedError, "VP Sales is the proxy of CFO")
    room.refuses(change(room, "vp-sales", seat="observer"), ProxyRefusedError, "VP Sales is the proxy of CFO")
    room.refuses(change(room, "cfo", side="it"), ProxyRefusedError, "CFO has a proxy")
    for leave in (MarkAttendance(people=("vp-sales",), presence="away"), proxy("vp-sales", "coo")):
        room.refuses(leave, ProxyRefusedError, "VP Sales is the proxy of CFO", "name another proxy first")
    room.do(MarkAttendance(people=("cfo",), presence="away"), proxy("vp-sales", "coo"))
    assert room.session.presence["vp-sales"] == "proxy"


def test_the_decider_is_one_voice_of_the_business(room: Room) -> None:
    assert room.session.decider == "coo"
    assert room.one(NameDecider(person="cfo"), ev.DeciderNamed) == ev.DeciderNamed(person="cfo", old="coo")
    assert room.do(NameDecider(person="cfo")) == []
    for who in ("cio", "guest", "pmo-lead"):
        room.refuses(NameDecider(person=who), DeciderRefusedError, "the decider is a voter of the business side")
    room.refuses(AddParticipant(role="CEO", side="business", seat="decider"), DeciderRefusedError, "CFO already decides")
    room.refuses(change(room, "vp-sales", seat="decider"), DeciderRefusedError, "exactly one")
    room.refuses(change(room, "cfo", side="it"), DeciderRefusedError, "name another decider first")
    room.refuses(change(room, "cfo", seat="observer"), DeciderRefusedError, "name another decider first")
    assert room.session.decider == "cfo"


def test_a_seat_with_a_sealed_ballot_keeps_its_vote_until_the_reveal(live: Room) -> None:
    live.do(OpenRound(), SealBallot(round=1, voice="cfo", points=None))
    live.refuses(change(live, "cfo", seat="observer"), SessionError, "CFO has a sealed ballot", "after the reveal")
    live.do(change(live, "cfo", side="it"), change(live, "vp-sales", seat="observer"))


def test_the_room_may_go_on_without_a_quorum_for_a_reason(room: Room) -> None:
    room.do(present("coo", "cfo"))
    room.refuses(OverrideQuorum(reason=" "), ReasonNeededError, "why the session continues without a quorum")
    event = room.one(OverrideQuorum(reason="IT is at the data centre"), ev.QuorumOverridden)
    assert event.missing == ("it",)
    assert room.session.quorum_override == "IT is at the data centre"
    room.do(MarkAttendance(presence="present"))
    room.refuses(OverrideQuorum(reason="again"), SessionError, "nothing to override")
