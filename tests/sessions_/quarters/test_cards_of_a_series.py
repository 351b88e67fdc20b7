"""Cards of a series: their origin, what the room votes on again, how its benefit was worded at first, and its life over all quarters."""

from __future__ import annotations

import pytest
from support import Room, bare, sample, small

from sessions.commands.cards import EditCard, MoveCard
from sessions.commands.consent import RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.phases import StartPhase
from sessions.commands.quarters.adoption import DeliverCard, MeasureAdoption
from sessions.commands.quarters.fates import AnswerFate, LinkCard
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.export.json_export import as_json
from sessions.guide.aloud import to_read
from sessions.guide.next_step import next_step
from sessions.portfolio.checks import Checker
from sessions.portfolio.models import Benefit, Project, Work
from sessions.quarters import ending
from sessions.quarters.again import Mark, again, marks, vote_again
from sessions.quarters.aloud import read_again
from sessions.quarters.belonging import ago_words, short_quarter
from sessions.quarters.rewriting import rewritten
from sessions.quarters.story import Story, story_of
from sessions.quarters.trend.stability import RankChanges, rank_changes
from sessions.record.events import CardOutcome, Decision, Matched, Past, Unclear
from sessions.replay.narration import narrate
from sessions.state.session import Session


def room() -> Room:
    """Return a session whose card A came back, B changed its sponsor, C is the same, D may be one of two, and E is new."""
    past = Past(
        session="2026-q1-abcd",
        title="Q1",
        quarter="2026-Q1",
        date="2025-12-30",
        order=("X", "A", "C", "B", "D1", "D2"),
        cards=tuple(Project(id=card, title=card) for card in ("X", "A", "B", "C", "D1", "D2")),
        matched=(
            Matched(card="A", was="X", by="title", back="no money"),
            Matched(card="B", was="B", by="id"),
            Matched(card="C", was="C", by="id", still=3),
        ),
        decisions=(Decision(card="B", word="start_after", sentence="", week=40),),
        unclear=(Unclear(card="D", candidates=("D1", "D2")),),
    )
    portfolio = bare("A B C D E").model_copy(update={"quarter": "2026-Q3"})
    changes = {"A": {"title": "X"}, "B": {"sponsor": "CFO"}, "C": {"state": "in_flight", "work": (Work(team="WEB", effort=10),)}}
    cards = tuple(card.model_copy(update=changes.get(card.id, {})) for card in portfolio.projects)
    return Room(portfolio.model_copy(update={"projects": cards}), past=past)


def test_new_changed_and_due_cards_are_voted_on_again() -> None:
    its = room()

    assert again(its.session) == {"new": ("D", "E"), "changed": ("B",), "due": ("A",)}
    its.do(LinkCard(card="D", was="D2"))
    assert again(its.session) == {"new": ("E",), "changed": ("B", "D"), "due": ("A",)}  # D has another title than D2
    assert vote_again(its.session) == ("A", "B", "D", "E")
    exported = as_json(its.session)
    assert exported["vote_again"] == {"new": ["E"], "changed": ["B", "D"], "due": ["A"]}
    assert exported["belonging"][0] == {"card": "A", "was": "X", "by": "title", "still": 0, "earlier_rank": 1, "back": "no money"}
    its.do(DeliverCard(card="B"))
    assert "B" not in {*vote_again(its.session), *read_again(its.session)}, "no one votes again on what was delivered"
    assert (again(Room(bare()).session), vote_again(Room(bare()).session)) == ({}, ())


def test_the_cards_read_aloud_are_new_back_changed_or_flagged() -> None:
    its = room()
    assert read_again(its.session) == {"A": "back from 2026-Q1", "B": "changed", "C": "no sponsor", "D": "new", "E": "new"}
    its.do(EditCard(card=its.session.cards["C"].model_copy(update={"sponsor": "CFO"})))
    assert read_again(its.session)["C"] == "changed"
    its.do(StartPhase(phase="open"), StartPhase(phase="cards"))
    assert to_read(its.session) == ("A", "B", "C", "D", "E")
    assert next_step(its.session).sentence == "Card 1 of 5, back from 2026-Q1: someone says what it is for"

    past = its.session.past
    assert past is not None
    calm = Room(bare("B C").model_copy(update={"quarter": "2026-Q3"}), past=past.model_copy(update={"unclear": ()}))
    assert read_again(calm.session) == {"C": "same rank for 3 quarters"}


