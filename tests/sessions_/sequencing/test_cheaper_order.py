"""The search for an order in which waiting costs less (METHOD 5.7)."""

from __future__ import annotations

from itertools import permutations

from plans import board, card, final_plan, team

from sessions.sequencing.cheaper_order import cheaper_order
from sessions.sequencing.cost import cards_in_cost, exact_cost, plan_cost, round_to_units
from sessions.sequencing.schedule import schedule


def test_the_sample_reaches_the_reference_and_beyond_and_never_gets_worse() -> None:
    found = final_plan()
    steps = list(cheaper_order(found))
    costs, last = [step.cost for step in steps], steps[-1]

    assert steps[0].start_cost == 685038
    assert [step.cost for step in steps if step.round == 1][-1] == 643500
    assert last.cost == 637500  # the optimum that a solver proved
    assert last.saved == 685038 - 637500
    assert last.settled == last.movable == 16, "every card is settled"
    assert costs == sorted(costs, reverse=True)
    for step in (*steps[::97], last):
        assert plan_cost(schedule(found.workload, step.order)) == step.cost

    fixed = [name for name in found.order if found.at(name).lane != 2]
    assert sorted(last.order) == sorted(found.order)
    assert fixed[:2] == ["P02", "P09"]
    assert [last.order.index(name) for name in fixed] == [found.order.index(name) for name in fixed]
    assert last == list(cheaper_order(final_plan()))[-1]


def test_a_small_board_reaches_the_best_of_all_orders() -> None:
    found = board(
        team("T", 10), team("U", 10),
        card("A", "T 30@10, U 20@10", monthly=400), card("B", "T 20@10", monthly=900), card("C", "U 40@10", monthly=300),
        card("D", "T 10@10, U 10@10", monthly=1100, needs=("C",)), card("E", "T 40@10", monthly=2000),
    )  # fmt: skip
    best = min(exact_cost(each, cards_in_cost(each)) for each in (schedule(found.workload, order) for order in permutations("ABCDE")))

    assert list(cheaper_order(found))[-1].cost == round_to_units(best)
