"""The command that prints the man page: what `--help` says about every command, and the keys that `?` shows."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

import re
from collections.abc import Iterable, Iterator
from typing import Any

import typer

from sessions import __version__
from tui.cli.help.command import rows_of, words_of
from tui.cli.help.examples import EXAMPLES
from tui.cli.help.facts import ENVIRONMENT, EXIT_CODES, FILES
from tui.cli.help.next_step import say_next

_ESCAPES = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "^": "\\(ha", "~": "\\(ti"}
Rows = Iterable[tuple[str, str]]


def man(context: typer.Context) -> None:
    """Print the man page: every command, option and key."""
    root = context.find_root()
    typer.echo("\n".join(_page(root.command, root)))
    say_next("man", into="| man -l -")


def _page(program: Any, context: Any) -> Iterator[str]:  # noqa: ANN401 - Typer brings its own classes, or Click's, by version
    from tui.host.actions import actions_at  # noqa: PLC0415 - loads Textual
    from tui.host.places import PLACES  # noqa: PLC0415

    purpose = program.help.strip().rstrip(".")
    yield f'.TH QUARTERDECK 1 "" "quarterdeck {_roff(__version__)}" "Quarterdeck"'
    yield from (".nh", ".ad l")
    yield from (".SH NAME", f"quarterdeck \\- {_roff(purpose[0].lower() + purpose[1:])}")
    yield from (".SH SYNOPSIS", _bold("quarterdeck"), _roff(" ".join(program.collect_usage_pieces(context))))
    yield from (".SH EXAMPLES", *_rows(EXAMPLES[""]))
    yield from (".SH OPTIONS", *_rows(rows_of(program, context)[1]))
    for heading, names in program.headings().items():
        yield f".SH {heading.upper()}"
        for name in names:
            yield from _command(program.commands[name], name, context)
    yield from (".SH ENVIRONMENT", *_rows(ENVIRONMENT), ".SH FILES", *_rows(FILES), ".SH EXIT STATUS", *_rows(EXIT_CODES))
    yield from (".SH KEYS", "They can be changed in the config, by the names in brackets.")
    for place, name in PLACES.items():
        yield f".SS {_roff(name)}"
        yield from _rows((each.shown, f"{each.help} [{each.id}]") for each in actions_at(place))


def _command(command: Any, name: str, parent: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Return what the page says about a command, and about the commands within it."""
    context = typer.Context(command, info_name=name, parent=parent)
    words = words_of(context)
    within = getattr(command, "commands", {})
    yield f".SS {_roff(' '.join([words, *command.collect_usage_pieces(context)]))}"
    yield _roff(" ".join(command.help.split()))
    if not within:
        yield from _rows(EXAMPLES.get(words, ()))
        arguments, options = rows_of(command, context)
        yield from _rows([*arguments, *(row for row in options if not row[0].endswith("--help"))])
    for each in within:
        yield from _command(within[each], each, context)


def _rows(rows: Rows) -> Iterator[str]:
    """Return a list of terms, each with what it means."""
    for term, meaning in rows:
        yield from (".TP", _bold(term), _roff(meaning) or "\\&")


def _bold(text: str) -> str:
    return f"\\fB{_roff(text)}\\fR"


def _roff(text: str) -> str:
    """Return a text as ASCII that troff takes literally, with what is between backticks in bold."""
    escaped = "".join(_ESCAPES.get(each, each if each.isascii() else f"\\[u{ord(each):04X}]") for each in text)
    escaped = re.sub(r"`([^`]+)`", r"\\fB\1\\fR", escaped).replace("`", "\\(ga")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped
