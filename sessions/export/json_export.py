"""The session as JSON for other programs. Like the page, it contains what was revealed and nothing else.

Money is in whole units of its currency, weeks count from 1, dates are ISO text, effort and people are in their units and not in tenths.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sessions.deciding.line import line_rank
from sessions.deciding.overrides import overrides
from sessions.deciding.session_plan import session_plan
from sessions.export.plan_rows import card_data, person_weeks, plan_data
from sessions.export.quarters import exported_quarters
from sessions.export.rounds import exported_round
from sessions.imports.exported import FORMAT
from sessions.portfolio.benefits import benefit_words
from sessions.portfolio.models import Project, Team
from sessions.record.events import Decision
from sessions.sanitize import all_harmless
from sessions.state.rounds import Talk
from sessions.state.session import Session
from sessions.summary.facts import minutes_used
from sessions.summary.moves import Moved, moved_cards


def as_json(session: Session) -> dict[str, Any]:
    """Return the session as plain values: session, cards by rank with their plan, teams, decisions, participants, rounds, actions, and the rest.

    The plan has the names of `quarterdeck plan --json`. The portfolio has the names of a portfolio's file: `new` reads it
    back to an equal portfolio.
    """
    plan = session_plan(session)
    listed_plan = plan_data(plan)
    values = {
        "format": FORMAT,
        "company": session.portfolio.model_dump(mode="json", include=set(_COMPANY)),
        "session": _about(session),
        "objectives": [objective.model_dump(mode="json") for objective in session.objectives],
        "cards": [
            {**_card(session, rank, session.cards[card]), **card_data(plan, plan.at(card))} for rank, card in enumerate(session.order, 1)
        ],
        "cut_rank": listed_plan["cut_rank"],
        "teams": [_team(team, listed_plan) for team in session.teams],
        "what_ifs": [{"name": each.name, "sentence": each.sentence} for each in session.what_ifs],
        "decisions": [
            _decision(session, rank, session.decisions[card]) for rank, card in enumerate(session.order, 1) if card in session.decisions
        ],
        "participants": [
            {
                **person.model_dump(mode="json"),
                "presence": session.presence.get(person.id, "expected"),
                "proxy": session.proxies.get(person.id),
            }
            for person in session.people.values()
        ],
        "rounds": [exported_round(session, each) for each in session.rounds],
        "moves": [_moved(each) for each in moved_cards(session)],
        "actions": [each.model_dump(mode="json", include={"what", "who", "by_when", "card"}) for each in session.actions],
        "proposed_moves": [
            {**each.proposed.model_dump(mode="json", exclude={"proposal"}), "status": each.status} for each in session.proposed_moves
        ],
        "parked": [each.model_dump(mode="json", include={"text", "card", "asked_by"}) for each in session.parked],
        "dissent": [each.model_dump(mode="json", include={"card", "who", "stance", "text", "answer", "changed"}) for each in session.dissents],
        "talks": [_talk(each) for each in session.talks],
        **exported_quarters(session),
        "overrides": [
            {"what": each.what, "rules": list(each.rules), "reason": each.reason, "cards": list(each.cards)} for each in overrides(session)
        ],
        "withdrawn": [{"id": card, "title": each.card.title, "reason": each.reason} for card, each in session.withdrawn.items()],
        "notes": [each.model_dump(mode="json", include={"card", "text", "asked_by", "about"}) for each in session.notes],
    }
    return {name: all_harmless(value) for name, value in values.items()}


_COMPANY = ("name", "about", "quarter", "quarter_start", "weeks_in_quarter", "horizon_weeks", "session_date", "minutes", "currency")


def _team(team: Team, plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return a team as a portfolio names it, and what the plan says about it."""
    brought = {
        "id": team.id,
        "name": team.name,
        "people": person_weeks(team.people),
        "key": team.key,
        "by_week": {str(week): person_weeks(people) for week, people in team.by_week},
    }
    return next((each for each in plan["teams"] if each["id"] == team.id), {}) | brought


def _about(session: Session) -> dict[str, Any]:
    portfolio = session.portfolio
    return {
        "id": session.id,
        "title": session.title,
        "quarter": session.quarter,
        "after": session.after or None,
        "portfolio": portfolio.name,
        "currency": portfolio.currency,
        "phase": session.phase,
        "archived": session.archived,
        "closed": session.closed,
        "opened_at": session.opened_at,
        "closed_at": session.closed_at or None,
        "events": session.seq,
        "minutes": session.minutes,
        "minutes_used": minutes_used(session),
        "facilitator": session.facilitator,
        "decider": session.decider or None,
        "quorum": {
            side: {"voices": quorum.voices, "counted": quorum.counted, "needed": quorum.needed, "met": quorum.met}
            for side, quorum in session.quorum().items()
        },
        "line": None if session.line is None else {**session.line.model_dump(mode="json"), "rank": line_rank(session)},
        "free_movers": list(session.free_movers),
        "quorum_override": session.quorum_override or None,
        "session_date": portfolio.session_date or session.opened_at[:10],
        "objectives_confirmed": session.objectives_confirmed,
        "next_session": session.next_session or None,
    }


def _card(session: Session, rank: int, card: Project) -> dict[str, Any]:
    decision = session.decisions.get(card.id)
    plain = card.model_dump(mode="json", exclude={"id", "title", "benefit", "budget", "work", "fields", "made_id", "deadline"})
    return {
        "id": card.id,
        "rank": rank,
        "title": card.title,
        **plain,
        "benefit": benefit_words(card.benefit),
        "benefit_chain": card.benefit.model_dump(mode="json", exclude={"monthly"}),
        "benefit_monthly": card.benefit.monthly,
        "budget": card.budget.amount if card.budget else None,
        "budget_currency": card.budget.currency if card.budget else None,
        "work": [
            {"team": work.team, "person_weeks": work.effort / 10, "crew": None if work.crew is None else work.crew / 10}
            for work in card.work
        ],
        "first_rank": session.first_ranks.get(card.id),
        "decision": decision.word if decision else None,
        "fields": dict(card.fields),
    }


def _decision(session: Session, rank: int, decision: Decision) -> dict[str, Any]:
    values = decision.model_dump(mode="json")
    return {"card": values.pop("card"), "title": session.cards[decision.card].title, "rank": rank, **values}


def _moved(moved: Moved) -> dict[str, Any]:
    steps = [{"by": each.by, "reason": each.why, "old_rank": each.old, "new_rank": each.new} for each in moved.steps]
    return {"card": moved.card.id, "title": moved.card.title, "first_rank": moved.first, "last_rank": moved.last, "steps": steps}


def _talk(talk: Talk) -> dict[str, Any]:
    closed = talk.closed
    said = {"outcome": closed.outcome, "used": closed.used, "note": closed.note} if closed else {"outcome": None, "used": None, "note": ""}
    return {"card": talk.card, "planned": talk.planned, **said}
