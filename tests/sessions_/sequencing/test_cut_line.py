"""The cut line and where teams run out (METHOD 5.5)."""

from __future__ import annotations

import pytest
from plans import board, card, expected, final_plan, first_plan, mini, team

from sessions.sequencing.deadlines import last_safe_rank
from sessions.sequencing.notes import deadline_note, gap_note, pulled_note, runs_on_note, runs_out_note, runs_out_notes
from sessions.sequencing.schedule import schedule


def test_the_cut_line_of_the_first_order() -> None:
    assert first_plan().cut_rank == expected()["plan_r1_cut_rank"] == 8


def test_the_cut_line_of_the_final_order_passes_over_what_was_decided() -> None:
    assert final_plan().cut_rank == 14
    assert final_plan(order=["P20", *(card for card in final_plan().order if card != "P20")]).cut_rank == 15


def test_no_cut_line_where_everything_starts() -> None:
    assert board(team("T", 10), card("A", "T 200@10"), card("B")).cut_rank is None


def test_the_status_of_a_card() -> None:
    found = board(team("T", 10), card("A", "T 100@10"), card("B", "T 60@10"), card("C", "T 10@10"), card("D", "T 900@10"), card("E", "T 10@10"))

    assert [found.at(name).status for name in "ABCDE"] == ["starts", "starts, runs on", "next", "cannot", "next"]
    assert found.cut_rank == 3


def test_demand_and_capacity_of_the_first_order() -> None:
    found = {each.id: (each.demand, each.available) for each in first_plan().teams}

    assert found == {
        "DATA": (500, 260),
        "ERP": (420, 240),
        "WEB": (580, 390),
        "INFRA": (380, 260),
        "SEC": (80, 65),
        "CRM": (290, 260),
        "MOB": (80, 0),
    }


def test_a_team_runs_out_at_the_first_rank_that_asks_for_too_much() -> None:
    found = first_plan()

    assert {each.id: each.runs_out_at for each in found.teams}["DATA"] == 10
    assert found.order[9] == "P14"
    assert runs_out_notes(found)[0] == "Data & BI runs out at #10"
    assert runs_out_note(found, found.teams[-1]) == "Mobile (contract ended) has no people"


def test_a_team_with_just_enough_does_not_run_out() -> None:
    found = board(team("T", 10), card("A", "T 100@10"), card("B", "T 30@10"))

    assert found.teams[0].runs_out_at is None
    assert runs_out_notes(found) == ()


def test_what_fits_in_a_gap() -> None:
    found = first_plan()

    assert [name for name in found.order if gap_note(found, name)] == ["P11", "P12", "P13", "P19", "P20"]
    assert found.at("P07").rank > 8  # pulled up
    assert pulled_note(found, "P07") == "placed with #8 Promised delivery date at checkout, which needs it"
    assert found.at("P21").start == 1  # needs no team


def test_nothing_fits_in_a_gap_without_a_cut_line() -> None:
    found = board(team("T", 10), card("A", "T 10@10"), card("B", "T 10@10"))

    assert gap_note(found, "B") == pulled_note(found, "B") == runs_on_note(found, "B") == deadline_note(found, "B") == ""


def test_a_card_that_runs_on() -> None:
    assert runs_on_note(final_plan(), "P06") == "runs on until the end of week 17"


def test_a_missed_deadline() -> None:
    found = board(team("T", 10), card("A", "T 40@10", deadline_week=3), card("B", "T 900@10", deadline_week=3))

    assert deadline_note(found, "A") == "ends in week 4, its deadline is week 3"
    assert deadline_note(found, "B") == "has no place in the plan, its deadline is week 3"
    assert deadline_note(mini(), "A") == ""


def test_the_last_safe_rank_of_a_deadline() -> None:
    assert last_safe_rank(final_plan(), "P15") == 9
    assert last_safe_rank(first_plan(), "P15") == 10
    assert last_safe_rank(first_plan(), "P02") is None


def test_without_its_pin_the_invoicing_rule_is_safe_only_to_rank_3() -> None:
    found = first_plan()
    cards = {name: each.model_copy(update={"must": False}) for name, each in found.workload.cards.items()}
    unpinned = schedule(found.workload.portfolio, cards, found.order)
    fourth = [name for name in found.order if name != "P09"]
    fourth.insert(3, "P09")

    assert last_safe_rank(unpinned, "P09") == 3
    assert schedule(found.workload.portfolio, cards, fourth).at("P09").finish == 12
    assert last_safe_rank(found, "P09") == found.at("P09").rank  # pinned: the rank does not count


@pytest.mark.parametrize(("deadline", "rank"), [(1, None), (2, 1), (3, 1), (4, 2), (39, 3)])
def test_safe_ranks_with_and_without_needs(deadline: int, rank: int | None) -> None:
    others = card("B", "T 20@10"), card("C", "T 20@10")

    assert last_safe_rank(board(team("T", 10), *others, card("A", "T 20@10", deadline_week=deadline)), "A") == rank
    needs = card("A", "T 10@10", deadline_week=deadline, needs=("D", "E"))
    found = last_safe_rank(board(team("T", 10), *others, needs, card("D", "T 10@10"), card("E")), "A")
    assert found == {1: None, 2: 1, 3: 1, 4: 2, 39: 5}[deadline]


def test_a_card_that_is_out_has_no_safe_rank() -> None:
    assert last_safe_rank(board(team("T", 10), card("A", "T 20@10", deadline_week=9), decided={"A": "stop"}), "A") is None


def test_a_plan_without_teams_says_no_word_about_a_gap() -> None:
    assert gap_note(board(card("A")), "A") == ""


def test_what_is_pinned_or_in_flight_does_not_fit_in_a_gap() -> None:
    found = board(
        team("T", 10), card("A", "T 900@10"), card("M", "T 10@10", must=True), card("F", "T 10@10", state="in_flight"), card("B", "T 10@10")
    )

    assert found.cut_rank == 1
    assert [bool(gap_note(found, name)) for name in "AMFB"] == [False, False, False, True]
