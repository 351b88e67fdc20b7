"""The measures of one session (METHOD 6) as plain values, so that a list of sessions can keep them and a script can read them.

None stands for a figure that is not defined, which is shown as a dash. What judges the decisions of a session is known only from the next one
of its series: `looked_back`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypedDict

from sessions.deciding.session_plan import session_plan
from sessions.portfolio.checks import completeness
from sessions.quarters.partnership import lacks, partnership, partnership_round, side_means
from sessions.quarters.pulse import pulses, who_answered
from sessions.quarters.trend.focus import focus
from sessions.quarters.trend.stability import earlier_ranks, rank_changes, stability
from sessions.quarters.trend.value_ratio import value_ratio
from sessions.rounds.reveal import RevealResult
from sessions.rounds.scores import Scores, scored_cards
from sessions.state.session import SIDES, Session
from sessions.voting.answers import Means

_RANKS = 10
"""How many cards a picture of two orders has."""


class FocusFigures(TypedDict):
    """Tenths of person-weeks of the key teams: on the first objectives, planned, and there (METHOD 6.3)."""

    top: int
    planned: int
    capacity: int


class ValueFigures(TypedDict):
    """What waiting costs in the cheapest order found and in the room's, in whole units (METHOD 6.2)."""

    found: int
    cost: int


class StabilityFigures(TypedDict):
    """How the order compares with the earlier one (METHOD 6.4, 6.4b): cards in both, tau-b, places moved by all of them together, and overlaps.

    `moves` are the big ones, `explained` those of them of which it is recorded why.
    """

    cards: int
    tau_b: float | None
    places: int
    overlap_5: int | None
    overlap_8: int | None
    moves: int
    explained: int


class RewrittenFigures(TypedDict):
    """By how many places cards rose whose benefit was put in business terms, and the others: how many, and the sum of places (claim 24)."""

    cards: int
    rise: int
    others: int
    others_rise: int


class VoiceFigures(TypedDict):
    """A side's ballots, without those that abstained, and its seats (METHOD 6.9)."""

    side: str
    ballots: int
    seats: int


class AgreementFigures(TypedDict):
    """How far the sides agree (METHOD 6.10): tau-b of their orders; over the scored cards the mean gap before and after the discussion."""

    tau_b: float | None
    gap_before: float | None
    gap_after: float | None


class RankFigures(TypedDict):
    """A card with its ranks in the earlier order and in this one; None if it is not there."""

    title: str
    was: int | None
    now: int | None


class MeanFigures(TypedDict):
    """The mean of the sides' means, and those of the sides that may be shown apart (METHOD 6.11)."""

    mean: float | None
    sides: dict[str, float]


class PulseFigures(TypedDict):
    """The answers to a question from 1 to 5, at Open and at Close."""

    open: MeanFigures | None
    close: MeanFigures | None


class PartnershipFigures(TypedDict):
    """How the two sides work together (METHOD 6.7): level, index, gap, each side's mean, and the lowest median of each item.

    `lacking` are the items below the next level, `lacks` those that each side itself sees there; `answered` are the roles that answered.
    """

    level: int
    index: float
    gap: float | None
    sides: dict[str, float]
    items: dict[str, int]
    lacking: list[str]
    lacks: dict[str, list[str]]
    answered: list[str]


class Measures(TypedDict):
    """The measures of a session, without what only the next one knows."""

    focus: FocusFigures | None
    stability: StabilityFigures | None
    rewritten: RewrittenFigures
    complete: dict[str, int]
    """METHOD 6.8: how many cards have each part, have all (`complete`), and are there (`cards`)."""
    voice: list[VoiceFigures]
    agreement: AgreementFigures
    partnership: PartnershipFigures | None
    pulse: dict[str, PulseFigures]
    """By question."""
    ranks: list[RankFigures]
    """The first cards of this order and of the earlier one, by rank; none if no earlier order is known."""


