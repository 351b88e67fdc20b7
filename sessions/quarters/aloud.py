"""Which cards a room reads aloud that met before, and why: new, back, changed, or flagged (METHOD 2.2)."""

from __future__ import annotations

from collections.abc import Mapping

from sessions.deciding.sponsors import lacks_sponsor, uses_sponsors
from sessions.portfolio.checks import stale_sentence
from sessions.portfolio.models import Project
from sessions.quarters.again import again
from sessions.quarters.belonging import belonging
from sessions.state.session import Session


def read_again(session: Session) -> Mapping[str, str]:
    """Return the cards to read aloud, by rank, each with the reason in a few words."""
    past = session.past
    if past is None:
        return {}
    its, reasons = belonging(session), {reason: frozenset(cards) for reason, cards in again(session).items()}
    asks, quarter = uses_sponsors(session), past.quarter or past.title
    found = {}
    for card in session.order:
        project = session.cards[card]
        if card in session.delivered:
            continue
        if card in reasons["due"]:
            found[card] = f"back from {quarter}"
        elif card in reasons["new"]:
            found[card] = "new"
        elif card in reasons["changed"]:
            found[card] = "changed"
        elif flag := _flag(session, project, its[card].still, asks=asks):
            found[card] = flag
    return found


def _flag(session: Session, card: Project, still: int, *, asks: bool) -> str:
    """Return what a card is flagged for (K-SPONSOR, K-SPONSOR-LEFT, K-SPONSOR-NEW, K-STALE), in a few words."""
    if asks and lacks_sponsor(session, card):
        return "no sponsor"
    sponsor = card.sponsor.casefold()
    if any(person.new_in_role and person.role.casefold() == sponsor for person in session.people.values()):
        return "a new sponsor"
    return f"same rank for {still} quarters" if stale_sentence(card, still) else ""
