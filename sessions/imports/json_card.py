"""Make one card from one object of a JSON file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import ClassVar

from sessions.errors import PortfolioError
from sessions.imports.columns import unit_of
from sessions.imports.formats import limits
from sessions.imports.formats.cells import ID_LIMIT
from sessions.imports.formats.csv_table import free_name
from sessions.imports.formats.json_tree import Node, Word
from sessions.imports.money import is_known_currency, read_money, whole_units
from sessions.imports.money_in_words import with_worth
from sessions.imports.vocabulary import KINDS, SIDES, STATES
from sessions.portfolio.models import CURRENCY_LIMIT, NAME_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Adoption, Benefit, Budget, Project, Work
from sessions.sanitize import clean, quoted
from sessions.wording import shortened

_WEEK_LIMIT = 520
_RANK_LIMIT = 100_000
_EFFORT_LIMIT = 100_000
"""The most person-weeks, and the largest crew, that are believed."""
_FIELD_LIMIT = 100


class CardOfObject:
    """Reads an object, field by field. `field_of` tells which key is which field."""

    STRUCTURED: ClassVar = ("adoption", "work", "needs", "fields", "parent")
    """Fields that only JSON has, by their names in the format."""

    OF_TABLES: ClassVar = ("team", "effort", "needs", "deadline_week")
    """Fields that are called otherwise only in tables: JSON has `work`, `needs` and `deadline_week`."""

    def __init__(self, node: Node, field_of: Mapping[str, str]) -> None:
        self._node = node
        fields = node.fields()
        if len(fields) > limits.COLUMNS:
            node.fail(f"{len(fields):,} fields are more than the {limits.COLUMNS:,} that are read")
        self._fields = {field_of[key]: value for key, value in fields.items() if key in field_of}
        self._key = {field_of[key]: key for key in fields if key in field_of}
        self._kept = {key: value for key, value in fields.items() if key not in field_of}

    def project(self, project_id: str, teams: Collection[str], objectives: Collection[str], cards: Collection[str]) -> Project:
        """Return the card. `teams`, `objectives` and `cards` are the ids that it may name; without any objectives it may name all."""
        return Project(
            id=project_id,
            title=self._title(),
            description=self.text("description", TEXT_LIMIT, keep_lines=True),
            objective=self._objective(objectives),
            sponsor=self.text("sponsor", NAME_LIMIT),
            it_partner=self.text("it_partner", NAME_LIMIT),
            benefit=self._benefit(),
            adoption=self._adoption(),
            budget=self._budget(),
            kind=self._choice("kind", KINDS, "grow"),
            state=self._choice("state", STATES, "new"),
            must=self._fields["must"].flag() if "must" in self._fields else False,
            rule=self.text("rule", TEXT_LIMIT),
            rule_by=self.text("rule_by", TEXT_LIMIT),
            rule_owner=self.text("rule_owner", NAME_LIMIT),
            origin=self._choice("origin", SIDES, ""),
            work=self._work(teams),
            needs=self._needs(cards),
            earliest_week=self._integer("earliest_week", _WEEK_LIMIT) or 1,
            deadline_week=self._integer("deadline_week", _WEEK_LIMIT),
            previous_rank=self._integer("previous_rank", _RANK_LIMIT),
            order_taker_version=self.text("order_taker_version", TEXT_LIMIT, keep_lines=True),
            arguments_for=self.text("arguments_for", TEXT_LIMIT, keep_lines=True),
            arguments_against=self.text("arguments_against", TEXT_LIMIT, keep_lines=True),
            note=self.text("note", TEXT_LIMIT, keep_lines=True),
            parent=self.text("parent", ID_LIMIT),
            fields=self._named_fields(),
        )

    def text(self, field: str, limit: int, *, keep_lines: bool = False) -> str:
        """Return a field's text; empty if the card has none."""
        return self._fields[field].text(limit, keep_lines=keep_lines) if field in self._fields else ""

    def _title(self) -> str:
        title = self.text("title", TITLE_LIMIT)
        if not title:
            (self._fields.get("title") or self._node).fail("the title is missing; it is all that a card needs")
        return title

    def _objective(self, known: Collection[str]) -> str:
        objective = self.text("objective", NAME_LIMIT)
        if objective and known and objective not in known:
            self._fields["objective"].fail(f"there is no objective {quoted(objective)}; the objectives are {shortened(sorted(known))}")
        return objective

    def _integer(self, field: str, high: int) -> int | None:
        return self._fields[field].integer(1, high) if field in self._fields else None

    def _choice(self, field: str, words: Mapping[str, Word], default: Word) -> Word:
        node = self._fields.get(field)
        return default if node is None or node.value == "" else node.choice(words)

    def _benefit(self) -> Benefit:
        """Read a benefit in one sentence, or as the chain (METHOD 1.1)."""
        node = self._fields.get("benefit")
        parts = node.fields() if node is not None and isinstance(node.value, dict) else {}
        if node is not None and not parts and not isinstance(node.value, dict):
            parts = {"text": node}
        parts |= {name.removeprefix("benefit_"): value for name, value in self._fields.items() if name.startswith("benefit_")}
        _refuse_unknown(parts, ("text", "change", "effect", "business_effect", "monthly", "currency"))
        texts = {name: value.text(TEXT_LIMIT) for name, value in parts.items() if name not in ("monthly", "currency")}
        budget = _amount(parts["monthly"], self._key.get("benefit_monthly", "")) if "monthly" in parts else None
        currency = parts["currency"].text(CURRENCY_LIMIT) if "currency" in parts else ""
        if currency and not is_known_currency(currency):
            parts["currency"].fail(f"{quoted(currency)} is not a currency such as EUR")
        worth = {"monthly": budget.amount, "currency": currency or budget.currency} if budget else {}
        benefit = Benefit.model_validate({**texts, **worth})
        return benefit if node is None or "monthly" in parts else with_worth(benefit, node.findings, node.place)

    def _adoption(self) -> Adoption:
        node = self._fields.get("adoption")
        parts = node.fields() if node is not None else {}
        parts |= {name.removeprefix("adoption_"): value for name, value in self._fields.items() if name.startswith("adoption_")}
        _refuse_unknown(parts, ("who", "measure", "baseline", "target", "by", "plan_owner"))
        return Adoption(**{name: value.text(NAME_LIMIT if name == "plan_owner" else TEXT_LIMIT) for name, value in parts.items()})

    def _budget(self) -> Budget | None:
        node = self._fields.get("budget")
        parts = {} if node is None else node.fields() if isinstance(node.value, dict) else {"amount": node}
        _refuse_unknown(parts, ("amount", "currency"))
        budget = _amount(parts["amount"], self._key["budget"]) if "amount" in parts else None
        currency = parts["currency"].text(CURRENCY_LIMIT) if "currency" in parts else self.text("budget_currency", CURRENCY_LIMIT)
        return Budget(amount=budget.amount, currency=currency or budget.currency) if budget else None

    def _work(self, teams: Collection[str]) -> tuple[Work, ...]:
        """Read the teams' work: an object of effort and crew for each, or the effort alone (METHOD 5.1)."""
        node = self._fields.get("work")
        if node is None:
            return ()
        if isinstance(node.value, list):
            return tuple(_work_of(entry, _team_named_in(entry), teams) for entry in node.items())
        return tuple(_work_of(entry, team, teams) for team, entry in node.fields().items())

    def _needs(self, cards: Collection[str]) -> tuple[str, ...]:
        nodes = self._fields["needs"].items() if "needs" in self._fields else []
        needs = []
        for node in nodes:
            need = node.text(ID_LIMIT)
            if need not in cards:
                node.fail(f"there is no card {quoted(need)} that could be needed")
            needs.append(need)
        return tuple(dict.fromkeys(needs))

    def _named_fields(self) -> tuple[tuple[str, str], ...]:
        """Return what was not recognised, and the named fields that the card brings itself."""
        given = self._fields.get("fields")
        pairs = [(clean(key, _FIELD_LIMIT), node) for key, node in self._kept.items()]
        if given is not None and isinstance(given.value, dict):
            pairs += [(clean(key, _FIELD_LIMIT), node) for key, node in given.fields().items()]
        elif given is not None:
            pairs += [_pair(entry) for entry in given.items()]
        found: dict[str, str] = {}
        for name, node in pairs:
            if text := _any_text(node):
                unique = free_name(name or "field", found)
                if unique != name:
                    node.findings.guess(node.place, f"this field has no name of its own; it becomes {unique}")
                found[unique] = text
        return tuple(found.items())


