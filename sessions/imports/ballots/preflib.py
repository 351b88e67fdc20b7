"""Read rank-order files of PrefLib (preflib.org): `.soc`, `.soi`, `.toc` and `.toi`, in the format of today and in that before 2022.

Today a head of `# NUMBER ALTERNATIVES: 3`, `# ALTERNATIVE NAME 1: ...` is followed by `count: 1,{2,3}`. Before, the number of
alternatives, a line `1,name` for each, and `voters,sum of counts,unique orders` were followed by `count,1,{2,3}`. Alternatives
that an order does not name are below all others (METHOD 3.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import NoReturn

from sessions.errors import PortfolioError
from sessions.imports.ballots.values import Abstention, Gathered
from sessions.imports.formats import limits
from sessions.portfolio.checks import same_title
from sessions.portfolio.models import TITLE_LIMIT, Portfolio, Project
from sessions.sanitize import clean, quoted
from sessions.voting.ranking import Ranking

ALTERNATIVE_LIMIT = 500
"""The most alternatives that are compared with each other."""

_TODAY = re.compile(r"\s*#\s*(FILE NAME|TITLE|NUMBER ALTERNATIVES|ALTERNATIVE NAME [0-9]+)\s*:")
_BEFORE = re.compile(r"\s*[0-9]{1,9}[ \t]*,?[ \t]*\r?\n\s*1[ \t]*,")
_HEAD = re.compile(r"#\s*([A-Z][A-Z ]*?) ?([0-9]*)\s*:(.*)")
_ORDER = re.compile(r"([0-9]{1,12})\s*[:,]\s*([0-9{},\s]*)")
_PLACE = re.compile(r"\s*(?:([0-9]{1,9})|\{([0-9,\s]*)\})\s*(?:,|$)")
_STRICT, _COMPLETE = ("soc", "soi"), ("soc", "toc")


@dataclass(frozen=True, slots=True)
class PrefLib:
    """A rank-order file: the names of its alternatives by number, and every order with the number of voters that gave it."""

    source: str
    title: str
    alternatives: Mapping[str, str]
    orders: tuple[tuple[int, Ranking], ...]

    @property
    def voices(self) -> int:
        """Count the voters."""
        return sum(count for count, _ in self.orders)

    def portfolio(self) -> Portfolio:
        """Return the alternatives as cards that have nothing but a title; the id is the alternative's number."""
        cards = (Project(id=number, title=name) for number, name in self.alternatives.items())
        return Portfolio(name=self.title, projects=tuple(cards))

    def ballots(self, portfolio: Portfolio) -> Gathered[Ranking]:
        """Return a ballot for each order, and how many voters gave it, on the cards of a portfolio.

        An alternative is the card with its name as id or title. Raises PortfolioError if one is not a card.
        """
        card_of = self._cards(portfolio)
        given = {f"{self.source} order {number}": order for number, order in enumerate(self.orders, 1) if order[0]}
        ballots: dict[str, Ranking | Abstention] = {
            name: tuple(tuple(card_of[number] for number in tier) for tier in order) for name, (_, order) in given.items()
        }
        return Gathered(self.source, ballots, (), times={name: count for name, (count, _) in given.items()})

    def _cards(self, portfolio: Portfolio) -> dict[str, str]:
        if portfolio == self.portfolio():
            return {number: number for number in self.alternatives}
        known = {same_title(card.title): card.id for card in portfolio.projects} | {card.id.casefold(): card.id for card in portfolio.projects}
        found = {number: known.get(same_title(name)) for number, name in self.alternatives.items()}
        for number, card in found.items():
            if card is None:
                name = quoted(self.alternatives[number])
                raise PortfolioError(f"{self.source}: alternative {number}, {name}, is not a card of the portfolio; use the card's title or id.")
        cards = {number: card for number, card in found.items() if card is not None}
        if len(set(cards.values())) < len(cards):
            raise PortfolioError(f"{self.source}: two alternatives name the same card of the portfolio.")
        return cards


def is_preflib(text: str) -> bool:
    """Return whether a text begins as a rank-order file does."""
    return bool(_TODAY.match(text) or _BEFORE.match(text))


def read_preflib(text: str, source: str) -> PrefLib:
    """Read a rank-order file. Raises PortfolioError with the line of the first thing that is wrong."""
    return _Reader(text, source).read()


