"""How the help of a command looks: examples first, and no line twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from tui.cli.help.examples import EXAMPLES

_KIND = r" <(str|path|list\[\w+\])>$"
"""What Typer adds to a name that says it already."""
_BRACES = r"^\{(.*)\}(\.\.\.)?$"
"""What Typer puts around an argument that must be there."""


def words_of(context: Any) -> str:  # noqa: ANN401 - Typer brings its own classes, or Click's, by version
    """Return the words after the program's name that lead to a command."""
    words: list[str] = []
    while context.parent is not None:
        words.insert(0, context.info_name or "")
        context = context.parent
    return " ".join(words)


def first_sentence(text: str | None) -> str:
    """Return the first sentence of a command's help."""
    return re.split(r"(?<=\.)\s", (text or "").strip(), maxsplit=1)[0]


def rows_of(command: Any, context: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:  # noqa: ANN401
    """Return the arguments and the options of a command, each with what it means."""
    rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for param in command.get_params(context):
        if record := param.get_help_record(context):
            rows[param.param_type_name].append((re.sub(_KIND, "", record[0]), record[1]))
    return rows["argument"], rows["option"]


class _Helped:
    """Help that starts with examples, and errors without what pydantic puts before them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Read the words of the command line."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc, no-any-return]
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ").replace("Input should be", "it should be")
            raise

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the examples, then the rest."""
        if examples := EXAMPLES.get(words_of(ctx)):
            formatter.write_heading("Examples")
            width = max(len(each.line) for each in examples)
            beside = all(width + len(each.does) + 4 <= formatter.width for each in examples)
            for each in examples:
                does = each.does and (f"  {each.does}" if beside else f"\n      {each.does}")
                formatter.write(f"  {each.line:{width if beside and does else 0}}{does}\n")
            formatter.write_paragraph()
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """Return the words of the usage line; a required word has no braces."""
        return [re.sub(_BRACES, r"\1", each) for each in super().collect_usage_pieces(ctx)]  # type: ignore[misc]

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the arguments and the options; of a group, its commands too."""
        for name, rows in zip(("Arguments", "Options"), rows_of(self, ctx), strict=True):
            if rows:
                with formatter.section(name):
                    formatter.write_dl(rows)
        if isinstance(self, Group):
            self.format_commands(ctx, formatter)


class Command(_Helped, TyperCommand):
    """A command."""


class Group(_Helped, TyperGroup):
    """A command with commands of its own."""

    def headings(self) -> Mapping[str, Iterable[str]]:
        """Return the names of the commands under their headings."""
        return {"Commands": self.commands}

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the commands, each with the first sentence of its help."""
        del ctx
        width = max(map(len, self.commands))
        for heading, names in self.headings().items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), first_sentence(self.commands[name].help)) for name in names])
