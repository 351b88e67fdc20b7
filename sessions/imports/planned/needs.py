"""Read the dependencies of a table's cards: ids or titles, separated by semicolons, commas or line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sessions.imports.formats.cells import NOTHING
from sessions.imports.formats.report import Findings, Place
from sessions.portfolio.checks import same_title
from sessions.portfolio.models import Project
from sessions.sanitize import quoted
from sessions.wording import shortened

_ENDS = re.compile(r"[;|\n\r]+")
_KIND = re.compile(r"(?<!\s)\s*+(?:FS|SS|FF|SF)(?:\s*[+-]\s*[0-9.,]+\s*\w*)?$")
"""What planning tools write after the number of a predecessor: 12FS+2 days."""
_CYCLE_LIMIT = 12
_MOST_PARTS = 8
"""The most parts of a cell that are tried together, because a title may hold commas."""


class Needed(NamedTuple):
    """The ids of the cards that are needed, and what names no card, or more than one."""

    ids: tuple[str, ...]
    unknown: tuple[str, ...]


class Names:
    """The names of the cards of a table: their ids as given, their ids here, and their titles."""

    def __init__(self, ids: Sequence[str], given: Sequence[str], titles: Sequence[str]) -> None:
        # As many parts of a cell may belong together as a name has.
        self._parts = min(_MOST_PARTS, 1 + max((name.count(",") for name in (*ids, *given, *titles)), default=0))
        self._titles: dict[str, str] = {}
        for card, title in zip(ids, titles, strict=True):
            name = same_title(title)
            self._titles[name] = "" if name in self._titles else card
        self._ids = {name.casefold(): card for card, name in zip(reversed(ids), reversed(given), strict=True) if name}
        self._exact = {name: card for card, name in zip(ids, given, strict=True) if name and card == name} | {card: card for card in ids}

    def needed(self, cell: str) -> Needed:
        """Return which cards a cell names."""
        ids, unknown = dict[str, None](), list[str]()
        if card := self._card(cell):
            return Needed((card,), ())
        for text in _ENDS.split(cell):
            if card := self._card(text):
                ids[card] = None
                continue
            parts, start = text.split(","), 0
            while start < len(parts):
                ends = range(min(len(parts), start + self._parts), start + 1, -1)
                end = next((end for end in ends if self._card(",".join(parts[start:end]))), start + 1)
                name, start = ",".join(parts[start:end]).strip(), end
                if card := self._card(name):
                    ids[card] = None
                elif name.casefold() not in NOTHING:
                    unknown.append(name)
        return Needed(tuple(ids), tuple(unknown))

    def _card(self, text: str) -> str:
        """Return the id of the card that a text names; empty if it names none, or several."""
        name = text.strip()
        for form in (name, _KIND.sub("", name), name.lstrip("#")):
            if card := self._exact.get(form) or self._ids.get(form.casefold()) or self._titles.get(same_title(form)):
                return card
        return ""


def told_unknown(unknown: Sequence[str]) -> str:
    """Return the note on names that match no card of the table."""
    return f"no card, or more than one, is called {shortened(list(map(quoted, unknown)))}"


def without_cycles(cards: Sequence[Project], places: Mapping[str, Place], findings: Findings) -> list[Project]:
    """Return the cards without the needs that would close a cycle, and report each."""
    left_out: dict[str, set[str]] = {}
    titles = {card.id: quoted(card.title) for card in cards}
    for cycle in cycles(cards):
        left_out.setdefault(cycle[-2], set()).add(cycle[-1])
        told = cycle_in_words([titles[card] for card in cycle])
        text = f"{told} would wait for each other in a cycle; so {titles[cycle[-2]]} does not need {titles[cycle[-1]]} here"
        findings.guess(places[cycle[-2]], text)
    return [
        card.model_copy(update={"needs": tuple(need for need in card.needs if need not in left_out[card.id])}) if card.id in left_out else card
        for card in cards
    ]


def cycle_in_words(cycle: Sequence[str]) -> str:
    """Return a cycle as people read it, shortened."""
    shown = cycle if len(cycle) <= _CYCLE_LIMIT else [*cycle[:_CYCLE_LIMIT], "...", cycle[-1]]
    return " -> ".join(shown)


def cycles(projects: Sequence[Project]) -> Iterator[list[str]]:
    """Yield cycles of cards, each needing the next; without the last need of each there would be none."""
    needs = {project.id: project.needs for project in projects}
    done: set[str] = set()
    for start, first in needs.items():
        if start in done:
            continue
        # The way that led here, and for each card on it the needs still to be followed. Recursion would not do: a chain may
        # be as long as the portfolio.
        way = {start: iter(first)}
        while way:
            here, open_needs = next(reversed(way.items()))
            following = next((need for need in open_needs if need not in done), None)
            if following is None:
                done.add(here)
                del way[here]
            elif following in way:
                yield [*list(way)[list(way).index(following) :], following]
            else:
                way[following] = iter(needs[following])
