"""Narration: one plain sentence for every event of the record.

The sentences are for the replay, the log and the notice of an undo. They show what the room could see at that moment and nothing more: a sealed
ballot "has voted". They hold titles and reasons as typed, so a screen must show them as plain text.
"""

from __future__ import annotations

from itertools import takewhile

from sessions.deciding.line import currency_of_budgets
from sessions.deciding.words import WORD_NAMES, word_counts
from sessions.errors import RecordError
from sessions.record import events as ev
from sessions.record.events import Event, Recorded
from sessions.replay.changes import field_change, team_change
from sessions.replay.narration_people import PEOPLE_NARRATORS, in_a_row
from sessions.replay.narration_phases import PHASE_NARRATORS
from sessions.replay.narration_quarters import QUARTER_NARRATORS
from sessions.replay.narration_room import ROOM_NARRATORS
from sessions.replay.narration_rounds import ROUND_NARRATORS, Narrator
from sessions.state.people_taken_in import why_they_stay
from sessions.state.session import Session
from sessions.wording import because, capital, day_name, listed, money_name, plural, sentence, shortened


def narrate(before: Session | None, recorded: Recorded) -> str:
    """Return the sentence of an event. `before` is the session as it was until then; only `session_opened` has none.

    Raises:
        RecordError: the event comes before the session was opened.
    """
    event = recorded.event
    if isinstance(event, ev.SessionOpened):
        return _opening(event)
    if before is None:
        raise RecordError(f"Record {recorded.seq} ({event.kind}) comes before the session was opened.")
    return NARRATORS[type(event)](before, event)


def _asker_prefix(session: Session, person: str) -> str:
    return f"{session.role(person)} asked: " if person else ""


# --- the session, its people and its phases


def _opening(event: ev.SessionOpened) -> str:
    source = f" from {event.source}" if event.source else ""
    return f"Session opened: {event.title}, {plural(len(event.portfolio.projects), 'card')}{source}."


def _closing(_: Session, event: ev.SessionClosed) -> str:
    left = len(event.undecided)
    words = f"Session closed, {plural(left, 'card')} without a decision." if left else "Session closed, every card has its decision."
    return f"{words} Overridden: {'; '.join(event.rules)}{because(event.override)}." if event.rules else words


def _archiving(_: Session, event: ev.SessionArchived) -> str:
    return "The session was archived." if event.archived else "The session was brought back from the archive."


# --- the cards


def _move(session: Session, event: ev.CardMoved) -> str:
    move = f"{session.title_of(event.card)} from {event.old} to {event.new}"
    return sentence(f"{_asker_prefix(session, event.asked_by)}{move}{because(event.reason)}")


def _move_together(session: Session, event: ev.CardsMoved) -> str:
    moves = [f"{session.title_of(card)} from {old} to {new}" for new, (card, old) in enumerate(zip(event.cards, event.old, strict=True), event.new)]
    return sentence(f"{_asker_prefix(session, event.asked_by)}moved together: {in_a_row(moves)}{because(event.reason)}")


def _merger(session: Session, event: ev.CardsMerged) -> str:
    parts = [f"{part.title} (#{rank})" for part, rank in zip(event.parts, event.ranks, strict=True)]
    return sentence(f"{_asker_prefix(session, event.asked_by)}{in_a_row(parts)} became one: {event.merged.title} (#{event.ranks[0]})")


def _note(session: Session, event: ev.NoteAdded) -> str:
    who = f" by {session.role(event.asked_by)}" if event.asked_by else ""
    about = next((each.event for each in session.history() if each.seq == event.about), None) if event.about else None
    title = session.title_of(event.card)
    if isinstance(about, ev.CardsMoved):
        what = f"Reason for moving {in_a_row([session.title_of(card) for card in about.cards])} together"
    else:
        what = f"Reason for the last move of {title}" if event.about else f"Note on {title}"
    return sentence(f"{what}{who}: {event.text}")


def _new_card(session: Session, event: ev.CardAdded) -> str:
    asked = _asker_prefix(session, event.asked_by)
    return f"{asked}{'new' if asked else 'New'} card {event.card.title} at rank {event.rank}."


def _edit(session: Session, event: ev.CardEdited) -> str:
    covered = {"order_taker_version": "benefit", "deadline": "deadline_week"}
    told = [name for name in event.changed if covered.get(name) not in event.changed]
    parts = [field_change(session, event.old, event.new, name) for name in told]
    return sentence(f"{_asker_prefix(session, event.asked_by)}{event.old.title} was changed: {listed(parts)}")


def _split(session: Session, event: ev.CardSplit) -> str:
    parts = f"{event.first.title} (#{event.rank}) and {event.second.title} (#{event.rank + 1})"
    return sentence(f"{_asker_prefix(session, event.asked_by)}{event.old.title} was split into {parts}")


def _withdrawal(session: Session, event: ev.CardWithdrawn) -> str:
    return sentence(f"{_asker_prefix(session, event.asked_by)}{event.card.title} (#{event.rank}) was withdrawn{because(event.reason)}")


def _team_change(session: Session, event: ev.TeamChanged) -> str:
    asked, change = _asker_prefix(session, event.asked_by), team_change(event.old, event.new, session.portfolio.horizon_weeks)
    return sentence(f"{asked}{change}" if event.old or not asked else f"{asked}{change[:1].lower()}{change[1:]}")


