"""A new session: choose a portfolio file or an earlier session, see what was read, say what it is called, begin. Nothing is created before."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from textual import on, work
from textual.content import Content
from textual.widgets import DirectoryTree, Input, Static

from sessions.errors import QuarterdeckError
from sessions.imports.formats.report import LoadReport, PeopleReport
from sessions.imports.people import load_people
from sessions.imports.portfolio import NOTHING_SAID, Said
from sessions.imports.several import joined, said_of_one
from sessions.library.following import Followed, begin, doubts, find_offer, next_quarter
from sessions.library.library import OpenSession
from sessions.portfolio.checks import same_title
from tui.dialogs.choose import Choice, Choose
from tui.environment import SystemClock, folder_of, local_folder
from tui.host.host import host
from tui.library.before import Before
from tui.library.chosen import FileReading, read_file, remember
from tui.library.columns import ColumnsScreen
from tui.library.new_form import NewForm
from tui.library.patience import MANY, Stopped
from tui.library.reading import LABELS, first_titles, report_lines
from tui.library.settings import doubt_of, said_with
from tui.library.unclear import ask_unclear
from tui.paths import is_folder, named_files, path_meant
from tui.text import plain
from tui.widgets.file_picker import FilePicker
from tui.widgets.one_of import OneOf


class NewSessionScreen(NewForm):
    """Begin a session; with `path`, one or several, the files are read immediately. `today` decides which quarter is proposed.

    `title`, `quarter` and `people` fill their fields; `minutes` is the length of the session, 0 if the portfolio says. `after` is the session that
    it is to follow; without it, one that has cards of the file is offered. `said` holds the choices made for the file.
    """

    def __init__(
        self,
        path: Path | Sequence[Path] | None,
        *,
        said: Said = NOTHING_SAID,
        title: str = "",
        quarter: str = "",
        people: Path | None = None,
        minutes: int = 0,
        today: date | None = None,
        after: Followed | None = None,
    ) -> None:
        super().__init__([path] if isinstance(path, Path) else path or ())
        self._given = {"title": title, "quarter": quarter, "people": str(people or "")}
        self._minutes = minutes
        self._today = today or date.fromisoformat(SystemClock().now()[:10])
        of_each = said_of_one(said, len(self._paths))
        self._said = {self._folder / each: of_each for each in self._paths} if said != NOTHING_SAID else {}
        self._readings: tuple[FileReading, ...] = ()
        self._asked: set[tuple[Path, str]] = set()
        self.report: LoadReport | None = None
        self._people: PeopleReport | None = None
        self._after = after

    def on_mount(self) -> None:
        """Begin with the file."""
        self.query_one(FilePicker).show_guides = False
        self.query_one(FilePicker).guide_depth = 2
        self._complain("")
        self._draw()
        self.query_one("#new-file", Input).focus()
        if self._paths or self._after is not None:
            self.query_one(FilePicker).display = False  # until something must be chosen
            self.read(self._paths)

    @on(Input.Submitted, "#new-file")
    def read_typed(self, event: Input.Submitted) -> None:
        """Read the files that were typed, or browse the folder that was typed."""
        if self._patience.busy:
            return
        paths = named_files(event.value, self._folder)
        if not paths and not self._after:
            self.query_one(FilePicker).focus()
        elif len(paths) == 1 and is_folder(paths[0]):
            self.query_one(FilePicker).browse(paths[0])
            self.query_one(FilePicker).focus()
        else:
            self.read(paths)

    @on(Input.Changed, "#new-file")
    def choose_again(self) -> None:
        """Forget what was read: another path is being typed."""
        if not self._is_read():
            self.report, self._ready = None, False
            self._complain("")
            self._draw()

    @on(DirectoryTree.FileSelected)
    def read_picked(self, event: DirectoryTree.FileSelected) -> None:
        """Read the file that was picked."""
        with self.prevent(Input.Changed):
            self._file.value = str(event.path)
        self._file.cursor_position = len(self._file.value)
        self.read((event.path,))

    @work(exclusive=True)
    async def read(self, paths: tuple[Path, ...]) -> None:
        """Read the files, and the session before it, and show what was found. A large one does not block the screen."""
        self._complain("")
        try:
            home, said = self._library_folder, {path: self._said.get(self._folder / path) for path in paths}
            readings = [await self._patience.reading(path.name, partial(read_file, path, home, said[path])) for path in paths]
            await self._take(paths, readings, self._given)
            self._ask_doubts(paths, readings)
        except (Stopped, QuarterdeckError) as error:
            self._complain(str(error))
            self._draw()

    @work(exclusive=True, group="doubt")
    async def _ask_doubts(self, paths: Sequence[Path], readings: Sequence[FileReading]) -> None:
        """Ask once what the amounts of a file leave open."""
        for path, reading in zip(paths, readings, strict=True):
            asked = doubt_of(reading.found)
            if asked is None or not reading.report or (path, asked.setting) in self._asked:
                continue
            self._asked.add((path, asked.setting))
            if answer := await self.app.push_screen_wait(Choose(asked.question, asked.choices)):
                self._said[self._folder / path] = said_with(reading.said, asked.setting, answer)
                self.read(self._paths)
                return

    async def _take(self, paths: tuple[Path, ...], readings: Sequence[FileReading], given: Mapping[str, str]) -> None:
        """Show what was read, with what was `given` for the fields. Raises QuarterdeckError."""
        library, again = host(self.app).library, self._ready and self._before.display
        self._paths, self._readings = paths, tuple(readings)
        if problems := [reading.problem for reading in readings if reading.problem]:
            self.report, self._ready = None, False
            self._complain(problems[0])
            self._draw()
            return
        report = joined([reading.report for reading in readings if reading.report]) if readings else None
        brought, earlier = report.portfolio if report else None, self._after.session if self._after else None
        quarter = next_quarter(earlier, given["quarter"], brought, self._today)
        offered = self._after or (await asyncio.to_thread(find_offer, library, brought, quarter) if brought else None)
        self.report, self._ready = report, True
        doubted = not self._after and offered is not None and bool(doubts(offered, quarter))
        await self._before.offer(offered, shown=report is not None, chosen=bool(self._before.followed) if again else not doubted)
        self._field("quarter").value = quarter
        self._field("people").value = given["people"]
        self._carry()
        self._field("title").value = given["title"] or self._before.title(library, report, quarter)
        self._draw_read()
        self._draw()
        self._field("title").focus()

    @work(exclusive=True)
    async def action_columns(self) -> None:
        """Show what each column of the file is, and take what is changed there."""
        tables = [place for place, reading in enumerate(self._readings) if reading.columns or reading.found.sheets]
        if not tables or not self._is_read():
            self._complain("enter reads the file: then F3 shows what each of its columns is.")
            return
        given = {name: self._field(name).value for name in LABELS} if self._ready else self._given
        place = tables[0]
        if len(tables) > 1:
            tables.sort(key=lambda each: not self._readings[each].problem)
            files = [Choice(str(each), plain(self._paths[each].name), self._readings[each].problem and "no title yet") for each in tables]
            answer = await self.app.push_screen_wait(Choose("The columns of which file?", files))
            if answer is None:
                return
            place = int(answer)
        path, reading = self._paths[place], self._readings[place]
        changed = await self.app.push_screen_wait(ColumnsScreen(path, reading))
        if changed.said != reading.said:
            self._said[self._folder / path] = changed.said
            self._complain("")
            try:
                await self._take(self._paths, [*self._readings[:place], changed, *self._readings[place + 1 :]], given)
            except QuarterdeckError as error:
                self._complain(str(error))

    @property
    def _library_folder(self) -> Path:
        return local_folder(host(self.app).library.location)

    @on(OneOf.Changed)
    def choose_before(self) -> None:
        """Show what comes from the earlier session, or that nothing does."""
        self._complain("")
        self._carry()
        self._draw_read()

    def _carry(self, answers: Mapping[str, str] | None = None) -> bool:
        """Carry the chosen session over, and return whether that can be; if not, say why."""
        quarter, people = plain(self._field("quarter").value), self._people.people if self._people else ()
        return self._attempt(lambda: self._before.carry(self.report, quarter, people, self._today, answers))

    @on(Input.Changed, "#new-people")
    def look_at_people(self) -> None:
        """Read the participants as soon as their field names a file, so that its report is visible before the session begins."""
        self._read_people(self._field("people").value.strip())

    @work(exclusive=True, group="people")
    async def _read_people(self, typed: str) -> None:
        path = path_meant(typed, self._folder)
        self._people = None
        if typed and os.path.isfile(path):  # noqa: PTH113 - False for any name
            with contextlib.suppress(QuarterdeckError):  # reported when the session begins
                self._people = await asyncio.to_thread(load_people, path)
        self._draw_read()

    @property
    def _before(self) -> Before:
        return self.query_one(Before)

    def _is_read(self) -> bool:
        return named_files(self._file.value, self._folder) == tuple(self._folder / path for path in self._paths)

    @on(Input.Submitted, "#new-title, #new-quarter, #new-people")
    @on(OneOf.Accepted)
    def begin(self) -> None:
        """Create the session and show it; ask first what cannot be known."""
        self._complain("")
        if self._ready and not self._patience.busy and self._attempt(self._take_people) and self._carry():
            self._ask_and_begin() if self._before.asks else self._create()

    def _take_people(self) -> None:
        typed = self._field("people").value.strip()
        self._people = load_people(path_meant(typed, self._folder)) if typed else None

    @work(exclusive=True, group="begin")
    async def _ask_and_begin(self) -> None:
        answers = await ask_unclear(self.app, *self._before.after, self._before.doubts) if self._before.after else None
        if answers is not None and self._carry(answers):
            self._create()

    def _create(self) -> None:
        report, people = self.report, self._people
        create = partial(
            begin,
            host(self.app).library,
            report.portfolio if report else None,
            self._before.after,
            title=plain(self._field("title").value),
            quarter=plain(self._field("quarter").value),
            source=report.source if report else "",
            folder=folder_of(self._paths[0]) if self._paths else "",
            read=[line for each in self._reports() for line in each.sentences()],
            people=people.people if people else (),
            minutes=self._minutes,
        )
        many = report and len(report.portfolio.projects) > MANY
        self._create_patiently(create) if many else self._attempt(lambda: self._show(create()))

    @work(exclusive=True, group="begin")
    async def _create_patiently(self, create: Callable[[], OpenSession]) -> None:
        try:
            self._show(await self._patience.doing("Creating the session", create))
        except QuarterdeckError as error:
            self._complain(str(error))

    def _show(self, opened: OpenSession) -> None:
        for reading in self._readings:
            remember(self._library_folder, reading)
        host(self.app).go.board(opened, replace=True)

    def leave(self) -> None:
        """Go back: from what was read to the file, from the file to where this screen was opened from. A long task is stopped first."""
        if self._patience.stop():
            return
        if not self._ready:
            # Without a screen below, going back means leaving.
            if len(self.app.screen_stack) > 1:
                self.dismiss()
            else:
                self.app.exit()
            return
        self.report, self._ready = None, False
        self._draw()
        self._file.focus()

    def _reports(self) -> list[LoadReport | PeopleReport]:
        return [each for each in (self.report, self._people) if each]

    def _draw_read(self) -> None:
        lines = [*map(report_lines, self._reports()), *self._before.lines()]
        if any(reading.remembered for reading in self._readings):
            lines.append(Content("The file is read as was chosen for this header before: F3 changes that."))
        titles = [same_title(card.title) for card in self.report.portfolio.projects] if self.report and self.report.columns else []
        if len(set(titles)) < len(titles):
            lines.append(Content("Some titles repeat: F3 names the column that tells them apart."))
        self.query_one("#new-sentences", Static).update(Content("\n").join([*lines, first_titles(self.report, self._before.carried)]))
