"""What happened, told: `tell` gives one plain sentence for every event of the record.

The sentences are for the replay, the log and the "taken back" of an undo. They say what the room could see at that moment and nothing more:
a sealed ballot is "has voted". Titles and reasons stand in them as they were typed; whoever shows a sentence shows it as text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sessions.card_changes import field_change, title_of
from sessions.card_rounds import duel_of, scores_by_side, shares_of, weighting_of, without_opinion
from sessions.errors import RecordError
from sessions.phrases import because, counted, listed, mean_name, seconds_name, sentence, side_name
from sessions.proposals import WORD_NAMES
from sessions.record import events as ev
from sessions.record.events import Event, Recorded, Weighting
from sessions.state import ANONYMITY_NAMES, PHASE_NAMES, ROUND_NAMES, Session
from sessions.team_changes import team_change
from sessions.voting.consent import tally_consent
from sessions.voting.scores import tally_scores

Teller = Callable[[Session, Any], str]

WEIGHTING_NAMES: dict[Weighting, str] = {"sides": "equal voice for both sides", "person": "one voice a person"}
"""How each way of counting is said."""

_SEAT_CLAUSES = {"facilitator": "facilitates", "decider": "decides", "voter": "has a vote", "observer": "observes"}
_FIRST = 3
"""How many titles of an order are named."""


def tell(before: Session | None, recorded: Recorded) -> str:
    """Give the sentence of an event. `before` is the session as it was until then; only `session_opened` has none.

    Raises:
        RecordError: the event stands before the session was opened.
    """
    event = recorded.event
    if isinstance(event, ev.SessionOpened):
        return _opened(event)
    if before is None:
        raise RecordError(f"Record {recorded.seq} ({event.kind}) stands before the session was opened.")
    return _TELLERS[type(event)](before, event)


def _asked(session: Session, person: str) -> str:
    return f"{session.role(person)} asked: " if person else ""


def _firsts(session: Session, order: Sequence[str]) -> str:
    # Titles hold an “and” themselves, so none stands between them.
    return ", ".join(title_of(session, card) for card in order[:_FIRST])


# --- the session, its people and its phases


def _opened(event: ev.SessionOpened) -> str:
    source = f" from {event.source}" if event.source else ""
    return f"Session opened: {event.title}, {counted(len(event.portfolio.projects), 'card')}{source}."


def _closed(_: Session, event: ev.SessionClosed) -> str:
    left = len(event.undecided)
    told = f"Session closed, {counted(left, 'card')} without a decision." if left else "Session closed, every card has its decision."
    return f"{told} This although {'; '.join(event.rules)}{because(event.override)}." if event.rules else told


def _added(_: Session, event: ev.ParticipantAdded) -> str:
    person = event.participant
    return f"{person.role} ({side_name(person.side)}) joined and {_SEAT_CLAUSES[person.seat]}."


def _changed(_: Session, event: ev.ParticipantChanged) -> str:
    old, new = event.old, event.new
    name = old.role if old.role == new.role else f"{old.role} is now {new.role}"
    return f"{name}: {side_name(new.side)}, {_SEAT_CLAUSES[new.seat]}."


def _marked(session: Session, event: ev.AttendanceMarked) -> str:
    match event.new:
        case "present":
            clause = "is present"
        case "away":
            clause = "is away"
        case "proxy":
            clause = f"is represented by {session.role(event.proxy)}"
        case "expected":
            clause = "is expected"
    return f"{session.role(event.person)} {clause}."


def _decider(session: Session, event: ev.DeciderNamed) -> str:
    instead = f", no longer {session.role(event.old)}" if event.old else ""
    return f"{session.role(event.person)} decides{instead}."


def _no_quorum(_: Session, event: ev.QuorumOverridden) -> str:
    sides = listed([side_name(side) for side in event.missing])
    return sentence(f"The session goes on without a quorum of {sides}, decisions are provisional{because(event.reason)}")


def _phase(session: Session, event: ev.PhaseStarted) -> str:
    before = "" if event.old == "prepare" else f" {PHASE_NAMES[event.old]} took {seconds_name(event.used)}."
    planned = f", {seconds_name(event.planned)}" if event.planned else ""
    return f"Phase {PHASE_NAMES[event.phase]} began{planned}.{before}"


def _timer_started(session: Session, _: ev.TimerStarted) -> str:
    return f"The timer of {PHASE_NAMES[session.phase]} runs."


def _timer_stopped(session: Session, event: ev.TimerStopped) -> str:
    return f"The timer of {PHASE_NAMES[session.phase]} was stopped after {seconds_name(event.used)}."


def _time_added(session: Session, event: ev.TimeAdded) -> str:
    return f"{PHASE_NAMES[session.phase]} was given {seconds_name(event.seconds)} more."


def _asker(session: Session, event: ev.AskerChosen) -> str:
    return f"{session.role(event.person)} is asking from here on." if event.person else "Nobody in particular is asking from here on."


# --- the cards


def _moved(session: Session, event: ev.CardMoved) -> str:
    move = f"{title_of(session, event.card)} from {event.old} to {event.new}"
    return sentence(f"{_asked(session, event.asked_by)}{move}{because(event.reason)}")


def _noted(session: Session, event: ev.NoteAdded) -> str:
    who = f" by {session.role(event.asked_by)}" if event.asked_by else ""
    what = "Reason for the last move of" if event.about else "Note on"
    return sentence(f"{what} {title_of(session, event.card)}{who}: {event.text}")


def _card_added(session: Session, event: ev.CardAdded) -> str:
    asked = _asked(session, event.asked_by)
    return f"{asked}{'new' if asked else 'New'} card {event.card.title} at rank {event.rank}."


def _edited(session: Session, event: ev.CardEdited) -> str:
    parts = [field_change(session, event.old, event.new, name) for name in event.changed]
    return sentence(f"{_asked(session, event.asked_by)}{event.old.title} was changed: {listed(parts)}")


def _split(session: Session, event: ev.CardSplit) -> str:
    parts = f"{event.first.title} (#{event.rank}) and {event.second.title} (#{event.rank + 1})"
    return sentence(f"{_asked(session, event.asked_by)}{event.old.title} was split into {parts}")


def _withdrawn(session: Session, event: ev.CardWithdrawn) -> str:
    return sentence(f"{_asked(session, event.asked_by)}{event.card.title} (#{event.rank}) was withdrawn{because(event.reason)}")


def _team_changed(session: Session, event: ev.TeamChanged) -> str:
    asked, change = _asked(session, event.asked_by), team_change(event.old, event.new, session.portfolio.horizon_weeks)
    return sentence(f"{asked}{change}" if event.old or not asked else f"{asked}{change[:1].lower()}{change[1:]}")


def _what_if_kept(session: Session, event: ev.WhatIfKept) -> str:
    asked = f", as {session.role(event.asked_by)} asked" if event.asked_by else ""
    effect = f" {sentence(event.effect)}" if event.effect else ""
    return f"Tried and kept{asked}: {sentence(event.sentence)}{effect}"


# --- decisions, questions, actions


def _decided(session: Session, event: ev.DecisionsMade) -> str:
    if len(event.decisions) == 1:
        decision = event.decisions[0]
        rules = f" This although {listed(decision.rules)}{because(decision.override)}." if decision.rules else ""
        said = f"{WORD_NAMES[decision.word]}." if not decision.sentence else sentence(decision.sentence)
        return f"Decided: {title_of(session, decision.card)}: {said}{rules}"
    words = [each.word for each in event.decisions]
    # In lower case and without the comma of “Yes, but not until”, so that the list reads as one.
    names = {word: name[:1].lower() + name[1:] for word, name in WORD_NAMES.items()} | {"start_after": "start later"}
    counts = [f"{words.count(word)} {name}" for word, name in names.items() if word in words]
    return f"Decided on {counted(len(words), 'card')}: {', '.join(counts)}."


def _dissented(session: Session, event: ev.DissentRecorded) -> str:
    stance = "an objection" if event.stance == "objection" else "a concern"
    return f"{event.who} has {stance} on {title_of(session, event.card)}: {sentence(event.text)} Answer: {sentence(event.answer)}"


def _parked(session: Session, event: ev.QuestionParked) -> str:
    about = f" on {title_of(session, event.card)}" if event.card else ""
    return sentence(f"Left for another day{about}: {event.text}")


def _agreed(session: Session, event: ev.ActionAgreed) -> str:
    return sentence(f"Action: {event.what}: {event.who}, by {event.by_when}")


# --- ballots


def _round_opened(session: Session, event: ev.RoundOpened) -> str:
    return sentence(f"{round_name(session, event)} opened ({ANONYMITY_NAMES[event.anonymity]}): {_asks_for(session, event)}")


def round_name(session: Session, opened: ev.RoundOpened) -> str:
    """Name a round, also one that is about to open: Ballot 1, Score round 2 on Checkout."""
    if opened.method in ev.ORDER_METHODS:
        return f"Ballot {opened.round}"
    name = ROUND_NAMES[opened.method]
    number = f" {1 + _scored_before(session, opened)}" if opened.method == "score" else ""
    return f"{name[:1].upper()}{name[1:]}{number} {_about(session, opened.cards)}"


def _scored_before(session: Session, opened: ev.RoundOpened) -> int:
    return sum(each.opened.round < opened.round for each in session.rounds_on(opened.cards[0], "score"))


def _about(session: Session, cards: Sequence[str]) -> str:
    more = f" and {len(cards) - _FIRST} more" if len(cards) > _FIRST else ""
    return f"on {_firsts(session, cards)}{more}"


def _asks_for(session: Session, event: ev.RoundOpened) -> str:
    voices = counted(len(event.voices), "voice")
    match event.method:
        case "points":
            return f"{voices}, {counted(event.budget, 'point')} each, at most {event.cap} a card"
        case "ranking":
            return f"{voices}, each ranks {counted(event.limit, 'card') if event.limit else 'as many cards as it likes'}"
        case "duel":
            lower, upper = (title_of(session, card) for card in event.cards)
            return f"should {lower} be above {upper}?"
        case "consent":
            return f"{sentence(event.about)} From 0, an objection, to 5"
        case "score":
            return f"{voices}, from 0 to 5"


def _sealed(session: Session, event: ev.BallotSealed) -> str:
    again = session.rounds[event.round - 1].seals.get(event.voice)
    proxy = f", entered by {session.role(event.entered_by)}" if event.entered_by else ", from a file" if event.way == "file" else ""
    return f"{session.role(event.voice)} has voted{' anew' if again else ''}{proxy}."


def _revealed(session: Session, event: ev.BallotsRevealed) -> str:
    abstained, silent = sum(ballot.abstained for ballot in event.ballots), without_opinion(session.rounds[event.round - 1], event.ballots)
    chosen = len(event.ballots) - abstained - silent
    parts = [counted(chosen, "hand" if event.hands else "ballot")]
    parts += [f"{abstained} abstained"] if abstained else []
    parts += [f"{silent} without an opinion"] if silent else []
    parts += [f"{len(event.missing)} did not vote"] if event.missing else []
    first = f"; first: {_firsts(session, event.tallies[0].order)}" if event.tallies else ""
    override = f" Revealed all the same{because(event.override)}." if event.override else ""
    said = f"; {_result(session, event)}" if not event.tallies and chosen else first
    result = f"{round_name(session, session.rounds[event.round - 1].opened)} {'counted' if event.hands else 'revealed'}: {', '.join(parts)}{said}"
    return f"{sentence(result)}{' Provisional: there is no quorum.' if event.provisional else ''}{override}"


def _result(session: Session, event: ev.BallotsRevealed) -> str:
    """Say what a round about a card led to."""
    round_ = replace(session.rounds[event.round - 1], revealed=event)
    card = round_.opened.cards[0]
    if round_.opened.method == "duel":
        result = duel_of(round_)
        return f"{title_of(session, card)} {'goes above' if result.raised else 'stays below'} {title_of(session, round_.opened.cards[1])}"
    scores = tally_scores(scores_by_side(round_, card), weighting_of(round_), shares_of(round_))
    means = ", ".join(f"{side_name(side)} {mean_name(mean)}".strip() for side, mean in scores.means.items())
    if round_.opened.method == "consent":
        fists = {side: [each for each in given if each is not None] for side, given in scores_by_side(round_, card).items()}
        return f"{'consent' if tally_consent(fists).passed else 'no consent'}, mean {means}"
    return f"mean {means}" if len(round_.opened.cards) == 1 else f"{len(round_.opened.cards)} cards scored"


def _dropped(session: Session, event: ev.RoundDropped) -> str:
    return sentence(f"{round_name(session, session.rounds[event.round - 1].opened)} was given up unseen{because(event.reason)}")


def _order_taken(session: Session, event: ev.GroupOrderTaken) -> str:
    how = WEIGHTING_NAMES[event.weighting]
    told = sentence(f"The order of ballot {event.round} was laid onto the board ({how}): first {_firsts(session, event.new)}")
    return f"{told} This although one side made it alone{because(event.override)}." if event.override else told


def _kept(_: Session, event: ev.BoardKept) -> str:
    return sentence(f"The board stays as it is after ballot {event.round}{because(event.reason)}")


def _talk_opened(session: Session, event: ev.TalkOpened) -> str:
    return f"The room talks about {title_of(session, event.card)}, {seconds_name(event.planned)}."


def _talk_closed(session: Session, event: ev.TalkClosed) -> str:
    how = {"moved": "moved", "kept": "kept where it is", "duel": "settled by a duel", "differ": "the room agrees to differ"}[event.outcome]
    note = f" {sentence(event.note[:1].upper() + event.note[1:])}" if event.note else ""
    return f"The talk about {title_of(session, event.card)} ended after {seconds_name(event.used)}: {how}.{note}"


def _answered(session: Session, event: ev.ConsentAnswered) -> str:
    return sentence(f"The decider answers those who do not consent to the decision on {title_of(session, event.card)}: {event.answer}")


# --- taken back, brought back


def _undone(session: Session, event: ev.Undone) -> str:
    return f"Taken back: {_told(session, next(session.history(), None), event.undoes)}"


def _redone(session: Session, event: ev.Redone) -> str:
    return f"Brought back: {_told(session, next(session.taken_back(), None), event.redoes)}"


def _told(session: Session, recorded: Recorded | None, seq: int) -> str:
    # Titles are those of now, which is what the room has before its eyes while it is taken back.
    return tell(session, recorded) if recorded and recorded.seq == seq else f"event {seq}."


_TELLERS: dict[type[Event], Teller] = {
    ev.SessionClosed: _closed,
    ev.ParticipantAdded: _added,
    ev.ParticipantChanged: _changed,
    ev.AttendanceMarked: _marked,
    ev.DeciderNamed: _decider,
    ev.QuorumOverridden: _no_quorum,
    ev.PhaseStarted: _phase,
    ev.TimerStarted: _timer_started,
    ev.TimerStopped: _timer_stopped,
    ev.TimeAdded: _time_added,
    ev.AskerChosen: _asker,
    ev.CardMoved: _moved,
    ev.NoteAdded: _noted,
    ev.CardAdded: _card_added,
    ev.CardEdited: _edited,
    ev.CardSplit: _split,
    ev.CardWithdrawn: _withdrawn,
    ev.TeamChanged: _team_changed,
    ev.WhatIfKept: _what_if_kept,
    ev.DecisionsMade: _decided,
    ev.DissentRecorded: _dissented,
    ev.QuestionParked: _parked,
    ev.ActionAgreed: _agreed,
    ev.GroupOrderTaken: _order_taken,
    ev.BoardKept: _kept,
    ev.RoundOpened: _round_opened,
    ev.BallotSealed: _sealed,
    ev.BallotsRevealed: _revealed,
    ev.RoundDropped: _dropped,
    ev.TalkOpened: _talk_opened,
    ev.TalkClosed: _talk_closed,
    ev.ConsentAnswered: _answered,
    ev.Undone: _undone,
    ev.Redone: _redone,
}
