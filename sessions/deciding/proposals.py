"""The decision that a card and the plan suggest (METHOD 2.4).

The group only has to change the proposals that it disagrees with. If nothing in the record supports a word, there is no proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sessions.deciding.adopting import delivery, figures, status
from sessions.deciding.line import line_rank
from sessions.deciding.session_plan import plan_if_decided, session_plan
from sessions.deciding.sponsors import lacks_sponsor, uses_sponsors
from sessions.deciding.words import COMES_BACK, STARTS, sentence_for
from sessions.portfolio.models import Project
from sessions.record.agreed import Decision
from sessions.record.choices import DecisionWord
from sessions.record.past import Delivered
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import CANNOT_START_EARLIER, because
from sessions.sequencing.reasons import sentence as plan_sentence
from sessions.state.session import Session
from sessions.wording import listed

Words = dict[str, DecisionWord | None]
"""Words by card; None if nothing supports one."""


Fields = dict[str, str | int]
"""What goes with a proposed word: week, finish, until, missing, why."""


class _Ground(NamedTuple):
    """What proposals rest on besides the plan.

    Whether any card has a sponsor, the cards above the room's line (None without one), and those that the room said have started.

    If no card has a sponsor, no card is sent back for the lack of one. The wording of a benefit never proposes anything.
    """

    sponsors: bool
    above: frozenset[str] | None
    started: frozenset[str]


def _ground(session: Session) -> _Ground:
    rank = line_rank(session)
    return _Ground(uses_sponsors(session), None if rank is None else frozenset(session.order[:rank]), _started(session))


def _started(session: Session) -> frozenset[str]:
    """Return the cards of which the room said, looking back, that they started or continue as the earlier session decided."""
    past, said = session.past, session.outcomes
    if past is None or not said:
        return frozenset()
    begun = {each.card for each in past.decisions if each.word in (*STARTS, "continue") and each.card in said}
    begun = {card for card in begun if said[card].outcome == "kept"}
    its = {each.card: each.was for each in past.matched} | dict(session.links)
    return frozenset(card for card, was in its.items() if was in begun)


def proposal_for(session: Session, card_id: str, plan: Plan | None = None) -> Decision | None:
    """Return the decision that the card and the plan suggest, or None if nothing supports one."""
    return next(iter(proposals_for(session, (card_id,), plan)), None)


def proposals_for(session: Session, cards: Sequence[str], plan: Plan | None = None) -> list[Decision]:
    """Return the proposals of cards as if all were accepted: what does not start takes no one's time."""
    ground, plan = _ground(session), plan or session_plan(session)
    # A card that is decided already counts as open.
    words: dict[str, str] = {card: "" for card in cards if card in session.decisions}
    if words:
        plan = plan_if_decided(session, words)
    proposals = {card: _proposal(session, card, plan, ground) for card in cards}
    while new := {card: each.word for card, each in proposals.items() if each and each.word in COMES_BACK and not words.get(card)}:
        words |= new
        if plan.empty:
            break
        plan = plan_if_decided(session, words)
        proposals |= {card: _proposal(session, card, plan, ground) for card in cards if not words.get(card)}
    return [each for each in proposals.values() if each]


def _proposal(session: Session, card_id: str, plan: Plan, ground: _Ground) -> Decision | None:
    card = session.cards[card_id]
    word, fields = _word_and_fields(session, card, plan, ground)
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


def _word_and_fields(session: Session, card: Project, plan: Plan, ground: _Ground) -> tuple[DecisionWord | None, Fields]:
    """Return the word and its fields (METHOD 2.4)."""
    if delivered := delivery(session, card.id):
        return _adoption(delivered)
    if card.state == "done":
        return None, {}  # its file says so; the room says whether it is used
    back: Fields = {"until": session.next_session} if session.next_session else {}
    if card.state == "in_flight" or card.id in ground.started:
        return "continue", _continuation(plan, card.id)
    if _lacks_sponsor(session, card, ground):
        return "return", {**back, "missing": "a sponsor"}
    if plan.empty or plan.at(card.id).status in ("out", "done"):
        return _without_plan(session, card, plan.first_week, back, _words_of_needs(session, card.id, ground), ground)
    return _from_plan(plan, card, back)


