"""The broadcast: news of a session reaches every watcher once, in the order of the record, even if a watcher fails."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable

from sessions.record.codec import Recorded
from sessions.state.session import Session

Watcher = Callable[[Session, tuple[Recorded, ...]], None]
"""A function that receives the session after a change, and the events of the change."""


def log_failure(error: Exception) -> None:
    """Write an error of a watcher to the program's log."""
    logging.getLogger(__name__).error("A watcher of the session failed.", exc_info=error)


class Broadcast:
    """The watchers of a session. A watcher that raises stops neither the others nor the command: its error goes to `report`."""

    def __init__(self) -> None:
        self.report: Callable[[Exception], None] = log_failure
        self._watchers: list[Watcher] = []
        self._queue: deque[tuple[Session, tuple[Recorded, ...]]] = deque()
        self._delivering = False

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Add a watcher; return the function that removes it."""
        self._watchers.append(watcher)
        return lambda: self._remove(watcher)

    def _remove(self, watcher: Watcher) -> None:
        if watcher in self._watchers:
            self._watchers.remove(watcher)

    def publish(self, session: Session, news: tuple[Recorded, ...]) -> None:
        """Deliver news to every watcher; when a watcher caused them, after the news that it is receiving."""
        self._queue.append((session, news))
        if self._delivering:
            return
        self._delivering = True
        try:
            while self._queue:
                self._deliver(*self._queue.popleft())
        finally:
            self._delivering = False

    def _deliver(self, session: Session, news: tuple[Recorded, ...]) -> None:
        for watcher in tuple(self._watchers):
            if watcher not in self._watchers:
                continue  # removed by a watcher before it
            try:
                watcher(session, news)
            except Exception as error:  # noqa: BLE001 - the command is recorded: a watcher's fault must not make it fail
                self.report(error)
