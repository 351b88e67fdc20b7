"""Which card of the earlier session a card is: as it was matched when the session began, or as the room said it since."""

from __future__ import annotations

from collections.abc import Mapping

from sessions.portfolio.models import Project
from sessions.quarters.ending import reason_back
from sessions.quarters.matching import earlier_ids
from sessions.record.events import Matched
from sessions.state.session import Session
from sessions.wording import plural


def belonging(session: Session) -> Mapping[str, Matched]:
    """Return what is known of the cards of the board that the earlier session had, by card."""
    past = session.past
    if past is None:
        return {}
    matched, decisions = {each.card: each for each in past.matched}, {each.card: each for each in past.decisions}
    day = max(session.day, session.portfolio.quarter_start)

    def asked(card: str, was: str) -> Matched:
        return Matched(card=card, was=was, by="asked", back=reason_back(decisions.get(was), past.quarter_start, session.cards[card], day))

    return {card: matched.get(card) or asked(card, was) for card, was in earlier_ids(session).items() if card in session.cards}


def earlier_id(session: Session, card: str) -> str:
    """Return the id that a card had in the earlier session: for a part the whole's, for a delivered card its own; empty for a new card."""
    its = belonging(session)
    if card in its:
        return its[card].was
    known = session.cards.get(card)
    if known and known.parent in its:
        return its[known.parent].was
    gone = session.past is not None and known is None and card in {each.id for each in session.past.cards}
    return card if gone else ""


def earlier_card(session: Session, was: str) -> Project | None:
    """Return a card as it was at the end of the earlier session, by its id there."""
    return next((each for each in session.past.cards if each.id == was), None) if session.past else None


def short_quarter(quarter: str, beside: str) -> str:
    """Return a quarter as people say it in another one: Q3; with its year if that is more than a year away, or if it is written otherwise."""
    ago = quarters_ago(quarter, beside)
    return quarter[-2:].upper() if ago is not None and 0 <= ago < 4 else quarter


def quarters_ago(quarter: str, now: str) -> int | None:
    """Return how many quarters lie between two; None if one of them is not written as 2026-Q3."""
    then, here = _number(quarter), _number(now)
    return here - then if then is not None and here is not None else None


def ago_words(quarter: str, now: str) -> str:
    """Return how long ago a quarter was: last quarter, two quarters ago; empty if no one can tell."""
    ago = quarters_ago(quarter, now)
    if ago is None or ago < 0:
        return ""
    names = {0: "earlier this quarter", 1: "last quarter", 2: "two quarters ago", 3: "three quarters ago"}
    return names.get(ago, f"{plural(ago, 'quarter')} ago")


def _number(quarter: str) -> int | None:
    year, _, number = quarter.strip().upper().partition("-Q")
    return int(year) * 4 + int(number) if year.isdecimal() and number in ("1", "2", "3", "4") and len(year) == 4 else None
