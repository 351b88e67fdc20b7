"""The worked figures of the sample (METHOD 6): its measures, the computed answers to the two questions, what was answered, and the partnership."""

from __future__ import annotations

import csv
from fractions import Fraction

from answering import ANSWERS, PEOPLE, answered, asked
from larkfield import meeting
from plans import card, team
from record_release import earlier
from series import said_of_sample, sample_room
from support import FIXTURES, Room, bare, person, sample

from sessions.commands.cards import MoveCard, Undo
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.deciding.session_plan import session_plan
from sessions.errors import SessionError
from sessions.portfolio.models import Objective, Portfolio, Project
from sessions.quarters.carry_over import carry_over
from sessions.quarters.partnership import earlier_partnership, lacks, others_answered, partnership, side_means, to_reach
from sessions.quarters.pulse import answers_of, pulse_round, pulses, who_answered
from sessions.quarters.trend.evidence import evidence
from sessions.quarters.trend.focus import focus, focus_words
from sessions.quarters.trend.looked_back import looked_back
from sessions.quarters.trend.measures import measures_of, value_of
from sessions.quarters.trend.one_move import orders_tried
from sessions.quarters.trend.stability import stability
from sessions.quarters.trend.value_ratio import value_ratio, value_words
from sessions.sequencing.cost import plan_cost
from sessions.state.session import Session
from sessions.summary.markdown import summary
from sessions.wording import mean_name


def scored() -> Session:
    """Return the sample with the scores of its six contested cards, before the discussion and after it."""
    room = Room(sample()).everybody()
    for number, name in enumerate(("scores_r1.csv", "scores_r2.csv"), 1):
        with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        cards = tuple(name for name in rows[0] if name.startswith("P"))
        room.do(OpenRound(method="score", cards=cards))
        room.do(*(SealBallot(round=number, voice=row["voter"], scores={card: int(row[card]) for card in cards if row[card]}) for row in rows))
        room.do(RevealBallots(round=number))
    return room.session


def test_the_sample_has_the_measures_of_the_method() -> None:
    session = meeting().session
    found = measures_of(session)
    assert value_of(session) == {"found": 643_500, "cost": 685_038}
    assert found["focus"] == {"top": 460, "planned": 460, "capacity": 650}
    assert found["stability"] == {"cards": 19, "tau_b": 0.4035, "places": 68, "overlap_5": 4, "overlap_8": 5, "moves": 8, "explained": 4}
    assert found["voice"] == [{"side": "business", "ballots": 6, "seats": 6}, {"side": "it", "ballots": 4, "seats": 5}]
    assert found["agreement"]["tau_b"] == 0.1811
    assert [(each["title"], each["was"]) for each in found["ranks"] if each["now"] in (3, 5)] == [
        ("Northwest price lists and tax", None),
        ("Server operating system upgrade", 17),
    ]
    session = Room(sample()).session
    assert measures_of(session)["complete"] == {
        "cards": 24, "sponsor": 22, "benefit": 22, "adoption": 21, "plan_owner": 20, "objective": 23, "complete": 20,
    }  # fmt: skip
    gaps = measures_of(scored())["agreement"]
    assert (gaps["gap_before"], gaps["gap_after"]) == (1.8528, 0.6)
    # With a session before it, the earlier order is that of the record, and the wording that of the quarter before.
    assert stability(session) == stability(sample_room().session) is not None
    assert measures_of(sample_room().session)["rewritten"]["cards"] == 0


def test_the_sample_looks_back_on_its_earlier_quarter() -> None:
    room = sample_room().everybody()
    assert evidence(room.session)["order"] == "4 of 19 cards moved far"
    room.do(ConfirmOutcomes(outcomes=said_of_sample()))
    assert evidence(room.session)["order"] == "7 of 10 decisions kept; 4 of 19 cards moved far"
    found = looked_back(room.session)
    assert found is not None
    assert (found["decisions"], found["not_before"]) == ({"kept": 7, "of": 10}, {"kept": 1, "of": 3})
    assert found["outcomes"] == {"kept": 7, "missed": 2, "reversed": 1, "overtaken": 2, "open": 1}
    assert found["causes"] == {"capacity": 2, "other": 1}
    assert found["adopted"] == {"adopted": 2, "below": 1, "accepted": 0, "unmeasured": 1, "of": 4}
    assert found["realised"] == {"realised": 17_700, "promised": 25_500, "unmeasured": 1, "of": 4, "currency": "USD"}
    assert looked_back(Room(sample()).session) is None


def test_what_is_not_defined_is_a_dash() -> None:
    found = measures_of(Room(sample().model_copy(update={"projects": (), "objectives": (), "teams": ()})).session)
    assert (found["focus"], found["stability"], found["partnership"]) == (None, None, None)
    assert (found["voice"], found["ranks"], found["complete"]["cards"]) == ([], [], 0)
    assert found["agreement"] == {"tau_b": None, "gap_before": None, "gap_after": None}
    titles = Room(Portfolio(projects=(Project(id="A", title="A"), Project(id="B", title="B")))).session
    no_money = Room(Portfolio(projects=(card("A", "X 20"), card("B", "X 20")), teams=(team("X", 10),))).session
    for session in (titles, no_money):
        assert (value_ratio(session), focus(session)) == (None, None)


