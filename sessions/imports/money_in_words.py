"""Read what something is worth a month from a sentence: `worth 90000 a month`, `$1.2M a year`, `saves 15,000 per month`.

It reads one amount that the sentence ties to a period, and nothing else: no counts, no rates, no ranges, no costs. A wrong figure in front of a
room is worse than none, so anything in doubt is left to people.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from sessions.errors import PortfolioError
from sessions.imports.formats.report import Findings, Notice, Place
from sessions.imports.money import read_money
from sessions.portfolio.models import AMOUNT_LIMIT, Benefit
from sessions.sanitize import quoted
from sessions.wording import money_name

_PER_MONTH = {"month": Decimal(1), "year": Decimal(1) / 12, "quarter": Decimal(1) / 3, "week": Decimal(52) / 12}
_PERIODS = {
    "mo": "month",
    "monthly": "month",
    "yr": "year",
    "annum": "year",
    "annual": "year",
    "annually": "year",
    "yearly": "year",
    "weekly": "week",
}
_SIGN = r"(?:[a-z]{0,3}\$|[€£¥₹₩]|\b(?:usd|eur|gbp|cad|aud|nzd|chf|sek|nok|dkk|pln|inr|jpy|sgd|hkd|brl|mxn|zar)\b)"
_NUMBER = r"(?<![\w.,])[0-9](?:[0-9.,'’]*[0-9])?(?:[ \u00a0][0-9]{3}\b)*"
_FACTOR = r"(?:\s?(?:k|m|mm|mn|mio|bn|thousand|million|billion)\b\.?)?"
_AMOUNT = rf"(?P<amount>(?P<before>{_SIGN})?\s?(?P<number>{_NUMBER}){_FACTOR}(?:\s?(?P<after>{_SIGN}))?)"
_PERIOD = (
    r"(?:(?:a|an|per|each|every)\s+(?P<each>month|year|quarter|week|annum)\b|/\s?(?P<slash>month|mo|year|yr|quarter|week)\b"
    r"|(?P<adverb>monthly|annually|yearly|weekly)\b|(?P<latin>p\.\s?a\.))"
)
_BETWEEN = r"(?P<between>(?:\s+(?!(?:a|an|per|each|every|or|to|and|by|from)\b)[a-z'-]+){0,3})"
_AFTER_IT = re.compile(rf"{_AMOUNT}{_BETWEEN}\s*{_PERIOD}", re.IGNORECASE)
_BEFORE_IT = re.compile(
    rf"\b(?P<period>monthly|annual|yearly|weekly)\s+(?:savings?|revenue|benefits?|value|profit|income|margin)\s+(?:of|worth|is|are|:|=)?\s*{_AMOUNT}",
    re.IGNORECASE,
)
_WORTH = re.compile(
    r"\b(?:worth|valued? at|saves?|saving|savings of|earns?|brings? in)"
    r"(?:\s+(?:us|about|around|roughly|some|over|more than|nearly|almost|an? estimated))*\s*$",
    re.IGNORECASE,
)
"""Words right before a number that make it money even without a sign."""
_LEAST = 1000
"""The smallest amount without a sign that is believed to be money."""
_IN_DOUBT = re.compile(r"(?:\b(?:to|from|between|and|or|than|under|below|until|till|by|least|most|minus)|[-–—<>±])\s*$", re.IGNORECASE)
"""Words right before an amount that make it a limit, an end or a part of something, not an amount of its own."""
_MORE_THAN = re.compile(r"\bmore than\s*$", re.IGNORECASE)
_COSTS = re.compile(r"\b(?:costs?|costing|budgets?|invest\w*|spend\w*|pays?|paying|fees?|price[ds]?|risk\w*)\b", re.IGNORECASE)
_SPARED = re.compile(r"\b(?:sav\w+|avoid\w*|cut\w*|reduc\w+|stop\w*|end\w*|less|lower\w*|without|no more)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:!?\n](?=\s|$)")


class MonthlyWorth(NamedTuple):
    """An amount a month, in whole units, and the words from which it was read."""

    amount: int
    words: str
    currency: str = ""


def worth_in(text: str) -> MonthlyWorth | None:
    """Return the one amount that a text ties to a period, for a month; None if there is none, or more than one."""
    matches = _matches(text)
    # A second amount may be a part of the first, or what has to be taken off it.
    return _read(*matches.values()) if len(matches) == 1 else None


def unread_in(text: str) -> str:
    """Return the words of an amount of money a month that a text seems to name, but `worth_in` does not trust; nothing if it names none."""
    for match in _matches(text).values():
        clause = _CLAUSE.split(text[: match.start("amount")])[-1]
        counted = (match.groupdict().get("between") or "").strip()
        money = match["before"] or match["after"] or (_WORTH.search(clause) and not counted)
        if money and not _is_cost(clause):
            return " ".join(match.group().split())
    return ""


def _matches(text: str) -> dict[int, re.Match[str]]:
    """Return what looks like an amount with its period, by its place."""
    return {match.start("amount"): match for match in (*_BEFORE_IT.finditer(text), *_AFTER_IT.finditer(text))}


def _is_cost(clause: str) -> bool:
    """Return whether the words before an amount make it a cost. What is worth something, after a comma, is a thought of its own."""
    near = clause.rpartition(", ")[2] if _WORTH.search(clause) else clause
    return _COSTS.search(near) is not None and not _SPARED.search(near)


def _read(match: re.Match[str]) -> MonthlyWorth | None:
    before = match.string[: match.start("amount")]
    clause = _CLAUSE.split(before)[-1]
    signed = bool(match["before"] or match["after"])
    named = match.groupdict()
    if _IN_DOUBT.search(clause) and not _MORE_THAN.search(clause):
        return None
    worth = _WORTH.search(clause)
    if "%" in clause and not worth:  # 5% of $1M a year
        return None
    if _is_cost(clause):
        return None
    if not signed and (not (worth or named.get("period")) or (named.get("between") or "").strip()):
        return None
    period = named.get("period") or named.get("each") or named.get("slash") or named.get("adverb") or "year"
    try:
        budget = read_money(match["amount"].strip().rstrip(".")).budget
    except PortfolioError:
        return None
    if budget is None or (not signed and budget.amount < _LEAST):
        return None
    monthly = budget.amount * _PER_MONTH[_PERIODS.get(period.casefold(), period.casefold())]
    amount = int(monthly.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if not 0 < amount <= AMOUNT_LIMIT:
        return None
    start = worth.start() + len(before) - len(clause) if worth and not named.get("period") else match.start()
    return MonthlyWorth(amount, " ".join(match.string[start : match.end()].split()), budget.currency)


def with_worth(benefit: Benefit, findings: Findings, place: Place) -> Benefit:
    """Return a benefit with the amount a month that its own words name, if they do; what was read is reported."""
    texts = [text for text in (benefit.text, benefit.business_effect, benefit.effect) if text]
    worth = next(filter(None, map(worth_in, texts)), None)
    if worth is None:
        if unread := next(filter(None, map(unread_in, texts)), ""):
            findings.noticed.append(Notice(place.line, place.path, f"{quoted(unread)} is not clear enough to be read as what it is worth a month"))
        return benefit
    findings.guess(place, f"{quoted(worth.words)} read as {money_name(worth.amount, worth.currency)} a month")
    return benefit.model_copy(update={"monthly": worth.amount, "currency": worth.currency})
