"""What the tab key offers: commands, options, values, and the sessions of the library. A shell asks with `quarterdeck _complete WORD...`.

Each line is a value, a tab and what it means. No line at all leaves it to the shell to offer files.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sessions.record.choices import OrderMethod
from sessions.sanitize import clean
from tui.cli.help.command import first_sentence
from tui.cli.help.tree import is_group, options_of, params_of

ASK = "_complete"
"""The word with which a shell asks; the words of the line follow, the last being the one to complete."""
_SESSIONS = ("SESSION", "FILE|SESSION")
_NAME = re.compile(r"[\w.+-]+")
"""A value that a shell takes as it is."""


class Offer(NamedTuple):
    """A value for the word that is being typed, and what it means."""

    value: str
    about: str = ""


def print_offers(program: Any, words: Sequence[str]) -> None:  # noqa: ANN401 - a command of Typer or of Click, by version
    """Print what fits the last of the words of a command line."""
    *before, word = [each.strip("\"'") for each in words] or [""]
    sys.stdout.writelines(f"{each.value}\t{clean(each.about, 70)}\n" for each in offers(program, before, word))


def offers(program: Any, before: Sequence[str], word: str) -> list[Offer]:  # noqa: ANN401 - as above
    """Return what the word being typed may become, after the words before it."""
    place = _Place(program, before)
    if place.waiting is None and word.startswith("-") and not place.only_arguments:
        name, equals, value = word.partition("=")
        if not equals:
            return _fitting(_options(place), word)
        param = options_of(place.command).get(name)
        return [Offer(f"{name}={each.value}", each.about) for each in _offered(param, place.library, value)] if param else []
    word = "" if word == "=" else word  # bash takes the sign for a word of its own
    if place.waiting is not None:
        return _offered(place.waiting, place.library, word)
    if is_group(place.command):
        return _fitting((Offer(name, first_sentence(place.command.commands[name].help)) for name in place.command.commands), word)
    return _offered(place.argument(), place.library, word)


def _offered(param: Any, library: str, word: str) -> list[Offer]:  # noqa: ANN401 - as above
    """Return the values of a parameter that begin with the word; if none does, the only session that has it in its id."""
    values = _values(param, library)
    found = _fitting(values, word)
    if found or not word or param is None or param.metavar != "SESSION":
        return found
    inside = [each for each in values if word.casefold() in each.value.casefold()]
    return inside if len(inside) == 1 else []


def _fitting(found: Iterable[Offer], word: str) -> list[Offer]:
    return [each for each in found if each.value.startswith(word) and each.value not in ("", ASK)]


class _Place:
    """Where in a command line the next word is: of which command, and after which option."""

    def __init__(self, program: Any, words: Sequence[str]) -> None:  # noqa: ANN401 - as above
        self.command = program
        self.waiting: Any = None
        """The option that the next word is the value of."""
        self.library = ""
        self.given: set[str] = set()
        self.only_arguments = False
        self._arguments = 0
        for word in words:
            self._take(word)

    def _take(self, word: str) -> None:
        if self.waiting is not None:
            if word != "=":  # bash's own
                self._learn(self.waiting, word)
                self.waiting = None
        elif word == "--":
            self.only_arguments = True
        elif word.startswith("-") and not self.only_arguments:
            name, equals, value = word.partition("=")
            param = options_of(self.command).get(name)
            if param is not None:
                self.given |= set() if param.multiple else {*param.opts}
                if equals:
                    self._learn(param, value)
                elif not param.is_flag:
                    self.waiting = param
        elif is_group(self.command) and word in self.command.commands:
            self.command = self.command.commands[word]
        else:
            self._arguments += 1

    def _learn(self, param: Any, value: str) -> None:  # noqa: ANN401 - as above
        if "--library" in param.opts:
            self.library = value

    def argument(self) -> Any:  # noqa: ANN401 - as above
        """Return the argument that the next word is; None if it is one too many."""
        arguments = [each for each in params_of(self.command) if each.param_type_name == "argument"]
        if self._arguments < len(arguments):
            return arguments[self._arguments]
        return arguments[-1] if arguments and arguments[-1].nargs == -1 else None


def _options(place: _Place) -> Iterator[Offer]:
    for param in dict.fromkeys(options_of(place.command).values()):
        if not place.given.intersection(param.opts):
            yield Offer(max(param.opts, key=len), param.help or "")
    yield Offer("--help", "Show what it does.")


def _values(param: Any, library: str) -> list[Offer]:  # noqa: ANN401 - as above
    if param is None:
        return []
    if param.metavar in _SESSIONS:
        return sessions(library)
    if param.metavar == "METHOD":
        from typing import get_args  # noqa: PLC0415

        return [Offer(method) for method in get_args(OrderMethod)]
    if "--column" in param.opts:
        from sessions.imports.columns import IGNORE, KEEP, NAMES  # noqa: PLC0415

        return [Offer(f"{field}=") for field in (*NAMES, KEEP, IGNORE)]
    if "--encoding" in param.opts:
        from sessions.imports.formats.encoding import ENCODINGS  # noqa: PLC0415

        return [Offer(name.casefold().replace(" ", "-")) for name in ENCODINGS]
    return [Offer(str(each.value)) for each in param.shell_complete(None, "")]


def sessions(library: str) -> list[Offer]:
    """Return the names of sessions: the last one, every id, and each quarter that one session has. An archived one has its id only."""
    from tui.environment import known_sessions, library_place  # noqa: PLC0415 - only for a session

    rows = known_sessions(library_place(library or None))
    shown = [row for row in rows if not row.get("archived")]
    quarters = [row.get("quarter", "") for row in shown]
    found = [Offer("last", _about(row)) for row in shown[:1]]
    found += [Offer(row["id"], _about(row)) for row in rows]
    found += [Offer(quarter, _about(row)) for quarter, row in zip(quarters, shown, strict=True) if quarters.count(quarter) == 1]
    return [each for each in found if _NAME.fullmatch(each.value)]


def _about(row: dict[str, Any]) -> str:
    state = "archived" if row.get("archived") else row.get("state", "")
    return ", ".join(filter(None, [row.get("title", ""), row.get("quarter", ""), state]))
