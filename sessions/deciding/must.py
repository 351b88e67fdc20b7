"""The must cards: what they take of the quarter, and what each of them must show: its rule, its date and its owner (METHOD 2.5, 5.1)."""

from __future__ import annotations

from collections.abc import Iterable

from sessions.deciding.sponsors import lacks_sponsor
from sessions.portfolio.models import Project
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import team_name
from sessions.sequencing.weeks import deadline_day
from sessions.sequencing.workload import OUT
from sessions.state.session import Session
from sessions.wording import plural, tenths

_TEAMS = 3
"""Teams that the sentence names, those of which most is taken first."""


def must_cards(session: Session) -> tuple[str, ...]:
    """Return the must cards that the plan serves first, by rank: neither done nor decided not to start."""
    return tuple(card for card in session.order if session.cards[card].must and not session.over(card, OUT))


def must_sentence(session: Session, plan: Plan | None) -> str:
    """Return what the must cards take: Must: 1 project, 7 of 24 weeks of ERP. Nothing if there are none."""
    cards = must_cards(session)
    if not cards:
        return ""
    taken: dict[str, int] = {}
    for card in cards:
        for work in session.cards[card].work:
            taken[work.team] = taken.get(work.team, 0) + work.effort
    available = {team.id: team.available for team in plan.teams} if plan else {}
    found = sorted((each for each in taken if taken[each] and each in available), key=lambda team: (-taken[team] / (available[team] or 1), team))
    parts = [f"{tenths(taken[team])} of {tenths(available[team])} weeks of {team_name(plan, team)}" for team in found[:_TEAMS] if plan]
    return f"Must: {', '.join([plural(len(cards), 'project'), *parts])}"


def below_the_line(session: Session, cards: Iterable[str]) -> tuple[str, list[str]]:
    """Return a question's clause on the must cards among those that go below the line, and a line with the facts of each."""
    musts = [card for card in session.order if card in set(cards) and session.cards[card].must]
    lines = []
    for card in musts:
        facts = [f"{name}: {text}" for name, text in must_facts(session, session.cards[card]) if name != "Rule" or session.cards[card].rule]
        lines.append(f"Must below the line: #{session.rank(card)} {session.cards[card].title}. {' · '.join(facts)}")
    return f" {plural(len(musts), 'must')} would be below it." if musts else "", lines


def must_facts(session: Session, card: Project) -> tuple[tuple[str, str], ...]:
    """Return the rule, the date and the owner of a must card, each with its name; unknown ones say so."""
    day = deadline_day(session.portfolio, card) or card.adoption.by
    sponsor = card.sponsor if not lacks_sponsor(session, card) else ""
    rule = card.rule or card.benefit.text or card.note or card.description
    known = {"Rule": rule, "By": card.rule_by or day, "Owner": card.rule_owner or sponsor}
    return tuple((name, text or "not named yet") for name, text in known.items())
