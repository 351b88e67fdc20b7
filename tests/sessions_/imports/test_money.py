"""Money as people write it becomes whole units, exactly; and what something is worth a month is read only from a sentence that says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import PEOPLE, Room

from sessions.commands.decisions import Decide
from sessions.deciding.line import line_words
from sessions.errors import PortfolioError
from sessions.imports.money import parse_money, read_money
from sessions.imports.money_in_words import worth_in
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Budget
from sessions.record.events import Line
from sessions.summary.markdown import summary
from tui.board.view import totals


@pytest.mark.parametrize(("text", "amount", "currency"), [
    ("$6,279,429", 6_279_429, "$"), ("1.2M", 1_200_000, ""), ("EUR 3 000", 3_000, "EUR"), ("12 500 USD", 12_500, "USD"),
    ("1,5 Mio. €", 1_500_000, "EUR"), ("CA$ 2.5 million", 2_500_000, "CAD"), ("1.234M", 1_234_000, ""), ("12.345.678", 12_345_678, ""),
    ("12,34,567", 1_234_567, ""), ("CHF 1'234'567", 1_234_567, "CHF"), ("1.5E+06", 1_500_000, ""), ("Fr. 2'000.–", 2_000, "CHF"),
    ("2'000.- SFr.", 2_000, "CHF"), ("50,-- €", 50, "EUR"), ("-0", 0, ""), ("1\u202f234\u2009567 kr", 1_234_567, "kr"),
    ("£1.2bn", 1_200_000_000, "GBP"), ("5MEUR", 5_000_000, "EUR"), ("7 T€", 7_000, "EUR"), ("12k$", 12_000, "$"),
    ("$1,234 million", 1_234_000_000, "$"), ("1000000000000000", 10**15, ""), ("$1,234", 1_234, "$"), ("€1.234", 1_234, "EUR"),
])  # fmt: skip
def test_amounts(text: str, amount: int, currency: str) -> None:
    money = read_money(text)
    assert money.budget == Budget(amount=amount, currency=currency)
    assert money.guessed == money.rounded == ()


@pytest.mark.parametrize(("text", "amount", "said"), [
    ("€3.000,50", 3_001, "rounded to 3001"), ("0.5", 1, "rounded to 1"), ("0.4", 0, "rounded to 0"), ("$1,234.49", 1_234, "rounded to 1234"),
    ("2.5", 3, "rounded to 3"), ("1.234", 1_234, "(thousands"), ("1,234", 1_234, "(thousands"), ("€1,234", 1_234, "(thousands"),
    ("1,234M", 1_234_000, "1.234 (decimals"), ("€1.234 Mio", 1_234_000, "1.234 (decimals"), ("€1,234 Mio", 1_234_000, "1.234 (decimals"),
])  # fmt: skip
def test_what_is_rounded_half_up_and_what_nothing_settles_is_said(text: str, amount: int, said: str) -> None:
    money = read_money(text)
    assert money.budget.amount == amount
    (told,) = money.rounded if "rounded" in said else money.guessed
    assert said in told


@pytest.mark.parametrize(("text", "why"), [
    ("-5", "negative"), ("−1.2M", "negative"), ("nan", "finite"), ("1000000000000001", "more than"), ("1e99", "more than"),
    ("9" * 5_000, "not an amount"), ("5%", "not an amount"), ("1,2,3", "not an amount"), ("EUR USD 5", "not an amount"),
    ("\x1b[31m5", "not an amount"),
])  # fmt: skip
def test_what_is_no_amount_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(PortfolioError, match=why) as error:
        read_money(text)
    assert "\x1b" not in str(error.value)
    assert len(str(error.value)) < 200


@given(st.integers(0, 10**15))
def test_grouped_amounts_are_exact_and_none_is_none(amount: int) -> None:
    assert parse_money(f"${amount:,}") == Budget(amount=amount, currency="$")
    assert [parse_money(text) for text in ("", "  ", "(none)", "None", "n/a", "-", "–", "TBD")] == [None] * 8


# --- in words


@pytest.mark.parametrize(("text", "amount", "words"), [
    ("Faster queue saves 2 minutes a customer in 140 stores worth 90000 a month", 90_000, "worth 90000 a month"),
    ("It saves 15,000 per month.", 15_000, "saves 15,000 per month"),
    ("Saves $40,000 in licences a year", 3_333, "Saves $40,000 in licences a year"),
    ("worth about €90.000 per month", 90_000, "worth about €90.000 per month"),
    ("Annual savings of $1.2M", 100_000, "Annual savings of $1.2M"),
    ("CHF 1'200'000 p.a.", 100_000, "CHF 1'200'000 p.a."),
    ("40% fewer calls, worth 60000 a month", 60_000, "worth 60000 a month"),
    ("Fewer calls by 40%, worth 60000 a month", 60_000, "worth 60000 a month"),
    ("more than $1M a year", 83_333, "$1M a year"),
    ("avoids penalty costs of $15,000 every month", 15_000, "$15,000 every month"),
    ("90k USD monthly", 90_000, "90k USD monthly"), ("earns £5,200/week", 22_533, "earns £5,200/week"),
])  # fmt: skip
def test_an_amount_with_its_period_is_read(text: str, amount: int, words: str) -> None:
    found = worth_in(text)
    assert found is not None
    assert (found.amount, found.words) == (amount, words)


@pytest.mark.parametrize("text", [
    "", "2 minutes a customer in 140 stores", "saves 2 a week", "cuts errors by 3% a month", "from $90,000 to $60,000 a month",
    "between $10,000 and $15,000 a month", "$10,000-15,000 a month", "up to $1M a year", "5% of $1M a year", "saves 40% of 90000 a month",
    "grows revenue to $2M a year", "$3 per order a month", "$2 a customer each month", "costs $90,000 a year to run",
    "saves $40,000 a year and costs $2,000 a month", "budget of $500,000 a year", "reach $2M by 2027", "24/7 support a year", "serves 12000 a month",
    "saves 12,000 hours a month",
])  # fmt: skip
def test_what_is_no_worth_a_month_is_left_alone(text: str) -> None:
    assert worth_in(text) is None


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    found = worth_in(text)
    assert found is None or found.amount > 0


def test_a_file_is_told_what_was_read_and_what_was_not_unless_a_column_has_the_amount() -> None:
    rows = ("Saves 2 minutes a customer worth 90000 a month", "nicer", "Saves 10% of $1M a year", "costs $90,000 a year to run")
    found = read_portfolio("\n".join(["Project,Benefit", *(f'P{number},"{text}"' for number, text in enumerate(rows))]).encode(), "p.csv")
    assert [each.benefit.monthly for each in found.portfolio.projects] == [90_000, None, None, None]
    assert any("“worth 90000 a month” read as 90,000 a month" in note for note in found.sentences())
    assert [each.sentence() for each in found.noticed] == ["line 4, Benefit: “$1M a year” is not clear enough to be read as what it is worth a month"]
    json_cards = read_portfolio(b'{"projects": [{"title": "Queue", "benefit": "worth 90000 a month"}]}', "p.json")
    assert json_cards.portfolio.projects[0].benefit.monthly == 90_000
    decided = read_portfolio(b"Project,Benefit,Benefit monthly\nQueue,worth 90000 a month,\n", "p.csv")
    assert decided.portfolio.projects[0].benefit.monthly is None


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
