"""The commands and their options. Textual is imported only when a screen will open."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from sessions import __version__
from sessions.errors import QuarterdeckError
from sessions.sanitize import clean, quoted
from tui.cli.endings import orderly
from tui.cli.screens import Chosen, home_screen, library_in, open_demo, open_screen, open_session, replay_session
from tui.printing import harmless, json_text

if TYPE_CHECKING:
    from sessions.imports.formats.report import LoadReport, PeopleReport
    from sessions.library.library import Library, OpenSession
    from sessions.sequencing.plan import Plan
    from sessions.state.session import Session


class Commands(TyperGroup):
    """The commands, with an ending of our own for what the operating system reports in the middle of one."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as below
        """Read the command line; what is asked for by an option, help or the version, is printed here."""
        with orderly():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401 - Typer brings its own Context, or Click's, by version
        """Run the command that was asked for."""
        with orderly():
            try:
                return super().invoke(ctx)
            except typer.Abort as error:
                if isinstance(error.__context__, KeyboardInterrupt):  # ctrl+c at a question, not an answer of no
                    raise typer.Exit(130) from None
                typer.echo("Nothing was answered, so nothing was done.", err=True)
                raise typer.Exit(1) from None


app = typer.Typer(
    name="quarterdeck",
    cls=Commands,
    help="Run a quarterly prioritization session: rank, vote, decide, and leave with one page.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ExportFormat(StrEnum):
    """What a session can be exported as."""

    CSV = "csv"
    JSON = "json"


class TallyMethod(StrEnum):
    """What ballots hold, for `tally`."""

    POINTS = "points"
    RANKING = "ranking"


class Weights(StrEnum):
    """What weighs the same when ballots are counted (METHOD 3.1)."""

    SIDES = "sides"
    PERSON = "person"




def _folder(named: str) -> Path:
    """Read the name of a library's folder. Whether it can be read is said where it is read, in a sentence."""
    if not named:
        raise QuarterdeckError("--library names no folder: give one, or leave it out for the usual one.")
    return Path(named)


LibraryOption = Annotated[
    Path | None, typer.Option("--library", metavar="DIR", help="The folder of sessions.", show_default=False, parser=_folder)
]
SessionArgument = Annotated[str, typer.Argument(metavar="SESSION", help="An id, a unique part of one, a quarter, or `last`.")]


def _say(*lines: str, err: bool = False) -> None:
    """Print lines that may hold what is not ours, the name of a folder among it: none acts on the terminal, and each stays one line."""
    typer.echo("\n".join(harmless(line) for line in lines), err=err)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quarterdeck {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _begin(
    context: typer.Context,
    library: LibraryOption = None,
    light: Annotated[bool, typer.Option("--light", help="Begin with the light theme.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    del version  # answered by its callback
    Chosen.library, Chosen.light = library, light
    if context.invoked_subcommand is None:
        open_screen(library_in(None), home_screen)


@app.command()
def demo(
    library: LibraryOption = None,
    headless: Annotated[bool, typer.Option("--headless", help="Only make the session, and print its id.")] = False,
) -> None:
    """Open a full sample session in a throw-away library: nothing to set up, nothing to clean up."""
    kept = library or Chosen.library
    if not headless:
        open_demo(kept)
        return
    if kept is None:
        raise QuarterdeckError("A demo without a screen needs a folder to leave its session in: give one with --library DIR.")
    from tui.cli.demo import make_demo  # noqa: PLC0415

    typer.echo(make_demo(library_in(kept)).stem)


def _opened(library: Library, path: Path, *, read_only: bool) -> OpenSession:
    """Open a session; where another window has it, offer to read it."""
    from sessions.store.tinydb.holder import SessionLockedError  # noqa: PLC0415

    try:
        return library.open(path, read_only=read_only)
    except SessionLockedError as error:
        _say(f"{error}.", err=True)
        if not typer.confirm("Open it read-only?"):
            _say("It stays closed here.", err=True)
            raise typer.Exit(1) from None
        return library.open(path, read_only=True)


@app.command()
def new(
    portfolio: Annotated[Path, typer.Argument(metavar="PORTFOLIO", readable=False, help="A CSV, Excel or JSON file of projects.")],
    quarter: Annotated[str, typer.Option(metavar="2026-Q4", help="The quarter, where the file does not say.")] = "",
    title: Annotated[str, typer.Option(metavar="T", help="The session's title.")] = "",
    people: Annotated[
        Path | None, typer.Option(metavar="FILE", readable=False, help="The participants: CSV, Excel or JSON.", show_default=False)
    ] = None,
    minutes: Annotated[int | None, typer.Option(metavar="N", min=15, max=480, help="The length of the session.", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --dry-run: say it as JSON.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Create the session without a screen, and print its id.")] = False,
    library: LibraryOption = None,
) -> None:
    """Begin a session from a portfolio file. What was read is shown before anything is created."""
    from sessions.imports.portfolio import load_portfolio  # noqa: PLC0415
    from sessions.portfolio.models import quarter_start_of  # noqa: PLC0415

    if quarter.strip() and not quarter_start_of(quarter):
        raise typer.BadParameter(f"{quoted(quarter)} is no quarter; write it as 2026-Q4.", param_hint="--quarter")
    report = load_portfolio(portfolio)
    who = _people(people)
    if dry_run:
        _say_read(report, who, as_json=as_json)
        return
    if yes:
        _create(library_in(library), report, who, title=title, quarter=quarter, minutes=minutes or 0)
        return

    def first(_: Any) -> Any:  # noqa: ANN401 - as above
        from tui.library.new_session import NewSessionScreen  # noqa: PLC0415

        return NewSessionScreen(portfolio, title=title, quarter=quarter, people=people, minutes=minutes or 0)

    open_screen(library_in(library), first)


def _say_read(report: LoadReport, people: PeopleReport | None, *, as_json: bool) -> None:
    from sessions.imports.formats.report import EVERYTHING  # noqa: PLC0415

    if as_json:
        told = report.as_json()
        if people is not None:
            told |= {"participants": len(people.people), "people": people.as_json()}
        typer.echo(json_text(told))
        return
    _say(*report.sentences(EVERYTHING), *(people.sentences(EVERYTHING) if people else ()))


def _people(path: Path | None) -> PeopleReport | None:
    if path is None:
        return None
    from sessions.imports.people import load_people  # noqa: PLC0415

    return load_people(path)


def _create(library: Library, report: LoadReport, people: PeopleReport | None, *, title: str, quarter: str, minutes: int) -> None:
    read, who = [*report.sentences(), *(people.sentences() if people else ())], people.people if people else ()
    _say(*read, err=True)
    with library.create(report.portfolio, title=title, quarter=quarter, source=report.source, read=read, people=who, minutes=minutes) as opened:
        typer.echo(opened.live.session.id)


@app.command("open")
def open_(
    session: SessionArgument = "last",
    read_only: Annotated[bool, typer.Option("--read-only", help="Look, change nothing.")] = False,
    library: LibraryOption = None,
) -> None:
    """Open a session where it was left."""
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415

    home = library_in(library)
    path = home.find(session)
    check_terminal()
    with _opened(home, path, read_only=read_only) as opened:
        open_session(home, opened)


@app.command()
def replay(session: SessionArgument = "last", library: LibraryOption = None) -> None:
    """Replay a session, event by event."""
    replay_session(library_in(library), session)


def _read(path: Path) -> tuple[Session, dict[str, str]]:
    """Read a session file; what is wrong with it is said on stderr, and given for JSON."""
    from sessions.library.library import read_session  # noqa: PLC0415
    from sessions.state.fold import replay as fold_all  # noqa: PLC0415

    recordeds, problem = read_session(path)
    if problem:
        _say(problem, err=True)
    return fold_all(recordeds), {"problem": problem} if problem else {}


@app.command()
def summary(
    session: SessionArgument = "last",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", readable=False, help="Write it to a file; - is the screen.", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that Quarterdeck did not write.")] = False,
    library: LibraryOption = None,
) -> None:
    """Print the summary of a session, or write it to a file."""
    from sessions.summary.markdown import summary as markdown  # noqa: PLC0415
    from sessions.summary.writing import WouldOverwriteError, sealed, write_summary  # noqa: PLC0415

    text = markdown(_read(library_in(library).find(session))[0])
    if output is None or str(output) == "-":
        typer.echo(sealed(text), nl=False)
        return
    try:
        write_summary(output, text, replace=force)
    except WouldOverwriteError as error:
        raise QuarterdeckError(f"{str(error).removesuffix('.')} (--force).") from None
    _say(f"Written to {output}", err=True)


@app.command()
def export(
    session: SessionArgument = "last",
    format_: Annotated[ExportFormat, typer.Option("--format", help="json: all of it; csv: a row a card.")] = ExportFormat.JSON,
    library: LibraryOption = None,
) -> None:
    """Print a session as of its last event, for scripts and spreadsheets."""
    from sessions.export.session import as_csv, as_json  # noqa: PLC0415

    state, problem = _read(library_in(library).find(session))
    if format_ is ExportFormat.JSON:
        typer.echo(json_text({**as_json(state), **problem}))
    else:
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]  # RFC 4180 line ends, as they are
        typer.echo(as_csv(state), nl=False)


@app.command("plan")
def plan_(
    what: Annotated[str, typer.Argument(metavar="FILE|SESSION", help="A portfolio in the order of its file, or a session in its own.")] = "last",
    as_json: Annotated[bool, typer.Option("--json", help="For scripts: weeks are numbers or null, effort is in person-weeks.")] = False,
    library: LibraryOption = None,
) -> None:
    """Say when each card starts, why not sooner, and where the quarter ends."""
    from sessions.export.plan_rows import plan_data  # noqa: PLC0415
    from sessions.sequencing.reasons import WHAT_TO_ADD  # noqa: PLC0415
    from tui.cli.plan_table import plan_lines  # noqa: PLC0415

    plan, problem = _planned(library, what)
    if as_json:
        typer.echo(json_text({**plan_data(plan), **problem}))
        if plan.empty:
            typer.echo(WHAT_TO_ADD, err=True)
    else:
        _say(*plan_lines(plan))


def _planned(library: Path | None, what: str) -> tuple[Plan, dict[str, str]]:
    """Return the plan of a portfolio file, a session file, or a session of the library, and what is wrong with the session."""
    from sessions.deciding.session_plan import plan_of  # noqa: PLC0415
    from sessions.imports.portfolio import load_portfolio  # noqa: PLC0415
    from sessions.sequencing.schedule import schedule  # noqa: PLC0415
    from tui.cli.check import kind_of_file  # noqa: PLC0415

    path = Path(what)
    kind = kind_of_file(path)
    if kind == "portfolio":
        portfolio = load_portfolio(path).portfolio
        cards = {card.id: card for card in portfolio.projects}
        return schedule(portfolio, cards, tuple(cards)), {}
    state, problem = _read(path if kind else library_in(library).find(what))
    return plan_of(state), problem


@app.command()
def tally(
    portfolio: Annotated[
        Path,
        typer.Argument(metavar="PORTFOLIO", readable=False, help="A CSV, Excel or JSON file of projects; - where PrefLib ballots name them."),
    ],
    ballots: Annotated[
        list[Path], typer.Option("--ballots", metavar="FILE", readable=False, help="Ballots: CSV, JSON or PrefLib; a folder, or several.")
    ],
    method: Annotated[TallyMethod | None, typer.Option(help="As the ballots are, where not said.", show_default=False)] = None,
    weights: Annotated[Weights, typer.Option(help="What weighs the same: every side, or every person.")] = Weights.SIDES,
    shares: Annotated[str, typer.Option(metavar="business=60,it=40", help="Weigh the sides unequally.", show_default=False)] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For scripts; a figure that is not defined is null.")] = False,
) -> None:
    """Count ballots without a session: the order, how far the voices agree, and which cards are worth talking about."""
    from tui.cli.tally import count_files, read_shares, tally_lines  # noqa: PLC0415

    try:
        given = read_shares(shares, weights.value)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--shares") from None
    count = count_files(portfolio, ballots, method.value if method else None, weights.value, given)
    for sentence in count.refused:
        _say(sentence, err=True)
    if as_json:
        typer.echo(json_text(count.tallied.as_data()))
    else:
        _say(*tally_lines(count))


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
    library: LibraryOption = None,
) -> None:
    """List the sessions of the library, the latest first."""
    home = library_in(library)
    entries = home.entries()
    if as_json:
        rows = [{name: value for name, value in entry._asdict().items() if name not in ("size", "mtime", "ctime", "most")} for entry in entries]
        typer.echo(json_text(rows))
        return
    if not entries:
        _say(f"No session yet in {home.folder}: begin one with `quarterdeck new FILE`, or look at `quarterdeck demo`.")
    for entry in entries:
        done = f"{entry.decisions} of {entry.cards} decided"
        parts = (entry.id, entry.title, entry.quarter or "-", entry.state, entry.problem or done, entry.last_at[:10])
        # A session file may come from anywhere, and its title may hold what would act on a terminal.
        _say("  ".join(clean(part, 300) for part in parts))


@app.command()
def check(
    what: Annotated[str, typer.Argument(metavar="FILE|SESSION", help="A portfolio file, a session file, or a session of the library.")],
    library: LibraryOption = None,
) -> None:
    """Say what is wrong with a portfolio, or prove that a session is whole."""
    from tui.cli.check import check_portfolio, check_session, kind_of_file  # noqa: PLC0415

    path = Path(what)
    kind = kind_of_file(path)
    if kind == "portfolio":
        lines = check_portfolio(path)
    else:
        lines = [check_session(path if kind else library_in(library).find(what))]
    _say(*lines)


@app.command()
def repair(session: SessionArgument, library: LibraryOption = None) -> None:
    """Write what is whole of a damaged session to a copy. The original is not touched."""
    from sessions.store.tinydb.repair import repair as write_copy  # noqa: PLC0415
    from tui.cli.check import counted  # noqa: PLC0415

    report = write_copy(Path(session) if os.path.isfile(session) else library_in(library).find(session))  # noqa: PTH113 - False for any name
    left = f", {counted(report.bytes_left_out, 'byte')} left out" if report.bytes_left_out else ", nothing left out"
    _say(f"{counted(report.records, 'record')} written to {report.destination}{left}.")


@app.command()
def where() -> None:
    """Say where the library and the config stand."""
    from tui.environment import config_path, library_folder  # noqa: PLC0415

    _say(f"library  {library_folder(Chosen.library)}", f"config   {config_path()}")
