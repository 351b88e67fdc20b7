"""What can happen in the meeting: its end, people, phases and the timer.

Undo leaves these events alone, except for people who were taken in.
"""

from sessions.portfolio.models import Participant, Side
from sessions.record.base import Event
from sessions.record.choices import Phase, Presence


class SessionClosed(Event):
    """The session was closed, with these cards left without a decision; `override` is the reason for closing it against a rule."""

    kind = "session_closed"
    undecided: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    override: str = ""


class SessionReopened(Event):
    """A closed session is open again, in the phase in which it was closed."""

    kind = "session_reopened"


class SessionRenamed(Event):
    """The session has another title."""

    kind = "session_renamed"
    title: str
    old: str


class SessionArchived(Event):
    """The library lists the session only on request; or, if not `archived`, with the others again."""

    kind = "session_archived"
    archived: bool = True


class SessionTakenOver(Event):
    """The session is led from another window than the `old` one, which could not be reached or handed it over."""

    kind = "session_taken_over"
    old: str


class PeopleTakenIn(Event):
    """People were added together, by lines or from a file, `present` or only expected.

    `old` and `new` are those who were there, as they were and as the file has them. `decider` is who decides from here on, if no one did before.
    """

    kind = "people_taken_in"
    undoable = True
    joined: tuple[Participant, ...] = ()
    present: bool = False
    old: tuple[Participant, ...] = ()
    new: tuple[Participant, ...] = ()
    decider: str = ""


class ParticipantAdded(Event):
    """A person joined the session by themselves."""

    kind = "participant_added"
    participant: Participant


class ParticipantChanged(Event):
    """A role, side or seat was corrected."""

    kind = "participant_changed"
    old: Participant
    new: Participant


class AttendanceMarked(Event):
    """A person is present, away, or represented by `proxy`."""

    kind = "attendance_marked"
    person: str
    old: Presence
    new: Presence
    proxy: str = ""


class DeciderNamed(Event):
    """Exactly one voter of the business decides; `old` is empty if no one did before."""

    kind = "decider_named"
    person: str
    old: str = ""


class QuorumOverridden(Event):
    """The room continues without a quorum; decisions are provisional from here (METHOD 2.3)."""

    kind = "quorum_overridden"
    reason: str
    missing: tuple[Side, ...]


class PhaseStarted(Event):
    """The session moved to a phase. `planned` is its seconds, `used` the seconds that the phase it left has used in all."""

    kind = "phase_started"
    phase: Phase
    old: Phase
    planned: int
    used: int


class TimerStarted(Event):
    """The phase's timer runs."""

    kind = "timer_started"


class TimerStopped(Event):
    """The phase's timer stopped. `used` is the phase's seconds so far."""

    kind = "timer_stopped"
    used: int


class TimeAdded(Event):
    """The phase was given more seconds."""

    kind = "time_added"
    seconds: int


class PhaseMinutesSet(Event):
    """The room gave phases other minutes than their share of the meeting: all those set now, and all those set before."""

    kind = "phase_minutes_set"
    minutes: tuple[tuple[Phase, int], ...]
    old: tuple[tuple[Phase, int], ...] = ()


class AskerChosen(Event):
    """From now on, moves are recorded as this person's request; empty means no one in particular."""

    kind = "asker_chosen"
    person: str
    old: str
