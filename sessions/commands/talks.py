"""Commands of the talk about a card, and of the answer to those who do not consent (METHOD 2.2, 2.4)."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, clean_text, handles, require_card, require_text
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.events import Event, TalkOutcome
from sessions.state.session import Session

TALK_SECONDS = 240
"""How long the room talks about a card (METHOD 2.2)."""


class OpenTalk(Command):
    """Begin to talk about a card."""

    card: str


class CloseTalk(Command):
    """End the talk that goes on: the card was moved or kept, a duel decided, or the room agrees to differ."""

    outcome: TalkOutcome
    note: str = ""


class AnswerConsent(Command):
    """Close a decision that did not get consent, with the decider's written answer."""

    card: str
    answer: str


@handles(OpenTalk)
def _open(session: Session, command: OpenTalk, _: CommandContext) -> list[Event]:
    card = require_card(session, command.card)
    if session.talk:
        if session.talk.card == card.id:
            return []
        other = session.cards[session.talk.card].title if session.talk.card in session.cards else session.talk.card
        raise SessionError(f"The talk about {other} goes on: say how it ended first.")
    return [ev.TalkOpened(card=card.id, planned=TALK_SECONDS)]


@handles(CloseTalk)
def _close(session: Session, command: CloseTalk, context: CommandContext) -> list[Event]:
    talk = session.talk
    if talk is None:
        raise SessionError("The room talks about no card now.")
    round_ = session.open_round
    if round_ and round_.opened.method in ("score", "duel") and talk.card in round_.opened.cards:
        raise SessionError("A round on this card is open: reveal it or give it up first.")
    return [ev.TalkClosed(card=talk.card, outcome=command.outcome, used=max(0, context.elapsed - talk.opened), note=clean_text(command.note))]


@handles(AnswerConsent)
def _answer(session: Session, command: AnswerConsent, _: CommandContext) -> list[Event]:
    card = require_card(session, command.card)
    rounds = session.rounds_on(card.id, "consent")
    if not rounds:
        raise SessionError(f"No consent was asked on {card.title}.")
    answer = require_text(command.answer, "The decider answers those who object in one sentence: type it.")
    return [ev.ConsentAnswered(round=rounds[-1].opened.round, card=card.id, answer=answer)]
