"""The next step of a session in its phase."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from sessions.guide.arriving import open_steps, prepare_steps
from sessions.guide.ending import close_steps, decide_steps, look_back_steps, sequence_steps
from sessions.guide.reading import cards_steps
from sessions.guide.step import NOTHING, Known, Step, StepKind
from sessions.guide.talking import reveal_steps, talk_steps
from sessions.guide.voting import vote_steps
from sessions.record.events import Phase
from sessions.state.session import Session

_STEPS: Mapping[Phase, Callable[[Session, Known], Iterator[Step]]] = {
    "prepare": prepare_steps,
    "open": open_steps,
    "look_back": look_back_steps,
    "cards": cards_steps,
    "vote": vote_steps,
    "reveal": reveal_steps,
    "talk": talk_steps,
    "sequence": sequence_steps,
    "decide": decide_steps,
    "close": close_steps,
}
"""For each phase what is left to do in it, in order. The last step is never optional."""


def next_step(session: Session, known: Known = NOTHING, skipped: Collection[StepKind] = ()) -> Step:
    """Return the next step of a session; without the optional ones among `skipped`."""
    if session.closed:
        return Step("write_page", "The page is ready", "read it")
    steps = _STEPS[session.phase](session, known)
    return next(step for step in steps if not (step.optional and step.kind in skipped))
