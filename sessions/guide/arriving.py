"""Prepare and Open: who takes part, who decides, who is here."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.guide.room import objectives_words
from sessions.guide.step import Known, Step
from sessions.guide.together import pulse_steps
from sessions.guide.words import go_on
from sessions.state.session import Session
from sessions.wording import capital, listed, plural, side_name


def prepare_steps(session: Session, _known: Known) -> Iterator[Step]:
    """Return what is left to prepare: people, and the one who decides."""
    projects = plural(len(session.order), "project")
    people = sum(person.seat != "facilitator" for person in session.people.values())
    if not session.voters():
        lack = "no one has a vote yet" if people else "no one invited yet"
        yield Step("add_people", f"{projects}, {lack}", "add people", optional=True)
    invited = "1 person" if people == 1 else f"{people} people"
    if not session.decider and session.voters("business"):
        yield Step("name_decider", f"{invited}, nobody decides yet", "choose who decides", optional=True)
    yield go_on(session, f"{projects} and {invited}: ready" if people else f"{projects}, no one invited")


def _changes(session: Session) -> Iterator[Step]:
    """Return the look at what changed since the earlier session, if anything did."""
    if session.past is None:
        return
    from sessions.quarters.changes import changes_since  # noqa: PLC0415 - only a session that follows another one needs it
    from sessions.quarters.changes_words import counts_words, days_words, open_words  # noqa: PLC0415
    from sessions.quarters.questions import open_questions  # noqa: PLC0415

    changes = changes_since(session)
    left = len(open_questions(session))
    if changes is not None and (changes.any or changes.late or left):
        act = "see what changed" if not left else "answer it" if left == 1 else "answer them"
        yield Step("see_changes", f"{days_words(changes)}: {open_words(left) if left else counts_words(changes)}", act, optional=True)


def open_steps(session: Session, known: Known) -> Iterator[Step]:
    """Return what is left until the meeting can begin: who is here, and enough of each side."""
    if not session.voters():
        yield Step("add_people", "No one was invited", "add people", optional=True)
        yield go_on(session, "No one was invited")
        return
    quorums = session.quorum()
    counts = ", ".join(f"{side_name(side)} {quorum.counted} of {quorum.voices}" for side, quorum in quorums.items())
    here = f"{capital(counts)} here"
    if not any(quorum.counted for quorum in quorums.values()):
        yield Step("mark_present", "No one is marked as here yet", "say who is here", optional=True)
    missing = session.quorum_missing
    if missing and not session.quorum_override:
        few = listed([side_name(side) for side in missing])
        yield Step("override_quorum", f"{here}: too few of {few}", "begin all the same", optional=True)
    if not session.decider and session.voters("business"):
        yield Step("name_decider", "Nobody decides yet", "choose who decides", optional=True)
    yield from _changes(session)
    if session.objectives and session.decider and not session.objectives_confirmed:
        yield Step("confirm_objectives", objectives_words(session), "look at the objectives", optional=True)
    yield from pulse_steps(session, known, "open")
    yield go_on(session, here if missing else f"{here}: enough")
