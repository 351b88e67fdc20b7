"""Two writers: whether a command may be tried again over what the other one recorded first. Loaded only when that happens."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.commands.base import Command
from sessions.commands.cards import Redo, Undo
from sessions.record.events import Recorded
from sessions.replay.narration import narrate
from sessions.replay.subject import subject_of_event
from sessions.state.fold import fold
from sessions.state.session import Session
from sessions.wording import sentence


def in_the_way(before: Session, recordeds: Sequence[Recorded], news: Sequence[Recorded], command: Command) -> str:
    """Return in a sentence which change by others forbids a command: undo, or a change to the same card. Else nothing.

    `before` is the session before the `news`, which are the last of all that is recorded.
    """
    card = getattr(command, "card", "")
    for recorded in news:
        about = subject_of_event(recordeds, recorded.event)
        if isinstance(command, (Undo, Redo)) or (card and about == card):
            said = narrate(before, recorded).rstrip(".")
            return sentence(f"{before.role(recorded.by)} was first: {said}. Your change was not made; look again")
        before = fold(before, recorded)
    return ""
