"""What a reveal says in whole people (METHOD 3.8): who wants a card now, its place for each side, and on which cards the sides agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sessions.voting.ranking import Ranking
from sessions.wording import capital, side_name


def wanted_now(ranking: Ranking, cards: Collection[str], k: int) -> frozenset[str]:
    """Return the cards that a ballot wants now: those it names with fewer than `k` cards of the ballot strictly above.

    `ranking` is what the ballot implies: a card without points, a rank or a tick is not in it. Cards that are not open are void.
    """
    wanted: set[str] = set()
    for tier in ranking:
        if len(wanted) >= k:
            break
        wanted.update(card for card in tier if card in cards)
    return frozenset(wanted)


def places_in(order: Sequence[str], voted_for: Collection[str], totals: Mapping[str, int]) -> dict[str, int]:
    """Return each card's place in a side's own order; a card that no one of the side voted for has none. Equal totals share a place."""
    places: dict[str, int] = {}
    before = ""
    for place, card in enumerate((card for card in order if card in voted_for), 1):
        places[card] = places[before] if before and card in totals and totals[card] == totals.get(before) else place
        before = card
    return places


def agreed_on(first: Sequence[str], places: Collection[Mapping[str, int]], k: int) -> tuple[str, ...]:
    """Return those of the group's `first` cards that have one of the first `k` places on every side."""
    return tuple(card for card in first if all(card in own and own[card] <= k for own in places))


def wants_words(wants: Mapping[str, int], voters: Mapping[str, int]) -> str:
    """Return in one sentence how many voters of each side want a card now, those most in favour first.

    A side without a name stands for the whole room.
    """
    total, everybody = sum(wants.values()), sum(voters.values())
    if not everybody:
        return ""
    if not total or total == everybody:
        return "Everyone who voted wants it now." if total else "No one who voted wants it now."
    sides = sorted((side for side in voters if voters[side]), key=lambda side: -wants.get(side, 0) / voters[side])
    clauses = [_clause(wants.get(side, 0), voters[side], side_name(side), first=not place) for place, side in enumerate(sides)]
    told = ", ".join(clauses)
    return f"{capital(told)}."


def _clause(wants: int, voters: int, name: str, *, first: bool) -> str:
    """Return the clause of one side: all 3 business want it now; neither of the 2 IT does."""
    of = f" {name}" if name else ""
    if voters == 1:
        return f"the{of} voter {'wants it now' if wants and first else 'does' if wants else 'does not'}"
    if not wants:
        return f"{'neither' if voters == 2 else 'none'} of the {voters}{of} does"
    who = f"{wants} of the {voters}{of}" if wants < voters else f"{'both' if voters == 2 else f'all {voters}'}{of}"
    verb = ("wants" if wants == 1 else "want") if first else "does" if wants == 1 else "do"
    return f"{who} {verb}{' it now' if first else ''}"


