"""Sponsors who left since the earlier session, and those who are new to a card: they confirm it, or hand it back (METHOD 1, claim 31)."""

from __future__ import annotations

from typing import NamedTuple

from sessions.deciding.sponsors import has_left
from sessions.quarters.belonging import belonging
from sessions.record.events import SponsorAnswered
from sessions.state.session import Session


class NewSponsor(NamedTuple):
    """A card with another sponsor than in the earlier session, or one who is new in the role. `before` is the sponsor it had there."""

    card: str
    sponsor: str
    before: str
    answer: SponsorAnswered | None = None
    """What the sponsor said; a card that was handed back has none until someone names one."""

    @property
    def open(self) -> bool:
        """Return whether the sponsor has not answered yet."""
        return self.answer is None


def lost_sponsors(session: Session) -> tuple[str, ...]:
    """Return the cards whose sponsor is no longer there, by rank (K-SPONSOR-LEFT)."""
    return tuple(card for card in session.order if has_left(session, session.cards[card]))


def new_sponsors(session: Session) -> tuple[NewSponsor, ...]:
    """Return the cards of the earlier session whose sponsor is new to them, by rank (K-SPONSOR-NEW)."""
    if session.past is None:
        return ()
    earlier = {each.id: each.sponsor for each in session.past.cards}
    fresh = {each.role.casefold() for each in session.people.values() if each.new_in_role}
    found, its = [], belonging(session)
    for card in session.order:
        if (same := its.get(card)) is None or same.was not in earlier:
            continue
        answer, before = session.sponsor_answers.get(card), earlier[same.was]
        handed_back = answer is not None and not answer.confirmed and not session.cards[card].sponsor
        sponsor = answer.sponsor if answer and handed_back else session.cards[card].sponsor
        if not sponsor or has_left(session, session.cards[card]):
            continue
        if sponsor.casefold() != before.casefold() or sponsor.casefold() in fresh or handed_back:
            said = answer if answer and (handed_back or (answer.confirmed and answer.sponsor.casefold() == sponsor.casefold())) else None
            found.append(NewSponsor(card, sponsor, before, said))
    return tuple(found)


def unconfirmed(session: Session) -> frozenset[str]:
    """Return the cards whose new sponsor has not answered yet."""
    return frozenset(each.card for each in new_sponsors(session) if each.open)
