"""The plan that the board shows, remade after every change without blocking a key.

Up to 1,000 cards are planned right after the frame of the key. A larger board waits until the keys pause, and is then planned in a thread; a
change drops the unfinished plan.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.widget import Widget
from textual.worker import Worker

from sessions.deciding.session_plan import PlanCache
from sessions.sequencing.plan import Plan
from sessions.state.session import Session
from tui.widgets.debounce import Debounce

IN_THE_FRAME = 1_000
"""Cards that are planned right after a frame."""

_PAUSE = 0.04
"""Seconds without a key that count as a pause."""
_STALE_AFTER = 0.15
"""Seconds for which outdated reasons may stay visible while a new plan is due, because a shorter time is not noticed."""


class PlanFollower:
    """Keeps the latest plan of a board.

    `plan` is the latest that was made, `stale` whether the board has changed since.
    """

    def __init__(
        self, host: Widget, plans: PlanCache, session: Callable[[], Session], order: Callable[[], tuple[str, ...]], shown: Callable[[], None]
    ) -> None:
        self.plan: Plan | None = None
        self.stale = False
        self._host = host
        self._plans = plans
        self._session = session
        self._order = order
        self._shown = shown
        self._pause = Debounce(host, _PAUSE, self._make)
        self._fading = Debounce(host, _STALE_AFTER, shown)
        self._worker: Worker[None] | None = None
        self._next = False

    @property
    def busy(self) -> bool:
        """Return whether a thread is making a plan."""
        return self._worker is not None

    def follow(self) -> bool:
        """Note that the board may have changed, and return whether a new plan is ready. If not, call `shown` when it is."""
        session, order = self._session(), self._order()
        plan = self.plan
        if plan is not None and plan.empty and not self.stale and plan.workload is self._plans.known_workload(session):
            return False  # there is nothing to plan, in any order
        known = self._plans.known(session, order)
        if known is None and plan is None and len(order) <= IN_THE_FRAME:
            known = self._plans.plan(session, order)
        if known is not None:
            return self._take(known)
        if len(order) > IN_THE_FRAME:
            self._wait_for_pause()
        elif not self._next:
            self._next = True
            self._host.call_after_refresh(self._make)
        return False

    def stop(self) -> None:
        """Stop planning."""
        self._pause.stop()
        self._fading.stop()
        self._drop_unfinished()

    def _drop_unfinished(self) -> None:
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None

    def _take(self, plan: Plan) -> bool:
        self.stop()
        new = plan is not self.plan or self.stale
        self.plan, self.stale = plan, False
        return new

    def _wait_for_pause(self) -> None:
        """Plan when the keys pause. If they do not, show after a moment that the reasons are outdated."""
        if not self.stale:
            self.stale = True
            self._fading.begin()
        self._drop_unfinished()
        self._pause.begin()

    def _make(self) -> None:
        self._next = False
        session, order = self._session(), self._order()
        if len(order) <= IN_THE_FRAME:
            self._take(self._plans.plan(session, order))
        else:
            self._worker = self._host.run_worker(self._make_in_thread(session, order), group="background")
        self._shown()

    async def _make_in_thread(self, session: Session, order: tuple[str, ...]) -> None:
        made = await asyncio.to_thread(self._plans.make, session, order)
        # A change in the meantime would have cancelled this worker.
        self._worker = None
        self._take(self._plans.add(session, made))
        self._shown()
