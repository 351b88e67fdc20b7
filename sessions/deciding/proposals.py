"""The decision that the card itself suggests (METHOD 2.4), and the sentence that goes with every decision word.

The group only has to change the proposals that it disagrees with. Where nothing in the record speaks for a word, there is no proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sessions.deciding.session_plan import plan_if_decided, session_plan
from sessions.portfolio.checks import chain, has_sponsor
from sessions.portfolio.models import Project
from sessions.record.events import Decision, DecisionWord
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import because
from sessions.sequencing.reasons import sentence as plan_sentence
from sessions.sequencing.weeks import week_name
from sessions.state.session import Session

WORD_NAMES: dict[DecisionWord, str] = {
    "continue": "Continue",
    "start": "Start",
    "start_after": "Yes, but not until",
    "hold": "On hold",
    "not_now": "Not now",
    "return": "Sent back",
    "stop": "Stopped",
    "done": "Done",
    "accept_below_target": "Accepted below target",
}
"""How each decision word is written for people."""

STARTS: frozenset[DecisionWord] = frozenset({"start", "start_after"})
COMES_BACK: frozenset[DecisionWord] = frozenset({"hold", "not_now", "return"})
"""Words that need the date on which the card comes back."""

Words = dict[str, DecisionWord | None]
"""Words by card; None where nothing speaks for one."""


Fields = dict[str, str | int]
"""What goes with a proposed word: week, finish, until, missing, why."""


def sentence_for(session: Session, word: DecisionWord, *, week: int | None = None, until: str = "", missing: str = "", why: str = "") -> str:
    """Return the sentence of a decision. `week` counts from 1, `until` is an ISO date."""
    tail = f" {why}" if why else ""
    match word:
        case "continue":
            return f"Continue.{tail}"
        case "start":
            return f"Start in week {week or 1}.{tail}"
        case "start_after":
            return f"Yes, but not before {week_name(session.portfolio, week or 1)}{f': {why}' if why else '.'}"
        case "hold" | "not_now" | "return":
            needs = f": needs {missing}" if missing else ""
            return f"{WORD_NAMES[word]} until {until}{needs}.{tail}"
        case "stop":
            return f"Stopped: a new card is needed to bring it back.{tail}"
        case "done":
            return f"Done, and in use as promised.{tail}"
        case "accept_below_target":
            return f"Accepted below target.{tail}"


def lacks_sponsor(session: Session, card: Project) -> str:
    """Return why a card has no sponsor who could answer for it, or an empty text (K-SPONSOR, K-SPONSOR-LEFT)."""
    if not card.sponsor:
        return "it has no sponsor"
    return "" if has_sponsor(card) else f"its sponsor, {card.sponsor}, is not there any more"


def speaks_of_sponsors(session: Session) -> bool:
    """Return whether any card names a sponsor. Where none does, the lack of one is a gap, not a wall."""
    return any(card.sponsor for card in session.cards.values())


def sponsor_away(session: Session, card: Project) -> str:
    """Return why the sponsor cannot accept a start in this room, or an empty text (K-SPONSOR-AWAY)."""
    roles = {person.role.casefold(): person.id for person in session.people.values()}
    if not any(each.sponsor.casefold() in roles for each in session.cards.values()):
        # Sponsors are departments or names here, not people of this session: nobody can be said to be away.
        return ""
    if not session.is_there(roles.get(card.sponsor.casefold(), "")):
        return f"its sponsor, {card.sponsor}, is neither present nor represented"
    return ""


class Speaks(NamedTuple):
    """Which fields any card of the portfolio fills; a portfolio that never speaks of sponsors or benefits is not nagged about them."""

    of_sponsors: bool
    of_benefits: bool


def what_it_speaks_of(session: Session) -> Speaks:
    """Look once over all cards."""
    cards = session.cards.values()
    return Speaks(speaks_of_sponsors(session), any(card.benefit.text or card.benefit.monthly for card in cards))


def propose(session: Session, card_id: str) -> Decision | None:
    """Return the decision that the card and the plan suggest, or None where nothing speaks for one."""
    return next(iter(propose_all(session, (card_id,))), None)


def propose_all(session: Session, cards: Sequence[str]) -> list[Decision]:
    """Return the proposals of cards as if all were accepted: what does not start takes nobody's time from the others."""
    speaks, plan = what_it_speaks_of(session), session_plan(session)
    # A card that is decided already is seen as if that were still open.
    words: dict[str, str] = {card: "" for card in cards if card in session.decisions}
    if words:
        plan = plan_if_decided(session, words)
    proposals = {card: _propose(session, card, plan, speaks) for card in cards}
    while new := {card: each.word for card, each in proposals.items() if each and each.word in COMES_BACK and not words.get(card)}:
        words |= new
        if plan.empty:
            break
        plan = plan_if_decided(session, words)
        proposals |= {card: _propose(session, card, plan, speaks) for card in cards if not words.get(card)}
    return [each for each in proposals.values() if each]


