"""What a change would do (METHOD 5.2, 5.6): all cards that start at another time, and what it costs; and the search for less (METHOD 5.7)."""

from __future__ import annotations

from itertools import permutations

from plans import board, card, final_plan, team

from sessions.portfolio.models import Benefit
from sessions.sequencing.changes import Crew, Drop, Move, Split, parts
from sessions.sequencing.cheaper_order import cheaper_order
from sessions.sequencing.cost import cards_in_cost, exact_cost, plan_cost, round_to_units
from sessions.sequencing.schedule import schedule
from sessions.sequencing.what_if import Effect, effect_sentence, what_if


def starts(effect: Effect) -> dict[str, tuple[int | None, int | None]]:
    return {shift.card: (shift.old, shift.new) for shift in effect.shifts}


def test_money_is_rounded_once_and_halves_go_away_from_zero() -> None:
    assert [round_to_units(thirteenths) for thirteenths in (0, 6, 7, 13, 19, 20, -6, -7, -20)] == [0, 0, 1, 1, 1, 2, 0, -1, -2]


def test_the_checkout_to_rank_3_and_back() -> None:
    effect = what_if(final_plan(), Move("P04", 3))

    assert effect.cost == 87923
    assert starts(effect) == {
        "P04": (7, 5), "P10": (4, 11), "P07": (9, 16), "P06": (13, 19), "P12": (13, 11),
        "P13": (7, 16), "P17": (15, 14), "P16": (16, 19), "P08": (16, 22), "P23": (18, 14),
    }  # fmt: skip
    assert effect_sentence(effect) == "4 projects start earlier, 6 later; about $88,000 more benefit lost while waiting."
    assert what_if(final_plan(), Move("P04", 3), Move("P04", 4)).shifts == ()


BOARD = (
    team("T", 10), team("U", 10),
    card("A", "T 30@10", monthly=1300), card("B", "T 20@10, U 10@10", monthly=2600), card("C", "T 10@10", needs=("B",), monthly=1300),
)  # fmt: skip


def test_a_dropped_card_goes_and_what_needs_it_waits() -> None:
    effect = what_if(board(*BOARD), Drop("B"))

    assert starts(effect) == {"C": (6, None), "B": (4, None)}
    assert effect.cost == 33 * 300  # C from week 6 to the horizon
    assert effect_sentence(effect) == "1 project starts later; 9,900 more benefit lost while waiting."


def test_a_card_that_only_ends_at_another_time_is_shown() -> None:
    found = board(team("T", 20), card("A", "T 40@10"))

    assert [shift.turn for crew in (5, 20) for shift in what_if(found, Crew("A", "T", crew)).shifts] == ["longer", "shorter"]


def test_money_in_several_currencies_is_summed_up_in_each_of_them() -> None:
    euros = BOARD[2].model_copy(update={"benefit": Benefit(monthly=1300, currency="EUR")})
    effect = what_if(board(*BOARD[:2], euros, *BOARD[3:]), Move("B", 1))

    assert effect.cost is None
    assert effect.costs == ((600, "EUR"), (-1800, ""))
    assert effect.dearer
    assert effect_sentence(effect) == "1 project starts earlier, 1 later; €600 more and 1,800 less benefit lost while waiting."


def test_a_split_card_keeps_its_benefit_in_the_first_part() -> None:
    whole_card = card("A", "T 30@10, U 10@10", monthly=1300, needs=("Z",), previous_rank=4, state="in_flight")
    first, second = parts(whole_card, Split("A", "U"), ("A", "A-2"), (team("U", 10),))

    assert parts(whole_card, Split("A", "U"), ("A",), (team("U", 10),))[1].id == "A-2"
    assert [work.team for work in first.work] == ["T"]
    assert first.benefit == whole_card.benefit
    assert first.needs == ("Z",)
    assert (second.id, second.title, second.needs, second.parent) == ("A-3", "Card A: U part", ("A",), "A")
    assert [work.team for work in second.work] == ["U"]
    assert (second.benefit, second.previous_rank, second.state) == (Benefit(), None, "new")


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
