"""The commands that begin or open a session."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sessions.errors import QuarterdeckError
from sessions.sanitize import quoted
from tui.cli.options import LibraryOption, SessionArgument, global_options, library_of
from tui.cli.output import json_text, print_lines
from tui.cli.room import AddressOption, BindOption, CertificateOption, KeyOption, PortOption, PublicOption, check_pair
from tui.cli.screens import open_screen, replay_screen, session_screen

if TYPE_CHECKING:
    from sessions.imports.formats.report import LoadReport, PeopleReport
    from sessions.library.library import Library, OpenSession, SessionRef


def demo(
    context: typer.Context,
    library: LibraryOption = None,
    headless: Annotated[bool, typer.Option("--headless", help="Make the session without a screen, and print its id.")] = False,
) -> None:
    """Open a full sample session in a temporary library: nothing to set up, nothing to clean up."""
    folder = library or global_options(context).library
    if headless:
        if folder is None:
            raise QuarterdeckError("A demo without a screen needs a folder to leave its session in: name one with --library DIR.")
        from tui.library.demo import make_demo  # noqa: PLC0415

        typer.echo(make_demo(library_of(context, folder)).id)
        return
    from sessions.sample.demo import TIP  # noqa: PLC0415
    from tui.environment import temporary_library  # noqa: PLC0415
    from tui.library.demo import make_demo  # noqa: PLC0415
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415

    check_terminal()
    home = library_of(context, folder) if folder else temporary_library()
    with home.open(make_demo(home)) as opened:
        open_screen(home, session_screen(opened, tip=TIP), light=global_options(context).light)


def new(
    context: typer.Context,
    portfolio: Annotated[Path, typer.Argument(metavar="PORTFOLIO", readable=False, help="A CSV, Excel or JSON file of projects.")],
    quarter: Annotated[str, typer.Option(metavar="2026-Q4", help="The quarter, if the file does not name it.")] = "",
    title: Annotated[str, typer.Option(metavar="T", help="The session's title.")] = "",
    people: Annotated[
        Path | None, typer.Option(metavar="FILE", readable=False, help="The participants: CSV, Excel or JSON.", show_default=False)
    ] = None,
    minutes: Annotated[int | None, typer.Option(metavar="N", min=15, max=480, help="The length of the session.", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would be read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --dry-run: report it as JSON.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Create the session without a screen, and print its id.")] = False,
    library: LibraryOption = None,
) -> None:
    """Begin a session from a portfolio file. What was read is shown before anything is created."""
    from sessions.imports.people import load_people  # noqa: PLC0415
    from sessions.imports.portfolio import load_portfolio  # noqa: PLC0415
    from sessions.portfolio.models import quarter_start_of  # noqa: PLC0415
    from tui.environment import folder_of  # noqa: PLC0415

    if quarter.strip() and not quarter_start_of(quarter):
        raise typer.BadParameter(f"{quoted(quarter)} is not a quarter; write it as 2026-Q4.", param_hint="--quarter")
    report = load_portfolio(portfolio)
    who = load_people(people) if people else None
    if dry_run:
        _print_reading(report, who, as_json=as_json)
        return
    if yes:
        _create(library_of(context, library), report, folder_of(portfolio), who, title=title, quarter=quarter, minutes=minutes or 0)
        return

    def first(_: Any) -> Any:  # noqa: ANN401 - the app and its screen, whose types would load Textual
        from tui.library.new_session import NewSessionScreen  # noqa: PLC0415

        return NewSessionScreen(portfolio, title=title, quarter=quarter, people=people, minutes=minutes or 0)

    open_screen(library_of(context, library), first, light=global_options(context).light)


def _print_reading(report: "LoadReport", people: "PeopleReport | None", *, as_json: bool) -> None:
    from sessions.imports.formats.report import EVERYTHING  # noqa: PLC0415

    if as_json:
        data = report.as_json()
        if people is not None:
            data |= {"participants": len(people.people), "people": people.as_json()}
        typer.echo(json_text(data))
        return
    print_lines(*report.sentences(EVERYTHING), *(people.sentences(EVERYTHING) if people else ()))


def _create(library: "Library", report: "LoadReport", folder: str, people: "PeopleReport | None", *, title: str, quarter: str, minutes: int) -> None:
    from datetime import date  # noqa: PLC0415

    from sessions.portfolio.models import coming_quarter  # noqa: PLC0415
    from tui.environment import SystemClock  # noqa: PLC0415

    quarter = quarter or report.portfolio.quarter or coming_quarter(date.fromisoformat(SystemClock().now()[:10]))
    read, who = [*report.sentences(), *(people.sentences() if people else ())], people.people if people else ()
    print_lines(*read, err=True)
    with library.create(
        report.portfolio, title=title, quarter=quarter, source=report.source, folder=folder, read=read, people=who, minutes=minutes
    ) as opened:
        typer.echo(opened.live.session.id)


def open_(
    context: typer.Context,
    session: SessionArgument = "last",
    read_only: Annotated[bool, typer.Option("--read-only", help="Look, change nothing.")] = False,
    room: Annotated[bool, typer.Option("--room", help="Show how people join from their own devices.")] = False,
    bind: BindOption = "",
    address: AddressOption = "",
    port: PortOption = None,
    public_url: PublicOption = "",
    tls_cert: CertificateOption = None,
    tls_key: KeyOption = None,
    library: LibraryOption = None,
) -> None:
    """Open a session where you left it."""
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415

    home = library_of(context, library)
    ref = home.find(session)
    check_terminal()
    check_pair(tls_cert, tls_key)
    with _opened(home, ref, read_only=read_only) as opened:
        from tui.host.shared import RoomOptions  # noqa: PLC0415 - only when a screen opens

        options = RoomOptions(bind, address, port, public_url, tls_cert, tls_key, asked=room)
        open_screen(home, session_screen(opened), light=global_options(context).light, room=options)


def _opened(library: "Library", ref: "SessionRef", *, read_only: bool) -> "OpenSession":
    """Return an open session; if another window has it open, offer to open it read-only."""
    from sessions.library.library import HeldError  # noqa: PLC0415

    try:
        return library.open(ref, read_only=read_only)
    except HeldError as error:
        print_lines(f"{error}.", err=True)
        if not typer.confirm("Open it read-only?"):
            print_lines("The session was not opened.", err=True)
            raise typer.Exit(1) from None
        return library.open(ref, read_only=True)


def replay(context: typer.Context, session: SessionArgument = "last", library: LibraryOption = None) -> None:
    """Replay a session, event by event."""
    home = library_of(context, library)
    found = home.read(home.find(session))
    open_screen(home, replay_screen(found.recordeds, found.problem), light=global_options(context).light)
