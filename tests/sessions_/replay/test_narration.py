"""Every event has one plain sentence, and that of a sealed ballot says no more than that."""

from __future__ import annotations

import pytest
from larkfield import meeting
from record_release import every_event
from support import FIXTURES, Room, bare

from sessions.commands.base import Command
from sessions.commands.cards import EditCard, MoveCard, NoteOnCard
from sessions.commands.people import ChooseAsker, MarkAttendance
from sessions.commands.plans import EditTeam
from sessions.commands.rounds import CountHands, OpenRound, SealBallot
from sessions.commands.several_cards import MoveCards
from sessions.portfolio.models import Team, Work
from sessions.replay.narration import narrate
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


@pytest.fixture(scope="module")
def everything() -> list[tuple[str, str]]:
    return told(every_event())


def test_every_sentence_is_one_line_that_ends(everything: list[tuple[str, str]]) -> None:
    for kind, sentence in [*everything, *told(meeting())]:
        assert sentence == sentence.strip(), kind
        assert "\n" not in sentence, kind
        assert sentence.endswith((".", "?", "!", "…")), (kind, sentence)
        assert not sentence.endswith(".."), (kind, sentence)
        assert "None" not in sentence, (kind, sentence)


def test_what_is_said(everything: list[tuple[str, str]]) -> None:
    assert [sentence for _, sentence in everything] == (FIXTURES / "narration_golden.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("commands", "sentence"),
    [
        ((ChooseAsker(person="cio"), ChooseAsker()), "From here on, no one in particular is asking."),
        ((MoveCard(card="A", to=3),), "A from 1 to 3."),
        (
            (MoveCards(cards=("A", "C"), to=2), NoteOnCard(card="C", text="one contract", explains_move=True)),
            "Reason for moving A and C together: one contract.",
        ),
        ((MoveCard(card="A", to=3), NoteOnCard(card="A", text="Legal said so", explains_move=True)), "Reason for the last move of A: Legal said so."),
        ((MarkAttendance(people=("guest",), presence="away"),), "Guest is away."),
        ((OpenRound(), SealBallot(round=1, voice="coo", points={"A": 1}, way="file")), "COO has voted, from a file."),
        (
            (
                MarkAttendance(people=("cfo",), presence="proxy", proxy="vp-sales"),
                OpenRound(),
                SealBallot(round=1, voice="cfo", points={"A": 1}),
            ),
            "CFO has voted, entered by VP Sales.",
        ),
        (
            (OpenRound(method="duel", cards=("B", "A")), CountHands(round=1, hands={"business": ("B", "A"), "it": ("B", "B")})),
            "B from 2 to 1, because it won the duel (business 1 to 1, IT 2 to 0).",
        ),
        (
            (OpenRound(method="score", cards=("B",)), CountHands(round=1, hands={"it": (None, None)})),
            "Score round 1 on B counted: 0 hands, 2 without an opinion.",
        ),
    ],
)
def test_what_is_said_in_other_cases(bare_room: Room, commands: tuple[Command, ...], sentence: str) -> None:
    assert last(bare_room, *commands) == sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"people": 30}, "Web & Commerce: 3 people instead of 2."),
        ({"people": 0, "by_week": ((5, 10), (6, 10))}, "Web & Commerce: nobody instead of 2 in weeks 1 to 4, 1 person instead of 0 in week 5"),
        ({"by_week": ((5, 15),)}, "Web & Commerce: 1.5 people instead of 0 in week 5."),
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
        ({"needs": ("P2", "P3")}, "needs nothing → Price lists, Close faster."),
        ({"state": "in_flight", "must": True}, "state new → in flight and a must."),
    ],
)
def test_what_the_plan_is_made_of_is_told_with_its_figures(live: Room, change: dict[str, object], sentence: str) -> None:
    assert last(live, EditCard(card=live.session.cards["P1"].model_copy(update=change))) == f"Checkout was changed: {sentence}"
