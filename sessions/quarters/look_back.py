"""What became of the decisions of the earlier session: what each one promised, what the new portfolio shows, and the outcome that this suggests.

The room says what is right; until it does, a suggestion counts for nothing (METHOD 2.2, 6.1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from sessions.deciding.sponsors import has_left
from sessions.portfolio.models import Portfolio, Project, quarter_start_of
from sessions.quarters.matching import earlier_ids
from sessions.record.events import CardOutcome, Cause, Decision, DecisionWord, Outcome, Past
from sessions.sequencing.weeks import start_day
from sessions.state.session import Session
from sessions.wording import iso_date, listed, long_date

_ORDER: tuple[Outcome, ...] = ("missed", "reversed", "overtaken", "open", "kept")
"""The outcomes in the order of the look back: broken promises first."""
_TOLERANCE = timedelta(days=7)
"""A week late still counts as kept (METHOD 6.1b)."""
_QUARTER = 13
"""Weeks that are over by the next session, if no one knows when the quarter began."""
_NAMED = 2
"""Teams that are named in a note."""

_RESTING: dict[DecisionWord, str] = {"hold": "on hold", "not_now": "not now", "return": "sent back", "stop": "stopped"}
_ENDED: dict[DecisionWord, str] = {"done": "done", "accept_below_target": "accepted as it is"}

_MEANS: dict[DecisionWord, dict[Outcome, str]] = {
    "continue": {"kept": "continues", "missed": "not in flight any more"},
    "start": {"kept": "started", "missed": "not started"},
    "start_after": {"kept": "started", "missed": "not started"},
    "hold": {"kept": "not started", "reversed": "started all the same"},
    "not_now": {"kept": "not started", "reversed": "started all the same"},
    "return": {"kept": "not started", "reversed": "started all the same"},
    "stop": {"kept": "stopped", "reversed": "restarted all the same"},
    "done": {"kept": "done", "reversed": "in work again"},
    "accept_below_target": {"kept": "accepted as it is", "reversed": "in work again"},
}
"""What happened if the room says an outcome that the portfolio does not suggest."""
_UNKNOWN: dict[bool, str] = {False: "not known whether it started", True: "not known whether it continues"}
"""What happened to a card of which no file says it, by whether it was to continue."""

_Found = Literal["running", "waiting", "delivered", "dropped", "gone", "unclear"]
_Judged = tuple[Outcome, str, Cause | None]


class PastDecision(NamedTuple):
    """A decision of the earlier session, what it promised in a few words, the outcome that is proposed, and the one that the room said."""

    decision: Decision
    title: str
    promised: str
    proposed: CardOutcome
    said: CardOutcome | None

    @property
    def outcome(self) -> CardOutcome:
        """Return the outcome that the room said, or else the proposed one."""
        return self.said or self.proposed

    @property
    def happened(self) -> str:
        """Return what happened, in a few words."""
        return self.outcome.note or self.proposed.note

    @property
    def unknown(self) -> bool:
        """Return whether only the room can say what happened, and has not said it yet."""
        return self.said is None and self.proposed.note in _UNKNOWN.values()

    def happened_if(self, outcome: Outcome) -> str:
        """Return what happened if this is the outcome: the room's own words stay; what the portfolio suggested does not contradict it."""
        means = _MEANS.get(self.decision.word, {})
        if self.happened not in (self.proposed.note, *means.values()):
            return self.happened
        return self.proposed.note if outcome == self.proposed.outcome else means.get(outcome, self.proposed.note)


def past_decisions(session: Session) -> tuple[PastDecision, ...]:
    """Return the decisions of the earlier session: missed, reversed, overtaken, open, then kept."""
    past = session.past
    if past is None:
        return ()
    judge, titles, said = _Judge(session, past), {card.id: card.title for card in past.cards}, outcomes_of(session)
    rows = [
        PastDecision(each, titles.get(each.card, each.card), promise_words(past, each), judge.proposal(each), said.get(each.card))
        for each in past.decisions
    ]
    return tuple(sorted(rows, key=lambda row: _ORDER.index(row.outcome.outcome)))


