"""Keys on their way: which screen a key was meant for, and how often it was pressed when the screen could not keep up with it."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.screen import Screen


class Press(events.Key):
    """A key that goes through the widgets of a screen.

    Presses of a held key join on the way where their action takes them together; each waits in a queue only until the one before
    it is done, so a held key never gets ahead of the screen by more than one step, and nothing goes on after it is let go.
    """

    def __init__(self, key: events.Key, front: Screen[object], *, together: bool = False) -> None:
        super().__init__(key.key, key.character)
        self.front = front
        self.together = together
        self.count = 1

    def can_replace(self, message: Message) -> bool:
        """Join the next message of the queue, where it is the same key again; Textual asks once, and then drops this one."""
        if not (self.together and isinstance(message, Press) and message.together):
            return False
        if (message.key, message.front, message.is_forwarded) != (self.key, self.front, self.is_forwarded):
            return False
        message.count += self.count
        return True

    def again(self, front: Screen[object]) -> list[Press]:
        """Return the same presses one by one, meant for another screen."""
        return [Press(self, front) for _ in range(self.count)]


# To every widget it is a key like any other.
Press.handler_name = events.Key.handler_name


class Together:
    """Knows which keys' presses may be taken together: those of the actions that a screen names in TAKES_COUNT."""

    def __init__(self) -> None:
        self._known: dict[tuple[type, type, str], bool] = {}

    def takes(self, screen: Screen[object], key: str) -> bool:
        """Return whether several presses of a key are one, on a screen as it has the focus now."""
        names: frozenset[str] = getattr(screen, "TAKES_COUNT", frozenset())
        if not names:
            return False
        which = (type(screen), type(screen.focused), key)
        if which not in self._known:
            bound = screen.active_bindings.get(key)
            self._known[which] = bound is not None and bound.binding.action in names
        return self._known[which]
