"""Folding events into a session: the same record always gives the same session, and what does not follow is refused."""

from __future__ import annotations

import pytest
from record_release import earlier
from support import Room, assert_sentence, board_of, sample, small

from sessions.commands.agreements import DrawLine, SetNextSession
from sessions.commands.base import Command
from sessions.commands.cards import AddCard, AgreeAction, EditCard, MoveCard, NoteOnCard, ParkQuestion, Redo, SplitCard, Undo, WithdrawCard
from sessions.commands.consent import AnswerConsent, RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.group_order import KeepBoard, TakeGroupOrder
from sessions.commands.objectives import ConfirmObjectives, NamedObjective, SetObjectives
from sessions.commands.people import AddParticipant, AddPeople, MergePeople
from sessions.commands.phases import StartPhase
from sessions.commands.plans import EditTeam, KeepWhatIf
from sessions.commands.quarters.adoption import AcceptBelowTarget, DeliverCard, MeasureAdoption
from sessions.commands.quarters.fates import AnswerFate, LinkCard
from sessions.commands.quarters.leftovers import AnswerLeftover
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.quarters.sponsors import AnswerSponsor
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.commands.together import MergeCards, MoveCards
from sessions.commands.what_ifs import ForgetWhatIf, NameWhatIf
from sessions.errors import RecordError
from sessions.portfolio.models import Participant, Project, Team
from sessions.record import events as ev
from sessions.record.events import CardOutcome, Event, Recorded, TriedChange
from sessions.state.fold import fold, replay


def card(title: str) -> Project:
    return Project(id="", title=title)


BOARD_COMMANDS: tuple[Command, ...] = (
    ConfirmOutcomes(outcomes=(CardOutcome(card="X1", outcome="kept"),)),
    ConfirmOutcomes(outcomes=(CardOutcome(card="X1", outcome="missed", cause="capacity"), CardOutcome(card="P1", outcome="kept"))),
    LinkCard(card="P2", was="P2"),
    AnswerFate(card="X2", fate="merged", into="P1"),
    AnswerSponsor(card="P1", confirmed=True),
    AnswerLeftover(what="action", number=1, answer="open"),
    AnswerLeftover(what="action", number=1, answer="done"),
    DeliverCard(card="P3", date="2026-06-12"),
    MeasureAdoption(card="P3", value="41", by="CFO"),
    AcceptBelowTarget(card="P3", sentence="enough"),
    MoveCard(card="P3", to=1),
    NoteOnCard(card="P3", text="n", explains_move=True),
    AddCard(card=card("New"), rank=2),
    EditCard(card=Project(id="P1", title="Edited")),
    SplitCard(card="P2", first=card("One"), second=card("Two")),
    Decide(card="P4", word="stop", why="x"),
    Decide(card="P4", word="hold", until="2026-09-29"),
    WithdrawCard(card="P4", reason="x"),
    EditTeam(team=Team(id="WEB", name="Web", people=20, by_week=((5, 10),))),
    EditTeam(team=Team(id="SEC", name="Security", people=5)),
    KeepWhatIf(
        sentence="P5 out, a part of its own, one more in Web",
        order=("P3", "P1", "P2", "P6", "P3-2"),
        cards=(Project(id="P3-2", title="Part", needs=("P3",)), Project(id="P3", title="Rest")),
        teams=(Team(id="WEB", name="Web", people=30),),
    ),
    NameWhatIf(name="Web", sentence="x", changes=(TriedChange(kind="people", team="WEB", by=10),)),
    NameWhatIf(name="Order", sentence="x", changes=(TriedChange(kind="move", card="P3", to=2),)),
    NameWhatIf(name="web", sentence="y", changes=(TriedChange(kind="people", team="WEB", by=20),)),
    ForgetWhatIf(name="web"),
    MoveCards(cards=("P6", "P2"), to=1),
    MergeCards(cards=("P2", "P6"), title="Both"),
    DrawLine(projects=2),
    SetNextSession(day="2026-10-01"),
    SetObjectives(objectives=(NamedObjective(text="Sell more"),)),
    ConfirmObjectives(),
    AddPeople(people=(AddParticipant(role="Clerk", side="it"), AddParticipant(role="Head of Risk", side="it"))),
    MergePeople(people=(Participant(id="x", role="Clerk", side="it", note="new"),)),
    ParkQuestion(text="q"),
    AgreeAction(what="w", who="CIO", by_when="2026-09-01"),
    RecordDissent(card="P3", who="CIO", stance="concern", text="t", answer="a"),
    AnswerConsent(card="P3", answer="the risk is taken"),
    KeepBoard(reason="first"),
    TakeGroupOrder(),
    TakeGroupOrder(weighting="person"),
)


@pytest.fixture
def voted() -> Room:
    """A ballot was revealed that would turn the board around, and a decision did not get consent."""
    live = Room(small(), past=earlier()).everybody()
    live.do(OpenRound(), SealBallot(round=1, voice="cfo", points={"P4": 30, "P3": 20}), SealBallot(round=1, voice="cio", points={"P4": 30, "P2": 1}))
    live.do(RevealBallots(round=1), Decide(card="P3", word="stop", why="too dear"))
    live.do(OpenRound(method="consent", cards=("P3",)), CountHands(round=2, hands={"business": (0, 3), "it": (4,)}))
    return live


def test_undo_takes_every_board_action_back_exactly_and_redo_brings_it_again(voted: Room) -> None:
    states = [board_of(voted.session)]
    for command in BOARD_COMMANDS:
        assert voted.do(command)
        states.append(board_of(voted.session))
    for before, later in zip(states[-2::-1], states[:0:-1], strict=True):
        voted.do(Undo())
        assert board_of(voted.session) == before
        voted.do(Redo())
        assert board_of(voted.session) == later
        voted.do(Undo())
    for state in states[1:]:
        voted.do(Redo())
        assert board_of(voted.session) == state


def test_the_commands_above_lead_to_every_event_that_can_be_taken_back(voted: Room) -> None:
    kinds = {event.kind for command in BOARD_COMMANDS for event in voted.do(command)}
    assert kinds == {cls.kind for cls in Event.__subclasses__() if cls.undoable}


def test_an_earlier_version_of_a_session_is_never_changed(voted: Room) -> None:
    kept = [(voted.session, repr(voted.session))]
    for command in (*BOARD_COMMANDS, Undo(), StartPhase(phase="decide"), OpenRound(), SealBallot(round=3, voice="cfo", points={})):
        voted.do(command)
        kept.append((voted.session, repr(voted.session)))
    for session, shown in kept:
        assert repr(session) == shown


def test_the_first_event_makes_the_session() -> None:
    session = replay(Room(sample()).live.recordeds[:1])
    assert session.order == session.first_order == tuple(session.cards) == tuple(project.id for project in sample().projects)
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
