"""The three quarters before the sample's: what their sessions begin with, and what happens in them (METHOD 6, 6.7).

They are made up around the measures and answers that METHOD gives; `earlier.json` has their cards in the form of a portfolio's file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sessions.commands.base import Command
from sessions.commands.cards import AgreeAction, MoveCard, ParkQuestion
from sessions.commands.consent import RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.group_order import KeepBoard
from sessions.commands.people import ChooseAsker, MarkAttendance
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.quarters.adoption import AcceptBelowTarget, MeasureAdoption
from sessions.commands.quarters.fates import AnswerFate
from sessions.commands.quarters.leftovers import AnswerLeftover
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Portfolio
from sessions.record.events import CardOutcome, Cause, Method, Moment, Outcome
from sessions.sample import PORTFOLIO, sample_file

Steps = Iterator[tuple[int, Command]]
"""Commands, each with the seconds that pass before it."""
POINTS = (25, 20, 20, 15, 10, 10)
"""The points of a ballot, from its first card on."""


def earlier_data() -> Mapping[str, Any]:
    """Return what is known of the earlier quarters, and of the sample's own look back."""
    data: Mapping[str, Any] = json.loads(sample_file("earlier.json").read_bytes())
    return data


def portfolio_of(data: Mapping[str, Any], quarter: Mapping[str, Any]) -> Portfolio:
    """Return the portfolio with which an earlier quarter's session begins: its cards in the order before the room moved some."""
    raw = json.loads(sample_file(PORTFOLIO).read_bytes())
    known = {card["id"]: card for card in (*raw["cards"], *data["cards"])}
    cards = [_card(known[card], data, quarter) for card in _first_order(quarter)]
    company = {**raw["company"], **{name: quarter[name] for name in ("quarter", "quarter_start", "session_date")}}
    people = [_before_the_change(person) for person in raw["participants"]]
    objectives = [{**each, "rank": rank} for rank, each in enumerate((each for each in raw["objectives"] if not each["new"]), 1)]
    values = {**raw, "company": company, "objectives": objectives, "participants": people, "cards": cards}
    return read_portfolio(json.dumps(values).encode(), PORTFOLIO).portfolio


def _before_the_change(person: Mapping[str, Any]) -> dict[str, Any]:
    """Return a person as they were before VP Retail left in May and VP Marketing took over."""
    if person["id"] == "vp-marketing":
        return {"id": "vp-retail", "role": "VP Retail", "side": "business", "seat": "voter", "votes": True}
    return {**person, "new_in_role": False}


def _first_order(quarter: Mapping[str, Any]) -> list[str]:
    """Return the order before the moves: each was recorded as (card, rank before it)."""
    order = list(quarter["order"])
    for card, before, _ in reversed(quarter["moves"]):
        order.remove(card)
        order.insert(before - 1, card)
    return order


def _card(card: Mapping[str, Any], data: Mapping[str, Any], quarter: Mapping[str, Any]) -> dict[str, Any]:
    name, ids = card["id"], set(quarter["order"])
    effort = {team: {"effort": weeks} for team, weeks in quarter["effort"].get(name, {}).items()}
    changed = {
        **card,
        "sponsor": data["sponsors"].get(name, card["sponsor"]),
        "adoption_plan_owner": data["plan_owners"].get(name, card.get("adoption_plan_owner")),
        "state": "in_flight" if name in quarter["in_flight"] else "new",
        "needs": [need for need in card.get("needs") or () if need in ids],
        "work": {**card["work"], **{team: {**card["work"].get(team, {}), **work} for team, work in effort.items()}},
        "deadline_week": None,
        "previous_rank": None,
        "order_taker_version": "",
        "note": "",
        "must": False,
        **quarter["changes"].get(name, {}),
    }
    return {**changed, "adoption": None, "adoption_plan_owner": ""} if name in quarter["incomplete"] else changed


def look_back(said: Mapping[str, Any]) -> Steps:
    """Return the answers of a room on the quarter before its own: cards that left, outcomes, readings, what it accepts below the target."""
    for fate in said["fates"]:
        yield 5, AnswerFate(**dict(zip(("card", "fate", "date", "into"), fate, strict=False)))
    if said["outcomes"]:
        yield 60, ConfirmOutcomes(outcomes=tuple(_outcome(*each) for each in said["outcomes"]))
    for what, number, answer in said.get("leftovers", ()):
        yield 0, AnswerLeftover(what=what, number=number, answer=answer)
    for card, value, date, by, monthly in said["readings"]:
        yield 20, MeasureAdoption(card=card, value=value, date=date, by=by, monthly=monthly)
    for card, sentence in said.get("accepted", ()):
        yield 20, AcceptBelowTarget(card=card, sentence=sentence)


def _outcome(card: str, outcome: Outcome, note: str, cause: Cause | None = None) -> CardOutcome:
    return CardOutcome(card=card, outcome=outcome, note=note, cause=cause)


def answers(method: Method, number: int, said: Mapping[str, Sequence[Sequence[int]]], when: Moment) -> Steps:
    """Return a round of questions to both sides, answered by hands: the side's answers to each question."""
    yield 10, OpenRound(method=method, when=when)
    yield 50, CountHands(round=number, hands={side: tuple(each for question in questions for each in question) for side, questions in said.items()})


def script_of(quarter: Mapping[str, Any], portfolio: Portfolio) -> Steps:
    """Return what happens in an earlier quarter's session, from its opening to its end."""
    yield 0, StartPhase(phase="open")
    yield 60, MarkAttendance(presence="present")
    yield from answers("pulse", 1, quarter["pulse"]["open"], "open")
    if quarter["outcomes"]:
        yield 120, StartPhase(phase="look_back")
        yield from look_back(quarter)
    yield 240, StartPhase(phase="vote")
    yield 10, OpenRound()
    for place, person in enumerate(each for each in portfolio.participants if each.votes):
        order = quarter["order"][: len(POINTS)]
        turned = (*order[place % 4 :], *order[: place % 4])
        yield 40, SealBallot(round=2, voice=person.id, points=dict(zip(turned, POINTS, strict=True)))
    yield 30, StartPhase(phase="reveal")
    yield 10, RevealBallots(round=2)
    yield 60, KeepBoard(reason="it is the same but for two places")
    yield 120, StartPhase(phase="talk")
    yield 10, ChooseAsker(person="coo")
    for card, _, reason in quarter["moves"]:
        yield 120, MoveCard(card=card, to=quarter["order"].index(card) + 1, reason=reason)
    for question in quarter["parked"]:
        yield 60, ParkQuestion(text=question)
    yield 600, StartPhase(phase="sequence")
    yield 600, StartPhase(phase="decide")
    for decided in quarter["decisions"]:
        yield 40, Decide(**dict(zip(("card", "word", "week", "why"), decided, strict=False)), override="its sponsor agreed before the meeting")
    for card, who, stance, text, answer in quarter["dissents"]:
        yield 30, RecordDissent(card=card, who=who, stance=stance, text=text, answer=answer)
    for what, who, by_when, card in quarter["actions"]:
        yield 30, AgreeAction(what=what, who=who, by_when=by_when, card=card)
    yield 300, StartPhase(phase="close")
    yield from answers("pulse", 3, quarter["pulse"]["close"], "close")
    yield from answers("partnership", 4, quarter["partnership"], "close")
    yield 60, CloseSession(leave_undecided=True, override="what is left was not asked for this quarter")
