"""Vote: open the ballot, collect it, reveal it."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.guide.step import Known, Step
from sessions.guide.words import go_on
from sessions.state.session import Session
from sessions.wording import plural


def vote_steps(session: Session, _known: Known) -> Iterator[Step]:
    """Return what is left to do for a vote on the order."""
    voters = len(session.voters())
    if not voters:
        yield Step("add_people", "Nobody has a vote yet", "add people", optional=True)
        yield go_on(session, "Nobody has a vote")
        return
    round_ = session.round
    if session.open_round and session.open_round is not round_:
        yield Step("collect_ballots", "A ballot is open", "go to it", optional=True)
    if round_ is None:
        people = "1 person votes" if voters == 1 else f"{voters} people vote"
        yield Step("open_ballot", f"{people} in silence on {plural(len(session.order), 'card')}", "open the ballot", optional=True)
        yield go_on(session, "No vote in this session")
        return
    if round_.open:
        asked, votes = len({*round_.opened.voices, *round_.seals}), len(round_.seals)
        told = f"{votes} of {asked} {'has' if votes == 1 else 'have'} voted"
        if not votes:
            yield Step("collect_ballots", told, "take the first ballot")
        missing = asked - votes
        yield Step("reveal", told if missing else f"All {asked} have voted", f"reveal{f' ({missing} missing)' if missing else ''}")
    yield go_on(session, "The ballots are open")