def _what_if(session: Session, event: ev.WhatIfKept) -> str:
    asked = f", as {session.role(event.asked_by)} asked" if event.asked_by else ""
    effect = f" {sentence(event.effect)}" if event.effect else ""
    return f"Tried and kept{asked}: {sentence(event.sentence)}{effect}"


def _objectives(session: Session, event: ev.ObjectivesChanged) -> str:
    asked = _asker_prefix(session, event.asked_by)
    texts = [each.text for each in event.new]
    said = sentence(f"the objectives are, the first one first: {shortened(texts, 5)}") if texts else "no objective is left."
    return f"{asked}{said}" if asked else capital(said)


def _objectives_confirmed(session: Session, event: ev.ObjectivesConfirmed) -> str:
    return f"{session.role(event.person)} confirmed the order of {plural(len(event.new), 'objective')}."


# --- decisions, questions, actions


def _named_what_if(session: Session, event: ev.WhatIfNamed) -> str:
    if event.new is None:
        return f"The what-if “{event.old.name if event.old else ''}” was dropped."
    asked = _asker_prefix(session, event.new.asked_by)
    return f"{asked}{'what' if asked else 'What'} if “{event.new.name}”: {sentence(event.new.sentence)}"


def _line(session: Session, event: ev.LineDrawn) -> str:
    asked = _asker_prefix(session, event.asked_by)
    new = event.new
    if new is None:
        said = "the line was removed"
    elif new.amount is None:
        said = f"the line is below {plural(new.projects or 0, 'project')}"
    else:
        said = f"the line is where {money_name(new.amount, currency_of_budgets(session))} are spent"
    return f"{asked}{said}." if asked else f"{capital(said)}."


def _next_session(_: Session, event: ev.NextSessionSet) -> str:
    return f"The next session is on {day_name(event.new)}." if event.new else "The next session has no date any more."


def _decision(session: Session, event: ev.DecisionsMade) -> str:
    if len(event.decisions) == 1:
        decision = event.decisions[0]
        rules = f" Overridden: {listed(decision.rules)}{because(decision.override)}." if decision.rules else ""
        words = f"{WORD_NAMES[decision.word]}." if not decision.sentence else sentence(decision.sentence)
        return f"Decided: {session.title_of(decision.card)}: {words}{rules}"
    counts = word_counts([each.word for each in event.decisions])
    return f"Decided on {plural(len(event.decisions), 'card')}: {', '.join(counts)}."


def _dissent(session: Session, event: ev.DissentRecorded) -> str:
    stance = "an objection" if event.stance == "objection" else "a concern"
    return f"{event.who} has {stance} on {session.title_of(event.card)}: {sentence(event.text)} Answer: {sentence(event.answer)}"


def _parked_question(session: Session, event: ev.QuestionParked) -> str:
    about = f" on {session.title_of(event.card)}" if event.card else ""
    return sentence(f"Left for another day{about}: {event.text}")


# --- undo and redo


def _undo(session: Session, event: ev.Undone) -> str:
    skipped = takewhile(lambda each: each.seq != event.undoes, session.history())
    stay = [why_they_stay(session, each.event) for each in skipped if isinstance(each.event, ev.PeopleTakenIn)]
    change = _change(session, next((each for each in session.history() if each.seq == event.undoes), None), event.undoes)
    return " ".join([f"Undone: {change}", *stay])


def _change(session: Session, recorded: Recorded | None, seq: int) -> str:
    # Titles are the present ones, which the room sees during the undo.
    return narrate(session, recorded) if recorded and recorded.seq == seq else f"event {seq}."


NARRATORS: dict[type[Event], Narrator] = {
    **ROUND_NARRATORS,
    **PHASE_NARRATORS,
    **PEOPLE_NARRATORS,
    **ROOM_NARRATORS,
    **QUARTER_NARRATORS,
    ev.SessionOpened: lambda _, event: _opening(event),
    ev.SessionClosed: _closing,
    ev.SessionReopened: lambda _, __: "The session was reopened.",
    ev.SessionRenamed: lambda _, event: sentence(f"The session is called {event.title} now, and no longer {event.old}"),
    ev.SessionArchived: _archiving,
    ev.SessionTakenOver: lambda _, event: sentence(f"The session was taken over from {event.old}"),
    ev.CardMoved: _move,
    ev.CardsMoved: _move_together,
    ev.CardsMerged: _merger,
    ev.NoteAdded: _note,
    ev.CardAdded: _new_card,
    ev.CardEdited: _edit,
    ev.CardSplit: _split,
    ev.CardWithdrawn: _withdrawal,
    ev.TeamChanged: _team_change,
    ev.WhatIfKept: _what_if,
    ev.WhatIfNamed: _named_what_if,
    ev.LineDrawn: _line,
    ev.NextSessionSet: _next_session,
    ev.ObjectivesChanged: _objectives,
    ev.ObjectivesConfirmed: _objectives_confirmed,
    ev.DecisionsMade: _decision,
    ev.DissentRecorded: _dissent,
    ev.QuestionParked: _parked_question,
    ev.ActionAgreed: lambda _, event: sentence(f"Action: {event.what}: {event.who}, by {event.by_when}"),
    ev.Undone: _undo,
    ev.Redone: lambda session, event: f"Redone: {_change(session, next(session.undone_events(), None), event.redoes)}",
}
