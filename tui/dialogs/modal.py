"""What lies over a screen until it is answered, and is answered once: keys that come after the answer belong to what lies below."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class Modal(ModalScreen[T]):
    """A screen over another one. Several keys may come in one read of the terminal, and lie in its queue when the first of them answers it."""

    @property
    def answered(self) -> bool:
        """Whether it is no longer among the screens, though it may still have messages to go through."""
        return self.is_running and self not in self.app.screen_stack

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave with an answer; a second one comes too late."""
        return AwaitComplete() if self.answered else super().dismiss(result)

    async def on_event(self, event: events.Event) -> None:
        """Take an event; a key that comes after the answer begins its way anew, on the screen that is in front now."""
        if isinstance(event, events.Key) and self.answered:
            for _ in range(getattr(event, "count", 1)):
                self.app.post_message(events.Key(event.key, event.character))
            return
        await super().on_event(event)
