"""Vote: open the ballot, collect it, reveal it."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.guide.step import Known, Step
from sessions.guide.words import go_on, without_vote
from sessions.rounds.words import waited_for
from sessions.state.session import Session
from sessions.wording import plural


def vote_steps(session: Session, known: Known) -> Iterator[Step]:
    """Return what is left to do for a vote on the order."""
    voters = len(session.voters())
    if not voters:
        yield Step("add_people", "No one has a vote yet", "add people", optional=True)
        yield without_vote("No one has a vote")
        return
    round_ = session.round
    if session.open_round and session.open_round is not round_:
        yield Step("collect_ballots", "A ballot is open", "go to it", optional=True)
    if round_ is None:
        people = "1 person votes" if voters == 1 else f"{voters} people vote"
        yield Step("open_ballot", f"{people} in silence on {plural(len(session.order), 'card')}", "open the ballot", optional=True)
        yield without_vote("No ballot yet")
        return
    if round_.open:
        votes = sum(each.id in round_.seals for each in session.voters())
        told = f"{votes} of {voters} {'has' if votes == 1 else 'have'} voted"
        waited = waited_for(session, round_)
        if any(each.id not in known.seated for each in waited):
            yield Step("collect_ballots", told, "next ballot" if votes else "take the first ballot")
        elif waited:
            yield Step("reveal", f"{told}, the others on their devices", "reveal, when all are in")
        elif not votes:
            yield Step("collect_ballots", told, "take the first ballot")
        away = voters - votes
        yield Step("reveal", f"{told}, {away} {'is' if away == 1 else 'are'} away" if away else f"All {voters} have voted", "reveal")
    yield go_on(session, "The ballots are revealed")
