"""What every command shares: its base class, the registry of deciders, and the rules that concern all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar

from sessions.errors import SessionError
from sessions.portfolio.models import TEXT_LIMIT, Project, Value
from sessions.record.events import Event
from sessions.sanitize import clean
from sessions.state.session import Session


class Command(Value):
    """Something that somebody asks of the session, as a plain value."""


class SessionIsClosedError(SessionError):
    """The session was closed: it can be replayed, not changed."""


class UnknownCardError(SessionError):
    """The card is not on the board."""


class UnknownPersonError(SessionError):
    """Nobody of that id belongs to the session."""


class ReasonNeededError(SessionError):
    """The action overrides a rule, or cannot stand without a reason; the reason was not given."""


class SealedBallots(Protocol):
    """The urn, as deciding sees it: ballots go in under a seal, and come out when their seals are shown."""

    def seal(self, round_number: int, voice: str, ballot: dict[str, Any]) -> str:
        """Keep a ballot and give its seal."""
        ...

    def open_seals(self, round_number: int, seals: Mapping[str, str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """Return (salt, ballot) by voice. Raises RecordError where a ballot does not match its seal."""
        ...


class Hands(NamedTuple):
    """What deciding needs from outside the session: the urn, and the session's seconds."""

    urn: SealedBallots
    elapsed: int


Decider = Callable[[Session, Any, Hands], list[Event]]
DECIDERS: dict[type[Command], Decider] = {}

C = TypeVar("C", bound=Decider)


def decides(command: type[Command]) -> Callable[[C], C]:
    """Register a function as the one that decides a command."""

    def register(decider: C) -> C:
        DECIDERS[command] = decider
        return decider

    return register


def decide(session: Session, command: Command, hands: Hands) -> list[Event]:
    """Return the events that a command leads to; an empty list where there is nothing to change.

    Raises:
        SessionError: the command breaks a rule; its text says which, and what to do.
    """
    if session.closed:
        raise SessionIsClosedError("This session is closed: replay it, or start a new one from its portfolio.")
    return DECIDERS[type(command)](session, command, hands)


def card_of(session: Session, card: str) -> Project:
    """Return a card of the board, or raise UnknownCardError."""
    try:
        return session.cards[card]
    except KeyError:
        raise UnknownCardError(f"There is no card {card} on the board.") from None


def check_person(session: Session, person: str) -> None:
    """Refuse somebody who does not belong to the session."""
    if person not in session.people:
        raise UnknownPersonError(f"Nobody with the id {person} belongs to this session: add them first.")


def said(text: str, limit: int = TEXT_LIMIT, *, lines: bool = False) -> str:
    """Return a text that somebody typed, fit to be kept: sanitised, trimmed, bounded."""
    return clean(text, limit, keep_lines=lines).strip()


def needed(text: str, sentence: str, limit: int = TEXT_LIMIT) -> str:
    """Return a text that must not be empty, or raise ReasonNeededError with the sentence."""
    result = said(text, limit)
    if not result:
        raise ReasonNeededError(sentence)
    return result
