"""The command that writes what people read before the meeting."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

from pathlib import Path
from typing import Annotated

import typer

from tui.cli.options import LibraryOption, SessionArgument, library_of
from tui.cli.output import print_lines
from tui.cli.reports import put_page

_HTML = (".html", ".htm")


def preread(
    context: typer.Context,
    session: SessionArgument = "last",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", readable=False, help="Write it to a file: HTML if it ends in .html.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that Quarterdeck did not write.")] = False,
    library: LibraryOption = None,
) -> None:
    """Print or write what people read two days before the meeting."""
    from sessions.library.earlier import earlier_sessions  # noqa: PLC0415
    from sessions.preread.page import preread as page  # noqa: PLC0415

    home = library_of(context, library)
    ref = home.find(session)
    found = home.read(ref)
    state = found.session
    if found.problem:
        print_lines(found.problem, err=True)
    earlier = earlier_sessions(home, state)
    before = next((each for each in reversed(earlier) if state.past and each.id == state.past.session), None)
    text = page(state, before)
    if output is not None and output.suffix.casefold() in _HTML:
        from sessions.summary.html import as_html  # noqa: PLC0415 - loads a renderer

        text = as_html(state, text, sheets=True)
    put_page(text, output, home, ref, force=force, example=("preread", session, "-o", "preread.html"))
