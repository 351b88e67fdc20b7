"""The session as CSV for spreadsheets: one row per card, with what was revealed and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from sessions.deciding.session_plan import session_plan
from sessions.imports.columns import NAMES, recognise
from sessions.imports.exported import DECISION_COLUMNS, PLAN_COLUMNS, heading_of_named
from sessions.imports.money import is_known_currency
from sessions.imports.planned.effort_headings import crew_heading, effort_heading
from sessions.portfolio.models import Project
from sessions.record.events import Decision
from sessions.sanitize import guarded, harmless
from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.reasons import named_card, sentence, team_name
from sessions.state.session import Session
from sessions.wording import listed

Cell = str | int | Decimal | None

Column = Callable[[Project], Cell]

_CARD: Mapping[str, Column] = {
    "title": lambda card: card.title,
    "objective": lambda card: card.objective,
    "sponsor": lambda card: card.sponsor,
    "it_partner": lambda card: card.it_partner,
    "description": lambda card: card.description,
    "benefit": lambda card: card.benefit.text,
    "benefit_change": lambda card: card.benefit.change,
    "benefit_effect": lambda card: card.benefit.effect,
    "benefit_business_effect": lambda card: card.benefit.business_effect,
    "benefit_monthly": lambda card: card.benefit.monthly,
    "benefit_currency": lambda card: card.benefit.currency,
    "budget": lambda card: card.budget.amount if card.budget else None,
    "budget_currency": lambda card: card.budget.currency if card.budget else None,
    "adoption_who": lambda card: card.adoption.who,
    "adoption_measure": lambda card: card.adoption.measure,
    "adoption_baseline": lambda card: card.adoption.baseline,
    "adoption_target": lambda card: card.adoption.target,
    "adoption_by": lambda card: card.adoption.by,
    "adoption_plan_owner": lambda card: card.adoption.plan_owner,
    "kind": lambda card: card.kind,
    "state": lambda card: card.state,
    "must": lambda card: "yes" if card.must else "",
    "rule": lambda card: card.rule,
    "rule_by": lambda card: card.rule_by,
    "rule_owner": lambda card: card.rule_owner,
    "origin": lambda card: card.origin,
    "needs": lambda card: "; ".join(card.needs),
    "earliest_week": lambda card: card.earliest_week if card.earliest_week > 1 else None,
    "deadline_week": lambda card: card.deadline_week,
    "previous_rank": lambda card: card.previous_rank,
    "order_taker_version": lambda card: card.order_taker_version,
    "arguments_for": lambda card: card.arguments_for,
    "arguments_against": lambda card: card.arguments_against,
    "note": lambda card: card.note,
}
_ALWAYS = ("title", "sponsor", "benefit", "benefit_monthly", "state")

_OF_DECISION: tuple[Callable[[Decision], Cell], ...] = (
    lambda decision: decision.word,
    lambda decision: decision.sentence,
    lambda decision: decision.owner,
    lambda decision: decision.week,
    lambda decision: decision.finish,
    lambda decision: decision.until,
    lambda decision: decision.why,
    lambda decision: listed(decision.rules),
    lambda decision: decision.override,
)
"""The columns of a decision, under the names by which our own import skips them."""


def _waits_for(plan: Plan, placed: Placement) -> str:
    """Name the teams and the cards that a card waits for: Web & Commerce; #3 Northwest price lists and tax."""
    return "; ".join([*(team_name(plan, team) for team in placed.why.teams), *(named_card(plan, card) for card in placed.why.cards)])


_OF_PLAN: tuple[Callable[[Plan, Placement], Cell], ...] = (
    lambda _, placed: placed.start,
    lambda _, placed: placed.finish,
    lambda _, placed: placed.status,
    lambda plan, placed: sentence(plan, placed.card),
    _waits_for,
    lambda _, placed: placed.pulled_by,
)
"""The columns of the plan, under the names of `quarterdeck plan --json`, by which our own import skips them."""


def as_csv(session: Session) -> str:
    """Return the table of a session as CSV by RFC 4180: figures bare, texts quoted."""
    return "".join(",".join(map(_written, row)) + "\r\n" for row in rows_of(session))


