"""Commands of the discussion of a card (METHOD 2.2)."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, clean_text, handles, require_card
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.events import Event, TalkOutcome
from sessions.rounds.methods.registry import spec_of
from sessions.state.session import Session

TALK_SECONDS = 240
"""The length of a discussion (METHOD 2.2)."""


class OpenTalk(Command):
    """Open the discussion of a card."""

    card: str


class CloseTalk(Command):
    """Close the current discussion: the card was moved or kept, a duel decided, or the room agrees to differ."""

    outcome: TalkOutcome
    note: str = ""


class PutOffTalk(Command):
    """End the current discussion as if it had not begun: it was started by mistake, or its time has not come."""


def is_due(session: Session, card: str) -> bool:
    """Return whether a card can be discussed for the first time now: it is on the board, and no other discussion is open."""
    return card in session.cards and session.talk is None and all(each.card != card for each in session.talks)


def is_untouched(session: Session) -> bool:
    """Return whether nothing was scored or written down since the current discussion began."""
    talk = session.talk
    if talk is None:
        return False
    asked = any(not each.dropped and talk.card in each.opened.cards for each in session.rounds[talk.rounds :])
    # People who came in meanwhile do not concern the card.
    latest = next((each for each in session.history() if not isinstance(each.event, ev.PeopleTakenIn)), None)
    return not asked and (latest is None or latest.seq < talk.begun)


@handles(OpenTalk)
def _open(session: Session, command: OpenTalk, _: CommandContext) -> list[Event]:
    card = require_card(session, command.card)
    if session.talk:
        if session.talk.card == card.id:
            return []
        other = session.cards[session.talk.card].title if session.talk.card in session.cards else session.talk.card
        raise SessionError(f"{other} is still being discussed: record its outcome first.")
    return [ev.TalkOpened(card=card.id, planned=TALK_SECONDS)]


@handles(CloseTalk)
def _close(session: Session, command: CloseTalk, context: CommandContext) -> list[Event]:
    talk = session.talk
    if talk is None:
        raise SessionError("The room discusses no card now.")
    round_ = session.open_round
    if round_ and spec_of(round_.opened.method).in_discussion and talk.card in round_.opened.cards:
        raise SessionError("A round on this card is open: reveal it or cancel it first.")
    return [ev.TalkClosed(card=talk.card, outcome=command.outcome, used=max(0, context.elapsed - talk.opened), note=clean_text(command.note))]


@handles(PutOffTalk)
def _put_off(session: Session, _command: PutOffTalk, _: CommandContext) -> list[Event]:
    talk = session.talk
    if talk is None:
        raise SessionError("The room discusses no card now.")
    if not is_untouched(session):
        raise SessionError(f"The discussion of “{session.title_of(talk.card)}” has begun: record its outcome first.")
    return [ev.TalkPutOff(card=talk.card)]
