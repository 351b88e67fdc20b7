"""What a decision word needs, and what its sentence will be (METHOD 2.4). No widget."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sessions.commands.decisions import Decide
from sessions.deciding.line import has_capacity_data
from sessions.deciding.session_plan import first_week
from sessions.deciding.sponsors import lacks_sponsor
from sessions.deciding.words import COMES_BACK, sentence_for
from sessions.record.events import DECISION_WORDS, Decision, DecisionWord
from sessions.state.session import Session

LABELS: dict[str, str] = {
    "week": "From",
    "missing": "What is missing",
    "until": "Comes back on",
    "owner": "Owner",
    "why": "Why",
    "override": "Reason",
}
"""The fields, in the order of the dialog."""

NEEDS: dict[DecisionWord, tuple[str, ...]] = {
    "continue": ("why",),
    "start": ("week", "owner", "why"),
    "start_after": ("week", "owner", "why"),
    "hold": ("missing", "until", "owner", "why"),
    "not_now": ("until", "owner", "why"),
    "return": ("missing", "until", "owner", "why"),
    "stop": ("why",),
    "done": ("why",),
    "accept_below_target": ("why",),
}
"""The fields that each word shows."""

REQUIRED: dict[DecisionWord, str] = {"start_after": "week", "return": "missing", "stop": "why", "accept_below_target": "why"}
"""The field that a word cannot do without."""

KEYS: dict[str, DecisionWord] = {str(number): word for number, word in enumerate(DECISION_WORDS, 1)}
"""The key of each word."""


class NotAWeekError(ValueError):
    """What was typed is neither a day nor the number of a week."""


def first_values(session: Session, card: str, word: DecisionWord, given: Decision | None) -> dict[str, str]:
    """Return what is in the fields when a word is chosen: the decision or proposal if it has this word, else the default."""
    project = session.cards[card]
    sponsor = "" if lacks_sponsor(session, project) else project.sponsor
    # Without a plan there is no week, unless someone names one.
    week = first_week(session) if word in ("start", "continue") and has_capacity_data(session) else None
    values = {"week": _day_of(session, week), "owner": sponsor, "until": "", "missing": "", "why": "", "override": ""}
    if word in COMES_BACK and session.next_session:
        values["until"] = session.next_session
    if given is not None and given.word == word:
        values |= {"owner": given.owner or sponsor, "until": given.until, "missing": given.missing, "why": given.why}
        values |= {"week": _day_of(session, given.week) or values["week"], "override": given.override}
    return values


def _day_of(session: Session, week: int | None) -> str:
    """Return the Monday of a week as it is typed, its number if the quarter's start is not known; empty for none."""
    return str(session.portfolio.week_date(week) or week) if week else ""


def week_in(session: Session, values: Mapping[str, str], word: DecisionWord) -> int | None:
    """Return the week of the day that was typed, None if the word needs none or nothing was typed. Raises NotAWeekError."""
    text = values["week"].strip()
    if "week" not in NEEDS[word] or not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) < 4:
        return int(text)
    monday = session.portfolio.week_date(1)
    if monday is None:
        raise NotAWeekError("The week is a whole number, counted from the quarter's start, such as 7.")
    try:
        return (date.fromisoformat(text) - monday).days // 7 + 1
    except ValueError:
        raise NotAWeekError(f"The day is written as {monday}.") from None


def command_from(session: Session, card: str, word: DecisionWord, values: Mapping[str, str]) -> Decide:
    """Return the command for what was typed. Raises NotAWeekError."""
    texts = {name: values[name].strip() for name in NEEDS[word] if name != "week"}
    return Decide(card=card, word=word, week=week_in(session, values, word), override=values["override"].strip(), **texts)


def preview(session: Session, word: DecisionWord, values: Mapping[str, str]) -> str:
    """Return the sentence as far as it can be made of what was typed so far."""
    try:
        week = week_in(session, values, word)
    except NotAWeekError:
        week = None
    if word == "start_after" and week is None:
        return "Yes, from …"
    texts = {name: values[name].strip() for name in ("until", "missing", "why") if name in NEEDS[word]}
    return sentence_for(session, word, week=week, **texts)
