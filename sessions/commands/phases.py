"""Commands on the course of a session: its phases, the timer, the time to vote, and the end (METHOD 2.2)."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, OnTheOpenRound, ReasonNeededError, clean_text, handles
from sessions.errors import SessionError
from sessions.portfolio.models import TITLE_LIMIT
from sessions.record import events as ev
from sessions.record.events import PHASES, CardOutcome, Event, Phase
from sessions.rounds.consent import Consent, consent_of, unresolved
from sessions.state.session import Session
from sessions.state.timer import PHASE_NAMES
from sessions.wording import listed, plural

MOST_MINUTES = 240
"""The most minutes of a phase."""


class StartPhase(Command):
    """Go to a phase, in any order."""

    phase: Phase


class StartTimer(Command):
    """Start the phase's timer."""


class StopTimer(Command):
    """Stop the phase's timer."""


class AddTime(Command):
    """Add seconds to the phase."""

    seconds: int = 120


class SetPhaseMinutes(Command):
    """Set the minutes of phases that differ from their share of the meeting."""

    minutes: dict[Phase, int]


class SetVotingTime(OnTheOpenRound, Command):
    """Set the time until which the open round takes ballots, in words; or end it, so that devices send no more before the reveal."""

    round: int
    until: str = ""
    over: bool = False


class CloseSession(Command):
    """Close the session. Undecided cards need `leave_undecided`, decisions without consent a reason."""

    leave_undecided: bool = False
    override: str = ""


@handles(StartPhase)
def _start(session: Session, command: StartPhase, context: CommandContext) -> list[Event]:
    if command.phase == session.phase:
        return []
    return [*(_left_open(session) if _goes_past_look_back(session, command.phase) else ()), phase_started(session, command.phase, context.elapsed)]


def _goes_past_look_back(session: Session, phase: Phase) -> bool:
    return PHASES.index(session.phase) <= PHASES.index("look_back") < PHASES.index(phase)


def _left_open(session: Session) -> list[Event]:
    """Return the event that leaves earlier decisions open if the room never said their outcome."""
    decisions, said = session.past.decisions if session.past else (), session.outcomes
    left = tuple(CardOutcome(card=each.card, outcome="open") for each in decisions if each.card not in said)
    return [ev.OutcomesConfirmed(outcomes=left)] if left else []


def phase_started(session: Session, phase: Phase, elapsed: int) -> ev.PhaseStarted:
    """Return the event with which a phase begins."""
    planned = session.planned(phase)
    return ev.PhaseStarted(phase=phase, old=session.phase, planned=planned, used=session.timer.used_at(elapsed))


@handles(StartTimer)
def _run(session: Session, _command: StartTimer, _: CommandContext) -> list[Event]:
    return [] if session.timer.since is not None else [ev.TimerStarted()]


@handles(StopTimer)
def _stand(session: Session, _command: StopTimer, context: CommandContext) -> list[Event]:
    return [] if session.timer.since is None else [ev.TimerStopped(used=session.timer.used_at(context.elapsed))]


@handles(AddTime)
def _add(session: Session, command: AddTime, _: CommandContext) -> list[Event]:
    if session.phase == "prepare":
        raise SessionError("The timer starts with the session: go to the next phase first.")
    if not 0 < command.seconds <= 3600:
        raise SessionError("Add at most an hour at a time.")
    return [ev.TimeAdded(seconds=command.seconds)]


@handles(SetPhaseMinutes)
def _set_minutes(session: Session, command: SetPhaseMinutes, _: CommandContext) -> list[Event]:
    phases = [phase for phase in session.phases if phase != "prepare"]
    if wrong := [phase for phase, minutes in command.minutes.items() if phase in phases and not 1 <= minutes <= MOST_MINUTES]:
        raise SessionError(f"{PHASE_NAMES[wrong[0]]} lasts from 1 to {MOST_MINUTES} minutes.")
    new = tuple((phase, command.minutes[phase]) for phase in phases if phase in command.minutes)
    old = tuple(session.phase_minutes.items())
    return [] if new == old else [ev.PhaseMinutesSet(minutes=new, old=old)]


@handles(SetVotingTime)
def _set_voting_time(session: Session, command: SetVotingTime, _: CommandContext) -> list[Event]:
    round_ = session.open_round
    if round_ is None or round_.opened.round != command.round:
        raise SessionError("This ballot is not open any more.")
    old = round_.opened.until
    until = old if command.over else clean_text(command.until, TITLE_LIMIT)
    return [] if (until, command.over) == (old, round_.over) else [ev.VotingTimeSet(round=command.round, old=old, until=until, over=command.over)]


def closing_obstacles(session: Session) -> tuple[str, ...]:
    """Return the obstacles to closing: a decision without consent, a low hand without its sentence (METHOD 2.4)."""
    found = [(card, consent_of(session, card)) for card in unresolved(session)]
    return tuple(_unresolved(session.cards[card].title, consent) for card, consent in found if consent)


def _unresolved(title: str, consent: Consent) -> str:
    low = len(consent.owed)
    lacks = ["consent", "the decider's answer"] if consent.refused else []
    lacks += [f"the {'sentence' if low == 1 else 'sentences'} of {plural(low, 'low hand')}"] if low else []
    return f"{title} lacks {listed(lacks)}"


@handles(CloseSession)
def _close(session: Session, command: CloseSession, _: CommandContext) -> list[Event]:
    if session.open_round:
        raise SessionError("A ballot is open: reveal it or cancel it before the session is closed.")
    rules, override = closing_obstacles(session), clean_text(command.override)
    if rules and not override:
        raise ReasonNeededError(f"Closing now needs a reason: {'; '.join(rules)}.")
    undecided = session.undecided
    if undecided and not command.leave_undecided:
        cards, them = ("1 card has", "it") if len(undecided) == 1 else (f"{len(undecided)} cards have", "them")
        raise ReasonNeededError(f"{cards} no decision: decide on {them}, or close the session and leave {them} open.")
    return [*_left_open(session), ev.SessionClosed(undecided=undecided, rules=rules, override=override if rules else "")]
