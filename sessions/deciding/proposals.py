"""The decision that a card and the plan suggest (METHOD 2.4).

The group only has to change the proposals that it disagrees with. If nothing in the record supports a word, there is no proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sessions.deciding.session_plan import plan_if_decided, session_plan
from sessions.deciding.sponsors import lacks_sponsor, uses_sponsors
from sessions.deciding.words import COMES_BACK, sentence_for
from sessions.portfolio.checks import benefit_depth
from sessions.portfolio.models import Project
from sessions.record.events import Decision, DecisionWord
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import because
from sessions.sequencing.reasons import sentence as plan_sentence
from sessions.state.session import Session

Words = dict[str, DecisionWord | None]
"""Words by card; None if nothing supports one."""


Fields = dict[str, str | int]
"""What goes with a proposed word: week, finish, until, missing, why."""


class FieldsInUse(NamedTuple):
    """Which fields at least one card fills: if no card has a sponsor or a benefit, no card is sent back for the lack of it."""

    sponsors: bool
    benefits: bool


def fields_in_use(session: Session) -> FieldsInUse:
    """Return which fields the cards of a session fill."""
    cards = session.cards.values()
    return FieldsInUse(uses_sponsors(session), any(card.benefit.text or card.benefit.monthly for card in cards))


def proposal_for(session: Session, card_id: str, plan: Plan | None = None) -> Decision | None:
    """Return the decision that the card and the plan suggest, or None if nothing supports one."""
    return next(iter(proposals_for(session, (card_id,), plan)), None)


def proposals_for(session: Session, cards: Sequence[str], plan: Plan | None = None) -> list[Decision]:
    """Return the proposals of cards as if all were accepted: what does not start takes no one's time."""
    used, plan = fields_in_use(session), plan or session_plan(session)
    # A card that is decided already counts as open.
    words: dict[str, str] = {card: "" for card in cards if card in session.decisions}
    if words:
        plan = plan_if_decided(session, words)
    proposals = {card: _proposal(session, card, plan, used) for card in cards}
    while new := {card: each.word for card, each in proposals.items() if each and each.word in COMES_BACK and not words.get(card)}:
        words |= new
        if plan.empty:
            break
        plan = plan_if_decided(session, words)
        proposals |= {card: _proposal(session, card, plan, used) for card in cards if not words.get(card)}
    return [each for each in proposals.values() if each]


def _proposal(session: Session, card_id: str, plan: Plan, used: FieldsInUse) -> Decision | None:
    card = session.cards[card_id]
    word, fields = _word_and_fields(session, card, plan, used)
    return _decision(session, card, word, fields) if word else None


def _decision(session: Session, card: Project, word: DecisionWord, fields: Fields) -> Decision:
    week, finish = (int(each) if (each := fields.get(name)) else None for name in ("week", "finish"))
    values = {name: str(fields.get(name, "")) for name in ("until", "missing", "why")}
    sentence = sentence_for(session, word, week=week, **values)
    return Decision(
        card=card.id,
        word=word,
        sentence=sentence,
        owner=card.sponsor if word in COMES_BACK and not lacks_sponsor(session, card) else card.it_partner if word in COMES_BACK else "",
        week=week,
        finish=finish,
        until=values["until"],
        missing=values["missing"],
        why=values["why"],
        proposed=True,
    )


def _word_and_fields(session: Session, card: Project, plan: Plan, used: FieldsInUse) -> tuple[DecisionWord | None, Fields]:
    """Return the word and its fields (METHOD 2.4)."""
    back: Fields = {"until": session.next_session.isoformat()} if session.next_session else {}
    if card.state == "in_flight":
        return "continue", _continuation(plan, card.id)
    missing = _missing(session, card, used)
    if missing:
        return "return", {**back, "missing": " and ".join(missing)}
    if plan.empty or plan.at(card.id).status in ("out", "done"):
        return _without_plan(session, card, plan.first_week, back, _words_of_needs(session, card.id))
    return _from_plan(plan, card, back)


