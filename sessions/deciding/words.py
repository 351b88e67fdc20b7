"""Decision words: their names, what each one needs, and the sentence of a decision (METHOD 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sessions.record.choices import DecisionWord
from sessions.sequencing.weeks import on_start_day, start_day
from sessions.state.session import Session
from sessions.wording import iso_date, sentence

if TYPE_CHECKING:
    from sessions.record.agreed import Decision

WORD_NAMES: dict[DecisionWord, str] = {
    "continue": "Continue",
    "start": "Start",
    "start_after": "Yes, but not until",
    "hold": "On hold",
    "not_now": "Not now",
    "return": "Sent back",
    "stop": "Stopped",
    "done": "Done",
    "accept_below_target": "Accepted as it is",
}
"""How each decision word is written for people."""

STARTS: frozenset[DecisionWord] = frozenset({"start", "start_after"})
COMES_BACK: frozenset[DecisionWord] = frozenset({"hold", "not_now", "return"})
"""Words of cards that come back: at the next session, or on a date if someone names one."""


def word_counts(words: Sequence[DecisionWord]) -> list[str]:
    """Return how many cards get each word: 480 start, 10 start later."""
    # In lower case and without the comma of “Yes, but not until”, so that the list reads as one.
    names = {word: name[:1].lower() + name[1:] for word, name in WORD_NAMES.items()} | {"start_after": "start later"}
    return [f"{words.count(word)} {name}" for word, name in names.items() if word in words]


def comes_back(session: Session, decision: Decision) -> str:
    """Return when a card that does not start is looked at again: on the day that someone named, else at the next session; empty for other words."""
    if decision.word not in COMES_BACK:
        return ""
    day = decision.until or session.next_session
    return f"on {iso_date(day)}" if day else "at the next session"


def words_of(session: Session, decision: Decision) -> str:
    """Return a decision as people read it: its sentence and, unless that names a day, when the card is looked at again."""
    again = "" if decision.until else comes_back(session, decision)
    return f"{decision.sentence} Looked at again {again}." if again else decision.sentence


def sentence_for(session: Session, word: DecisionWord, *, week: int | None = None, until: str = "", missing: str = "", why: str = "") -> str:
    """Return the sentence of a decision. `week` counts from 1, None if there is no plan; `until` is an ISO date, or empty."""
    tail = f" {sentence(why)}" if why.strip() else ""
    match word:
        case "continue":
            return f"Continue.{tail}"
        case "start":
            return f"Start{f' {on_start_day(session.portfolio, week)}' if week else ''}.{tail}"
        case "start_after":
            return f"Yes, from {start_day(session.portfolio, week or 1)}.{tail}"
        case "hold" | "not_now" | "return":
            back = f" until {iso_date(until)}" if until else ""
            needs = f": needs {missing}" if missing else ""
            return f"{WORD_NAMES[word]}{back}{needs}.{tail}"
        case "stop":
            return f"Stopped: a new card is needed to bring it back.{tail}"
        case "done":
            return f"Done, and in use as promised.{tail}"
        case "accept_below_target":
            return f"Accepted as it is.{tail}"
