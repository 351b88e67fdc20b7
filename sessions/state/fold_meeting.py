"""What each event of the meeting does to the session: people, phases, timer, rounds, discussions. Undo leaves these alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sessions.record import events as ev
from sessions.record.base import Event
from sessions.record.codec import Recorded
from sessions.state.builder import SessionBuilder
from sessions.state.proposed_moves import ProposalStatus, ProposedMove
from sessions.state.rounds import Round, Talk
from sessions.state.timer import PhaseUse, Timer


def _set_person(builder: SessionBuilder, event: ev.ParticipantAdded | ev.ParticipantChanged, _: Recorded) -> None:
    person = event.participant if isinstance(event, ev.ParticipantAdded) else event.new
    builder.people = {**builder.people, person.id: person}


def _mark_attendance(builder: SessionBuilder, event: ev.AttendanceMarked, _: Recorded) -> None:
    proxies = {person: proxy for person, proxy in builder.proxies.items() if person != event.person}
    if event.new == "proxy":
        proxies[event.person] = event.proxy
    builder.proxies = proxies
    builder.presence = {**builder.presence, event.person: event.new}


def _name_decider(builder: SessionBuilder, event: ev.DeciderNamed, _: Recorded) -> None:
    builder.decider = event.person


def _override_quorum(builder: SessionBuilder, event: ev.QuorumOverridden, _: Recorded) -> None:
    builder.quorum_override = event.reason


def _choose_asker(builder: SessionBuilder, event: ev.AskerChosen, _: Recorded) -> None:
    builder.asker = event.person


def _start_phase(builder: SessionBuilder, event: ev.PhaseStarted, recorded: Recorded) -> None:
    use = {**builder.phase_use, builder.phase: PhaseUse(builder.timer.planned, event.used)}
    earlier = use.get(event.phase)
    planned = earlier.planned if earlier and earlier.planned else event.planned
    builder.timer = Timer(planned, earlier.used if earlier else 0, recorded.elapsed)
    builder.phase, builder.phase_use = event.phase, use


def _start_timer(builder: SessionBuilder, _: ev.TimerStarted, recorded: Recorded) -> None:
    builder.timer = Timer(builder.timer.planned, builder.timer.used, recorded.elapsed)


def _stop_timer(builder: SessionBuilder, event: ev.TimerStopped, _: Recorded) -> None:
    builder.timer = Timer(builder.timer.planned, event.used)


def _add_time(builder: SessionBuilder, event: ev.TimeAdded, _: Recorded) -> None:
    timer = builder.timer
    builder.timer = Timer(timer.planned + event.seconds, timer.used, timer.since)


def _set_minutes(builder: SessionBuilder, event: ev.PhaseMinutesSet, _: Recorded) -> None:
    builder.phase_minutes = dict(event.minutes)
    timer = builder.timer
    if timer.planned and builder.phase in builder.phase_minutes:
        builder.timer = Timer(builder.phase_minutes[builder.phase] * 60, timer.used, timer.since)
    new = {phase: minutes * 60 for phase, minutes in event.minutes}
    builder.phase_use = {phase: PhaseUse(new.get(phase, each.planned), each.used) for phase, each in builder.phase_use.items()}


def _open_round(builder: SessionBuilder, event: ev.RoundOpened, _: Recorded) -> None:
    builder.rounds = (*builder.rounds, Round(event))


def _seal_ballot(builder: SessionBuilder, event: ev.BallotSealed, _: Recorded) -> None:
    round_ = builder.rounds[event.round - 1]
    seals, entered = {**round_.seals, event.voice: event.seal}, {**round_.entered, event.voice: event}
    builder.change_round(event.round, seals=seals, entered=entered)


def _reveal_ballots(builder: SessionBuilder, event: ev.BallotsRevealed, _: Recorded) -> None:
    builder.change_round(event.round, revealed=event)


def _set_voting_time(builder: SessionBuilder, event: ev.VotingTimeSet, _: Recorded) -> None:
    opened = builder.rounds[event.round - 1].opened.model_copy(update={"until": event.until})
    builder.change_round(event.round, opened=opened, over=event.over)


def _drop_round(builder: SessionBuilder, event: ev.RoundDropped, _: Recorded) -> None:
    builder.change_round(event.round, dropped=True)


def _open_discussion(builder: SessionBuilder, event: ev.TalkOpened, recorded: Recorded) -> None:
    builder.talks = (*builder.talks, Talk(event.card, recorded.elapsed, event.planned, begun=recorded.seq, rounds=len(builder.rounds)))


def _close_discussion(builder: SessionBuilder, event: ev.TalkClosed, _: Recorded) -> None:
    talk = builder.talks[-1]
    if talk.card != event.card or talk.closed is not None:
        raise ValueError(event.card)
    builder.talks = (*builder.talks[:-1], talk._replace(closed=event))


def _put_off_discussion(builder: SessionBuilder, event: ev.TalkPutOff, _: Recorded) -> None:
    talk = builder.talks[-1]
    if talk.card != event.card or talk.closed is not None:
        raise ValueError(event.card)
    builder.talks = builder.talks[:-1]


def _propose_move(builder: SessionBuilder, event: ev.MoveProposed, _: Recorded) -> None:
    if event.proposal != len(builder.proposed_moves) + 1:
        raise ValueError(event.proposal)
    builder.proposed_moves = (*builder.proposed_moves, ProposedMove(event))


def _end_proposal(builder: SessionBuilder, number: int, status: ProposalStatus, recorded: Recorded) -> None:
    """Write what became of a proposal. Raises ValueError if it is not open."""
    known = builder.proposed_moves
    if not 1 <= number <= len(known) or known[number - 1].status != "open":
        raise ValueError(number)
    builder.proposed_moves = (*known[: number - 1], known[number - 1]._replace(status=status, answered=recorded.seq), *known[number:])


def _answer_proposal(builder: SessionBuilder, event: ev.ProposalAnswered, recorded: Recorded) -> None:
    _end_proposal(builder, event.proposal, "accepted" if event.accepted else "declined", recorded)


def _set_free_mode(builder: SessionBuilder, event: ev.FreeModeSet, _: Recorded) -> None:
    builder.free_movers = event.new


def _close_session(builder: SessionBuilder, event: ev.SessionClosed, recorded: Recorded) -> None:
    # Closing leaves the last phase, so its use is counted here.
    timer = Timer(builder.timer.planned, builder.timer.used_at(recorded.elapsed))
    builder.timer = timer
    builder.phase_use = {**builder.phase_use, builder.phase: PhaseUse(timer.planned, timer.used)}
    builder.closed_at, builder.close_rules, builder.close_override = recorded.at, event.rules, event.override


def _reopen_session(builder: SessionBuilder, _: ev.SessionReopened, __: Recorded) -> None:
    builder.closed_at, builder.close_rules, builder.close_override = "", (), ""


def _rename_session(builder: SessionBuilder, event: ev.SessionRenamed, _: Recorded) -> None:
    builder.title = event.title


def _archive_session(builder: SessionBuilder, event: ev.SessionArchived, _: Recorded) -> None:
    builder.archived = event.archived


def _take_over_session(_: SessionBuilder, __: ev.SessionTakenOver, ___: Recorded) -> None:
    """Change nothing: the store knows who leads."""


MEETING: dict[type[Event], Callable[[SessionBuilder, Any, Recorded], None]] = {
    ev.ParticipantAdded: _set_person,
    ev.ParticipantChanged: _set_person,
    ev.AttendanceMarked: _mark_attendance,
    ev.DeciderNamed: _name_decider,
    ev.QuorumOverridden: _override_quorum,
    ev.AskerChosen: _choose_asker,
    ev.PhaseStarted: _start_phase,
    ev.TimerStarted: _start_timer,
    ev.TimerStopped: _stop_timer,
    ev.TimeAdded: _add_time,
    ev.PhaseMinutesSet: _set_minutes,
    ev.RoundOpened: _open_round,
    ev.BallotSealed: _seal_ballot,
    ev.BallotsRevealed: _reveal_ballots,
    ev.VotingTimeSet: _set_voting_time,
    ev.RoundDropped: _drop_round,
    ev.TalkOpened: _open_discussion,
    ev.TalkClosed: _close_discussion,
    ev.TalkPutOff: _put_off_discussion,
    ev.MoveProposed: _propose_move,
    ev.ProposalWithdrawn: lambda builder, event, recorded: _end_proposal(builder, event.proposal, "withdrawn", recorded),
    ev.ProposalAnswered: _answer_proposal,
    ev.FreeModeSet: _set_free_mode,
    ev.SessionClosed: _close_session,
    ev.SessionReopened: _reopen_session,
    ev.SessionRenamed: _rename_session,
    ev.SessionArchived: _archive_session,
    ev.SessionTakenOver: _take_over_session,
}
"""Every event that undo does not touch, except for the first one and undo itself."""

HOUSEKEEPING = frozenset({ev.SessionRenamed, ev.SessionArchived})
"""Events that concern the library: they leave the time of the latest action, by which it sorts its sessions."""
