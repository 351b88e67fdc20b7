"""The card that an event is about, which the replay selects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sessions.record import events as ev
from sessions.record.events import Event, Recorded


def subject_of_event(recordeds: Sequence[Recorded], event: Event) -> str:
    """Return the id of the one card that an event is about, or an empty text."""
    return SUBJECTS[type(event)](recordeds, event)


def came_from(recordeds: Sequence[Recorded], event: Event) -> int:
    """Return the rank from which an event took its card, or 0 if it moved none."""
    match event:
        case ev.CardMoved(old=old):
            return old
        case ev.Redone(redoes=seq) if 0 < seq <= len(recordeds):
            return came_from(recordeds, recordeds[seq - 1].event)
        case ev.Undone(undoes=seq) if 0 < seq <= len(recordeds):
            undone = recordeds[seq - 1].event
            return undone.new if isinstance(undone, ev.CardMoved) else 0
    return 0


def _subject_of_record(recordeds: Sequence[Recorded], seq: int) -> str:
    """Return the card that an undone or redone event is about."""
    return subject_of_event(recordeds, recordeds[seq - 1].event) if 0 < seq <= len(recordeds) else ""


def _subject_of_reveal(recordeds: Sequence[Recorded], event: ev.BallotsRevealed) -> str:
    opened = (each.event for each in recordeds if isinstance(each.event, ev.RoundOpened) and each.event.round == event.round)
    return next((subject_of_event(recordeds, each) for each in opened), "")


def _subject_of_proposal(recordeds: Sequence[Recorded], event: ev.ProposalWithdrawn | ev.ProposalAnswered) -> str:
    proposed = (each.event for each in recordeds if isinstance(each.event, ev.MoveProposed) and each.event.proposal == event.proposal)
    return next((each.card for each in proposed), "")


Subject = Callable[[Sequence[Recorded], Any], str]
_CARD: Subject = lambda _, event: event.card  # noqa: E731
_NONE: Subject = lambda _, __: ""  # noqa: E731

SUBJECTS: dict[type[Event], Subject] = {
    ev.SessionOpened: _NONE,
    ev.SessionClosed: _NONE,
    ev.SessionReopened: _NONE,
    ev.SessionRenamed: _NONE,
    ev.SessionArchived: _NONE,
    ev.SessionTakenOver: _NONE,
    ev.ParticipantAdded: _NONE,
    ev.PeopleTakenIn: _NONE,
    ev.ParticipantChanged: _NONE,
    ev.AttendanceMarked: _NONE,
    ev.DeciderNamed: _NONE,
    ev.QuorumOverridden: _NONE,
    ev.PhaseStarted: _NONE,
    ev.TimerStarted: _NONE,
    ev.TimerStopped: _NONE,
    ev.TimeAdded: _NONE,
    ev.PhaseMinutesSet: _NONE,
    ev.AskerChosen: _NONE,
    ev.RoundOpened: lambda _, event: "" if event.asks_order or event.what_ifs or not event.cards else event.cards[0],
    ev.BallotSealed: _NONE,
    ev.BallotsRevealed: _subject_of_reveal,
    ev.VotingTimeSet: _NONE,
    ev.RoundDropped: _NONE,
    ev.GroupOrderTaken: _NONE,
    ev.BoardKept: _NONE,
    ev.TalkOpened: _CARD,
    ev.TalkClosed: _CARD,
    ev.TalkPutOff: _CARD,
    ev.ConsentAnswered: _CARD,
    ev.MoveProposed: _CARD,
    ev.ProposalWithdrawn: _subject_of_proposal,
    ev.ProposalAnswered: _subject_of_proposal,
    ev.FreeModeSet: _NONE,
    ev.CardMoved: _CARD,
    ev.NoteAdded: _CARD,
    ev.CardAdded: lambda _, event: event.card.id,
    ev.CardEdited: lambda _, event: event.new.id,
    ev.CardsMoved: lambda _, event: event.cards[0],
    ev.CardsMerged: lambda _, event: event.merged.id,
    ev.CardSplit: lambda _, event: event.first.id,
    ev.CardWithdrawn: lambda _, event: event.card.id,
    ev.DecisionsMade: lambda _, event: event.decisions[0].card if len(event.decisions) == 1 else "",
    ev.DissentRecorded: _CARD,
    ev.QuestionParked: _CARD,
    ev.ActionAgreed: _CARD,
    ev.TeamChanged: _NONE,
    ev.WhatIfKept: _NONE,
    ev.WhatIfNamed: _NONE,
    ev.LineDrawn: _NONE,
    ev.NextSessionSet: _NONE,
    ev.ObjectivesChanged: _NONE,
    ev.ObjectivesConfirmed: _NONE,
    ev.OutcomesConfirmed: _NONE,
    ev.FateAnswered: lambda _, event: event.new.into,
    ev.CardLinked: _CARD,
    ev.CardDelivered: lambda _, event: event.delivered.card.id,
    ev.AdoptionMeasured: lambda _, event: event.reading.card,
    ev.AdoptionAccepted: _CARD,
    ev.SponsorAnswered: _CARD,
    ev.LeftoverAnswered: _NONE,
    ev.Undone: lambda recordeds, event: _subject_of_record(recordeds, event.undoes),
    ev.Redone: lambda recordeds, event: _subject_of_record(recordeds, event.redoes),
}
"""The subject of every event."""
