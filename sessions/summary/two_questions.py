"""The two questions of every quarter on the page: what the room answered, and what the plan says to it (METHOD 2.7, 6.2, 6.3, 6.11)."""

from __future__ import annotations

from sessions.deciding.session_plan import session_plan
from sessions.quarters.partnership import others_answered, partnership, to_reach
from sessions.quarters.pulse import Pulse, mean_words, pulses
from sessions.quarters.trend.focus import focus, focus_words
from sessions.quarters.trend.value_ratio import value_ratio, value_words
from sessions.record.events import Moment
from sessions.state.session import Session
from sessions.summary.markdown_escape import inline
from sessions.summary.page import bullets, table
from sessions.wording import mean_name


def two_questions(session: Session) -> tuple[list[str], list[str]]:
    """Return a row for each question with its means at Open and Close and what the plan says; without answers only that. Then the partnership."""
    computed, found = _computed(session), pulses(session)
    rows = [(pulse.asked.text, _mean(pulse, "open"), _mean(pulse, "close"), computed.get(pulse.asked.id, "")) for pulse in found]
    if not any(pulse.words for pulse in found):
        return bullets([f"{text} {told}" for text, _, _, told in rows if told]), bullets(_partnership(session))
    return table(("From 1 to 5", "Start", "End", "What the plan says"), rows, len(rows)), bullets(_partnership(session))


def _mean(pulse: Pulse, when: Moment) -> str:
    """Return the mean of both sides at a moment, or nothing."""
    return mean_words(pulse.at(when)) if pulse.at(when) else ""


def _partnership(session: Session) -> list[str]:
    """Return the level of the partnership, and what the next one lacks."""
    found = partnership(session)
    if found is None:
        return []
    told = " ".join(filter(None, (to_reach(found), others_answered(session))))
    return [f"Partnership: **level {found.level}**, index {mean_name(found.index)}. {inline(told)}".strip()]


def _computed(session: Session) -> dict[str, str]:
    if not session.decisions:
        return {}
    plan = session_plan(session)
    value, found = value_ratio(session, plan, lever=False), focus(session, plan, search=False)
    answers = {"value": value_words(session, value)[0] if value else "", "focus": focus_words(session, found)[0] if found else ""}
    return {question: inline(answer) for question, answer in answers.items()}
