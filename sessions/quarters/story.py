"""The life of a card over the sessions of its series: rank, decision, outcome, wording, readings, dissent and the answer, quarter by quarter.

Each session contributes what it knows itself; for an unreadable one, what the next session brought along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sessions.portfolio.checks import same_title, stale_sentence
from sessions.portfolio.models import Project
from sessions.quarters.belonging import earlier_card, earlier_id
from sessions.quarters.look_back import outcomes_of
from sessions.quarters.questions import fate_words
from sessions.record.events import CardOutcome, Decision, Delivered, DissentRecorded, Past, Reading
from sessions.state.session import Session
from sessions.wording import listed, plural, sentence


class Chapter(NamedTuple):
    """A card in one session. `read` says whether the session itself was read; `outcome` is what the next one said about the decision."""

    quarter: str
    card: Project
    rank: int | None
    cards: int
    decision: Decision | None = None
    said: str = ""
    """The decision in words."""
    outcome: CardOutcome | None = None
    dissents: tuple[DissentRecorded, ...] = ()
    delivered: Delivered | None = None
    """If it was delivered by the end of this session."""
    readings: tuple[Reading, ...] = ()
    """The readings that were taken in this session."""
    merged: tuple[str, ...] = ()
    """The titles of earlier cards that became part of it."""
    read: bool = True


class Story(NamedTuple):
    """The life of a card, its first quarter first. `gaps` are the quarters whose sessions could not be read, `end` how it left the board."""

    chapters: tuple[Chapter, ...]
    gaps: tuple[str, ...] = ()
    still: int = 0
    end: str = ""

    @property
    def headline(self) -> str:
        """Return the ranks in one sentence, how often what was promised came true, and how it left the board."""
        ranks = [str(chapter.rank) for chapter in self.chapters if chapter.rank]
        if len(self.chapters) == 1 and not self.end:
            merged = self.chapters[0].merged
            return f"It is new this quarter, and takes in {listed(merged)}." if merged else "Its story begins this quarter."
        words = [f"{plural(len(ranks), 'quarter')} on the board: ranked {listed(ranks)}."] if ranks else []
        if ranks[1:] and not self.end and self.chapters[-1].rank:
            words = [f"{plural(len(ranks), 'quarter')} on the board: ranked {', '.join(ranks[:-1])}, now {ranks[-1]}."]
        outcomes = [chapter.outcome.outcome for chapter in self.chapters if chapter.outcome]
        counts = [f"{outcomes.count(each)} {each}" for each in ("kept", "missed", "reversed") if each in outcomes]
        words += [f"Decisions: {listed(counts)}."] if counts else []
        return " ".join(filter(None, [*words, self.end, stale_sentence(self.chapters[-1].card, self.still) if self.chapters else ""]))


def story_of(session: Session, card: str, earlier: Sequence[Session] = ()) -> Story:
    """Return the life of a card, on the board or left behind; `earlier` are the sessions that could be read, the first one first."""
    left, gaps = [each for each in earlier if each.id != session.id], []
    first = _chapter(session, card)
    chapters, here, its = [first] if first else [], session, card
    while (past := here.past) is not None and (was := earlier_id(here, its)):
        outcome = outcomes_of(here).get(was)
        full = left.pop() if left and left[-1].id == past.session else None
        told = _chapter(full, was, outcome) if full else _remembered(past, was, outcome)
        if told is None:
            break
        chapters.append(told)
        if full is None:
            gaps.append(past.quarter or past.title)
            # A card keeps its id over the sessions of a series. One that only has the same id is another card.
            full = left.pop() if left else None
            older = _chapter(full, was) if full else None
            if full is None or older is None or same_title(older.card.title) != same_title(told.card.title):
                break
            chapters.append(older)
        here, its = full, was
    chapters.reverse()
    still = next((each.still for each in (session.past.matched if session.past else ()) if each.card == card), 0)
    fate = session.fates.get(card)
    end = "" if first or not chapters else sentence(f"It {fate_words(session, fate)}" if fate else "It is not on the board any more")
    return Story(_first_told(chapters), tuple(reversed(gaps)), still, end)


def _chapter(session: Session, card: str, outcome: CardOutcome | None = None) -> Chapter | None:
    """Return a card as a session knows it: on the board, withdrawn from it, or delivered."""
    delivered = session.delivered.get(card)
    withdrawn = session.withdrawn.get(card)
    known = session.cards.get(card) or (withdrawn.card if withdrawn else None) or (delivered.card if delivered else None)
    if known is None:
        return None
    decision = session.decisions.get(card)
    merged = (earlier_card(session, each.card) for each in session.fates.values() if each.fate == "merged" and each.into == card)
    return Chapter(
        quarter=session.quarter or session.title,
        card=known,
        rank=session.rank(card) if card in session.cards else None,
        cards=len(session.order),
        decision=decision,
        said=decision.sentence if decision else f"Withdrawn: {withdrawn.reason}" if withdrawn else "",
        outcome=outcome,
        dissents=tuple(each for each in session.dissents if each.card == card),
        delivered=delivered,
        readings=delivered.readings if delivered else (),
        merged=tuple(each.title for each in merged if each),
    )


def _remembered(past: Past, card: str, outcome: CardOutcome | None) -> Chapter | None:
    """Return a card as the next session remembers the one that cannot be read."""
    delivered = next((each for each in past.delivered if each.card.id == card), None)
    known = next((each for each in past.cards if each.id == card), delivered.card if delivered else None)
    if known is None:
        return None
    decision = next((each for each in past.decisions if each.card == card), None)
    return Chapter(
        quarter=past.quarter or past.title,
        card=known,
        rank=past.order.index(card) + 1 if card in past.order else None,
        cards=len(past.order),
        decision=decision,
        said=decision.sentence if decision else "",
        outcome=outcome,
        dissents=tuple(each for each in past.dissents if each.card == card),
        delivered=delivered,
        readings=delivered.readings if delivered else (),
        read=False,
    )


def _first_told(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Return the chapters with each reading, and the delivery, only in the session that first knew it."""
    found, readings, delivered = [], set[Reading](), False
    for chapter in chapters:
        new = tuple(each for each in chapter.readings if each not in readings)
        found.append(chapter._replace(readings=new, delivered=None if delivered else chapter.delivered))
        readings.update(new)
        delivered = delivered or chapter.delivered is not None
    return tuple(found)