def outcomes_of(session: Session) -> Mapping[str, CardOutcome]:
    """Return what the room said became of the earlier session's decisions.

    A promised start that was not due yet stays open only until this session decides otherwise: then it is reversed, and counts (METHOD 6.1b).
    """
    past, said = session.past, session.outcomes
    if past is None or not session.decisions:
        return said
    promised = {each.card: each for each in past.decisions if each.word == "start_after" and each.card in said and said[each.card].outcome == "open"}
    found = dict(said)
    for card, was in earlier_ids(session).items():
        now = session.decisions.get(card)
        if now and was in promised and _breaks(session, past, promised[was], now):
            note = f"decided otherwise: {_promised(session.portfolio, now)}"
            found[was] = said[was].model_copy(update={"outcome": "reversed", "cause": "other", "note": note})
    return found


def _breaks(session: Session, past: Past, promised: Decision, now: Decision) -> bool:
    """Return whether a decision of this session breaks a promised start that is not due yet."""
    day = _calendar(past).week_date(promised.week) if promised.week else None
    if day is None or day + _TOLERANCE < date.fromisoformat(session.day):
        return False
    later = session.portfolio.week_date(now.week) if now.word in ("start", "start_after") and now.week else None
    return now.word in _RESTING or (later is not None and later > day + _TOLERANCE)


def unconfirmed(session: Session) -> tuple[str, ...]:
    """Return the decisions of the earlier session of which the room has not said what became, by card."""
    return tuple(each.card for each in session.past.decisions if each.card not in session.outcomes) if session.past else ()


def promise_words(past: Past, decision: Decision) -> str:
    """Return what a decision promised: from 8 June; not now."""
    return _promised(_calendar(past), decision)


def _promised(calendar: Portfolio, decision: Decision) -> str:
    if decision.word == "continue":
        return "continues"
    if decision.word in ("start", "start_after"):
        return f"from {start_day(calendar, decision.week)}" if decision.week else "starts"
    return (_RESTING | _ENDED)[decision.word]


def _calendar(past: Past) -> Portfolio:
    return Portfolio(quarter_start=past.quarter_start or quarter_start_of(past.quarter))


