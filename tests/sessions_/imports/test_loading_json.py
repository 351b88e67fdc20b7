"""A portfolio in JSON comes in whole, and a wrong field is named by its path."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import refused_portfolio

from sessions.errors import PortfolioError
from sessions.imports.columns import chosen_columns
from sessions.imports.portfolio import load_portfolio, read_portfolio
from sessions.portfolio.models import Benefit, Budget, Work
from sessions.sample import PORTFOLIO, sample_file

FIXTURES = Path(__file__).parents[2] / "fixtures" / "sample"


def load(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return read_portfolio(text.encode("utf-8", "surrogatepass"), "portfolio.json")


def one(**card):
    return load({"cards": [{"title": "Till"} | card]}).portfolio.projects[0]


def refused(value):
    return refused_portfolio((value if isinstance(value, str) else json.dumps(value)).encode(), "portfolio.json")


def card_refused(**card):
    return refused({"teams": [{"id": "DATA", "people": 2}], "cards": [{"title": "a"}, {"title": "b"} | card]})


def test_the_sample_comes_in_whole():
    report = read_portfolio(sample_file(PORTFOLIO).read_bytes(), PORTFOLIO)
    portfolio = report.portfolio
    assert (len(portfolio.projects), len(portfolio.teams), len(portfolio.objectives), len(portfolio.participants)) == (24, 7, 5, 12)
    assert (portfolio.quarter, portfolio.quarter_start, portfolio.horizon_weeks, portfolio.currency) == ("2026-Q3", "2026-07-06", 39, "USD")
    assert (report.kept, report.guessed, report.skipped, report.changed, report.noticed) == ((), (), (), (), ())
    teams = {team.id: team for team in portfolio.teams}
    assert (teams["SEC"].people, teams["MOB"].people, teams["ERP"].by_week) == (5, 0, ((7, 10), (8, 10)))
    assert [objective.id for objective in portfolio.objectives if objective.new] == ["O3"]
    cards = {project.id: project for project in portfolio.projects}
    assert cards["P01"].work == (Work(team="DATA", effort=140, crew=20), Work(team="CRM", effort=40, crew=10))
    assert cards["P22"].needs == ("P14", "P19")
    assert cards["P09"].must


def test_the_benefit_may_be_a_chain_and_adoption_hold_its_owner():
    card = one(benefit={"change": "c", "effect": "3 hours", "business_effect": "b", "monthly": "$15k"}, adoption={"plan_owner": "COO"})
    assert card.benefit == Benefit(change="c", effect="3 hours", business_effect="b", monthly=15_000, currency="$")
    assert card.adoption.plan_owner == "COO"


@pytest.mark.parametrize(
    ("budget", "read"),
    [
        (5_000, Budget(amount=5_000)),
        ("EUR 3 000", Budget(amount=3_000, currency="EUR")),
        ({"amount": "1.2M", "currency": "CHF"}, Budget(amount=1_200_000, currency="CHF")),
        (None, None),
    ],
)
def test_budgets(budget, read):
    assert one(budget=budget).budget == read


def test_what_is_not_known_on_a_card_is_kept():
    report = load(
        '[{"title": "x", "colour": "blue", "tags": ["a", 1.50, {"b": true}], "risk": 0.10, "fields": {"Region": "West"}, "empty": null}]'
    )
    assert report.portfolio.projects[0].fields == (
        ("colour", "blue"), ("tags", "a, 1.50, b: yes"), ("risk", "0.10"), ("Region", "West"),
    )  # fmt: skip
    assert "colour" in report.kept


def test_efforts_are_exact_tenths_and_rounding_is_told():
    report = load({
        "teams": [{"id": "A", "people": 1.05}],
        "cards": [{"title": "x", "work": {"A": {"effort": 0.04}}}, {"title": "y", "work": {"A": 2.3}}],
    })  # fmt: skip
    assert report.portfolio.teams[0].people == 11
    assert [project.work[0].effort for project in report.portfolio.projects] == [1, 23]
    assert [(notice.path, notice.text) for notice in report.guessed] == [
        ("teams[0].people", "1.05 rounded to 1.1"),
        ("cards[0].work.A.effort", "0.04 rounded to 0.1"),
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cycle", "P06 -> P07 -> P08 -> P06"),
        ("unknown_dependency", "cards[6].needs[0]: there is no card “P99”"),
        ("unknown_team", "cards[6].work.QA: there is no team “QA”; the teams are CRM, DATA"),
        ("duplicate_id", "“P01” (cards[0] and cards[24])"),
    ],
)
def test_the_fixtures_give_their_named_errors(name, words):
    with pytest.raises(PortfolioError) as error:
        load_portfolio(FIXTURES / f"{name}.json")
    assert words in str(error.value)


FOREIGN = [{"ini_id": "G1", "ini_name": "Fibre", "dur_cost": "120 MM", "impact": ["cost", "income"], "owner": {"area": "Net"}}, {"ini_name": "eSIM"}]


@pytest.mark.parametrize("value", [FOREIGN, {"version": "2.0", "releases": FOREIGN}, {"projects": FOREIGN}])
def test_a_list_of_another_program_is_a_table_whose_columns_can_be_chosen(value):
    assert "no column is recognised as the title; found “ini_id”, “ini_name”" in refused(value)
    chosen = chosen_columns(["title=ini_name", "id=ini_id", "budget=dur_cost"])
    report = read_portfolio(json.dumps(value).encode(), "x.json", chosen)
    fibre, esim = report.portfolio.projects
    assert (fibre.id, fibre.title, fibre.budget.amount, esim.title) == ("G1", "Fibre", 120_000_000, "eSIM")
    assert (fibre.sponsor, fibre.fields) == ('{"area": "Net"}', (("impact", "cost, income"),))
    assert [notice.path for notice in report.skipped] == (["version"] if "version" in value else [])


def test_objects_that_share_no_keys_are_no_table():
    assert "3,000 objects with 3,000 different keys are more" in refused([{f"k{number}": 1} for number in range(3_000)])


@pytest.mark.parametrize(
    ("card", "words"),
    [
        ({"title": None}, "cards[1]: the title is missing"),
        ({"title": ["x"]}, "cards[1].title: a text was expected, not a list"),
        ({"work": {"DATA": {"effort": "much"}}}, "cards[1].work.DATA.effort: a number was expected, not “much”"),
        ({"work": {"WEB": 1}}, "cards[1].work.WEB: there is no team “WEB”; the teams are DATA"),
        ({"needs": ["C02"]}, "C02 -> C02"),
        ({"kind": "fun"}, "cards[1].kind: “fun” is not one of grow, run, comply, direction"),
        ({"deadline_week": 0}, "cards[1].deadline_week: 0 is not between 1"),
        ({"benefit_monthly": -5}, "cards[1].benefit_monthly: “-5” is negative"),
        ({"adoption": {"how": 1}}, "cards[1].adoption.how: this field is not known here"),
    ],
)
def test_a_wrong_field_is_named_by_its_path(card, words):
    assert words in card_refused(**card)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('{"cards": [\n{"title": "x"},\n]}', "line 3, column 1: this is not JSON"),
        ('{"cards": {}}', "cards: a list was expected, not an object"),
        ('{"cards": [{"title": "x"}], "projects": []}', "two names for the same list"),
        ('{"format": "portfolio/9", "cards": [{"title": "x"}]}', "format: “portfolio/9” is not a format"),
        ('{"company": {"quarter_start": "July"}, "cards": [{"title": "x"}]}', "company.quarter_start: “July” is not a date"),
        ('{"teams": [{"id": "A", "people": 1, "by_week": {"x": 1}}], "cards": [{"title": "x"}]}', "teams[0].by_week.x: “x” is not a week"),
        ('{"teams": [{"id": "A", "people": 1}, {"id": "A", "people": 1}], "cards": [{"title": "x"}]}', "“A” (teams[0] and teams[1])"),
        ('{"participants": [{"role": "COO", "side": "busines"}], "cards": [{"title": "x"}]}', "participants[0].side: a side was expected"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_portfolio_is_refused_in_one_sentence(value, words):
    assert words in refused(value)


def test_a_chain_as_long_as_a_portfolio_is_followed():
    cards = [{"id": f"P{number}", "title": "x", "needs": [f"P{number + 1}"] if number < 4_999 else []} for number in range(5_000)]
    assert len(load(cards).portfolio.projects) == 5_000
    cards[-1]["needs"] = ["P0"]
    sentence = refused(cards)
    assert "in a circle" in sentence
    assert len(sentence) < 300


KEYS = ("title", "work", "needs", "benefit", "adoption", "budget", "cards", "teams", "id", "fields", "must", "rank", "x")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
)


@given(JSON)
def test_no_json_does_anything_but_be_read_or_refused(value):
    try:
        report = load([{"title": "x"}, value] if not isinstance(value, list) else {"cards": value})
    except PortfolioError:
        return
    assert report.portfolio.projects


@pytest.mark.promise("import-I19")
@pytest.mark.parametrize("text", ["null", " [5, null] ", "NaN"])
def test_json_that_is_neither_an_object_nor_a_list_of_cards_is_said_to_be_that(text):
    assert refused(text) == "this is JSON, but neither an object nor a list of cards."
