"""Ends that nobody asked for: a cancellation from within, a call to exit. Textual would take them for its own, and stop without a word."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import Any

from textual import _callback
from textual.worker import Worker

_Work = Callable[..., Coroutine[Any, Any, Any]]


class UnaskedEndError(Exception):
    """What was done ended in a way that only somebody from outside may end it. It carries the error itself."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


def report_unasked_ends() -> None:
    """Have them reported as any other error is, wherever they come from: an action, a handler, a timer, a worker."""
    # Every callback goes through the one, every worker through the other; Textual 8.2 has no hook for either. Without them all else works.
    for owner, name in ((_callback, "_invoke"), (Worker, "run")):
        if hasattr(owner, name):
            setattr(owner, name, _reported(getattr(owner, name)))


def _reported(work: _Work) -> _Work:
    if hasattr(work, "__wrapped__"):
        return work

    @functools.wraps(work)
    async def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Textual's own, whose parameters are its own affair
        try:
            return await work(*args, **kwargs)
        except (Exception, KeyboardInterrupt, GeneratorExit):
            raise
        except BaseException as error:
            if isinstance(error, asyncio.CancelledError) and _asked_for():
                raise
            raise UnaskedEndError(error) from error

    return run


def _asked_for() -> bool:
    """Return whether somebody has cancelled the running task."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
