"""Every event is told in one plain sentence, and a sealed ballot is told as no more than that."""

from __future__ import annotations

import pytest
from larkfield import meeting
from support import PEOPLE, Room, bare, person

from sessions.commands.cards import AddCard, AgreeAction, EditCard, MoveCard, NoteOnCard, ParkQuestion, Redo, SplitCard, Undo, WithdrawCard
from sessions.commands.consent import AnswerConsent, RecordDissent
from sessions.commands.decisions import AcceptProposals, Decide
from sessions.commands.group_order import KeepBoard, TakeGroupOrder
from sessions.commands.people import AddParticipant, ChangeParticipant, ChooseAsker, MarkAttendance, NameDecider, OverrideQuorum
from sessions.commands.phases import AddTime, CloseSession, StartPhase, StartTimer, StopTimer
from sessions.commands.plans import EditTeam, KeepWhatIf
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import OpenTalk
from sessions.portfolio.models import Benefit, Project, Team, Work
from sessions.record.events import KINDS
from sessions.replay.narration import narrate
from sessions.replay.narration_rounds import round_name
from sessions.state.fold import begin, fold
from sessions.state.session import Session


def told(room: Room) -> list[tuple[str, str]]:
    """Return (kind, sentence) of everything that happened."""
    session: Session | None = None
    result = []
    for recorded in room.live.recordeds:
        result.append((recorded.event.kind, narrate(session, recorded)))
        session = fold(session, recorded) if session else begin(recorded)
    return result


def last(room: Room, *commands: object) -> str:
    room.do(*commands)
    return told(room)[-1][1]


EVERYTHING = (
    OverrideQuorum(reason="two are on the train"),
    AddParticipant(role="Trainee", side="it", seat="observer"),
    ChangeParticipant(person="trainee", role="Analyst", side="it", seat="voter"),
    MarkAttendance(presence="present"),
    MarkAttendance(people=("cfo",), presence="proxy", proxy="vp-sales"),
    MarkAttendance(people=("guest",), presence="away"),
    NameDecider(person="vp-sales"),
    StartPhase(phase="open"),
    StopTimer(),
    StartTimer(),
    AddTime(seconds=90),
    ChooseAsker(person="vp-sales"),
    MoveCard(card="D", to=2, reason="the contract ends"),
    NoteOnCard(card="D", text="Legal said so", explains_move=True),
    ChooseAsker(),
    MoveCard(card="A", to=3),
    NoteOnCard(card="A", text="Check the licence"),
    AddCard(card=Project(id="", title="Fresh"), rank=2),
    EditCard(card=Project(id="B", title="B", sponsor="CFO", benefit=Benefit(monthly=9000), note="x")),
    SplitCard(card="C", first=Project(id="C", title="C now"), second=Project(id="", title="C later")),
    WithdrawCard(card="A", reason="Nobody wants it."),
    ParkQuestion(text="Who owns it?", card="B"),
    AgreeAction(what="Ask", who="CFO", by_when="2026-07-01"),
    EditTeam(team=Team(id="WEB", name="Web", people=20)),
    ChooseAsker(person="vp-sales"),
    EditTeam(team=Team(id="WEB", name="Web", people=20, by_week=tuple((week, 30) for week in range(5, 40)))),
    KeepWhatIf(
        sentence="One more person in Web",
        effect="2 cards start earlier.",
        order=("D", "C2", "B", "C"),
        teams=(Team(id="WEB", name="Web & Commerce", people=30),),
        cards=(Project(id="C2", title="Later part"),),
    ),
    ChooseAsker(),
    Undo(),
    OpenRound(),
    SealBallot(round=1, voice="coo", points=None),
    DropRound(round=1, reason="wrong cards"),
    OpenRound(),
    SealBallot(round=2, voice="coo", points={"B": 25, "D": 20}),
    SealBallot(round=2, voice="coo", points={"B": 24, "D": 25}),
    SealBallot(round=2, voice="cio", points={"D": 25}),
    SealBallot(round=2, voice="architect", points=None),
    RevealBallots(round=2),
    KeepBoard(reason="the gap is small"),
    TakeGroupOrder(),
    Decide(card="B", word="start"),
    OpenRound(method="ranking", limit=3, anonymity="secret"),
    SealBallot(round=3, voice="coo", ranking=(("B",), ("D", "C"))),
    SealBallot(round=3, voice="cfo", ranking=(("D",),)),
    SealBallot(round=3, voice="cio", ranking=(("D",), ("B",)), way="file"),
    RevealBallots(round=3),
    OpenTalk(card="B"),
    OpenRound(method="score", cards=("B",)),
    CountHands(round=4, hands={"business": (4, 2), "it": (1, None)}),
    OpenRound(method="score", cards=("B",)),
    DropRound(round=5, reason="wrong card"),
    OpenRound(method="duel", cards=("B", "D"), anonymity="named"),
    CountHands(round=6, hands={"business": ("B", "D"), "it": ("B", "B")}),
    OpenRound(method="consent", cards=("B",)),
    CountHands(round=7, hands={"business": (1, 4), "it": (5,)}),
    AnswerConsent(card="B", answer="the window is agreed"),
    Decide(card="D", word="start_after", week=7, why="the team is on #1 B until the end of week 6.", override="it is urgent"),
    RecordDissent(card="D", who="CIO", stance="objection", text="Too early", answer="We watch it"),
    Undo(),
    Redo(),
    AcceptProposals(),
    CloseSession(leave_undecided=True, override="the bus leaves"),
)


