"""The search for an order in which waiting costs less (METHOD 5.7)."""

from __future__ import annotations

from itertools import islice, permutations

from plans import board, card, final_plan, team

from sessions.sequencing.cheaper_order import Progress, cheaper_order
from sessions.sequencing.cost import cards_in_cost, exact_cost, plan_cost, round_to_units
from sessions.sequencing.plan import Plan
from sessions.sequencing.schedule import schedule


def searched(found: Plan) -> list[Progress]:
    return list(cheaper_order(found))


def test_the_sample_reaches_the_reference_and_beyond() -> None:
    found = final_plan()
    steps = searched(found)

    assert steps[0].start_cost == 685038
    assert [step.cost for step in steps if step.round == 1][-1] == 643500
    assert steps[-1].cost == 637500  # the optimum that a solver proved
    assert steps[-1].saved == 685038 - 637500
    assert plan_cost(schedule(found.workload, steps[-1].order)) == 637500


def test_the_best_so_far_never_gets_worse_and_is_what_it_says() -> None:
    found = final_plan()
    costs = [step.cost for step in searched(found)]

    assert costs == sorted(costs, reverse=True)
    for step in islice(cheaper_order(found), 0, None, 97):
        assert plan_cost(schedule(found.workload, step.order)) == step.cost


def test_the_search_ends_when_every_card_is_settled() -> None:
    last = searched(final_plan())[-1]

    assert last.settled == last.movable == 16
    assert last == searched(final_plan())[-1]


def test_what_the_rank_does_not_move_keeps_its_rank() -> None:
    found = final_plan()
    order = searched(found)[-1].order
    fixed = [name for name in found.order if found.at(name).lane != 2]

    assert sorted(order) == sorted(found.order)
    assert fixed[:2] == ["P02", "P09"]
    assert [order.index(name) for name in fixed] == [found.order.index(name) for name in fixed]


def test_a_small_board_reaches_the_best_of_all_orders() -> None:
    found = board(
        team("T", 10), team("U", 10),
        card("A", "T 30@10, U 20@10", monthly=400), card("B", "T 20@10", monthly=900), card("C", "U 40@10", monthly=300),
        card("D", "T 10@10, U 10@10", monthly=1100, needs=("C",)), card("E", "T 40@10", monthly=2000),
    )  # fmt: skip
    best = min(exact_cost(each, cards_in_cost(each)) for each in (schedule(found.workload, order) for order in permutations("ABCDE")))

    assert searched(found)[-1].cost == round_to_units(best)
