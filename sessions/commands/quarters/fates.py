"""Commands on how cards of the earlier session and of this one belong together."""

from __future__ import annotations

from typing import Any

from sessions.commands.base import Command, CommandContext, handles, require_card
from sessions.commands.cards import past_date
from sessions.errors import SessionError
from sessions.portfolio.models import Project
from sessions.quarters.matching import earlier_ids, still_gone
from sessions.quarters.taken_over import filling
from sessions.record import events as ev
from sessions.record.events import CardFate, Delivered, Event, Fate, Past
from sessions.state.session import Session


class FateRefusedError(SessionError):
    """The earlier session has no such card to ask about, or the answer is not possible."""


class AnswerFate(Command):
    """Record what became of a card that only the earlier session has; `into` is the card it was merged into, `date` the ISO date of its delivery."""

    card: str
    fate: Fate
    into: str = ""
    date: str = ""


class LinkCard(Command):
    """Record which card of the earlier session an unclear card is, or a new one that only has another title; an empty `was` says that it is new."""

    card: str
    was: str = ""


@handles(AnswerFate)
def _answer(session: Session, command: AnswerFate, context: CommandContext) -> list[Event]:
    card, old = _gone(session, command.card), session.fates.get(command.card)
    if command.fate == "merged":
        if command.into == card.id:
            raise FateRefusedError("A card cannot be merged into itself: name another one.")
        require_card(session, command.into)
    elif command.into:
        raise FateRefusedError("Only a merged card names another one.")
    new, was = CardFate(card=card.id, fate=command.fate, into=command.into), session.delivered.get(card.id)
    delivered = None
    if command.fate == "delivered":
        day = past_date(session, context, command.date or (was.date if was else _past(session).date))
        first = Delivered(card=card.model_copy(update={"state": "adopt"}), date=day, quarter=session.quarter)
        delivered = was.model_copy(update={"date": day}) if was else first
    if (new, delivered) == (old, was):
        return []
    changes = {"delivered": delivered, "old_delivered": was, **_on_the_board(session, card, command.fate, old)}
    return [ev.FateAnswered(new=new, old=old).model_copy(update=changes)]


_LEFT = {"delivered": "it was delivered", "merged": "it was merged into another card", "dropped": "it was dropped"}


def _on_the_board(session: Session, card: Project, fate: Fate, old: CardFate | None) -> dict[str, Any]:
    """Return how the answer "still here" brings an earlier card to the board, or how another answer removes it again."""
    if fate == "here":
        withdrawn, order = session.withdrawn.get(card.id), _past(session).order
        rank = order.index(card.id) + 1 if card.id in order else len(session.order) + 1
        back = {"card": withdrawn.card, "reason": withdrawn.reason} if withdrawn else {"card": card}
        return {**back, "rank": min(rank, len(session.order) + 1)}
    if old and old.fate == "here" and card.id in session.cards:
        return {
            "card": session.cards[card.id],
            "rank": session.rank(card.id),
            "decision": session.decisions.get(card.id),
            "reason": _LEFT[fate],
        }
    return {}


def _past(session: Session) -> Past:
    if session.past is None:
        raise FateRefusedError("This session follows no other session.")
    return session.past


def _gone(session: Session, card: str) -> Project:
    """Return a card that only the earlier session has, or raise FateRefusedError."""
    found = next((each for each in _past(session).cards if each.id == card), None)
    if found is None or card not in still_gone(session):
        raise FateRefusedError("The earlier session has no such card, or it is on the board, or may be: first say which card is which.")
    return found


@handles(LinkCard)
def _link(session: Session, command: LinkCard, _: CommandContext) -> list[Event]:
    card, past = require_card(session, command.card), _past(session)
    unclear = next((each for each in past.unclear if each.card == card.id), None)
    candidates = unclear.candidates if unclear else _may_be(session, card.id)
    if (unclear is None and not candidates) or (command.was and command.was not in candidates):
        raise FateRefusedError("The earlier session has no such card for it: choose one of those that are offered.")
    taken = [other for other, was in session.links.items() if was and was == command.was and other != card.id]
    if taken:
        raise FateRefusedError(f"{session.title_of(taken[0])} is already that card: a card of the earlier session is one card here.")
    if command.was in session.fates:
        raise FateRefusedError("What became of that card was already answered: undo that answer with u first.")
    old = session.links.get(card.id)
    if old == command.was:
        return []
    new = _taking_over(session, card, old or "", command.was)
    changed = {"before": card, "after": new} if new != card else {}
    return [ev.CardLinked(card=card.id, was=command.was, old=old).model_copy(update=changed)]


def _may_be(session: Session, card: str) -> tuple[str, ...]:
    """Return the cards that a card under another title may be: those that only the earlier session has, and the one that the room called it."""
    known = session.links.get(card, "")
    if not known and (card in earlier_ids(session) or all(each.id != card for each in session.portfolio.projects)):
        return ()
    return (*still_gone(session), *([known] if known else []))


def _taking_over(session: Session, card: Project, old: str, was: str) -> Project:
    """Return a card with what it takes over from an earlier one, in the place of what it took over from `old`; what someone edited since stays."""
    brought = next((each for each in session.portfolio.projects if each.id == card.id), card)
    result = card
    for name, value in _taken_over(session, brought, old).items():
        if getattr(result, name) == value:
            result = result.model_copy(update={name: getattr(brought, name)})
    for name, value in _taken_over(session, brought, was).items():
        if getattr(result, name) == getattr(brought, name):
            result = result.model_copy(update={name: value})
    return result


def _taken_over(session: Session, brought: Project, was: str) -> dict[str, Any]:
    """Return the fields that a card as it was brought in takes over from an earlier one: none for an empty id."""
    past = _past(session)
    earlier = next((each for each in past.cards if each.id == was), None) if was else None
    if earlier is None:
        return {}
    rank = past.order.index(was) + 1 if was in past.order else None
    return {**{name: value for name, value in filling(brought, earlier).items() if name != "made_id"}, "previous_rank": rank}