@pytest.fixture(scope="module")
def everything() -> list[tuple[str, str]]:
    room = Room(bare(people=PEOPLE))
    room.do(*EVERYTHING)
    return told(room)


def test_every_kind_of_event_has_its_sentence(everything: list[tuple[str, str]]) -> None:
    assert {kind for kind, _ in everything} == set(KINDS)


def test_every_sentence_is_one_line_that_ends(everything: list[tuple[str, str]]) -> None:
    for kind, sentence in [*everything, *told(meeting())]:
        assert sentence == sentence.strip(), kind
        assert "\n" not in sentence, kind
        assert sentence.endswith((".", "?", "!", "…")), (kind, sentence)
        assert not sentence.endswith(".."), (kind, sentence)
        assert "None" not in sentence, (kind, sentence)


def test_what_is_said(everything: list[tuple[str, str]]) -> None:
    assert [sentence for _, sentence in everything] == [
        "Session opened: Q3, 4 cards.",
        "The session continues without a quorum of business and IT, decisions are provisional, because two are on the train.",
        "Trainee (IT) joined and observes.",
        "Trainee is present.",
        "Trainee is now Analyst: IT, has a vote.",
        *[f"{role} is present." for role in ("COO", "CFO", "VP Sales", "CIO", "Architect", "Guest", "PMO Lead")],
        "CFO is represented by VP Sales.",
        "Guest is away.",
        "VP Sales decides, no longer COO.",
        "Phase Open began, 5 min.",
        "The timer of Open was stopped after 0 s.",
        "The timer of Open runs.",
        "Open was given 1 min 30 s more.",
        "VP Sales is asking from here on.",
        "VP Sales asked: D from 4 to 2, because the contract ends.",
        "Reason for the last move of D by VP Sales: Legal said so.",
        "From here on, no one in particular is asking.",
        "A from 1 to 3.",
        "Note on A: Check the licence.",
        "New card Fresh at rank 2.",
        "B was changed: sponsor none → CFO, benefit a month none → 9,000 and note.",
        "C was split into C now (#5) and C later (#6).",
        "A (#4) was withdrawn, because Nobody wants it.",
        "Left for another day on B: Who owns it?",
        "Action: Ask: CFO, by 2026-07-01.",
        "New team Web: 2 people.",
        "VP Sales is asking from here on.",
        "VP Sales asked: Web: 3 people instead of 2 from week 5.",
        "Tried and kept, as VP Sales asked: One more person in Web. 2 cards start earlier.",
        "From here on, no one in particular is asking.",
        "Undone: Tried and kept, as VP Sales asked: One more person in Web. 2 cards start earlier.",
        "Ballot 1 opened (by side): 6 voters, 100 points each, at most 25 a card.",
        "COO has voted.",
        "Ballot 1 was cancelled unread, because wrong cards.",
        "Ballot 2 opened (by side): 6 voters, 100 points each, at most 25 a card.",
        "COO has voted.",
        "COO has voted again.",
        "CIO has voted.",
        "Architect has voted.",
        "Ballot 2 revealed: 2 ballots, 1 abstained, 3 did not vote; first: D, B, C now.",
        "The board stays as it is after ballot 2, because the gap is small.",
        "The board took the order of ballot 2 (equal weight for both sides): first D, B, C now.",
        "Decided: B: Start in week 1.",
        "Ballot 3 opened (secret): 6 voters, each ranks 3 cards.",
        "COO has voted.",
        "CFO has voted, entered by VP Sales.",
        "CIO has voted, from a file.",
        "Ballot 3 revealed: 3 ballots, 3 did not vote; first: D, B, C now.",
        "The room discusses B, 4 min.",
        "Score round 1 on B opened (by side): 6 voters, from 0 to 5.",
        "Score round 1 on B counted: 3 hands, 1 without an opinion; mean business 3.0, IT 1.0.",
        "Score round 2 on B opened (by side): 6 voters, from 0 to 5.",
        "Score round 2 on B was cancelled unread, because wrong card.",
        "Duel on B, D opened (by name): should B be above D?",
        "Duel on B, D counted: 4 hands; B goes above D.",
        "B from 2 to 1, because it won the duel (business 1 to 1, IT 2 to 0).",
        "The discussion of B ended after 0 s: settled by a duel. Business 1 to 1, IT 2 to 0.",
        "Consent round on B opened (by side): Start in week 1. From 0, an objection, to 5.",
        "Consent round on B counted: 3 hands; no consent, mean business 2.5, IT 5.0.",
        "The decider answers those who do not consent to the decision on B: the window is agreed.",
        "Decided: D: Yes, but not before week 7: the team is on #1 B until the end of week 6."
        " This although it has no sponsor, because it is urgent.",
        "CIO has an objection on D: Too early. Answer: We watch it.",
        "Undone: CIO has an objection on D: Too early. Answer: We watch it.",
        "Redone: CIO has an objection on D: Too early. Answer: We watch it.",
        "Decided on 3 cards: 3 sent back.",
        "Session closed, every card has its decision. This although B: 1 low hand without its sentence, because the bus leaves.",
    ]