class _Judge:
    """Compares decisions with the portfolio of the new session."""

    def __init__(self, session: Session, past: Past) -> None:
        self.session, self.past = session, past
        self.today = session.day
        self._calendar = _calendar(past)
        self._brought = session.brought
        self._card_of = {was: card for card, was in earlier_ids(session).items()}
        asked = [each for each in past.unclear if each.card in session.cards and each.card not in session.links]
        self._unclear = {was for each in asked for was in each.candidates}
        self._names = {team.id: team.name for team in session.teams}
        self._empty = {team.id for team in session.teams if not team.people and not any(people for _, people in team.by_week)}
        self._untold = {each.was for each in past.matched if each.by == "carried"}
        if all(card.state == "new" for card in session.portfolio.projects):
            self._untold |= {each.card for each in past.decisions}
        running = [card for card in session.cards.values() if card.state == "in_flight"]
        self._busy = {card.id: {work.team for work in card.work if work.effort} for card in running}

    def proposal(self, decision: Decision) -> CardOutcome:
        """Return the outcome that the new portfolio suggests."""
        found, card, day = self._look(decision.card)
        if found == "unclear":
            return CardOutcome(card=decision.card, outcome="open", note="not clear which card it is now", proposed=True)
        judge: Callable[[Decision, _Found, Project | None, str], _Judged]
        judge = self._rested if decision.word in _RESTING else self._ended if decision.word in _ENDED else self._went
        outcome, note, cause = judge(decision, found, card, day)
        fate = self.session.fates.get(decision.card)
        if fate and fate.fate == "merged":
            merged = f"merged into {self.session.title_of(fate.into)}"
            rests = found == "waiting" and judge != self._went
            note = merged if rests else f"{merged}: {note}"
            outcome = "overtaken" if rests and decision.word != "stop" else outcome
        return CardOutcome(card=decision.card, outcome=outcome, cause=cause, note=note, proposed=True)

    def _look(self, was: str) -> tuple[_Found, Project | None, str]:
        """Return what became of a card of the earlier session by now, the card itself, and the day of its delivery."""
        session, fate = self.session, self.session.fates.get(was)
        ident = self._card_of.get(was, "")
        if fate:
            ident = fate.into if fate.fate == "merged" else ident
        if delivered := session.delivered.get(ident) or session.delivered.get(was):
            return "delivered", delivered.card, delivered.date
        card = session.cards.get(ident)
        if (fate and fate.fate == "dropped") or (card is None and ident in session.withdrawn):
            return "dropped", None, ""
        card = card or self._brought.get(ident)
        if card is None:
            return "unclear" if was in self._unclear else "gone", None, ""
        return {"in_flight": "running", "new": "waiting"}.get(card.state, "delivered"), card, ""  # type: ignore[return-value]

    # --- what was to go on or to start

    def _went(self, decision: Decision, found: _Found, card: Project | None, day: str) -> _Judged:
        goes_on = decision.word == "continue"
        match found:
            case "delivered":
                return "kept", f"delivered{f' on {self._day(day)}' if day else ''}", None
            case "running":
                return "kept", "continues" if goes_on else "started", None
            case "dropped":
                return "overtaken", "dropped", None
            case "gone":
                return "open", "not among the projects any more", None
        if not goes_on and not self._due(decision):
            return "open", "not due yet", None
        assert card is not None
        if decision.card in self._untold:  # no file says about any card whether it has started
            return "open", _UNKNOWN[goes_on], None
        return self._not_started(card, "not in flight any more" if goes_on else "not started", decision)

    def _due(self, decision: Decision) -> bool:
        """Return whether a start should have been seen by now."""
        if not decision.week:
            return True
        monday = self._calendar.week_date(decision.week)
        return monday + _TOLERANCE < date.fromisoformat(self.today) if monday else decision.week <= _QUARTER

    def _not_started(self, card: Project, what: str, decision: Decision) -> _Judged:
        if left := self._sponsor_left(card, decision):
            return "overtaken", f"{what}: {left}", None
        teams = [work.team for work in card.work if work.effort]
        if empty := [self._names.get(team, team) for team in teams if team in self._empty]:
            return "overtaken", f"{what}: {listed(empty[:_NAMED])} {'has' if len(empty) == 1 else 'have'} no people", None
        waits_for = [self.session.cards[need].title for need in card.needs if need in self.session.cards and self._is_open(need)]
        if waits_for:
            return "missed", f"{what}: waits for {waits_for[0]}", "dependency"
        taken = set[str]().union(*(busy for running, busy in self._busy.items() if running != card.id))
        if busy := [self._names.get(team, team) for team in teams if team in taken]:
            return "missed", f"{what}: {listed(busy[:_NAMED])} not free", "capacity"
        return "missed", what, "other"

    def _is_open(self, card: str) -> bool:
        return self.session.cards[card].state in ("new", "in_flight") and card not in self.session.delivered

    def _sponsor_left(self, card: Project, decision: Decision) -> str:
        if card.sponsor:
            return "its sponsor left" if has_left(self.session, card) else ""
        before = next((each.sponsor for each in self.past.cards if each.id == decision.card), "")
        return "it has no sponsor any more" if before else ""

    # --- what was to rest, and what was done

    def _rested(self, decision: Decision, found: _Found, _card: Project | None, _day: str) -> _Judged:
        stopped = decision.word == "stop"
        if found in ("running", "delivered"):
            if not stopped and decision.until and decision.until <= self.today:
                return "kept", f"started after {iso_date(decision.until)}", None
            started = "delivered" if found == "delivered" else "restarted" if stopped else "started"
            return "reversed", f"{started} all the same", "other"
        if stopped:
            return "kept", "not restarted, but listed again" if found == "waiting" else "stopped", None
        if found == "dropped":
            return "overtaken", "dropped", None
        return "kept", "not started", None

    def _ended(self, decision: Decision, found: _Found, _card: Project | None, _day: str) -> _Judged:
        if found == "running":
            return "reversed", "in work again", "other"
        return ("open", "listed again", None) if found == "waiting" else ("kept", _ENDED[decision.word], None)

    def _day(self, day: str) -> str:
        """Return a day as a note says it, with its year unless that is this year's."""
        try:
            return long_date(date.fromisoformat(day), year=day[:4] != self.today[:4])
        except ValueError:
            return day
