"""Cards that wait for each other in a circle, so that none of them could ever start (METHOD 5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sessions.errors import QuarterdeckError

_SHOWN = 12


class CircleError(QuarterdeckError):
    """Cards need each other in a circle; `circle` names them, the first again at the end."""

    def __init__(self, circle: Sequence[str]) -> None:
        self.circle = tuple(circle)
        super().__init__(f"These cards wait for each other in a circle, so none could start: {circle_text(circle)}.")


def circle_text(circle: Sequence[str]) -> str:
    """Return a circle as people read it: `P06 -> P07 -> P08 -> P06`, each needing the next."""
    shown = circle if len(circle) <= _SHOWN + 1 else [*circle[:_SHOWN], "...", circle[-1]]
    return " -> ".join(shown)


def find_circle(needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the first circle among cards and what they need, in the order of the mapping, or nothing. Needs outside it are passed over."""
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
                circle = list(way)[list(way).index(following) :]
                return (*circle, following)
            else:
                way[following] = iter(needs[following])
    return ()


def closes_circle(needs: Mapping[str, Sequence[str]], card: str, need: str) -> tuple[str, ...]:
    """Return the circle that a new dependency of a card would close, beginning with the card, or nothing."""
    return find_circle({card: (need,), **{each: its for each, its in needs.items() if each != card}})
