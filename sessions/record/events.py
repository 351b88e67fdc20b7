"""Everything that can happen in a session: one frozen class per past-tense event.

An event says what happened in itself (a move holds the old and the new rank), so that it can be folded into a session, taken back from it, and told
in a sentence, without looking anything up. Who and when stand around it, in `Recorded`. A record of an unknown kind or of a newer schema is an
error, never silence: see `recorded_from`.
"""

from typing import Any, ClassVar, Literal, NamedTuple, get_args

from pydantic import TypeAdapter, ValidationError

from sessions.errors import RecordError
from sessions.portfolio.models import Participant, Portfolio, Project, Side, Team, Value
from sessions.record.base import Event, Weighting
from sessions.record.round_events import (
    ANONYMITIES,
    METHODS,
    Anonymity,
    BallotSealed,
    BallotsRevealed,
    BoardKept,
    ConsentAnswered,
    GroupOrderTaken,
    Method,
    RevealedBallot,
    RoundDropped,
    RoundOpened,
    TalkClosed,
    TalkOpened,
    TalkOutcome,
    Tally,
    Turnout,
    Way,
)
from sessions.sanitize import clean

__all__ = [
    "ANONYMITIES",
    "METHODS",
    "Anonymity",
    "BallotSealed",
    "BallotsRevealed",
    "BoardKept",
    "ConsentAnswered",
    "Event",
    "GroupOrderTaken",
    "Method",
    "RevealedBallot",
    "RoundDropped",
    "RoundOpened",
    "TalkClosed",
    "TalkOpened",
    "TalkOutcome",
    "Tally",
    "Turnout",
    "Way",
    "Weighting",
]
# The events around ballots stand in a file of their own; whoever speaks of events finds them all here.

SCHEMA = 1
"""The version of these classes, written into `session_opened`."""

Phase = Literal["prepare", "open", "look_back", "cards", "vote", "reveal", "talk", "sequence", "decide", "close"]
PHASES: tuple[Phase, ...] = get_args(Phase)

Presence = Literal["expected", "present", "proxy", "away"]
"""`proxy`: represented by another voice of the same side (METHOD 2.3)."""

DecisionWord = Literal["continue", "start", "start_after", "hold", "not_now", "return", "stop", "done", "accept_below_target"]
DECISION_WORDS: tuple[DecisionWord, ...] = get_args(DecisionWord)

class SessionOpened(Event):
    """A session began with this portfolio, read from `source` with the reports `read`. `after` is the id of the session it follows, if any."""

    kind: Literal["session_opened"] = "session_opened"
    schema_version: int = SCHEMA
    session: str
    title: str
    quarter: str = ""
    facilitator: str
    minutes: int
    source: str = ""
    read: tuple[str, ...] = ()
    after: str = ""
    portfolio: Portfolio


class SessionClosed(Event):
    """The session was closed, with these cards left without a decision; `override` is the reason for closing it against a rule."""

    kind: Literal["session_closed"] = "session_closed"
    undecided: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    override: str = ""


class ParticipantAdded(Event):
    """Somebody joined the people of the session."""

    kind: Literal["participant_added"] = "participant_added"
    participant: Participant


class ParticipantChanged(Event):
    """A role, side or seat was put right."""

    kind: Literal["participant_changed"] = "participant_changed"
    old: Participant
    new: Participant


class AttendanceMarked(Event):
    """Somebody is present, away, or represented by `proxy`."""

    kind: Literal["attendance_marked"] = "attendance_marked"
    person: str
    old: Presence
    new: Presence
    proxy: str = ""


class DeciderNamed(Event):
    """Exactly one voice of the business decides; `old` is empty where nobody did."""

    kind: Literal["decider_named"] = "decider_named"
    person: str
    old: str = ""


class QuorumOverridden(Event):
    """The room goes on without a quorum; decisions are provisional from here (METHOD 2.3)."""

    kind: Literal["quorum_overridden"] = "quorum_overridden"
    reason: str
    missing: tuple[Side, ...]


class PhaseStarted(Event):
    """The session moved to a phase. `planned` is its seconds, `used` the seconds that the phase it left has used in all."""

    kind: Literal["phase_started"] = "phase_started"
    phase: Phase
    old: Phase
    planned: int
    used: int


class TimerStarted(Event):
    """The phase's timer runs."""

    kind: Literal["timer_started"] = "timer_started"


