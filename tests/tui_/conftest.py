"""What the tests of the screens share: they wait for an app to be at rest by asking its event loop, not by watching a clock."""

from __future__ import annotations

import asyncio
import time

import pytest
import textual.app
import textual.notifications
import textual.pilot

SHORT, SHORTEST = 0.001, 1e-6
SOON = 0.008
"""Seconds to a timer that is waited for."""
QUIET, TIMERS, ROUNDS, MOST = 3, 1000, 5000, 5.0
"""Rounds of rest, rounds for which timers are waited for, and rounds and seconds of this process for which anything is: as much on a slow
machine as on a fast one.
"""


async def wait_for_idle(_min_sleep: float = 0) -> None:
    """Wait until nothing is left to run for some rounds. The waiter itself stays out of the ready queue, which the app looks at, too."""
    loop = asyncio.get_running_loop()
    quiet, rounds, end = 0, 0, time.process_time() + MOST
    while quiet < QUIET and rounds < ROUNDS and time.process_time() < end:
        await asyncio.sleep(SHORTEST if quiet else SHORT)
        rounds += 1
        quiet = quiet + 1 if _is_at_rest(loop, SOON if rounds < TIMERS else 0) else 0


def _is_at_rest(loop: asyncio.AbstractEventLoop, ahead: float) -> bool:
    """Return whether no callback is ready, no timer ends soon, and no thread works. asyncio has no public names for these."""
    soon = loop.time() + ahead
    timers = (handle for handle in loop._scheduled if not handle.cancelled())  # type: ignore[attr-defined]
    threads = loop._default_executor  # type: ignore[attr-defined]
    works = threads is not None and threads._idle_semaphore._value < len(threads._threads)
    return not loop._ready and not works and all(handle.when() > soon for handle in timers)  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="session")
def _short_waits() -> None:
    """Have each key of a pilot take as long as the app needs for it."""
    textual.app.wait_for_idle = wait_for_idle  # type: ignore[attr-defined]
    textual.pilot.wait_for_idle = wait_for_idle  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="session")
def _messages_stay() -> None:
    """Have a message stay until it is looked at, however long the keys in between take."""
    textual.notifications.time = lambda: 0.0  # type: ignore[attr-defined]
