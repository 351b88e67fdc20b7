"""The next step of a session in its phase."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sessions.guide.arriving import open_steps, prepare_steps
from sessions.guide.step import NOTHING, Known, Step, StepKind
from sessions.guide.together import collecting
from sessions.state.session import Session


def next_step(session: Session, known: Known = NOTHING, skipped: Collection[StepKind] = ()) -> Step:
    """Return the next step of a session, without the optional ones among `skipped`."""
    if session.closed and session.open_round:
        return next(collecting(session, known))
    if session.closed:
        return Step("write_page", "The page is ready", "read it")
    return next(step for step in _steps(session, known) if not (step.optional and step.kind in skipped))


def _steps(session: Session, known: Known) -> Iterator[Step]:
    """Return what is left to do in the phase, in order. The last step is never optional. The first frame waits for no other phase."""
    match session.phase:
        case "prepare" | "open":
            return prepare_steps(session, known) if session.phase == "prepare" else open_steps(session, known)
        case "look_back":
            from sessions.guide.looking_back import look_back_steps  # noqa: PLC0415

            return look_back_steps(session, known)
        case "cards":
            from sessions.guide.reading import cards_steps  # noqa: PLC0415

            return cards_steps(session, known)
        case "vote":
            from sessions.guide.voting import vote_steps  # noqa: PLC0415

            return vote_steps(session, known)
        case "reveal" | "talk":
            from sessions.guide import talking  # noqa: PLC0415

            return talking.reveal_steps(session, known) if session.phase == "reveal" else talking.talk_steps(session, known)
        case _:
            from sessions.guide.ending import ending_steps  # noqa: PLC0415

            return ending_steps(session, known)
