"""Commands on the parts of the plan: teams, efforts, dependencies, and a what-if kept as one event."""

from __future__ import annotations

from typing import Any

import pytest
from plans import ranked_sample
from support import Room, bare

from sessions.commands.base import ReasonNeededError
from sessions.commands.card_checks import CardDoesNotFitError
from sessions.commands.cards import AddCard, EditCard, MoveCard, SplitCard, WithdrawCard
from sessions.commands.decisions import Decide
from sessions.commands.people import ChooseAsker
from sessions.commands.plans import EditTeam, KeepWhatIf, TeamRefusedError, WhatIfRefusedError
from sessions.commands.what_ifs import ForgetWhatIf, NameWhatIf
from sessions.deciding.named_what_ifs import as_change, as_recorded
from sessions.deciding.session_plan import session_plan
from sessions.errors import SessionError
from sessions.portfolio.models import Project, Team, Work
from sessions.record import events as ev
from sessions.sequencing.changes import Change, Crew, Drop, Move, People, Reorder, Split

WEB = Team(id="WEB", name="Web", people=30)


def edited(room: Room, card: str, **changes: Any) -> EditCard:
    return EditCard(card=room.session.cards[card].model_copy(update=changes))


# --- teams


def test_a_team_gets_other_people_and_the_plan_follows(live: Room) -> None:
    live.do(ChooseAsker(person="cio"))
    event = live.one(EditTeam(team=WEB.model_copy(update={"people": 10, "by_week": ((9, 30), (2, 0))})), ev.TeamChanged)
    assert (event.old, event.asked_by) == (WEB, "cio")
    assert event.new.by_week == ((2, 0), (9, 30))
    assert live.session.teams[0] == event.new
    assert session_plan(live.session).at("P1").start == 3


def test_a_team_that_cannot_be_is_refused(live: Room) -> None:
    for changes, words in (
        ({"people": -1}, "Web: a team has 0 to 10000 people"),
        ({"by_week": ((3, -5),)}, "a team has 0 to"),
        ({"by_week": ((0, 5),)}, "week 0 is outside the plan, which has weeks 1 to 39"),
    ):
        live.refuses(EditTeam(team=WEB.model_copy(update=changes)), TeamRefusedError, words)
    for team in (Team(id="", name="x", people=1), Team(id="X", name=" ", people=1)):
        live.refuses(EditTeam(team=team), ReasonNeededError, "A team needs")


# --- what a card asks for


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"work": (Work(team="QA", effort=5),)}, "There is no team QA: the teams are MOB, WEB."),
        ({"work": (Work(team="WEB", effort=-5),)}, "an effort is between 0 and 10000 person-weeks"),
        ({"work": (Work(team="WEB", effort=5, crew=0),)}, "a crew has at least 0.1"),
        ({"work": (Work(team="WEB", effort=5), Work(team="WEB", effort=5))}, "lists the same team twice"),
        ({"needs": ("P9",)}, "Checkout cannot depend on P9: there is no such card."),
        ({"earliest_week": 0}, "weeks go from 1 to 39"),
        ({"deadline_week": 40}, "weeks go from"),
        ({"needs": ("P1",)}, "in a cycle, so none could start: P1 -> P1."),
    ],
)
def test_what_cannot_be_planned_is_refused(live: Room, changes: dict[str, Any], words: str) -> None:
    live.refuses(edited(live, "P1", **changes), CardDoesNotFitError, words)


def test_a_need_that_was_withdrawn_since_does_not_stand_in_the_way_of_an_edit(live: Room) -> None:
    live.do(edited(live, "P2", needs=("P1",)), WithdrawCard(card="P1", reason="x"))
    live.do(edited(live, "P2", earliest_week=4))
    live.refuses(edited(live, "P3", needs=("P1",)), CardDoesNotFitError, "cannot depend on P1")


ORDER = ("P1", "P2", "P3", "P4")


def test_a_cycle_cannot_come_in_by_any_command(live: Room) -> None:
    live.do(edited(live, "P1", needs=("P2",)), edited(live, "P2", needs=("P3",)))
    third = edited(live, "P3", needs=("P1",)).card
    first, new = third.model_copy(update={"needs": ("P5",)}), Project(id="P5", title="New", needs=("P1",))
    for command in (
        EditCard(card=third),
        SplitCard(card="P3", first=first, second=new),
        AddCard(card=new.model_copy(update={"needs": ("P5",)})),
        KeepWhatIf(sentence="x", order=ORDER, cards=(third,)),
        KeepWhatIf(sentence="x", order=(*ORDER, "P5"), cards=(new, first)),
    ):
        live.refuses(command, CardDoesNotFitError, "in a cycle, so none could start", " -> ")


