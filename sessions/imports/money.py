"""Read money as people write it: `$6,279,429`, `1.2M`, `EUR 3 000`, `€3.000,50`, `1,5 Mio`.

Amounts become whole units, exactly, by decimal arithmetic. A guess (is `1.234` a thousand?) is reported,
never hidden. `money_column` knows what the other amounts of a column and its header say.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from sessions.errors import PortfolioError
from sessions.imports.formats.cells import NOTHING
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
    "sfr": "CHF", "fr": "CHF", "$": "$", "¥": "¥", "kr": "kr", "dollar": "$", "dollars": "$", "euro": "EUR", "euros": "EUR",
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
_THOUSANDS = re.compile(r"(?<![0-9.,])(?:1[., ]?)?['’]?000(?:['’]?s)?(?![0-9])")
"""How headers say thousands besides words: $000, '000s, 1,000s."""
_MINUS = re.compile("[-−(]")
_NO_CENTS = re.compile(r"(?<=[0-9])[.,][-–—−]{1,2}(?![0-9])|(?<=\bfr)\.|(?<=\bsfr)\.", re.IGNORECASE)
"""What Swiss amounts have beside their figures, as in Fr. 2'000.–."""
_THOUSAND_EURO = re.compile(r"(?<![^\W\d])t(?=€|eur\b)")
_WORDS = re.compile(r"[^\s\d$€£¥₹₩₺₽]*\$|[€£¥₹₩₺₽]|[^\s\d$€£¥₹₩₺₽.]+")


class Money(NamedTuple):
    """What was read: the budget, None if there is none, what was guessed and what was rounded, in words."""

    budget: Budget | None
    guessed: tuple[str, ...] = ()
    rounded: tuple[str, ...] = ()


class Unit(NamedTuple):
    """What amounts are in: a currency or none, and a factor."""

    currency: str = ""
    factor: int = 1


def parse_money(text: str) -> Budget | None:
    """Read an amount of money; None if the text says that there is none. Raises PortfolioError as `read_money` does."""
    return read_money(text).budget


def read_money(text: str, unit: Unit = Unit(), decimal: str = "") -> Money:  # noqa: B008 - never changed
    """Read an amount of money and say what was guessed. Raises PortfolioError: no amount, negative, not finite, or absurdly large.

    `unit` applies if the text names none; `decimal` is the mark before decimals, if that is known.
    """
    bare = _NO_CENTS.sub("", text).strip().casefold()
    if bare in NOTHING:
        return Money(None)
    if bare.lstrip("+-−$€£ ") in _NOT_FINITE:
        raise PortfolioError(f"{quoted(text)} is not a finite amount")
    match = _SHAPE.fullmatch(bare) if len(bare) <= _LONGEST else None
    own = _read_unit(f"{match['before']} {match['after']}") if match else None
    if match is None or own is None:
        raise PortfolioError(f"{quoted(text)} is not an amount of money")
    currency, factor = own.currency or unit.currency, own.factor if own.factor != 1 else unit.factor
    number, guessed = _read_number(match["number"], Unit(currency, factor), text, decimal)
    if number and _MINUS.search(text) and is_negative(text):
        raise PortfolioError(f"{quoted(text)} is negative")
    amount, rounded = whole_units(_EXACT.multiply(number, Decimal(factor)), text)
    return Money(Budget(amount=amount, currency=currency), guessed, rounded)


def read_unit(text: str) -> Unit | None:
    """Read what the header of a column says about its amounts: `£m`, `kEUR`, `USD millions`, `$000`. None if it says anything else."""
    words = _THOUSANDS.sub(" k ", text.casefold())
    if re.search(r"[^\W\d][0-9]", words):
        return None
    unit = _read_unit(re.sub(r"\b(?:in|of)\b", " ", words))
    return unit if unit != Unit() else None


def is_negative(text: str) -> bool:
    """Return whether an amount has a minus before or after it, or is in parentheses."""
    bare = _NO_CENTS.sub("", text).strip()
    match = _SHAPE.fullmatch(bare.casefold())
    return bool(match and (re.search(r"[-−]", match["before"]) or match["after"].strip() in ("-", "−"))) or bare[:1] + bare[-1:] == "()"


