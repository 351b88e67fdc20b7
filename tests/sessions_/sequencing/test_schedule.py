"""The schedule, the cut line, where teams run out, and the reasons (METHOD 5.1 to 5.5, 5.8): the reference, the worked example, small boards."""

from __future__ import annotations

from typing import Any

import pytest
from plans import as_expected, board, card, expected, final_plan, first_plan, mini, team, weeks
from support import FIXTURES

from sessions.imports.portfolio import load_portfolio
from sessions.portfolio.models import Project
from sessions.sequencing.blockers import blocker_chain
from sessions.sequencing.changes import Crew, Move, People, Split
from sessions.sequencing.cycles import CycleError
from sessions.sequencing.deadlines import last_safe_rank
from sessions.sequencing.levers import levers
from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.reasons import because, deadline_note, gap_note, pulled_note, sentence
from sessions.sequencing.workload import default_crew


def told(plan: Plan) -> dict[str, str]:
    """Return when each card is worked on and why not earlier: `4-5 earliest`."""

    def words(placed: Placement) -> str:
        late, pulled = " late" if placed.late else "", f" with {placed.pulled_by}" if placed.pulled_by else ""
        interrupted = " interrupted" if placed.interrupted else ""
        return f"{placed.start}-{placed.finish} {placed.why.kind}{late}{interrupted}{pulled}"

    return {card: words(placed) for card, placed in plan.placements.items()}


def test_the_orders_of_the_sample_give_the_plans_of_the_reference() -> None:
    assert as_expected(first_plan()) == expected()["plan_r1"]
    assert as_expected(final_plan()) == expected()["plan_final"]


def test_the_worked_example() -> None:
    found = mini()

    assert weeks(found) == {"A": (1, 3), "B": (6, 7), "C": (8, 10), "D": (3, 3), "E": (None, None), "F": (8, 7), "G": (11, 13)}
    assert next(each.loads for each in found.stretches if each.card == "G") == (10, 10, 5)
    assert (found.at("D").pulled_by, found.at("C").pulled_by) == ("C", None)


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        (
            [card("R", "T 20@10"), card("M", "T 20@10", must=True), card("F", "T 20@10", state="in_flight", must=True)],
            {"F": "1-2 free", "M": "3-4 team", "R": "5-6 team"},
        ),
        (
            [
                card("A", "T 20@10", earliest_week=4, deadline_week=5),
                card("G", "T 20@10", earliest_week=2, deadline_week=3),
                card("C", "T 20@10", deadline_week=7),
            ],
            {"A": "4-5 earliest", "G": "6-7 gate late", "C": "1-2 free"},
        ),
        (
            [
                card("A", "T 10@10"),
                card("B", "T 10@10", needs=("C",)),
                card("X", "T 10@10"),
                card("C", "T 10@10", needs=("D",)),
                card("D", "T 10@10"),
            ],
            {"A": "1-1 free", "D": "2-2 team with B", "C": "3-3 needs with B", "B": "4-4 needs", "X": "5-5 team"},
        ),
        ([card("B", "T 20@10", needs=("A",)), card("A", state="done")], {"B": "1-2 free", "A": "None-None decided"}),
        ([card("B", "T 20@10", needs=("A",)), card("A", state="adopt")], {"B": "1-2 free", "A": "1-0 free"}),
    ],
    ids=["in flight before musts before ranks", "deadlines are only checked", "pulled up through a whole row", "needs done", "needs adopt"],
)
def test_small_boards_on_which_no_card_g_starts_before_week_6(cards: list[Project], expected: dict[str, str]) -> None:
    assert told(board(team("T", 10), *cards, gates={"G": 6})) == expected


def test_too_much_in_flight_is_interrupted() -> None:
    found = first_plan(load_portfolio(FIXTURES / "sample" / "in_flight_overload.json").portfolio)

    placed = [(name, found.at(name).start, found.at(name).interrupted) for name in ("P02", "P01", "P14", "P24")]
    assert placed == [("P02", 1, False), ("P01", 7, True), ("P14", 14, True), ("P24", 19, True)]


def test_a_long_row_of_needs_is_no_deeper_than_the_stack() -> None:
    cards = [card(f"C{number:04}", needs=(f"C{number + 1:04}",) if number < 2999 else ()) for number in range(3000)]

    assert board(team("T", 10), *cards).at("C2999").pulled_by == "C0000"


@pytest.mark.parametrize(("session_date", "first"), [("", 1), ("2026-07-06", 1), ("2026-07-07", 2), ("2026-07-14", 3)])
def test_weeks_before_the_session_are_closed(session_date: str, first: int) -> None:
    cards = card("A", "T 20@10", state="in_flight"), card("B", "T 20@10"), card("C")
    found = board(team("T", 10), *cards, quarter_start="2026-07-06", session_date=session_date)

    assert found.first_week == first
    assert told(found) == {"A": f"{first}-{first + 1} free", "B": f"{first + 2}-{first + 3} team", "C": f"{first}-{first - 1} free"}
    assert found.teams[0].capacity[: first - 1] == (0,) * (first - 1)
    assert found.teams[0].available == 10 * (13 - first + 1)


@pytest.mark.parametrize(
    ("effort", "people", "crew"),
    [(10, 30, 5), (30, 30, 5), (31, 30, 10), (60, 30, 10), (61, 30, 15), (400, 30, 30), (10, 3, 3), (10, 0, 0)],
)
def test_the_default_crew_does_the_work_in_six_weeks(effort: int, people: int, crew: int) -> None:
    assert default_crew(effort, people) == crew


