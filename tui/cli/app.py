"""The command line as one Typer app: its commands, its global options, and how it ends."""

from collections import UserDict
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command

from sessions import __version__
from tui.cli.help.command import Command, Group
from tui.cli.help.facts import ENVIRONMENT, EXIT_CODES, FILES
from tui.cli.options import GlobalOptions, LibraryOption, library_of
from tui.cli.output import orderly
from tui.cli.screens import home_screen, open_screen

GROUPS: Mapping[str, Mapping[str, str]] = {
    "Begin": {
        "demo": "sessions.demo",
        "new": "beginning.new",
        "check": "reports.check",
        "preread": "preread.preread",
        "ballots": "ballots.app",
    },
    "Run": {
        "open": "sessions.open_",
        "room": "room.room",
        "join": "joining.join",
        "watch": "joining.watch",
        "plan": "reports.plan",
        "tally": "reports.tally",
        "partnership": "partnership.partnership",
    },
    "Look back": {
        "replay": "sessions.replay",
        "summary": "reports.summary",
        "trend": "trend.trend",
        "export": "reports.export",
    },
    "Keep": {
        "list": "reports.list_",
        "rename": "keeping.rename",
        "archive": "keeping.archive",
        "copy": "keeping.copy",
        "reopen": "keeping.reopen",
        "delete": "keeping.delete",
        "repair": "reports.repair",
        "where": "reports.where",
        "library": "library.app",
        "completion": "help.shells.completion",
        "man": "help.man_page.man",
    },
}
"""The commands by what people do, in the order of --help: each with its module of `tui.cli` and the function behind it."""
COMMANDS: Mapping[str, str] = {name: where for group in GROUPS.values() for name, where in group.items()}


class _Built(UserDict[str, Any]):
    """The commands by name, each loaded and built on demand: all of them take longer than opening a session."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a Command of Typer or of Click, by version
        module, _, function = super().__getitem__(name).rpartition(".")
        found = getattr(import_module(f"tui.cli.{module}"), function)
        if isinstance(found, typer.Typer):
            found.info.cls = Group
            for each in found.registered_commands:
                each.cls = Command
            return get_command(found)
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(name, cls=Command)(found)
        return get_command(single)


class Commands(Group):
    """The commands; an error of the operating system in the middle of one ends it in one sentence."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Typer's own
        super().__init__(**settings)
        self.commands = _Built(COMMANDS)

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as below
        """Parse the command line; --help and --version print here."""
        with orderly():
            return super().make_context(*args, **kwargs)

    def headings(self) -> Mapping[str, Iterable[str]]:
        """Return the commands by what people do."""
        return GROUPS

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as below
        """Write what applies to every command."""
        del ctx
        for heading, rows in (("Environment", ENVIRONMENT), ("Files", FILES), ("Exit codes", EXIT_CODES)):
            with formatter.section(heading):
                formatter.write_dl(rows)

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401 - Typer brings its own Context, or Click's, by version
        """Run the command."""
        with orderly():
            try:
                return super().invoke(ctx)
            except typer.Abort as error:
                if isinstance(error.__context__, KeyboardInterrupt):  # ctrl+c at a question, not an answer of no
                    raise typer.Exit(130) from None
                typer.echo("Cancelled. Nothing was changed.", err=True)
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


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quarterdeck {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _begin(
    context: typer.Context,
    library: LibraryOption = None,
    light: Annotated[bool, typer.Option("--light", help="Start with the light theme.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    del version  # answered by its callback
    context.obj = GlobalOptions(library, light)
    if context.invoked_subcommand is None:
        open_screen(library_of(context, None), home_screen, light=light)
