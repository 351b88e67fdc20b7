"""Commands on the cards of the board: move, note, add, edit, split, withdraw, park a question, agree an action, undo and redo."""

from __future__ import annotations

import re

from sessions.commands.base import Command, CommandContext, asked_by, clean_text, handles, require_card, require_text
from sessions.commands.card_checks import check_adoption, check_card_fits, sanitized_card
from sessions.errors import SessionError
from sessions.portfolio.benefits import with_first_wording
from sessions.portfolio.models import TITLE_LIMIT, Project
from sessions.record import events as ev
from sessions.record.events import CardMoved, Delivered, Event
from sessions.state.moves import moved_by
from sessions.state.people_taken_in import undoable, why_they_stay
from sessions.state.session import Session
from sessions.wording import date_of, day_name


class RankOutOfRangeError(SessionError):
    """The board has no such rank."""


class NothingToUndoError(SessionError):
    """There is no board action to undo or to redo."""


class NotADateError(SessionError):
    """A text is not an ISO date."""


class MoveCard(Command):
    """Move a card to a rank, counted from 1."""

    card: str
    to: int
    reason: str = ""


class NoteOnCard(Command):
    """Write a note on a card; with `explains_move` it becomes the reason of the card's last move, alone or together with others.

    `against` marks the reason against a card that is asked for where all voters agree on it (METHOD 2.5).
    """

    card: str
    text: str
    explains_move: bool = False
    against: bool = False


class AddCard(Command):
    """Add a card at a rank, or at the end. An empty id gets a new one."""

    card: Project
    rank: int | None = None


class EditCard(Command):
    """Replace a card with an edited version of the same id."""

    card: Project


class SplitCard(Command):
    """Split a card in two. `first` keeps the card's id; `second` gets a new one if its id is empty."""

    card: str
    first: Project
    second: Project


class WithdrawCard(Command):
    """Take a card off the board, for a reason."""

    card: str
    reason: str


class ParkQuestion(Command):
    """Park a question for another day."""

    text: str
    card: str = ""


class AgreeAction(Command):
    """Record who will do what by when (an ISO date)."""

    what: str
    who: str
    by_when: str
    card: str = ""


class Undo(Command):
    """Undo the latest board action."""


class Redo(Command):
    """Redo the board action undone last."""


def check_rank(session: Session, rank: int, last: int) -> None:
    """Raise RankOutOfRangeError for a rank that is not on the board."""
    if not 1 <= rank <= last:
        raise RankOutOfRangeError(f"There is no rank {rank}: the board has ranks 1 to {last}.")


@handles(MoveCard)
def _move(session: Session, command: MoveCard, context: CommandContext) -> list[Event]:
    require_card(session, command.card)
    check_rank(session, command.to, len(session.order))
    old = session.rank(command.card)
    if old == command.to:
        return []
    asker, reason = asked_by(session, context.actor), clean_text(command.reason)
    return [CardMoved(card=command.card, old=old, new=command.to, asked_by=asker, reason=reason)]


@handles(NoteOnCard)
def _note(session: Session, command: NoteOnCard, _: CommandContext) -> list[Event]:
    require_card(session, command.card)
    text = require_text(command.text, "The note is empty: type it, or press escape.")
    move = moved_by(session, command.card) if command.explains_move else None
    return [ev.NoteAdded(card=command.card, text=text, asked_by=session.asker, about=move.seq if move else 0, against=command.against)]


def new_id(session: Session) -> str:
    """Return an id that no card of the session has or had, like the others (P25 after P24)."""
    # An id on a ballot is never reused: the points for an undone card would go to another one.
    taken = {*session.cards, *session.withdrawn, *session.delivered, *(card for each in session.rounds for card in each.opened.cards)}
    taken |= {card.id for card in session.past.cards} if session.past else set()
    shapes = [re.fullmatch(r"(.*?)(\d+)", card) for card in session.order]
    numbered = [(shape[1], int(shape[2]), len(shape[2])) for shape in shapes if shape and len(shape[2]) < 10]
    prefix, number, width = max(numbered, key=lambda each: each[1], default=("C", len(taken), 2))
    while True:
        number += 1
        candidate = f"{prefix}{number:0{width}d}"
        if candidate not in taken:
            return candidate


_NOT_A_STATE = {
    True: "Done is a decision: say that the card was delivered, measure how far it is used, and decide “Done”.",
    False: "The card was delivered: undo the delivery to change its state.",
}
_PLANNED = {"work", "needs", "earliest_week", "deadline_week"}
"""The fields of a card that the plan depends on."""


@handles(AddCard)
def _add(session: Session, command: AddCard, _: CommandContext) -> list[Event]:
    card_id = clean_text(command.card.id, 40) or new_id(session)
    if card_id in session.cards or card_id in session.withdrawn:
        raise SessionError(f"There is already a card {card_id}: choose another id, or leave it empty.")
    rank = command.rank if command.rank is not None else len(session.order) + 1
    check_rank(session, rank, len(session.order) + 1)
    card = sanitized_card(command.card, card_id).model_copy(update={"made_id": not clean_text(command.card.id, 40)})
    check_card_fits(session, card)
    check_adoption(None, card)
    return [ev.CardAdded(card=card, rank=rank, asked_by=session.asker)]