def decimal_mark(text: str) -> str:
    """Return the mark that an amount must have before its decimals; empty if the amount leaves that open, as `1,234` does."""
    match = _SHAPE.fullmatch(_NO_CENTS.sub("", text).strip().casefold())
    digits = _bare_digits(match["number"]) if match else ""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return ""
    mark, other = (digits[last], "." if digits[last] == "," else ",")
    if other in digits:
        return mark
    if digits.count(mark) > 1:
        return other
    return "" if _is_group(digits, last) else mark


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


def _read_unit(words: str) -> Unit | None:
    """Read what is around a number, a currency and a factor; None if a word is neither."""
    currency, factor = "", 1
    for word in _WORDS.findall(re.sub(r"[-−+(),]", " ", _THOUSAND_EURO.sub("k", words))):
        unit = _meaning(word)
        if unit is None or (unit.factor != 1 and factor != 1):
            return None
        factor *= unit.factor
        if unit.currency and (not currency or currency in _OPEN_SIGNS):
            currency = unit.currency
        elif unit.currency not in ("", currency, *_OPEN_SIGNS):
            return None
    return Unit(currency, factor)


def _meaning(word: str) -> Unit | None:
    """Return the unit that a word is: a sign, a code, a factor, or a factor and one of the others in one, as in `kEUR` and `USDm`."""
    if code := _code(word):
        return Unit(code)
    if word in _FACTOR:
        return Unit(factor=_FACTOR[word])
    pairs = [(word[:cut], word[cut:]) for cut in range(1, min(len(word), _LONGEST))]
    joined = [Unit(_code(one), _FACTOR[two]) for pair in pairs for one, two in (pair, pair[::-1]) if _code(one) and two in _FACTOR]
    return joined[0] if joined else None


def _code(word: str) -> str:
    return _SIGNS.get(word, word.upper() if word.upper() in _CODES else "")


def _bare_digits(number: str) -> str:
    return re.sub(r"[\s'’_]", "", number.partition("e")[0])


def _read_number(number: str, unit: Unit, text: str, decimal: str) -> tuple[Decimal, tuple[str, ...]]:
    """Read the digits, and tell thousands from decimals."""
    power = number.partition("e")[2]
    digits = _bare_digits(number)
    last = max(digits.rfind("."), digits.rfind(","))
    mark = digits[last] if last >= 0 else ""
    open_to_doubt = bool(mark) and not power and _is_group(digits, last)
    grouped, guessed = False, False
    if not mark or (digits.count(mark) > 1 and ("." if mark == "," else ",") not in digits):
        grouped = True
    elif open_to_doubt and decimal:
        grouped = mark != decimal
    elif open_to_doubt:
        usual = unit.currency in (_POINT_GROUPS if mark == "." else _COMMA_GROUPS)
        # Before a word like million a point is one, unless the currency says otherwise.
        grouped = unit.factor == 1 or (usual and mark == ",")
        guessed = not usual if unit.factor == 1 or mark == "," else usual
    groups, decimals = (digits, "") if grouped else (digits[:last], digits[last + 1 :])
    _refuse_odd_groups(groups, text)
    plain = f"{re.sub('[.,]', '', groups) or '0'}.{decimals or '0'}"
    if not re.fullmatch(r"[0-9]+\.[0-9]+", plain) or not re.search("[0-9]", digits):
        raise PortfolioError(f"{quoted(text)} is not an amount of money")
    how = "thousands, not decimals" if grouped else "decimals, not thousands"
    note = f"{quoted(text)} read as {plain.removesuffix('.0')} ({how})"
    return _EXACT.scaleb(Decimal(plain), Decimal(power or 0)), (note,) if guessed else ()


def _is_group(digits: str, last: int) -> bool:
    """Return whether a mark may separate thousands: the only one, three digits after it, one to three before it, not a lone zero."""
    alone = sum(map(digits.count, ".,")) == 1
    return alone and len(digits) - last == 4 and 1 <= last <= 3 and digits[:last] != "0"


def _refuse_odd_groups(groups: str, text: str) -> None:
    """Refuse `1,2,3`: groups are of three digits, or of two before the last three (lakh), all separated by one mark."""
    if "." in groups and "," in groups:
        raise PortfolioError(f"{quoted(text)} is not an amount of money")
    first, *rest = re.split("[.,]", groups)
    if rest and not (1 <= len(first) <= 3 and len(rest[-1]) == 3 and all(len(group) in (2, 3) for group in rest)):
        raise PortfolioError(f"{quoted(text)} is not an amount of money")