def test_a_card_says_where_it_was_ranked_and_why_it_is_back() -> None:
    found = marks(room().session)

    assert found["A"] == Mark("", "back from 2026-Q1: no money"), "it is first among the cards that came along, as it was"
    assert found["C"] == Mark("ranked 3 in Q1, two quarters ago")  # it has started by now
    assert found["B"] == Mark("ranked 4 in Q1, two quarters ago, promised from 5 October")
    assert "E" not in found
    assert marks(Room(bare()).session) == {}
    stale = Checker(bare("A B"), order=("A", "B"), still={"A": 3, "B": 2})
    card = bare("A B").projects
    assert [each.sentence for each in stale.check(card[0])] == ["Same rank and no start for 3 quarters: start it, change it, or let it go."]
    assert stale.check(card[1]) == ()


@pytest.mark.parametrize(
    ("quarter", "now", "words", "short"),
    [
        ("2026-Q2", "2026-Q3", "last quarter", "Q2"),
        ("2025-Q4", "2026-Q3", "three quarters ago", "Q4"),
        ("2025-Q3", "2026-Q3", "4 quarters ago", "2025-Q3"),
        ("2026-Q3", "2026-Q3", "earlier this quarter", "Q3"),
        ("2026-Q4", "2026-Q3", "", "2026-Q4"),
        ("2026-Q2", "", "", "2026-Q2"),
    ],
)
def test_a_quarter_is_named_as_people_say_it(quarter: str, now: str, words: str, short: str) -> None:
    assert (ago_words(quarter, now), short_quarter(quarter, now)) == (words, short)


# --- benefits in business terms: the first wording stays beside the new one


ASKED = "We need five hours of downtime"
CHAIN = Benefit(change="a new system", effect="3 hours of downtime a month less", business_effect="no orders are lost", monthly=15000)


def rewrite(room: Room, *cards: str) -> Room:
    for card in cards:
        room.do(EditCard(card=room.session.cards[card].model_copy(update={"benefit": CHAIN})))
    return room


def asked(room: Room) -> Room:
    """Word every card as an order taker would."""
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
    # What fills no more of the chain is no rewriting.
    for other, benefit in (("A", Benefit(text=f"{ASKED}, and soon")), ("B", Benefit(text=ASKED, monthly=5)), ("D", Benefit())):
        room.do(EditCard(card=room.session.cards[other].model_copy(update={"benefit": benefit})))
        assert room.session.cards[other].order_taker_version == ""
    assert [each.card.id for each in rewritten(room.session)] == ["C"]


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


# --- the life of a card over the quarters of its series


def past_of(session: Session, quarter: str, pairs: str) -> Past:
    """Return what the next session brings along; `pairs` as "A=B" says that its card A was B."""
    matched = tuple(Matched(card=each.partition("=")[0], was=each.partition("=")[2], by="id") for each in pairs.split())
    gone = tuple(card for card in session.cards if card not in {each.was for each in matched})
    return ending.past_of(session).model_copy(update={"quarter": quarter, "matched": matched, "gone": gone})


class Quarter(Room):
    """A session of a quarter under a record id of its own."""

    def __init__(self, quarter: str, titles: str, past: Past | None = None) -> None:
        super().__init__(bare(titles).model_copy(update={"quarter": quarter}), past=past)
        self.everybody()

    @property
    def session(self) -> Session:
        session = self.live.session
        return session._replace(id=session.quarter)


