"""A round as it leaves the session file: who has voted always, the ballots only once they were revealed, and only as far as was announced."""

from __future__ import annotations

from typing import Any

from sessions.record.events import GroupOrderTaken, Method, RevealedBallot
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.seals import prove
from sessions.state.rounds import Round


def exported_round(each: Round) -> dict[str, Any]:
    """Return a round for the JSON export. Only ballots that were announced to be revealed by name leave with voter, salt and seal (METHOD 2.6)."""
    opened = each.opened
    result: dict[str, Any] = {
        "round": opened.round,
        "method": opened.method,
        "anonymity": opened.anonymity,
        "status": "dropped" if each.dropped else "open" if each.revealed is None else "revealed",
        "budget": opened.budget or None,
        "cap": opened.cap or None,
        "limit": opened.limit or None,
        "shares": dict(opened.shares),
        "cards": list(opened.cards),
        "numbers": opened.numbered,
        "voices": list(opened.voices),
        "voted": sorted(each.seals),
        "about": opened.about or None,
        "until": opened.until or None,
    }
    if each.revealed is None:
        return result
    revealed, proof = each.revealed, prove(each)
    named = opened.anonymity == "named"
    raised = spec_of(opened.method).hands_by_card(revealed.ballots) if revealed.hands else None
    ballots = [_ballot(opened.method, ballot, named=named) for ballot in revealed.ballots if raised is None]
    return result | {
        # Without names their order must not be that of the voters.
        "ballots": ballots if named else sorted(ballots, key=repr),
        "hands": revealed.hands,
        "raised": raised,
        "provisional": revealed.provisional,
        "missing": list(revealed.missing),
        "turnout": [turnout.model_dump(mode="json") for turnout in revealed.turnout if raised is None],
        "tallies": [tally.model_dump(mode="json") for tally in revealed.tallies],
        "side_orders": {side: list(order) for side, order in revealed.side_orders},
        "first_k": revealed.first_k or None,
        "proved": None if proof is None else proof.proved if proof.holds else 0,
        "override": revealed.override or None,
        "answer": each.answer or None,
        "outcome": None if each.outcome is None else "order taken" if isinstance(each.outcome, GroupOrderTaken) else "board kept",
        "weighting": each.outcome.weighting if isinstance(each.outcome, GroupOrderTaken) else None,
    }


def _ballot(method: Method, ballot: RevealedBallot, *, named: bool) -> dict[str, Any]:
    values = ballot.model_dump(mode="json", exclude_defaults=True, exclude=None if named else {"voice", "salt", "seal"})
    return {"abstained": ballot.abstained, **values, **spec_of(method).exported(ballot)}
