"""A ballot on some cards: marked or shown on the board, its first ones, those of the latest ballot, or those that changed since last quarter."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sessions.quarters.again import again, vote_again
from sessions.state.session import Session

USUALLY = 20
"""The cards of a shortlist, if no one says otherwise."""
COUNTED = frozenset({"first", "voted"})
"""The lists whose number of cards the facilitator types."""


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


def after_a_past(session: Session) -> list[tuple[str, str, frozenset[str]]]:
    """Return what there is to vote on again after an earlier session: a name, words with the number, and the cards; nothing without one."""
    everything, together = frozenset(session.order), frozenset(vote_again(session))
    found: list[tuple[str, str, frozenset[str]]] = []
    found += [(name, f"{len(cards)} {name}", frozenset(cards)) for name, cards in again(session).items() if 0 < len(cards) < len(everything)]
    if len(found) > 1 and together < everything:
        names = [name for name, _, _ in found]
        found.append(("again", f"{len(together)} {', '.join(names[:-1])} or {names[-1]}", together))
    return [("all", "all", everything), *found] if found else []


def _voted(session: Session) -> tuple[str, ...]:
    """Return the order of the latest ballot that was revealed, counted by sides."""
    round_ = session.round
    if round_ is None or round_.revealed is None:
        return ()
    return next((tally.order for tally in round_.revealed.tallies if tally.weighting == "sides"), ())
