"""What a new session takes over from the one before it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Room, bare, person, small, with_cards

from sessions.commands.agreements import SetNextSession
from sessions.commands.card_checks import CardDoesNotFitError
from sessions.commands.cards import AddCard, AgreeAction, EditCard, MoveCard, ParkQuestion
from sessions.commands.consent import RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.people import AddParticipant, NameDecider
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.quarters.adoption import DeliverCard, MeasureAdoption
from sessions.commands.quarters.fates import AnswerFate, LinkCard
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Adoption, Benefit, Budget, Objective, Portfolio, Project, Team
from sessions.quarters.carry_over import Carried, carry_over
from sessions.quarters.changes import Edit, changes_since
from sessions.quarters.matching import earlier_ids, still_gone, title_key
from sessions.record.events import Matched
from sessions.sequencing.weeks import end_day
from sessions.state.session import Session


def file_of(*rows: str, header: str = "title") -> Portfolio:
    """Return the portfolio of a table."""
    return read_portfolio("\n".join([header, *rows]).encode(), "next.csv").portfolio


def origins(carried: Carried) -> dict[str, tuple[str | None, str | None]]:
    """Return by id of the new board where each card comes from."""
    return {each.card: (each.was, each.by) for each in carried.report.cards}


def following(carried: Carried) -> Session:
    """Return the session that begins with what was carried over."""
    return Room(carried.portfolio, past=carried.past).session


def edits_of(room: Room) -> tuple[Edit, ...]:
    changes = changes_since(room.session)
    assert changes is not None
    return changes.edits


def closed(*commands: Any, portfolio: Portfolio | None = None) -> Session:
    """Return a session of 2026-Q3 in which these commands were given, closed."""
    room = Room(portfolio or small()).everybody()
    room.do(*commands, StartPhase(phase="close"), CloseSession(leave_undecided=True, override="late"))
    return room.session


def test_an_id_that_both_files_gave_counts_first_then_the_title_whatever_its_case_spacing_and_punctuation() -> None:
    earlier = closed()

    carried = carry_over(earlier, file_of("P1,Checkout anew", "X9,“price-lists”", "X8,Something else", header="id,title"), quarter="2026-Q4")

    assert origins(carried) == {"P1": ("P1", "id"), "P2": ("P2", "title"), "X8": (None, None)}
    assert (carried.report.carried, carried.report.new, carried.report.gone, carried.report.ambiguous) == (2, 1, ("P3", "P4"), 0)
    assert carried.report.counts() == "2 carried over, 1 new and 2 gone"
    assert [(each.id, each.previous_rank) for each in carried.portfolio.projects] == [("P1", 1), ("P2", 2), ("X8", None)]
    assert title_key("C++") != title_key("C#")


def test_made_up_ids_never_match_in_either_session() -> None:
    unnamed, named = file_of("Alpha", "Beta"), file_of("C02,Gamma", "C01,Beta", header="id,title")
    earlier = closed(AddCard(card=Project(id="", title="Added")), portfolio=unnamed.model_copy(update={"participants": small().participants}))

    carried = carry_over(earlier, named)

    # C02 of the file is not the C02 that was made up for Beta, and gets another id: Beta keeps its own.
    assert origins(carried) == {"C02-2": (None, None), "C02": ("C02", "title")}
    assert carried.past.gone == ("C01", "C03")
    assert origins(carry_over(earlier, file_of("Delta", "Beta"))) == {"C04": (None, None), "C02": ("C02", "title")}
    # Release 0.1 did not record which ids it made up: those that look so do not match.
    earlier = Room(bare("C01 D1")).session._replace(schema_version=1)
    assert origins(carry_over(earlier, file_of("C01,One", "D1,Two", header="id,title"))) == {"C01-2": (None, None), "D1": ("D1", "id")}


def test_what_may_be_any_of_several_is_asked_and_not_guessed() -> None:
    earlier = closed(portfolio=small().model_copy(update={"projects": tuple(Project(id=f"C0{n}", title="Tills", made_id=True) for n in (1, 2))}))
    new = file_of("Tills", "tills!", "Scanning")

    carried = carry_over(earlier, new)

    assert (carried.report.carried, carried.report.new, carried.report.ambiguous, carried.report.gone) == (0, 1, 2, ())
    first, second = carried.past.unclear
    assert first.candidates == second.candidates == ("C01", "C02")
    room = Room(carried.portfolio.model_copy(update={"participants": small().participants}), past=carried.past)
    assert still_gone(room.session) == ()
    room.do(LinkCard(card=first.card, was="C02"), LinkCard(card=second.card, was=""))
    assert earlier_ids(room.session) == {first.card: "C02"}
    assert still_gone(room.session) == ("C01",)
    # Answered before the session begins, a card takes the id of its earlier one.
    answered = carry_over(earlier, new, answers={new.projects[0].id: "C02", new.projects[1].id: ""})
    assert [each.was for each in answered.report.cards] == ["C02", None, None]
    assert answered.past.gone == ("C01",)


def test_people_teams_objectives_and_fields_are_taken_over_where_the_file_is_silent() -> None:
    last = small()
    known = last.projects[0].model_copy(
        update={
            "objective": "O1",
            "order_taker_version": "Five critical bugs",
            "adoption": Adoption(measure="orders", target="80", plan_owner="COO"),
            "earliest_week": 15,
        }
    )
    team = Team(id="WEB", name="Web", people=30, by_week=((2, 10), (14, 20)))
    last = last.model_copy(update={"objectives": (Objective(id="O1", rank=1, text="Sell more", new=True),), "teams": (team,)})
    last = last.model_copy(update={"projects": (known, *last.projects[1:])})
    earlier = closed(AddParticipant(role="Legal", side="business"), NameDecider(person="cfo"), portfolio=last)

    carried = carry_over(earlier, file_of("Checkout,five critical bugs,Grow,", "Returns,,sell more,CIO", header="title,benefit,objective,sponsor"))

    portfolio = carried.portfolio
    people = {each.id: each.seat for each in portfolio.participants}
    assert (people["cfo"], people["coo"], people["legal"], people["pmo-lead"]) == ("decider", "voter", "voter", "facilitator")
    assert portfolio.teams == (team,)  # no quarter is known, so no week moves
    assert [(each.id, each.new) for each in portfolio.objectives] == [("O1", False), ("Grow", True)]
    checkout, returns = portfolio.projects
    assert (checkout.id, checkout.benefit, checkout.order_taker_version) == ("P1", known.benefit, "Five critical bugs")
    assert (checkout.sponsor, checkout.adoption, checkout.objective, checkout.work) == ("VP Sales", known.adoption, "Grow", known.work)
    assert (returns.sponsor, returns.objective, returns.earliest_week) == ("CIO", "O1", 1)
    # Another wording of the file counts; that of the order taker stays.
    reworded = Project(id="P1", title="Checkout", benefit=Benefit(text="Other", monthly=5), adoption=Adoption(measure="b"))
    (after,) = carry_over(earlier, Portfolio(projects=(reworded,))).portfolio.projects
    assert (after.benefit, after.order_taker_version, after.adoption.measure) == (reworded.benefit, "Five critical bugs", "b")
    alone = carry_over(earlier, quarter="2026-Q4")
    assert alone.portfolio.teams[0].by_week == ((1, 20),)
    assert alone.portfolio.projects[0].earliest_week == 2
    # What the file brings counts.
    brought = small().model_copy(update={"participants": (person("CEO", "business", "decider"),)})
    carried = carry_over(earlier, brought)
    assert (len(carried.portfolio.participants), carried.portfolio.teams) == (1, brought.teams)
    assert carry_over(earlier, brought, people=earlier.people.values()).portfolio.participants == tuple(earlier.people.values())  # type: ignore[arg-type]


def test_a_deadline_stays_the_day_that_it_was_and_carrying_over_alone_edits_nothing() -> None:
    cards = (
        Project(id="A", title="A", deadline_week=11, earliest_week=3, needs=("B",)),
        Project(id="B", title="B", deadline_week=20),
        Project(id="C", title="C"),
    )
    portfolio = small().model_copy(update={"projects": cards, "quarter_start": "2026-07-06"})
    carried = carry_over(closed(DeliverCard(card="B", date="2026-06-01"), portfolio=portfolio), quarter="2026-Q4")

    room = Room(carried.portfolio, past=carried.past).everybody()
    assert (room.session.cards["A"].deadline_week, end_day(room.session.portfolio, -2)) == (-2, "18 September")
    assert edits_of(room) == ()
    # The work can still be edited around it, but no such deadline can be set.
    room.do(EditCard(card=room.session.cards["A"].model_copy(update={"earliest_week": 2})))
    room.refuses(EditCard(card=room.session.cards["C"].model_copy(update={"deadline_week": 0})), CardDoesNotFitError, "weeks go from 1 to")


def test_what_a_file_never_mentions_is_taken_over_and_is_no_change() -> None:
    dates = {"deadline_week": 20, "deadline": "2026-11-17", "earliest_week": 15}
    known = {"budget": Budget(amount=500), "must": True, "rule": "GDPR", "rule_by": "1 Oct", **dates}
    earlier = closed(portfolio=with_cards(small(), P1={**known, "arguments_for": "one system"}))

    carried = carry_over(earlier, file_of("check-out", "Returns"), quarter="2026-Q4")
    card = carried.portfolio.projects[0]

    assert (card.budget, card.must, card.rule, card.rule_by, card.arguments_for) == (Budget(amount=500), True, "GDPR", "1 Oct", "one system")
    assert (card.deadline_week, card.deadline, card.earliest_week) == (7, "2026-11-17", 2)
    assert edits_of(Room(carried.portfolio, past=carried.past)) == ()
    # A file with deadlines says for every card whether it has one.
    told = carry_over(earlier, file_of("Checkout,", "Returns,9", header="title,deadline week"), quarter="2026-Q4").portfolio.projects
    assert [each.deadline_week for each in told] == [None, 9]
    assert told[0].must


def test_the_past_is_a_copy_of_the_end() -> None:
    earlier = closed(
        MoveCard(card="P4", to=1),
        Decide(card="P1", word="start", week=1, override="x"),
        RecordDissent(card="P1", who="CIO", stance="concern", text="too early", answer="noted"),
        AgreeAction(what="Ask", who="CFO", by_when="2026-09-01"),
        ParkQuestion(text="who pays?"),
    )

    carried = carry_over(earlier, quarter="2026-Q4")

    past = carried.past
    assert (past.session, past.series, past.quarter, past.date, past.provisional) == ("2026-Q3", "2026-Q3", "2026-Q3", "2026-06-30", False)
    assert (past.order, past.decider, past.quarter_start) == (("P4", "P1", "P2", "P3"), "coo", "2026-07-06")
    assert ([each.word for each in past.decisions], [each.phase for each in past.phases]) == (["start"], ["close"])
    assert [len(each) for each in (past.cards, past.dissents, past.actions, past.parked)] == [4, 1, 1, 1]
    assert Room(carried.portfolio, past=past).session.phases[2] == "look_back"
    assert carry_over(Room(small()).session).past.provisional


@pytest.mark.parametrize(
    ("command", "back"),
    [
        (Decide(card="P1", word="not_now", why="CRM comes first", override="x"), "CRM comes first"),
        (Decide(card="P1", word="not_now"), "it was put off"),
        (Decide(card="P1", word="hold", missing="a supplier", override="x"), "it needed a supplier"),
        (Decide(card="P1", word="hold", missing="a supplier", until="2026-12-01", override="x"), ""),
        (Decide(card="P1", word="start_after", week=14, why="Web is on #2", override="x"), "promised for 5 October 2026. Web is on #2"),
        (Decide(card="P1", word="start_after", week=20, override="x"), ""),
        (Decide(card="P1", word="start", week=1, override="x"), ""),
        (Decide(card="P1", word="stop", why="too dear", override="x"), "it was stopped: too dear"),
    ],
)
def test_a_card_whose_time_has_come_is_back_with_the_reason(command: Decide, back: str) -> None:
    carried = carry_over(closed(command), small(), quarter="2026-Q4", day="2026-09-30")

    assert {each.was: each.back for each in carried.past.matched}["P1"] == back
    begun = small().projects[0].model_copy(update={"state": "in_flight"})
    assert not carry_over(closed(command), Portfolio(projects=(begun,)), quarter="2026-Q4", day="2026-09-30").past.matched[0].back


def test_a_card_that_stays_at_its_rank_without_a_start_is_counted() -> None:
    session = closed(Decide(card="P2", word="start", week=1, override="x"), SetNextSession(day="2026-09-29"))
    for expected in ({"P1": 1, "P2": 0, "P3": 1, "P4": 1}, {"P1": 2, "P2": 1, "P3": 2, "P4": 2}, {"P1": 3, "P2": 2, "P3": 1, "P4": 1}):
        carried = carry_over(session)
        assert {each.card: each.still for each in carried.past.matched} == expected
        moves = [MoveCard(card="P4", to=3)] if expected["P1"] == 2 else []
        room = Room(carried.portfolio, past=carried.past).everybody()
        room.do(*moves)
        session = room.session


def test_deliveries_are_carried_until_they_are_done_and_final_decisions_do_not_come_back() -> None:
    portfolio = with_cards(small(), P1={"adoption": Adoption(measure="orders", baseline="0", target="80")})
    session = closed(
        DeliverCard(card="P1", date="2026-06-01"),
        DeliverCard(card="P2", date="2026-06-02"),
        MeasureAdoption(card="P1", value="82", by="CFO"),
        Decide(card="P3", word="stop", why="no one asks"),
        portfolio=portfolio,
    )

    first = carry_over(session)

    assert [card.id for card in first.portfolio.projects] == ["P4"]
    assert [each.card.id for each in first.past.delivered] == ["P1", "P2"]
    assert first.past.gone == ("P3",)
    # P1 was done before the second session began, so that the third knows nothing of it.
    assert [each.card.id for each in carry_over(following(first)).past.delivered] == ["P2"]
    # A file that still has a delivered card brings it back under its id.
    again = carry_over(following(first), file_of("Price lists", "Returns", "Close faster"))
    assert origins(again) == {"P2": ("P2", "title"), "P4": ("P4", "title"), "C03": (None, None)}
    assert [each.card for each in again.past.matched] == ["P4"]
    # A card that the room says is still here was the one before.
    room = Room(first.portfolio, past=first.past)
    room.do(AnswerFate(card="P3", fate="here"))
    assert earlier_ids(room.session) == {"P4": "P4", "P3": "P3"}
    assert {each.was for each in carry_over(room.session).past.matched} == {"P3", "P4"}


TITLES = st.sampled_from(["Tills", "tills", "Scanning", "Price lists", "price-lists", "CRM", "!"])
CARDS = st.lists(st.tuples(st.sampled_from(["", "A1", "A2", "B7", "C01", "C02"]), TITLES), min_size=1, max_size=7)


def portfolio_of(rows: list[tuple[str, str]]) -> Portfolio:
    """Return a portfolio as read from a file: without ids that repeat."""
    seen = set[str]()
    lines = []
    for name, title in rows:
        lines.append(f"{'' if name in seen else name},{title}")
        seen.add(name)
    return file_of(*lines, header="id,title")


@given(CARDS, CARDS, st.randoms(use_true_random=False))
def test_counts_add_up_the_file_s_order_does_not_matter_and_a_second_time_changes_nothing(
    before: list[tuple[str, str]], after: list[tuple[str, str]], chance: random.Random
) -> None:
    earlier = Room(portfolio_of(before).model_copy(update={"participants": small().participants})).session
    new = portfolio_of(after)

    carried = carry_over(earlier, new)

    report, candidates = carried.report, {each for unclear in carried.past.unclear for each in unclear.candidates}
    assert report.carried + report.new + report.ambiguous == len(new.projects)
    assert report.carried + len(report.gone) + len(candidates) == len(earlier.order)
    assert len({each.card for each in report.cards}) == len(new.projects)
    assert not {each.card for each in report.cards if each.was is None} & set(earlier.order)
    twice = carry_over(earlier, carried.portfolio)
    assert twice.portfolio == carried.portfolio
    assert twice.past.model_copy(update={"matched": ()}) == carried.past.model_copy(update={"matched": ()})
    assert [(each.card, each.was) for each in twice.past.matched] == [(each.card, each.was) for each in carried.past.matched]

    shuffled = list(new.projects)
    chance.shuffle(shuffled)
    left, right = (carry_over(earlier, new.model_copy(update={"projects": tuple(cards)})) for cards in (new.projects, shuffled))
    told = [sorted((each.title, str(each.was), str(each.by), each.candidates) for each in carried.report.cards) for carried in (left, right)]
    assert told[0] == told[1]
    assert left.past.gone == right.past.gone

    following_on = following(carry_over(earlier))
    alone = carry_over(following_on)
    assert alone.portfolio == carry_over(earlier).portfolio
    assert all(each == Matched(card=each.card, was=each.card, by="carried", still=each.still) for each in alone.past.matched)
