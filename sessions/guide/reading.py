"""Cards: the new, changed and flagged ones are read aloud, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.guide.aloud import to_read
from sessions.guide.step import Known, Step
from sessions.guide.words import go_on
from sessions.state.session import Session
from sessions.wording import plural


def cards_steps(session: Session, known: Known) -> Iterator[Step]:
    """Return the next card to read aloud."""
    cards = to_read(session)
    left = [card for card in cards if card not in known.read]
    if left:
        asked = session.cards[left[0]].sponsor.strip()
        who = f"{asked} reads it aloud" if asked else "someone says what it is for"
        act = "next card" if len(left) > 1 else "go on"
        yield Step("read_card", f"Card {len(cards) - len(left) + 1} of {len(cards)}{_why(session, left[0])}: {who}", act, card=left[0])
    yield go_on(session, f"{plural(len(cards), 'card')} read" if cards else "No card to read aloud")


def _why(session: Session, card: str) -> str:
    """Return why a card is read aloud that the room knows from an earlier session."""
    if session.past is None:
        return ""
    from sessions.quarters.aloud import read_again  # noqa: PLC0415 - only in a series

    return f", {why}" if (why := read_again(session).get(card, "")) else ""
