"""What a session brings along from the one before it in its series: a copy, so that the record needs no other one to be understood."""

from typing import Literal

from sessions.portfolio.models import Objective, Participant, Project, Side, Team, Value
from sessions.record.agreed import ActionAgreed, Decision, DissentRecorded, QuestionParked


class Reading(Value):
    """How far people use what was delivered: decimal text, in the unit of the card's measure, on an ISO date, by the role who took it.

    `monthly` is the benefit realised, in whole units a month, if someone knows it.
    """

    card: str
    value: str
    date: str
    by: str
    monthly: int | None = None


class Delivered(Value):
    """A card that was delivered on an ISO date, as seen in the session of `quarter`.

    It is adopting until its target is reached, or until the room accepts it below the target with a sentence (`accepted`).
    """

    card: Project
    date: str
    quarter: str = ""
    readings: tuple[Reading, ...] = ()
    accepted: str = ""


class Matched(Value):
    """A card of this session that the earlier one had as `was`.

    `still` counts the sessions in a row, up to the earlier one, at whose end it had the same rank without a start (K-STALE). `back` is the reason
    why it was put off, if that time is over.
    """

    card: str
    was: str
    by: Literal["id", "title", "carried", "asked"]
    still: int = 0
    back: str = ""


class Unclear(Value):
    """A card of this session that may be any of several earlier ones, by id; the room decides."""

    card: str
    candidates: tuple[str, ...]


class PastPhase(Value):
    """The seconds that a phase of the earlier session was to take, and took."""

    phase: str
    planned: int
    used: int


class PastPartnership(Value):
    """How the sides of the earlier session saw their partnership: each side's lower medians in the order of the items, and the roles who answered."""

    medians: tuple[tuple[Side, tuple[int, ...]], ...]
    roles: tuple[str, ...] = ()


class Past(Value):
    """The earlier session at its end: `order` and `cards` by its own ids. `date` is the ISO date on which it was held.

    `series` is the id of the first session of its series. `matched`, `unclear` and `gone` say how its cards and those of this session belong
    together; a card that an unclear one may be counts as gone until someone says what it is. `delivered` has what was delivered in
    any session of the series and is not done yet, and what got done since the earlier session began. `provisional`: it was not closed.
    """

    session: str
    title: str
    quarter: str
    date: str
    series: str = ""
    order: tuple[str, ...] = ()
    cards: tuple[Project, ...] = ()
    decisions: tuple[Decision, ...] = ()
    participants: tuple[Participant, ...] = ()
    decider: str = ""
    objectives: tuple[Objective, ...] = ()
    teams: tuple[Team, ...] = ()
    dissents: tuple[DissentRecorded, ...] = ()
    actions: tuple[ActionAgreed, ...] = ()
    parked: tuple[QuestionParked, ...] = ()
    phases: tuple[PastPhase, ...] = ()
    delivered: tuple[Delivered, ...] = ()
    matched: tuple[Matched, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    gone: tuple[str, ...] = ()
    provisional: bool = False
    quarter_start: str = ""
    currency: str = ""
    partnership: PastPartnership | None = None
