"""The command that prints the trend of a series."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

from typing import TYPE_CHECKING, Annotated

import typer

from sessions.wording import plural
from tui.cli.help.next_step import say_next_of
from tui.cli.options import LibraryOption, SessionArgument, library_of
from tui.cli.output import json_text, print_lines

if TYPE_CHECKING:
    from sessions.library.library import Library
    from sessions.quarters.trend.rows import Row


def trend(
    context: typer.Context,
    session: SessionArgument = "last",
    as_json: Annotated[bool, typer.Option("--json", help="For scripts: one row per closed session of the series, the oldest first.")] = False,
    library: LibraryOption = None,
) -> None:
    """Show how the quarters of a series went. Every measure is a row, every closed session a column."""
    home = library_of(context, library)
    rows = _rows(home, session)
    if as_json:
        typer.echo(json_text(rows))
    elif rows:
        print_lines(*_table(rows))
        say_next_of(home)
    else:
        typer.echo("No session of this series is closed yet.", err=True)
        say_next_of(home)


def _rows(library: "Library", reference: str) -> "list[Row]":
    from sessions.library.index import entry_of  # noqa: PLC0415
    from sessions.library.trending import lost_sessions, whole_series, with_values  # noqa: PLC0415
    from sessions.quarters.trend.rows import trend as rows_of  # noqa: PLC0415

    entries = library.entries()
    if reference == "last" and not entries:
        return []
    ref = library.find(reference)
    entry = next((each for each in entries if library.ref(each) == ref), None)
    if entry is None:  # a file that is elsewhere: its series is not known
        found = library.read(ref)
        entry = entry_of(ref, found.session, found.problem, "", 0)
    if lost := lost_sessions(entries, entry):
        print_lines(f"{plural(lost, 'session')} of this series {'is' if lost == 1 else 'are'} not in the library any more.", err=True)
    return rows_of(with_values(library, whole_series(entries, entry)))


def _table(rows: "list[Row]") -> list[str]:
    from sessions.quarters.trend.figures import FIGURES  # noqa: PLC0415
    from sessions.quarters.trend.words import latest_partnership, next_level, others_answered, rewritten_sentence  # noqa: PLC0415

    names = ["", *(f"{'  ' * figure.part}{figure.name}" for figure in FIGURES)]
    columns = [names, *([row["quarter"] or row["title"], *(figure.written(row) for figure in FIGURES)] for row in rows)]
    widths = [max(map(len, column)) for column in columns]
    lines = []
    for name, *texts in zip(*columns, strict=True):
        lines.append("  ".join([name.ljust(widths[0]), *(text.rjust(width) for text, width in zip(texts, widths[1:], strict=True))]).rstrip())
    return [next_level(latest_partnership(rows)), *filter(None, [others_answered(rows), rewritten_sentence(rows)]), "", *lines]
