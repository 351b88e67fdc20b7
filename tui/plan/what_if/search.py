"""Search for a cheaper order in slices, so that keys are answered in between. The result is one more try, which the room may drop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Generator

from textual import work
from textual.content import Content
from textual.widgets import Static

from sessions.live.ports import ReadableSession
from sessions.sequencing.changes import Reorder
from sessions.sequencing.cheaper_order import Progress, cheaper_order
from sessions.sequencing.cost import cards_in_cost, currencies, plan_cost
from sessions.sequencing.what_if import Effect
from sessions.wording import about_money
from tui.host.live_screen import LiveScreen
from tui.plan.what_if.stack import Tries

_SLICE = 0.012
"""Seconds of searching between two turns of everything else."""
_SHOWN_EVERY = 0.15
_BAR = 24


class Searching(LiveScreen[None]):
    """A what-if on a screen, and the part of it that looks for a cheaper order."""

    def __init__(self, live: ReadableSession, card: str = "", *, writable: bool = True) -> None:
        super().__init__(live, read_only=not writable)
        self.tries = Tries(live.plans.plan(live.session))
        self.card = card or next(iter(live.session.order), "")
        self.searching = False
        """Whether a search for a cheaper order runs; set to False, it ends with the best so far."""
        self.best_effect: Effect | None = None
        """What the best order so far does, during a search."""

    def action_cheaper(self) -> None:
        """Look for an order in which waiting costs less, or stop looking."""
        if self.searching:
            self.searching = False
        elif not plan_cost(self.tries.after):
            self.quarterdeck.toast("No card that is planned has a benefit in money: there is no cheaper order to look for.")
        elif len(currencies(self.tries.after, cards_in_cost(self.tries.after))) > 1:
            self.quarterdeck.toast("The benefits are in several currencies, which cannot be added up: there is no cheaper order to look for.")
        else:
            self.searching = True
            self._look()

    @work(exclusive=True, group="cheaper")
    async def _look(self) -> None:
        tries = self.tries
        self.set_class(True, "-searching")
        try:
            found = await self._best(cheaper_order(tries.after))
        finally:
            self.searching, self.best_effect = False, None
            self.set_class(False, "-searching")
        if tries is not self.tries:
            return
        if found is None or found.saved <= 0:
            self.quarterdeck.toast("No cheaper order was found: waiting costs least as it is.")
        else:
            tries.add(Reorder(found.order))
        self._draw()

    async def _best(self, steps: Generator[Progress, None, Progress]) -> Progress | None:
        """Search until nothing better is found, or until told to stop; return the best so far."""
        best: Progress | None = None
        drawn, far = 0.0, 0
        while self.searching:
            until = time.perf_counter() + _SLICE
            while time.perf_counter() < until:
                step = next(steps, None)
                if step is None:
                    return best
                best = step
            if best and time.perf_counter() - drawn > _SHOWN_EVERY:
                far = max(far, (best.round - 1) * 100 + best.settled * 100 // max(1, best.movable))
                self._show_progress(best, far)
                drawn = time.perf_counter()
            await asyncio.sleep(0.001)
        return best

    def _show_progress(self, best: Progress, far: int) -> None:
        """Draw the bar and the best order so far; `far` is in hundredths of a round, of which there are two."""
        if best.saved > 0 and (self.best_effect is None or self.best_effect.after.order != best.order):
            self.best_effect = self.tries.with_order(best.order)
            self._draw()
        done = min(_BAR, far * _BAR // 200)
        saved = about_money(best.saved, self.tries.effect.currency)
        words = f"best so far: {saved} less benefit lost" if best.saved else "nothing better yet"
        bar = (("━" * done, "$accent"), ("─" * (_BAR - done), "$text-muted"))
        counted = f"  {best.tried} orders tried · {words}"
        self.query_one("#if-search", Static).update(Content.assemble("looking  ", *bar, counted, ("   esc stops", "$text-muted")))
