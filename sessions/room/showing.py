"""What the room looks at now, as small plain values: the card, the open ballot, its result, the discussion, the decisions.

Nothing here depends on a choice before its reveal; who has voted appears in counts only, and in none that would name someone.
"""

from __future__ import annotations

from typing import Any

from sessions.deciding.words import WORD_NAMES
from sessions.live.session import LiveSession
from sessions.portfolio.benefits import benefit_words
from sessions.portfolio.models import Project
from sessions.record.events import Decision, RoundOpened
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.reasons import reasons
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import headline
from sessions.rounds.words import ANNOUNCED, heading, question, voted_by_side
from sessions.sanitize import clean
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.consent import MOST_FINGERS, stance
from sessions.wording import capital, sentence, worth_name

ORDER_SHOWN = 10
"""Cards of a revealed order that a page names."""
QUOTE_LIMIT = 90
"""Characters of a reason that a page quotes."""
LINES_SHOWN = 7
"""Cards that the room differs on, which a page names with their sentence."""


def round_shown(session: Session, round_: Round, listv: str) -> dict[str, Any]:
    """Return what a voter has to know of an open round, and how many have voted."""
    opened, asked = round_.opened, question(round_.opened)
    return {
        "number": opened.round,
        "method": opened.method,
        "title": heading(session, opened),
        "about": asked.about,
        "question": asked.question,
        "rules": spec_of(opened.method).rules(session, round_),
        "scale": asked.scale,
        "words": [figure for figure in range(MOST_FINGERS + 1) if stance(figure)],
        "told": ANNOUNCED[opened.anonymity],
        "listv": listv,
        "cards": len(opened.items),
        "budget": opened.budget,
        "cap": opened.cap,
        "limit": opened.limit,
        "what_ifs": opened.what_ifs,
        "until": opened.until,
        "over": round_.over,
        "in": voted_by_side(session, round_),
    }


def voted_words(session: Session, round_: Round) -> str:
    """Return how many have voted: 7 of 11 have voted."""
    voters = session.voters()
    done = sum(voter.id in round_.seals for voter in voters)
    return f"{done} of {len(voters)} {'has' if done == 1 else 'have'} voted"


def reveal_shown(live: LiveSession) -> dict[str, Any] | None:
    """Return what the latest ballots on an order say, as far as it is computed; None before their reveal."""
    reading = live.results.latest(live.session)
    if reading is None:
        return None
    numbers = reading.round.opened.numbered
    order = [{"number": numbers.get(card, 0), "title": reading.title(card)} for card in reading.order[:ORDER_SHOWN]]
    told = {"headline": headline(reading), "lines": _lines(live.session, reading)} if reading.ready else {"headline": "", "lines": []}
    return {**told, "order": order, "of": len(reading.order), "round": reading.round.opened.round}


def _lines(session: Session, reading: RevealResult) -> list[dict[str, Any]]:
    """Return what the sides differ on: the sentence, each side's place if the sides may be shown apart, and the first line of reason."""
    numbers = reading.round.opened.numbered
    said = {each.card: each for each in reversed(reasons(session, reading.round))}
    lines = []
    for each in reading.worth_talking[:LINES_SHOWN]:
        line = {"card": each.card, "number": numbers.get(each.card, 0), "title": reading.title(each.card), "sentence": each.why}
        line["places"] = reading.places_of(each.card)
        if reason := said.get(each.card):
            line["quote"] = {"side": reason.side, "who": reason.who, "text": clean(reason.text, QUOTE_LIMIT)}
        lines.append(line)
    return lines


def talk_shown(live: LiveSession, card: str) -> dict[str, Any] | None:
    """Return the card that the room discusses, and what its ballots say about it: the latest score, or how many want it now."""
    session = live.session
    if card not in session.cards:
        return None
    told = {"card": card, "number": session.rank(card), "title": session.title_of(card), "sentence": result_on(live, card)}
    reading = live.results.latest(session)
    return told | ({"places": reading.places_of(card), "of": len(reading.order)} if reading and reading.ready else {})


def result_on(live: LiveSession, card: str) -> str:
    """Return in a sentence what the latest revealed ballots say about a card, or nothing."""
    session = live.session
    about = [each for each in session.rounds if each.revealed and not each.opened.asks_order and card in each.opened.cards]
    if about and (revealed := about[-1].revealed):
        return sentence(spec_of(about[-1].opened.method).narrated_result(session, about[-1], revealed))
    reading = live.results.latest(session)
    return reading.wants_words(card) if reading and reading.ready else ""


def answers_told(session: Session) -> str:
    """Return at Open and Close the result of the latest questions about no card, in a sentence, or nothing."""
    latest = session.rounds[-1] if session.rounds and session.phase in ("open", "close") else None
    if latest is None or latest.revealed is None or not latest.opened.questions:
        return ""
    told = spec_of(latest.opened.method).narrated_result(session, latest, latest.revealed)
    return sentence(capital(told)) if told else ""


def card_shown(session: Session, card: Project) -> dict[str, Any]:
    """Return a card as it is read out."""
    return {
        **row_of(session, card, session.rank(card.id)),
        "description": card.description,
        "objective": next((each.text for each in session.objectives if each.id == card.objective), card.objective),
        "needs": [session.title_of(need) for need in card.needs[:LINES_SHOWN]],
    }


def item_of(opened: RoundOpened, item: str, title: str) -> dict[str, Any]:
    """Return the items of a round that are not cards of the board, with the answers that have words of their own."""
    spec = spec_of(opened.method)
    scale = spec.scale_of(item)
    return {"id": item, "number": opened.numbered[item], "title": title, **({"name": spec.item_name(item), "scale": scale} if scale else {})}


def row_of(session: Session, card: Project, number: int) -> dict[str, Any]:
    """Return a card as one of a list, under its number."""
    benefit, teams = card.benefit, {team.id: team.name for team in session.teams}
    return {
        "id": card.id,
        "number": number,
        "title": card.title,
        "sponsor": card.sponsor,
        "benefit": benefit_words(benefit),
        "worth": worth_name(benefit.monthly, session.portfolio.currency_of(benefit.currency)),
        "effort": [{"team": work.team, "name": teams.get(work.team, work.team), "tenths": work.effort} for work in card.work],
    }


def decided_shown(session: Session, card: str) -> dict[str, Any]:
    """Return how many cards have a decision, the one on this card, and the one made last."""
    here = session.decisions.get(card)
    last = next((each for each in reversed(tuple(session.decisions.values())) if each.card in session.cards), None)
    done = len(session.order) - len(session.undecided)
    told = {"title": session.title_of(last.card), "words": _decision_words(last)} if last else None
    return {"done": done, "of": len(session.order), "here": _decision_words(here) if here else "", "last": told}


def _decision_words(decision: Decision) -> str:
    return decision.sentence or f"{WORD_NAMES[decision.word]}."
