"""A round as it leaves the session file: who has voted always, the ballots only once they were revealed, and only as far as was announced."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Any

from sessions.record.events import BallotsRevealed, GroupOrderTaken, Method, RevealedBallot
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.methods.sides_told import tells_sides
from sessions.rounds.reasons import reasons
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import close_call, headline
from sessions.rounds.seals import prove
from sessions.rounds.side_places import side_places
from sessions.state.rounds import Round
from sessions.state.session import Session

_NAMES = frozenset({"voice", "salt", "seal", "reason", "reason_card"})
"""What could tell whose a ballot is; the reasons are apart from the ballots."""


def exported_round(session: Session, each: Round) -> dict[str, Any]:
    """Return a round for the JSON export. Only ballots that were announced to be revealed by name leave with voter, salt and seal (METHOD 2.6)."""
    told = _asked(each)
    return told | _revealed(session, each, each.revealed) if each.revealed else told


def _asked(each: Round) -> dict[str, Any]:
    """Return what a round asks, and who has voted: all that is known before its reveal."""
    opened = each.opened
    return {
        "round": opened.round,
        "method": opened.method,
        "anonymity": opened.anonymity,
        "status": "dropped" if each.dropped else "open" if each.revealed is None else "revealed",
        "budget": opened.budget or None,
        "cap": opened.cap or None,
        "limit": opened.limit or None,
        "shares": dict(opened.shares),
        "cards": list(opened.cards),
        "questions": list(opened.questions) or None,
        "when": opened.when or None,
        "numbers": opened.numbered,
        "voices": list(opened.voices),
        "voted": sorted(each.seals),
        "about": opened.about or None,
        "until": opened.until or None,
    }


def _revealed(session: Session, each: Round, revealed: BallotsRevealed) -> dict[str, Any]:
    """Return the ballots, as far as was announced, their result, and what the room made of it."""
    opened, proof, outcome = each.opened, prove(each), each.outcome
    named = opened.anonymity == "named"
    spec = spec_of(opened.method)
    raised = spec.hands_by_card(revealed.ballots) if revealed.hands else None
    told = side_places(each)
    apart = tells_sides(each)
    hidden = frozenset() if named else _NAMES | (set() if apart else {"side"})
    ballots = [_ballot(opened.method, ballot, hidden) for ballot in revealed.ballots if raised is None and not spec.adds_up]
    return {
        # Without names their order must not be that of the voters.
        "ballots": ballots if named else sorted(ballots, key=repr),
        "reasons": [reason._asdict() for reason in reasons(session, each)],
        "hands": revealed.hands,
        "raised": raised,
        "answers": spec.sums(each) if spec.adds_up else None,
        "provisional": revealed.provisional,
        "missing": list(revealed.missing),
        "turnout": [turnout.model_dump(mode="json", exclude=None if apart else {"abstained"}) for turnout in revealed.turnout if raised is None],
        "tallies": [tally.model_dump(mode="json") for tally in revealed.tallies],
        "side_orders": {side: list(places) for side, places in told.items()},
        "first_k": revealed.first_k or None,
        "reading": _reading(RevealResult(session, each)) if revealed.tallies else None,
        "proved": None if proof is None else proof.proved if proof.holds else 0,
        "override": revealed.override or None,
        "answer": each.answer or None,
        "outcome": None if outcome is None else "order taken" if isinstance(outcome, GroupOrderTaken) else "board kept",
        "weighting": outcome.weighting if isinstance(outcome, GroupOrderTaken) else None,
    }


def _ballot(method: Method, ballot: RevealedBallot, hidden: AbstractSet[str]) -> dict[str, Any]:
    values = ballot.model_dump(mode="json", exclude_defaults=True, exclude=set(hidden))
    return {"abstained": ballot.abstained, **values, **spec_of(method).exported(ballot)}


def _reading(reading: RevealResult) -> dict[str, Any]:
    """Return what the reveal says about an order, in words and in figures (METHOD 3.8, 4); figures that are not defined are null."""
    agreed, hangs = reading.agreement, reading.one_ballot
    return {
        "headline": headline(reading),
        "close_call": close_call(reading) or None,
        "agreed": list(reading.agreed),
        "voters": dict(reading.voters),
        "wants_now": {card: dict(its) for card, its in reading.wants.items()},
        "agreement": {
            "w_all": _number(agreed.w_all),
            "w_by_side": {side: _number(w) for side, w in agreed.w_by_side.items() if side},
            "tau_b": agreed.tau_b,
            "same_way": _number(agreed.same_way),
        },
        "attention": [
            {
                "id": each.card,
                "attention": float(each.figures.attention),
                "contention": float(each.figures.contention),
                "gap": float(each.figures.gap),
                "spread": float(each.figures.spread),
            }
            for each in reading.to_talk
        ],
        "one_ballot": {
            "falls": [card for card in reading.order if card in hangs.falls],
            "rises": [card for card in reading.order if card in hangs.rises],
            "not_tested": list(hangs.untested),
        },
    }


def _number(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