def test_a_sealed_ballot_is_told_without_its_content() -> None:
    sentences = {}
    for points in ({"A": 25}, {"B": 1}, {}, None):
        room = Room(bare()).everybody()
        sentences[str(points)] = last(room, OpenRound(), SealBallot(round=1, voice="coo", points=points))
    assert set(sentences.values()) == {"COO has voted."}


@pytest.mark.parametrize("raised", [(3, None), (None, None)])
def test_hands_without_an_opinion_are_told_beside_the_scores(bare_room: Room, raised: tuple[int | None, ...]) -> None:
    sentence = last(bare_room, OpenRound(method="score", cards=("B",)), CountHands(round=1, hands={"it": raised}))
    given = "1 hand, 1 without an opinion; mean IT 3.0" if 3 in raised else "0 hands, 2 without an opinion"
    assert sentence == f"Score round 1 on B counted: {given}."


def test_a_score_round_keeps_its_number_when_another_follows(bare_room: Room) -> None:
    for number in (1, 2):
        bare_room.do(OpenRound(method="score", cards=("B",)), CountHands(round=number, hands={"it": (3,)}))
    rounds = bare_room.session.rounds
    assert [round_name(bare_room.session, each.opened) for each in rounds] == ["Score round 1 on B", "Score round 2 on B"]


def test_a_role_is_told_as_it_was_at_that_moment() -> None:
    room = Room(bare(people=(person("VP Sales", "business"), person("CIO", "it"))))
    room.do(ChooseAsker(person="vp-sales"), MoveCard(card="A", to=2))
    room.do(ChangeParticipant(person="vp-sales", role="CRO", side="business", seat="voter"))
    assert told(room)[2][1] == "VP Sales asked: A from 1 to 2."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"people": 30}, "Web & Commerce: 3 people instead of 2."),
        ({"people": 30, "by_week": ((5, 10),)}, "Web & Commerce: 3 people instead of 2."),
        ({"people": 30, "by_week": ()}, "Web & Commerce: 3 people instead of 2 in weeks 1 to 4, 3 people instead of 0 in week 5 and"),
        ({"people": 0, "by_week": ((5, 10), (6, 10))}, "Web & Commerce: nobody instead of 2 in weeks 1 to 4, 1 person instead of 0 in week 5"),
        ({"by_week": ((5, 15),)}, "Web & Commerce: 1.5 people instead of 0 in week 5."),
        ({"by_week": tuple((week, 5) for week in (2, 4, 6, 8))}, "Web & Commerce: 0.5 people instead of 2 in week 2, 0.5 people instead of 2"),
        ({"name": "Web"}, "Web & Commerce is now called Web."),
        ({"key": True}, "Web & Commerce: a key team."),
        ({"by_week": ((5, 0), (6, 20))}, "Web & Commerce was changed."),
    ],
)
def test_a_team_is_told_by_the_weeks_in_which_it_is_other(change: dict[str, object], sentence: str) -> None:
    team = Team(id="WEB", name="Web & Commerce", people=20, by_week=((5, 0),))
    room = Room(bare().model_copy(update={"teams": (team,)}))
    assert last(room, EditTeam(team=team.model_copy(update=change))).startswith(sentence)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"work": (Work(team="WEB", effort=65),)}, "effort of Web 4 → 6.5 person-weeks."),
        ({"work": (Work(team="MOB", effort=5),)}, "effort of Web 4 → 0 person-weeks and effort of Mobile 0 → 0.5 person-weeks."),
        ({"work": (Work(team="WEB", effort=40, crew=20),)}, "crew of Web as usual → 2."),
        ({"needs": ("P2", "P3")}, "needs nothing → Price lists, Close faster."),
        ({"earliest_week": 4, "deadline_week": 9}, "earliest week 1 → 4 and deadline week none → 9."),
        ({"state": "in_flight", "must": True}, "state new → in flight and a must."),
    ],
)
def test_what_the_plan_is_made_of_is_told_with_its_figures(live: Room, change: dict[str, object], sentence: str) -> None:
    assert last(live, EditCard(card=live.session.cards["P1"].model_copy(update=change))) == f"Checkout was changed: {sentence}"
