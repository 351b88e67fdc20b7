"""The commands that keep the library in order: rename, archive, reopen, delete."""

from typing import Annotated

import typer

from sessions.errors import RecordError
from sessions.sanitize import clean
from sessions.wording import plural
from tui.cli.help.next_step import say_next, say_next_of
from tui.cli.options import LibraryOption, SessionArgument, library_of
from tui.cli.output import print_lines


def rename(
    context: typer.Context,
    session: SessionArgument,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What the session is called from now on.")],
    library: LibraryOption = None,
) -> None:
    """Rename a session."""
    from sessions.commands.housekeeping import RenameSession  # noqa: PLC0415

    home = library_of(context, library)
    home.perform(home.find(session), RenameSession(title=title))
    say_next("list", library=home)


def archive(
    context: typer.Context,
    session: SessionArgument,
    back: Annotated[bool, typer.Option("--back", help="Bring it back from the archive.")] = False,
    library: LibraryOption = None,
) -> None:
    """Take a session out of the list. `list --all` shows it, and its id opens it."""
    from sessions.commands.housekeeping import ArchiveSession  # noqa: PLC0415

    home = library_of(context, library)
    home.perform(home.find(session), ArchiveSession(archived=not back))
    say_next("list", library=home)


def copy(
    context: typer.Context,
    session: SessionArgument,
    to: Annotated[str, typer.Option("--to", metavar="LIBRARY", help="Another library: a folder, or nats://HOST/NAME.")],
    library: LibraryOption = None,
) -> None:
    """Copy a session into another library, byte for byte. Sealed ballots are not copied."""
    from tui.environment import open_library  # noqa: PLC0415

    home, other = library_of(context, library), open_library(to)
    copied = home.copy_to(home.locate(session) or home.find(session), other)
    report = other.check(copied)
    if report.problem:
        raise RecordError(report.problem)
    print_lines(f"Copied as {clean(copied.id, 300)} to {other.location}: {plural(report.records, 'record')}, all proved.", err=True)
    say_next("list", library=other)


def reopen(context: typer.Context, session: SessionArgument, library: LibraryOption = None) -> None:
    """Reopen a session that was closed by mistake."""
    from sessions.commands.housekeeping import ReopenSession  # noqa: PLC0415

    home = library_of(context, library)
    ref = home.find(session)
    home.perform(ref, ReopenSession())
    say_next_of(home, ref)


def delete(
    context: typer.Context,
    session: SessionArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    library: LibraryOption = None,
) -> None:
    """Move a session to the folder `trash` of its library. Its sealed ballots go with it."""
    home = library_of(context, library)
    ref = home.find(session)
    if not yes and home.can_delete:
        typer.confirm(f"Move {ref.label} to the trash?", abort=True)
    print_lines(f"Deleted: moved to {home.delete(ref)}.", err=True)
    say_next("list", library=home)
