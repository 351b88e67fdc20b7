"""What happened around voices, told: rounds of ballots, their reveal, talks and consent. `telling` tells the rest.

Until the reveal a sentence says no more than that a voice is in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sessions.record import events as ev
from sessions.record.events import Event, Weighting
from sessions.replay.card_changes import title_of
from sessions.rounds.card_rounds import duel_of, score_number, scores_by_side, shares_of, weighting_of, without_opinion
from sessions.state.session import ANONYMITY_NAMES, ROUND_NAMES, Session
from sessions.voting.consent import tally_consent
from sessions.voting.scores import tally_scores
from sessions.wording import because, counted, mean_name, seconds_name, sentence, side_name

Teller = Callable[[Session, Any], str]
"""Gives the sentence of an event; the session is as it was before it."""

WEIGHTING_NAMES: dict[Weighting, str] = {"sides": "equal voice for both sides", "person": "one voice a person"}
"""How each way of counting is said."""
_FIRST = 3
"""How many titles of an order are named."""


def _firsts(session: Session, order: Sequence[str]) -> str:
    # Titles hold an “and” themselves, so none stands between them.
    return ", ".join(title_of(session, card) for card in order[:_FIRST])


def _round_opened(session: Session, event: ev.RoundOpened) -> str:
    return sentence(f"{round_name(session, event)} opened ({ANONYMITY_NAMES[event.anonymity]}): {_asks_for(session, event)}")


def round_name(session: Session, opened: ev.RoundOpened) -> str:
    """Name a round, also one that is about to open: Ballot 1, Score round 2 on Checkout."""
    if opened.method in ev.ORDER_METHODS:
        return f"Ballot {session.ballot_number(opened.round)}"
    name = ROUND_NAMES[opened.method]
    number = f" {score_number(session, opened)}" if opened.method == "score" else ""
    return f"{name[:1].upper()}{name[1:]}{number} {_about(session, opened.cards)}"


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
    """Return what a round about a card led to."""
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
    told = sentence(f"The order of ballot {session.ballot_number(event.round)} was laid onto the board ({how}): first {_firsts(session, event.new)}")
    return f"{told} This although one side made it alone{because(event.override)}." if event.override else told


def _kept(session: Session, event: ev.BoardKept) -> str:
    return sentence(f"The board stays as it is after ballot {session.ballot_number(event.round)}{because(event.reason)}")


def _talk_opened(session: Session, event: ev.TalkOpened) -> str:
    return f"The room talks about {title_of(session, event.card)}, {seconds_name(event.planned)}."


def _talk_closed(session: Session, event: ev.TalkClosed) -> str:
    how = {"moved": "moved", "kept": "kept where it is", "duel": "settled by a duel", "differ": "the room agrees to differ"}[event.outcome]
    note = f" {sentence(event.note[:1].upper() + event.note[1:])}" if event.note else ""
    return f"The talk about {title_of(session, event.card)} ended after {seconds_name(event.used)}: {how}.{note}"


def _answered(session: Session, event: ev.ConsentAnswered) -> str:
    return sentence(f"The decider answers those who do not consent to the decision on {title_of(session, event.card)}: {event.answer}")


ROUND_TELLERS: dict[type[Event], Teller] = {
    ev.RoundOpened: _round_opened,
    ev.BallotSealed: _sealed,
    ev.BallotsRevealed: _revealed,
    ev.RoundDropped: _dropped,
    ev.GroupOrderTaken: _order_taken,
    ev.BoardKept: _kept,
    ev.TalkOpened: _talk_opened,
    ev.TalkClosed: _talk_closed,
    ev.ConsentAnswered: _answered,
}