def _continuation(plan: Plan, card: str) -> Fields:
    placed = plan.at(card)
    # A card that cannot continue immediately says so: its people work on another card in flight (METHOD 5.8).
    interrupted: Fields = {"why": plan_sentence(plan, card)} if placed.interrupted else {}
    return {"week": placed.start or plan.first_week, **_finish(plan, card), **interrupted}


def _from_plan(plan: Plan, card: Project, back: Fields) -> tuple[DecisionWord | None, Fields]:
    placed = plan.at(card.id)
    if placed.start is None:
        if placed.why.kind == "needs-unplaced":
            return "not_now", {**back, "why": because(plan, card.id)}
        return "hold", {**back, "missing": "capacity", "why": because(plan, card.id)}
    promise: Fields = {"week": placed.start, **_finish(plan, card.id)}
    if placed.start == plan.first_week:
        return "start", promise
    return "start_after", {**promise, "why": because(plan, card.id)}


def promised(session: Session, card: str, week: int) -> Fields | None:
    """Return what the plan says of a card that the room starts in a week of its own, if that is the plan's week too, else None."""
    plan = plan_if_decided(session, {card: ""}) if card in session.decisions else session_plan(session)
    if plan.empty or plan.at(card).start != week:
        return None
    return {"why": because(plan, card), **_finish(plan, card)}


def _finish(plan: Plan, card: str) -> Fields:
    """Return the last week of a card's work; nothing if it has none, or no place."""
    placed = plan.at(card)
    return {"finish": placed.finish} if placed.start and placed.finish and placed.finish >= placed.start else {}


def _without_plan(
    session: Session, card: Project, first_week: int, back: Fields, words: Words
) -> tuple[DecisionWord | None, Fields]:
    for need in card.needs:
        word = words.get(need)
        if word in COMES_BACK or word == "stop":
            return "not_now", {**back, "why": f"Waits for {_named(session, need)}, which is not planned."}
        if word not in ("continue", "done", "accept_below_target"):
            # It starts after its need ends, and that week is not known without a plan: the room gives it.
            return None, {}
    if card.earliest_week > first_week:
        return "start_after", {"week": card.earliest_week, "why": "the card itself cannot start earlier."}
    return "start", {"week": first_week}


def _named(session: Session, card: str) -> str:
    return f"#{session.rank(card)} {session.cards[card].title}" if card in session.cards else card


def _words_of_needs(session: Session, card_id: str) -> Words:
    """Return the word of every card that this one waits for, however far; cards that wait for each other have none."""
    # An explicit stack that visits every card once, because a chain may be deeper than Python's stack and a mesh has endless paths.
    words: Words = {}
    used = fields_in_use(session)
    begun = {card_id}
    stack = list(session.cards[card_id].needs)
    while stack:
        here = stack[-1]
        if here in words:
            stack.pop()
        elif here in session.decisions or here not in session.cards or session.cards[here].state == "done":
            words[here] = _known_word(session, here)
        elif following := [need for need in session.cards[here].needs if need not in words and need not in begun and need != here]:
            begun.add(here)
            stack += following
        else:
            words[here] = _word_without_plan(session, session.cards[here], used, words)
    return words


def _known_word(session: Session, card_id: str) -> DecisionWord | None:
    if card_id in session.decisions:
        return session.decisions[card_id].word
    if card_id in session.cards:
        return "done"
    return "stop" if card_id in session.withdrawn else None


def _word_without_plan(session: Session, card: Project, used: FieldsInUse, words: Words) -> DecisionWord | None:
    if card.state == "in_flight":
        return "continue"
    if _missing(session, card, used):
        return "return"
    return _without_plan(session, card, 1, {}, words)[0]


def _missing(session: Session, card: Project, used: FieldsInUse) -> list[str]:
    """Return what a card must get before it can start."""
    missing = []
    if used.sponsors and lacks_sponsor(session, card):
        missing.append("a sponsor")
    if used.benefits and benefit_depth(card) < 2:
        missing.append("a benefit in business terms")
    return missing
