"""Narration of rounds, reveals, discussions and consent. Until the reveal a sentence says no more than that a voter has voted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sessions.record import events as ev
from sessions.record.events import Event, Weighting
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.methods.spec import first_titles
from sessions.rounds.words import ANONYMITY_NAMES
from sessions.state.session import Session
from sessions.wording import because, capital, plural, seconds_name, sentence

Narrator = Callable[[Session, Any], str]
"""Returns the sentence of an event; the session is the one before it."""

WEIGHTING_NAMES: dict[Weighting, str] = {"sides": "equal weight for both sides", "person": "one vote per person"}
"""The name of each way of counting."""


def _round_opening(session: Session, event: ev.RoundOpened) -> str:
    spec = spec_of(event.method)
    how = f"{ANONYMITY_NAMES[event.anonymity]}{f', until {event.until}' if event.until else ''}"
    return sentence(f"{spec.short_name(session, event)} opened ({how}): {spec.narrated_opening(session, event)}")


def round_name(session: Session, opened: ev.RoundOpened) -> str:
    """Return the name of a round, also of one that is about to open: Ballot 1, Score round 2 on Checkout."""
    return spec_of(opened.method).short_name(session, opened)


def _vote(session: Session, event: ev.BallotSealed) -> str:
    again = session.rounds[event.round - 1].seals.get(event.voice)
    proxy = f", entered by {session.role(event.entered_by)}" if event.entered_by else ", from a file" if event.way == "file" else ""
    return f"{session.role(event.voice)} has voted{' again' if again else ''}{proxy}."


def _reveal(session: Session, event: ev.BallotsRevealed) -> str:
    round_ = session.rounds[event.round - 1]._replace(revealed=event)
    spec = spec_of(round_.opened.method)
    abstained, silent = sum(ballot.abstained for ballot in event.ballots), sum(spec.silent(ballot) for ballot in event.ballots)
    counts = spec.hands_by_card(event.ballots) if event.hands else None
    chosen = len(event.ballots) - abstained - silent if counts is None else sum(sum(its.values()) for its in counts.values())
    parts = [plural(chosen, "hand" if event.hands else "ballot")]
    parts += [f"{abstained} abstained"] if abstained else []
    parts += [f"{silent} without an opinion"] if silent else []
    parts += [f"{len(event.missing)} did not vote"] if event.missing else []
    outcome = spec.narrated_result(session, round_, event) if chosen else ""
    override = f" Revealed all the same{because(event.override)}." if event.override else ""
    result = f"{round_name(session, round_.opened)} {'counted' if event.hands else 'revealed'}: {', '.join(parts)}{f'; {outcome}' if outcome else ''}"
    return f"{sentence(result)}{' Provisional: there is no quorum.' if event.provisional else ''}{override}"


def _cancellation(session: Session, event: ev.RoundDropped) -> str:
    return sentence(f"{round_name(session, session.rounds[event.round - 1].opened)} was cancelled unread{because(event.reason)}")


def _group_order(session: Session, event: ev.GroupOrderTaken) -> str:
    how = WEIGHTING_NAMES[event.weighting]
    first = first_titles(session, event.new)
    words = sentence(f"The board took the order of ballot {session.ballot_number(event.round)} ({how}): first {first}")
    return f"{words} Overridden: one side made it alone{because(event.override)}." if event.override else words


def _kept_board(session: Session, event: ev.BoardKept) -> str:
    return sentence(f"The board stays as it is after ballot {session.ballot_number(event.round)}{because(event.reason)}")


def _discussion_end(session: Session, event: ev.TalkClosed) -> str:
    how = {"moved": "moved", "kept": "kept where it is", "duel": "settled by a duel", "differ": "the room agrees to differ"}[event.outcome]
    note = f" {sentence(capital(event.note))}" if event.note else ""
    return f"The discussion of {session.title_of(event.card)} ended after {seconds_name(event.used)}: {how}.{note}"


def _consent_answer(session: Session, event: ev.ConsentAnswered) -> str:
    return sentence(f"The decider answers those who do not consent to the decision on {session.title_of(event.card)}: {event.answer}")


def _voting_time(session: Session, event: ev.VotingTimeSet) -> str:
    name = round_name(session, session.rounds[event.round - 1].opened)
    if event.over:
        return f"The time to vote is over: {name}."
    return sentence(f"There is more time to vote{f', until {event.until}' if event.until else ''}: {name}")


ROUND_NARRATORS: dict[type[Event], Narrator] = {
    ev.RoundOpened: _round_opening,
    ev.BallotSealed: _vote,
    ev.BallotsRevealed: _reveal,
    ev.VotingTimeSet: _voting_time,
    ev.RoundDropped: _cancellation,
    ev.GroupOrderTaken: _group_order,
    ev.BoardKept: _kept_board,
    ev.TalkOpened: lambda session, event: f"The room discusses {session.title_of(event.card)}, {seconds_name(event.planned)}.",
    ev.TalkClosed: _discussion_end,
    ev.TalkPutOff: lambda session, event: f"The discussion of {session.title_of(event.card)} was put off: the card is still to be discussed.",
    ev.ConsentAnswered: _consent_answer,
}
