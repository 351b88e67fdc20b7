"""Commands after a consent round: record dissent with its answer, and close a decision without consent (METHOD 2.4)."""

from __future__ import annotations

from typing import Literal

from sessions.commands.base import Command, CommandContext, handles, require_card, require_text
from sessions.errors import SessionError
from sessions.portfolio.models import TITLE_LIMIT
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.rounds.consent import consent_rounds
from sessions.state.session import Session


class RecordDissent(Command):
    """Write down who disagrees with the decision on a card, why, and what the answer was."""

    card: str
    who: str
    stance: Literal["concern", "objection"]
    text: str
    answer: str
    changed: bool = False


class AnswerConsent(Command):
    """Close a decision that did not get consent, with the decider's written answer."""

    card: str
    answer: str


@handles(RecordDissent)
def _dissent(session: Session, command: RecordDissent, _: CommandContext) -> list[Event]:
    require_card(session, command.card)
    consent = consent_rounds(session, command.card)
    return [
        ev.DissentRecorded(
            card=command.card,
            who=require_text(command.who, "Say who disagrees, by role.", TITLE_LIMIT),
            stance=command.stance,
            text=require_text(command.text, "Say what the harm or the worry is, in one sentence."),
            answer=require_text(command.answer, "Dissent is recorded with its answer: what was the reply?"),
            round=consent[-1].opened.round if consent else 0,
            changed=command.changed,
        )
    ]


@handles(AnswerConsent)
def _answer(session: Session, command: AnswerConsent, _: CommandContext) -> list[Event]:
    card = require_card(session, command.card)
    rounds = consent_rounds(session, card.id)
    if not rounds:
        raise SessionError(f"No consent was asked on {card.title}.")
    answer = require_text(command.answer, "The decider answers those who object in one sentence: type it.")
    round_ = rounds[-1]
    return [] if answer == round_.answer else [ev.ConsentAnswered(round=round_.opened.round, card=card.id, answer=answer)]
