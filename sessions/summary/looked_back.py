"""What became of last quarter's decisions, as the page tells it in one minute."""

from __future__ import annotations

from sessions.quarters.look_back import outcomes_of, past_decisions
from sessions.quarters.promises import BROKEN, kept_sentence, outcome_words
from sessions.state.session import Session
from sessions.summary.markdown_escape import inline
from sessions.summary.page import in_a_row

_NAMES = 5


def looked_back(session: Session) -> list[str]:
    """Return the count of kept decisions, and which were not kept and why; nothing if the room did not look back."""
    if session.past is None or not session.outcomes:
        return []
    told = kept_sentence(session.past, outcomes_of(session))
    broken = [(row.title, row.said) for row in past_decisions(session) if row.said and row.said.outcome in BROKEN]
    names = [f"{inline(title)}, {outcome_words(said)}" for title, said in broken]
    return ([inline(told)] if told else []) + ([f"Not kept: {in_a_row(names, _NAMES)}."] if names else [])
