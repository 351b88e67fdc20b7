"""The command that begins a session: from a portfolio file, after an earlier session, or both."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

import contextlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from sessions.errors import QuarterdeckError, RecordError
from tui.cli.help.next_step import say_next, say_next_of
from tui.cli.options import LibraryOption, global_options, library_of
from tui.cli.output import json_text, print_lines
from tui.cli.reading import reads_files, words_of
from tui.cli.screens import open_screen

if TYPE_CHECKING:
    from datetime import date

    from sessions.imports.formats.report import LoadReport, PeopleReport
    from sessions.imports.portfolio import Said
    from sessions.library.following import Followed
    from sessions.library.library import Library
    from sessions.quarters.carry_over import Carried

_PORTFOLIO = "A CSV, Excel or JSON file of projects, or what Jira and other tools export."
_LARGE = 2_000_000
"""Bytes of a file that takes more than a moment to read."""


class _Read(NamedTuple):
    """What a session is to begin with: the file, the people, the session before it, and what was carried over from there."""

    report: "LoadReport | None"
    people: "PeopleReport | None"
    followed: "Followed | None"
    carried: "Carried | None"
    today: "date"


@reads_files
def new(
    context: typer.Context,
    portfolio: Annotated[
        list[Path] | None, typer.Argument(metavar="PORTFOLIO", readable=False, help=_PORTFOLIO, show_default=False)
    ] = None,
    *,
    said: "Said",
    after: Annotated[str, typer.Option(metavar="SESSION", help="Carry over from this session; without a file, all of its cards.")] = "",
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
    """Begin a session from a portfolio file, or after an earlier one. What was read is shown before anything is created."""
    from sessions.library.following import check_quarter  # noqa: PLC0415

    try:
        check_quarter(quarter, None)
    except QuarterdeckError as error:
        raise typer.BadParameter(str(error), param_hint="--quarter") from None
    if not portfolio and not after:
        raise typer.BadParameter("name a file of projects, or with --after the session to carry over.", param_hint="PORTFOLIO")
    home = library_of(context, library)
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    read = _read(home, portfolio, said, people, after, quarter, on_screen=on_terminal and not (dry_run or yes))
    # Without a terminal to ask on, a session that follows begins as with `--yes`.
    yes = yes or (read.followed is not None and not on_terminal)
    if dry_run or yes:
        _say_doubts(read)
    if dry_run:
        _print_reading(home, read, quarter, as_json=as_json)
        if not as_json:
            options = {"--after": after, "--quarter": quarter, "--title": title, "--people": people and str(people)}
            given = [word for name, value in options.items() if value for word in (name, value)]
            say_next("new", *(map(str, portfolio or ())), *words_of(said), *given, library=home)
        return
    if yes:
        _create(home, read, portfolio, title=title, quarter=quarter, minutes=minutes or 0)
        return

    def first(_: Any) -> Any:  # noqa: ANN401 - the app and its screen, whose types would load Textual
        from tui.library.new_session import NewSessionScreen  # noqa: PLC0415

        return NewSessionScreen(portfolio, said=said, title=title, quarter=quarter, people=people, minutes=minutes or 0, after=read.followed)

    open_screen(home, first, light=global_options(context).light)


def _read(
    home: "Library", portfolio: list[Path] | None, said: "Said", people: Path | None, after: str, quarter: str, *, on_screen: bool
) -> _Read:
    """Read what a session is to begin with; on the screen, a table's title may be chosen later.

    Raises QuarterdeckError if any of it cannot be read, or the earlier session not be followed.
    """
    from datetime import date  # noqa: PLC0415

    from sessions.imports.formats.report import NoTitleError  # noqa: PLC0415
    from sessions.imports.people import load_people  # noqa: PLC0415
    from sessions.imports.several import load_portfolios  # noqa: PLC0415
    from tui.environment import SystemClock  # noqa: PLC0415

    today = date.fromisoformat(SystemClock().now()[:10])
    report = None
    try:
        # Large files are read beside the keys, once.
        if portfolio and not (on_screen and any(map(_is_large, portfolio))):
            report = load_portfolios(portfolio, said)
    except NoTitleError:
        if not on_screen:
            raise
    who = load_people(people) if people else None
    if not after:
        return _Read(report, who, None, None, today)
    from sessions.library.following import follow, read_earlier  # noqa: PLC0415

    followed = read_earlier(home, home.find(after))
    brought = report.portfolio if report else None
    return _Read(report, who, followed, follow(followed, brought, quarter=quarter, today=today, people=who.people if who else ()), today)


def _is_large(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return path.stat().st_size > _LARGE
    return False


def _say_doubts(read: _Read) -> None:
    """Print what would be asked on a terminal."""
    if read.followed and read.carried:
        from sessions.library.following import doubts  # noqa: PLC0415

        for doubt in doubts(read.followed, read.carried.portfolio.quarter):
            print_lines(f"{doubt} Continuing.", err=True)


def _print_reading(home: "Library", read: _Read, quarter: str, *, as_json: bool) -> None:
    from sessions.imports.formats.report import EVERYTHING  # noqa: PLC0415
    from sessions.library.following import carried_words, followed_of, session_name  # noqa: PLC0415

    report, people, followed, carried, today = read
    offered = _offer(home, report, quarter, today) if report and not followed else None
    if as_json:
        data = report.as_json() if report else {}
        if people is not None:
            data |= {"participants": len(people.people), "people": people.as_json()}
        if followed and carried:
            data |= {"projects": len(carried.portfolio.projects), "after": followed_of(followed), **carried.report.as_json()}
        elif offered:
            data |= {"offer": offered}
        typer.echo(json_text(data))
        return
    lines = [*(report.sentences(EVERYTHING) if report else ()), *(people.sentences(EVERYTHING) if people else ())]
    if followed and carried:
        lines.append(carried_words(followed, carried))
    if offered:
        count, name = offered["cards"], session_name(offered["title"], offered["quarter"])
        lines.append(f"{count} of its cards {'was' if count == 1 else 'were'} in {name}: carry over with --after {offered['session']}")
    print_lines(*lines)


def _offer(home: "Library", report: "LoadReport", quarter: str, today: "date") -> Mapping[str, Any] | None:
    """Return the session that could be carried over, as plain values; None if none has a card of the file, or the library cannot be listed."""
    from sessions.library.series import to_follow  # noqa: PLC0415
    from sessions.portfolio.models import coming_quarter  # noqa: PLC0415

    with contextlib.suppress(RecordError):
        named = quarter or report.portfolio.quarter or coming_quarter(today)
        if found := to_follow(home.entries(), report.portfolio, named):
            entry, count = found
            return {"session": entry.id, "title": entry.title, "quarter": entry.quarter, "cards": count}
    return None


def _create(home: "Library", read: _Read, portfolio: list[Path] | None, *, title: str, quarter: str, minutes: int) -> None:
    from sessions.library.following import begin, carried_words  # noqa: PLC0415
    from sessions.portfolio.models import coming_quarter  # noqa: PLC0415
    from tui.environment import folder_of  # noqa: PLC0415

    report, people = read.report, read.people
    lines = [*(report.sentences() if report else ()), *(people.sentences() if people else ())]
    after = (read.followed, read.carried) if read.followed and read.carried else None
    print_lines(*lines, *([carried_words(*after)] if after else []), err=True)
    with begin(
        home,
        report.portfolio if report else None,
        after,
        title=title,
        quarter=quarter or (report.portfolio.quarter if report else "") or coming_quarter(read.today),
        source=report.source if report else "",
        folder=folder_of(portfolio[0]) if portfolio else "",
        read=lines,
        people=people.people if people else (),
        minutes=minutes,
    ) as opened:
        typer.echo(opened.live.session.id)
    say_next_of(home, opened.ref)
