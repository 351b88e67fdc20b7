"""Read money as people write it: `$6,279,429`, `1.2M`, `EUR 3 000`, `€3.000,50`, `1,5 Mio`.

Amounts become whole units, exactly, by decimal arithmetic. A guess (is `1.234` a thousand?) is reported,
never hidden.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from sessions.errors import PortfolioError
from sessions.imports.vocabulary import NOTHING
from sessions.portfolio.models import AMOUNT_LIMIT, Budget
from sessions.sanitize import quoted

_LONGEST = 60
_NOT_FINITE = frozenset({"nan", "inf", "infinity"})
_EXACT = Context(prec=80)

_FACTORS = {
    10**3: ("k", "tsd", "thousand", "thousands"),
    10**6: ("m", "mm", "mn", "mio", "mil", "mill", "million", "millions", "millionen"),
    10**9: ("b", "bn", "mrd", "billion", "billions", "milliarden"),
}
_FACTOR = {word: factor for factor, words in _FACTORS.items() for word in words}

_SIGNS = {
    "us$": "USD", "ca$": "CAD", "c$": "CAD", "can$": "CAD", "cdn$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "mx$": "MXN", "r$": "BRL", "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "zł": "PLN",
    "$": "$", "¥": "¥", "kr": "kr",
}  # fmt: skip
"""Signs of money. `$`, `¥` and `kr` name several currencies: they stay what they are rather than become someone else's money."""
_OPEN_SIGNS = frozenset({"$", "¥", "kr"})