class TimerStopped(Event):
    """The phase's timer stands still. `used` is the phase's seconds so far."""

    kind: Literal["timer_stopped"] = "timer_stopped"
    used: int


class TimeAdded(Event):
    """The phase was given more seconds."""

    kind: Literal["time_added"] = "time_added"
    seconds: int


class AskerChosen(Event):
    """Moves are from now on recorded as asked by this person; empty is nobody in particular."""

    kind: Literal["asker_chosen"] = "asker_chosen"
    person: str
    old: str


class CardMoved(Event):
    """A card went from one rank to another."""

    kind: Literal["card_moved"] = "card_moved"
    undoable: ClassVar[bool] = True
    card: str
    old: int
    new: int
    asked_by: str = ""
    reason: str = ""


class NoteAdded(Event):
    """A note on a card; `about` is the seq of the move whose reason it is, or 0."""

    kind: Literal["note_added"] = "note_added"
    undoable: ClassVar[bool] = True
    card: str
    text: str
    asked_by: str = ""
    about: int = 0


class CardAdded(Event):
    """A card was added at a rank."""

    kind: Literal["card_added"] = "card_added"
    undoable: ClassVar[bool] = True
    card: Project
    rank: int
    asked_by: str = ""


class CardEdited(Event):
    """Fields of a card changed: the card as it was and as it is."""

    kind: Literal["card_edited"] = "card_edited"
    undoable: ClassVar[bool] = True
    old: Project
    new: Project
    changed: tuple[str, ...]
    asked_by: str = ""


class CardSplit(Event):
    """A card became two: the first keeps its id and rank, the second stands right below it."""

    kind: Literal["card_split"] = "card_split"
    undoable: ClassVar[bool] = True
    old: Project
    first: Project
    second: Project
    rank: int
    asked_by: str = ""


class Decision(Value):
    """What the room decided on a card (METHOD 2.4).

    `sentence` says it in words; `week` is the promised first week and `finish` the week at whose end the plan then had it ready, where it had;
    `until` is the ISO date on which the card comes back, `missing` what it needs until then. `rules` names the rules that were overridden for
    `override`, its reason. `provisional`: decided without a quorum. `proposed`: as the plan proposed it.
    """

    card: str
    word: DecisionWord
    sentence: str
    owner: str = ""
    week: int | None = None
    finish: int | None = None
    until: str = ""
    missing: str = ""
    why: str = ""
    rules: tuple[str, ...] = ()
    override: str = ""
    provisional: bool = False
    proposed: bool = False


class CardWithdrawn(Event):
    """A card left the board, with the reason; its decision, if it had one, goes with it."""

    kind: Literal["card_withdrawn"] = "card_withdrawn"
    undoable: ClassVar[bool] = True
    card: Project
    rank: int
    reason: str
    decision: Decision | None = None
    asked_by: str = ""


class DecisionsMade(Event):
    """Cards were decided, one or many at once; `old` holds the decisions that stood before, where there were any."""

    kind: Literal["decisions_made"] = "decisions_made"
    undoable: ClassVar[bool] = True
    decisions: tuple[Decision, ...]
    old: tuple[Decision, ...] = ()


class DissentRecorded(Event):
    """Somebody disagreed with a decision, and was answered. `round` is the consent round it came from, or 0; `changed`: the decision was amended."""

    kind: Literal["dissent_recorded"] = "dissent_recorded"
    undoable: ClassVar[bool] = True
    card: str
    who: str
    stance: Literal["concern", "objection"]
    text: str
    answer: str
    round: int = 0
    changed: bool = False


class QuestionParked(Event):
    """A question was left for another day."""

    kind: Literal["question_parked"] = "question_parked"
    undoable: ClassVar[bool] = True
    text: str
    card: str = ""
    asked_by: str = ""


class ActionAgreed(Event):
    """Somebody will do something by a date."""

    kind: Literal["action_agreed"] = "action_agreed"
    undoable: ClassVar[bool] = True
    what: str
    who: str
    by_when: str
    card: str = ""


class TeamChanged(Event):
    """A team has other people: as it was and as it is; `old` is None where the team is new."""

    kind: Literal["team_changed"] = "team_changed"
    undoable: ClassVar[bool] = True
    old: Team | None = None
    new: Team
    asked_by: str = ""


