"""Hostile texts, and a session in which every text is one: the base for tests of the screens and of the command line.

A text of RELIABILITY 2.1 and 2.2 follows a marker (`ZQ12Q`, which no slug holds) that is found again on a screen: what follows the marker
there must be what the sanitiser makes of the text, as far as there is room. Imported as `hostile`, as `support` is.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel
from textual.screen import Screen

import tui
from sessions.portfolio.models import Adoption, Benefit, Objective, Participant, Portfolio, Project, Team
from sessions.record.events import Recorded, SessionOpened, recorded_from
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.table import EVENTS, open_database
from tui.text import fixed_width

MARKUP = (
    "[/]", "[/red]", "[/", "[Q1] Migrate", "[q1] x", "[red]x[/red]", "[b]", "[@click=app.evil]go[/]", "[@click=app.evil('x')]go",
    "[@click=app.f(__import__('os').system('x'))]go[/]", "[@click=screen.dismiss]x[/]", "[link=https://evil.example]x[/link]", "\\[/]",
    "[[/]]", "$title {0} {title} %s", ":warning:",
)  # fmt: skip
"""What Textual's or Rich's markup would take for its own."""

_R = "\N{REPLACEMENT CHARACTER}"
# Each text with what is seen of it behind a letter: written by hand, for nothing of ours may judge itself.
_CONTROLS = {
    "\x1b[31mred\x1b[0m": f"{_R}[31mred{_R}[0m",
    "\x1b]0;title\x07": f"{_R}]0;title{_R}",
    "\x1b]8;;http://evil.example\x1b\\x": f"{_R}]8;;http://evil.example{_R}\\x",
    "\x1bP1$r\x1b\\": f"{_R}P1$r{_R}\\",
    "\x9b31m": f"{_R}31m",
    "\x9d0;t\x9c": f"{_R}0;t{_R}",
    "\x00": _R,
    "\x07\x08\x7f": _R * 3,
    "one\r\ntwo\nthree\rfour\tfive": "one two three four five",
    "\u2028\u2029\x85\x0b\x0c": _R * 5,
}
_HIDDEN = {
    "\u202egnp.exe\u202c": f"{_R}gnp.exe{_R}",
    "\u2066x\u2069\u200e\u200f\u061c": f"{_R}x{_R * 4}",
    "\u200b\u200b": "",
    "\ufeff": _R,
    "\U000e0041\U000e007f": _R * 2,
    "\ufffe\ufdd0\U0001ffff": _R * 3,
    "\ufff9x\ufffb": f"{_R}x{_R}",
    "\u206a": _R,
    "\u00ad": "\u00ad",
}
_MANY_MARKS = {"e" + "\u0301" * 30: "é" + "\u0301" * 8}

CONTROLS = tuple(_CONTROLS)
"""What would act on a terminal."""
HIDDEN = tuple(_HIDDEN)
"""What hides, or turns the reading direction."""
WIDE = ("漢字かな交じり", "👨‍👩‍👧❤️🇩🇪👍🏽", *_MANY_MARKS, "\u0301x", "\u200dx", "שלום عليكم", "x" * 300)
"""What terminals do not agree on the width of."""

CORPUS = (*MARKUP, *CONTROLS, *HIDDEN, *WIDE)

LOUD = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]")
"""What must never reach a terminal."""

BLENDS = (
    "[/red][/][Q1][@click=app.evil]go[/]" + "".join(HIDDEN) + "\x1b[31m\x9b2J one\ntwo\tthree [/ " + "".join(WIDE[:-1]) + "\x1b]0;t\x07",
    "\x1b[31m\u202e[@click=app.evil]x[/][Q1]\x00\x07\ufeff" + "".join(MARKUP) + " " + " ".join((*WIDE[:-1], *CONTROLS)),
    "漢字👨‍👩‍👧\u200b[@click=app.evil]\n[/]\x9b" + " ".join((*CONTROLS, *HIDDEN)) + "[b]",
)
"""Texts of everything together, with something else in front each: a narrow column shows no more than that."""

SHOWN = {text: text for text in (*MARKUP, *WIDE)} | _CONTROLS | _HIDDEN | _MANY_MARKS
"""What is seen of each text of the corpus."""


def _seen(*texts: str) -> list[str]:
    return [SHOWN[text] for text in texts]


_CROWD = "".join(_seen(*WIDE[:3])) + "x\u200dx" + WIDE[5]  # a mark more is one too many on the letter before it
BLENDS_SHOWN = (
    f"[/red][/][Q1][@click=app.evil]go[/]{''.join(_seen(*HIDDEN))}{_R}[31m{_R}2J one two three [/ {_CROWD}{_R}]0;t{_R}",
    f"{_R}[31m{_R}[@click=app.evil]x[/][Q1]{_R * 3}{''.join(MARKUP)} {' '.join(_seen(*WIDE[:-1], *CONTROLS))}",
    f"漢字👨‍👩‍👧[@click=app.evil] [/]{_R}{' '.join(_seen(*CONTROLS, *HIDDEN))}[b]",
)
"""What is seen of the blends."""

_AS_SHOWN = SHOWN | dict(zip(BLENDS, BLENDS_SHOWN, strict=True))
_MARKED = re.compile(r"ZQ(\d+)Q")
_CUT = re.compile(r"$|…|[│▌▐\u2581-\u2588]| (?:$|[ …│▌▐\u2581-\u2588])")
"""Where a text longer than its room may end: a mark that it is cut, a border, a scroll bar, the space around it or of a wide letter."""


class Poison:
    """Makes the texts of values hostile: equal texts stay equal, so that references still hold."""

    def __init__(self, turn: int = 0, blends: tuple[str, ...] = BLENDS) -> None:
        self._turn, self._blends = turn, blends
        self._made: dict[str, str] = {}
        self.texts: dict[int, str] = {}
        self._empty = itertools.count(1)

    def text(self, text: str) -> str:
        """Return the hostile text that stands for a text."""
        if text in ("business", "it"):
            return text  # the two sides that every room has
        if text not in self._made:
            number = len(self._made) + 1
            self.texts[number] = self._blends[(number + self._turn) % len(self._blends)]
            self._made[text] = f"ZQ{number}Q{self.texts[number]} {text}"
        return self._made[text]

    def of(self, value: Any, annotation: Any = None) -> Any:
        """Return a value with every text in it made hostile; words that the program chooses itself, dates and seals stay."""
        if isinstance(value, BaseModel):
            return self._model(value)
        if isinstance(value, str):
            return self.text(value) if value and _is_text(annotation) else value
        if isinstance(value, tuple):
            inner = get_args(annotation)
            each = itertools.repeat(inner[0]) if inner[1:] == (...,) else iter(inner)
            return tuple(self.of(part, of) for part, of in zip(value, each, strict=False))
        return value

    def _model(self, value: BaseModel) -> BaseModel:
        changes = {}
        for name, field in type(value).model_fields.items():
            given = getattr(value, name)
            if name in _KEPT or (name == "quarter" and not given):
                continue
            if given == "" and isinstance(value, _FILLED) and name not in _EMPTY and _is_text(field.annotation):
                given = f"{name} {next(self._empty)}"
            changes[name] = self.of(given, field.annotation)
        return value.model_copy(update=changes)

    def recorded(self, recorded: Recorded) -> Recorded:
        """Return an event with every text in it made hostile."""
        return recorded._replace(event=self.of(recorded.event), by=self.text(recorded.by))


_KEPT = {"kind", "changed", "quarter_start", "session_date", "by_when", "until", "seal", "salt"}
_EMPTY = {"parent", "objective", "currency", "quarter"}
_FILLED = (Portfolio, Project, Objective, Team, Participant, Benefit, Adoption)


def _is_text(annotation: Any) -> bool:
    """Return whether a field may hold any text at all."""
    if get_origin(annotation) in (Union, UnionType):
        return any(map(_is_text, get_args(annotation))) and not any(get_origin(each) is Literal for each in get_args(annotation))
    return annotation is str


def poisoned(records: Iterable[Mapping[str, Any]], poison: Poison) -> list[Recorded]:
    """Return the events of a session with every text made hostile, as if someone else had written its file."""
    recordeds = [poison.recorded(recorded_from(dict(record))) for record in records]
    first = recordeds[0]
    opened = cast("SessionOpened", first.event)
    cards = tuple(
        card.model_copy(update={"fields": ((poison.text("field"), poison.text("value")),)}) for card in opened.portfolio.projects
    )
    opened = opened.model_copy(update={"portfolio": opened.portfolio.model_copy(update={"projects": cards})})
    return [first._replace(event=opened), *recordeds[1:]]


def screens() -> set[type[Screen[Any]]]:
    """Return every screen and dialog of the product."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        importlib.import_module(module.name)

    def below(kind: type[Screen[Any]]) -> set[type[Screen[Any]]]:
        return {found for heir in kind.__subclasses__() for found in ({heir} | below(heir))}

    return {screen for screen in below(Screen) if screen.__module__.startswith("tui.")}