def _adoption(delivered: Delivered) -> tuple[DecisionWord, Fields]:
    match status(delivered):
        case "adopted":
            return "done", {}
        case "accepted":
            return "accept_below_target", {"why": delivered.accepted}
        case _:
            return "continue", {"why": f"It was delivered; people are still to use it: {figures(delivered) or 'not measured yet'}."}


def _continuation(plan: Plan, card: str) -> Fields:
    if plan.empty:
        return {}
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
    """Return what the plan says about a card that the room starts in a week of its own, if that is the plan's week too, else None."""
    plan = plan_if_decided(session, {card: ""}) if card in session.decisions else session_plan(session)
    if plan.empty or plan.at(card).start != week:
        return None
    return {"why": because(plan, card), **_finish(plan, card)}


def _finish(plan: Plan, card: str) -> Fields:
    """Return the last week of a card's work; nothing if it has none, or no place."""
    placed = plan.at(card)
    return {"finish": placed.finish} if placed.start and placed.finish and placed.finish >= placed.start else {}


def _without_plan(
    session: Session, card: Project, first_week: int, back: Fields, words: Words, ground: _Ground
) -> tuple[DecisionWord | None, Fields]:
    """Return what the needs and the room's line say: without a line no one has said how much can start."""
    for need in card.needs:
        word = words.get(need)
        if word in COMES_BACK or word == "stop":
            return "not_now", {**back, "why": f"It waits for {_named(session, need)}, which does not start."}
        if word is None:
            return None, {}
    if ground.above is None:
        return None, {}
    if card.id not in ground.above:
        return "not_now", back
    if card.earliest_week > first_week:
        return "start_after", {"week": card.earliest_week, "why": CANNOT_START_EARLIER}
    waits_for = [need for need in card.needs if words.get(need) in STARTS or words.get(need) == "continue"]
    return "start", {"why": f"It comes after {listed([_named(session, need) for need in waits_for])}."} if waits_for else {}


def _named(session: Session, card: str) -> str:
    return f"#{session.rank(card)} {session.cards[card].title}" if card in session.cards else card


def _words_of_needs(session: Session, card_id: str, ground: _Ground) -> Words:
    """Return the word of every card that this one waits for, however far; cards that wait for each other have none."""
    # An explicit stack that visits every card once, because a chain may be deeper than Python's stack and a mesh has endless paths.
    words: Words = {}
    begun = {card_id}
    stack = list(session.cards[card_id].needs)
    while stack:
        here = stack[-1]
        if here in words:
            stack.pop()
        elif here in session.decisions or here not in session.cards or session.cards[here].state == "done" or here in session.delivered:
            words[here] = _known_word(session, here)
        elif following := [need for need in session.cards[here].needs if need not in words and need not in begun and need != here]:
            begun.add(here)
            stack += following
        else:
            words[here] = _word_without_plan(session, session.cards[here], words, ground)
    return words


def _known_word(session: Session, card_id: str) -> DecisionWord | None:
    if card_id in session.delivered:
        return "done"
    if card_id in session.decisions:
        return session.decisions[card_id].word
    if card_id in session.cards:
        return "done"
    return "stop" if card_id in session.withdrawn else None


def _word_without_plan(session: Session, card: Project, words: Words, ground: _Ground) -> DecisionWord | None:
    if card.state == "in_flight" or card.id in ground.started:
        return "continue"
    if _lacks_sponsor(session, card, ground):
        return "return"
    return _without_plan(session, card, 1, {}, words, ground)[0]


def _lacks_sponsor(session: Session, card: Project, ground: _Ground) -> bool:
    return ground.sponsors and bool(lacks_sponsor(session, card))
