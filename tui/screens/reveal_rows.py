"""The reveal as rows: the group's order beside the board's and both sides' orders. Pure functions over the session; no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions.commands.ballots import side_name
from sessions.record.events import BallotsRevealed, Tally, Weighting
from sessions.state import SIDES, Session
from sessions.voting.points import order_depends_on_counting
from tui.text import fit, fit_right, length
from tui.widgets.listing import Line, Piece

FIRST = 7
"""The first cards of an order, whose membership is told when it depends on counting (METHOD 3.1)."""
COUNTING: dict[Weighting, str] = {"sides": "equal sides", "person": "one voice a person"}

_BAR_FROM = 90
"""From this width on the mean has a bar."""
_WHOLE_WORDS_FROM = 70
"""From this width on the sides are named in full."""
_TITLE = "the group's order"


@dataclass(frozen=True, slots=True)
class RevealRow:
    """A card in the group's order. Ranks count from 1, None where there is none; `mean` is points a voice in tenths."""

    card: str
    title: str
    rank: int
    mean: int
    board: int | None
    sides: tuple[int | None, ...]
    apart: int
    """How many ranks lie between the sides where that is much, else 0."""

    @property
    def climbs(self) -> int:
        """The ranks by which the group puts the card higher than the board does; negative is lower."""
        return self.board - self.rank if self.board else 0


def tally_of(revealed: BallotsRevealed, weighting: Weighting) -> Tally | None:
    """Give the result under one weighting, None where everybody abstained."""
    return next((tally for tally in revealed.tallies if tally.weighting == weighting), None)


def much(cards: int) -> int:
    """Give the difference in rank from which on the two sides are told to be apart."""
    return max(4, -(-cards // 4))


def reveal_rows(session: Session, revealed: BallotsRevealed, weighting: Weighting) -> list[RevealRow]:
    """Give a row for every card of the ballot, in the group's order."""
    tally = tally_of(revealed, weighting)
    if tally is None:
        return []
    orders = {side: {card: rank for rank, card in enumerate(order, 1)} for side, order in revealed.side_orders}
    board = {card: rank for rank, card in enumerate(session.order, 1)}
    rows = []
    for rank, (card, mean) in enumerate(zip(tally.order, tally.mean_tenths, strict=True), 1):
        sides = tuple(orders.get(side, {}).get(card) for side in SIDES)
        known = [each for each in sides if each is not None]
        apart = max(known) - min(known) if len(known) > 1 else 0
        rows.append(
            RevealRow(card, _title(session, card), rank, mean, board.get(card), sides, apart if apart >= much(len(tally.order)) else 0)
        )
    return rows


def _title(session: Session, card: str) -> str:
    if card in session.cards:
        return session.cards[card].title
    return f"{session.withdrawn[card].card.title} (withdrawn)" if card in session.withdrawn else card


def turnout(session: Session, revealed: BallotsRevealed) -> str:
    """Say who voted: ballots by side, abstentions, missing voices, and the reason of an override."""
    parts = []
    for side in SIDES:
        ballots = sum(each.side == side for each in revealed.ballots)
        of_side = ballots + sum(session.people[voice].side == side for voice in revealed.missing if voice in session.people)
        if of_side:
            parts.append(f"{side_name(side)} {ballots} of {of_side}")
    abstained = sum(each.abstained for each in revealed.ballots)
    told = f"Ballots in: {', '.join(parts)}" + (f" · {abstained} abstained" if abstained else "")
    if revealed.missing:
        told += f" · missing: {', '.join(session.role(voice) for voice in revealed.missing)}"
    return told + (f" · revealed all the same: {revealed.override}" if revealed.override else "")


def depends(session: Session, revealed: BallotsRevealed) -> str:
    """Say which cards are among the first only under one way of counting (METHOD 3.1), or nothing."""
    first, second = tally_of(revealed, "sides"), tally_of(revealed, "person")
    if first is None or second is None:
        return ""
    only_first, only_second = order_depends_on_counting(first.order, second.order, FIRST)
    if not only_first:
        return ""
    return (
        f"Order depends on counting: with {COUNTING['sides']} the first {FIRST} hold {_named(session, first, only_first)}, "
        f"with {COUNTING['person']} {_named(session, second, only_second)}."
    )


def _named(session: Session, tally: Tally, cards: set[str]) -> str:
    return " and ".join(f"“{_title(session, card)}”" for card in tally.order if card in cards)


class _Columns:
    """How many cells each column has in a width."""

    def __init__(self, width: int, count: int, longest: int) -> None:
        self.rank = len(str(count)) + 1
        self.bar = 0 if width < _BAR_FROM else min(24, 10 + (width - _BAR_FROM) // 3)
        whole = width >= _WHOLE_WORDS_FROM
        self.mean, self.board, self.step, self.mark = (8, 7, 6, 8) if whole else (7, 6, 5, 6)
        self.sides = (10, 5) if whole else (5, 4)
        beside = self.rank + 3 + self.bar + self.mean + self.board + self.step + sum(self.sides) + self.mark
        # No wider than the longest title, or the eye loses the row between the title and its figures.
        self.title = max(1, min(width - beside, max(longest, len(_TITLE))))


def longest_title(rows: Sequence[RevealRow]) -> int:
    """Give the cells of the longest title."""
    return max((length(row.title) for row in rows), default=0)


def heading(width: int, count: int, longest: int) -> Line:
    """Draw the line above the rows. `longest` is the cells of the longest title."""
    columns = _Columns(width, count, longest)
    business = "business" if columns.sides[0] > len("business") else "bus."
    words = [
        fit_right("#", columns.rank), "  ", fit(_TITLE, columns.title), " ", " " * columns.bar,
        fit_right("points", columns.mean), fit_right("board", columns.board), fit("", columns.step),
        fit_right(business, columns.sides[0]), fit_right("IT", columns.sides[1]), fit_right("apart", columns.mark),
    ]  # fmt: skip
    return [Piece("".join(words), "muted")]


def line(row: RevealRow, width: int, count: int, most: int, longest: int) -> Line:
    """Draw a row. `most` is the highest mean, in tenths: the whole bar; `longest` is the cells of the longest title."""
    columns = _Columns(width, count, longest)
    sides = [fit_right(str(rank) if rank else "–", cells) for rank, cells in zip(row.sides, columns.sides, strict=True)]
    return [
        Piece(fit_right(str(row.rank), columns.rank), bold=True),
        Piece("  "),
        Piece(fit(row.title, columns.title)),
        Piece(" "),
        Piece(fit(bar(row.mean, most, columns.bar - 1), columns.bar) if columns.bar else "", "bar"),
        Piece(fit_right(f"{row.mean // 10}.{row.mean % 10}", columns.mean)),
        Piece(fit_right(str(row.board) if row.board else "–", columns.board), "muted"),
        Piece(" "),
        Piece(fit(_step(row), columns.step - 1), "focus"),
        Piece("".join(sides), "differ" if row.apart else "text", bold=bool(row.apart)),
        Piece(fit_right(f"≠ {row.apart}" if row.apart else "", columns.mark), "differ", bold=True),
    ]


def _step(row: RevealRow) -> str:
    """Say how far the group's order lies above or below the board's."""
    return f"▲{row.climbs}" if row.climbs > 0 else f"▼{-row.climbs}" if row.climbs < 0 else ""


def bar(value: int, most: int, cells: int) -> str:
    """Draw a value as a bar; the highest value fills all cells."""
    halves = value * cells * 2 // most if most else 0
    return "━" * (halves // 2) + "╸" * (halves % 2)
