"""Adoption: readings against a target (METHOD 6.5), benefit realised (6.6), what is due, and the words that end a card."""

from __future__ import annotations

from fractions import Fraction

import pytest
from record_release import earlier
from series import of_the_sample
from support import Room, small, with_cards

from sessions.commands.base import ReasonNeededError
from sessions.commands.card_checks import CardDoesNotFitError
from sessions.commands.cards import AddCard, EditCard, NotADateError, SplitCard, Undo
from sessions.commands.decisions import Decide, DecisionIncompleteError
from sessions.commands.quarters.adoption import AcceptBelowTarget, DeliverCard, FigureRefusedError, MeasureAdoption, ReadingRefusedError
from sessions.commands.several_cards import MergeCards
from sessions.deciding.adopting import achieved, delivery, status
from sessions.deciding.proposals import proposal_for
from sessions.deciding.session_plan import session_plan
from sessions.errors import SessionError
from sessions.portfolio.checks import Checker
from sessions.portfolio.models import Adoption, Benefit, Portfolio, Project
from sessions.portfolio.numbers import number_of, number_text
from sessions.quarters.adoption import due, looked_at, value_realised
from sessions.quarters.carry_over import carry_over
from sessions.record.events import Delivered, Reading
from sessions.sequencing.reasons import sentence


def with_sample(*delivered: Delivered) -> Room:
    """Make a session after one in March, with what was delivered since."""
    return Room(small(), past=earlier().model_copy(update={"delivered": delivered or of_the_sample()}))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("41", "41"), (" 41 % ", "41"), ("2,5", "2.5"), (".5", "0.5"), ("1,200", "1200"), ("1 200,50", "1200.5"), ("1.234.567", "1234567"),
        ("0,125", "0.125"), ("−3.10 hours", "-3.1"), ("12k", "12000"), ("1'000", "1000"), ("4 of 7", None), ("10-20", None), ("", None),
        ("nan", None), ("1e9", None), ("about 3", None), ("1,2,3", None), ("9" * 50, None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, number: str | None) -> None:
    read = number_of(text)
    assert (None if read is None else number_text(read)) == number


def test_the_latest_reading_counts_and_money_of_another_currency_is_not_added_up() -> None:
    mobile, wifi, *_ = of_the_sample()
    old = Reading(card="X3", value="70", date="2026-05-20", by="CFO", monthly=15_500)
    assert status(mobile.model_copy(update={"readings": (*mobile.readings, old)})) == "below"
    euro = mobile.card.model_copy(update={"benefit": Benefit(monthly=9, currency="EUR")})
    assert value_realised([wifi, wifi, mobile.model_copy(update={"card": euro})], "USD") == (8000, 8000, 1, 3)
    assert value_realised([]) == (0, 0, 0, 0)
    # A reading is a part of the way from the baseline to the target, which may be the lower one.
    ways = (Adoption(baseline="3", target="1"), Adoption(target="80 %"), Adoption(baseline="all", target="70"), Adoption(baseline="70", target="70"))
    assert [achieved(way, "1.5") for way in ways] == [Fraction(3, 4), Fraction(3, 160), None, None]
    assert achieved(ways[0], "3.4") == 0


@pytest.mark.parametrize(
    ("delivered", "read", "is_due"),
    [
        ("2026-06-20", (), False),  # the next session is soon enough: 101 days
        ("2026-05-15", (), True),
        ("2026-03-20", ("2026-06-26",), False),
        ("2025-12-20", ("2026-03-30",), True),  # two quarters
        ("2025-09-25", ("2025-12-30", "2026-03-30"), False),
        ("2025-06-30", ("2025-09-30", "2025-12-30"), True),  # four quarters
        ("2025-06-30", ("2025-09-30", "2025-12-30", "2026-06-29"), False),
        ("some day", (), False),
    ],
)
def test_a_reading_is_due_at_the_last_session_in_time_for_it(delivered: str, read: tuple[str, ...], is_due: bool) -> None:
    card = Project(id="X", title="X", adoption=Adoption(target="70"))
    for value in ("1", "70"):  # what is in use is measured again, too
        readings = tuple(Reading(card="X", value=value, date=day, by="CFO") for day in read)
        assert bool(due(with_sample(Delivered(card=card, date=delivered, readings=readings)).session)) == is_due
    assert not due(with_sample(Delivered(card=card, date=delivered, accepted="It is enough")).session)


# --- commands


def room_with_target(**adoption: str) -> Room:
    target = Adoption(**{"measure": "% of orders", "baseline": "0", "target": "70", **adoption})
    return Room(with_cards(small(), P1={"adoption": target})).everybody()


def reading(**fields: object) -> MeasureAdoption:
    return MeasureAdoption.model_validate({"card": "P1", "value": "41", "by": "CFO", **fields})


def proposed(room: Room) -> tuple[str, str]:
    proposal = proposal_for(room.session, "P1")
    assert proposal
    return proposal.word, proposal.sentence


