"""How events make a session: `fold` one by one, `replay` all.

Every undoable event has a pair of functions here, what it does and how it is taken back; both use only what stands in the event itself.
An event that is not known here is an error: a record is never read as less than it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from sessions.errors import RecordError
from sessions.portfolio.models import Project, Team
from sessions.record import events as ev
from sessions.record.events import Event, Recorded
from sessions.state import PhaseUse, Round, Session, Step, Timer, Withdrawn

Change = Callable[[Session, Any], Session]


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
    """Give the session after one more event.

    Raises:
        RecordError: the event does not follow on the session, or is not known.
    """
    event = recorded.event
    if recorded.seq != session.seq + 1:
        raise RecordError(f"Record {recorded.seq} does not follow on record {session.seq}.")
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
        raise _not_there(recorded) from None
    # `after` is a value of our own making that nobody has seen yet: stamping it in place saves a second copy per event.
    after.__dict__.update(seq=recorded.seq, at=recorded.at, elapsed=recorded.elapsed)
    return after


def _not_there(recorded: Recorded) -> RecordError:
    # A card, a rank, a round: the record was not made by the rules of the session.
    return RecordError(f"Record {recorded.seq} ({recorded.event.kind}) speaks of something that is not in the session.")


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
    for moves, run in groupby(stream, key=_is_move):
        if moves:
            session = _fold_moves(session, run)
        else:
            for recorded in run:
                session = fold(session, recorded)
    return session


def _is_move(recorded: Recorded) -> bool:
    return type(recorded.event) is ev.CardMoved


def _fold_moves(session: Session, run: Iterable[Recorded]) -> Session:
    """Fold a run of moves as `fold` would one by one, without a session between them: most of a long record is moves."""
    order, done, recorded = list(session.order), session.done, None
    for seq, recorded in enumerate(run, session.seq + 1):
        event = recorded.event
        assert isinstance(event, ev.CardMoved)
        if recorded.seq != seq:
            raise RecordError(f"Record {recorded.seq} does not follow on record {seq - 1}.")
        if event.card not in session.cards or not 1 <= event.new <= len(order):
            raise _not_there(recorded)
        order.remove(event.card)
        order.insert(event.new - 1, event.card)
        done = Step(recorded, done)
    assert recorded is not None
    return session.evolve(order=tuple(order), done=done, undone=None, seq=recorded.seq, at=recorded.at, elapsed=recorded.elapsed)


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


# --- the board: what an event does, and how it is taken back


def moved(order: tuple[str, ...], card: str, rank: int) -> tuple[str, ...]:
    """Give the order with a card moved to a rank. Raises ValueError where the card or the rank is not on the board."""
    at = order.index(card)
    to = rank - 1
    if not 0 <= to < len(order):
        raise ValueError(rank)
    if to < at:
        return (*order[:to], card, *order[to:at], *order[at + 1 :])
    return (*order[:at], *order[at + 1 : to + 1], card, *order[to + 1 :])


def _with_card(session: Session, card: Project, rank: int) -> Session:
    order = session.order
    if card.id in session.cards or not 1 <= rank <= len(order) + 1:
        raise ValueError(rank)
    return session.evolve(cards={**session.cards, card.id: card}, order=(*order[: rank - 1], card.id, *order[rank - 1 :]))


def _without_card(session: Session, card: str) -> Session:
    cards = dict(session.cards)
    del cards[card]
    return session.evolve(cards=cards, order=tuple(each for each in session.order if each != card))


def _split(session: Session, event: ev.CardSplit) -> Session:
    return _with_card(_replaced(session, event.first), event.second, event.rank + 1)


def _replaced(session: Session, card: Project) -> Session:
    return session.evolve(cards={**session.cards, card.id: card})


def _withdraw(session: Session, event: ev.CardWithdrawn) -> Session:
    after = _without_card(session, event.card.id)
    decisions = {card: decision for card, decision in session.decisions.items() if card != event.card.id}
    after.__dict__.update(withdrawn={**session.withdrawn, event.card.id: Withdrawn(event.card, event.reason)}, decisions=decisions)
    return after


def _bring_back(session: Session, event: ev.CardWithdrawn) -> Session:
    after = _with_card(session, event.card, event.rank)
    after.__dict__["withdrawn"] = {card: each for card, each in session.withdrawn.items() if card != event.card.id}
    if event.decision:
        after.__dict__["decisions"] = {**session.decisions, event.card.id: event.decision}
    return after


def _decide(session: Session, event: ev.DecisionsMade) -> Session:
    return session.evolve(decisions={**session.decisions, **{each.card: each for each in event.decisions}})


def _undecide(session: Session, event: ev.DecisionsMade) -> Session:
    decided = {each.card for each in event.decisions}
    kept = {card: each for card, each in session.decisions.items() if card not in decided}
    return session.evolve(decisions={**kept, **{each.card: each for each in event.old}})


def _add_outcome(session: Session, event: ev.GroupOrderTaken | ev.BoardKept) -> Session:
    return _with_round(session, event.round, outcomes=(*session.rounds[event.round - 1].outcomes, event))


def _drop_outcome(session: Session, event: ev.GroupOrderTaken | ev.BoardKept) -> Session:
    return _with_round(session, event.round, outcomes=session.rounds[event.round - 1].outcomes[:-1])


def _take_order(session: Session, event: ev.GroupOrderTaken) -> Session:
    return _add_outcome(session, event).evolve(order=event.new)


def _give_order_back(session: Session, event: ev.GroupOrderTaken) -> Session:
    return _drop_outcome(session, event).evolve(order=event.old)


def _change_team(session: Session, old: Team | None, new: Team | None) -> Session:
    """Give the session with a team replaced in its place, added at the end, or taken away."""
    if old is None:
        return session.evolve(teams=(*session.teams, new))
    if not any(team.id == old.id for team in session.teams):
        raise KeyError(old.id)
    teams = tuple(new if team.id == old.id else team for team in session.teams)
    return session.evolve(teams=tuple(team for team in teams if team is not None))


def _keep_what_if(session: Session, event: ev.WhatIfKept) -> Session:
    after = _swapped(session, event.old_cards, event.new_cards, event.old_teams, event.new_teams, event.new_order)
    gone = {card.id: card for card in event.old_cards} | {card.id: None for card in event.new_cards}
    left = {card_id: Withdrawn(card, event.sentence) for card_id, card in gone.items() if card is not None}
    decisions = {card: each for card, each in session.decisions.items() if card not in left}
    return after.evolve(withdrawn={**session.withdrawn, **left}, decisions=decisions) if left else after


def _give_what_if_back(session: Session, event: ev.WhatIfKept) -> Session:
    before = _swapped(session, event.new_cards, event.old_cards, event.new_teams, event.old_teams, event.old_order)
    withdrawn = {card: each for card, each in session.withdrawn.items() if card not in before.cards}
    return before.evolve(withdrawn=withdrawn, decisions={**session.decisions, **{each.card: each for each in event.old_decisions}})


def _swapped(
    session: Session,
    out: tuple[Project, ...],
    into: tuple[Project, ...],
    teams_out: tuple[Team, ...],
    teams_into: tuple[Team, ...],
    order: tuple[str, ...],
) -> Session:
    cards = dict(session.cards)
    for card in out:
        del cards[card.id]
    cards.update({card.id: card for card in into})
    if sorted(order) != sorted(cards):
        raise KeyError("order")
    after = session.evolve(cards=cards, order=order)
    for old, new in zip(teams_out, teams_into, strict=True):
        after = _change_team(after, old, new)
    return after


def _appended(name: str) -> Change:
    return lambda session, event: session.evolve(**{name: (*getattr(session, name), event)})


def _shortened(name: str) -> Change:
    return lambda session, event: session.evolve(**{name: getattr(session, name)[:-1]})


BOARD: dict[type[Event], tuple[Change, Change]] = {
    ev.CardMoved: (
        lambda session, event: session.evolve(order=moved(session.order, event.card, event.new)),
        lambda session, event: session.evolve(order=moved(session.order, event.card, event.old)),
    ),
    ev.CardAdded: (
        lambda session, event: _with_card(session, event.card, event.rank),
        lambda session, event: _without_card(session, event.card.id),
    ),
    ev.CardEdited: (
        lambda session, event: _replaced(session, event.new),
        lambda session, event: _replaced(session, event.old),
    ),
    ev.CardSplit: (_split, lambda session, event: _replaced(_without_card(session, event.second.id), event.old)),
    ev.CardWithdrawn: (_withdraw, _bring_back),
    ev.DecisionsMade: (_decide, _undecide),
    ev.GroupOrderTaken: (_take_order, _give_order_back),
    ev.BoardKept: (_add_outcome, _drop_outcome),
    ev.TeamChanged: (
        lambda session, event: _change_team(session, event.old, event.new),
        lambda session, event: _change_team(session, event.new, event.old),
    ),
    ev.WhatIfKept: (_keep_what_if, _give_what_if_back),
    ev.NoteAdded: (_appended("notes"), _shortened("notes")),
    ev.DissentRecorded: (_appended("dissents"), _shortened("dissents")),
    ev.QuestionParked: (_appended("parked"), _shortened("parked")),
    ev.ActionAgreed: (_appended("actions"), _shortened("actions")),
}


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


def _with_round(session: Session, number: int, **changes: Any) -> Session:  # noqa: ANN401 - the fields of Round
    if number < 1:
        raise ValueError(number)
    old = session.rounds[number - 1]
    fields = {name: getattr(old, name) for name in Round.__slots__}
    new = Round(**{**fields, **changes})
    return session.evolve(rounds=(*session.rounds[: number - 1], new, *session.rounds[number:]))


def _seal(session: Session, event: ev.BallotSealed, _: Recorded) -> Session:
    return _with_round(session, event.round, seals={**session.rounds[event.round - 1].seals, event.voice: event.seal})


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
    ev.BallotsRevealed: lambda session, event, _: _with_round(session, event.round, revealed=event),
    ev.RoundDropped: lambda session, event, _: _with_round(session, event.round, dropped=True),
    ev.SessionClosed: lambda session, _, recorded: _close(session, recorded),
}


def _close(session: Session, recorded: Recorded) -> Session:
    # The last phase is left by closing, not by a phase that follows: its use is counted here.
    timer = Timer(session.timer.planned, session.timer.used_at(recorded.elapsed))
    use = {**session.phase_use, session.phase: PhaseUse(timer.planned, timer.used)}
    return session.evolve(closed_at=recorded.at, timer=timer, phase_use=use)
