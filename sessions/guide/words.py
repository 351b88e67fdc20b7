"""Short wording that several phases share."""

from __future__ import annotations

from sessions.guide.aloud import to_read
from sessions.guide.step import Step
from sessions.record.choices import Phase
from sessions.state.session import Session

_GO_ON: dict[Phase, str] = {
    "open": "open the session",
    "look_back": "look back",
    "cards": "go through the cards",
    "vote": "go to the vote",
    "reveal": "look at the result",
    "talk": "talk",
    "sequence": "go to the order",
    "decide": "go to the decisions",
    "close": "close the meeting",
}


def go_on(session: Session, sentence: str) -> Step:
    """Return the step to the next phase of the session; without a card to read aloud it says that it skips Cards."""
    phases = session.phases
    at = min(phases.index(session.phase) + 1, len(phases) - 1)
    skips = phases[at] == "cards" and not to_read(session)
    phase = phases[at + skips]
    return Step("start_phase", sentence, f"{'skip Cards, ' if skips else ''}{_GO_ON[phase]}", phase=phase)


def without_vote(sentence: str) -> Step:
    """Return the step past the phases that need a vote."""
    return Step("start_phase", sentence, "go on without a vote", phase="sequence")


def number(count: int, thing: str) -> str:
    """Return a number of things, "no" for none: no card, 1 card, 12 cards."""
    return f"{count or 'no'} {thing}{'' if count == 1 else 's'}"