@pytest.mark.parametrize("parts", [[card("A"), card("B", earliest_week=20)], [team("T", 10), card("A")], [card("A", "T 10")], []])
def test_without_teams_or_efforts_the_plan_is_empty(parts: list[Any]) -> None:
    found = board(*parts)

    assert (found.empty, found.cut_rank) == (True, None)
    assert list(found.placements) == [each.id for each in parts if isinstance(each, Project)]


def test_a_board_on_which_all_work_was_stopped_is_not_empty() -> None:
    assert not board(team("T", 10), card("A", "T 10"), decided={"A": "stop"}).empty


def test_a_cycle_is_named_and_nothing_is_planned() -> None:
    parts = [card("P06", needs=("P07",)), card("P07", needs=("P08",)), card("P08", needs=("P06",)), card("P09")]

    with pytest.raises(CycleError, match=r"P06 -> P07 -> P08 -> P06\.$") as caught:
        board(team("T", 10), *parts)
    assert caught.value.cycle == ("P06", "P07", "P08", "P06")


def test_the_cut_line_passes_over_what_was_decided() -> None:
    assert first_plan().cut_rank == expected()["plan_r1_cut_rank"] == 8
    assert final_plan().cut_rank == 14


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


@pytest.mark.parametrize(("deadline", "rank"), [(1, None), (2, 1), (3, 1), (4, 2), (39, 3)])
def test_the_rank_down_to_which_a_deadline_is_kept(deadline: int, rank: int | None) -> None:
    others = team("T", 10), card("B", "T 20@10"), card("C", "T 20@10")
    needs_two = board(*others, card("A", "T 10@10", deadline_week=deadline, needs=("D", "E")), card("D", "T 10@10"), card("E"))

    assert last_safe_rank(board(*others, card("A", "T 20@10", deadline_week=deadline)), "A") == rank
    assert last_safe_rank(needs_two, "A") == (5 if deadline == 39 else rank)


@pytest.mark.parametrize(
    ("deadline", "note"),
    [(0, "its deadline, 3 July, is before the quarter"), (1, "ends on 17 July, after its deadline, 10 July"), (2, "")],
)
def test_a_deadline_that_is_missed_is_told(deadline: int, note: str) -> None:
    found = board(team("T", 10), card("A", "T 20@10", deadline_week=deadline), quarter_start="2026-07-06")

    assert deadline_note(found, "A") == note


def test_a_pinned_card_keeps_its_deadline_at_any_rank() -> None:
    found = first_plan()

    assert last_safe_rank(found, "P09") == found.at("P09").rank


BOUNDS = board(
    team("T", 10),
    card("A", "T 10@10", earliest_week=4),
    card("B", "T 10@10"),
    card("C", needs=("A", "D")),
    card("D", "T 20@10", earliest_week=3),
    gates={"B": 6},
    quarter_start="2026-07-06",
)
IN_VAIN = board(
    team("T", 10),
    card("A", "T 900@10"),
    card("B", "T 10@10", needs=("A", "X")),
    card("C", "T 20@20"),
    card("D"),
    card("E", state="adopt"),
    card("F", state="done"),
    decided={"D": "hold", "E": "done"},
)


@pytest.mark.parametrize(
    ("found", "sentences"),
    [
        (
            mini(),
            {
                "B": "Yes, from week 6. The Web team has too few people until then.",
                "C": "Yes, from week 8. The Web team is on #2 Card B until then.",
                "D": "Yes, from week 3. The Data team is on #1 Card A until then.",
                "E": "Not before someone is found for Mob: it has no people.",
                "F": "Yes, from week 8. It waits for #2 Card B until then.",
            },
        ),
        (
            BOUNDS,
            {
                "A": "Yes, from 27 July. The project itself cannot start earlier.",
                "B": "Yes, from 10 August. It was decided not to start earlier.",
                "C": "Yes, from 31 August. It waits for #4 Card D until then.",
            },
        ),
        (
            IN_VAIN,
            {
                "A": "Not within 39 weeks: T (1 person) has no room for it before that.",
                "B": "Waits for #1 Card A and X, which are not planned.",
                "C": "Not with a crew of 2: T has 1 at most, and 1 would fit.",
                "D": "On hold.",
                "E": "Delivered: it takes no one's time any more.",
                "F": "Done.",
            },
        ),
    ],
    ids=["worked example", "bounds", "what cannot start"],
)
def test_when_a_card_starts_and_why_not_sooner(found: Plan, sentences: dict[str, str]) -> None:
    assert {name: sentence(found, name) for name in sentences} == sentences
    assert all(sentences[name].endswith(because(found, name)) for name in sentences)


def test_the_chain_goes_down_to_what_starts_today() -> None:
    found = blocker_chain(final_plan(), "P23")

    assert [link.placed.card for link in found] == ["P23", "P16", "P11", "P15", "P03"]
    assert found[-2].sentence == "Yes, from 27 July. The Infrastructure team is on #5 Server operating system upgrade until then."


def test_the_levers_of_the_checkout() -> None:
    found = levers(final_plan(), "P04")

    assert [(each.change, each.gain) for each in found] == [
        (Move("P04", 3), 2),
        (People("WEB", 10), 2),
        (People("WEB", 30), 6),
        (Crew("P04", "WEB", 15), 2),
        (Split("P04", "WEB"), 6),
    ]
    assert found[0].title == "above #3 Northwest price lists and tax"
    assert found[1].title == "1 more person in Web & Commerce"
    assert found[3].title == "half the crew in Web & Commerce: 1.5 instead of 3"
