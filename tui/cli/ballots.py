"""`quarterdeck ballots`: forms for ballots that are filled outside the room, and their collection. Loads no Textual."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sessions.errors import QuarterdeckError
from sessions.record.choices import Anonymity, OrderMethod
from sessions.wording import plural
from tui.cli.help.next_step import say_next, say_next_of
from tui.cli.options import LibraryOption, SessionArgument, library_of
from tui.cli.output import json_text, print_lines

if TYPE_CHECKING:
    from sessions.ballots.collection import Incoming
    from sessions.library.library import Library, OpenSession
    from sessions.live.session import LiveSession
    from sessions.state.rounds import Round

app = typer.Typer(
    name="ballots",
    help="Make ballot forms to fill in outside the room, and collect them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("make")
def make(
    context: typer.Context,
    session: SessionArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder for the forms.")],
    method: Annotated[OrderMethod | None, typer.Option(help="The kind of a new ballot; points by default.", show_default=False)] = None,
    anonymity: Annotated[Anonymity | None, typer.Option(help="What the reveal shows; the side by default.", show_default=False)] = None,
    until: Annotated[str, typer.Option(metavar="WHEN", help="When the ballots are due, as in `Tuesday 09:00`; the forms say so.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
    library: LibraryOption = None,
) -> None:
    """Write a CSV and a printable sheet for each voter. Opens a ballot if none is open."""
    from sessions.ballots.writing import check_free, form_paths, write_forms  # noqa: PLC0415
    from sessions.commands.rounds import OpenRound  # noqa: PLC0415
    from sessions.rounds.words import heading  # noqa: PLC0415

    given: dict[str, Any] = {"method": method, "anonymity": anonymity, "until": until}
    options = {name: value for name, value in given.items() if value}
    home = library_of(context, library)
    with _held(home, session) as opened:
        live = opened.live
        paths = form_paths(live.session, output)
        if not force:
            check_free(paths)
        round_ = live.session.open_round
        if round_ and options:
            raise QuarterdeckError(f"A ballot is already open: leave out --{' and --'.join(options)}, or cancel that ballot first.")
        if round_ is None:
            live.perform(OpenRound.model_validate(options))
        now = _open_round(live)
        write_forms(live.session, now, paths, replace=force)
        made = [{"voter": voice, "role": live.session.role(voice), "csv": str(csv), "sheet": str(sheet)} for voice, (csv, sheet) in paths.items()]
        if as_json:
            typer.echo(json_text({"round": now.opened.round, "method": now.opened.method, "opened": round_ is None, "forms": made}))
            return
        cards = plural(len(now.opened.cards), "card")
        named = f"Ballot {live.session.ballot_number(now.opened.round)}" if now.opened.asks_order else heading(live.session, now.opened)
        print_lines(f"{named} is open: {plural(len(paths), 'voter')}, {cards}.")
        print_lines(f"Written to {output}: a CSV to fill in and a sheet to print for each voter.")
        say_next("ballots", "collect", session, str(output), library=home)


@app.command("collect")
def collect(
    context: typer.Context,
    session: SessionArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", readable=False, help="Filled-in forms, or a folder of them.")],
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
    library: LibraryOption = None,
) -> None:
    """Seal the ballots in filled-in forms: each file whole or not at all. Ballots stay sealed until the reveal."""
    from sessions.ballots.collection import ballots_or_refusal, seal_all, whole_files  # noqa: PLC0415

    home = library_of(context, library)
    with _held(home, session) as opened:
        live = opened.live
        round_, voices = _open_round(live), live.session.voters()
        paths = [path for file in files for path in _forms_in(file)]
        found = whole_files([ballots_or_refusal(path, voices, round_.opened, round_.seals) for path in paths], voices)
        for file in found:
            seal_all(live, file)
        voted, voters = len(_open_round(live).seals), len(voices)
    refused = [each.sentence(file.source) for file in found for each in file.refused if not file.blank]
    blank = [file.source for file in found if file.blank]
    if as_json:
        typer.echo(json_text({"round": round_.opened.round, "files": [_data(file) for file in found], "voted": voted, "voters": voters}))
    else:
        sealed = sum(len(file.ballots) for file in found)
        print_lines(f"{plural(sealed, 'ballot')} sealed. {voted} of {plural(voters, 'voter')} {'has' if voted == 1 else 'have'} voted.")
    if blank:
        print_lines(f"Not filled in yet: {', '.join(blank)}.", err=True)
    if refused:
        print_lines(*refused, err=True)
        raise typer.Exit(1)
    if not as_json:
        say_next_of(home, opened.ref)


def _data(file: Incoming) -> dict[str, Any]:
    """Return what became of a file, without showing a choice."""
    refused = [{"line": each.line, "field": each.field or None, "voter": each.who or None, "problem": each.why} for each in file.refused]
    return {"file": file.source, "sealed": [each.voice for each in file.ballots], "refused": refused}


def _forms_in(path: Path) -> list[Path]:
    """Return a file, or the tables of a folder."""
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.iterdir() if each.suffix.casefold() in (".csv", ".xlsx") and not each.name.startswith("."))
    if not found:
        raise QuarterdeckError(f"{path}: there is no CSV file or workbook (.xlsx) in this folder.")
    return found


def _open_round(live: LiveSession) -> Round:
    round_ = live.session.open_round
    if round_ is None:
        raise QuarterdeckError("No ballot is open: `quarterdeck ballots make` opens one, or v on the board.")
    return round_


@contextmanager
def _held(library: Library, session: str) -> Iterator[OpenSession]:
    """Open a session to write it; say what to do while a window holds it."""
    from sessions.library.library import HeldError  # noqa: PLC0415

    ref = library.find(session)
    try:
        opened = library.open(ref)
    except HeldError as error:
        where = f" ({error.holder})" if error.holder else ""
        raise QuarterdeckError(f"A window has this session open{where}: take ballot files there with v, then f; or close it first.") from None
    with opened:
        if opened.read_only:
            raise QuarterdeckError(opened.handle.reason)
        yield opened
