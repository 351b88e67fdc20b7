"""Cards that need each other in a cycle, so that none of them could ever start (METHOD 5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sessions.errors import QuarterdeckError

_SHOWN = 12


class CycleError(QuarterdeckError):
    """Cards need each other in a cycle; `cycle` names them, the first again at the end."""

    def __init__(self, cycle: Sequence[str]) -> None:
        self.cycle = tuple(cycle)
        super().__init__(f"These cards need each other in a cycle, so none could start: {cycle_text(cycle)}.")


def cycle_text(cycle: Sequence[str]) -> str:
    """Return a cycle as people read it: `P06 -> P07 -> P08 -> P06`, each needing the next."""
    shown = cycle if len(cycle) <= _SHOWN + 1 else [*cycle[:_SHOWN], "...", cycle[-1]]
    return " -> ".join(shown)


def find_cycle(needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the first cycle among cards and what they need, in the order of the mapping, or nothing. Needs outside it are passed over."""
    done: set[str] = set()
    for start in needs:
        if start in done:
            continue
        # The way that led here, and for each card on it the needs still to be followed: a chain may be deeper than Python's stack.
        way = {start: iter(needs[start])}
        while way:
            here, left = next(reversed(way.items()))
            following = next((need for need in left if need in needs and need not in done), None)
            if following is None:
                done.add(here)
                del way[here]
            elif following in way:
                cycle = list(way)[list(way).index(following) :]
                return (*cycle, following)
            else:
                way[following] = iter(needs[following])
    return ()
