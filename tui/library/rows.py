"""How the library lists its sessions: groups by quarter and one row for each session. No widget, and no file is read here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len
from textual.content import Content

from sessions.library.library import Entry
from sessions.library.series import CLOSED, series_count
from sessions.wording import day_name, plural, sentence
from tui.text import fit, plain, wrap

_EDGE = 2
_GAP, _WIDE_GAP = "  ", "    "
_WIDE = 100
_STATE, _CARDS, _DECIDED, _DAY, _NEXT = 9, 9, 11, 11, 16
_LEAST_TITLE = 20
_PROBLEM_LINES = 4


@dataclass(frozen=True, slots=True)
class Group:
    """The sessions below a heading, the latest first; those of a series show their quarters."""

    name: str
    entries: tuple[Entry, ...]
    series: bool = False


def grouped(entries: Iterable[Entry]) -> list[Group]:
    """Group the sessions by series if there are several, and else by quarter."""
    known = list(entries)
    return _by_series(known) if series_count(known) > 1 else _by_quarter(known)


def _by_series(entries: Sequence[Entry]) -> list[Group]:
    """Group the sessions by series, that of the latest action first and what is in none at the end."""
    members = dict[str, list[Entry]]()
    for entry in entries:
        members.setdefault(entry.series or entry.file, []).append(entry)
    several = [_latest_quarter_first(each) for each in members.values() if len({entry.session for entry in each}) > 1]
    others = _latest_quarter_first([entry for each in members.values() if len({entry.session for entry in each}) == 1 for entry in each])
    groups = [Group(f"{_name(each[0])} · {plural(len(each), 'session')}", tuple(each), series=True) for each in several]
    return [*groups, *([Group("Not in a series", tuple(others), series=True)] if others else [])]


def _name(entry: Entry) -> str:
    """Return a session's title without its quarter: that of the latest one names the series."""
    title = plain(entry.title or entry.id)
    return title.replace(entry.quarter, "").strip(" ,·-–—") or title if entry.quarter else title


def _latest_quarter_first(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.quarter, reverse=True)  # stable: the latest action stays first


def _by_quarter(entries: Sequence[Entry]) -> list[Group]:
    """Group the sessions by quarter, the latest quarter first and what has none at the end. Within a quarter the order stays."""
    by_quarter = groupby(_latest_quarter_first(entries), key=lambda entry: entry.quarter)
    return [Group(plain(quarter) or "No quarter", tuple(each)) for quarter, each in by_quarter]


def heading(group: Group) -> Content:
    """Return the line above a group."""
    return Content.assemble(("\n" + group.name, "bold $text-muted"))


def session_row(entry: Entry, width: int, *, quarter: bool = False) -> Content:
    """Return a session's row, as wide as the list, with its quarter or without. Columns that do not fit are omitted from the right."""
    columns, gap = _columns(entry), _GAP if width < _WIDE else _WIDE_GAP
    room = width - _EDGE
    while columns and room - sum(cells + len(gap) for _, cells, _ in columns) < _LEAST_TITLE:
        columns.pop()
    title = room - sum(cells + len(gap) for _, cells, _ in columns)
    name = f"{entry.quarter or '       '}  {_name(entry)}" if quarter else entry.title or entry.id
    parts: list[Content | str | tuple[str, str]] = [" " * _EDGE, (fit(name, title), "bold")]
    for text, _, style in columns:
        parts += [gap, (text, style)]
    if entry.problem:
        parts.append((_problem(entry, room), "$error"))
    return Content.assemble(*parts)


def now_line(entry: Entry, width: int, *, lost: bool = False) -> Content:
    """Return what the session is, and what enter does with it; `lost`: the one before it is not in the library."""
    if entry.problem:
        what, does = "is damaged" if entry.state == "damaged" else "cannot be read whole", "shows what can be read"
    elif entry.state == CLOSED:
        what, does = "is closed", "shows it · s its page"
    else:
        decided = f", {entry.decisions} of {entry.cards} decided" if entry.decisions else ""
        what, does = f"is open in the phase {entry.state}{decided}", "resumes it"
    tail = f" {what}{', the session before it is missing' if lost else ''}  "
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
