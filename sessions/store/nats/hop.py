"""From a thread into the one of an event loop and back, with less overhead than asyncio's own: every recorded event goes this way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def answer_of(loop: asyncio.AbstractEventLoop, question: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
    """Return what a coroutine returns in the loop's thread, or raise what it raises. After this many seconds, cancel it and raise TimeoutError."""
    tasks: list[asyncio.Task[T]] = []
    waiting = threading.Lock()
    waiting.acquire()

    def start() -> None:
        task = loop.create_task(question())
        tasks.append(task)
        task.add_done_callback(end)

    def end(task: asyncio.Task[T]) -> None:
        if not task.cancelled():
            task.exception()  # looked at here: no one else does after a time-out
        waiting.release()

    def give_up() -> None:
        for task in tasks:
            task.cancel()

    loop.call_soon_threadsafe(start)
    in_time = False
    try:
        in_time = waiting.acquire(timeout=seconds)
    finally:
        if not in_time:  # it takes too long, or ctrl+c was pressed
            loop.call_soon_threadsafe(give_up)
    if not in_time or tasks[0].cancelled():
        raise TimeoutError
    return tasks[0].result()
