"""What was tried, in words, and what keeps it: the sentences and the command of a what-if."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sessions.portfolio.models import Portfolio
from sessions.sequencing.cost import round_to_units, weekly
from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.weeks import short_end, short_start
from sessions.sequencing.what_if import Effect, Shift
from sessions.wording import money_name, ordinal, plural, rounded
from tui.text import fit, fit_right, length
from tui.themes import Ink
from tui.widgets.listing import Line, Piece

_WIDE_FROM, _ENDS_FROM = 100, 110
"""Columns from which there is room for longer words, and for the days on which cards end. What waiting costs is always there."""
_DAYS = 17
"""Cells of two days: 17 Aug → 3 Aug."""
_ASIDE, _ASIDE_NARROW, _VOTED = (18, 15), (16, 10), 6
"""Cells of the turn that a card takes and of what waiting costs, and of its rank by the votes."""
_TRIED = ", tried at #999  "
_WIDEST = 118
"""Columns that the list has at least, if the window has them; more only for longer names."""


# --- the list of what changes


def cut_words(effect: Effect) -> str:
    """Return the new place of the cut line, if it moves."""
    before, after = effect.before.cut_rank, effect.after.cut_rank
    if before == after:
        return f"The cut line stays above #{before}." if before else "Every card starts in the quarter."
    return f"The cut line goes from {_above(before)} to {_above(after)}."


_HEADS = {True: ("starts", "ends"), False: ("starts in week", "ends in week")}


def _above(rank: int | None) -> str:
    return f"above #{rank}" if rank else "below the last card"


def heading_line(portfolio: Portfolio, width: int, *, votes: bool) -> Line:
    """Return the line above the changes."""
    waiting = "benefit lost" if width >= _WIDE_FROM else "lost"
    return _columns(width, Cells("card", *_HEADS[bool(portfolio.quarter_start)], "", "voted" if votes else "", waiting), "muted")


class Cells(NamedTuple):
    """The texts of a line."""

    card: str
    starts: str
    ends: str
    turn: str
    voted: str
    money: str
    tried: str = ""


class Named(NamedTuple):
    """A card's name, the rank at which it is tried if it was moved, and its rank by the votes."""

    name: str
    tried: int | None
    voted: int | None


def widest_line(names: Sequence[Named]) -> int:
    """Return the columns beyond which a line would only be a longer way from a name to its days."""
    longest = max((length(each.name) for each in names), default=0)
    return max(_WIDEST, longest + len(_TRIED) + 2 * _DAYS + sum(_ASIDE) + _VOTED)


def shift_line(effect: Effect, shift: Shift, named: Named, width: int) -> Line:
    """Return one change: the card, its start and end before and after, the turn it takes, its rank by the votes, and what waiting costs."""
    portfolio = effect.before.workload.portfolio
    starts = _arrow(_start(portfolio, shift.before), _start(portfolio, shift.after))
    ends = _arrow(_finish(portfolio, shift.before), _finish(portfolio, shift.after))
    sign, ink = _TURNS[shift.turn]
    turn = f"{sign} {_turn_words(shift, wide=width >= _WIDE_FROM)}"
    tried = f"{', tried at' if width >= _WIDE_FROM else ' →'} #{named.tried}" if named.tried else ""
    voted = ordinal(named.voted) if named.voted else ""
    return _columns(width, Cells(named.name, starts, ends, turn, voted, _money(effect, shift), tried), ink)


_TURNS: dict[str, tuple[str, Ink]] = {
    "earlier": ("▲", "start"), "shorter": ("▲", "start"), "later": ("▼", "wait"), "longer": ("▼", "wait"),
    "new": ("+", "new"), "gone": ("–", "muted"),
}  # fmt: skip


def _columns(width: int, texts: Cells, ink: Ink) -> Line:
    wide = width >= _WIDE_FROM
    turn, money = _ASIDE if wide else _ASIDE_NARROW
    ends = _DAYS if width >= _ENDS_FROM else 0
    voted = _VOTED if texts.voted else 0
    card = max(8, width - _DAYS - ends - turn - voted - money - 2) - len(texts.tried) - 1
    name = fit(texts.card, card).rstrip()
    return [
        Piece(f"{name}{texts.tried}{' ' * (card - length(name) + 1)}", "text" if texts.turn else ink),
        Piece(fit(texts.starts, _DAYS), ink, bold=bool(texts.turn)),
        Piece(fit(texts.ends, ends), "muted"),
        Piece(fit(texts.turn, turn), ink),
        Piece(fit(texts.voted, voted), "text" if texts.turn else ink),
        Piece(fit_right(texts.money, money), "muted"),
    ]


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _start(portfolio: Portfolio, placed: Placement | None) -> str:
    """Return the day on which a card starts; the number of the week if the quarter's start is not known."""
    if placed is None or placed.start is None:
        return "–"
    return short_start(portfolio, placed.start) if portfolio.quarter_start else str(placed.start)


def _finish(portfolio: Portfolio, placed: Placement | None) -> str:
    if placed is None or placed.finish is None:
        return "–"
    return short_end(portfolio, placed.finish) if portfolio.quarter_start else str(placed.finish)


def _turn_words(shift: Shift, *, wide: bool) -> str:
    if shift.turn in ("earlier", "later") and shift.old and shift.new:
        weeks = abs(shift.new - shift.old)
        return f"{plural(weeks, 'week') if wide else f'{weeks} wk'} {shift.turn}"
    if shift.turn in ("earlier", "later"):
        return "has a place" if shift.new else "no place"
    return {"shorter": "ends sooner", "longer": "ends later", "new": "new card", "gone": "not done"}[shift.turn]


def _money(effect: Effect, shift: Shift) -> str:
    """Return what waiting for one card costs more or less; nothing if its benefit is not known or not comparable."""
    if shift.before is None or shift.after is None or shift.card in effect.split:
        return ""
    horizon = effect.before.workload.horizon
    weeks = (horizon if shift.after.finish is None else shift.after.finish) - (horizon if shift.before.finish is None else shift.before.finish)
    cost = round_to_units(weeks * weekly(effect.before.workload.cards[shift.card]))
    workload = effect.before.workload
    currency = workload.portfolio.currency_of(workload.cards[shift.card].benefit.currency)
    return f"{'+' if cost > 0 else '-'}{money_name(rounded(abs(cost)), currency)}" if cost else ""


def not_seen(plan: Plan) -> str:
    """Return what money does not see in an order, and how much of it is known."""
    planned = [card for card, placed in plan.placements.items() if placed.lane <= 2]
    without = sum(not weekly(plan.workload.cards[card]) for card in planned)
    gap = f" {without} of {len(planned)} cards have no benefit in money and count nothing here." if without else ""
    return f"Money does not see rules, strategy, promises and who is ready.{gap}"
