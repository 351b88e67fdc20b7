"""Commands on the objectives: naming, adding and ranking them, and the decider's word that the order holds."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, clean_text, handles, require_text
from sessions.errors import SessionError
from sessions.portfolio.models import NAME_LIMIT, Objective, Value
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.state.session import Session

MOST = 20
"""The most objectives of a quarter: more of them give no order to anything."""


class ObjectiveRefusedError(SessionError):
    """The objectives cannot be these."""


class NamedObjective(Value):
    """An objective as someone names it; without an id it is new."""

    text: str
    id: str = ""
    owner: str = ""


class SetObjectives(Command):
    """Make these the objectives, the first one first."""

    objectives: tuple[NamedObjective, ...]


class ConfirmObjectives(Command):
    """Confirm the objectives in the order that they have, as the decider."""


@handles(SetObjectives)
def _set(session: Session, command: SetObjectives, _: CommandContext) -> list[Event]:
    known = {each.id: each for each in session.objectives}
    if len(command.objectives) > MOST:
        raise ObjectiveRefusedError(f"More than {MOST} objectives give no order to anything.")
    taken = {*known, *(card.objective for card in session.cards.values())}
    new: list[Objective] = []
    for rank, named in enumerate(command.objectives, 1):
        text = require_text(named.text, "An objective cannot be empty.", NAME_LIMIT)
        if any(each.text.casefold() == text.casefold() for each in new):
            raise ObjectiveRefusedError(f"“{text}” is already among the objectives.")
        chosen = clean_text(named.id, NAME_LIMIT) or _free(taken)
        if any(each.id == chosen for each in new):
            raise ObjectiveRefusedError(f"“{text}” is already among the objectives.")
        taken.add(chosen)
        old = known.get(chosen) or Objective(id=chosen, rank=rank, text=text, new=not named.id)
        new.append(old.model_copy(update={"rank": rank, "text": text, "owner": clean_text(named.owner, NAME_LIMIT) or old.owner}))
    _check_served(session, new)
    return [] if tuple(new) == session.objectives else [ev.ObjectivesChanged(old=session.objectives, new=tuple(new), asked_by=session.asker)]


def _free(taken: set[str]) -> str:
    return next(name for number in range(1, len(taken) + 2) if (name := f"O{number}") not in taken)


def _check_served(session: Session, new: list[Objective]) -> None:
    """Refuse to leave out an objective that cards serve."""
    left = {each.id: each for each in session.objectives if each.id not in {other.id for other in new}}
    for card in session.cards.values():
        if card.objective in left:
            raise ObjectiveRefusedError(f"“{card.title}” serves “{left[card.objective].text}”: give the card another objective first.")


@handles(ConfirmObjectives)
def _confirm(session: Session, _command: ConfirmObjectives, _: CommandContext) -> list[Event]:
    if not session.objectives:
        raise ObjectiveRefusedError("There is no objective to confirm yet.")
    if not session.decider:
        raise ObjectiveRefusedError("The decider confirms the objectives: name the decider first.")
    order = tuple(each.id for each in session.objectives)
    if order == session.confirmed_objectives:
        return []
    return [ev.ObjectivesConfirmed(person=session.decider, old=session.confirmed_objectives, new=order)]
