"""Benefits in business terms: the first wording stays beside the new one, and the ranks before and after can be compared."""

from __future__ import annotations

import pytest
from support import Room, bare, sample, small

from sessions.commands.cards import EditCard, MoveCard, Undo
from sessions.portfolio.models import Benefit
from sessions.quarters.rewriting import rewritten
from sessions.quarters.trend.stability import RankChanges, rank_changes
from sessions.record.events import Matched, Past
from sessions.replay.narration import narrate

ASKED = "We need five hours of downtime"
CHAIN = Benefit(change="a new system", effect="3 hours of downtime a month less", business_effect="no orders are lost", monthly=15000)


def rewrite(room: Room, *cards: str) -> Room:
    for card in cards:
        room.do(EditCard(card=room.session.cards[card].model_copy(update={"benefit": CHAIN})))
    return room


def asked(room: Room) -> Room:
    """Give every card the wording of an order taker."""
    for card in room.session.cards.values():
        room.do(EditCard(card=card.model_copy(update={"benefit": Benefit(text=ASKED)})))
    return room


def test_the_first_wording_stays_when_the_chain_grows() -> None:
    room = asked(Room(bare()))
    rewrite(room, "C")
    card = room.session.cards["C"]
    assert (card.order_taker_version, card.benefit) == (ASKED, CHAIN)
    sentence = narrate(room.session, room.live.recordeds[-1])
    assert f"asked as “{ASKED}” at #3 · now “a new system → 3 hours of downtime a month less → no orders are lost → " in sentence
    room.do(EditCard(card=card.model_copy(update={"benefit": CHAIN.model_copy(update={"change": "another one"})})))
    assert room.session.cards["C"].order_taker_version == ASKED
    room.do(Undo(), Undo())
    assert (room.session.cards["C"].order_taker_version, room.session.cards["C"].benefit.text) == ("", ASKED)


@pytest.mark.parametrize("benefit", [Benefit(text=f"{ASKED}, and soon"), Benefit(text=ASKED, monthly=5), Benefit()])
def test_what_fills_no_more_of_the_chain_is_no_rewriting(benefit: Benefit) -> None:
    room = asked(Room(bare()))
    room.do(EditCard(card=room.session.cards["A"].model_copy(update={"benefit": benefit})))
    assert room.session.cards["A"].order_taker_version == ""
    assert rewritten(room.session) == ()


def test_rank_changes_of_rewritten_cards_stand_apart_from_the_others() -> None:
    portfolio = bare("A B C D E F G")
    cards = tuple(card.model_copy(update={"previous_rank": rank}) for rank, card in enumerate(portfolio.projects, 1))
    room = rewrite(asked(Room(portfolio.model_copy(update={"projects": cards}))), "E", "F", "G")
    room.do(MoveCard(card="G", to=1))
    assert rank_changes(room.session) == RankChanges(cards=3, rise=6 - 1 - 1, others=4, others_rise=-4)


def test_what_was_rewritten_in_an_earlier_quarter_is_not_counted_again() -> None:
    portfolio = small()
    cards = tuple(card.model_copy(update={"benefit": CHAIN, "order_taker_version": ASKED}) for card in portfolio.projects)
    then = (cards[0], cards[1].model_copy(update={"benefit": Benefit(text=ASKED)}))
    past = Past(
        session="q2", title="Q2", quarter="2026-Q2", date="2026-03-31", cards=then, matched=tuple(Matched(card=c.id, was=c.id, by="id") for c in then)
    )
    room = Room(portfolio.model_copy(update={"projects": cards}), past=past)
    assert [each.card.id for each in rewritten(room.session)] == ["P2", "P3", "P4"]
    assert [(each.card.id, each.before) for each in rewritten(Room(sample()).session)] == [("P03", 17)]
