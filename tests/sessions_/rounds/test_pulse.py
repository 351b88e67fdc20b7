"""Questions about no card: the two questions and the partnership. Their answers appear by side, and never per person (METHOD 6.7, 6.11)."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from answering import ANSWERS, PEOPLE, answered, asked

from sessions.commands.base import ReasonNeededError
from sessions.commands.rounds import CountHands, OpenRound
from sessions.errors import SessionError
from sessions.export.json_export import as_json
from sessions.replay.narration import narrate
from sessions.replay.subject import subject_of_event
from sessions.rounds.methods.choice import BallotRefusedError
from sessions.rounds.methods.partnership import partnership_level
from sessions.rounds.methods.pulse import pulse_means
from sessions.rounds.methods.registry import METHODS
from sessions.summary.markdown import summary
from sessions.voting.answers import level
from sessions.wording import mean_name


@pytest.mark.parametrize(("when", "value", "focus"), [("open", "2.6", "2.3"), ("close", "3.9", "3.6")])
def test_the_pulse_is_the_mean_of_the_sides_means(when: str, value: str, focus: str) -> None:
    room = answered(asked("pulse", when=when), ANSWERS["pulse"][when])
    (round_,) = room.session.rounds
    found = pulse_means(round_)
    assert [mean_name(each.together or Fraction()) for each in found.values()] == [value, focus]
    assert {*found["value"].by_side} == {"business", "it"}
    told = narrate(room.session, room.live.recordeds[-1])
    assert f"highest value programs {value} (business " in told
    assert {subject_of_event(room.live.recordeds, each.event) for each in room.live.recordeds} == {""}
    assert summary(room.session)


def test_the_partnership_reaches_the_level_of_the_sample() -> None:
    room = answered(asked("partnership"), ANSWERS["partnership"])
    reached = partnership_level(room.session.rounds[0])
    assert reached is not None
    assert (reached.level, mean_name(reached.index), round(float(reached.gap or 0), 2)) == (2, "2.7", 0.33)
    assert reached.index == Fraction(8, 3)
    assert reached.lacking == ("seat", "sponsorship", "initiative")


@pytest.mark.parametrize(("quarter", "expected"), [("2025-Q4", (1, "1.83")), ("2026-Q1", (2, "2.25")), ("2026-Q2", (2, "2.50"))])
def test_the_partnership_of_the_quarters_before(quarter: str, expected: tuple[int, str]) -> None:
    medians = ANSWERS["medians"][quarter]
    items = [each.id for each in METHODS["partnership"].all if each.scored]  # type: ignore[attr-defined]
    reached = level({item: {side: [its[place]] for side, its in medians.items()} for place, item in enumerate(items)})
    assert reached is not None
    assert (reached.level, f"{float(reached.index):.2f}") == expected


def test_a_side_with_fewer_than_three_answers_is_in_the_mean_of_both_only() -> None:
    few = PEOPLE[:8]
    for room in (
        answered(asked("pulse", few), {"value": [5, 5, 5, 5, 5, 5, 1, 1], "focus": [3] * 8}),
        # Three of IT vote, and one of them has no opinion on the second question.
        answered(asked("pulse", PEOPLE[:9]), {"value": [5] * 6 + [1] * 3, "focus": [3] * 8}),
    ):
        (round_,) = room.session.rounds
        assert {*pulse_means(round_)["value"].by_side} == {""}
        record = json.dumps(room.log.records[-1])
        assert '"side": "business"' not in record.split('"turnout"')[0]
        (told,) = as_json(room.session)["rounds"]
        assert told["ballots"] == []
        assert {*told["answers"]["value"]} == {""}


def test_hands_are_a_row_of_figures_for_each_question() -> None:
    room = asked("pulse")
    business, it = [3, 2, 3, 3, 2, 3, 2, 2, 3, 2, 2, 3], [3, 3, 2, 2, 3, 2, 2, 3, 2, 2]
    room.refuses(CountHands(round=1, hands={"it": (*it, 1, 1)}), BallotRefusedError, "6 hands", "5 voters")
    room.refuses(CountHands(round=1, hands={"it": (*it[:-1], 6)}), BallotRefusedError)
    room.do(CountHands(round=1, hands={"business": tuple(business), "it": tuple(it)}))
    assert [mean_name(each.together or Fraction()) for each in pulse_means(room.session.rounds[0]).values()] == ["2.6", "2.3"]
    alone = asked("pulse", PEOPLE[:7])
    alone.do(CountHands(round=1, hands={"business": (*business[:-1], None), "it": (1, None)}))
    assert {*pulse_means(alone.session.rounds[0])["value"].by_side} == {""}


def test_the_unscored_questions_are_asked_if_wanted_and_count_for_nothing() -> None:
    room = asked("partnership", unscored=True)
    assert room.session.rounds[0].opened.questions[-2:] == ("carried", "unwelcome")
    answered(room, {**ANSWERS["partnership"], "carried": [1] * 11, "unwelcome": [4] * 11})
    reached = partnership_level(room.session.rounds[0])
    assert reached is not None
    assert reached.index == Fraction(8, 3)
    assert as_json(room.session)["rounds"][0]["answers"]["carried"] == {"business": [6, 0, 0, 0], "it": [5, 0, 0, 0]}


def test_asking_again_at_the_same_moment_needs_a_reason() -> None:
    room = answered(asked("pulse"), ANSWERS["pulse"]["open"])
    room.refuses(OpenRound(method="pulse", cards=("A",)), SessionError, "no card")
    assert "answered already at Open" in room.refuses(OpenRound(method="pulse"), ReasonNeededError)
    room.do(OpenRound(method="pulse", override="two came late"))
    assert room.session.rounds[-1].opened.override == "two came late"
