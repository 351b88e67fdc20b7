"""The command line as one Typer app: its commands, its global options, and how it ends."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sessions import __version__
from tui.cli import ballots, joining, keeping, reports, room, sessions
from tui.cli.options import GlobalOptions, LibraryOption, library_of
from tui.cli.output import orderly
from tui.cli.screens import home_screen, open_screen


class Commands(TyperGroup):
    """The commands; an error of the operating system in the middle of one ends it in one sentence."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as below
        """Parse the command line; --help and --version print here."""
        with orderly():
            return super().make_context(*args, **kwargs)

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

app.command("demo")(sessions.demo)
app.command("new")(sessions.new)
app.command("open")(sessions.open_)
app.command("room")(room.room)
app.command("replay")(sessions.replay)
app.command("join")(joining.join)
app.command("summary")(reports.summary)
app.command("export")(reports.export)
app.command("plan")(reports.plan)
app.command("tally")(reports.tally)
app.add_typer(ballots.app)
app.command("list")(reports.list_)
app.command("rename")(keeping.rename)
app.command("archive")(keeping.archive)
app.command("reopen")(keeping.reopen)
app.command("delete")(keeping.delete)
app.command("check")(reports.check)
app.command("repair")(reports.repair)
app.command("where")(reports.where)


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
