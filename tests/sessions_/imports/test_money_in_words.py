"""What something is worth a month, read from the sentence that says so; and nothing read from a sentence that does not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import PEOPLE, Room, sample

from sessions.commands.decisions import Decide
from sessions.deciding.line import line_words
from sessions.export.csv_export import as_csv
from sessions.export.json_export import as_json
from sessions.imports.money_in_words import worth_in
from sessions.imports.portfolio import read_portfolio
from sessions.record.events import Line
from sessions.summary.markdown import summary
from tui.board.view import totals

MONTHS = {"month": 1, "year": 12, "quarter": 3}


@pytest.mark.parametrize(
    ("text", "amount", "words"),
    [
        ("Faster queue saves 2 minutes a customer in 140 stores worth 90000 a month", 90_000, "worth 90000 a month"),
        ("Prices change in hours not weeks, worth 60000 a month", 60_000, "worth 60000 a month"),
        ("$1.2M a year", 100_000, "$1.2M a year"),
        ("It saves 15,000 per month.", 15_000, "saves 15,000 per month"),
        ("Saves $40,000 in licences a year", 3_333, "Saves $40,000 in licences a year"),
        ("worth about €90.000 per month", 90_000, "worth about €90.000 per month"),
        ("Annual savings of $1.2M", 100_000, "Annual savings of $1.2M"),
        ("CHF 1'200'000 p.a.", 100_000, "CHF 1'200'000 p.a."),
        ("40% fewer calls, worth 60000 a month", 60_000, "worth 60000 a month"),
        ("Fewer calls by 40%, worth 60000 a month", 60_000, "worth 60000 a month"),
        ("more than $1M a year", 83_333, "$1M a year"),
        ("avoids penalty costs of $15,000 every month", 15_000, "$15,000 every month"),
        ("90k USD monthly", 90_000, "90k USD monthly"),
        ("earns £5,200/week", 22_533, "earns £5,200/week"),
    ],
)
def test_an_amount_with_its_period_is_read(text: str, amount: int, words: str) -> None:
    found = worth_in(text)
    assert found is not None
    assert (found.amount, found.words) == (amount, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2 minutes a customer in 140 stores",
        "saves 15,000 hours per month",
        "90,000 tickets a month",
        "saves 2 a week",
        "cuts errors by 3% a month",
        "from $90,000 to $60,000 a month",
        "between $10,000 and $15,000 a month",
        "$10,000-15,000 a month",
        "up to $1M a year",
        "5% of $1M a year",
        "saves 40% of 90000 a month",
        "grows revenue to $2M a year",
        "$3 per order a month",
        "$2 a customer each month",
        "costs $90,000 a year to run",
        "saves $40,000 a year and costs $2,000 a month",
        "budget of $500,000 a year",
        "reach $2M by 2027",
        "24/7 support a year",
        "serves 12000 a month",
    ],
)
def test_what_is_no_worth_a_month_is_left_alone(text: str) -> None:
    assert worth_in(text) is None


def test_the_sentences_of_the_sample_agree_with_its_figures() -> None:
    named = [(each.benefit.monthly, found.amount) for each in sample().projects if (found := worth_in(each.benefit.text))]
    assert len(named) > 10
    assert all(given == read for given, read in named)


WORDS = ("the", "new", "queue", "is", "faster", "in", "stores", "and", "people", "like", "it", ",", "when", "they", ":", "so", "we")
PLAIN = st.lists(st.sampled_from(WORDS), max_size=8)


PHRASES = st.sampled_from(("worth {} a {}", "saves ${} per {}", "€{} every {}", "it earns {} each {}"))


@given(PLAIN, st.integers(1_000, 10**9), PHRASES, st.sampled_from([*MONTHS]), PLAIN)
def test_it_is_read_exactly_wherever_it_stands(before: list[str], amount: int, phrase: str, period: str, after: list[str]) -> None:
    found = worth_in(" ".join([*before, ";", phrase.format(f"{amount:,}", period), ".", *after]))
    assert found is not None
    assert abs(found.amount * MONTHS[period] - amount) * 2 <= MONTHS[period]


UNITS = st.sampled_from(("minutes", "hours", "tickets", "customers", "orders", "%", "percent", "FTE", "people", "km", "litres", "days", "errors"))


@given(PLAIN, st.integers(0, 10**9), UNITS, st.sampled_from(("a month", "per year", "every week", "a customer", "in 140 stores")), PLAIN)
def test_counts_are_never_taken_for_money(before: list[str], number: int, unit: str, period: str, after: list[str]) -> None:
    assert worth_in(" ".join([*before, "saves", f"{number:,}", unit, period, *after])) is None


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    found = worth_in(text)
    assert found is None or found.amount > 0


def test_the_file_report_says_what_was_read() -> None:
    found = read_portfolio(b"Project,Benefit\nQueue,Saves 2 minutes a customer worth 90000 a month\nTills,nicer\n", "p.csv")
    assert [each.benefit.monthly for each in found.portfolio.projects] == [90_000, None]
    assert any("“worth 90000 a month” read as 90,000 a month" in note for note in found.sentences())


def test_the_file_report_names_an_amount_that_was_not_read() -> None:
    rows = ("Saves 10% of $1M a year", "saves 15,000 hours per month", "costs $90,000 a year to run", "nicer")
    found = read_portfolio("\n".join(["Project,Benefit", *(f'P{n},"{text}"' for n, text in enumerate(rows))]).encode(), "p.csv")
    assert [each.sentence() for each in found.noticed] == [
        "line 2, Benefit: “$1M a year” is not clear enough to be read as what it is worth a month"
    ]


def test_a_column_for_the_amount_decides() -> None:
    found = read_portfolio(b"Project,Benefit,Benefit monthly\nQueue,worth 90000 a month,\n", "p.csv")
    assert found.portfolio.projects[0].benefit.monthly is None


def test_json_is_read_alike() -> None:
    found = read_portfolio(b'{"projects": [{"title": "Queue", "benefit": "worth 90000 a month"}]}', "p.json")
    assert found.portfolio.projects[0].benefit.monthly == 90_000


def test_money_in_two_currencies_keeps_them_and_is_never_added_up() -> None:
    table = b"title,benefit,budget\nPortal,Saves EUR 120k a year,EUR 3M\nApp,$10k saved every month,$2M\nShop,Saves EUR 2k a month,\n"
    portfolio = read_portfolio(table, "cards.csv").portfolio
    room = Room(portfolio.model_copy(update={"participants": PEOPLE})).everybody()
    assert totals(room.session, room.session.order) == "3 cards · €12,000 and $10,000 a month · budget €3,000,000 and $2,000,000"
    assert line_words(room.session, Line(projects=2)) == "2 projects, €3,000,000 and $2,000,000"
    room.do(*(Decide(card=card, word="start") for card in room.session.order))
    page = summary(room.session)
    assert "is worth €12,000 and $10,000 a month" in page
    assert "| €10,000 |" in page
    for data, name in ((as_csv(room.session), "cards.csv"), (json.dumps(as_json(room.session)), "cards.json")):
        again = read_portfolio(data.encode(), name).portfolio
        assert [card.benefit for card in again.projects] == [card.benefit for card in portfolio.projects]
