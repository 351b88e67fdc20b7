"""The options of how a file of projects is read, the same for every command that reads one."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from sessions.errors import PortfolioError
from sessions.sanitize import quoted
from tui.cli.options import takes_options

if TYPE_CHECKING:
    from sessions.imports.portfolio import Said


class _Options(NamedTuple):
    """How a file is to be read, as it was typed: each field is an option."""

    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=NAME", help="What a column is, as in title=NAME; repeatable.", show_default=False),
    ] = None
    sheet: Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook; else the first with rows.")] = ""
    encoding: Annotated[str, typer.Option("--encoding", metavar="NAME", help="The encoding of a text file, as in cp1252.")] = ""
    upright: Annotated[bool, typer.Option("--upright", help="Never turn a table round: each row is a project.")] = False
    decimal: Annotated[str, typer.Option("--decimal", metavar="MARK", help="The mark before decimals in amounts: . or ,")] = ""
    amounts_in: Annotated[str, typer.Option("--amounts-in", metavar="UNIT", help="The unit of amounts without one, as in m.")] = ""
    efforts_in: Annotated[str, typer.Option("--efforts-in", metavar="UNIT", help="The unit of efforts without one, as in days.")] = ""


def _said(options: _Options) -> "Said":
    """Return the choices of how to read a file. Raises BadParameter."""
    from sessions.imports.columns import chosen_columns  # noqa: PLC0415
    from sessions.imports.formats.encoding import encoding_named  # noqa: PLC0415
    from sessions.imports.formats.how import ONES, How  # noqa: PLC0415
    from sessions.imports.money import read_unit  # noqa: PLC0415
    from sessions.imports.planned.effort_headings import UNIT, unit_of  # noqa: PLC0415
    from sessions.imports.portfolio import Said  # noqa: PLC0415

    column, sheet, encoding, upright, decimal, amounts_in, efforts_in = options
    if decimal not in ("", ".", ","):
        raise typer.BadParameter(f"{quoted(decimal)} is neither a point nor a comma.", param_hint="--decimal")
    if amounts_in not in ("", ONES) and not read_unit(amounts_in):
        raise typer.BadParameter(f"{quoted(amounts_in)} is not a unit of amounts; write one such as k, m or kEUR.", param_hint="--amounts-in")
    unit = UNIT.fullmatch(efforts_in)
    if efforts_in and not unit:
        raise typer.BadParameter(f"{quoted(efforts_in)} is not a unit of efforts; write one such as days, weeks or hours.", param_hint="--efforts-in")
    hint = "--column"
    try:
        columns = chosen_columns(column or ())
        hint = "--encoding"
        return Said(columns, How(sheet, encoding_named(encoding) if encoding else "", upright, decimal, amounts_in, unit_of(unit) if unit else ""))
    except PortfolioError as error:
        raise typer.BadParameter(str(error), param_hint=hint) from error


reads_files = takes_options("said", _Options, _said)
"""Replace the parameter `said` of a command by the options of how a file is read."""


def words_of(said: "Said") -> list[str]:
    """Return the options that make these choices, for the next command."""
    how = said.how
    named = (
        ("--sheet", how.sheet), ("--encoding", how.encoding), ("--decimal", how.decimal), ("--amounts-in", how.amounts),
        ("--efforts-in", how.efforts),
    )  # fmt: skip
    columns = [word for column, field in said.columns.items() for word in ("--column", f"{field}={column}")]
    return [*columns, *(word for option, value in named if value for word in (option, value)), *(["--upright"] if how.upright else [])]
