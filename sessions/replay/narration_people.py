"""Narration of people: who joined, who is here, who decides and who asks."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.portfolio.models import Participant
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.replay.narration_rounds import Narrator
from sessions.state.session import Session
from sessions.wording import LIST_LIMIT, because, listed, plural, sentence, shortened, side_name

_SEAT_CLAUSES = {"facilitator": "facilitates", "decider": "decides", "voter": "has a vote", "observer": "observes"}


def in_a_row(texts: Sequence[str]) -> str:
    """Return texts in a row, as many as a sentence holds."""
    return listed(texts) if len(texts) <= LIST_LIMIT else shortened(texts)


def _joining(person: Participant) -> str:
    side = f" ({side_name(person.side)})" if person.side else ""
    return f"{person.role}{side} joined and {_SEAT_CLAUSES[person.seat]}."


def _people_in(_: Session, event: ev.PeopleTakenIn) -> str:
    if len(event.joined) == 1 and not event.new:
        return _joining(event.joined[0])
    parts = [f"{plural(len(event.joined), 'person', 'people')} joined: {in_a_row([each.role for each in event.joined])}"] if event.joined else []
    parts += [f"{in_a_row([each.role for each in event.new])} {'was' if len(event.new) == 1 else 'were'} corrected"] if event.new else []
    decider = next((each.role for each in (*event.joined, *event.new) if each.id == event.decider), "")
    return sentence("; ".join([*parts, *([f"{decider} decides"] if decider else [])]))


def _person_change(_: Session, event: ev.ParticipantChanged) -> str:
    old, new = event.old, event.new
    name = old.role if old.role == new.role else f"{old.role} is now {new.role}"
    return f"{name}: {', '.join(each for each in (side_name(new.side), _SEAT_CLAUSES[new.seat]) if each)}."


def _attendance(session: Session, event: ev.AttendanceMarked) -> str:
    match event.new:
        case "present":
            clause = "is present"
        case "away":
            clause = "is away"
        case "proxy":
            clause = f"is represented by {session.role(event.proxy)}"
        case "expected":
            clause = "is expected"
    return f"{session.role(event.person)} {clause}."


def _decider(session: Session, event: ev.DeciderNamed) -> str:
    instead = f", no longer {session.role(event.old)}" if event.old else ""
    return f"{session.role(event.person)} decides{instead}."


def _no_quorum(_: Session, event: ev.QuorumOverridden) -> str:
    sides = listed([side_name(side) for side in event.missing])
    return sentence(f"The session continues without a quorum of {sides}, decisions are provisional{because(event.reason)}")


def _asker(session: Session, event: ev.AskerChosen) -> str:
    return f"{session.role(event.person)} is asking from here on." if event.person else "From here on, no one in particular is asking."


PEOPLE_NARRATORS: dict[type[Event], Narrator] = {
    ev.ParticipantAdded: lambda _, event: _joining(event.participant),
    ev.PeopleTakenIn: _people_in,
    ev.ParticipantChanged: _person_change,
    ev.AttendanceMarked: _attendance,
    ev.DeciderNamed: _decider,
    ev.QuorumOverridden: _no_quorum,
    ev.AskerChosen: _asker,
}
