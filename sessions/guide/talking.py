"""Reveal and Talk: what the ballots say, and the few cards to discuss."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.guide.step import Known, Step
from sessions.guide.words import go_on, without_vote
from sessions.state.session import Session
from sessions.wording import plural


def left_to_talk(session: Session, known: Known) -> list[str]:
    """Return the cards that are left to discuss."""
    done = session.discussed
    return [card for card in known.to_talk if card in session.cards and card not in done]


def reveal_steps(session: Session, known: Known) -> Iterator[Step]:
    """Return what follows from the result: its order, then the cards to discuss."""
    round_ = session.round
    if round_ is None or not round_.revealed:
        yield go_on(session, "There is no result yet") if session.open_round else without_vote("No ballot yet")
        return
    says = known.headline.removesuffix(".") or "The result is open"
    if session.talk and session.talk.card in session.cards:
        yield _back(session, session.talk.card)
    if known.alike in session.cards and not _doubted(session, known.alike):
        title = session.cards[known.alike].title
        yield Step("doubt", f"The voters agree very much on “{title}”", "look for a reason against it", optional=True, card=known.alike)
    if round_.revealed.tallies and not round_.outcome:
        yield Step("take_order", says, "use the group's order", optional=True)
    left = left_to_talk(session, known)
    if left:
        yield Step("talk", says, f"talk about {'it' if len(known.to_talk) == 1 else 'the first'}", card=left[0])
    yield go_on(session, says)


def _doubted(session: Session, card: str) -> bool:
    """Return whether a reason against a card was written down."""
    return any(note.card == card and note.against for note in session.notes)


def talk_steps(session: Session, known: Known) -> Iterator[Step]:
    """Return the next card to discuss."""
    talk, left = session.talk, left_to_talk(session, known)
    if talk and talk.card in session.cards:
        yield _back(session, talk.card)
    elif left:
        talked = len(known.to_talk) - len(left)
        told = f"{talked} of {len(known.to_talk)} cards talked about" if talked else f"{plural(len(left), 'card')} to talk about"
        yield Step("talk", told, f"talk about “{session.cards[left[0]].title}”", optional=True, card=left[0])
    yield go_on(session, f"{plural(len(left), 'card')} not talked about, still open" if left else "Nothing is left to talk about")


def _back(session: Session, card: str) -> Step:
    """Return the step back to the open discussion."""
    return Step("talk", f"The room talks about “{session.cards[card].title}”", "go back to it", card=card)
