"""The cards of a ballot as a dialog lists them: by their numbers, which are those of the board when the ballot opened, with titles in full."""

from __future__ import annotations

from collections.abc import Mapping

from tui.text import fit, fit_right, length, wrap
from tui.widgets.listing import Line, Listing, Piece

FEW = 4
"""Cards up to which the list needs no paging."""
_GAP = 3
_MOST_LINES = 4
"""Lines that a title takes at most."""


class BallotCards(Listing, can_focus=False, inherit_bindings=False):
    """Cards with their numbers, in columns that are read downwards. Its dialog scrolls it: the keys go to what is typed."""

    def __init__(self, numbers: Mapping[str, int], titles: Mapping[str, str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._cards = [(str(numbers[card]), title) for card, title in titles.items()]
        self._figures = max((len(number) for number, _ in self._cards), default=1) + 1

    def list_in(self, width: int, most: int) -> None:
        """List the cards in `width` cells, with at most `most` lines in view: in two columns if every title fits whole."""
        room = width - 2  # the mark of a selected line, and the scroll bar
        half = room // 2 - _GAP - self._figures - 2
        lines = self._in_two(half) if all(length(title) <= half for _, title in self._cards) else self._in_one(room - self._figures - 2)
        self.styles.height = max(1, min(len(lines), most))
        self.show([""] * len(lines), lambda place, _: lines[place])

    def _in_one(self, width: int) -> list[Line]:
        return [
            [self._number(number if at == 0 else ""), Piece(part)]
            for number, title in self._cards
            for at, part in enumerate(wrap(title, max(1, width), _MOST_LINES) or [""])
        ]

    def _in_two(self, width: int) -> list[Line]:
        count = -(-len(self._cards) // 2)
        columns = self._cards[:count], self._cards[count:]
        drawn = [[(self._number(number), Piece(fit(title, width) + " " * _GAP)) for number, title in column] for column in columns]
        return [[*left, *(drawn[1][place] if place < len(drawn[1]) else ())] for place, left in enumerate(drawn[0])]

    def _number(self, number: str) -> Piece:
        return Piece(fit_right(number, self._figures) + "  ", "focus", bold=True)

    def scroll_line(self, by: int) -> None:
        """Look one line further down, or up."""
        self.scroll_relative(y=by, animate=False, force=True)
