"""The ranked list of a board, of which many versions are alive at once: a move makes another version that shares nearly all of the one before.

A tuple would be copied whole for every move, which with thousands of cards is felt in the key that made it. Here it is cut into pieces: a move
makes the piece that the card leaves and the one that it comes to anew, and takes the others over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

_PIECE = 128
"""Cards in a piece when the list is cut; pieces grow and shrink with the moves, and one that has doubled has all of it cut again."""

Piece = tuple[str, ...]


class Order:
    """Card ids by rank. It never changes; places count from 0."""

    __slots__ = ("_all", "_count", "_pieces")

    def __init__(self, cards: tuple[str, ...]) -> None:
        self._all: tuple[str, ...] | None = cards
        self._pieces: tuple[Piece, ...] | None = None
        self._count = len(cards)

    def __len__(self) -> int:
        """Return the number of cards."""
        return self._count

    def __iter__(self) -> Iterator[str]:
        """Return the cards by rank."""
        return iter(self.cards)

    @property
    def cards(self) -> tuple[str, ...]:
        """The whole list, put together when it is first asked for."""
        if self._all is None:
            self._all = tuple(chain.from_iterable(self._cut()))
        return self._all

    def at(self, place: int) -> str:
        """Return the card at a place. Raises IndexError where there is none."""
        if self._all is not None:
            return self._all[place]
        piece, within = self._find(place)
        return self._cut()[piece][within]

    def index(self, card: str) -> int:
        """Return the place of a card. Raises ValueError where it is not on the board."""
        if self._all is not None:
            return self._all.index(card)
        passed = 0
        for piece in self._cut():
            if card in piece:
                return passed + piece.index(card)
            passed += len(piece)
        raise ValueError(card)

    def moved(self, card: str, to: int) -> Order:
        """Return the list with a card moved to a place. Raises ValueError where the card or the place is not on the board."""
        if not 0 <= to < self._count:
            raise ValueError(to)
        pieces = list(self._cut())
        left = next((number for number, piece in enumerate(pieces) if card in piece), None)
        if left is None:
            raise ValueError(card)
        at = pieces[left].index(card)
        pieces[left] = pieces[left][:at] + pieces[left][at + 1 :]
        number, within = _place(pieces, to)
        pieces[number] = (*pieces[number][:within], card, *pieces[number][within:])
        return _put_together(pieces, self._count)

    def _cut(self) -> tuple[Piece, ...]:
        if self._pieces is None:
            assert self._all is not None
            self._pieces = tuple(self._all[first : first + _PIECE] for first in range(0, self._count, _PIECE))
        return self._pieces

    def _find(self, place: int) -> tuple[int, int]:
        if not -self._count <= place < self._count:
            raise IndexError(place)
        return _place(self._cut(), place % self._count)


def _place(pieces: list[Piece] | tuple[Piece, ...], place: int) -> tuple[int, int]:
    """Return the number of the piece in which a place lies, and where in it; a place behind all cards lies in the last piece."""
    for number, piece in enumerate(pieces):
        if place < len(piece):
            return number, place
        place -= len(piece)
    return len(pieces) - 1, place + len(pieces[-1])


def _put_together(pieces: list[Piece], count: int) -> Order:
    """Make a list of pieces; one that has grown has the list cut again when it is next moved in."""
    result = Order(())
    result._all, result._pieces, result._count = None, tuple(filter(None, pieces)), count
    if max(map(len, pieces)) > 2 * _PIECE:
        return Order(result.cards)
    return result


KEPT = "_ranking"
"""Where a session keeps its order."""


class OrderField:
    """The field `order` of a session: a tuple for whoever reads or sets it, kept as an `Order`, which versions of a session share."""

    def __get__(self, instance: object, owner: type) -> tuple[str, ...]:
        """Return the cards by rank."""
        ranking: Order = instance.__dict__[KEPT]
        return ranking.cards

    def __set__(self, instance: object, cards: tuple[str, ...]) -> None:
        """Take cards by rank."""
        instance.__dict__[KEPT] = Order(cards)
