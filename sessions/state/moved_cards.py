"""The cards that were moved in a session."""

from __future__ import annotations

from sessions.state.session import Session, Step


class MovedCards:
    """The cards that someone moved in a session, in moves that hold. A further move costs no look at the earlier ones."""

    def __init__(self) -> None:
        self._done: Step | None = None
        self._cards: frozenset[str] = frozenset()

    def of(self, session: Session) -> frozenset[str]:
        """Return the moved cards of a session; cards that others only pushed along are not among them."""
        done = session.done
        if done is not self._done:
            from sessions.state.moves import cards_moved_by  # noqa: PLC0415 - nothing was moved yet in a new session

            further = done is not None and done.earlier is self._done
            events = [done.recorded.event] if done is not None and further else [recorded.event for recorded in session.history()]
            self._cards = (self._cards if further else frozenset()).union(*map(cards_moved_by, events))
            self._done = done
        return self._cards