def _refuse_unknown(parts: Mapping[str, Node], known: tuple[str, ...]) -> None:
    for name, node in parts.items():
        if name not in known:
            node.fail(f"this field is not known here; known are {', '.join(known)}")


def _amount(node: Node, key: str) -> Budget | None:
    """Read an amount of money: a number, or a text as people write it; a key such as `cost_keur` names its unit."""
    number, unit = None if isinstance(node.value, str) else node.number(), unit_of(key)
    try:
        if number is None:
            money = read_money(str(node.value), unit)
            budget, notes = money.budget, (*money.guessed, *money.rounded)
        else:
            amount, notes = whole_units(number * unit.factor, str(number))
            budget = Budget(amount=amount, currency=unit.currency)
    except PortfolioError as error:
        node.fail(str(error))
    for note in notes:
        node.findings.guess(node.place, note)
    return budget


def _team_named_in(entry: Node) -> str:
    fields = entry.fields()
    if "team" not in fields:
        entry.fail("the team is missing")
    return fields["team"].text(ID_LIMIT)


def _work_of(entry: Node, team: str, teams: Collection[str]) -> Work:
    if team not in teams:
        there = f"the teams are {shortened(sorted(teams))}" if teams else "the file names no teams"
        entry.fail(f"there is no team {quoted(team)}; {there}")
    if isinstance(entry.value, int | Decimal):
        return Work(team=team, effort=entry.tenths(_EFFORT_LIMIT))
    fields = entry.fields()
    _refuse_unknown({name: node for name, node in fields.items() if name != "team"}, ("effort", "crew"))
    if "effort" not in fields:
        entry.fail("the effort is missing, in person-weeks")
    crew = fields["crew"].tenths(_EFFORT_LIMIT) if "crew" in fields else None
    if crew == 0:
        fields["crew"].fail("a crew of no one never finishes; leave crew out, or give at least 0.1")
    return Work(team=team, effort=fields["effort"].tenths(_EFFORT_LIMIT), crew=crew)


def _pair(entry: Node) -> tuple[str, Node]:
    pair = entry.items()
    if len(pair) != 2:
        entry.fail("a name and a text were expected")
    return pair[0].text(_FIELD_LIMIT), pair[1]


def _any_text(node: Node) -> str:
    """Return any value as a text."""
    if isinstance(node.value, list | dict):
        return node.findings.text(_shown(node.value), TEXT_LIMIT, node.place)
    return _shown(node.value) if isinstance(node.value, bool) else node.text(TEXT_LIMIT, keep_lines=True)


def _shown(value: object) -> str:
    """Write a value as people would: `a, b` for a list, `name: text` for an object. The reader limits the depth of the tree."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(_shown, value))
        case dict():
            return ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items())
        case None:
            return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
