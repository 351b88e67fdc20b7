"""The computed answers to the two questions of every quarter: value ratio and focus (METHOD 6.2, 6.3)."""

from __future__ import annotations

from fractions import Fraction

from larkfield import meeting
from plans import card, team
from support import Room

from sessions.commands.cards import MoveCard
from sessions.deciding.session_plan import session_plan
from sessions.portfolio.models import Objective, Portfolio, Project
from sessions.quarters.trend.focus import focus, focus_words
from sessions.quarters.trend.one_move import orders_tried
from sessions.quarters.trend.value_ratio import value_ratio, value_words
from sessions.sequencing.cost import plan_cost


def test_the_sample_has_the_value_ratio_of_the_method() -> None:
    room = meeting(close=False)
    found = value_ratio(room.session)
    assert found is not None
    assert found.lever is not None
    assert (found.found, found.cost) == (643_500, 685_038)
    assert value_words(room.session, found) == (
        "Waiting costs about $42,000 more than in the cheapest order found.",
        "Moving #17 Card fraud screening to #9 would save about $26,000.",
    )
    room.do(MoveCard(card=found.lever.card, to=found.lever.to))
    assert plan_cost(session_plan(room.session)) - (685_038 - found.lever.gain) in (0, 1)  # each is rounded by itself


def test_the_sample_has_the_focus_of_the_method() -> None:
    room = meeting(close=False)
    found = focus(room.session)
    assert found is not None
    assert found.lever is not None
    assert (found.top, found.planned, found.capacity) == (460, 460, 650)
    assert focus_words(room.session, found) == (
        "46 of the key teams' 65 person-weeks go to the first three objectives.",
        "Moving #14 Email journeys by segment to #12 would add 3 person-weeks.",
    )
    room.do(MoveCard(card=found.lever.card, to=found.lever.to))
    moved = focus(room.session)
    assert moved is not None
    assert moved.top == 460 + found.lever.gain


def test_without_a_plan_or_money_or_objectives_there_is_no_answer() -> None:
    titles = Room(Portfolio(projects=(Project(id="A", title="A"), Project(id="B", title="B")))).session
    assert (value_ratio(titles), focus(titles)) == (None, None)
    no_money = Room(Portfolio(projects=(card("A", "X 20"), card("B", "X 20")), teams=(team("X", 10),))).session
    assert (value_ratio(no_money), focus(no_money)) == (None, None)


def test_what_fills_the_key_teams_otherwise_is_named() -> None:
    objectives = tuple(Objective(id=f"O{rank}", rank=rank, text=f"{rank}") for rank in range(1, 5))
    cards = [card(name, "X 70@10", objective=goal) for name, goal in (("A", "O1"), ("B", "O4"))]
    key = team("X", 10).model_copy(update={"key": True})
    portfolio = Portfolio(projects=tuple(cards), teams=(key,), objectives=objectives)
    session = Room(portfolio).session
    found = focus(session)
    assert found is not None
    assert found.share == Fraction(7, 13)
    assert focus_words(session, found)[1] == "#2 Card B, for another objective, takes 6 person-weeks."
    alone = Room(portfolio.model_copy(update={"projects": (cards[0],)})).session
    half = focus(alone)
    assert half is not None
    assert focus_words(alone, half)[1] == "6 person-weeks are free, and no move of a card fills them."


def test_the_search_is_bounded_and_says_the_same_every_time() -> None:
    cards = tuple(card(f"C{number}", "X 20@10", monthly=number % 7 + 1) for number in range(300))
    session = Room(Portfolio(projects=cards, teams=(team("X", 30),))).session
    first = value_ratio(session)
    assert first is not None
    assert first.found < first.cost
    assert first == value_ratio(session)
    assert orders_tried(session_plan(session)) == 200
