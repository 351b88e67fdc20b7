"""Adoption over the quarters (METHOD 6.5, 6.6): what is in use, what it brings, and which readings are due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sessions.deciding.adopting import deliveries, is_done, latest, status
from sessions.record.events import Delivered, Reading
from sessions.state.session import Session
from sessions.wording import date_of

_WINDOWS = (120, 211, 393)
"""Days after the delivery by which its readings are to be taken: the first after 90 to 120 days, then after two and four quarters."""
_QUARTER = 91


class Adopted(NamedTuple):
    """How many of what was delivered are in use, below target, not measured; `accepted` ones are below it with the room's consent."""

    adopted: int
    below: int
    unmeasured: int
    of: int
    accepted: int = 0


class Realised(NamedTuple):
    """The benefit a month that is realised, and promised, over what was measured; `unmeasured` of all deliveries lack one of the two figures."""

    realised: int
    promised: int
    unmeasured: int
    of: int


def adopted(delivered: Sequence[Delivered]) -> Adopted:
    """Return how many deliveries are in use (METHOD 6.5)."""
    counts = Counter(map(status, delivered))
    return Adopted(counts["adopted"], counts["below"], counts["not measured"], len(delivered), counts["accepted"])


def value_realised(delivered: Sequence[Delivered], currency: str = "") -> Realised:
    """Return the benefit realised beside the one promised (METHOD 6.6). `currency` is the portfolio's.

    Money of several currencies cannot be added up: what is not in the one that most deliveries name counts as unmeasured.
    """
    pairs = [
        (each.card.benefit.currency or currency, monthly, each.card.benefit.monthly)
        for each in delivered
        if each.card.benefit.monthly and (monthly := realised(each)) is not None
    ]
    main = Counter(name for name, _, _ in pairs).most_common(1)
    counted = [(got, promised) for name, got, promised in pairs if name == main[0][0] and promised]
    return Realised(sum(got for got, _ in counted), sum(promised for _, promised in counted), len(delivered) - len(counted), len(delivered))


def realised(delivered: Delivered) -> int | None:
    """Return the benefit a month of the latest reading that has one."""
    reading = latest([each for each in delivered.readings if each.monthly is not None])
    return reading.monthly if reading else None


def due(session: Session) -> tuple[Delivered, ...]:
    """Return the deliveries of which a reading is due at this session: the next session would be too late for it.

    What is in use is measured again after two and four quarters; what the room accepted below its target is not.
    """
    day = date.fromisoformat(session.day)
    return tuple(each for each in deliveries(session) if not each.accepted and _is_due(each.date, each.readings, day))


def _is_due(delivered: str, readings: Sequence[Reading], day: date) -> bool:
    begun = date_of(delivered)
    if begun is None:
        return False
    starts = [begun + timedelta(days=latest_day - _QUARTER) for latest_day in _WINDOWS]
    current = [start for start in starts if start < day]
    return bool(current) and not any(each.date > current[-1].isoformat() for each in readings)


def looked_at(session: Session) -> tuple[Delivered, ...]:
    """Return the deliveries that a session looks at: all but those whose adoption was over at the earlier session."""
    past = session.past
    known = {each.card.id: each for each in past.delivered} if past else {}
    return tuple(each for each in deliveries(session) if each.card.id not in known or not _was_done(known[each.card.id], past.date if past else ""))


def _was_done(delivered: Delivered, day: str) -> bool:
    """Return whether it was done by what was known on a day; the room accepts nothing between two sessions."""
    readings = tuple(each for each in delivered.readings if each.date <= day)
    return is_done(delivered.model_copy(update={"readings": readings}))
