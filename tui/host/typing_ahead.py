"""The one rule for keys and pastes: each is delivered only when the one before it has been fully handled.

So keys that come in a burst, or while the app is busy, arrive as if typed slowly: in the dialog that
an earlier key opened, or on the screen below once an earlier key has closed it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from weakref import WeakKeyDictionary, WeakSet

from textual import events
from textual.app import App, ScreenStackError
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.worker import Worker

_ROUNDS = 20_000
"""Rounds of the event loop that a key waits for the app to come to rest: a bound that no key of ours reaches."""
_ENOUGH = 4
"""Rounds after which a single key has left the driver, and the app is at rest unless it is busy."""
_LOOK, _LOOKS = 0.005, 100
"""Seconds between two looks at unfinished work, and how many looks a key waits for it: half a second, not counting a stalled app."""
_MANY = 8
"""Waiting keys from which the presses of a held key are joined, so that little happens after it is released."""


class TypingAhead:
    """Holds keys and pastes back until the app has handled the one before.

    It has when the event loop has nothing left to run, the app has no message waiting, and the screen in front has no unfinished worker. A
    worker that waits for a dialog belongs to a screen below, so it holds nothing back. Work that takes long runs in a worker group of its own,
    beside the keys; any other work holds them back once, and for half a second at most.

    `count` is the number of presses that the last delivered key represents: more than one only for the actions that a screen names in
    TAKES_COUNT.
    """

    def __init__(self, app: App[None], deliver: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._delivering = False
        self._bindings: WeakKeyDictionary[Screen[object], dict[str, ActiveBinding]] = WeakKeyDictionary()
        self._slow: WeakSet[Worker[object]] = WeakSet()
        self.count = 1

    async def take(self, event: events.Key | events.Paste) -> None:
        """Deliver a key or a paste: now if the app is at rest, or else when its turn comes."""
        for _ in range(_ENOUGH):
            if self._delivering:
                break
            if self._at_rest():
                if self._unfinished():
                    break
                self.count = 1
                await self._hand_over(event)
                return
            await asyncio.sleep(0)
        self._waiting.append(event)
        if not self._delivering:
            self._delivering = True
            self._app.run_worker(self._deliver_waiting(), name="typing ahead", group="typing ahead")

    def drop(self) -> None:
        """Drop what waits: the app ends."""
        self._waiting.clear()

    async def _deliver_waiting(self) -> None:
        try:
            while self._waiting:
                await self._rest()
                if self._waiting:
                    await self._hand_over(self._next())
        finally:
            self._delivering = False

    async def _hand_over(self, event: events.Key | events.Paste) -> None:
        """Deliver an event; a key that only a binding can take runs its action directly, not through the queues of all widgets above.

        A dialog says which key was meant for the screen below: that one is dropped.
        """
        self.catch_up()
        if isinstance(event, events.Key) and getattr(self._front, "pressed_again", lambda _key: False)(event):
            return
        if isinstance(event, events.Key) and (bound := self._only_binding(event)):
            await self._app.run_action(bound.binding.action, bound.node)
        else:
            await self._deliver(event)

    def catch_up(self) -> None:
        """Have the screens show what others did: what the user does next must act on what is shown."""
        for screen in self._app.screen_stack:
            getattr(screen, "catch_up", bool)()

    def _only_binding(self, key: events.Key) -> ActiveBinding | None:
        """Return the binding of a key, if the screen in front says that no widget looks at the key.

        It is looked up again when the screen refreshes its bindings.
        """
        screen = self._front
        if screen is None or not getattr(screen, "only_bindings_take", lambda _key: False)(key):
            return None
        if screen not in self._bindings:
            screen.bindings_updated_signal.unsubscribe(self._app)
            screen.bindings_updated_signal.subscribe(self._app, self._forget, immediate=True)
            self._bindings[screen] = screen.active_bindings
        return self._bindings[screen].get(key.key)

    def _forget(self, screen: Screen[object]) -> None:
        """Forget the bindings of a screen."""
        self._bindings.pop(screen, None)

    async def _rest(self) -> None:
        """Wait until the key before has been handled."""
        rounds = looks = 0
        while rounds < _ROUNDS:
            if not self._at_rest():
                rounds += 1
                await asyncio.sleep(0)
            elif unfinished := self._unfinished():
                if looks == _LOOKS:
                    self._slow |= WeakSet(unfinished)
                    return
                looks += 1
                await asyncio.sleep(_LOOK)
            else:
                return

    def _at_rest(self) -> bool:
        """Return whether nothing is left to run. asyncio has no public name for this, and a message through every queue takes 3 ms per key."""
        return not asyncio.get_running_loop()._ready and not self._app.message_queue_size  # type: ignore[attr-defined]

    @property
    def _front(self) -> Screen[object] | None:
        """Return the screen in front; there is none before the first and after the last."""
        try:
            return self._app.screen
        except ScreenStackError:
            return None

    def _unfinished(self) -> list[Worker[object]]:
        """Return the workers that the key before may have started, and that may still open a dialog."""
        front = self._front
        workers = (each for each in self._app.workers if each.node is front and each.group == "default")
        return [each for each in workers if not each.is_finished and each not in self._slow]

    def _next(self) -> events.Key | events.Paste:
        """Take the next key; if many wait, with its repeats, if its action takes them together."""
        event = self._waiting.popleft()
        self.count = 1
        if isinstance(event, events.Key) and len(self._waiting) >= _MANY and self._takes_count(event.key):
            while self._waiting and isinstance(other := self._waiting[0], events.Key) and other.key == event.key:
                self._waiting.popleft()
                self.count += 1
        return event

    def _takes_count(self, key: str) -> bool:
        screen = self._front
        bound = screen.active_bindings.get(key) if screen else None
        return bound is not None and bound.binding.action in getattr(screen, "TAKES_COUNT", ())
