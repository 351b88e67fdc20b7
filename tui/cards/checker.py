"""The checker of a session's cards, kept until the session changes."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict

from sessions.deciding.sponsors import roles_gone
from sessions.portfolio.checks import Checker
from sessions.portfolio.models import Portfolio
from sessions.state.session import Session
from tui.cards.earlier import EarlierMarks


class CheckerCache:
    """Keeps the checker of a session, which looks at all cards, until the session changes."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._checker: Checker | None = None
        self.earlier = EarlierMarks()

    def checker(self, session: Session) -> Checker:
        """Return the checker of a session."""
        parts = (session.portfolio, session.cards, session.order, session.people, session.presence, session.links, session.sponsor_answers)
        if self._checker is None or any(new is not old for new, old in zip(parts, self._of, strict=True)):
            present = {person for person in session.people if session.is_there(person)} or None
            self._of, self._checker = parts, Checker(as_it_is(session), present, order=session.order, **_earlier(session))
        return self._checker


class _Earlier(TypedDict, total=False):
    """What the earlier session tells the checker."""

    still: dict[str, int]
    left: Collection[str]
    unconfirmed: Collection[str]


def _earlier(session: Session) -> _Earlier:
    if session.past is None:
        return {}
    from sessions.quarters.sponsors import unconfirmed  # noqa: PLC0415 - the first frame of a session without an earlier one

    return {"still": {each.card: each.still for each in session.past.matched}, "left": roles_gone(session), "unconfirmed": unconfirmed(session)}


def as_it_is(session: Session) -> Portfolio:
    """Return the portfolio as it is now: the cards on the board, the people in the session."""
    cards = session.board
    return session.portfolio.model_copy(update={"projects": cards, "participants": tuple(session.people.values())})
