"""The half of Look back on what was delivered, and whether people use it: a bar from baseline to target for each project."""

from __future__ import annotations

from fractions import Fraction

from sessions.deciding.adopting import Status, figures, latest, status, unit
from sessions.portfolio.numbers import number_of
from sessions.quarters.adoption import adopted, due, looked_at, value_realised
from sessions.record.events import Delivered
from sessions.state.session import Session
from sessions.wording import money_name
from tui.text import fit, length
from tui.themes import Ink
from tui.widgets.listing import Line, Piece

_MARKS: dict[Status, tuple[str, str]] = {
    "below": ("✗", "not yet"),
    "accepted": ("≈", "accepted"),
    "adopted": ("✓", "in use"),
    "not measured": ("–", ""),
}
"""The mark of each status, and its word at the end of the line."""
_DUE = "reading due"
_LEAD, _GAP = 3, 2
_BAR, _WIDER, _LEAST_BAR = 32, 3, 12
"""Cells of a bar: on a wide screen it takes a third."""
_MOST_MEASURE = 34
_LEAST_TITLE = 20


def head(session: Session) -> tuple[str, str]:
    """Return how many of the delivered projects are in use, and what that figure is; nothing if none was delivered."""
    counts = adopted(looked_at(session))
    if not counts.of:
        return "", ""
    return f"{counts.adopted} of {counts.of}", "delivered project is in use" if counts.of == 1 else "delivered projects are in use"


def lines(session: Session, width: int) -> list[tuple[str, Line]]:
    """Return the lines of the list: the value of each, which is the id of its card, and what it shows. What is not yet in use comes first."""
    order = list(_MARKS)
    waiting = due(session)
    found = sorted(looked_at(session), key=lambda each: order.index(status(each)))
    found += [each for each in waiting if each not in found]  # in use since an earlier quarter, to be measured again
    if not found:
        return []
    columns = _Columns(found, frozenset(each.card.id for each in waiting), width)
    asked = "Delivered, and used?   "
    worth = _worth(session)
    if length(worth) > width - len(asked):
        asked, worth = asked.strip() + " ", worth.removeprefix("benefit ")
    heading = [Piece(asked, "muted"), Piece(fit(worth, width - len(asked)), "muted")]
    return [("", heading), *((each.card.id, columns.line(each)) for each in found)]


def _worth(session: Session) -> str:
    """Return what the deliveries bring of what was promised: benefit $17,700 of $25,500 a month, 69%; 1 of 4 not known."""
    worth = value_realised(looked_at(session), session.portfolio.currency)
    if not worth.promised:
        return ""
    money = [money_name(each, session.portfolio.currency) for each in (worth.realised, worth.promised)]
    share = (200 * worth.realised + worth.promised) // (2 * worth.promised)
    unknown = f"; {worth.unmeasured} of {worth.of} not known" if worth.unmeasured else ""
    return f"benefit {money[0]} of {money[1]} a month, {share}%{unknown}"


class _Columns:
    """The columns of the list in a width."""

    def __init__(self, rows: list[Delivered], due_now: frozenset[str], width: int) -> None:
        self._due = due_now
        self._figures = max(length(_figures(each)) for each in rows)
        self._word = max(length(self._said(each)) for each in rows)
        longest = max(length(each.card.title) for each in rows)
        measure_ = min(_MOST_MEASURE, max(length(_measure(each)) for each in rows))
        room = width - _LEAD - self._figures - self._word - 3 * _GAP
        self._title = min(longest, max(_LEAST_TITLE, room - _BAR))
        wide = room - self._title - _GAP - measure_ >= _LEAST_BAR
        self._measure = measure_ if measure_ and wide else 0
        left = room - self._title - (self._measure + _GAP if self._measure else 0)
        self._bar = min(max(_BAR, width // _WIDER), left) if left >= _LEAST_BAR else 0
        if not self._bar:
            self._title = min(longest, room + _GAP)

    def line(self, delivered: Delivered) -> Line:
        """Return the line of a delivery."""
        mark, _ = _MARKS[status(delivered)]
        open_ = status(delivered) == "below"
        ink: Ink = "text" if open_ else "muted"
        due = delivered.card.id in self._due
        said = self._said(delivered)
        return [
            Piece(fit(mark, _LEAD), "differ" if open_ else "muted", bold=open_),
            Piece(fit(delivered.card.title, self._title), ink, bold=open_),
            *([Piece(" " * _GAP), Piece(fit(_measure(delivered), self._measure), "muted")] if self._measure else []),
            *([Piece(" " * _GAP), *bar(delivered, self._bar)] if self._bar else []),
            Piece(" " * _GAP),
            Piece(fit(_figures(delivered), self._figures), "muted" if status(delivered) == "not measured" else "text", bold=bool(figures(delivered))),
            Piece(" " * _GAP),
            Piece(fit(said, self._word), "wait" if due else ink, bold=due),
        ]

    def _said(self, delivered: Delivered) -> str:
        word = _MARKS[status(delivered)][1]
        if delivered.card.id not in self._due:
            return word
        return f"{word}, {_DUE}" if word else _DUE


def _figures(delivered: Delivered) -> str:
    return figures(delivered) or "not measured"


def _measure(delivered: Delivered) -> str:
    """Return what is measured, without the unit that its figures have: quotes made on mobile."""
    return delivered.card.adoption.measure.removeprefix("% of ").removesuffix(", %")


def bar(delivered: Delivered, cells: int) -> list[Piece]:
    """Return a bar from the baseline: as far as the latest reading, with a tick at the target; dashes if no one measured it."""
    reading, adoption = latest(delivered.readings), delivered.card.adoption
    target, value = number_of(adoption.target), number_of(reading.value) if reading else None
    baseline = number_of(adoption.baseline or "0")
    if target is None or value is None or baseline is None or target == baseline:
        return [Piece(("╌ " * cells)[:cells], "faint")]
    share = unit(adoption) == "%" and baseline < target <= 100
    whole = 100 - baseline if share else max((target - baseline) * (1 if target > baseline else -1), _way(value, baseline, target))
    full = _cells(_way(value, baseline, target) / whole, cells)
    tick = min(cells - 1, _cells(abs(target - baseline) / whole, cells))
    drawn = ["━" if place < full else "─" for place in range(cells)]
    drawn[tick] = "┃"
    return [
        Piece("".join(drawn[: min(full, tick)]), "bar"),
        Piece("".join(drawn[full:tick]), "faint"),
        Piece(drawn[tick], "text", bold=True),
        Piece("".join(drawn[tick + 1 : full]), "bar"),
        Piece("".join(drawn[max(full, tick + 1) :]), "faint"),
    ]


def _way(value: Fraction, baseline: Fraction, target: Fraction) -> Fraction:
    """Return how far a value has come from the baseline in the direction of the target, in its own unit."""
    return max(Fraction(0), (value - baseline) * (1 if target > baseline else -1))


def _cells(share: Fraction, cells: int) -> int:
    return min(cells, int(share * cells + Fraction(1, 2)))

