"""Commands on what-ifs under a name: put one aside, drop it."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, clean_text, handles, require_text
from sessions.commands.plans import WhatIfRefusedError
from sessions.deciding.named_what_ifs import MOST
from sessions.errors import SessionError
from sessions.portfolio.models import TITLE_LIMIT
from sessions.record import events as ev
from sessions.record.events import Event, NamedWhatIf, TriedChange
from sessions.state.session import Session

NAME_LIMIT = 40


class NameWhatIf(Command):
    """Put a what-if aside under a name; one with the same name is replaced."""

    name: str
    sentence: str
    changes: tuple[TriedChange, ...]


class ForgetWhatIf(Command):
    """Drop a what-if that was put aside."""

    name: str


def place_of(session: Session, name: str) -> int | None:
    """Return the place of a what-if, counted from 0, None if there is none with that name."""
    return next((place for place, each in enumerate(session.what_ifs) if each.name.casefold() == name.casefold()), None)


@handles(NameWhatIf)
def _name(session: Session, command: NameWhatIf, _: CommandContext) -> list[Event]:
    name = require_text(command.name, "A what-if needs a name, such as Web first.", NAME_LIMIT)
    if not command.changes:
        raise SessionError("Try something first: there is nothing to put aside.")
    if name in session.cards or name in session.withdrawn:
        raise SessionError(f"{name} is the id of a card: choose another name.")
    changes = _checked(session, command.changes)
    place = place_of(session, name)
    if place is None and len(session.what_ifs) >= MOST:
        raise SessionError(f"{MOST} what-ifs are already put aside: drop one of them first.")
    sentence = require_text(command.sentence, "Describe the what-if.")
    new = NamedWhatIf(name=name, sentence=sentence, changes=changes, asked_by=session.asker)
    old = None if place is None else session.what_ifs[place]
    return [] if new == old else [ev.WhatIfNamed(place=len(session.what_ifs) if place is None else place, old=old, new=new)]


def _checked(session: Session, changes: tuple[TriedChange, ...]) -> tuple[TriedChange, ...]:
    """Return changes with clean titles, or raise WhatIfRefusedError if one is about something that is not on the board."""
    split_off = {change.new_id for change in changes if clean_text(change.new_id, 40) == change.new_id} - {""}
    cards = {"", *session.cards, *split_off}
    teams = {"", *(team.id for team in session.teams)}
    for change in changes:
        known = {change.card, *change.order} <= cards and change.team in teams and {change.new_id} <= {"", *split_off}
        if not known:
            raise WhatIfRefusedError("The board has changed since the what-if: try it again on the current board.")
    return tuple(change.model_copy(update={"title": clean_text(change.title, TITLE_LIMIT)}) for change in changes)


@handles(ForgetWhatIf)
def _forget(session: Session, command: ForgetWhatIf, _: CommandContext) -> list[Event]:
    place = place_of(session, command.name)
    if place is None:
        raise SessionError(f"No what-if is called {clean_text(command.name)}.")
    return [ev.WhatIfNamed(place=place, old=session.what_ifs[place])]
