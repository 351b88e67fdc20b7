"""Who was there, by side; who was away, and who spoke for them."""

from __future__ import annotations

from sessions.portfolio.models import Participant
from sessions.state.session import Session
from sessions.summary.markdown_escape import inline
from sessions.wording import capital, listed, side_name


def who_was_there(session: Session) -> list[str]:
    """Return in one paragraph who was there of each side with voters, who only listened, and who was away; nothing if no one was marked."""
    if not session.presence:
        return []
    there = [person for person in session.people.values() if session.presence.get(person.id) == "present"]
    lines = []
    for side in session.sides:
        roles = [_voter(session, person) for person in there if person.votes and person.side == side]
        name = side_name(side)
        lines.append(f"{inline(capital(name))}: {listed(roles) if roles else 'nobody'}")
    others = [_other(person) for person in there if not person.votes]
    lines += [f"Without a vote: {listed(others)}"] if others else []
    away = [_away(session, person) for person in session.people.values() if person.votes and person not in there]
    lines += [f"Not there: {listed(away)}"] if away else []
    return [" ".join(f"{line}." for line in lines)]


def _voter(session: Session, person: Participant) -> str:
    return inline(person.role) + (" (decides)" if person.id == session.decider else "")


def _other(person: Participant) -> str:
    return inline(person.role) + (" (facilitates)" if person.seat == "facilitator" else "")


def _away(session: Session, person: Participant) -> str:
    proxy = session.proxies.get(person.id, "")
    return inline(person.role) + (f" (represented by {inline(session.role(proxy))})" if proxy else "")