def three_quarters() -> tuple[Quarter, Quarter, Quarter]:
    """Hold three quarters: card A is called A1 and B2 in the first two; it is put off, promised, missed."""
    first = Quarter("2026-Q1", "X A1 Y")
    dissent = RecordDissent(card="A1", who="CIO", stance="concern", text="it breaks", answer="in May")
    first.do(Decide(card="A1", word="not_now", why="no money"), dissent)
    second = Quarter("2026-Q2", "B2 Y", past_of(first.session, "2026-Q1", "B2=A1 Y=Y"))
    second.do(
        ConfirmOutcomes(outcomes=(CardOutcome(card="A1", outcome="kept"),)),
        EditCard(card=second.session.cards["B2"].model_copy(update={"benefit": Benefit(text="saves $15,000 a month")})),
        Decide(card="B2", word="start_after", week=3, override="so be it"),
    )
    third = Quarter("2026-Q3", "C A", past_of(second.session, "2026-Q2", "A=B2"))
    third.do(
        ConfirmOutcomes(outcomes=(CardOutcome(card="B2", outcome="missed", cause="capacity"),)),
        AnswerFate(card="Y", fate="merged", into="A"),
        MoveCard(card="A", to=1),
    )
    return first, second, third


def told(story: Story) -> list[tuple[str, str, int | None, str, str, bool]]:
    found = []
    for row in story.chapters:
        word, outcome = row.decision.word if row.decision else "", row.outcome.outcome if row.outcome else ""
        found.append((row.quarter, row.card.id, row.rank, word, outcome, row.read))
    return found


def test_a_story_follows_the_card_through_its_ids() -> None:
    first, second, third = (room.session for room in three_quarters())
    story = story_of(third, "A", (first, second))

    assert told(story) == [
        ("2026-Q1", "A1", 2, "not_now", "kept", True),
        ("2026-Q2", "B2", 1, "start_after", "missed", True),
        ("2026-Q3", "A", 1, "", "", True),
    ]
    assert [each.answer for each in story.chapters[0].dissents] == ["in May"]
    assert story.chapters[1].card.benefit.text == "saves $15,000 a month"
    assert story.chapters[2].merged == ("Y",)
    assert story.headline == "3 quarters on the board: ranked 2, 1, now 1. Decisions: 1 kept and 1 missed."
    assert story_of(third, "C").headline == "Its story begins this quarter."
    assert story_of(third, "nothing") == Story(())
    gone = story_of(third, "Y", (first, second))
    assert gone.headline == "2 quarters on the board: ranked 3 and 2. It was merged into A."


def test_a_session_that_cannot_be_read_leaves_what_the_next_one_brought_along() -> None:
    first, second, third = (room.session for room in three_quarters())

    alone = story_of(third, "A")
    assert told(alone) == [("2026-Q2", "B2", 1, "start_after", "missed", False), ("2026-Q3", "A", 1, "", "", True)]
    assert alone.gaps == ("2026-Q2",)
    # Without the second session no one knows that B2 was A1: its id is another card's.
    assert story_of(third, "A", (first,)) == alone
    # The first one was not read: the second brought it along.
    assert told(story_of(third, "A", (second,)))[0] == ("2026-Q1", "A1", 2, "not_now", "kept", False)
    # Over the gap a card is followed by its id if its title is the same.
    third = Quarter("2026-Q3", "Y", past_of(second, "2026-Q2", "Y=Y")).session
    assert [(row[0], row[2], row[-1]) for row in told(story_of(third, "Y", (first,)))] == [
        ("2026-Q1", 3, True),
        ("2026-Q2", 2, False),
        ("2026-Q3", 1, True),
    ]


def test_a_reading_is_told_in_the_quarter_that_took_it() -> None:
    first = Quarter("2026-Q1", "A")
    first.do(DeliverCard(card="A", date="2026-05-18"), MeasureAdoption(card="A", value="41", date="2026-06-26", by="CFO"))
    second = Quarter("2026-Q2", "B", past_of(first.session, "2026-Q1", ""))
    second.do(MeasureAdoption(card="A", value="60", date="2026-06-27", by="CFO"))

    story = story_of(second.session, "A", (first.session,))

    assert [[each.value for each in chapter.readings] for chapter in story.chapters] == [["41"], ["60"]]
    assert [bool(chapter.delivered) for chapter in story.chapters] == [True, False]
    assert story.chapters[-1].rank is None
