"""The schedule (METHOD 5.1, 5.2, 5.8): the reference's plans, the worked example, and what real boards bring along."""

from __future__ import annotations

import pytest
from plans import as_expected, board, card, expected, final_plan, first_plan, fixture_plan, mini, team, weeks

from sessions.sequencing.cycles import CycleError
from sessions.sequencing.workload import default_crew


def test_the_first_order_gives_the_plan_of_the_reference() -> None:
    assert as_expected(first_plan()) == expected()["plan_r1"]


def test_the_final_order_gives_the_plan_of_the_reference() -> None:
    assert as_expected(final_plan()) == expected()["plan_final"]


def test_the_worked_example() -> None:
    found = mini()

    assert weeks(found) == {"A": (1, 3), "B": (6, 7), "C": (8, 10), "D": (3, 3), "E": (None, None), "F": (8, 7), "G": (11, 13)}
    stretches = {(each.card, each.team): each.loads for each in found.stretches}
    assert stretches["A", "DATA"] == (20, 20, 10)
    assert stretches["G", "WEB"] == (10, 10, 5)
    why = {name: (placed.why.kind, placed.why.teams, placed.why.cards) for name, placed in found.placements.items()}
    assert why["A"] == ("free", (), ())
    assert why["B"] == ("team", ("WEB",), ())  # nobody is there in week 5
    assert why["C"] == ("team", ("WEB",), ("B",))
    assert why["D"] == ("team", ("DATA",), ("A",))
    assert why["E"] == ("no-capacity", ("MOB",), ())
    assert why["F"] == ("needs", (), ("B",))
    assert why["G"] == ("team", ("WEB",), ("C",))
    assert found.at("D").pulled_by == "C"
    assert found.at("C").pulled_by is None


# Lanes


def test_in_flight_comes_first_then_musts_then_ranks() -> None:
    found = board(
        team("T", 10),
        card("R", "T 20@10"),
        card("M", "T 20@10", must=True),
        card("F", "T 20@10", state="in_flight", must=True),
    )

    assert weeks(found) == {"R": (5, 6), "M": (3, 4), "F": (1, 2)}
    assert [found.at(name).lane for name in "FMR"] == [0, 1, 2]


def test_too_much_in_flight_is_interrupted() -> None:
    found = fixture_plan("in_flight_overload.json")

    assert [(name, found.at(name).start, found.at(name).interrupted) for name in ("P02", "P01", "P14", "P24")] == [
        ("P02", 1, False),
        ("P01", 7, True),
        ("P14", 14, True),
        ("P24", 19, True),
    ]


# Decisions


@pytest.mark.parametrize("state", ["done", "adopt"])
def test_a_card_that_needs_a_delivered_one_can_start(state: str) -> None:
    found = board(team("T", 10), card("B", "T 20@10", needs=("A",)), card("A", "", state=state))

    assert found.at("B").start == 1
    assert found.at("A").pulled_by is None


# Bounds


def test_gates_and_earliest_weeks_hold_and_deadlines_are_only_checked() -> None:
    found = board(
        team("T", 10),
        card("A", "T 20@10", earliest_week=4, deadline_week=5),
        card("B", "T 20@10", earliest_week=2, deadline_week=3),
        card("C", "T 20@10", deadline_week=7),
        gates={"B": 6},
    )

    assert weeks(found) == {"A": (4, 5), "B": (6, 7), "C": (1, 2)}
    assert [found.at(name).why.kind for name in "ABC"] == ["earliest", "gate", "free"]
    assert [found.at(name).late for name in "ABC"] == [False, True, False]


def test_a_needed_card_is_pulled_up_through_a_whole_row() -> None:
    found = board(
        team("T", 10),
        card("A", "T 10@10"),
        card("B", "T 10@10", needs=("C",)),
        card("X", "T 10@10"),
        card("C", "T 10@10", needs=("D",)),
        card("D", "T 10@10"),
    )

    assert weeks(found) == {"A": (1, 1), "D": (2, 2), "C": (3, 3), "B": (4, 4), "X": (5, 5)}
    assert [found.at(name).pulled_by for name in "ABXCD"] == [None, None, None, "B", "B"]


def test_a_long_row_of_needs_is_no_deeper_than_the_stack() -> None:
    cards = [card(f"C{number:04}", needs=(f"C{number + 1:04}",) if number < 2999 else ()) for number in range(3000)]
    found = board(team("T", 10), *cards)

    assert found.at("C0000").pulled_by is None
    assert found.at("C2999").pulled_by == "C0000"


# Weeks


@pytest.mark.parametrize(("session_date", "first"), [("", 1), ("2026-07-06", 1), ("2026-07-07", 2), ("2026-07-14", 3)])
def test_weeks_before_the_session_are_closed(session_date: str, first: int) -> None:
    cards = card("A", "T 20@10", state="in_flight"), card("B", "T 20@10"), card("C")
    found = board(team("T", 10), *cards, quarter_start="2026-07-06", session_date=session_date)

    assert found.first_week == first
    assert weeks(found) == {"A": (first, first + 1), "B": (first + 2, first + 3), "C": (first, first - 1)}
    assert found.at("A").why.kind == found.at("C").why.kind == "free"
    assert not found.at("A").interrupted
    assert found.teams[0].capacity[: first - 1] == (0,) * (first - 1)
    assert found.teams[0].available == 10 * (13 - first + 1)


# Work and crews


@pytest.mark.parametrize(
    ("effort", "people", "crew"),
    [(10, 30, 5), (30, 30, 5), (31, 30, 10), (60, 30, 10), (61, 30, 15), (400, 30, 30), (10, 3, 3), (10, 0, 0)],
)
def test_the_default_crew_does_the_work_in_six_weeks(effort: int, people: int, crew: int) -> None:
    assert default_crew(effort, people) == crew


# Nothing to plan by


def test_without_teams_or_efforts_the_plan_is_empty() -> None:
    found = [board(card("A"), card("B", earliest_week=20)), board(team("T", 10), card("A")), board(card("A", "T 10")), board()]

    assert all(each.empty for each in found)
    assert [each.cut_rank for each in found] == [None] * 4
    assert list(found[0].placements) == ["A", "B"]


# Cycles


def test_a_cycle_is_named_and_nothing_is_planned() -> None:
    parts = [card("P06", needs=("P07",)), card("P07", needs=("P08",)), card("P08", needs=("P06",)), card("P09")]

    with pytest.raises(CycleError, match=r"P06 -> P07 -> P08 -> P06\.$") as caught:
        board(team("T", 10), *parts)
    assert caught.value.cycle == ("P06", "P07", "P08", "P06")
