"""Coming in, presence and acting: commands in, events and seats out, without a network; and no channel changes a result."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from room_kit import RoomKit, act
from support import PEOPLE, bare

from sessions.commands.base import NotPermittedError
from sessions.commands.cards import Undo
from sessions.commands.people import AddParticipant, AddPeople, ChangeParticipant, MarkAttendance
from sessions.commands.phases import CloseSession
from sessions.commands.proposed_moves import SetFreeMode
from sessions.commands.rounds import DropRound, RevealBallots, RoundOverError, SealBallot
from sessions.errors import RecordError, SessionError
from sessions.record.events import BallotSealed, CardMoved
from sessions.room.reception import ASKING_LIMIT, ASKING_OF_ONE
from sessions.room.refused import RoomError, refusal_of
from sessions.room.seats import TOKEN_LENGTH, Seat


def refusal(call: Any, *arguments: Any, **fields: Any) -> str:
    with pytest.raises(RoomError) as caught:
        call(*arguments, **fields)
    assert str(caught.value).endswith(".")
    return caught.value.kind


def test_who_asks_waits_until_the_facilitator_lets_them_in_and_is_present_then() -> None:
    kit = RoomKit()
    asking, token = kit.room.ask(person="vp-sales")
    assert (asking.state, asking.role, asking.side) == ("asking", "VP Sales", "business")
    kit.room.admit(asking.id)
    assert kit.session.session.presence["vp-sales"] == "present"
    seat = kit.room.seats.of_token(token)
    assert seat is not None
    assert seat.state == "in"
    assert [(row.role, row.state, row.away) for row in kit.room.rows()] == [("VP Sales", "in", False)]
    kit.session.do(ChangeParticipant(person="vp-sales", role="Chief of Sales", side="business", seat="voter"))
    assert [row.role for row in kit.room.rows()] == ["Chief of Sales"]
    assert refusal(kit.room.admit, asking.id) == "gone"
    assert refusal(kit.room.ask, person="vp-sales") == "taken"


def test_a_new_person_joins_by_role_and_side_once_even_if_the_answer_was_lost() -> None:
    kit = RoomKit()
    (_, lost), (asking, token) = [kit.room.ask(role="  Head of Risk\n", side="business", request="the-same-one") for _ in range(2)]
    kit.room.ask(role="Auditor")
    assert refusal(kit.room.ask, role="Stranger", side="a side of my own") == "side"
    kit.room.admit_all()
    added = [kit.session.session.people[person] for person in ("head-of-risk", "auditor")]
    assert [(each.role, each.side, each.votes) for each in added] == [("Head of Risk", "business", True), ("Auditor", "", False)]
    seat = kit.room.seats.of_token(token)
    assert seat is not None
    assert (seat.id, seat.person, kit.room.seats.of_token(lost)) == (asking.id, "head-of-risk", None)


def test_whoever_the_facilitator_takes_back_has_a_seat_without_a_vote() -> None:
    kit = RoomKit()
    kit.session.do(AddPeople(people=(AddParticipant(role="Clerk", side="it"),)))
    seat = kit.seat("clerk")
    assert kit.room.state(seat)["you"]["voices"]
    kit.session.do(Undo())
    assert "clerk" not in kit.session.session.people
    assert kit.room.state(seat)["you"]["voices"] == []


@pytest.mark.promise("room-R21")
@pytest.mark.parametrize(
    "name",
    [
        "", "\x1b[2J", "\u202e", "...", "x" * 41, "CFO", "C F O", "\u0421F\u041e", "\uff23fo", "facilitator", "H0st", "PMO Lead", "AUDIT0R",
        "a\u0000b",
    ],
)  # fmt: skip
def test_nobody_takes_a_name_that_is_another_ones_or_none(name: str) -> None:
    kit = RoomKit()
    kit.room.ask(role="Auditor")
    assert refusal(kit.room.ask, role=name, side="it") == "name"
    assert [refusal(kit.room.ask, person=person) for person in ("nobody", "pmo-lead")] == ["name", "name"]


@pytest.mark.promise("room-R20")
def test_a_seat_is_issued_anew_taken_over_and_closed() -> None:
    kit = RoomKit()
    first, token = kit.room.ask(person="cfo")
    kit.room.admit(first.id)
    new = kit.room.reissue("cfo")
    assert len(new) == TOKEN_LENGTH
    assert kit.room.seats.of_token(token) is None
    assert kit.room.seats.of_token(new) == kit.room.seats.of_person("cfo")
    kit.session.clock.advance(31)
    again, other = kit.room.ask(person="cfo")  # the phone is lost: another one asks
    kit.room.admit(again.id)
    assert kit.room.seats.of_token(new) is None
    kit.room.remove(again.id)
    assert kit.room.seats.of_token(other).state == "out"  # type: ignore[union-attr]
    kit.room.lock(True)
    assert refusal(kit.room.ask, person="cfo") == "locked"
    assert kit.session.session.presence["cfo"] == "present"


@pytest.mark.promise("room-R25")
def test_seats_outlive_the_room_and_end_with_it_or_the_session() -> None:
    kit = RoomKit()
    token, facilitators = kit.room.link("cfo"), kit.room.facilitator_link()
    waiting = kit.room.ask(person="coo")[1]
    version = kit.room.version
    kit.open()
    assert kit.room.version > version
    assert kit.room.seats.of_token(token).person == "cfo"  # type: ignore[union-attr]
    assert kit.room.seats.of_token(facilitators).facilitator  # type: ignore[union-attr]
    assert kit.room.seats.of_token(waiting) is None
    assert token not in kit.file.read().decode()
    second = kit.room.link("cfo")
    assert kit.room.seats.of_token(token).id == kit.room.seats.of_token(second).id  # type: ignore[union-attr]
    kit.room.end()
    assert kit.room.seats.of_token(token) is None
    assert kit.file.read() == b""
    assert kit.open().room.seats.all == ()
    kit.file.write(b'{"seats": [{"id": 7}]')
    assert kit.open().room.seats.all == (), "a damaged file is no seat"
    token = kit.room.link("cfo")
    kit.session.do(CloseSession(leave_undecided=True, override="a test"))
    assert kit.room.state(kit.room.seats.of_token(token))["now"]["kind"] == "closed"  # type: ignore[arg-type]
    kit.room.leave()
    assert kit.file.read() == b"", "a closed session keeps none"


def test_who_asks_and_does_not_wait_keeps_nobody_out() -> None:
    kit = RoomKit()
    for _ in range(ASKING_LIMIT):
        kit.room.ask(watch=True)
    assert refusal(kit.room.ask, person="cfo") == "full"
    kit.session.clock.advance(31)
    kit.room.ask(person="cfo")
    assert [row.role for row in kit.room.rows()] == ["CFO"]


def test_two_who_ask_for_one_role_are_told_apart_and_the_facilitator_lets_the_right_one_in() -> None:
    kit = RoomKit()
    first, second, other = (kit.room.ask(person=person)[0] for person in ("cfo", "cfo", "coo"))
    assert [row.number for row in kit.room.rows()] == [1, 2, 0]
    assert kit.room.state(second)["now"]["sentence"] == "Someone else asks as CFO too. Tell the facilitator your number: 2."
    host = kit.room.seats.of_token(kit.room.facilitator_link())
    assert [(each["role"], each["number"]) for each in kit.room.state(host)["waiting"]] == [("CFO", 1), ("CFO", 2), ("COO", 0)]  # type: ignore[arg-type]
    assert refusal(kit.room.admit_all) == "twice"
    assert [row.state for row in kit.room.rows()] == ["asking", "asking", "in"]
    kit.room.admit(first.id)
    assert {row.seat: row.state for row in kit.room.rows()} == {first.id: "in", other.id: "in"}
    assert kit.room.seats.get(second.id).state == "out"  # type: ignore[union-attr]


def test_one_device_asks_for_a_few_seats_only_and_all_can_be_turned_away() -> None:
    kit = RoomKit()
    for _ in range(ASKING_OF_ONE):
        kit.room.ask(watch=True, address="10.0.0.9")
    assert refusal(kit.room.ask, watch=True, address="10.0.0.9") == "full"
    kit.room.ask(person="cfo", address="10.0.0.8")
    kit.room.turn_all_away()
    assert kit.room.rows() == []
    kit.room.ask(person="cfo", address="10.0.0.9")


def test_the_curtain_covers_the_board_for_all_but_the_facilitator() -> None:
    kit = RoomKit().vote_open()
    seat, host = kit.seat("cfo"), kit.room.seats.of_token(kit.room.facilitator_link())
    state = kit.room.state(seat)
    kit.room.curtain(True)
    assert refusal(kit.room.cards, seat, state["listv"]) == "curtain"
    assert kit.room.cards(seat, state["round"]["listv"])["cards"]
    assert kit.room.cards(host, state["listv"])["cards"]  # type: ignore[arg-type]


@pytest.mark.promise("room-R27")
def test_presence_changes_nothing_but_how_a_name_looks() -> None:
    kit = RoomKit().vote_open()
    seat = kit.seat("cfo")
    session, records = kit.session.session, len(kit.session.log.records)
    kit.session.clock.advance(31)
    version = kit.room.version
    kit.room.look_round()
    assert kit.room.is_away(seat)
    assert kit.room.version > version
    kit.room.touch(seat)
    assert not kit.room.is_away(seat)
    assert (kit.session.session, len(kit.session.log.records)) == (session, records)


def full(_: object) -> None:
    raise RecordError("the disk is full")


def test_a_linked_person_is_present_with_their_first_word_in_the_meeting_only() -> None:
    early = RoomKit(meeting=False)
    token = early.room.link("cfo")
    early.room.touch(early.room.seats.of_token(token))  # type: ignore[arg-type]
    assert "cfo" not in early.session.session.presence
    early.meeting = True
    early.open()
    write = early.file.write
    early.file.write = full  # type: ignore[method-assign]
    early.room.touch(early.room.seats.of_token(token))  # type: ignore[arg-type]
    early.file.write = write  # type: ignore[method-assign]
    early.room.touch(early.room.seats.of_token(token))  # type: ignore[arg-type]
    assert early.session.session.presence["cfo"] == "present"


@pytest.mark.promise("room-R14")
async def test_ballots_that_arrive_together_are_recorded_together_and_each_once() -> None:
    kit = RoomKit().vote_open()
    appended = []
    log = kit.session.log.append_all
    kit.session.log.append_all = lambda records: appended.append(len(records)) or log(records)  # type: ignore[method-assign, func-returns-value]
    people = ("coo", "cfo", "cio", "architect")
    for person in people:
        kit.seat(person)
    same = [kit.vote("cfo", "the-same-one", choice={"points": {"P1": 20}}) for _ in range(3)]
    await asyncio.gather(*(kit.vote(person, choice={"points": {"P2": 10}}) for person in people if person != "cfo"), *same)
    assert appended == [4]
    sealed = [each.event for each in kit.session.live.recordeds if isinstance(each.event, BallotSealed)]
    assert {(each.voice, each.way) for each in sealed} == {(person, "device") for person in people}
    with pytest.raises(RoomError, match="another request"):
        await kit.vote("cfo", "the-same-one", choice={"points": {"P1": 21}})


async def test_a_ballot_that_was_not_recorded_can_be_sent_again() -> None:
    kit = RoomKit().vote_open()
    kit.seat("cfo")
    log = kit.session.log.append_all
    kit.session.log.append_all = full  # type: ignore[method-assign]
    with pytest.raises(RecordError) as caught:
        await kit.vote("cfo", "request-one", choice={"points": {"P1": 20}})
    assert refusal_of(caught.value) == ("disk", "Not recorded, try again: the disk is full.")
    kit.session.log.append_all = log  # type: ignore[method-assign]
    await kit.vote("cfo", "request-one", choice={"points": {"P1": 20}})
    assert "cfo" in kit.session.session.open_round.seals  # type: ignore[union-attr]


@pytest.mark.promise("room-R15")
async def test_a_late_ballot_and_a_move_on_an_old_board_are_refused() -> None:
    kit = RoomKit().vote_open()
    seat, version = kit.seat("cfo"), kit.room.version
    kit.session.do(DropRound(round=1, reason="again"))
    with pytest.raises(RoundOverError, match="Round 1 is not open"):
        await kit.vote("cfo", choice={"points": {"P1": 20}})
    kit.session.do(SetFreeMode(people=("cfo", "cio")))
    await kit.do(kit.seat("cio"), kind="move", card="P4", rank=1)
    assert kit.session.last == CardMoved(card="P4", old=4, new=1, asked_by="cio")
    with pytest.raises(RoomError, match="changed meanwhile"):
        await kit.room.act(seat, act({"kind": "move", "card": "P4", "rank": 2}, version=version))


ACTS = {
    "vote": {"voice": "cfo", "choice": {"points": {"P1": 5}}},
    "propose": {"card": "P4", "rank": 1},
    "move": {"card": "P4", "rank": 1},
    "benefit": {"card": "P3", "text": "Books close in two days"},
    "effort": {"card": "P3", "team": "WEB", "tenths": 60},
    "admit_all": {},
    "turn_away": {"seat": "s1"},
    "turn_all_away": {},
    "extend": {"until": "Tuesday"},
    "end": {},
}
MAY = {
    "cfo": {"vote", "propose", "benefit"},
    "cio": {"propose", "effort"},
    "guest": set[str](),
    "facilitator": {"admit_all", "turn_all_away"},
    "watch": set[str](),
    "asking": set[str](),
}


@pytest.mark.promise("room-R19")
@pytest.mark.parametrize("who", MAY)
async def test_every_seat_does_what_the_one_table_lets_it(who: str) -> None:
    kit = RoomKit().vote_open()
    seat = seated(kit, who)
    for kind, fields in ACTS.items():
        if kind in MAY[who]:
            await kit.do(seat, kind=kind, **fields)
        elif who == "facilitator" and kind in ("turn_away", "extend", "end"):
            continue
        else:
            with pytest.raises(SessionError) as caught:
                await kit.do(seat, kind=kind, **fields)
            assert isinstance(caught.value, NotPermittedError | RoomError), kind


def seated(kit: RoomKit, who: str) -> Seat:
    links = {"facilitator": kit.room.facilitator_link, "watch": kit.room.watch_link}
    if who in links:
        return kit.room.seats.of_token(links[who]())  # type: ignore[return-value]
    return kit.room.ask(person="coo")[0] if who == "asking" else kit.seat(who)


async def test_edits_that_arrive_together_keep_each_other() -> None:
    kit = RoomKit()
    sponsor, it = kit.seat("cfo"), kit.seat("cio")
    await asyncio.gather(kit.do(sponsor, kind="benefit", **ACTS["benefit"]), kit.do(it, kind="effort", **ACTS["effort"]))  # type: ignore[arg-type]
    card = kit.session.session.cards["P3"]
    assert (card.benefit.text, card.work[0].effort) == ("Books close in two days", 60)


def test_a_link_that_was_used_holds_after_any_number_of_restarts_and_new_links() -> None:
    kit = RoomKit()
    used, unused = kit.room.link("cfo"), kit.room.link("cfo")
    assert kit.room.seats.of_token(used)
    for _ in range(40):
        kit.open().room.link("cfo")
    assert kit.room.seats.of_token(used)
    assert kit.room.seats.of_token(unused) is None
    kit.room.reissue("cfo")
    assert kit.room.seats.of_token(used) is None


CHANNELS = ("keyboard", "device", "file")


@settings(max_examples=15)
@given(st.data())
def test_no_result_depends_on_the_channel(data: st.DataObject) -> None:
    method = data.draw(st.sampled_from(("points", "ranking", "approval")))
    choice = {
        "points": st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 25), max_size=4).map(lambda points: {"points": points}),
        "ranking": st.permutations("ABCD").map(lambda order: {"ranking": [[card] for card in order]}),
        "approval": st.sets(st.sampled_from("ABCD")).map(lambda cards: {"points": dict.fromkeys(sorted(cards), 1)}),
    }[method]
    people = ("coo", "cfo", "vp-sales", "cio", "architect")
    ballots = {person: data.draw(choice) for person in data.draw(st.permutations(people))}
    channels = {person: data.draw(st.sampled_from((*CHANNELS, "proxy") if person == "coo" else CHANNELS)) for person in people}

    def revealed(channel_of: dict[str, str], order: list[str]) -> Any:
        kit = RoomKit(bare(people=PEOPLE)).vote_open(method, anonymity="secret")
        asyncio.run(cast(kit, ballots, channel_of, order))
        kit.session.do(RevealBallots(round=1))
        event = kit.session.session.rounds[0].revealed
        return event.model_dump(exclude={"ballots"}), sorted(each.model_dump_json() for each in event.ballots)  # type: ignore[union-attr]

    assert revealed(channels, list(ballots)) == revealed(dict.fromkeys(people, "keyboard"), sorted(people))


async def cast(kit: RoomKit, ballots: dict[str, dict[str, Any]], channels: dict[str, str], order: list[str]) -> None:
    """Cast ballots, each through its channel; the devices' together at the end, as they come in while others type."""
    waiting = []
    for person in order:
        match channels[person]:
            case "device":
                kit.seat(person)
                waiting.append(asyncio.ensure_future(kit.vote(person, choice=ballots[person])))
            case "proxy":
                kit.session.do(MarkAttendance(people=(person,), presence="proxy", proxy="cfo"))
                waiting.append(asyncio.ensure_future(kit.vote("cfo", voice=person, choice=ballots[person])))
            case way:
                kit.session.do(SealBallot(round=1, voice=person, way=way, **ballots[person]))
    await asyncio.gather(*waiting)