def rows_of(session: Session) -> list[list[Cell]]:
    """Return a header and one row per card by rank, under names that our own import recognises, and the plan and the decisions beside them.

    A text that a spreadsheet would take for a formula has an apostrophe before it, which our import takes off again.
    """
    cards = [_as_it_stands(session.cards[card], session.order) for card in session.order]
    columns: dict[str, list[Cell]] = {NAMES["id"][0]: [card.id for card in cards], "rank": list(range(1, len(cards) + 1))}
    columns |= _known_columns(cards)
    columns |= _effort_columns(session, cards)
    columns |= _plan_columns(session)
    decided = [session.decisions.get(card.id) for card in cards]
    for name, of_decision in zip(DECISION_COLUMNS, _OF_DECISION, strict=True):
        values = [of_decision(decision) if decision else None for decision in decided]
        if name == "decision" or any(value not in (None, "") for value in values):
            columns[name] = values
    own = tuple(columns)
    for name, named in _named_fields(cards).items():
        columns[heading_of_named(name, own)] = named
    rows: list[Sequence[Cell]] = [list(columns), *zip(*columns.values(), strict=True)]
    return [[guarded(harmless(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _as_it_stands(card: Project, order: Sequence[str]) -> Project:
    """Return a card without the needs of cards that were withdrawn."""
    needs = tuple(need for need in card.needs if need in order)
    return card if needs == card.needs else card.model_copy(update={"needs": needs})


def _effort_columns(session: Session, cards: list[Project]) -> dict[str, list[Cell]]:
    """Return a column for each team with its efforts, and one with its crews if a card has one."""
    people = {team.id: team.people for team in session.teams}
    people |= {work.team: 0 for card in cards for work in card.work if work.team not in people}
    columns: dict[str, list[Cell]] = {}
    for team, number in people.items():
        works = [next((work for work in card.work if work.team == team), None) for card in cards]
        columns[effort_heading(team, number)] = [Decimal(work.effort) / 10 if work else None for work in works]
        crews = [work.crew if work else None for work in works]
        if any(crew is not None for crew in crews):
            columns[crew_heading(team)] = [None if crew is None else Decimal(crew) / 10 for crew in crews]
    return columns


def _plan_columns(session: Session) -> dict[str, list[Cell]]:
    """Return what the plan says; nothing if there is nothing to plan by."""
    plan = session_plan(session)
    if plan.empty:
        return {}
    return {name: [of_plan(plan, plan.at(card)) for card in session.order] for name, of_plan in zip(PLAN_COLUMNS, _OF_PLAN, strict=True)}


def _known_columns(cards: list[Project]) -> dict[str, list[Cell]]:
    """Return the columns that hold something, and those without which a named field would be taken for what it is not."""
    wanted = {name for name, of_card in _CARD.items() if name in _ALWAYS or any(of_card(card) not in (None, "") for card in cards)}
    names = list(_named_fields(cards))
    # `Department` beside an exported sponsor is a named field; without a sponsor's column it would be read as the sponsor.
    while more := (set(recognise([*map(_heading, sorted(wanted)), *names]).values()) & _CARD.keys()) - wanted:
        wanted |= more
    if all(map(is_known_currency, {card.budget.currency for card in cards if card.budget})) and "budget_currency" not in recognise(names).values():
        wanted.discard("budget_currency")
    columns: dict[str, list[Cell]] = {}
    for name in (name for name in _CARD if name in wanted):
        columns |= _budget(cards) if "budget_currency" not in wanted and name == "budget" else {_heading(name): [_CARD[name](card) for card in cards]}
    return columns


def _heading(field: str) -> str:
    """Return the name that our import prefers over all others for a field."""
    return NAMES[field][0]


def _budget(cards: list[Project]) -> dict[str, list[Cell]]:
    """Return the budgets as bare figures under a heading with their currency, or with it in every cell if there are several."""
    budgets = [card.budget for card in cards]
    currencies = {budget.currency for budget in budgets if budget}
    if len(currencies) > 1:
        return {_heading("budget"): [f"{budget.currency} {budget.amount}".strip() if budget else None for budget in budgets]}
    unit = f" ({currency})" if (currency := "".join(currencies)) else ""
    return {f"{_heading('budget')}{unit}": [budget.amount if budget else None for budget in budgets]}


def _named_fields(cards: Iterable[Project]) -> dict[str, list[Cell]]:
    """Return the named fields as columns, in the order of their first appearance."""
    cards = list(cards)
    found: dict[str, list[Cell]] = {}
    for place, card in enumerate(cards):
        for name, text in card.fields:
            found.setdefault(name, [None] * len(cards))[place] = text
    return found


def _written(cell: Cell) -> str:
    """Write a cell: a figure bare, a text in quotation marks unless it is one plain word or empty."""
    if cell is None or isinstance(cell, int | Decimal):
        return "" if cell is None else str(cell)
    # Quoted even if RFC 4180 does not require it: a spreadsheet that separates columns by semicolons would cut inside a text.
    return cell if re.fullmatch(r"[\w ]*", cell) else '"' + cell.replace('"', '""') + '"'