def _propose(session: Session, card_id: str, plan: Plan, speaks: Speaks) -> Decision | None:
    card = session.cards[card_id]
    word, fields = _proposed(session, card, plan, speaks)
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


def _proposed(session: Session, card: Project, plan: Plan, speaks: Speaks) -> tuple[DecisionWord | None, Fields]:
    """Return the word and its fields (METHOD 2.4)."""
    back: Fields = {"until": session.next_session.isoformat()} if session.next_session else {}
    if card.state == "in_flight":
        return "continue", _going_on(plan, card.id)
    missing = _missing(session, card, speaks)
    if missing:
        return "return", {**back, "missing": " and ".join(missing)}
    if plan.empty or plan.at(card.id).status in ("out", "done"):
        return _proposed_without_plan(session, card, plan.first_week, back, _words_of_needs(session, card.id))
    return _from_plan(plan, card, back)


def _going_on(plan: Plan, card: str) -> Fields:
    placed = plan.at(card)
    # What cannot run on at once says so: its people are on something else in flight (METHOD 5.8).
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
    """Return what the plan says of a card that the room starts in a week of its own, where that is the plan's week too, else None."""
    plan = plan_if_decided(session, {card: ""}) if card in session.decisions else session_plan(session)
    if plan.empty or plan.at(card).start != week:
        return None
    return {"why": because(plan, card), **_finish(plan, card)}


def _finish(plan: Plan, card: str) -> Fields:
    """Return the last week of a card's work; nothing where it has none, or no place."""
    placed = plan.at(card)
    return {"finish": placed.finish} if placed.start and placed.finish and placed.finish >= placed.start else {}


def _proposed_without_plan(
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
    # A stack of its own, and every card looked at once: a long row of needs is deeper than Python's stack, a mesh has endless ways.
    words: Words = {}
    speaks = what_it_speaks_of(session)
    begun = {card_id}
    stack = list(session.cards[card_id].needs)
    while stack:
        here = stack[-1]
        if here in words:
            stack.pop()
        elif here in session.decisions or here not in session.cards or session.cards[here].state == "done":
            words[here] = _settled(session, here)
        elif following := [need for need in session.cards[here].needs if need not in words and need not in begun and need != here]:
            begun.add(here)
            stack += following
        else:
            words[here] = _word_without_plan(session, session.cards[here], speaks, words)
    return words


def _settled(session: Session, card_id: str) -> DecisionWord | None:
    if card_id in session.decisions:
        return session.decisions[card_id].word
    if card_id in session.cards:
        return "done"
    return "stop" if card_id in session.withdrawn else None


def _word_without_plan(session: Session, card: Project, speaks: Speaks, words: Words) -> DecisionWord | None:
    if card.state == "in_flight":
        return "continue"
    if _missing(session, card, speaks):
        return "return"
    return _proposed_without_plan(session, card, 1, {}, words)[0]


def _missing(session: Session, card: Project, speaks: Speaks) -> list[str]:
    """Return what a card must get before it can start."""
    missing = []
    if speaks.of_sponsors and lacks_sponsor(session, card):
        missing.append("a sponsor")
    if speaks.of_benefits and chain(card) < 2:
        missing.append("a benefit in business terms")
    return missing
