"""Every event class by its kind, as the record names it."""

from sessions.record import agreed, board_events, meeting_events, opening, quarter_events, room_events, round_events
from sessions.record.base import Event

_MODULES = (opening, meeting_events, round_events, room_events, quarter_events, agreed, board_events)

KINDS: dict[str, type[Event]] = {
    cls.kind: cls for module in _MODULES for cls in vars(module).values() if isinstance(cls, type) and issubclass(cls, Event) and cls is not Event
}
