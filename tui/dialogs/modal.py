"""What lies over a screen until it is answered, and is answered once."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class Modal(ModalScreen[T]):
    """A screen over another one. Several clicks may wait in its queue when the first of them answers it."""

    @property
    def answered(self) -> bool:
        """Whether it is no longer among the screens, though it may still have messages to go through."""
        return self.is_running and self not in self.app.screen_stack

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave with an answer; a second one comes too late."""
        return AwaitComplete() if self.answered else super().dismiss(result)