# --- keeping a what-if


def test_a_what_if_is_kept_as_one_event(live: Room) -> None:
    live.do(Decide(card="P4", word="stop", why="x"), ChooseAsker(person="cfo"))
    first = live.session.cards["P1"].model_copy(update={"work": (Work(team="WEB", effort=20),)})
    part = Project(id="P1-2", title="Checkout: Web part\n", needs=("P1",), work=(Work(team="WEB", effort=20),), parent="P1")
    command = KeepWhatIf(
        sentence="P1 split, P4 dropped, one more person in Web",
        effect="2 cards start earlier; waiting costs $5 less.",
        order=("P3", "P1", "P1-2", "P2"),
        cards=(first, part, live.session.cards["P2"]),
        teams=(WEB.model_copy(update={"people": 40, "name": " Web\n"}), live.session.teams[1]),
    )
    event = live.one(command, ev.WhatIfKept)
    assert ([card.id for card in event.new_cards], [card.id for card in event.old_cards]) == (["P1", "P1-2"], ["P1", "P4"])
    assert event.new_teams == (WEB.model_copy(update={"people": 40}),)
    assert (event.asked_by, [each.card for each in event.old_decisions]) == ("cfo", ["P4"])
    session = live.session
    assert (session.order, session.withdrawn["P4"].reason, session.decisions) == (("P3", "P1", "P1-2", "P2"), command.sentence, {})


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"order": (*ORDER, "P9")}, WhatIfRefusedError),
        ({"order": (*ORDER, "P1")}, WhatIfRefusedError),
        ({"order": ORDER, "teams": (Team(id="QA", name="QA", people=1),)}, WhatIfRefusedError),
        ({"order": (*ORDER, "x\x1b"), "cards": (Project(id="x\x1b", title="x"),)}, WhatIfRefusedError),
        ({"sentence": " "}, ReasonNeededError),
        ({"teams": (WEB.model_copy(update={"people": -1}),)}, TeamRefusedError),
        ({"cards": (Project(id="P1", title="x", work=(Work(team="QA", effort=5),)),)}, CardDoesNotFitError),
        ({"cards": (Project(id="P1", title=" "),)}, ReasonNeededError),
    ],
)
def test_a_what_if_is_of_this_board_and_checked_as_if_it_were_typed(live: Room, fields: dict[str, Any], error: type[SessionError]) -> None:
    live.refuses(KeepWhatIf.model_validate({"sentence": "x", "order": ("P2", "P1", "P3", "P4"), **fields}), error)


def test_the_plan_is_made_once_for_one_board_and_again_after_every_change() -> None:
    room = Room(bare())
    plans = room.live.plans
    plan = plans.plan(room.session)
    assert plans.plan(room.session) is plan
    for change in (MoveCard(card="A", to=3), EditTeam(team=WEB.model_copy(update={"people": 50}))):
        room.do(change)
        assert plans.known(room.session) is None
        assert plans.plan(room.session) == session_plan(room.session) != plan


# --- what-ifs under a name


EVERY: tuple[Change, ...] = (
    Move("P04", 1), Reorder(("P02", "P01")), People("WEB", -5, 2, 8), Drop("P09"), Split("P01", "CRM", "P99", "The rest"), Crew("P01", "CRM", 15),
)  # fmt: skip


def named(name: str, *changes: Change) -> NameWhatIf:
    return NameWhatIf(name=name, sentence="tried", changes=tuple(as_recorded(each) for each in changes or EVERY[:1]))


def test_three_what_ifs_are_kept_with_every_change_and_one_of_the_same_name_is_replaced() -> None:
    room = Room(ranked_sample())
    room.do(named("A"), named("B"), named("All of it", *EVERY))
    assert tuple(as_change(each) for each in room.reopened().session.what_ifs[-1].changes) == EVERY
    room.refuses(named("D"), SessionError, "3 what-ifs are already put aside")
    room.do(named("b", Drop("P09")), ForgetWhatIf(name="a"))
    assert [each.name for each in room.session.what_ifs] == ["b", "All of it"]
    room.refuses(ForgetWhatIf(name="a"), SessionError, "No what-if is called a.")


def test_a_what_if_that_does_not_fit_the_board_is_given_no_name() -> None:
    room = Room(ranked_sample())
    for change in (Move("P77", 1), People("NONE", 10), Reorder(("P01", "P77"))):
        room.refuses(named("A", change), WhatIfRefusedError, "The board has changed since the what-if")
    room.refuses(named("P01"), SessionError, "P01 is the id of a card")
    room.refuses(named(" "), ReasonNeededError, "A what-if needs a name")
    room.refuses(NameWhatIf(name="A", sentence="x", changes=()), SessionError, "Try something first")
