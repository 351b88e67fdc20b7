"""What a reveal says in whole people (METHOD 3.8): who wants a card now, and on which cards the sides agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sessions.voting.ranking import Ranking
from sessions.wording import side_name


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


def agreed_on(orders: Collection[Sequence[str]], k: int) -> tuple[str, ...]:
    """Return the cards that are among the first `k` of every side's own order, in the first one's order."""
    first, *others = [order[:k] for order in orders] or [()]
    return tuple(card for card in first if all(card in order for order in others))


def wants_words(wants: Mapping[str, int], voters: Mapping[str, int]) -> str:
    """Return in one sentence how many voters of each side want a card now, those most in favour first.

    A side without a name stands for the whole room.
    """
    total, everybody = sum(wants.values()), sum(voters.values())
    if not everybody:
        return ""
    if not total or total == everybody:
        return "Everybody wants it now." if total else "Nobody wants it now."
    sides = sorted((side for side in voters if voters[side]), key=lambda side: -wants.get(side, 0) / voters[side])
    clauses = [_clause(wants.get(side, 0), voters[side], side_name(side), first=not place) for place, side in enumerate(sides)]
    told = ", ".join(clauses)
    return f"{told[:1].upper()}{told[1:]}."


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


