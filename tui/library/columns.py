"""How a file is read: its columns with their first values and what each is, before them its sheet and the like.

A key changes any of it; the first cards follow immediately.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from sessions.errors import PortfolioError
from sessions.imports.columns import IGNORE, KEEP, NAMES, SEVERAL, likely_title
from sessions.imports.formats.report import ColumnUse, LoadReport
from sessions.portfolio.models import Portfolio, Project
from sessions.wording import iso_date, listed, plural, tenths
from tui.dialogs.choose import Choice, Choose
from tui.library.chosen import FileReading, chosen_with, read_as
from tui.library.patience import Patience, Stopped
from tui.library.reading import Keys, figures, key_line
from tui.library.settings import Setting, said_with, settings
from tui.text import fit, plain, safe
from tui.widgets.listing import Line, Listing, Piece

_KEYS: Keys = (("↑ ↓", "choose a column"), ("enter", "says what it is: the title, a budget…"), ("esc", "done"))
_FIRST = (
    "title", "apart", "id", "sponsor", "benefit", "benefit_monthly", "budget", "objective", "rank", "state", "effort", "team", "needs",
    "deadline_week",
)  # fmt: skip
"""The fields that are offered first."""
_WORDS = {
    "apart": "second title", "benefit_monthly": "amount a month",
    "effort": "team effort", "needs": "dependencies", "deadline_week": "deadline", "it_partner": "IT partner",
    KEEP: "keep as a field", IGNORE: "ignore",
}  # fmt: skip
_UNSAID = "\0unsaid"
"""No field."""
_SHOWN = 6
"""Cards that are shown."""
_MEANING = 17
"""Cells of what a column is."""
_NAME_AT_MOST = 40
_WIDEST = 110
"""Cells of a line of a card."""


def word_of(field: str) -> str:
    """Return what people call a field."""
    return _WORDS.get(field, field.replace("_", " "))


class ColumnsScreen(Screen[FileReading]):
    """The columns of a file, and its first cards as they will be. The answer is the file as it was read last."""

    CSS_PATH = "new_session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", show=False),
        Binding("escape,f3", "leave", show=False),
    ]

    def __init__(self, path: Path, reading: FileReading) -> None:
        super().__init__()
        self._path = path
        self._reading = reading

    def compose(self) -> ComposeResult:
        """Lay out the columns, below them the first cards, and the keys."""
        yield Static(safe(f"The columns of {plain(self._path.name)}"), id="new-heading")
        yield Listing(id="columns-list")
        yield Static("", id="columns-reason")
        yield Static("", id="new-error")
        yield Patience()
        with VerticalScroll(id="new-read", can_focus=False):
            yield Static("", id="columns-cards")
        yield Static(key_line(_KEYS), id="new-keys")

    def on_mount(self) -> None:
        """Show the columns, the title's, what could be it, or the first one chosen."""
        self._draw()
        columns = self._reading.columns
        likely = likely_title(use.column for use in columns if not use.field)
        titled = any(use.field == "title" for use in columns)
        titles = [str(place) for place, use in enumerate(columns) if (use.field == "title" if titled else use.column == likely)]
        self._listing.choose(next(iter(titles), "0" if self._reading.columns else self._listing.values[0]))
        self._explain()
        self._listing.focus()

    @property
    def _listing(self) -> Listing:
        return self.query_one(Listing)

    @property
    def _settings(self) -> dict[str, Setting]:
        return {each.name: each for each in settings(self._reading.found, self._reading.said.how)}

    @property
    def _chosen(self) -> ColumnUse | Setting:
        chosen = self._listing.chosen
        return self._reading.columns[int(chosen)] if chosen.isdecimal() else self._settings[chosen]

    @on(Listing.Chosen)
    def _explain(self) -> None:
        """Show why the chosen column is what it is."""
        use = self._chosen
        if isinstance(use, Setting):
            self.query_one("#columns-reason", Static).update(safe(f"{use.label}: {use.value} ({use.why})."))
            return
        what = f"the {word_of(use.field)}" if use.field else self._meaning(use)
        why = ", as chosen" if use.column in self._reading.said.columns else f": {use.reason}"
        self.query_one("#columns-reason", Static).update(safe(f"“{use.column}” is {what}{why}."))

    def action_leave(self) -> None:
        """Go back with the file as it was read last."""
        self.leave()

    def leave(self) -> None:
        """Go back with the file as it was read last."""
        if not self.query_one(Patience).stop():
            self.dismiss(self._reading)

    @work(exclusive=True)
    async def action_change(self) -> None:
        """Ask what the selected line should be, and read the file that way; if that fails, keep it as it was."""
        chosen, said = self._chosen, self._reading.said
        if isinstance(chosen, Setting):
            ask, now = Choose(f"{chosen.label}?", chosen.choices, chosen=chosen.now), chosen.now
        else:
            now = chosen.field or (IGNORE if chosen.left_out else KEEP)
            at_first = now if self._reading.report or chosen.field else "title"
            ask = Choose(f"What is “{plain(chosen.column)}”?", self._choices(chosen), chosen=at_first)
        answer = await self.app.push_screen_wait(ask)
        # In an export it counts that a column was chosen: what its words leave out is a card then.
        counts = isinstance(chosen, ColumnUse) and bool(self._reading.report and self._reading.report.tool)
        if answer is None or (answer == now and not counts):
            return
        if isinstance(chosen, Setting):
            said = said_with(said, chosen.name, answer)
        else:
            said = said._replace(columns=chosen_with(said.columns, chosen.column, "" if answer == _UNSAID else answer))
        try:
            reading = await self.query_one(Patience).reading(self._path.name, lambda on_row: read_as(self._path, said, on_row))
        except Stopped:
            self._complain("The reading was stopped. It stays as it was.")
            return
        except PortfolioError as error:
            self._complain(f"{error} It stays as it was.")
            return
        self._reading = reading._replace(headers=self._reading.headers)
        self._draw()
        self._explain()

    def _choices(self, chosen: ColumnUse) -> list[Choice]:
        """Return what a column can be; beside a field, which column it is now."""
        taken = {use.field: plain(use.column) for use in self._reading.columns if use.field and use.field not in SEVERAL}
        fields = [*_FIRST, KEEP, IGNORE, *(field for field in NAMES if field not in _FIRST)]
        choices = [Choice(field, word_of(field), f"now {taken[field]}" if field in taken else "") for field in fields]
        return [*choices, Choice(_UNSAID, "as its name says")] if chosen.column in self._reading.said.columns else choices

    def _meaning(self, use: ColumnUse) -> str:
        return word_of(use.field) if use.field else "ignored" if use.left_out else "kept as a field"

    def _draw(self) -> None:
        columns, report, before = self._reading.columns, self._reading.report, self._settings
        # An empty line separates the settings of the file from its columns.
        self._listing.show([*before, *([""] if before else []), *map(str, range(len(columns)))], self._line)
        missing = "No column is the title yet: choose it, and press enter." if columns else self._reading.problem
        self._complain("" if report else missing)
        self.query_one("#columns-cards", Static).update(first_cards(report) if report else "")

    def _line(self, place: int, width: int) -> Line:
        value = self._listing.values[place]
        name = min(_NAME_AT_MOST, max(10, width * 3 // 10))
        if not value.isdecimal():
            before = self._settings.get(value)
            if before is None:
                return []
            why = Piece(f" {fit(before.why, max(0, width - name - _MEANING - 2))}", "muted")
            return [Piece(fit(before.label, name) + " ", "muted"), Piece(fit(before.value, _MEANING)), why]
        use = self._reading.columns[int(value)]
        meaning: Piece = Piece(fit(self._meaning(use), _MEANING), "focus" if use.field else "muted", bold=bool(use.field))
        values = fit(" · ".join(map(plain, use.values)) or "no values", max(0, width - name - _MEANING - 2))
        return [Piece(fit(use.column, name) + " "), meaning, Piece(f" {values}", "muted")]

    def _complain(self, text: str) -> None:
        error = self.query_one("#new-error", Static)
        error.update(safe(text))
        error.display = bool(text)


def first_cards(report: LoadReport) -> Content:
    """Return how much was read and what it adds up to, and the first cards as they will be."""
    portfolio = report.portfolio
    lines = [Content.styled(plural(len(portfolio.projects), "card"), "bold $foreground")]
    if totals := report.totals():
        lines.append(Content.styled(plain(f"Adds up to: {totals}"), "$foreground"))
    for rank, card in enumerate(portfolio.projects[:_SHOWN], 1):
        lines += [Content(""), Content.styled(f"{rank:>3}  {plain(card.title)}", "bold $foreground")]
        lines += [Content(f"     {text}") for text in _told(card, portfolio)]
    if len(portfolio.projects) > _SHOWN:
        lines += [Content(""), Content(f"     and {len(portfolio.projects) - _SHOWN:,} more")]
    return Content("\n").join(lines)


def _told(card: Project, portfolio: Portfolio) -> list[str]:
    """Return the lines below a card's title: its figures, its benefit, and its extra fields."""
    efforts = [f"{work.team} {tenths(work.effort)} {'week' if work.effort == 10 else 'weeks'}" for work in card.work]
    titles = {each.id: each.title for each in portfolio.projects} if card.needs else {}
    needs = f"needs {listed([titles[need] for need in card.needs])}" if card.needs else ""
    deadline = f"deadline {iso_date(card.deadline)}" if card.deadline else f"deadline week {card.deadline_week}" if card.deadline_week else ""
    kept = [f"{name}: {value}" for name, value in card.fields]
    planned = " · ".join(filter(None, (*efforts, needs, deadline)))
    texts = (figures(card, portfolio), planned, card.benefit.text, " · ".join(kept))
    return [fit(text, _WIDEST).rstrip() for text in texts if text]
