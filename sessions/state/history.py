"""The past of a session that is under way: every event in its place, those that lie some way back packed small.

A meeting makes thousands of events, and hardly one of them is looked at again; as objects they would be most of what a long session holds.
So `Past` keeps the latest as they are and packs the rest in blocks, some twenty bytes an event, and `Behind` is the history over them.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Protocol, overload

from sessions.record.events import Recorded, read_onto

BLOCK = 128
"""Events in a block. As many at least, and fewer than twice as many, are kept as they are."""


class Link(Protocol):
    """A link of the history: an undoable event that holds (or was taken back), and the one before it."""

    @property
    def recorded(self) -> Recorded:
        """Return the event."""
        ...

    @property
    def earlier(self) -> Link | None:
        """Return the link before it, or None."""
        ...


class _Kept(NamedTuple):
    """The packed blocks and the events after them: assigned in one step, so that an interrupt sees those before or those after."""

    blocks: tuple[bytes, ...]
    latest: list[Recorded]


class Past(Sequence[Recorded]):
    """All that happened, in order: record 1 stands at place 0. What was there when the session was opened stays as it was read."""

    def __init__(self, opened: Sequence[Recorded], block: int = BLOCK) -> None:
        self._opened = list(opened)
        self._block = block
        self._kept = _Kept((), [])
        self._unpacked: tuple[bytes, list[bytes]] = (b"", [])

    def append(self, recorded: Recorded) -> bool:
        """Add the event that happened; say whether older ones were packed for it."""
        blocks, latest = self._kept
        latest.append(recorded)
        if len(latest) < 2 * self._block:
            return False
        self._kept = _Kept((*blocks, _packed(latest[: self._block])), latest[self._block :])
        return True

    def __len__(self) -> int:
        """Return the number of events."""
        blocks, latest = self._kept
        return len(self._opened) + len(blocks) * self._block + len(latest)

    @overload
    def __getitem__(self, place: int) -> Recorded: ...
    @overload
    def __getitem__(self, place: slice) -> list[Recorded]: ...
    def __getitem__(self, place: int | slice) -> Recorded | list[Recorded]:
        """Return the event at a place, or the list of several."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        blocks, latest = self._kept
        before_latest = len(self._opened) + len(blocks) * self._block
        if place < 0:
            place += before_latest + len(latest)
        if place >= before_latest:
            return latest[place - before_latest]
        if place < 0:
            raise IndexError(place)
        if place < len(self._opened):
            return self._opened[place]
        number, within = divmod(place - len(self._opened), self._block)
        return _read([self._lines(blocks[number])[within]])[0]

    def __iter__(self) -> Iterator[Recorded]:
        """Return the events, the first one first."""
        blocks, latest = self._kept
        return chain(self._opened, chain.from_iterable(_read(_lines(block)) for block in blocks), latest)

    def some(self, seqs: Iterable[int], naming: str = "") -> Iterator[Recorded]:
        """Return the events of these numbers; with a text, those that do not have it as the value of a field may be left out."""
        # A packed event is read only when it has the text, which takes a tenth of the time.
        value = json.dumps(naming).encode("ascii") if naming else b""
        (blocks, latest), opened, size = self._kept, len(self._opened), self._block
        for seq in seqs:
            newer = seq - 1 - opened
            if newer < 0:
                yield self._opened[newer]
            elif (number := newer // size) >= len(blocks):
                yield latest[newer - len(blocks) * size]
            elif value in (line := self._lines(blocks[number])[newer % size]):
                yield from _read([line])

    def _lines(self, block: bytes) -> list[bytes]:
        """Return the records of a block; those of the last one asked for are at hand, as neighbours are asked for one after the other."""
        if self._unpacked[0] is not block:
            self._unpacked = block, _lines(block)
        return self._unpacked[1]


class Behind:
    """A link of the history that stands for an event by its number; those before it are the ones to its left in one list of numbers."""

    __slots__ = ("_at", "_past", "_seqs")

    def __init__(self, past: Past, seqs: array[int], at: int) -> None:
        self._past, self._seqs, self._at = past, seqs, at

    @property
    def recorded(self) -> Recorded:
        """Return the event."""
        return self._past[self._seqs[self._at] - 1]

    @property
    def earlier(self) -> Link | None:
        """Return the link before it, or None."""
        return Behind(self._past, self._seqs, self._at - 1) if self._at else None

    @property
    def seqs(self) -> array[int]:
        """Return the numbers of the events up to this one, its own last."""
        return self._seqs[: self._at + 1]

    def walk(self, naming: str) -> Iterator[Recorded]:
        """Return the events from this one on back, as `Past.some` gives them."""
        return self._past.some(reversed(self.seqs), naming)


def walk(link: Link | None, naming: str = "") -> Iterator[Recorded]:
    """Return a history's events from a link on back; with a text, those that do not have it as the value of a field may be left out."""
    while link is not None:
        if isinstance(link, Behind):
            yield from link.walk(naming)
            return
        yield link.recorded
        link = link.earlier


def put_behind(link: Link | None, past: Past) -> Link | None:
    """Return the same history as numbers of events of the past, which hold them no longer."""
    newer = array("I")
    while link is not None and not isinstance(link, Behind):
        newer.append(link.recorded.seq)
        link = link.earlier
    seqs = link.seqs if isinstance(link, Behind) else array("I")
    seqs.extend(reversed(newer))
    return Behind(past, seqs, len(seqs) - 1) if seqs else None


def _packed(recordeds: Sequence[Recorded]) -> bytes:
    # In ASCII, so that a value is the same bytes wherever it stands.
    return zlib.compress(b"\n".join(json.dumps(each.as_record(), separators=(",", ":")).encode("ascii") for each in recordeds))


def _lines(block: bytes) -> list[bytes]:
    return zlib.decompress(block).split(b"\n")


def _read(lines: Sequence[bytes]) -> list[Recorded]:
    recordeds: list[Recorded] = []
    read_onto(recordeds, map(json.loads, lines))
    return recordeds
