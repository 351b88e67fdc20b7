"""Read JSON strictly, and walk it with the path of every value at hand, so that a wrong field is named by its place.

Refused: doubled keys, NaN and Infinity, numbers of absurd size, endless nesting. Numbers with a point are exact decimals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NoReturn, TypeVar

from sessions.errors import PortfolioError
from sessions.imports.formats import limits
from sessions.imports.formats.report import Findings, Place
from sessions.sanitize import clean, quoted

Word = TypeVar("Word", bound=str)
_DEPTH_LIMIT = 40
_DIGIT_LIMIT = 30
_TOO_DEEP = "its lists and objects are nested too deeply to be a portfolio"


@dataclass(frozen=True, slots=True)
class _Wrong:
    """Stands in the tree for a value that is refused, until its path is known."""

    what: str


_INNER = (dict, list, _Wrong)
"""What has to be looked into, or refused."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a JSON file and the steps that lead to it: keys, and places in lists. What it cannot be is refused with its path."""

    value: object
    findings: Findings
    steps: tuple[str | int, ...] = ()

    @property
    def path(self) -> str:
        """Where the value is, as shown: `cards[3].work.DATA.effort`."""
        # Built on demand: most values need no message.
        return "".join(f"[{step}]" if isinstance(step, int) else f".{clean(step, 60)}" for step in self.steps).removeprefix(".")

    @property
    def place(self) -> Place:
        """Where the value is."""
        return Place(None, self.path)

    def fail(self, what: str) -> NoReturn:
        """Refuse the file because of this value."""
        where = f"{self.findings.source}: {self.path}" if self.path else self.findings.source
        raise PortfolioError(f"{where}: {what}.")

    def fields(self) -> dict[str, Node]:
        """Return the fields of an object; what is null counts as missing."""
        if not isinstance(self.value, dict):
            self.fail(f"an object was expected, not {self._shown()}")
        return {key: Node(value, self.findings, (*self.steps, key)) for key, value in self.value.items() if value is not None}

    def items(self) -> list[Node]:
        """Return the entries of a list."""
        if not isinstance(self.value, list):
            self.fail(f"a list was expected, not {self._shown()}")
        return [Node(value, self.findings, (*self.steps, index)) for index, value in enumerate(self.value)]

    def text(self, limit: int, *, keep_lines: bool = False) -> str:
        """Return a cleaned text; a number is taken as it is written."""
        if not isinstance(self.value, str | int | Decimal) or isinstance(self.value, bool):
            self.fail(f"a text was expected, not {self._shown()}")
        raw = format(self.value, "f") if isinstance(self.value, Decimal) else str(self.value)
        return self.findings.text(raw, limit, lambda: self.place, keep_lines=keep_lines)

    def number(self) -> Decimal:
        """Return an exact number."""
        if not isinstance(self.value, int | Decimal) or isinstance(self.value, bool):
            self.fail(f"a number was expected, not {self._shown()}")
        return Decimal(self.value)

    def integer(self, low: int, high: int) -> int:
        """Return a whole number within limits."""
        number = self.number()
        if number != number.to_integral_value():
            self.fail(f"a whole number was expected, not {self._shown()}")
        if not low <= number <= high:
            self.fail(f"{self._shown()} is not between {low} and {high}")
        return int(number)

    def tenths(self, high: int) -> int:
        """Return a number of at most `high` in tenths, rounded half up (METHOD 5.1); anything above zero stays above it."""
        number = self.number()
        if not 0 <= number <= high:
            self.fail(f"{self._shown()} is not between 0 and {high}")
        tenths = int((number * 10).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        if number and not tenths:
            tenths = 1
        if Decimal(tenths) != number * 10:
            self.findings.guess(self.place, f"{number} rounded to {Decimal(tenths) / 10}")
        return tenths

    def flag(self) -> bool:
        """Return yes or no."""
        if not isinstance(self.value, bool) and self.value not in (0, 1):
            self.fail(f"true or false was expected, not {self._shown()}")
        return bool(self.value)

    def choice(self, words: Mapping[str, Word]) -> Word:
        """Return what a word stands for, in any case."""
        found = words.get(self.value.strip().casefold()) if isinstance(self.value, str) else None
        if found is None:
            self.fail(f"{self._shown()} is not one of {', '.join(dict.fromkeys(words.values()))}")
        return found

    def _shown(self) -> str:
        """Name the value in a sentence."""
        match self.value:
            case dict():
                return "an object"
            case list():
                return "a list"
            case bool():
                return str(self.value).lower()
            case None:
                return "null"
            case str():
                return quoted(self.value)
        return clean(str(self.value), 40)


def read_tree(text: str, findings: Findings) -> Node:
    """Read a JSON text. Raises PortfolioError with the path of a value that is not allowed, or the line that is not JSON."""
    try:
        value = json.loads(text, parse_float=_decimal, parse_int=_whole, parse_constant=_constant, object_pairs_hook=_Objects(findings).make)
    except json.JSONDecodeError as error:
        where = f"{findings.source}: line {error.lineno}, column {error.colno}"
        raise PortfolioError(f"{where}: this is not JSON ({error.msg}).", error.lineno) from error
    except RecursionError as error:
        raise PortfolioError(f"{findings.source}: {_TOO_DEEP}.") from error
    for each, steps in _walk(value):
        if isinstance(each, _Wrong):
            Node(each, findings, steps).fail(each.what)
        if len(steps) > _DEPTH_LIMIT:
            raise PortfolioError(f"{findings.source}: {_TOO_DEEP}.")
    return Node(value, findings)


def _walk(root: object) -> Iterator[tuple[object, tuple[str | int, ...]]]:
    """Return every list, object and refusal, in order, with the steps to it. A stack of its own: the tree may be deeper than Python's."""
    waiting: list[tuple[object, tuple[str | int, ...]]] = [(root, ())]
    while waiting:
        value, steps = waiting.pop()
        yield value, steps
        children: Iterable[tuple[str | int, object]] = ()
        if len(steps) <= _DEPTH_LIMIT:
            children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        inner = [(child, (*steps, step)) for step, child in children if isinstance(child, _INNER)]
        waiting += reversed(inner)


class _Objects:
    """Makes the objects of a file, and counts them."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._count = 0

    def make(self, pairs: list[tuple[str, object]]) -> object:
        """Make an object, or the refusal of a key that appears twice. Raises PortfolioError if there are too many."""
        self._findings.on_row()
        self._count += 1
        limits.refuse_rows(self._count // limits.PARTS, self._findings.source)
        return _object(pairs)


def _object(pairs: list[tuple[str, object]]) -> object:
    seen = dict(pairs)
    if len(seen) == len(pairs):
        return seen
    keys = [key for key, _ in pairs]
    double = next(key for key in keys if keys.count(key) > 1)
    return _Wrong(f"the key {quoted(double)} appears twice in this object")


def _decimal(text: str) -> object:
    """Read an exact decimal. Its exponent is looked at as text first: a hostile one is more than a decimal can hold."""
    exponent = text.lower().partition("e")[2].lstrip("+-0")
    if len(text) > _DIGIT_LIMIT or len(exponent) > 2 or abs((number := Decimal(text)).adjusted()) > _DIGIT_LIMIT:
        return _Wrong(f"the number {clean(text, 20)} is absurdly long or large")
    return number


def _whole(text: str) -> object:
    return int(text) if len(text) <= _DIGIT_LIMIT else _Wrong(f"the number {clean(text, 20)} is absurdly large")


def _constant(text: str) -> object:
    return _Wrong(f"{text} is not a number that can be used")