@handles(EditCard)
def _edit(session: Session, command: EditCard, context: CommandContext) -> list[Event]:
    old = require_card(session, command.card.id)
    asked = sanitized_card(command.card, old.id).model_copy(update={"made_id": old.made_id})
    new = asked.model_copy(update={"state": old.state}) if asked.state != old.state and asked.state == "adopt" else asked
    new = with_first_wording(old, new)
    changed = tuple(name for name in Project.model_fields if getattr(old, name) != getattr(new, name))
    if _PLANNED & set(changed):
        check_card_fits(session, new)
    check_adoption(old, new)
    if new.state != old.state and (new.state == "done" or old.id in session.delivered):
        raise SessionError(_NOT_A_STATE[new.state == "done"])
    if asked.state != new.state:
        return delivered_now(session, old, new, past_date(session, context, ""))
    return [ev.CardEdited(old=old, new=new, changed=changed, asked_by=asked_by(session, context.actor))] if changed else []


def delivered_now(session: Session, old: Project, new: Project, day: str) -> list[Event]:
    """Return the delivery of a card of the board on an ISO date, as it is from then on, or raise SessionError if it was delivered already."""
    if old.id in session.delivered:
        raise SessionError(f"{old.title} was delivered already.")
    adopting = new.model_copy(update={"state": "adopt"})
    return [ev.CardDelivered(delivered=Delivered(card=adopting, date=day, quarter=session.quarter), old=old)]


def refuse_delivered(session: Session, *cards: Project) -> None:
    """Raise SessionError if one of some cards was delivered: what people use is neither split nor merged."""
    for card in cards:
        if card.id in session.delivered:
            raise SessionError(f"{card.title} was delivered: it can no longer be split or merged.")


@handles(SplitCard)
def _split(session: Session, command: SplitCard, _: CommandContext) -> list[Event]:
    old = require_card(session, command.card)
    refuse_delivered(session, old)
    first = sanitized_card(command.first, old.id)
    second_id = clean_text(command.second.id, 40) or new_id(session)
    if second_id in session.cards or second_id in session.withdrawn:
        raise SessionError(f"There is already a card {second_id}: choose another id, or leave it empty.")
    made = not clean_text(command.second.id, 40)
    second = sanitized_card(command.second.model_copy(update={"parent": old.id, "made_id": made}), second_id)
    if first.title == second.title:
        raise SessionError("Both parts have the same title: give them different ones.")
    check_card_fits(session, first, second)
    return [ev.CardSplit(old=old, first=first, second=second, rank=session.rank(old.id), asked_by=session.asker)]


@handles(WithdrawCard)
def _withdraw(session: Session, command: WithdrawCard, _: CommandContext) -> list[Event]:
    card = require_card(session, command.card)
    reason = require_text(command.reason, "Say why the card is withdrawn; the record keeps the reason.")
    return [ev.CardWithdrawn(card=card, rank=session.rank(card.id), reason=reason, decision=session.decisions.get(card.id), asked_by=session.asker)]


@handles(ParkQuestion)
def _park(session: Session, command: ParkQuestion, _: CommandContext) -> list[Event]:
    if command.card:
        require_card(session, command.card)
    text = require_text(command.text, "The question is empty: type it, or press escape.")
    return [ev.QuestionParked(text=text, card=command.card, asked_by=session.asker)]


@handles(AgreeAction)
def _agree(session: Session, command: AgreeAction, _: CommandContext) -> list[Event]:
    if command.card:
        require_card(session, command.card)
    what = require_text(command.what, "Say what is to be done.")
    who = require_text(command.who, "Say who does it: an action without an owner is a wish.", TITLE_LIMIT)
    return [ev.ActionAgreed(what=what, who=who, by_when=checked_date(command.by_when), card=command.card)]


def checked_date(text: str) -> str:
    """Return the ISO date of a text such as 2027-02-15 or 15 February 2027, or raise NotADateError."""
    if day := date_of(text):
        return day.isoformat()
    raise NotADateError(f"{clean_text(text, 40) or 'Nothing'} is not a date: write it as 2027-02-15, or as 15 Feb 2027.")


def coming_date(session: Session, text: str) -> str:
    """Return an ISO date that is not past, or raise NotADateError."""
    day = checked_date(text)
    if day < session.at[:10]:
        raise NotADateError(f"{day_name(day)} is past: give a day that is still to come.")
    return day


def past_date(session: Session, context: CommandContext, text: str) -> str:
    """Return the ISO date of something that has happened, today for none; or raise NotADateError if it is not a date, or still to come."""
    if not text.strip():
        return (context.now or session.at)[:10]
    day = checked_date(text)
    if context.now and day > context.now[:10]:
        raise NotADateError(f"{day_name(day)} is still to come: give a day up to today.")
    if int(day[:4]) < int((context.now or session.at)[:4]) - _YEARS_BACK:
        raise NotADateError(f"{day_name(day)} is more than {_YEARS_BACK} years ago: give a later day.")
    return day


_YEARS_BACK = 10
"""Years before now within which everything that a session follows up has happened."""


@handles(Undo)
def _undo(session: Session, _command: Undo, _: CommandContext) -> list[Event]:
    last = next(undoable(session), None)
    if last is None:
        stays = next((why_they_stay(session, each.event) for each in session.history() if isinstance(each.event, ev.PeopleTakenIn)), "")
        raise NothingToUndoError(f"There is nothing to undo. {stays}".strip())
    return [ev.Undone(undoes=last.seq)]


@handles(Redo)
def _redo(session: Session, _command: Redo, _: CommandContext) -> list[Event]:
    if session.undone is None:
        raise NothingToUndoError("There is nothing to redo.")
    return [ev.Redone(redoes=session.undone.recorded.seq)]