def test_a_delivered_card_is_adopting_until_its_target_is_reached() -> None:
    room = room_with_target()
    before = room.session
    room.do(DeliverCard(card="P1", date="12 June 2026"))
    assert (room.session.cards["P1"].state, room.session.delivered["P1"].date) == ("adopt", "2026-06-12")
    plan = session_plan(room.session)
    assert (plan.at("P1").status, plan.at("P2").start, sentence(plan, "P1")) == ("done", 1, "Delivered: it takes no one's time any more.")
    room.refuses(Decide(card="P1", word="done"), DecisionIncompleteError, "it is not measured yet")
    room.do(reading(value=" 41 % ", monthly=500))
    assert room.session.delivered["P1"].readings == (Reading(card="P1", value="41", date="2026-06-30", by="CFO", monthly=500),)
    assert proposed(room) == ("continue", "Continue. It was delivered; people are still to use it: 41 of 70 %.")
    room.refuses(Decide(card="P1", word="done"), DecisionIncompleteError, "it is at 41 of 70 %")
    room.do(Decide(card="P1", word="accept_below_target", why="Enough for now."))
    known = delivery(room.session, "P1")
    assert known
    assert status(known) == "accepted"
    room.do(Undo(), reading(value="70"))
    assert proposed(room)[0] == "done"
    room.refuses(AcceptBelowTarget(card="P1", sentence="enough"), ReadingRefusedError, "has reached its target, 70 of 70 %")
    room.do(Decide(card="P1", word="done"), Undo(), Undo(), Undo(), Undo())
    assert (room.session.cards, room.session.delivered) == (before.cards, {})


def test_the_state_of_a_card_leads_to_its_delivery_and_to_no_other_end() -> None:
    room = room_with_target()
    card = room.session.cards["P1"]
    room.refuses(EditCard(card=card.model_copy(update={"state": "done"})), SessionError, "Done is a decision")
    room.do(EditCard(card=card.model_copy(update={"state": "adopt", "note": "in time"})))
    assert (room.session.delivered["P1"].date, room.session.cards["P1"].note) == ("2026-06-30", "in time")
    room.refuses(EditCard(card=card), SessionError, "undo the delivery")
    room.refuses(DeliverCard(card="P1"), SessionError, "was delivered already")
    room.refuses(MergeCards(cards=("P1", "P2"), title="Both"), SessionError, "can no longer be split or merged")
    room.refuses(SplitCard(card="P1", first=card, second=Project(id="", title="Rest")), SessionError, "can no longer be split or merged")


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"value": "many"}, ReadingRefusedError, "many is not a number"),
        ({"value": ""}, ReadingRefusedError, "not a number"),
        ({"date": "2026-07-01"}, NotADateError, "1 Jul 2026 is still to come"),
        ({"date": "2026-06-29"}, NotADateError, "before the delivery on 30 Jun 2026"),
        ({"value": "-5 %"}, FigureRefusedError, "outside 0 to 100 %"),
        ({"value": "9" * 26, "target": "70 hours"}, FigureRefusedError, "too large"),
        ({"date": "soon"}, NotADateError, "soon is not a date"),
        ({"by": " "}, ReasonNeededError, "who took the reading"),
        ({"monthly": -1}, ReadingRefusedError, "0 or more"),
        ({"target": "0.0"}, ReadingRefusedError, "same as the baseline, 0"),
        ({"target": "most"}, ReadingRefusedError, "most is not"),
        ({"card": "P2"}, ReadingRefusedError, "Price lists was not delivered yet"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(fields: dict[str, object], error: type[SessionError], words: str) -> None:
    room = room_with_target()
    room.do(DeliverCard(card="P1"))
    room.refuses(reading(**fields), error, words)


def test_the_time_of_a_delivery_and_of_a_reading_is_that_of_the_clock_and_not_of_the_last_record() -> None:
    room = room_with_target()
    room.refuses(DeliverCard(card="P1", date="2026-07-03"), NotADateError, "still to come")
    room.refuses(DeliverCard(card="P1", date="1900-01-01"), NotADateError, "more than 10 years ago")
    room.clock.wall = "2026-07-03T08:00:00Z"
    room.do(DeliverCard(card="P1", date="2026-07-03"), reading())
    assert room.session.delivered["P1"].readings[0].date == "2026-07-03"


def test_a_target_that_shows_no_change_is_refused_where_a_card_is_edited() -> None:
    room = room_with_target()
    same = Adoption(measure="orders", baseline="1,200", target="1200 orders")
    card = room.session.cards["P1"].model_copy(update={"adoption": same})
    room.refuses(EditCard(card=card), CardDoesNotFitError, "same as the baseline, 1200")
    room.refuses(AddCard(card=Project(id="", title="New", adoption=same)), CardDoesNotFitError, "same as the baseline")
    none = card.model_copy(update={"adoption": Adoption(measure="errors", target="0")})
    room.refuses(EditCard(card=none), CardDoesNotFitError, "A target of 0 needs a baseline")
    (gap,) = (each for each in Checker(Portfolio(projects=(card,))).check(card) if each.id == "K-ADOPT")
    assert "another target than the baseline" in gap.sentence


def test_what_is_not_done_goes_on_to_the_next_session_and_its_card_does_not() -> None:
    room = room_with_target()
    room.do(DeliverCard(card="P1"), DeliverCard(card="P2"), reading(value="50"), Decide(card="P2", word="accept_below_target", why="enough"))
    carried = carry_over(room.session)
    assert [(each.card.id, status(each)) for each in carried.past.delivered] == [("P1", "below"), ("P2", "accepted")]
    assert [card.id for card in carried.portfolio.projects] == ["P3", "P4"]
    assert carried.past.gone == ()
    following = Room(carried.portfolio, past=carried.past)
    assert [each.card.id for each in looked_at(following.session)] == ["P1"]
    following.do(AcceptBelowTarget(card="P1", sentence="enough"), Undo(), MeasureAdoption(card="P1", value="35", target="35", by="CFO"))
    assert [status(each) for each in looked_at(following.session)] == ["adopted"]
    assert [each.card.id for each in carry_over(following.session).past.delivered] == ["P1"]