def write_session(path: Path, recordeds: Iterable[Recorded]) -> Path:
    """Write a session file, as stock code would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Journal.create(path, holder="test") as journal:
        table = open_database(journal).table(EVENTS)
        for recorded in recordeds:
            table.insert(recorded.as_record())
    return path


def loud(text: str) -> list[str]:
    """Return the characters of a text that must not reach a terminal, named."""
    return sorted({f"U+{ord(character):04X}" for character in LOUD.findall(text)})


def unlike(lines: Iterable[str], poison: Poison) -> tuple[int, list[str]]:
    """Count the hostile texts that lines show, and return those of which they show something else than the sanitiser makes of them."""
    seen, wrong = 0, []
    for line in lines:
        for match in _MARKED.finditer(line):
            if int(match[1]) not in poison.texts:
                continue
            seen += 1
            clean = _AS_SHOWN[poison.texts[int(match[1])]]
            shown = line[match.end() :].replace("┃", "")  # the end of the quarter is drawn through
            # Beside other columns a text has a fixed width as well: joined emoji become their members.
            if not any(_goes_on(shown, wanted) for wanted in (clean, fixed_width(clean))):
                wrong.append(f"{match[0]}: {shown!r} instead of {clean!r}")
    return seen, wrong


def _goes_on(shown: str, wanted: str) -> bool:
    """Return whether a line shows a text as far as there is room: a cut text ends with an ellipsis, or with its line or column."""
    same = next((place for place, (one, other) in enumerate(zip(shown, wanted, strict=False)) if one != other), min(len(shown), len(wanted)))
    return same == len(wanted) or any(_CUT.match(shown, place) for place in (same, same - (shown[:same].endswith(" "))))
