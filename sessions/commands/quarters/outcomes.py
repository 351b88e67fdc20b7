"""The command on what became of last quarter's decisions."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, clean_text, handles
from sessions.errors import SessionError
from sessions.portfolio.models import TITLE_LIMIT
from sessions.record import events as ev
from sessions.record.events import CardOutcome, Event
from sessions.state.session import Session


class OutcomeRefusedError(SessionError):
    """The earlier session did not decide the card, or the cause does not belong to the outcome."""


class ConfirmOutcomes(Command):
    """Record what became of decisions of the earlier session, all in one record."""

    outcomes: tuple[CardOutcome, ...]


@handles(ConfirmOutcomes)
def _confirm(session: Session, command: ConfirmOutcomes, _: CommandContext) -> list[Event]:
    decided = {each.card for each in session.past.decisions} if session.past else set()
    for each in command.outcomes:
        if each.card not in decided:
            raise OutcomeRefusedError(f"The earlier session did not decide on {each.card}.")
        if each.cause and each.outcome not in ("missed", "reversed"):
            raise OutcomeRefusedError("Only a missed or a reversed decision has a cause.")
    new = tuple(each.model_copy(update={"note": clean_text(each.note, TITLE_LIMIT)}) for each in command.outcomes)
    new = tuple(each for each in new if session.outcomes.get(each.card) != each)
    old = tuple(session.outcomes[each.card] for each in new if each.card in session.outcomes)
    return [ev.OutcomesConfirmed(outcomes=new, old=old)] if new else []
