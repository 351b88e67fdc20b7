"""The options that several commands share, and what was given before the command's name."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from sessions.errors import PortfolioError, QuarterdeckError

if TYPE_CHECKING:
    from sessions.imports.columns import Chosen
    from sessions.library.library import Library


class GlobalOptions(NamedTuple):
    """The options before the command's name; every command finds them in its context."""

    library: Path | None = None
    light: bool = False


def _folder(name: str) -> Path:
    if not name:
        raise QuarterdeckError("--library is empty: name a folder, or leave it out for the default.")
    return Path(name)


LibraryOption = Annotated[
    Path | None, typer.Option("--library", metavar="DIR", help="The folder of sessions.", show_default=False, parser=_folder)
]
ColumnOption = Annotated[
    list[str] | None, typer.Option("--column", metavar="FIELD=NAME", help="What a column is, as in title=NAME; repeatable.", show_default=False)
]
SessionArgument = Annotated[str, typer.Argument(metavar="SESSION", help="An id, a unique part of one, a quarter, or `last`.")]


def global_options(context: typer.Context) -> GlobalOptions:
    """Return what was given before the command's name."""
    return context.obj if isinstance(context.obj, GlobalOptions) else GlobalOptions()


def columns_of(choices: list[str] | None) -> "Chosen":
    """Return what was chosen of columns. Raises BadParameter."""
    from sessions.imports.columns import chosen_columns  # noqa: PLC0415

    try:
        return chosen_columns(choices or ())
    except PortfolioError as error:
        raise typer.BadParameter(str(error), param_hint="--column") from error


def library_of(context: typer.Context, folder: Path | None) -> "Library":
    """Return the library named after the command, else the one named before it, else the default."""
    from tui.environment import library_folder, open_library  # noqa: PLC0415 - --help needs neither pydantic nor tinydb

    return open_library(library_folder(folder or global_options(context).library))
