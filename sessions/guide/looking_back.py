"""Look back: what became of the decisions of the session before."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.guide.step import Known, Step
from sessions.guide.words import go_on
from sessions.quarters.look_back import outcomes_of, unconfirmed
from sessions.quarters.promises import kept_sentence
from sessions.state.session import Session
from sessions.wording import plural


def look_back_steps(session: Session, _known: Known) -> Iterator[Step]:
    """Return what became of last quarter's decisions, as far as the room has not said it."""
    past = session.past
    if past is None:
        yield go_on(session, "What was promised last quarter, and what became of it")
        return
    every, left = len(past.decisions), len(unconfirmed(session))
    if left:
        yield Step("look_back", f"{left} of {plural(every, 'outcome')} to confirm", "look back", optional=True)
        yield go_on(session, f"{left} of {plural(every, 'outcome')} not confirmed: {'it stays' if left == 1 else 'they stay'} open")
    elif every:
        yield go_on(session, kept_sentence(past, outcomes_of(session)).removesuffix(".") or f"{plural(every, 'outcome')} confirmed")
    else:
        yield go_on(session, f"{past.quarter or 'The session before'} decided nothing to look back on")
