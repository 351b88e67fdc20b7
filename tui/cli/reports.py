"""The commands that print: reports of a session or a portfolio, and the upkeep of the library. They load no Textual."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sessions.errors import QuarterdeckError
from sessions.sanitize import clean
from sessions.wording import plural
from tui.cli.help.next_step import say_next, say_next_of
from tui.cli.options import LibraryOption, SessionArgument, global_options, library_of
from tui.cli.output import json_text, print_lines
from tui.cli.reading import reads_files, words_of

if TYPE_CHECKING:
    from sessions.imports.portfolio import Said
    from sessions.library.library import Library, SessionRef
    from sessions.sequencing.plan import Plan
    from sessions.state.session import Session


class ExportFormat(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


class Weights(StrEnum):
    """What has the same weight when ballots are counted (METHOD 3.1)."""

    SIDES = "sides"
    PERSON = "person"


def _read(library: "Library", ref: "SessionRef") -> "tuple[Session, dict[str, str]]":
    """Return a session as it was recorded, and its problem for JSON; print the problem to stderr."""
    found = library.read(ref)
    if found.problem:
        print_lines(found.problem, err=True)
    return found.session, {"problem": found.problem} if found.problem else {}


def summary(
    context: typer.Context,
    session: SessionArgument = "last",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", readable=False, help="Write it to a file; - prints it.", show_default=False)
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="As one HTML file that prints well, instead of Markdown.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that Quarterdeck did not write.")] = False,
    library: LibraryOption = None,
) -> None:
    """Print the summary of a session, or write it to a file."""
    from sessions.summary.markdown import summary as markdown  # noqa: PLC0415

    home = library_of(context, library)
    ref = home.find(session)
    state = _read(home, ref)[0]
    text = markdown(state)
    if html:
        from sessions.summary.html import as_html  # noqa: PLC0415 - loads a renderer

        text = as_html(state, text)
    put_page(text, output, home, ref, force=force, example=("summary", session, "-o", "summary.md"))


def put_page(text: str, output: Path | None, home: "Library", ref: "SessionRef", *, force: bool, example: tuple[str, ...]) -> None:
    """Print a page, or write it to a file, and name the next command: `example` is the one that writes it."""
    from sessions.summary.writing import WouldOverwriteError, sealed, write_summary  # noqa: PLC0415

    if output is None or str(output) == "-":
        typer.echo(sealed(text), nl=False)
        say_next(*example, library=home)
        return
    try:
        write_summary(output, text, replace=force)
    except WouldOverwriteError as error:
        raise QuarterdeckError(f"{str(error).removesuffix('.')} (--force).") from None
    print_lines(f"Written to {output}", err=True)
    say_next_of(home, ref)


def export(
    context: typer.Context,
    session: SessionArgument = "last",
    format_: Annotated[ExportFormat, typer.Option("--format", help="json: everything; csv, xlsx: one row per card.")] = ExportFormat.JSON,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it to a new file.", show_default=False)] = None,
    library: LibraryOption = None,
) -> None:
    """Print a session for scripts and spreadsheets, as of its last event, or write it to a file."""
    home = library_of(context, library)
    ref = home.find(session)
    state, problem = _read(home, ref)
    if output is not None:
        _write_export(state, problem, format_, output)
        say_next_of(home, ref)
        return
    if format_ is ExportFormat.XLSX:
        raise QuarterdeckError("An Excel workbook is written to a file: name it with -o session.xlsx.")
    if format_ is ExportFormat.CSV:
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]  # RFC 4180 line ends, as they are
    typer.echo(_exported_text(state, problem, format_), nl=False)
    say_next("export", session, "--format", format_.value, "-o", f"session.{format_.value}", library=home)


def _exported_text(state: "Session", problem: dict[str, str], format_: ExportFormat) -> str:
    """Return a session as JSON or CSV."""
    from sessions.export.csv_export import as_csv  # noqa: PLC0415
    from sessions.export.json_export import as_json  # noqa: PLC0415

    return as_csv(state) if format_ is ExportFormat.CSV else f"{json_text({**as_json(state), **problem})}\n"


def _write_export(state: "Session", problem: dict[str, str], format_: ExportFormat, output: Path) -> None:
    """Write a session to a file that is not there yet."""
    from sessions.disk.files import os_error_text, write_new  # noqa: PLC0415
    from sessions.export.xlsx_export import as_xlsx  # noqa: PLC0415

    data = as_xlsx(state) if format_ is ExportFormat.XLSX else _exported_text(state, problem, format_).encode()
    try:
        write_new(output, data, mode=0o644)
    except FileExistsError:
        raise QuarterdeckError(f"{output} exists: name another file.") from None
    except OSError as error:
        raise QuarterdeckError(f"{output} was not written: {os_error_text(error)}.") from error
    print_lines(f"Written to {output}", err=True)


@reads_files
def plan(
    context: typer.Context,
    what: Annotated[
        list[str] | None, typer.Argument(metavar="FILE|SESSION", help="A portfolio in the order of its files, or a session in its own order.")
    ] = None,
    *,
    said: "Said",
    as_json: Annotated[bool, typer.Option("--json", help="For scripts: weeks are numbers or null, effort is in person-weeks.")] = False,
    library: LibraryOption = None,
) -> None:
    """Show when each card starts, why not sooner, and which fit."""
    from sessions.export.plan_rows import plan_data  # noqa: PLC0415
    from sessions.sequencing.reasons import WHAT_TO_ADD  # noqa: PLC0415
    from tui.cli.check import session_named  # noqa: PLC0415
    from tui.cli.plan_table import plan_lines  # noqa: PLC0415

    home, what = library_of(context, library), what or ["last"]
    ref = session_named(home, what)
    _refuse_for_a_session(said, ref)
    planned, problem = _planned(home, ref, what, said)
    if as_json:
        typer.echo(json_text({**plan_data(planned), **problem}))
        if planned.empty:
            typer.echo(WHAT_TO_ADD, err=True)
    else:
        print_lines(*plan_lines(planned))
        _say_next(home, ref, what, said)


def _planned(home: "Library", ref: "SessionRef | None", what: list[str], said: "Said") -> "tuple[Plan, dict[str, str]]":
    """Return the plan of a portfolio file, a session file, or a session of the library, and what is wrong with the session."""
    from sessions.deciding.session_plan import session_plan  # noqa: PLC0415
    from sessions.imports.several import load_portfolios  # noqa: PLC0415
    from sessions.portfolio.models import coming_quarter, quarter_start_of  # noqa: PLC0415
    from sessions.sequencing.schedule import schedule  # noqa: PLC0415
    from sessions.sequencing.workload import prepare  # noqa: PLC0415
    from tui.environment import SystemClock  # noqa: PLC0415

    if ref is None:
        today = date.fromisoformat(SystemClock().now()[:10])
        portfolio = load_portfolios([Path(each) for each in what], said).portfolio.with_weeks(quarter_start_of(coming_quarter(today)))
        cards = {card.id: card for card in portfolio.projects}
        return schedule(prepare(portfolio, cards), tuple(cards)), {}
    state, problem = _read(home, ref)
    return session_plan(state), problem


def _say_next(home: "Library", ref: "SessionRef | None", what: list[str], said: "Said") -> None:
    """Name what comes after looking at a session, or at a file."""
    if ref:
        say_next_of(home, ref)
    else:
        say_next("new", *what, *words_of(said), library=home)


def _refuse_for_a_session(said: "Said", ref: "SessionRef | None") -> None:
    """Refuse choices of how to read a file if it is a session."""
    from sessions.imports.portfolio import NOTHING_SAID  # noqa: PLC0415

    if ref and said != NOTHING_SAID:
        raise typer.BadParameter("a session has no columns to choose.", param_hint="--column")


@reads_files
def tally(
    portfolio: Annotated[
        Path,
        typer.Argument(metavar="PORTFOLIO", readable=False, help="A CSV, Excel or JSON file of projects; - if PrefLib ballots name them."),
    ],
    ballots: Annotated[
        list[Path], typer.Option("--ballots", metavar="FILE", readable=False, help="Ballots: CSV, Excel, JSON or PrefLib; a folder, or several.")
    ],
    *,
    said: "Said",
    method: Annotated[str, typer.Option(metavar="METHOD", help="The default is what the ballots hold, else points.", show_default=False)] = "",
    weights: Annotated[Weights, typer.Option(help="What has the same weight: every side, or every person.")] = Weights.SIDES,
    shares: Annotated[str, typer.Option(metavar="business=60,it=40", help="Weigh the sides unequally.", show_default=False)] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For scripts; an undefined figure is null.")] = False,
) -> None:
    """Count ballots without a session. Shows the order, how far the voters agree, and which cards are worth discussing."""
    from tui.cli.tally import check_method, count_files, read_shares, tally_lines  # noqa: PLC0415

    try:
        given = read_shares(shares, weights.value)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--shares") from None
    if wrong := check_method(method):
        raise typer.BadParameter(wrong, param_hint="--method")
    count = count_files(portfolio, ballots, method, weights.value, given, said)
    for sentence in count.refused:
        print_lines(sentence, err=True)
    if as_json:
        typer.echo(json_text(count.tallied.as_data()))
    else:
        print_lines(*tally_lines(count))
        say_next("new", *(["portfolio.csv"] if portfolio == Path("-") else [str(portfolio), *words_of(said)]))


def list_(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Archived sessions too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
    library: LibraryOption = None,
) -> None:
    """List the sessions of the library, the latest first."""
    home = library_of(context, library)
    found = home.entries()
    entries = [entry for entry in found if everything or not entry.archived]
    if as_json:
        typer.echo(json_text([entry.public() for entry in entries]))
        return
    if found and not entries:
        print_lines("Every session is archived: `quarterdeck list --all` shows them.", err=True)
    elif not entries:
        print_lines(f"No session yet in {home.location}: begin one with `quarterdeck new FILE`, or look at `quarterdeck demo`.")
    for entry in entries:
        done = f"{entry.decisions} of {entry.cards} decided"
        state = "archived" if entry.archived else entry.state
        parts = (entry.id, entry.title, entry.quarter or "-", state, entry.problem or done, entry.last_at[:10])
        # A session file may come from anywhere, and its title may hold escape sequences.
        print_lines("  ".join(clean(part, 300) for part in parts))
    say_next_of(home)


@reads_files
def check(
    context: typer.Context,
    what: Annotated[list[str], typer.Argument(metavar="FILE|SESSION", help="Portfolio files, a session file, or a session of the library.")],
    *,
    said: "Said",
    library: LibraryOption = None,
) -> None:
    """Report what a portfolio lacks, or prove that a session is whole."""
    from tui.cli.check import check_portfolio, check_session, session_named  # noqa: PLC0415

    home = library_of(context, library)
    ref = session_named(home, what)
    _refuse_for_a_session(said, ref)
    print_lines(*([check_session(home, ref)] if ref else check_portfolio([Path(each) for each in what], said)))
    _say_next(home, ref, what, said)


def repair(context: typer.Context, session: SessionArgument, library: LibraryOption = None) -> None:
    """Copy the readable part of a damaged session to a new file. The original stays untouched."""
    home = library_of(context, library)
    report = home.repair(home.locate(session) or home.find(session))
    left = f", {plural(report.bytes_left_out, 'byte')} left out" if report.bytes_left_out else ", nothing left out"
    print_lines(f"{plural(report.records, 'record')} written to {report.location}{left}.")
    say_next("open", report.location, library=home)


def where(context: typer.Context) -> None:
    """Show the paths of the library and of the config."""
    from tui.environment import config_path, library_place  # noqa: PLC0415

    print_lines(f"library  {library_place(global_options(context).library)}", f"config   {config_path()}")
    say_next("list")
