"""The command on what became of the earlier session's decisions."""

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
    said: dict[str, CardOutcome] = {}
    for each in command.outcomes:
        _check(session, each)
        if each.card in said:
            raise OutcomeRefusedError("Say one outcome for each decision.")
        said[each.card] = each.model_copy(update={"note": clean_text(each.note, TITLE_LIMIT)})
    new = tuple(each for each in said.values() if session.outcomes.get(each.card) != each)
    old = tuple(session.outcomes[each.card] for each in new if each.card in session.outcomes)
    return [ev.OutcomesConfirmed(outcomes=new, old=old)] if new else []


def _check(session: Session, said: CardOutcome) -> None:
    if session.past is None:
        raise OutcomeRefusedError("There is no session before this one to look back on.")
    if not any(each.card == said.card for each in session.past.decisions):
        raise OutcomeRefusedError("The session before this one did not decide on that card.")
    broken = said.outcome in ("missed", "reversed")
    if said.cause and not broken:
        raise OutcomeRefusedError(f"Only a missed or a reversed decision has a cause: this one is {said.outcome}.")
    if broken and not said.cause:
        raise OutcomeRefusedError(f"Say why it was {said.outcome}: sponsor, capacity, scope, dependency, strategy, benefit gone, or other.")
