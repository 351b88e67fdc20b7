"""What the room does next, from the first card to the page."""

from __future__ import annotations

from support import Room, bare

from sessions.commands.cards import EditCard, NoteOnCard
from sessions.commands.decisions import Decide
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.people import AddParticipant, MarkAttendance, NameDecider
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.rounds import DropRound, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.guide.aloud import MOST, to_read
from sessions.guide.next_step import next_step
from sessions.guide.step import Known, Step
from sessions.portfolio.models import Project
from sessions.record.events import Phase


def step(room: Room, *skipped: str, known: Known | None = None) -> Step:
    return next_step(room.session, known or Known(), skipped)  # type: ignore[arg-type]


def go_on(room: Room, *skipped: str) -> Phase:
    """Take the step to the next phase, which must be the one that is left."""
    last = step(room, *skipped)
    assert last.kind == "start_phase"
    assert last.phase is not None
    room.do(StartPhase(phase=last.phase))
    return last.phase


def test_a_meeting_is_led_from_the_first_card_to_the_page() -> None:
    room = Room(bare(people=()))
    assert step(room) == Step("add_people", "4 projects, no one invited yet", "add people", optional=True)
    for role, side in (("CFO", "business"), ("COO", "business"), ("CIO", "it")):
        room.do(AddParticipant(role=role, side=side, seat="voter"))
    assert step(room) == Step("name_decider", "3 people, nobody decides yet", "choose who decides", optional=True)
    room.do(NameDecider(person="cfo"))
    assert step(room).sentence == "4 projects and 3 people: ready"
    assert go_on(room) == "open"

    room.do(MarkAttendance(people=("cio",), presence="away"))
    assert step(room) == Step("override_quorum", "Business 2 of 2, IT 0 of 1 here: too few of IT", "begin all the same", optional=True)
    room.do(MarkAttendance(people=("cio",), presence="present"))
    assert step(room) == Step("ask_pulse", "Before we begin: the two questions", "ask them", optional=True)
    room.do(OpenRound(method="pulse"))
    assert step(room) == Step("collect_ballots", "0 of 3 have answered", "take an answer", optional=True)
    room.do(SealBallot(round=1, voice="cfo", scores={"value": 2}))
    assert step(room, "collect_ballots") == Step("reveal", "1 of 3 has answered", "reveal the answers", optional=True)
    room.do(DropRound(round=1, reason="no time"))
    assert step(room).sentence == "Business 2 of 2, IT 1 of 1 here: enough"
    assert step(room).phase == "vote", "nothing was promised, so no one looks back; and titles alone are not read aloud"
    assert step(room).act == "skip Cards, go to the vote"
    room.do(*(EditCard(card=room.session.cards[card].model_copy(update={"description": "A sentence."})) for card in "BD"))
    assert go_on(room) == "cards"
    assert [step(room, known=Known(read=frozenset(read))).card for read in ("", "B")] == ["B", "D"]
    assert step(room, known=Known(read=frozenset("BD"))).sentence == "2 cards read"
    room.do(StartPhase(phase="vote"))
    assert step(room) == Step("open_ballot", "3 people vote in silence on 4 cards", "open the ballot", optional=True)
    room.do(OpenRound())
    assert step(room).kind == "collect_ballots"
    room.do(SealBallot(round=2, voice="cfo", points={"A": 10}), SealBallot(round=2, voice="cio", points={"D": 10}))
    assert step(room) == Step("collect_ballots", "2 of 3 have voted", "next ballot")
    on_device = Known(seated=frozenset(room.session.people))
    assert step(room, known=on_device) == Step("reveal", "2 of 3 have voted, the others on their devices", "reveal, when all are in")
    room.do(MarkAttendance(people=("coo",), presence="away"))
    assert step(room) == Step("reveal", "2 of 3 have voted, 1 is away", "reveal")
    room.do(MarkAttendance(people=("coo",), presence="present"), SealBallot(round=2, voice="coo", points={"A": 5}))
    assert step(room) == Step("reveal", "All 3 have voted", "reveal")
    room.do(RevealBallots(round=2))
    assert room.session.phase == "reveal", "the reveal moves on by itself"
    assert step(room).kind == "take_order"
    assert step(room, known=Known(alike="A")) == Step(
        "doubt", "The voters agree very much on “A”", "look for a reason against it", optional=True, card="A"
    )
    room.do(NoteOnCard(card="A", text="Against it: this is what anybody may write"))
    assert step(room, known=Known(alike="A")).kind == "doubt"
    room.do(NoteOnCard(card="A", text="No one asked the customers", against=True))
    assert step(room, known=Known(alike="A")).kind == "take_order", "a reason was written down"
    room.do(TakeGroupOrder(weighting="sides"))
    known = Known("Business and IT agree on 1 of the first 2.", ("D", "B"))
    assert step(room, known=known) == Step("talk", "Business and IT agree on 1 of the first 2", "talk about the first", card="D")

    room.do(OpenTalk(card="D"))
    assert step(room, known=known).act == "go back to it"
    room.do(StartPhase(phase="talk"))
    assert step(room, known=known).sentence == "The room talks about “D”"
    room.do(CloseTalk(outcome="kept"))
    assert step(room, known=known) == Step("talk", "1 of 2 cards talked about", "talk about “B”", optional=True, card="B")
    assert step(room, "talk", known=known).sentence == "1 card not talked about, still open"
    room.do(StartPhase(phase="sequence"))
    room.do(StartPhase(phase="decide"))
    assert step(room) == Step("draw_line", "0 of 4 decided. How many can we start?", "draw the line", optional=True)
    assert step(room, "draw_line") == Step("preview_decisions", "0 of 4 decided", "look at the proposals", optional=True)
    room.do(*(Decide(card=card, word="start") for card in "AC"))
    assert step(room, "draw_line", "preview_decisions", known=known).sentence == "2 of 4 decided, 1 differs and stays open"
    room.do(*(Decide(card=card, word="start") for card in "BD"))
    assert step(room).sentence == "All 4 decided"
    assert go_on(room) == "close"
    left = ["ask_pulse", "ask_partnership", "set_next_date", "close"]
    assert [step(room, *left[:done]).kind for done in range(4)] == left
    room.do(CloseSession())
    assert step(room).kind == "write_page"


def test_people_of_a_file_are_asked_whether_they_are_here() -> None:
    room = Room(bare())
    room.do(StartPhase(phase="look_back"), StartPhase(phase="open"))
    assert "look_back" in room.session.phases, "it is still told of a session that looked back without a past"
    assert step(room) == Step("mark_present", "No one is marked as here yet", "say who is here", optional=True)


def test_of_cards_that_are_new_to_the_room_no_one_is_skipped_for_what_it_lacks() -> None:
    first, *others = bare().projects
    told = first.model_copy(update={"sponsor": "COO"})
    assert to_read(Room(bare().model_copy(update={"projects": (*others, told)})).session) == ("B", "C", "D", "A")
    many = tuple(Project(id=f"N{number}", title=f"Card {number}") for number in range(MOST))
    assert to_read(Room(bare().model_copy(update={"projects": (*many, told)})).session) == ("A",)
