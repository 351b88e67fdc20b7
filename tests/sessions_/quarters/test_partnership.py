"""The two questions and the partnership over quarters: levels, what is lacking, the evidence beside the answers, other people (METHOD 6.7, 6.11)."""

from __future__ import annotations

from answering import ANSWERS, PEOPLE, answered, asked
from record_release import earlier
from series import said_of_sample, sample_room
from support import SAMPLE, Room, bare, person

from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.rounds import OpenRound
from sessions.errors import SessionError
from sessions.imports.portfolio import load_portfolio
from sessions.quarters.carry_over import carry_over
from sessions.quarters.partnership import earlier_partnership, lacks, others_answered, partnership, side_means, to_reach
from sessions.quarters.pulse import answers_of, pulse_round, pulses, side_words, who_answered
from sessions.quarters.trend.evidence import evidence
from sessions.record.events import PastPartnership
from sessions.summary.markdown import summary
from sessions.wording import mean_name


def test_the_questions_go_from_open_to_close() -> None:
    room = answered(asked("pulse", when="open"), ANSWERS["pulse"]["open"])
    assert [each.words for each in pulses(room.session)] == ["2.6 → –", "2.3 → –"]
    room.do(OpenRound(method="pulse", when="close"))
    answered(room, ANSWERS["pulse"]["close"])
    assert [each.words for each in pulses(room.session)] == ["2.6 → 3.9", "2.3 → 3.6"]
    last, round_ = pulses(room.session)[0].at("close"), pulse_round(room.session, "close")
    assert last is not None
    assert round_ is not None
    assert side_words(last) == "business 4.0 · IT 3.8"
    assert answers_of(round_) == len(who_answered(room.session, round_)) == 11
    assert "| Are we working on the highest value programs? | 2.6 | 3.9 |" in summary(room.session)


def test_the_next_level_lacks_what_the_sample_says_and_evidence_is_beside_it() -> None:
    room = answered(asked("partnership", portfolio=load_portfolio(SAMPLE / "portfolio.json").portfolio, known=1), ANSWERS["partnership"])
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


def test_the_evidence_of_the_order_is_what_was_kept_and_what_moved() -> None:
    room = sample_room().everybody()
    assert evidence(room.session)["order"] == "4 of 19 cards moved far"
    room.do(ConfirmOutcomes(outcomes=said_of_sample()))
    assert evidence(room.session)["order"] == "7 of 10 decisions kept; 4 of 19 cards moved far"


def test_the_next_session_knows_the_level_and_says_if_other_people_answer() -> None:
    first = answered(asked("partnership"), ANSWERS["partnership"])
    kept = carry_over(first.session, quarter="2026-Q4").past
    again = answered_in(kept.partnership)
    before = earlier_partnership(again.session)
    assert before is not None
    assert (before.level, before.lacking, others_answered(again.session)) == (2, ("seat", "sponsorship", "initiative"), "")
    people = (*PEOPLE[:5], person("VP Retail", "business"), *PEOPLE[6:])
    other = answered_in(kept.partnership, people).session
    assert others_answered(other) == "Not the same people answered as in 2026-Q2: 1 role new and 1 role missing."


def answered_in(kept: PastPartnership | None, people: tuple[object, ...] = PEOPLE) -> Room:
    """Answer on the partnership in a session that follows on one with these answers."""
    past = earlier().model_copy(update={"partnership": kept})
    room = Room(bare().model_copy(update={"participants": people}), past=past).everybody()
    room.do(OpenRound(method="partnership"))
    return answered(room, ANSWERS["partnership"])
