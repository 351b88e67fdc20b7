"""Sequence, Decide and Close: the line, the decisions, what is left at the end."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.guide.step import Known, Step
from sessions.guide.words import go_on
from sessions.state.session import Session
from sessions.wording import plural


def look_back_steps(session: Session, _known: Known) -> Iterator[Step]:
    """Return nothing but the way on."""
    yield go_on(session, "What was promised last quarter, and what came of it")


def sequence_steps(session: Session, _known: Known) -> Iterator[Step]:
    """Return whether the room has to draw its line."""
    yield go_on(session, "The order stands")


def decide_steps(session: Session, _known: Known) -> Iterator[Step]:
    """Return what is undecided."""
    cards, left = len(session.order), len(session.undecided)
    if left:
        yield Step("preview_decisions", f"{cards - left} of {cards} decided", "look at the proposals", optional=True)
    yield go_on(session, f"{cards - left} of {cards} decided" if left else f"All {cards} decided")


def close_steps(session: Session, _known: Known) -> Iterator[Step]:
    """Return what is left at the end: an action, then the page."""
    if not session.actions:
        yield Step("agree_action", "No action agreed yet", "agree one", optional=True)
    yield Step("close", f"{plural(len(session.actions), 'action')} agreed" if session.actions else "No action agreed", "close the session")
