"""A portfolio in JSON comes in whole, and a wrong field is named by its path."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import refused_portfolio
from tables import cards, read

from sessions.errors import PortfolioError
from sessions.imports.formats.report import LoadReport
from sessions.portfolio.models import Benefit, Budget, Project


def load(value: object, *columns: str) -> LoadReport:
    return read(json.dumps(value), *columns, name="portfolio.json")


def one(**card: object) -> Project:
    return cards(load({"cards": [{"title": "Till"} | card]}))[0]


def refused(value: object) -> str:
    return refused_portfolio((value if isinstance(value, str) else json.dumps(value)).encode(), "portfolio.json")


def test_a_field_may_be_written_in_several_ways_and_what_is_not_known_is_kept() -> None:
    assert one() == Project(id="C01", title="Till", made_id=True)
    card = one(benefit={"change": "c", "effect": "3 hours", "business_effect": "b", "monthly": "$15k"}, adoption={"plan_owner": "COO"})
    assert card.benefit == Benefit(change="c", effect="3 hours", business_effect="b", monthly=15_000, currency="$")
    assert card.adoption.plan_owner == "COO"
    budgets = [one(budget=value).budget for value in (5_000, "EUR 3 000", {"amount": "1.2M", "currency": "CHF"}, None)]
    assert budgets == [Budget(amount=5_000), Budget(amount=3_000, currency="EUR"), Budget(amount=1_200_000, currency="CHF"), None]
    card = one(kind="direction", **{"for": "one system", "against": "a costly move"})
    assert (card.kind, card.arguments_for, card.arguments_against) == ("direction", "one system", "a costly move")
    text = '[{"title": "x", "colour": "blue", "tags": ["a", 1.50, {"b": true}], "risk": 0.10, "fields": {"Region": "West"}, "empty": null}]'
    report = read(text, name="portfolio.json")
    assert cards(report)[0].fields == (("colour", "blue"), ("tags", "a, 1.50, b: yes"), ("risk", "0.10"), ("Region", "West"))
    assert "colour" in report.kept


def test_efforts_are_exact_tenths_and_rounding_is_told() -> None:
    work = [{"title": "x", "work": {"A": {"effort": 0.04}}}, {"title": "y", "work": {"A": 2.3}}]
    report = load({"teams": [{"id": "A", "people": 1.05}], "cards": work})
    assert report.portfolio.teams[0].people == 11
    assert [card.work[0].effort for card in cards(report)] == [1, 23]
    assert [notice.sentence() for notice in report.guessed] == ["teams[0].people: 1.05 rounded to 1.1", "cards[0].work.A.effort: 0.04 rounded to 0.1"]


FOREIGN = [{"ini_id": "G1", "ini_name": "Fibre", "dur_cost": "120 MM", "impact": ["cost", "income"], "owner": {"area": "Net"}}, {"ini_name": "eSIM"}]


@pytest.mark.parametrize("value", [FOREIGN, {"version": "2.0", "releases": FOREIGN}, {"projects": FOREIGN}])
def test_a_list_of_another_program_is_a_table_whose_columns_can_be_chosen(value: object) -> None:
    assert "no column is recognised as the title; found “ini_id”, “ini_name”" in refused(value)
    report = load(value, "title=ini_name", "id=ini_id", "budget=dur_cost")
    fibre, esim = cards(report)
    assert (fibre.id, fibre.title, fibre.budget, esim.title) == ("G1", "Fibre", Budget(amount=120_000_000), "eSIM")
    assert (fibre.sponsor, fibre.fields) == ('{"area": "Net"}', (("impact", "cost, income"),))
    assert [notice.path for notice in report.skipped] == (["version"] if "version" in value else [])


@pytest.mark.parametrize(("card", "words"), [
    ({"title": None}, "cards[1]: the title is missing"), ({"title": ["x"]}, "cards[1].title: a text was expected, not a list"),
    ({"work": {"DATA": {"effort": "much"}}}, "cards[1].work.DATA.effort: a number was expected, not “much”"),
    ({"work": {"WEB": 1}}, "cards[1].work.WEB: there is no team “WEB”; the teams are DATA"), ({"needs": ["C02"]}, "C02 -> C02"),
    ({"needs": ["C01", "P99"]}, "cards[1].needs[1]: there is no card “P99”"), ({"id": "C01"}, "“C01” (cards[0] and cards[1])"),
    ({"kind": "fun"}, "cards[1].kind: “fun” is not one of grow, run, comply, direction"),
    ({"deadline_week": 0}, "cards[1].deadline_week: 0 is not between 1"), ({"benefit_monthly": -5}, "cards[1].benefit_monthly: “-5” is negative"),
    ({"adoption": {"how": 1}}, "cards[1].adoption.how: this field is not known here"),
])  # fmt: skip
def test_a_wrong_field_is_named_by_its_path(card: dict[str, object], words: str) -> None:
    assert words in refused({"teams": [{"id": "DATA", "people": 2}], "cards": [{"id": "C01", "title": "a"}, {"title": "b"} | card]})


CARDS = '"cards": [{"title": "x"}]'


@pytest.mark.promise("terminal-T23", "import-I19")
@pytest.mark.parametrize(("value", "words"), [
    ('{"cards": [\n{"title": "x"},\n]}', "line 3, column 1: this is not JSON"), ('{"cards": {}}', "cards: a list was expected, not an object"),
    (f'{{{CARDS}, "projects": []}}', "two names for the same list"),
    (f'{{"format": "portfolio/9", {CARDS}}}', "format: “portfolio/9” is not a format"),
    (f'{{"company": {{"quarter_start": "July"}}, {CARDS}}}', "company.quarter_start: “July” is not a date"),
    (f'{{"teams": [{{"id": "A", "people": 1, "by_week": {{"x": 1}}}}], {CARDS}}}', "teams[0].by_week.x: “x” is not a week"),
    (f'{{"teams": [{{"id": "A", "people": 1}}, {{"id": "A", "people": 1}}], {CARDS}}}', "“A” (teams[0] and teams[1])"),
    (f'{{"participants": [{{"role": "COO", "side": "busines"}}], {CARDS}}}', "participants[0].side: a side was expected"),
    ("null", "this is JSON, but neither an object nor a list of cards."), (" [5, null] ", "neither an object"), ("NaN", "neither an object"),
    ('[{"title": "x", "budget": NaN}]', "NaN is not a number"), ('[{"title": "x", "budget": Infinity}]', "Infinity is not a number"),
    ('[{"title": "x", "budget": 1e999}]', "absurdly"), ('[{"title": "x", "budget": ' + "9" * 5_000 + "}]", "absurdly"),
    ('[{"title": "x", "title": "y"}]', "appears twice"), ("[" * 100_000, "nested too deeply"), ('{"cards":' * 100_000, "nested too deeply"),
    (json.dumps([{f"k{number}": 1} for number in range(3_000)]), "3,000 objects with 3,000 different keys are more"),
])  # fmt: skip
def test_what_cannot_be_a_portfolio_is_refused_in_one_sentence(value: str, words: str) -> None:
    assert words in refused(value)


def test_a_chain_as_long_as_a_portfolio_is_followed() -> None:
    chain = [{"id": f"P{number}", "title": "x", "needs": [f"P{number + 1}"] if number < 4_999 else []} for number in range(5_000)]
    assert len(cards(load(chain))) == 5_000
    sentence = refused([*chain[:-1], chain[-1] | {"needs": ["P0"]}])
    assert "in a cycle" in sentence
    assert len(sentence) < 300


KEYS = ("title", "work", "needs", "benefit", "adoption", "budget", "cards", "teams", "id", "fields", "must", "rank", "x")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
)


@given(JSON)
def test_no_json_does_anything_but_be_read_or_refused(value: object) -> None:
    try:
        report = load([{"title": "x"}, value] if not isinstance(value, list) else {"cards": value})
    except PortfolioError:
        return
    assert cards(report)
