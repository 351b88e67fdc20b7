"""How the library lists its sessions: groups by quarter and one row for each session. No widget, and no file is read here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len
from textual.content import Content

from sessions.library.library import Entry
from sessions.wording import day_name, plural, sentence
from tui.text import fit, plain, wrap

CLOSED = "closed"
"""The state of a session that was closed."""
_EDGE = 2
_GAP, _WIDE_GAP = "  ", "    "
_WIDE = 100
_STATE, _CARDS, _DECIDED, _DAY, _NEXT = 9, 9, 11, 11, 16
_LEAST_TITLE = 20
_PROBLEM_LINES = 4


@dataclass(frozen=True, slots=True)
class Group:
    """The sessions of a quarter, the latest first."""

    quarter: str
    entries: tuple[Entry, ...]


def by_quarter(entries: Iterable[Entry]) -> list[Group]:
    """Group the sessions by quarter, the latest quarter first and what has none at the end. Within a quarter the order stays."""
    ordered = sorted(entries, key=lambda entry: entry.quarter, reverse=True)  # stable: the latest action stays first
    return [Group(quarter, tuple(of_quarter)) for quarter, of_quarter in groupby(ordered, key=lambda entry: entry.quarter)]


def quarter_heading(group: Group) -> Content:
    """Return the line above a quarter's sessions."""
    return Content.assemble(("\n" + (plain(group.quarter) or "No quarter"), "bold $text-muted"))


def session_row(entry: Entry, width: int) -> Content:
    """Return a session's row, as wide as the list. Columns that do not fit are omitted from the right."""
    columns, gap = _columns(entry), _GAP if width < _WIDE else _WIDE_GAP
    room = width - _EDGE
    while columns and room - sum(cells + len(gap) for _, cells, _ in columns) < _LEAST_TITLE:
        columns.pop()
    title = room - sum(cells + len(gap) for _, cells, _ in columns)
    parts: list[Content | str | tuple[str, str]] = [" " * _EDGE, (fit(entry.title or entry.id, title), "bold")]
    for text, _, style in columns:
        parts += [gap, (text, style)]
    if entry.problem:
        parts.append((_problem(entry, room), "$error"))
    return Content.assemble(*parts)


def now_line(entry: Entry, width: int) -> Content:
    """Return what the session is, and what enter does with it."""
    if entry.problem:
        what, does = "is damaged" if entry.state == "damaged" else "cannot be read whole", "shows what can be read"
    elif entry.state == CLOSED:
        what, does = "is closed", "shows it · s its page"
    else:
        decided = f", {entry.decisions} of {entry.cards} decided" if entry.decisions else ""
        what, does = f"is open in the phase {entry.state}{decided}", "resumes it"
    tail = f" {what}  "
    title = fit(entry.title or entry.id, max(1, min(cell_len(plain(entry.title or entry.id)), width - cell_len(tail) - len(does) - 8))).rstrip()
    return Content.assemble((title, "bold"), tail, ("→ enter", "bold $accent"), f" {does}")


def _columns(entry: Entry) -> list[tuple[str, int, str]]:
    """Return the columns beside the title as text, cells and style, the most telling first."""
    state = f"! {entry.state}" if entry.problem else "archived" if entry.archived else entry.state
    decided = f"{entry.decisions} decided" if entry.cards else ""
    comes = f"next {day_name(entry.next_session)}" if entry.next_session else ""
    return [
        (fit(state, _STATE), _STATE, _state_style(entry)),
        (plural(entry.cards, "card").rjust(_CARDS), _CARDS, "$text-muted"),
        (decided.rjust(_DECIDED), _DECIDED, "$text-muted"),
        (day_name(entry.last_at).rjust(_DAY), _DAY, "$text-muted"),
        (comes.rjust(_NEXT), _NEXT, "$text-muted"),
    ]


def _state_style(entry: Entry) -> str:
    """Return the colour of a session's state; the word says it too."""
    if entry.problem:
        return "$error"
    return "$text-muted" if entry.state == CLOSED or entry.archived else "$success"


def _problem(entry: Entry, room: int) -> str:
    """Return below the row what is wrong with a session, and what helps."""
    text = f"{sentence(entry.problem.removeprefix(f'{entry.file}: '))} `quarterdeck check {entry.id}` tells more."
    return "".join(f"\n{' ' * _EDGE}{line}" for line in wrap(text, room, _PROBLEM_LINES))
