"""The cut line and where teams run out (METHOD 5.5)."""

from __future__ import annotations

import pytest
from plans import board, card, expected, final_plan, first_plan, team

from sessions.sequencing.deadlines import last_safe_rank
from sessions.sequencing.reasons import gap_note, pulled_note
from sessions.sequencing.schedule import schedule
from sessions.sequencing.workload import prepare


def test_the_cut_line_passes_over_what_was_decided() -> None:
    assert first_plan().cut_rank == expected()["plan_r1_cut_rank"] == 8
    assert final_plan().cut_rank == 14
    assert final_plan(order=["P20", *(card for card in final_plan().order if card != "P20")]).cut_rank == 15


def test_the_status_of_a_card() -> None:
    found = board(team("T", 10), card("A", "T 100@10"), card("B", "T 60@10"), card("C", "T 10@10"), card("D", "T 900@10"), card("E", "T 10@10"))

    assert [found.at(name).status for name in "ABCDE"] == ["starts", "starts, runs on", "next", "cannot", "next"]
    assert found.cut_rank == 3


def test_demand_and_gaps_of_the_first_order() -> None:
    found = first_plan()
    demand = {each.id: (each.demand, each.available) for each in found.teams}

    assert (demand["DATA"], demand["SEC"], demand["MOB"]) == ((500, 260), (80, 65), (80, 0))
    assert [name for name in found.order if gap_note(found, name)] == ["P11", "P12", "P13", "P19", "P20"]
    assert found.at("P07").rank > 8  # pulled up
    assert pulled_note(found, "P07") == "placed with #8 Promised delivery date at checkout, which needs it"
    assert found.at("P21").start == 1  # needs no team


def test_without_its_pin_the_invoicing_rule_is_safe_only_to_rank_3() -> None:
    found = first_plan()
    cards = {name: each.model_copy(update={"must": False}) for name, each in found.workload.cards.items()}
    workload = prepare(found.workload.portfolio, cards)
    unpinned = schedule(workload, found.order)
    fourth = [name for name in found.order if name != "P09"]
    fourth.insert(3, "P09")

    assert last_safe_rank(unpinned, "P09") == 3
    assert schedule(workload, fourth).at("P09").finish == 12
    assert last_safe_rank(found, "P09") == found.at("P09").rank  # pinned: the rank does not count


@pytest.mark.parametrize(("deadline", "rank"), [(1, None), (2, 1), (3, 1), (4, 2), (39, 3)])
def test_safe_ranks_with_and_without_needs(deadline: int, rank: int | None) -> None:
    others = card("B", "T 20@10"), card("C", "T 20@10")

    assert last_safe_rank(board(team("T", 10), *others, card("A", "T 20@10", deadline_week=deadline)), "A") == rank
    needs = card("A", "T 10@10", deadline_week=deadline, needs=("D", "E"))
    found = last_safe_rank(board(team("T", 10), *others, needs, card("D", "T 10@10"), card("E")), "A")
    assert found == {1: None, 2: 1, 3: 1, 4: 2, 39: 5}[deadline]