class _Reader:
    """Reads one file, and knows the line on which it is."""

    def __init__(self, text: str, source: str) -> None:
        self.source = source
        self.lines = [(number, line.strip()) for number, line in enumerate(re.split("\r\n|\r|\n", text), 1) if line.strip()]
        self.head: dict[str, tuple[int, str]] = {}
        self.names: dict[str, str] = {}
        self.line = 0

    def read(self) -> PrefLib:
        """Read the head, then the orders, and check the one against the other."""
        rest = self._head_of_today() if self.lines[0][1].startswith("#") else self._head_of_before()
        if not 0 < len(self.names) <= ALTERNATIVE_LIMIT:
            self.fail(f"{len(self.names)} alternatives; 1 to {ALTERNATIVE_LIMIT} are read")
        orders = tuple(self._orders(rest))
        if not orders:
            self.fail("there is no order in it")
        self._check_sum("NUMBER VOTERS", sum(count for count, _ in orders), "voters")
        return PrefLib(self.source, clean(self.head.get("TITLE", (0, ""))[1], TITLE_LIMIT), self.names, orders)

    def fail(self, what: str) -> NoReturn:
        """Refuse the file because of the line that was read last."""
        raise PortfolioError(f"{self.source}: line {self.line}: {what}.")

    def _head_of_today(self) -> list[tuple[int, str]]:
        head = list(takewhile(lambda numbered: numbered[1].startswith("#"), self.lines))
        for self.line, text in head:
            match = _HEAD.fullmatch(text)
            if match and match[1] == "ALTERNATIVE NAME" and match[2]:
                self._name(match[2], match[3])
            elif match:
                self.head[match[1]] = (self.line, match[3].strip())
        self._check_sum("NUMBER ALTERNATIVES", len(self.names), "alternatives")
        return self.lines[len(head) :]

    def _head_of_before(self) -> list[tuple[int, str]]:
        self.line, text = self.lines[0]
        count = int(match[0]) if (match := re.match("[0-9]{1,9}", text)) else 0
        names, rest = self.lines[1 : count + 1], self.lines[count + 1 :]
        for self.line, line in names:
            number, comma, name = line.partition(",")
            if not comma:
                self.fail("the number of an alternative and its name were expected, separated by a comma")
            self._name(number.strip(), name)
        if len(names) < count or not rest:
            self.fail(f"{count} alternatives were announced, and then the sums of the votes; the file ends before them")
        self.line, sums = rest[0]
        if not re.fullmatch(r"[0-9]{1,12}\s*,\s*[0-9]{1,12}\s*,\s*[0-9]{1,12}", sums):
            self.fail("three numbers were expected: voters, sum of counts, unique orders")
        self.head["NUMBER VOTERS"] = (self.line, sums.split(",")[1].strip())
        return rest[1:]

    def _name(self, number: str, name: str) -> None:
        if not re.fullmatch(r"[0-9]{1,9}", number):
            self.fail(f"{quoted(number)} is not the number of an alternative")
        number = str(int(number))
        if number in self.names:
            self.fail(f"alternative {number} is named twice")
        self.names[number] = clean(name, TITLE_LIMIT) or f"alternative {number}"

    def _check_sum(self, field: str, found: int, what: str) -> None:
        """Refuse a file that announced another number than it holds: a part of it is missing."""
        line, said = self.head.get(field, (0, ""))
        if said and said != str(found):
            self.line = line
            self.fail(f"{clean(said, 20)} {what} announced, {found} found")

    def _orders(self, lines: list[tuple[int, str]]) -> Iterator[tuple[int, Ranking]]:
        suffix = self.head.get("DATA TYPE", (0, ""))[1].casefold() or self.source.rpartition(".")[2].casefold()
        for count, (self.line, text) in enumerate(lines, 1):
            limits.refuse_rows(count, self.source, "different orders")
            match = _ORDER.fullmatch(text)
            if match is None:
                self.fail(f"a count and an order of alternatives were expected, as 3: 1,{{2,4}}; found {quoted(text)}")
            yield int(match[1]), self._order(match[2], suffix)

    def _order(self, text: str, suffix: str) -> Ranking:
        tiers: list[tuple[str, ...]] = []
        named = set[str]()
        at = 0
        while at < len(text):
            match = _PLACE.match(text, at)
            if match is None:
                self.fail(f"{quoted(text)} is not an order such as 1,{{2,4}}")
            tier = tuple(str(int(number)) for number in (match[1] or match[2]).split(",") if number.strip().isdecimal())
            self._check_tier(tier, named, suffix)
            named.update(tier)
            tiers += [tier] if tier else []
            at = match.end()
        if suffix in _COMPLETE and len(named) < len(self.names):
            self.fail(f"an order of a .{suffix} file names every alternative; this one names {len(named)} of {len(self.names)}")
        return tuple(tiers)

    def _check_tier(self, tier: tuple[str, ...], named: set[str], suffix: str) -> None:
        if suffix in _STRICT and len(tier) > 1:
            self.fail(f"a .{suffix} file has no ties, but here are some")
        for place, number in enumerate(tier):
            if number not in self.names:
                self.fail(f"there is no alternative {number}")
            if number in named or number in tier[:place]:
                self.fail(f"alternative {number} appears in this order twice")
