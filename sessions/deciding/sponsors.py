"""Whether a card has a sponsor who can answer for it, and who is in the room (K-SPONSOR, K-SPONSOR-LEFT, K-SPONSOR-AWAY)."""

from __future__ import annotations

from sessions.portfolio.checks import has_sponsor
from sessions.portfolio.models import Project
from sessions.state.session import Session


def lacks_sponsor(session: Session, card: Project) -> str:
    """Return why a card has no sponsor who could answer for it, or an empty text (K-SPONSOR, K-SPONSOR-LEFT)."""
    if not card.sponsor:
        return "it has no sponsor"
    return f"its sponsor, {card.sponsor}, is not there any more" if has_left(session, card) else ""


def has_left(session: Session, card: Project) -> bool:
    """Return whether a card's sponsor is gone: marked as such, or among the people of the earlier session and not of this one (K-SPONSOR-LEFT)."""
    return bool(card.sponsor) and (not has_sponsor(card) or card.sponsor.casefold() in roles_gone(session))


def roles_gone(session: Session) -> frozenset[str]:
    """Return the roles, without case, that took part in the earlier session and are not among the people of this one."""
    if session.past is None or not session.voters():
        return frozenset()
    gone = (each.role.casefold() for each in session.past.participants if each.id not in session.people)
    return frozenset(gone) - {each.role.casefold() for each in session.people.values()}


def uses_sponsors(session: Session) -> bool:
    """Return whether any card names a sponsor. If none does, the lack of one is a gap, not a wall."""
    return any(card.sponsor for card in session.cards.values())


def sponsor_away(session: Session, card: Project) -> str:
    """Return why the sponsor cannot accept a start in this room, or an empty text (K-SPONSOR-AWAY)."""
    roles = {person.role.casefold(): person.id for person in session.people.values()}
    if not any(each.sponsor.casefold() in roles for each in session.cards.values()):
        # Sponsors are departments or names here, not people of this session, so none can be away.
        return ""
    if not session.is_there(roles.get(card.sponsor.casefold(), "")):
        return f"its sponsor, {card.sponsor}, is neither present nor represented"
    return ""
