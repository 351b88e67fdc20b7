"""Money as people write it becomes whole units, exactly."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.errors import PortfolioError
from sessions.imports.money import parse_money, read_money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$6,279,429", 6_279_429, "$"),
        ("1.2M", 1_200_000, ""),
        ("EUR 3 000", 3_000, "EUR"),
        ("12 500 USD", 12_500, "USD"),
        ("1,5 Mio. €", 1_500_000, "EUR"),
        ("CA$ 2.5 million", 2_500_000, "CAD"),
        ("1.234M", 1_234_000, ""),
        ("12.345.678", 12_345_678, ""),
        ("12,34,567", 1_234_567, ""),
        ("CHF 1'234'567", 1_234_567, "CHF"),
        ("1.5E+06", 1_500_000, ""),
        ("Fr. 2'000.–", 2_000, "CHF"),
        ("2'000.- SFr.", 2_000, "CHF"),
        ("50,-- €", 50, "EUR"),
        ("-0", 0, ""),
        ("1\u202f234\u2009567 kr", 1_234_567, "kr"),
        ("£1.2bn", 1_200_000_000, "GBP"),
        ("5MEUR", 5_000_000, "EUR"),
        ("7 T€", 7_000, "EUR"),
        ("12k$", 12_000, "$"),
        ("$1,234 million", 1_234_000_000, "$"),
        ("1000000000000000", 10**15, ""),
    ],
)
def test_amounts(text, amount, currency):
    money = read_money(text)
    assert (money.budget.amount, money.budget.currency) == (amount, currency)
    assert money.guessed == money.rounded == ()


@pytest.mark.parametrize("text", ["", "  ", "(none)", "None", "n/a", "-", "–", "TBD"])
def test_no_amount(text):
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [("€3.000,50", 3_001), ("0.5", 1), ("0.4", 0), ("$1,234.49", 1_234), ("2.5", 3)],
)
def test_cents_are_rounded_half_up_and_said(text, amount):
    money = read_money(text)
    assert money.budget.amount == amount
    assert money.rounded == (f"“{text}” rounded to {amount}",)


@pytest.mark.parametrize(("text", "guessed"), [("1.234", True), ("1,234", True), ("€1,234", True), ("$1,234", False), ("€1.234", False)])
def test_thousands_or_decimals_are_said_to_be_guessed_where_nothing_settles_it(text, guessed):
    money = read_money(text)
    assert money.budget.amount == 1_234
    assert bool(money.guessed) is guessed


@pytest.mark.parametrize(("text", "read"), [("1,234M", "1.234 (decimals"), ("€1.234 Mio", "1.234 (decimals"), ("€1,234 Mio", "1.234 (decimals")])
def test_thousands_or_decimals_of_millions_are_said_to_be_guessed_too(text, read):
    money = read_money(text)
    assert money.budget.amount == 1_234_000
    assert read in money.guessed[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-5", "negative"),
        ("−1.2M", "negative"),
        ("nan", "finite"),
        ("1000000000000001", "more than"),
        ("1e99", "more than"),
        ("9" * 5_000, "not an amount"),
        ("5%", "not an amount"),
        ("1,2,3", "not an amount"),
        ("EUR USD 5", "not an amount"),
        ("\x1b[31m5", "not an amount"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text, why):
    with pytest.raises(PortfolioError, match=why) as error:
        read_money(text)
    assert "\x1b" not in str(error.value)
    assert len(str(error.value)) < 200


@given(st.integers(0, 10**15))
def test_grouped_amounts_are_exact(amount):
    assert parse_money(f"${amount:,}").amount == amount