class WhatIfKept(Event):
    """Something that was tried on the plan was kept, whole: the order, and the cards and teams that it changed, as they were and as they are.

    A card only in `old_cards` left the board, one only in `new_cards` came to it. `sentence` says what was tried, `effect` what it changed.
    """

    kind: Literal["what_if_kept"] = "what_if_kept"
    undoable: ClassVar[bool] = True
    sentence: str
    effect: str = ""
    old_order: tuple[str, ...]
    new_order: tuple[str, ...]
    old_cards: tuple[Project, ...] = ()
    new_cards: tuple[Project, ...] = ()
    old_teams: tuple[Team, ...] = ()
    new_teams: tuple[Team, ...] = ()
    old_decisions: tuple[Decision, ...] = ()
    asked_by: str = ""


class Undone(Event):
    """The event with this seq was taken back."""

    kind: Literal["undone"] = "undone"
    undoes: int


class Redone(Event):
    """The event with this seq, taken back before, holds again."""

    kind: Literal["redone"] = "redone"
    redoes: int


def _kinds() -> dict[str, type[Event]]:
    """Return every event class by its kind."""
    return {cls.model_fields["kind"].default: cls for cls in Event.__subclasses__()}


KINDS = _kinds()

class Recorded(NamedTuple):
    """An event as it stands in the record.

    `seq` counts from 1 and is the only order; `at` is the wall clock in UTC, as shown, never sorted by; `by` the participant who drove the keys;
    `elapsed` the seconds of the session, from a clock that never runs backwards.
    """

    seq: int
    at: str
    by: str
    elapsed: int
    event: Event

    def as_record(self) -> dict[str, Any]:
        """Return the plain dict that the journal stores. Fields at their default are left out but for the kind and the schema's version."""
        event = self.event
        fields = event.model_dump(mode="json", exclude_defaults=True)
        record = {
            "seq": self.seq,
            "at": self.at,
            "by": self.by,
            "elapsed": self.elapsed,
            "kind": event.kind,
            **fields,  # without the kind, which is a default
        }
        if isinstance(self.event, SessionOpened):
            # Left out, it would one day be read as the version of that day.
            record["schema_version"] = self.event.schema_version
        return record


_VALIDATORS: dict[type[Event], TypeAdapter[Any]] = {cls: TypeAdapter(cls) for cls in KINDS.values()}


def _check_schema(version: object) -> None:
    """Refuse a session that was written by a newer version of these classes, or that does not say by which."""
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise RecordError("The first record does not say which version of Quarterdeck's schema it was written in.")
    if version > SCHEMA:
        raise RecordError(f"The session was written by a newer Quarterdeck (schema {version}, this one knows {SCHEMA}).")


def recorded_from(record: dict[str, Any]) -> Recorded:
    """Read one stored record.

    Raises:
        RecordError: the kind is unknown, the schema newer than ours, or a field is not what it should be.
    """
    kind = record.get("kind")
    cls = KINDS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise RecordError(
            f"{_named(record)} is of a kind that this version of Quarterdeck does not know: open the session with a newer version."
        )
    if cls is SessionOpened:
        _check_schema(record.get("schema_version"))
    body = record.copy()
    body.pop("chain", None)
    try:
        seq, at, by, elapsed = body.pop("seq"), body.pop("at"), body.pop("by"), body.pop("elapsed")
        event: Event = _VALIDATORS[cls].validator.validate_python(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = clean(".".join(str(part) for part in first["loc"]), 100)
        raise RecordError(f"{_named(record)}: the field {where} is not as it should be ({first['msg']}).") from None
    except KeyError:
        raise RecordError(f"{_named(record)} lacks its seq, time, author or seconds.") from None
    if not (type(seq) is int and type(at) is str and type(by) is str and type(elapsed) is int):
        raise RecordError(f"{_named(record)}: its seq and seconds must be whole numbers, its time and author texts.")
    return Recorded(seq, at, by, elapsed, event)


def _named(record: dict[str, Any]) -> str:
    """Name a record in a sentence that refuses it: nothing in it was checked yet."""
    seq, kind = record.get("seq"), record.get("kind")
    number = str(seq) if type(seq) is int and abs(seq) < 10**9 else "without a number"
    return f"Record {number} ({clean(kind, 40) if isinstance(kind, str) else 'no kind'})"
