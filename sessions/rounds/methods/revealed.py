"""The revealed ballots of one round about a card, by side and by voter."""

from __future__ import annotations

from collections.abc import Mapping

from sessions.portfolio.models import Side
from sessions.record.events import RevealedBallot, Weighting
from sessions.rounds.methods.sides_told import tells_sides
from sessions.state.rounds import Round


def ballots_of(round_: Round) -> tuple[RevealedBallot, ...]:
    """Return the ballots that a round revealed, without those that abstained."""
    return tuple(each for each in round_.revealed.ballots if not each.abstained) if round_.revealed else ()


def scores_by_side(round_: Round, card: str) -> dict[Side, list[int | None]]:
    """Return each side's scores of a card, or the whole room's if its sides must not be shown apart; None is "no opinion"."""
    found: dict[Side, list[int | None]] = {}
    apart = tells_sides(round_)
    for each in ballots_of(round_):
        found.setdefault(each.side if apart else "", []).append(dict(each.scores).get(card))
    return found


def given_by_side(round_: Round, card: str) -> dict[Side, list[int]]:
    """Return each side's figures for a card, without "no opinion", as far as its sides may be shown apart."""
    return {side: [score for score in scores if score is not None] for side, scores in scores_by_side(round_, card).items()}


def weighting_of(round_: Round) -> Weighting:
    """Return how a round's voters are counted: by sides, unless the sides are not told apart."""
    return "sides" if tells_sides(round_) else "person"


def shares_of(round_: Round) -> Mapping[str, int] | None:
    """Return the sides' shares of a round, or None if they count equally."""
    voting = {each.side for each in ballots_of(round_)} if tells_sides(round_) else set()
    return {side: share for side, share in round_.opened.shares if side in voting} or None
