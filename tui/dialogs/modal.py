"""What lies over a screen until it is answered, and is answered once."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget

T = TypeVar("T")


class Modal(ModalScreen[T]):
    """A screen over another one. Several clicks may wait in its queue when the first of them answers it.

    What the room does now stays in sight above it, unless it `covers_all` or reaches up there itself.
    """

    DEFAULT_CSS = """
    Modal { layers: base above; }
    Modal > TopBar { layer: above; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "app.theme", show=False, id="everywhere.theme")]
    covers_all = False
    _bar: Widget | None = None

    @on(events.Mount)
    def show_now(self) -> None:
        """Show what the room does now, as on the screen below."""
        below = next((each for each in reversed(self.app.screen_stack) if hasattr(each, "bar_above")), None)
        bar = below.bar_above() if below is not None and not self.covers_all else None
        if bar is not None:
            self._bar = bar
            self.mount(bar)
            self.call_after_refresh(self.make_room)

    @on(events.Resize)
    def make_room(self) -> None:
        """Hide what the room does now if the dialog reaches up to it."""
        if self._bar is not None:
            rows = self._bar.get_content_height(self.size, self.size, self.size.width)
            self._bar.display = all(each.region.y >= rows for each in self.children if each is not self._bar)

    def pressed_again(self, key: events.Key) -> bool:
        """Return whether a key is one more press of the `]` that leads through a meeting: no text begins with it."""
        led = any(hasattr(each, "bar_above") for each in self.app.screen_stack)
        return led and key.character == "]" and getattr(self.focused, "blank", False)

    @property
    def answered(self) -> bool:
        """Whether it is no longer among the screens, though it may still have messages to go through."""
        return self.is_running and self not in self.app.screen_stack

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave with an answer; ignore a second one."""
        return AwaitComplete() if self.answered else super().dismiss(result)


class ScrollingText(Modal[None]):
    """A text that is read by scrolling, and left with a key."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(12)", show=False),
        Binding("pageup", "scroll(-12)", show=False),
    ]

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