# --- the computed answers (6.2, 6.3), each with the one thing that would raise it


def test_the_value_ratio_and_the_focus_of_the_sample_and_the_moves_that_would_raise_them() -> None:
    room = meeting(close=False)
    cost, key = value_ratio(room.session), focus(room.session)
    assert cost is not None
    assert cost.lever is not None
    assert value_words(room.session, cost) == (
        "Waiting costs about $42,000 more than in the cheapest order found.",
        "Moving #17 Card fraud screening to #9 would save about $26,000.",
    )
    assert key is not None
    assert key.lever is not None
    assert focus_words(room.session, key) == (
        "46 of the key teams' 65 person-weeks go to the first three objectives.",
        "Moving #14 Email journeys by segment to #12 would add 3 person-weeks.",
    )
    room.do(MoveCard(card=cost.lever.card, to=cost.lever.to))
    assert plan_cost(session_plan(room.session)) - (685_038 - cost.lever.gain) in (0, 1)  # each is rounded by itself
    room.do(Undo(), MoveCard(card=key.lever.card, to=key.lever.to))
    moved = focus(room.session)
    assert moved is not None
    assert moved.top == 460 + key.lever.gain


def test_what_fills_the_key_teams_otherwise_is_named() -> None:
    objectives = tuple(Objective(id=f"O{rank}", rank=rank, text=f"{rank}") for rank in range(1, 5))
    cards = tuple(card(name, "X 70@10", objective=goal) for name, goal in (("A", "O1"), ("B", "O4")))
    teams = (team("X", 10).model_copy(update={"key": True}),)
    for projects, words in (
        (cards, "#2 Card B, for another objective, takes 6 person-weeks."),
        (cards[:1], "6 person-weeks are free, and no move of a card fills them."),
    ):
        session = Room(Portfolio(projects=projects, teams=teams, objectives=objectives)).session
        found = focus(session)
        assert found is not None
        assert (found.share, focus_words(session, found)[1]) == (Fraction(7, 13), words)


def test_the_search_is_bounded_and_says_the_same_every_time() -> None:
    cards = tuple(card(f"C{number}", "X 20@10", monthly=number % 7 + 1) for number in range(300))
    session = Room(Portfolio(projects=cards, teams=(team("X", 30),))).session
    first = value_ratio(session)
    assert first is not None
    assert first.found < first.cost
    assert first == value_ratio(session)
    assert orders_tried(session_plan(session)) == 200


# --- what was answered (6.7, 6.11)


def test_the_questions_go_from_open_to_close() -> None:
    room = answered(asked("pulse", when="open"), ANSWERS["pulse"]["open"])
    assert [each.words for each in pulses(room.session)] == ["2.6 → –", "2.3 → –"]
    room.do(OpenRound(method="pulse", when="close"))
    answered(room, ANSWERS["pulse"]["close"])
    assert [each.words for each in pulses(room.session)] == ["2.6 → 3.9", "2.3 → 3.6"]
    round_ = pulse_round(room.session, "close")
    assert round_ is not None
    assert answers_of(round_) == len(who_answered(room.session, round_)) == 11
    assert "| Are we working on the highest value programs? | 2.6 | 3.9 |" in summary(room.session)


def test_the_next_level_lacks_what_the_sample_says_and_evidence_is_beside_it() -> None:
    room = answered(asked("partnership", portfolio=sample(), known=1), ANSWERS["partnership"])
    found = partnership(room.session)
    assert found is not None
    assert to_reach(found) == "To reach level 3: seat, sponsorship, initiative."
    assert {side: mean_name(mean) for side, mean in side_means(found).items()} == {"business": "2.5", "it": "2.8"}
    assert (lacks(found, "business"), lacks(found, "it")) == (("seat", "sponsorship", "initiative"), ("sponsorship",))
    assert evidence(room.session) == {
        "direction": "1 of 1 new objective came with cards",
        "seat": "IT knew 1 of 1 new objective before the session",
        "language": "22 of 24 cards have a figure in their benefit, 20 have every part",
        "initiative": "4 of 5 IT cards have a figure in their benefit",
    }
    room.refuses(OpenRound(method="partnership", known=2), SessionError, "1 new objective")
    assert "- Partnership: **level 2**, index 2.7. To reach level 3: seat, sponsorship, initiative." in summary(room.session)


def test_the_next_session_knows_the_level_and_says_if_other_people_answer() -> None:
    kept = carry_over(answered(asked("partnership"), ANSWERS["partnership"]).session, quarter="2026-Q4").past.partnership
    others = (*PEOPLE[:5], person("VP Retail", "business"), *PEOPLE[6:])
    for people, told in ((PEOPLE, ""), (others, "Not the same people answered as in 2026-Q2: 1 role new and 1 role missing.")):
        room = Room(bare(people=people), past=earlier().model_copy(update={"partnership": kept})).everybody()
        room.do(OpenRound(method="partnership"))
        answered(room, ANSWERS["partnership"])
        before = earlier_partnership(room.session)
        assert before is not None
        assert (before.level, before.lacking, others_answered(room.session)) == (2, ("seat", "sponsorship", "initiative"), told)
