"""Acts that arrive together are recorded together: the urn is written once, the journal once, and only then does anyone hear of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from sessions.commands.base import Actor, Command
from sessions.errors import RecordError
from sessions.live.ports import Answer, Asked
from sessions.record.events import Recorded

GATHERING = 0.04
"""Seconds for which acts are gathered."""


class Batch:
    """The acts that wait to be recorded."""

    def __init__(self, perform_all: Callable[[Sequence[Asked]], list[Answer]]) -> None:
        self._perform_all = perform_all
        self._waiting: list[tuple[Command, Actor, asyncio.Future[tuple[Recorded, ...]]]] = []

    async def add(self, command: Command, actor: Actor) -> tuple[Recorded, ...]:
        """Record a command together with those that arrive around it, and return its events. Raises SessionError or RecordError."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_later(GATHERING, self.flush)
        done: asyncio.Future[tuple[Recorded, ...]] = loop.create_future()
        self._waiting.append((command, actor, done))
        return await done

    def flush(self) -> None:
        """Record what waits, and answer everybody."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        answers: Sequence[tuple[Recorded, ...] | Exception]
        try:
            answers = self._perform_all([(command, actor) for command, actor, _ in waiting])
        except Exception as error:  # noqa: BLE001 - everybody who waits must hear of it
            fault = error if isinstance(error, RecordError) else RecordError(f"the program failed ({type(error).__name__})")
            answers = [fault] * len(waiting)
        for (_, _, done), answer in zip(waiting, answers, strict=True):
            if done.cancelled():
                continue
            if isinstance(answer, tuple):
                done.set_result(answer)
            else:
                done.set_exception(answer)
