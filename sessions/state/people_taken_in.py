"""What taking people in does to a session, what undoes it, and why some of them stay: they take part already."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.record.events import PeopleTakenIn, Recorded
from sessions.state.builder import SessionBuilder
from sessions.state.session import Session
from sessions.wording import LIST_LIMIT, listed, shortened


def take_in(builder: SessionBuilder, event: PeopleTakenIn) -> None:
    """Add the people, and correct those who were there."""
    builder.people = {**builder.people, **{each.id: each for each in (*event.joined, *event.new)}}
    if event.present:
        builder.presence = {**builder.presence, **{each.id: "present" for each in event.joined}}
    builder.decider = event.decider or builder.decider


def take_back(builder: SessionBuilder, event: PeopleTakenIn) -> None:
    """Remove the people again, and what the session holds of them; those who were there are as before."""
    gone = {each.id for each in event.joined}
    before = {each.id: each for each in event.old}
    builder.people = {person: before.get(person, each) for person, each in builder.people.items() if person not in gone}
    builder.presence = {person: each for person, each in builder.presence.items() if person not in gone}
    builder.proxies = {person: proxy for person, proxy in builder.proxies.items() if person not in gone}
    builder.decider = "" if builder.decider in {*gone, event.decider} else builder.decider
    builder.asker = "" if builder.asker in gone else builder.asker


def why_they_stay(session: Session, event: PeopleTakenIn) -> str:
    """Return why taking people in cannot be undone, as a sentence; nothing if it can."""
    people = {each.id for each in (*event.joined, *event.new)}
    doing = (
        ("a ballot was opened for them", {voter for each in session.rounds for voter in each.opened.voices}),
        ("they are proxy for someone who is away", set(session.proxies.values())),
        ("they proposed a move", {each.proposed.person for each in session.proposed_moves}),
        ("they may move cards", set(session.free_movers)),
    )
    for why, who in doing:
        if there := [session.role(person) for person in session.people if person in people & who]:
            return f"{listed(there) if len(there) <= LIST_LIMIT else shortened(there)} {'stays' if len(there) == 1 else 'stay'}: {why}."
    return ""


def undoable(session: Session) -> Iterator[Recorded]:
    """Return the events that hold and can be undone, the latest first: all of the history but people who take part already."""
    return (each for each in session.history() if not (isinstance(each.event, PeopleTakenIn) and why_they_stay(session, each.event)))
