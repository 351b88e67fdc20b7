"""The turn in which cards are placed: by lane and rank, but a needed card before the one that needs it (METHOD 5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sessions.sequencing.workload import RANKED, Job, Workload


class Turns(NamedTuple):
    """The cards in the turn in which they are placed, and for those that were pulled up the card above them that needs them."""

    cards: list[str]
    pulled_by: Mapping[str, str]


def turns_of(workload: Workload, order: Sequence[str]) -> Turns:
    """Return the planned cards of an order in the turn in which they are placed."""
    jobs = workload.jobs
    lanes: tuple[list[str], ...] = ([], [], [])
    for card in order:
        lane = jobs[card].lane
        if lane <= RANKED:
            lanes[lane].append(card)
    ranked = [card for lane in lanes for card in lane]
    return _pulled_up(workload, ranked) if workload.has_needs else Turns(ranked, {})


def _pulled_up(workload: Workload, ranked: list[str]) -> Turns:
    """Put every card that is needed before the first that needs it; with equal claims the higher ranked comes first."""
    jobs = workload.jobs
    key = {card: index for index, card in enumerate(ranked)}
    done: set[str] = set()
    cards: list[str] = []
    pulled_by: dict[str, str] = {}
    for card in ranked:
        if card in done:
            continue
        group = {card}
        stack = [card]
        while stack:
            for need in jobs[stack.pop()].needs:
                if need in key and need not in done and need not in group:
                    group.add(need)
                    stack.append(need)
        done |= group
        if len(group) == 1:
            cards.append(card)
        else:
            cards += _by_needs(group, jobs, key)
            pulled_by.update(dict.fromkeys(group - {card}, card))
    return Turns(cards, pulled_by)


def _by_needs(group: set[str], jobs: Mapping[str, Job], key: Mapping[str, int]) -> list[str]:
    """Sort cards that are pulled up together: each after what it needs, otherwise by rank."""
    left, found = sorted(group, key=key.__getitem__), list[str]()
    while left:
        waiting = set(left)
        card = next(card for card in left if waiting.isdisjoint(jobs[card].needs))
        left.remove(card)
        found.append(card)
    return found
