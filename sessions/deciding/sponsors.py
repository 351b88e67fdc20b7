"""Whether a card has a sponsor who can answer for it, and who is in the room (K-SPONSOR, K-SPONSOR-LEFT, K-SPONSOR-AWAY)."""

from __future__ import annotations

from sessions.portfolio.checks import has_sponsor
from sessions.portfolio.models import Project
from sessions.state.session import Session


def lacks_sponsor(session: Session, card: Project) -> str:
    """Return why a card has no sponsor who could answer for it, or an empty text (K-SPONSOR, K-SPONSOR-LEFT)."""
    if not card.sponsor:
        return "it has no sponsor"
    return "" if has_sponsor(card) else f"its sponsor, {card.sponsor}, is not there any more"


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
