"""How much one client may ask for: requests a second, errors in a row, bytes in a body."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from typing import TypeVar

from sessions.state.session import Session

RATE, BURST = 20.0, 40.0
"""Requests a second of one seat, or of one address that asks for a seat, and how many may come together."""
OPEN_RATE, OPEN_BURST = 200.0, 2000.0
"""The same for the page and its files: a whole room may load them together from behind one address."""
FAULTS, PAUSE = 10, 30.0
"""Malformed requests of a seat after which it is paused, and for how many seconds."""
STEP, LARGEST = 4096, 65_536
"""A body is at most as long as the session's largest ballot, in whole steps."""
_ACT, _CARD = 3072, 24
"""Bytes of an act besides its cards, and of a card besides its id."""
_KNOWN = 5000

V = TypeVar("V")


class Limits:
    """Counts what each client asks for. `seconds` is a clock that never runs backwards."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._tokens: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._faults: OrderedDict[str, int] = OrderedDict()
        self._paused: OrderedDict[str, float] = OrderedDict()

    def wait(self, client: str, rate: float = RATE, burst: float = BURST) -> int:
        """Count a request, and return after how many seconds the client may come back; 0 if the request may proceed."""
        now = self._seconds()
        if (until := self._paused.get(client, 0)) > now:
            return ceil(until - now)
        tokens, then = self._tokens.pop(client, (burst, now))
        tokens = min(burst, tokens + (now - then) * rate)
        _keep(self._tokens, client, (max(tokens - 1, 0.0), now))
        return 0 if tokens >= 1 else 1

    def fault(self, client: str) -> None:
        """Count a malformed request, and pause the client after too many."""
        faults = self._faults.pop(client, 0) + 1
        if faults < FAULTS:
            _keep(self._faults, client, faults)
        else:
            _keep(self._paused, client, self._seconds() + PAUSE)


def _keep(known: OrderedDict[str, V], client: str, value: V) -> None:
    known[client] = value
    if len(known) > _KNOWN:
        known.popitem(last=False)


def largest_act(session: Session) -> int:
    """Return the longest body of an act: what a full ballot of the open round needs, in whole steps."""
    round_ = session.open_round
    cards = sum(len(item.encode()) + _CARD for item in round_.opened.items) if round_ else 0
    return min(LARGEST, STEP * ceil((_ACT + cards) / STEP))
