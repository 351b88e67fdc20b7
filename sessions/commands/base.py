"""What every command shares: its base class, the registry of handlers, and the rules that concern all of them."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, TypeVar

from sessions.errors import SessionError
from sessions.portfolio.models import TEXT_LIMIT, Project, Value
from sessions.record.base import Event
from sessions.sanitize import clean
from sessions.state.session import Session


class Command(Value):
    """A request to change the session, as a plain value."""

    after_the_end: ClassVar[bool] = False
    """Whether it may also be given once the session was closed, until the next session of its series is closed too."""
    always: ClassVar[bool] = False
    """Whether it changes nothing of what was decided, so that it may be given at any time."""

    def fits_the_end(self, session: Session) -> bool:
        """Return whether a closed session accepts it."""
        return self.always or self.after_the_end


class OnTheOpenRound:
    """What the commands on the open round share."""

    def fits_the_end(self, session: Session) -> bool:
        """Return whether a round is open: a session cannot be closed while one is open that may not be held after the end."""
        return session.open_round is not None


class SessionIsClosedError(SessionError):
    """The session was closed: it can be replayed, and reopened in the library."""


class NotPermittedError(SessionError):
    """The actor may not give this command."""


class UnknownCardError(SessionError):
    """The card is not on the board."""


class UnknownPersonError(SessionError):
    """No person of the session has that id."""


class ReasonNeededError(SessionError):
    """The action overrides a rule or always needs a reason, and the reason is missing."""


class SealedBallots(Protocol):
    """The urn, as handlers see it: ballots go in under a seal, and come out when their seals are shown."""

    def seal(self, round_number: int, voice: str, ballot: dict[str, Any]) -> str:
        """Keep a ballot and return its seal."""
        ...

    def open_seals(self, round_number: int, seals: Mapping[str, str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """Return (salt, ballot) by voter. Raises RecordError when a ballot does not match its seal."""
        ...


class Actor(NamedTuple):
    """The person who gives a command, by id, and the door they came in by: the facilitator's screen, or a device of their own."""

    person: str
    door: Literal["screen", "device"] = "screen"


class CommandContext(NamedTuple):
    """What a handler needs from outside the session: the urn, the session's seconds, who gives the command, and the time (ISO, in UTC).

    Without a time, as in a preview, nothing is refused for being still to come. `followed`: the next session of its series was closed.
    """

    urn: SealedBallots
    elapsed: int
    actor: Actor
    now: str = ""
    followed: bool = False


Handler = Callable[[Session, Any, CommandContext], list[Event]]
HANDLERS: dict[type[Command], Handler] = {}

H = TypeVar("H", bound=Handler)


def handles(command: type[Command]) -> Callable[[H], H]:
    """Register a function as the handler of a command."""

    def register(handler: H) -> H:
        HANDLERS[command] = handler
        return handler

    return register


def require_card(session: Session, card: str) -> Project:
    """Return a card of the board, or raise UnknownCardError."""
    try:
        return session.cards[card]
    except KeyError:
        raise UnknownCardError(f"There is no card {card} on the board.") from None


def asked_by(session: Session, actor: Actor) -> str:
    """Return who asks for a change: the one for whom the facilitator makes it, or else the person who makes it."""
    return session.asker if actor.person == session.facilitator else actor.person


def check_person(session: Session, person: str) -> None:
    """Raise UnknownPersonError for an id that no person of the session has."""
    if person not in session.people:
        raise UnknownPersonError(f"The session has no person with the id {person}: add them first.")


def clean_text(text: str, limit: int = TEXT_LIMIT, *, lines: bool = False) -> str:
    """Return a typed text as the record keeps it: sanitised, trimmed, bounded."""
    return clean(text, limit, keep_lines=lines).strip()


def require_text(text: str, sentence: str, limit: int = TEXT_LIMIT) -> str:
    """Return a text that must not be empty, or raise ReasonNeededError with the sentence."""
    result = clean_text(text, limit)
    if not result:
        raise ReasonNeededError(sentence)
    return result
