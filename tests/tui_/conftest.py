"""What the tests of the screens share: they wait for an app to be idle in steps of milliseconds, not of a fiftieth of a second."""

from __future__ import annotations

import asyncio
import time

import pytest
import textual.app
import textual.pilot

STEP, MOST = 0.003, 1.0
QUIET_STEPS, IDLE = 2, 0.001


async def wait_for_idle(_min_sleep: float = 0, max_sleep: float = MOST) -> None:
    """Wait until nothing is left to run for some steps, and the process, threads included, uses no CPU."""
    loop = asyncio.get_running_loop()
    end, quiet = loop.time() + max_sleep, 0
    while quiet < QUIET_STEPS and loop.time() < end:
        used = time.process_time()
        await asyncio.sleep(STEP)
        quiet = quiet + 1 if not loop._ready and time.process_time() - used < IDLE else 0  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="session")
def _short_waits() -> None:
    """Have each key of a pilot take as long as the app needs for it."""
    textual.app.wait_for_idle = wait_for_idle  # type: ignore[attr-defined]
    textual.pilot.wait_for_idle = wait_for_idle  # type: ignore[attr-defined]
