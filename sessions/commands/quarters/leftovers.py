"""The command on actions and parked questions that the earlier session leaves."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, handles
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.events import Event, LeftoverAnswer, LeftoverKind
from sessions.state.session import Session


class AnswerLeftover(Command):
    """Record what became of the earlier session's action, or parked question, with this number, from 1."""

    what: LeftoverKind
    number: int
    answer: LeftoverAnswer


@handles(AnswerLeftover)
def _answer(session: Session, command: AnswerLeftover, _: CommandContext) -> list[Event]:
    past = session.past
    left = 0 if past is None else len(past.actions if command.what == "action" else past.parked)
    if not 1 <= command.number <= left:
        raise SessionError("The earlier session left no such action or question.")
    old = session.leftovers.get(f"{command.what} {command.number}")
    if old == command.answer:
        return []
    return [ev.LeftoverAnswered(what=command.what, number=command.number, answer=command.answer, old=old)]
