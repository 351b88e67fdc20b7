"""The life of a card over the quarters of its series."""

from __future__ import annotations

from support import Room, bare

from sessions.commands.cards import EditCard, MoveCard
from sessions.commands.consent import RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.quarters.adoption import DeliverCard, MeasureAdoption
from sessions.commands.quarters.fates import AnswerFate
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.portfolio.models import Benefit
from sessions.quarters import ending
from sessions.quarters.story import Story, story_of
from sessions.record.events import CardOutcome, Matched, Past
from sessions.state.session import Session


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
