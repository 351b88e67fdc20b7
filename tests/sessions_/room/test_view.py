"""What a seat sees: the meeting as it is now, its own ballots, and nothing that depends on a choice before the reveal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from ballot_rooms import CHOICES, opening, room_for
from record_release import earlier
from support import Room, person, small

from sessions.ballots.forms import form_csv, form_html
from sessions.commands.base import Actor
from sessions.commands.cards import MoveCard, Undo
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.proposed_moves import AnswerProposal, ProposeMove
from sessions.commands.rounds import DropRound, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import OpenTalk
from sessions.errors import SessionError
from sessions.portfolio.models import Benefit, Participant, Portfolio, Project, Work
from sessions.record.events import METHODS, Anonymity, Matched, Method
from sessions.room.fitting import size_of
from sessions.room.following import Following
from sessions.room.seats import Seat
from sessions.room.view import LIMIT, View, board_list, cards_of
from tui.joined.picture import picture
from tui.stages.vote import vote_picture
from tui.voting.ballot_words import reveal_lines, voted


def seat(person: str, **fields: Any) -> Seat:
    return Seat.model_validate({"id": "s1", "state": "in", "person": person, **fields})


SALES, CIO = seat("vp-sales"), seat("cio")
HOST = seat("pmo-lead", facilitator=True)


@pytest.fixture
def room() -> Room:
    room = Room(small()).everybody()
    room.do(StartPhase(phase="vote"), OpenRound())
    return room


def test_a_voter_sees_the_ballot_how_many_have_voted_and_not_who_and_that_it_was_cancelled(room: Room) -> None:
    room.do(SealBallot(round=1, voice="coo", points={"P1": 9}))
    seen = View(room.live).state(SALES)
    assert seen["now"]["kind"] == "vote"
    assert seen["now"]["sentence"] == "1 of 5 has voted"
    assert seen["now"]["clock"] == {"left": 600, "running": True}
    room.clock.advance(30)
    assert View(room.live).state(SALES)["now"]["clock"] == {"left": 570, "running": True}
    assert seen["round"]["in"] == {"business": [1, 3], "it": [0, 2]}
    assert (seen["round"]["method"], seen["round"]["budget"], seen["round"]["cap"], seen["round"]["cards"]) == ("points", 100, 38, 4)
    assert seen["round"]["told"].startswith("Afterwards the room sees totals by side")
    assert seen["you"]["voices"] == [{"id": "vp-sales", "role": "VP Sales", "proxy": False, "voted": False}]
    assert "missing" not in seen
    assert View(room.live).state(HOST)["missing"] == ["CFO", "VP Sales", "CIO", "Architect"]
    room.do(MarkAttendance(people=("coo",), presence="proxy", proxy="vp-sales"))
    voices = View(room.live).state(SALES)["you"]["voices"]
    assert [(each["id"], each["proxy"], each["voted"]) for each in voices] == [("vp-sales", False, False), ("coo", True, True)]
    room.do(DropRound(round=1, reason="again"))
    told = View(room.live, Following("vote")).state(SALES)
    assert (told["now"]["kind"], told["now"]["sentence"]) == ("board", "The ballot was cancelled: its votes are destroyed unread.")


@pytest.mark.parametrize("anonymity", ["named", "side", "secret"])
def test_a_side_with_one_voter_is_counted_with_the_whole_room(anonymity: Anonymity) -> None:
    people = (person("COO", "business", "decider"), person("CFO", "business"), person("CIO", "it"))
    room = room_for("points", anonymity, people)
    room.do(SealBallot(round=1, voice="cio", points={"P01": 1}))
    state = View(room.live).state(seat("cfo"))
    assert state["round"]["in"] == {"": [1, 3]}
    drawn = [picture(state, 0, *size) for size in SIZES]
    drawn += [vote_picture(room.session, room.session.rounds[0], 0, *size) for size in SIZES]
    for shown in ["\n".join("".join(text for text, _ in row) for row in each) for each in drawn]:
        assert "all voters" in shown
        assert "IT" not in shown
    assert voted(room.session, room.session.rounds[0]) == "1 of 3 has voted"
    assert reveal_lines(room.session, room.session.rounds[0], (), names=False)[:2] == [
        "Voted: 1/3.", "Not voted yet (will not count): 2. esc, then m names them.",
    ]  # fmt: skip


SIZES = ((76, 20), (116, 34))


@pytest.mark.promise("room-R16")
@pytest.mark.parametrize("method", METHODS)
def test_no_state_and_no_list_depends_on_a_choice_before_the_reveal(method: Method) -> None:
    def seen(choice: dict[str, Any]) -> list[Any]:
        room = room_for(method)
        room.live.perform(SealBallot(round=1, voice="cfo", **choice), Actor("cfo", "device"))
        view = View(room.live, Following("vote"), version=3)
        seats = (seat("cfo"), seat("cio"), HOST, seat("", watch=True))
        return [*map(view.state, seats), cards_of(room.session, view.state(seats[0])["round"]["listv"], seats[0])]

    one, other = map(seen, CHOICES[method])
    assert one == other
    assert one[0]["you"]["voices"][0]["voted"]
    asked = one[0]["round"]
    assert (asked["method"], bool(asked["title"])) == (method, True)
    assert asked["rules"] or asked["question"] or asked["about"]
    assert all(isinstance(figure, int) and words for figure, words in asked["scale"])


@pytest.mark.parametrize("method", METHODS)
def test_no_device_no_form_and_no_stage_shows_an_earlier_rank_during_the_vote(method: Method) -> None:
    def seen(ranks: Sequence[int]) -> list[Any]:
        room = room_for(method)
        cards = [card.model_copy(update={"previous_rank": rank}) for card, rank in zip(room.session.portfolio.projects, ranks, strict=True)]
        order = tuple(card.id for _, card in sorted(zip(ranks, cards, strict=True), key=lambda pair: pair[0]))
        past = earlier().model_copy(update={"order": order, "cards": tuple(cards), "unclear": (), "gone": ()})
        past = past.model_copy(update={"matched": tuple(Matched(card=card, was=card, by="id") for card in order)})
        room = Room(room.session.portfolio.model_copy(update={"projects": tuple(cards)}), past=past).everybody()
        room.do(StartPhase(phase="vote"), *opening(method))
        view, session = View(room.live, Following("vote")), room.session
        round_, seats = session.rounds[0], (seat("cfo"), seat("cio"), HOST)
        lists = [cards_of(session, listv, each) for each in seats for listv in (view.state(each)["round"]["listv"], board_list(session))]
        forms = [form(session, round_, session.people["cfo"]) for form in (form_csv, form_html)]
        return [*map(view.state, seats), *lists, *forms, *(vote_picture(session, round_, 0, *size) for size in SIZES)]

    assert seen((4, 3, 2, 1)) == seen((1, 2, 3, 4))


def test_pages_follow_the_facilitators_screen(room: Room) -> None:
    def now(following: Following, **more: Any) -> dict[str, Any]:
        return View(room.live, following, **more).state(CIO)

    assert now(Following("board"))["now"]["kind"] == "vote"
    assert View(room.live).state(CIO)["now"]["kind"] == "vote", "where no screen is open"
    assert View(Room(small()).live).state(CIO)["now"]["kind"] == "waiting"
    behind = Room(small(), past=earlier())
    behind.do(StartPhase(phase="look_back"))
    assert View(behind.live).state(CIO)["now"]["sentence"] == "The room looks back on last quarter."
    room.do(*(SealBallot(round=1, voice=voice, points={"P2": 20}) for voice in ("coo", "cio")), RevealBallots(round=1, override="go"))
    assert now(Following("vote"))["now"]["kind"] == "reveal"
    revealed = now(Following("reveal"))["reveal"]
    assert revealed["headline"]
    assert revealed["order"][0] == {"number": 2, "title": "Price lists"}
    assert now(Following("board"))["reveal"] is None
    card = now(Following("card", "P3"))
    assert (card["now"]["kind"], card["card"]["title"], card["card"]["benefit"]) == ("card", "Close faster", "3% more orders")
    assert card["card"]["effort"] == [{"team": "WEB", "name": "Web", "tenths": 40}]
    room.do(StartPhase(phase="talk"), OpenTalk(card="P2"))
    talk = now(Following("talk", "P2"))["talk"]
    assert (talk["title"], talk["sentence"]) == ("Price lists", "Everyone who voted wants it now.")
    covered = now(Following("talk", "P2"), curtain=True)
    assert (covered["now"]["kind"], covered["talk"]) == ("curtain", None)
    room.do(StartPhase(phase="decide"), Decide(card="P1", word="stop", why="dear"))
    decided = now(Following("decide", "P1"))["decided"]
    assert (decided["done"], decided["of"], decided["last"]["title"]) == (1, 4, "Checkout")
    room.do(CloseSession(leave_undecided=True))
    assert now(Following("decide"))["now"]["kind"] == "closed"


def test_a_seat_sees_its_own_proposals_and_the_facilitators_link_all_open_ones(room: Room) -> None:
    room.live.perform(ProposeMove(card="P4", rank=1, reason="it pays back"), Actor("vp-sales", "device"))
    room.live.perform(ProposeMove(card="P3", rank=1), Actor("cio", "device"))
    room.do(AnswerProposal(proposal=2, accept=False))
    view = View(room.live)
    (own,) = view.state(SALES)["proposals"]
    assert (own["title"], own["old"], own["rank"], own["reason"], own["status"]) == ("Returns", 4, 1, "it pays back", "open")
    assert [each["status"] for each in view.state(CIO)["proposals"]] == ["declined"]
    assert [each["role"] for each in view.state(HOST)["proposals"]] == ["VP Sales"]


def test_the_lists_of_cards(room: Room) -> None:
    state = View(room.live).state(SALES)
    board = cards_of(room.session, state["listv"], SALES)
    assert [(each["number"], each["id"]) for each in board["cards"]] == [(1, "P1"), (2, "P2"), (3, "P3"), (4, "P4")]
    assert [each["may"] for each in board["cards"]] == [["benefit"], [], [], ["benefit"]]
    room.do(MoveCard(card="P4", to=1))
    moved = View(room.live).state(SALES)
    assert moved["listv"] != state["listv"]
    assert moved["round"]["listv"] == state["round"]["listv"]
    ballot = cards_of(room.session, moved["round"]["listv"], SALES)["cards"]
    assert [(each["number"], each["id"]) for each in ballot] == [(1, "P1"), (2, "P2"), (3, "P3"), (4, "P4")]
    room.do(Undo())
    assert View(room.live).state(SALES)["listv"] == state["listv"]
    room.do(SealBallot(round=1, voice="coo", points={"P1": 1}), RevealBallots(round=1, override="go"))
    with pytest.raises(SessionError):
        cards_of(room.session, moved["round"]["listv"], SALES)


def test_a_state_stays_small_with_the_longest_texts_of_a_large_room() -> None:
    long = "審🙂é" * 700
    voters = tuple(
        Participant(id=f"somebody-with-a-long-name-number-{number}", role=f"{number} {long[:58]}", side="it" if number % 2 else "business")
        for number in range(60)
    )
    benefit, work = Benefit(text=long), (Work(team="W", effort=9),)
    cards = tuple(
        Project(id=f"P{number:03}", title=long[:200], sponsor=voters[0].role, description=long, benefit=benefit, work=work)
        for number in range(495)
    )
    room = Room(Portfolio(participants=(*voters, person("PMO Lead", "it", "facilitator")), projects=cards), title=long[:200]).everybody()
    first = voters[0].id
    for number in range(5):
        room.live.perform(ProposeMove(card=f"P{number:03}", rank=400, reason=long), Actor(first, "device"))
    room.do(StartPhase(phase="vote"), OpenRound(method="approval", until=long))
    asking = [seat("", state="asking", role=long[:40]) for _ in range(60)]

    def sizes(following: Following) -> list[int]:
        view = View(room.live, following, version=2**52, asking=asking)
        return [size_of(view.state(each)) for each in (seat(first), seat(voters[1].id), HOST, asking[0])]

    found = sizes(Following("vote"))
    for voter in voters:
        room.do(SealBallot(round=1, voice=voter.id, points={"P001": 1}))
    room.do(RevealBallots(round=1))
    found += [size for kind in ("reveal", "card", "talk", "decide", "board") for size in sizes(Following(kind, "P001"))]
    assert max(found) <= LIMIT


def test_devices_are_told_what_the_two_questions_came_to() -> None:
    room = Room(small()).everybody()
    room.do(StartPhase(phase="open"), OpenRound(method="pulse"))
    room.do(*(SealBallot(round=1, voice=each.id, scores={"value": 4, "focus": 2}) for each in room.session.voters()), RevealBallots(round=1))
    told = View(room.live, Following("board")).state(seat("cfo"))["now"]["sentence"]
    assert told == "Highest value programs 4.0, best resources 2.0.", "IT has two voters, so there is no figure by side"


def test_a_closed_session_asks_devices_only_about_the_partnership() -> None:
    room = Room(small()).everybody()
    room.do(CloseSession(leave_undecided=True, override="x"))
    assert View(room.live).state(seat("cfo"))["now"]["kind"] == "closed"
    room.do(OpenRound(method="partnership"))
    state = View(room.live, Following("board")).state(seat("cfo"))
    assert (state["now"]["kind"], state["round"]["method"], state["you"]["voices"][0]["voted"]) == ("vote", "partnership", False)
    (first, *_) = cards_of(room.session, state["round"]["listv"], seat("cfo"))["cards"]
    assert (first["name"], len(first["scale"])) == ("Direction", 4)
    room.live.perform(SealBallot(round=1, voice="cfo", scores={"direction": 3}), Actor("cfo", "device"))
    room.do(RevealBallots(round=1))
    assert View(room.live).state(seat("cfo"))["now"]["kind"] == "closed"
