"""The cards of a ballot as a dialog lists them: in the order of their ids, by the numbers under which they are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.text import fit, fit_right, length
from tui.widgets.listing import Line, Listing, Piece

FEW = 4
"""Cards up to which the list needs no paging."""
_GAP = 3
_MOST_ID = 12


class BallotCards(Listing, can_focus=False, inherit_bindings=False):
    """Cards with their numbers, in columns that are read downwards. Its dialog scrolls it: the keys go to what is typed."""

    def __init__(self, cards: Sequence[str], titles: Mapping[str, str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._cards, self._titles = cards, titles

    def list_in(self, columns: int, most: int) -> None:
        """List the cards in so many columns, with at most so many lines in view."""
        lines = -(-len(self._cards) // columns)
        self.styles.height = min(lines, most)
        self.show([""] * lines, lambda place, width: self._line(place, width, lines, columns))

    def _line(self, place: int, width: int, lines: int, columns: int) -> Line:
        room = (width - _GAP * columns) // columns
        pieces: list[Piece] = []
        for number in range(place, len(self._cards), lines):
            pieces += [*self._card(number, room), Piece(" " * _GAP)]
        return pieces

    def _card(self, number: int, width: int) -> list[Piece]:
        """Draw a card as its number, its id unless it looks like a number, and its title."""
        figures = len(str(len(self._cards))) + 1
        ids = min(_MOST_ID, max((length(card) for card in self._cards if not card.isdecimal()), default=-2)) + 2
        card = self._cards[number]
        return [
            Piece(fit_right(str(number + 1), figures), "focus", bold=True),
            Piece("  "),
            Piece(fit("" if card.isdecimal() else card, ids), "muted"),
            Piece(fit(self._titles[card], width - figures - 2 - ids)),
        ]

    def scroll_line(self, by: int) -> None:
        """Look one line further down, or up."""
        self.scroll_relative(y=by, animate=False, force=True)
