"""What was tried, in words, and what keeps it: the sentences and the command of a what-if."""

from __future__ import annotations

from sessions.sequencing.cost import round_to_units, weekly
from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.reasons import named_card
from sessions.sequencing.what_if import Effect, Shift
from sessions.wording import money_name, plural
from tui.text import fit, fit_right
from tui.themes import Ink
from tui.widgets.listing import Line, Piece

_MONEY_FROM = 100
"""Columns from which the cost of waiting is shown card by card."""


# --- the list of what changes


def cut_words(effect: Effect) -> str:
    """Return where the cut line would be, if it moves."""
    before, after = effect.before.cut_rank, effect.after.cut_rank
    if before == after:
        return f"The cut line stays above #{before}." if before else "Every card starts in the quarter."
    return f"The cut line goes from {_above(before)} to {_above(after)}."


def _above(rank: int | None) -> str:
    return f"above #{rank}" if rank else "below the last card"


def heading_line(width: int) -> Line:
    """Return the line above the changes."""
    return _columns(width, ("card", "starts", "ends", "", "waiting costs"), "muted")


def shift_line(effect: Effect, shift: Shift, width: int) -> Line:
    """Return one change: the card, its start and end before and after, the turn it takes, and what that costs."""
    plan = effect.before if shift.turn == "gone" else effect.after
    starts = _arrow(_start(shift.before), _start(shift.after))
    ends = _arrow(_finish(shift.before), _finish(shift.after))
    sign, ink = _TURNS[shift.turn]
    turn = f"{sign} {_turn_words(shift, wide=width >= _MONEY_FROM)}"
    return _columns(width, (named_card(plan, shift.card), starts, ends, turn, _money(effect, shift)), ink)


_TURNS: dict[str, tuple[str, Ink]] = {
    "earlier": ("▲", "start"), "shorter": ("▲", "start"), "later": ("▼", "wait"), "longer": ("▼", "wait"),
    "new": ("+", "new"), "gone": ("–", "muted"),
}  # fmt: skip


def _columns(width: int, texts: tuple[str, str, str, str, str], ink: Ink) -> Line:
    wide = width >= _MONEY_FROM
    weeks, turn, money = (10, 21 if wide else 14, 15 if wide else 0)
    card = max(8, width - 2 * weeks - turn - money - 2)
    title = Piece(fit(texts[0], card - 1) + " ", "text" if texts[3] else ink)
    line = [title, Piece(fit(texts[1], weeks), ink, bold=bool(texts[3])), Piece(fit(texts[2], weeks), "muted"), Piece(fit(texts[3], turn), ink)]
    return [*line, Piece(fit_right(texts[4], money), "muted")] if wide else line


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _start(placed: Placement | None) -> str:
    return "–" if placed is None or placed.start is None else str(placed.start)


def _finish(placed: Placement | None) -> str:
    return "–" if placed is None or placed.finish is None else str(placed.finish)


def _turn_words(shift: Shift, *, wide: bool) -> str:
    if shift.turn in ("earlier", "later") and shift.old and shift.new:
        weeks = abs(shift.new - shift.old)
        return f"{plural(weeks, 'week') if wide else f'{weeks} wk'} {shift.turn}"
    if shift.turn in ("earlier", "later"):
        return "has a place" if shift.new else "no place"
    return {"shorter": "ends sooner", "longer": "ends later", "new": "new card", "gone": "not done"}[shift.turn]


def _money(effect: Effect, shift: Shift) -> str:
    """Return what waiting for one card costs more or less; nothing where its benefit is not known or not comparable."""
    if shift.before is None or shift.after is None or shift.card in effect.split:
        return ""
    horizon = effect.before.workload.horizon
    weeks = (horizon if shift.after.finish is None else shift.after.finish) - (horizon if shift.before.finish is None else shift.before.finish)
    cost = round_to_units(weeks * weekly(effect.before.workload.cards[shift.card]))
    currency = effect.before.workload.portfolio.currency
    return f"{'+' if cost > 0 else '-'}{money_name(abs(cost), currency)}" if cost else ""


def not_seen(plan: Plan) -> str:
    """Return what money does not see in an order, and how much of it is known."""
    planned = [card for card, placed in plan.placements.items() if placed.lane <= 2]
    without = sum(not weekly(plan.workload.cards[card]) for card in planned)
    gap = f" {without} of {len(planned)} cards have no benefit in money and count nothing here." if without else ""
    return f"Money does not see rules, strategy, promises and who is ready.{gap}"
