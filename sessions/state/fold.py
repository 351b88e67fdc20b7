"""How events make a session: `fold` one by one, `replay` all.

What a board action does and how it is taken back stands in `board_folding`; here is the rest: the beginning, undo and redo, the room.
An event that is not known here is an error: a record is never read as less than it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sessions.errors import RecordError
from sessions.record import events as ev
from sessions.record.events import Event, Recorded
from sessions.state.fold_board import BOARD, with_round
from sessions.state.fold_fast import Run, not_next, not_there
from sessions.state.session import PhaseUse, Round, Session, Step, Talk, Timer


def begin(recorded: Recorded) -> Session:
    """Make the session that a `session_opened` describes.

    Raises:
        RecordError: the event is another one.
    """
    event = recorded.event
    if not isinstance(event, ev.SessionOpened):
        raise RecordError(f"The record begins with {event.kind}, not with session_opened: it is not a whole session.")
    portfolio = event.portfolio
    order = tuple(project.id for project in portfolio.projects)
    decider = next((person.id for person in portfolio.participants if person.seat == "decider" and person.side == "business"), "")
    return Session(
        id=event.session,
        title=event.title,
        quarter=event.quarter,
        facilitator=event.facilitator,
        minutes=event.minutes,
        source=event.source,
        opened_at=recorded.at,
        portfolio=portfolio,
        cards={project.id: project for project in portfolio.projects},
        order=order,
        first_order=order,
        first_ranks={card: rank for rank, card in enumerate(order, 1)},
        people={person.id: person for person in portfolio.participants},
        teams=portfolio.teams,
        decider=decider,
        seq=recorded.seq,
        at=recorded.at,
        elapsed=recorded.elapsed,
    )


def fold(session: Session, recorded: Recorded) -> Session:
    """Return the session after one more event.

    Raises:
        RecordError: the event does not follow on the session, or is not known.
    """
    event = recorded.event
    if recorded.seq != session.seq + 1:
        raise not_next(recorded, session.seq)
    try:
        if type(event) in BOARD:
            after = BOARD[type(event)][0](session, event)
            after.__dict__.update(done=Step(recorded, session.done), undone=None)
        elif isinstance(event, ev.Undone):
            after = _undo(session, event)
        elif isinstance(event, ev.Redone):
            after = _redo(session, event)
        else:
            after = ROOM[type(event)](session, event, recorded)
    except (KeyError, IndexError, ValueError):
        raise not_there(recorded) from None
    # `after` is a value of our own making that nobody has seen yet: stamping it in place saves a second copy per event.
    after.__dict__.update(seq=recorded.seq, at=recorded.at, elapsed=recorded.elapsed)
    return after


def replay(recordeds: Iterable[Recorded]) -> Session:
    """Fold a whole record.

    Raises:
        RecordError: there is nothing to fold, or an event does not follow.
    """
    stream = iter(recordeds)
    first = next(stream, None)
    if first is None:
        raise RecordError("The record is empty: there is no session in it.")
    session = begin(first)
    following = next(stream, None)
    while following is not None:
        run = Run(session)
        following = run.take(following, stream)
        session = run.session()
        if following is not None:
            session = fold(session, following)
            following = next(stream, None)
    return session


def _undo(session: Session, event: ev.Undone) -> Session:
    step = session.done
    if step is None or step.recorded.seq != event.undoes:
        raise RecordError(f"Record {session.seq + 1} takes back record {event.undoes}, which is not the latest that holds.")
    before = BOARD[type(step.recorded.event)][1](session, step.recorded.event)
    before.__dict__.update(done=step.earlier, undone=Step(step.recorded, session.undone))
    return before


def _redo(session: Session, event: ev.Redone) -> Session:
    step = session.undone
    if step is None or step.recorded.seq != event.redoes:
        raise RecordError(f"Record {session.seq + 1} brings back record {event.redoes}, which is not the latest taken back.")
    after = BOARD[type(step.recorded.event)][0](session, step.recorded.event)
    after.__dict__.update(done=Step(step.recorded, session.done), undone=step.earlier)
    return after


# --- the room: people, phases, ballots; not undone by `u`


def _mark(session: Session, event: ev.AttendanceMarked, _: Recorded) -> Session:
    proxies = {person: proxy for person, proxy in session.proxies.items() if person != event.person}
    if event.new == "proxy":
        proxies[event.person] = event.proxy
    return session.evolve(presence={**session.presence, event.person: event.new}, proxies=proxies)


def _person(session: Session, event: ev.ParticipantAdded | ev.ParticipantChanged, _: Recorded) -> Session:
    person = event.participant if isinstance(event, ev.ParticipantAdded) else event.new
    return session.evolve(people={**session.people, person.id: person})


def _start_phase(session: Session, event: ev.PhaseStarted, recorded: Recorded) -> Session:
    use = {**session.phase_use, session.phase: PhaseUse(session.timer.planned, event.used)}
    earlier = use.get(event.phase)
    planned = earlier.planned if earlier and earlier.planned else event.planned
    timer = Timer(planned, earlier.used if earlier else 0, recorded.elapsed)
    return session.evolve(phase=event.phase, timer=timer, phase_use=use)


def _start_timer(session: Session, _: ev.TimerStarted, recorded: Recorded) -> Session:
    return session.evolve(timer=Timer(session.timer.planned, session.timer.used, recorded.elapsed))


def _stop_timer(session: Session, event: ev.TimerStopped, _: Recorded) -> Session:
    return session.evolve(timer=Timer(session.timer.planned, event.used))


def _add_time(session: Session, event: ev.TimeAdded, _: Recorded) -> Session:
    timer = session.timer
    return session.evolve(timer=Timer(timer.planned + event.seconds, timer.used, timer.since))


def _seal(session: Session, event: ev.BallotSealed, _: Recorded) -> Session:
    round_ = session.rounds[event.round - 1]
    seals, entered = {**round_.seals, event.voice: event.seal}, {**round_.entered, event.voice: event}
    return with_round(session, event.round, seals=seals, entered=entered)


def _open_talk(session: Session, event: ev.TalkOpened, recorded: Recorded) -> Session:
    return session.evolve(talks=(*session.talks, Talk(event.card, recorded.elapsed, event.planned)))


def _close_talk(session: Session, event: ev.TalkClosed, _: Recorded) -> Session:
    talk = session.talks[-1]
    if talk.card != event.card or talk.closed is not None:
        raise ValueError(event.card)
    return session.evolve(talks=(*session.talks[:-1], talk._replace(closed=event)))


def _close(session: Session, event: ev.SessionClosed, recorded: Recorded) -> Session:
    # The last phase is left by closing, not by a phase that follows: its use is counted here.
    timer = Timer(session.timer.planned, session.timer.used_at(recorded.elapsed))
    use = {**session.phase_use, session.phase: PhaseUse(timer.planned, timer.used)}
    return session.evolve(closed_at=recorded.at, timer=timer, phase_use=use, close_rules=event.rules, close_override=event.override)


ROOM: dict[type[Event], Callable[[Session, Any, Recorded], Session]] = {
    ev.ParticipantAdded: _person,
    ev.ParticipantChanged: _person,
    ev.AttendanceMarked: _mark,
    ev.DeciderNamed: lambda session, event, _: session.evolve(decider=event.person),
    ev.QuorumOverridden: lambda session, event, _: session.evolve(quorum_override=event.reason),
    ev.AskerChosen: lambda session, event, _: session.evolve(asker=event.person),
    ev.PhaseStarted: _start_phase,
    ev.TimerStarted: _start_timer,
    ev.TimerStopped: _stop_timer,
    ev.TimeAdded: _add_time,
    ev.RoundOpened: lambda session, event, _: session.evolve(rounds=(*session.rounds, Round(event))),
    ev.BallotSealed: _seal,
    ev.BallotsRevealed: lambda session, event, _: with_round(session, event.round, revealed=event),
    ev.RoundDropped: lambda session, event, _: with_round(session, event.round, dropped=True),
    ev.TalkOpened: _open_talk,
    ev.TalkClosed: _close_talk,
    ev.SessionClosed: _close,
}
