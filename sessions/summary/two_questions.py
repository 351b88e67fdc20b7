"""The two questions of every quarter on the page: what the room answered, and what the plan says to it (METHOD 2.7, 6.2, 6.3, 6.11)."""

from __future__ import annotations

from sessions.deciding.session_plan import session_plan
from sessions.quarters.pulse import pulses
from sessions.quarters.trend.focus import focus, focus_words
from sessions.quarters.trend.value_ratio import value_ratio, value_words
from sessions.state.session import Session
from sessions.summary.markdown_escape import inline


def two_questions(session: Session) -> list[str]:
    """Return a line for each question that the room answered, or that the plan of what was decided can answer."""
    computed = _computed(session)
    lines = []
    for pulse in pulses(session):
        answered = f"**{pulse.words} of 5.**" if pulse.words else ""
        told = " ".join(filter(None, (answered, computed.get(pulse.asked.id, ""))))
        lines += [f"{pulse.asked.text} {told}"] if told else []
    return lines


def _computed(session: Session) -> dict[str, str]:
    if not session.decisions:
        return {}
    plan = session_plan(session)
    value, found = value_ratio(session, plan, lever=False), focus(session, plan, search=False)
    answers = {"value": value_words(session, value)[0] if value else "", "focus": focus_words(session, found)[0] if found else ""}
    return {question: inline(answer) for question, answer in answers.items()}