def measures_of(session: Session) -> Measures:
    """Return the measures of a session but for its value ratio, which takes a search."""
    found, same = focus(session, search=False), stability(session)
    return {
        "focus": {"top": found.top, "planned": found.planned, "capacity": found.capacity} if found else None,
        "stability": {
            "cards": len(same.common),
            "tau_b": _figure(same.tau_b),
            "places": same.places,
            "overlap_5": same.overlap.get(5),
            "overlap_8": same.overlap.get(8),
            "moves": len(same.big),
            "explained": len(same.explained),
        }
        if same
        else None,
        "rewritten": _rewritten(session),
        "complete": completeness(session.portfolio.model_copy(update={"projects": session.board})),
        "voice": _voice(session),
        "agreement": _agreement(session),
        "partnership": _partnership(session),
        "pulse": {each.asked.id: {"open": _means(each.at("open")), "close": _means(each.at("close"))} for each in pulses(session)},
        "ranks": _ranks(session),
    }


def value_of(session: Session) -> ValueFigures | None:
    """Return the value ratio of a session, as figures."""
    found = value_ratio(session, session_plan(session), lever=False)
    return {"found": found.found, "cost": found.cost} if found else None


def _rewritten(session: Session) -> RewrittenFigures:
    found = rank_changes(session)
    return {"cards": found.cards, "rise": found.rise, "others": found.others, "others_rise": found.others_rise}


def _ranks(session: Session) -> list[RankFigures]:
    was, past = earlier_ranks(session), session.past
    ranked: list[RankFigures] = [{"title": session.title_of(card), "was": was.get(card), "now": rank} for rank, card in enumerate(session.order, 1)]
    found = [each for each in ranked if min(each["now"] or 1, each["was"] or each["now"] or 1) <= _RANKS]
    if past is not None:
        here, titles = set(was.values()), {card.id: card.title for card in past.cards}
        gone = [(rank, card) for rank, card in enumerate(past.order[:_RANKS], 1) if rank not in here]
        found += [{"title": titles.get(card, card), "was": rank, "now": None} for rank, card in gone]
    return found if was else []


def _voice(session: Session) -> list[VoiceFigures]:
    round_ = session.round
    turnout = round_.revealed.turnout if round_ and round_.revealed else ()
    return [{"side": each.side, "ballots": each.ballots - each.abstained, "seats": each.voices} for each in turnout]


def _agreement(session: Session) -> AgreementFigures:
    round_ = session.round
    revealed = round_ is not None and round_.revealed is not None
    tau = RevealResult(session, round_).agreement.tau_b if round_ is not None and revealed else None
    both = [results for card in scored_cards(session) if len(results := Scores(session, card).results) > 1]
    gaps = [(first.gap(SIDES), second.gap(SIDES)) for first, second in both]
    known = [(abs(before), abs(after)) for before, after in gaps if before is not None and after is not None]
    return {"tau_b": _figure(tau), "gap_before": _mean([each for each, _ in known]), "gap_after": _mean([each for _, each in known])}


def _partnership(session: Session) -> PartnershipFigures | None:
    found, round_ = partnership(session), partnership_round(session)
    if found is None or round_ is None:
        return None
    return {
        "level": found.level,
        "index": round(float(found.index), 4),
        "gap": _figure(found.gap),
        "sides": {side: round(float(mean), 4) for side, mean in side_means(found).items()},
        "items": dict(found.items),
        "lacking": list(found.lacking),
        "lacks": {side: list(lacks(found, side)) for side in side_means(found) if side},
        "answered": list(who_answered(session, round_)),
    }


def _means(found: Means | None) -> MeanFigures | None:
    if found is None:
        return None
    return {"mean": _figure(found.together), "sides": {side: round(float(mean), 4) for side, mean in found.by_side.items() if side}}


def _mean(figures: list[Fraction]) -> float | None:
    return _figure(sum(figures, Fraction()) / len(figures)) if figures else None


def _figure(figure: float | Fraction | None) -> float | None:
    return None if figure is None else round(float(figure), 4)
