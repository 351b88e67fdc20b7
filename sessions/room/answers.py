"""What became of the acts of each seat, so that a request may be sent again when its answer was lost."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any

from sessions.errors import SessionError
from sessions.room.refused import RoomError
from sessions.room.wire import Act

REMEMBERED = 64
"""Acts of one seat whose answer is remembered."""


class Answers:
    """The latest acts of every seat, each with its answer or the task that is about to give it."""

    def __init__(self) -> None:
        self._acts: dict[str, OrderedDict[str, tuple[bytes, asyncio.Task[SessionError | None]]]] = {}

    async def once(self, seat: str, act: Act, perform: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Perform an act, or return the answer that it got before. Raises what performing it raised.

        An act that could not be recorded is forgotten, so that sending it again tries again.
        """
        acts = self._acts.setdefault(seat, OrderedDict())
        content = hashlib.sha256(act.model_dump_json().encode()).digest()
        if act.id not in acts:
            acts[act.id] = content, asyncio.ensure_future(_outcome(perform))
            if len(acts) > REMEMBERED:
                acts.popitem(last=False)
        first, task = acts[act.id]
        if first != content:
            raise RoomError("reused", "This was sent under the name of another request: load the page again.")
        try:
            refusal = await asyncio.shield(task)
        except Exception:
            acts.pop(act.id, None)
            raise
        if refusal:
            raise refusal.with_traceback(None)

    def forget(self, seat: str) -> None:
        """Forget the acts of a seat."""
        self._acts.pop(seat, None)


async def _outcome(perform: Callable[[], Coroutine[Any, Any, None]]) -> SessionError | None:
    try:
        await perform()
    except SessionError as error:
        return error.with_traceback(None)
    return None
