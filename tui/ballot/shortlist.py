"""A ballot on some cards: those that are marked or shown on the board, the first of it, or the first of the latest ballot."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sessions.state.session import Session

USUALLY = 20
"""The cards of a shortlist, if no one says otherwise."""
COUNTED = frozenset({"first", "voted"})
"""The lists of which someone says how many cards they take."""


def shortlists(session: Session, marked: Collection[str], shown: Sequence[str]) -> list[tuple[str, str]]:
    """Return the lists of cards that a ballot can be about, each with its words: all 495, 20 marked, 33 shown."""
    marks, seen = (sum(card in session.cards for card in cards) for cards in (marked, shown))
    lists = [("all", f"all {len(session.order)}")]
    lists += [("marked", f"{marks} marked")] if marks else []
    lists += [("shown", f"{seen} shown")] if 0 < seen < len(session.order) else []
    if len(session.order) > 2:
        lists.append(("first", "the first …"))
        lists += [("voted", "the last ballot's first …")] if _voted(session) else []
    return lists


def shortlist(session: Session, name: str, count: int, marked: Collection[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Return the cards of a list by rank."""
    match name:
        case "marked":
            wanted = set(marked)
        case "shown":
            wanted = set(shown)
        case "first":
            wanted = set(session.order[:count])
        case "voted":
            wanted = set([card for card in _voted(session) if card in session.cards][:count])
        case _:
            return session.order
    return tuple(card for card in session.order if card in wanted)


def _voted(session: Session) -> tuple[str, ...]:
    """Return the order of the latest ballot that was revealed, counted by sides."""
    round_ = session.round
    if round_ is None or round_.revealed is None:
        return ()
    return next((tally.order for tally in round_.revealed.tallies if tally.weighting == "sides"), ())
