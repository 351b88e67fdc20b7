"""The questions about no card in the course of a meeting: asked once at their moment, skipped by the next step, and collected like any ballot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sessions.guide.step import Known, Step
from sessions.state.session import Session

if TYPE_CHECKING:
    from sessions.record.events import Moment


def pulse_steps(session: Session, known: Known, when: Moment) -> Iterator[Step]:
    """Return what is left of the two questions at a moment."""
    yield from collecting(session, known)
    if session.voters() and not any(each.opened.when == when for each in session.asked("pulse")):
        told = "Before we begin: the two questions" if when == "open" else "The two questions again, after all of this"
        yield Step("ask_pulse", told, "ask them", optional=True)


def partnership_steps(session: Session) -> Iterator[Step]:
    """Return what is left of the partnership: it needs two sides."""
    if len(session.sides) > 1 and not session.asked("partnership"):
        yield Step("ask_partnership", "How do business and IT work together?", "ask both sides", optional=True)


def collecting(session: Session, known: Known) -> Iterator[Step]:
    """Return what is left of an open round of questions."""
    round_ = session.open_round
    if round_ is None or not round_.opened.questions:
        return
    from sessions.rounds.words import waited_for  # noqa: PLC0415 - the first frame waits for no ballot type

    voters = session.voters()
    done = sum(each.id in round_.seals for each in voters)
    told = f"{done} of {len(voters)} {'has' if done == 1 else 'have'} answered"
    if any(each.id not in known.seated for each in waited_for(session, round_)) or not done:
        yield Step("collect_ballots", told, "take an answer", optional=True)
    if done:
        yield Step("reveal", told, "reveal the answers", optional=True)
