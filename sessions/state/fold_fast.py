"""Runs of the commonest events, folded in place: most of a long record is moves, what takes them back, notes, and who asks.

`folding.fold` makes a session for every event; here one is made for a whole run, which comes to the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from sessions.errors import RecordError
from sessions.record.events import AskerChosen, CardMoved, NoteAdded, Recorded, Undone
from sessions.state.session import Session, Step


def not_there(recorded: Recorded) -> RecordError:
    """Return the error of an event that speaks of a card, a rank or a round that there is not: the rules of the session did not make it."""
    return RecordError(f"Record {recorded.seq} ({recorded.event.kind}) speaks of something that is not in the session.")


def not_next(recorded: Recorded, seq: int) -> RecordError:
    """Return the error of an event that does not follow on the latest one."""
    return RecordError(f"Record {recorded.seq} does not follow on record {seq}.")


class Run:
    """What of a session its commonest events change, open to be changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._order = list(session.order)
        self._notes = list(session.notes)
        self._asker = session.asker
        self._done, self._undone = session.done, session.undone
        self._last: Recorded | None = None

    def take(self, recorded: Recorded, stream: Iterator[Recorded]) -> Recorded | None:
        """Fold an event and those that follow it, as far as they are of a common kind; give the first that is not, or None at the end."""
        seq, follow = self._session.seq, self._FOLLOW
        following: Recorded | None = recorded
        while following is not None:
            if (change := follow.get(type(following.event))) is None or not change(self, following):
                break
            seq += 1
            if following.seq != seq:
                raise not_next(following, seq - 1)
            self._last = following
            following = next(stream, None)
        return following

    def session(self) -> Session:
        """Return the session after the run."""
        last = self._last
        if last is None:
            return self._session
        return self._session.evolve(
            order=tuple(self._order), notes=tuple(self._notes), asker=self._asker, done=self._done, undone=self._undone,
            seq=last.seq, at=last.at, elapsed=last.elapsed,
        )  # fmt: skip

    def _move(self, recorded: Recorded) -> bool:
        event: CardMoved = recorded.event  # type: ignore[assignment]
        self._put(recorded, event.card, event.old, event.new)
        self._done, self._undone = Step(recorded, self._done), None
        return True

    def _put(self, recorded: Recorded, card: str, old: int, new: int) -> None:
        """Move a card to its new rank; it stands at the old one as a rule, but a record may say otherwise."""
        order = self._order
        if not 1 <= new <= len(order):
            raise not_there(recorded)
        if not (1 <= old <= len(order) and order[old - 1] == card):
            if card not in self._session.cards:
                raise not_there(recorded)
            old = order.index(card) + 1
        order.insert(new - 1, order.pop(old - 1))

    def _note(self, recorded: Recorded) -> bool:
        self._notes.append(recorded.event)  # type: ignore[arg-type]
        self._done, self._undone = Step(recorded, self._done), None
        return True

    def _ask(self, recorded: Recorded) -> bool:
        self._asker = recorded.event.person  # type: ignore[attr-defined]
        return True

    def _undo(self, recorded: Recorded) -> bool:
        """Take a move or a note back; what else there is to take back ends the run."""
        step = self._done
        if step is None or step.recorded.seq != recorded.event.undoes:  # type: ignore[attr-defined]
            return False
        event = step.recorded.event
        if type(event) is CardMoved:
            self._put(recorded, event.card, event.new, event.old)
        elif type(event) is NoteAdded:
            self._notes.pop()
        else:
            return False
        self._done, self._undone = step.earlier, Step(step.recorded, self._undone)
        return True

    _FOLLOW = {CardMoved: _move, NoteAdded: _note, AskerChosen: _ask, Undone: _undo}  # noqa: RUF012 - typed by its use


COMMON = frozenset(Run._FOLLOW)
"""The kinds of events that a run takes."""