_CODES = frozenset({
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD",
    "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KWD", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN",
    "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "USD",
    "UYU", "VND", "ZAR",
})  # fmt: skip
_POINT_GROUPS = frozenset({"EUR", "BRL", "DKK", "IDR", "TRY", "ARS", "CLP", "COP"})
_COMMA_GROUPS = frozenset({"$", "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "GBP", "INR", "JPY", "CNY", "¥", "MXN"})

_SHAPE = re.compile(r"(?P<before>[^0-9.,]*)(?P<number>[0-9.,][0-9.,'’_\s]*(?:e[+-]?[0-9]{1,2}(?![0-9]))?)(?P<after>[^0-9]*)")
_WORDS = re.compile(r"[^\s\d$€£¥₹₩₺₽]*\$|[€£¥₹₩₺₽]|[^\s\d$€£¥₹₩₺₽.]+")


class Money(NamedTuple):
    """What was read: the budget, None if there is none, what was guessed and what was rounded, in words."""

    budget: Budget | None
    guessed: tuple[str, ...] = ()
    rounded: tuple[str, ...] = ()


def parse_money(text: str) -> Budget | None:
    """Read an amount of money; None if the text says that there is none. Raises PortfolioError as `read_money` does."""
    return read_money(text).budget


def read_money(text: str) -> Money:
    """Read an amount of money and say what was guessed. Raises PortfolioError: no amount, negative, not finite, or absurdly large."""
    bare = text.strip().casefold()
    if bare in NOTHING:
        return Money(None)
    if bare.lstrip("+-−$€£ ") in _NOT_FINITE:
        raise PortfolioError(f"{quoted(text)} is not a finite amount")
    match = _SHAPE.fullmatch(bare) if len(bare) <= _LONGEST else None
    if match is None:
        raise PortfolioError(f"{quoted(text)} is not an amount of money")
    negative, currency, factor = _read_words(match["before"], match["after"], text)
    number, guessed = _read_number(match["number"], currency, text, certain=factor != 1)
    if negative and number:
        raise PortfolioError(f"{quoted(text)} is negative")
    amount, rounded = whole_units(_EXACT.multiply(number, Decimal(factor)), text)
    return Money(Budget(amount=amount, currency=currency), guessed, rounded)


def is_known_currency(name: str) -> bool:
    """Return whether a currency beside a figure is read as itself."""
    try:
        budget = parse_money(f"1 {name}")
    except PortfolioError:
        return False
    return budget is not None and budget.currency == name


def whole_units(number: Decimal, text: str) -> tuple[int, tuple[str, ...]]:
    """Round half up to whole units, with a note if that changed the amount. Raises PortfolioError: not finite, negative, absurd."""
    if not number.is_finite():
        raise PortfolioError(f"{quoted(text)} is not a finite amount")
    if number < 0:
        raise PortfolioError(f"{quoted(text)} is negative")
    if number > AMOUNT_LIMIT:
        raise PortfolioError(f"{quoted(text)} is more than can be meant (the limit is {AMOUNT_LIMIT:,})")
    whole = number.quantize(Decimal(1), rounding=ROUND_HALF_UP, context=_EXACT)
    return int(whole), () if whole == number else (f"{quoted(text)} rounded to {whole}",)


def _read_words(before: str, after: str, text: str) -> tuple[bool, str, int]:
    """Read what is around the number: a sign, a currency, a factor."""
    negative = bool(re.search(r"[-−]", before)) or (before.startswith("(") and after.rstrip().endswith(")"))
    negative = negative or after.strip() in ("-", "−")
    currency, factor = "", 1
    for word in _WORDS.findall(re.sub(r"[-−+()]", " ", f"{before} {after}")):
        code = _SIGNS.get(word, word.upper() if word.upper() in _CODES else "")
        if code and (not currency or currency in _OPEN_SIGNS):
            currency = code
        elif code and (code in _OPEN_SIGNS or code == currency):
            continue
        elif word in _FACTOR and factor == 1 and not code:
            factor = _FACTOR[word]
        else:
            raise PortfolioError(f"{quoted(text)} is not an amount of money")
    return negative, currency, factor


def _read_number(digits: str, currency: str, text: str, *, certain: bool) -> tuple[Decimal, tuple[str, ...]]:
    """Read the digits, and tell thousands from decimals. `certain` is a number before a word like million: its point is one."""
    digits, _, power = digits.strip().partition("e")
    digits = re.sub(r"[\s'’_]", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    mark = digits[last] if last >= 0 else ""
    other = "." if mark == "," else ","
    guessed: tuple[str, ...] = ()
    if not mark or (digits.count(mark) > 1 and other not in digits):
        groups, decimals = digits, ""
    elif _is_group(digits, last, other) and not certain and not power:
        groups, decimals = digits, ""
        usual = _POINT_GROUPS if mark == "." else _COMMA_GROUPS
        guessed = () if currency in usual else (f"{quoted(text)} read as {digits.replace(mark, '')} (thousands, not decimals)",)
    else:
        groups, decimals = digits[:last], digits[last + 1 :]
    _refuse_odd_groups(groups, text)
    plain = f"{re.sub('[.,]', '', groups) or '0'}.{decimals or '0'}"
    if not re.fullmatch(r"[0-9]+\.[0-9]+", plain) or not re.search("[0-9]", digits):
        raise PortfolioError(f"{quoted(text)} is not an amount of money")
    return _EXACT.scaleb(Decimal(plain), Decimal(power or 0)), guessed


def _is_group(digits: str, last: int, other: str) -> bool:
    """Return whether a single mark may part thousands: three digits after it, one to three before it, not a lone zero."""
    return other not in digits and len(digits) - last == 4 and 1 <= last <= 3 and digits[:last] != "0"


def _refuse_odd_groups(groups: str, text: str) -> None:
    """Refuse `1,2,3`: groups are of three digits, or of two before the last three (lakh), all parted by one mark."""
    if "." in groups and "," in groups:
        raise PortfolioError(f"{quoted(text)} is not an amount of money")
    first, *rest = re.split("[.,]", groups)
    if rest and not (1 <= len(first) <= 3 and len(rest[-1]) == 3 and all(len(group) in (2, 3) for group in rest)):
        raise PortfolioError(f"{quoted(text)} is not an amount of money")
