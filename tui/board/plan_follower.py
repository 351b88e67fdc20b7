"""The plan of the board, made again after every change without ever being in the way of the next key.

A small board is planned right after the frame of the key. A larger one waits until the keys pause, so that of a held key only the last order is
planned; thousands of cards are planned in slices between which keys are answered, and a change throws the unfinished plan away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator

from textual.timer import Timer
from textual.widget import Widget

from sessions.deciding.session_plan import keep_plan, kept_plan, ordered_plan, workload_of
from sessions.sequencing.plan import Plan
from sessions.sequencing.schedule import planning
from sessions.state.board_order import Order
from sessions.state.session import Session
from tui.widgets.debounce import Pause

AT_ONCE = 60
"""Cards that are planned as soon as the frame of the key was painted: too soon for an eye to see that their reasons came later."""
IN_ONE_GO = 500
"""Cards that are planned in one go when the keys pause."""

_PAUSE = 0.04
"""Seconds without a key after which the keys are said to pause."""
_BETWEEN = 0.002
_SLICE = 0.005
_CARDS_AT_A_TIME = 50
_STALE_AFTER = 0.15
"""Seconds for which reasons may stand as they are while a new plan is due: a shorter time is not seen."""


class PlanFollower:
    """Keeps the latest plan of a board.

    `plan` is the latest that was made, `stale` whether the board has changed since, `busy` whether a large one is in the making.
    """

    def __init__(self, host: Widget, session: Callable[[], Session], order: Callable[[], Order], shown: Callable[[], None]) -> None:
        self.plan: Plan | None = None
        self.stale = False
        self.busy = False
        self._host = host
        self._session = session
        self._order = order
        self._shown = shown
        self._pause = Pause(host, _PAUSE, self._begin)
        self._fading = Pause(host, _STALE_AFTER, self._shown)
        self._slices: Timer = host.set_interval(_BETWEEN, self._go_on, pause=True)
        self._steps: Generator[int, None, Plan] | None = None
        self._planned: Order | None = None
        self._next = False

    def follow(self) -> bool:
        """Take note that the board may have changed; say whether there is another plan already. If not, `shown` is called when there is."""
        session = self._session()
        if self.plan is not None and self.plan.empty and not self.stale and self.plan.workload is workload_of(session):
            return False  # there is nothing to plan by, whatever the order
        order = self._order()
        kept = kept_plan(session) if order is session.ranking else None
        if kept is None and self.plan is None and len(order) <= AT_ONCE:
            kept = self._made(session, order)
        if kept is not None:
            return self._take(kept)
        if len(order) <= AT_ONCE:
            self._after_the_frame()
        else:
            self._later()
        return False

    def stop(self) -> None:
        """Plan no more."""
        self._steps = None
        self._pause.stop()
        self._fading.stop()
        self._slices.pause()

    def _made(self, session: Session, order: Order) -> Plan:
        made = ordered_plan(session, order.cards, self.plan)
        return keep_plan(session, made) if order is session.ranking else made

    def _take(self, plan: Plan) -> bool:
        self.stop()
        new = plan is not self.plan or self.stale
        self.plan, self.stale, self.busy = plan, False, False
        return new

    def _after_the_frame(self) -> None:
        """Plan when the screen has been painted."""
        if not self._next:
            self._next = True
            self._host.call_after_refresh(self._begin)

    def _later(self) -> None:
        """Wait until the keys pause. Where they do not, say after a moment that what is shown is not the latest."""
        if not self.stale:
            self._fading.begin()
        self.stale, self._steps = True, None
        self._slices.pause()
        self._pause.begin()

    def _begin(self) -> None:
        self._pause.stop()
        self._next = False
        session, order = self._session(), self._order()
        if len(order) <= IN_ONE_GO:
            self._take(self._made(session, order))
            self._shown()
            return
        self.busy = True
        self._shown()
        self._slices.reset()

    def _go_on(self) -> None:
        """Plan for some milliseconds, then let others have their turn."""
        if self._steps is None:
            self._planned = self._order()
            self._steps = planning(workload_of(self._session()), self._planned.cards, _CARDS_AT_A_TIME)
            return
        until = time.perf_counter() + _SLICE
        try:
            while time.perf_counter() < until:
                next(self._steps)
        except StopIteration as end:
            self._finish(end.value)

    def _finish(self, made: Plan) -> None:
        session = self._session()
        self._take(keep_plan(session, made) if self._planned is session.ranking else made)
        self._shown()
