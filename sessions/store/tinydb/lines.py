r"""The shape of a session file: how a record becomes a line, and how the lines of a file are read and proved.

    {"events": {
    "1": {"seq":1,...,"chain":"9f2c..."}
    ,"2": {"seq":2,...,"chain":"07aa..."}
    }}

The whole is one JSON object, a TinyDB database with the table `events`. A line is the record's number and its JSON, which ends with its chain
(`record.chain`), so that every byte of a line is either counted or hashed. No clock, no disk here: pure functions over bytes.
"""

import hashlib
import re
from binascii import hexlify
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pydantic_core import from_json

from sessions.errors import RecordError
from sessions.record.chain import CHAIN_END, CHAIN_KEY, CHAIN_LENGTH, FIRST_CHAIN, Record, chain_in, chain_of, encode_all, unchained

HEADER: Final = b'{"events": {\n'
CLOSING: Final = b"}}"

_SECTOR: Final = 512
_NEXT_LINE: Final = b'\n,"'
_HEX: Final = frozenset(b"0123456789abcdef")


class Damage(NamedTuple):
    """Where stored bytes are not what was written: the record's number (0 is the opening line), the byte where its line begins, and how."""

    record_number: int
    byte_offset: int
    what: str

    def __str__(self) -> str:
        place = f"record {self.record_number}" if self.record_number else "the opening line"
        return f"{place} is damaged at byte {self.byte_offset} ({self.what})"


class Tip(NamedTuple):
    """How far a session goes: where its last record ends, that record's chain, and how many there are."""

    end: int
    chain: bytes
    records: int


class Scan(NamedTuple):
    """What a session file holds: the proved records, their end, and what follows them."""

    records: list[Record]
    good_end: int
    """The byte after the last proved record (after its line end, if it has one)."""
    ending: bytes
    """The bytes at `good_end` that make the file whole: the closing, after a line end if that is missing."""
    closed: bool
    """Whether exactly these bytes are there."""
    torn: bytes
    """Bytes of an append that never finished; no acknowledged record is among them."""
    damage: Damage | None

    @property
    def tip(self) -> Tip:
        """The end after the last proved line, once `ending` is in its place."""
        return Tip(self.good_end + len(self.ending) - len(CLOSING), chain_in(self.records), len(self.records))


def lines_of(payloads: Sequence[bytes], known: int = 0) -> bytes:
    """Return the lines of records that follow on this many known ones, given as JSON with their chains."""
    return b"".join(b"%b%b\n" % (_prefix(number), payload) for number, payload in enumerate(payloads, known + 1))


def file_of(payloads: Sequence[bytes]) -> bytes:
    """Return the bytes of a whole session file with these records, given as JSON with their chains."""
    return b"".join([HEADER, lines_of(payloads), CLOSING])


def session_file(records: Sequence[Record]) -> bytes:
    """Return the bytes of a whole session file with these records, with their chains or without. Raises RecordError as `chain.encode` does."""
    return file_of(encode_all(list(map(unchained, records)), 0, FIRST_CHAIN)[0])


def payloads_of(data: bytes, found: Scan) -> list[bytes]:
    """Return the JSON of the proved records in a session file, byte for byte."""
    lines = data[len(HEADER) : found.good_end].split(b"\n")
    return [line[len(_prefix(number)) :] for number, line in enumerate(lines[: len(found.records)], 1)]


def scan(data: bytes) -> Scan:
    """Read and prove a session file; raises RecordError when it is not one at all.

    Damage is returned, not raised: `records` then holds the records before it (for a changed opening line: all of them).
    """
    if not data.startswith(HEADER):
        return _scan_behind_damaged_header(data)
    return _scan_from_header(data)


def _scan_behind_damaged_header(data: bytes) -> Scan:
    if not data or HEADER.startswith(data):
        raise RecordError("it holds no session: it was never begun, or emptied; nothing can be read from it")
    found = _scan_from_header(data)
    if not found.records:
        raise RecordError("it is not a Quarterdeck session")
    offset = next(place for place, byte in enumerate(HEADER) if data[place] != byte)
    damage = Damage(0, offset, "it is not what Quarterdeck writes")
    return Scan(found.records, found.good_end, found.ending, found.closed, found.torn, found.damage or damage)


def _scan_from_header(data: bytes) -> Scan:
    starts, end = _prove_lines(data)
    records = _read_lines(data, starts, end)
    if len(records) < len(starts):
        place = starts[len(records)]
        return Scan(records, place, CLOSING, False, b"", Damage(len(records) + 1, place, "it is not a record"))
    found = _read_rest(data, records, end)
    if not (found.records or found.closed or found.damage):
        # A file appears under its name with the first record in it, so no append can have been cut short here.
        return Scan([], end, CLOSING, False, b"", Damage(1, end, "it was cut short"))
    return found


def _prove_lines(data: bytes) -> tuple[list[int], int]:
    """Return the start of each proved line, and the end of the last; stop at the first that fails."""
    starts: list[int] = []
    start, number, previous, sha256 = len(HEADER), 1, FIRST_CHAIN, hashlib.sha256
    # `_prefix` and `chain_of` inlined: this runs for every record before a session's first frame.
    while (end := data.find(b"\n", start)) >= 0:
        chain_at = end - CHAIN_LENGTH
        prefix = b',"%d": ' % number if number > 1 else b'"1": '
        digest = hexlify(sha256(previous + data[start + len(prefix) : chain_at] + b"}").digest()[:16])
        if data[chain_at:end] != CHAIN_KEY + digest + CHAIN_END or not data.startswith(prefix, start):
            break
        starts.append(start)
        start, number, previous = end + 1, number + 1, digest
    return starts, start


def _read_lines(data: bytes, starts: list[int], end: int) -> list[Record]:
    """Return the records of proved lines, as far as they are records with the right number."""
    records: list[Record] = []
    for number, (first, last) in enumerate(pairwise([*starts, end]), 1):
        record = _read_line(data[first:last], number)
        if record is None:
            break
        records.append(record)
    return records


def _read_line(line: bytes, number: int) -> Record | None:
    try:
        record = from_json(line[len(_prefix(number)) :], allow_inf_nan=False)
    except ValueError:
        return None
    return record if _is_record(record, number) else None


def _is_record(value: object, number: int) -> bool:
    return type(value) is dict and value.get("seq") == number and "chain" in value


def _read_rest(data: bytes, records: list[Record], end: int) -> Scan:
    """Judge the bytes after the last proved line."""
    rest = data[end:]
    if rest == CLOSING:
        return Scan(records, end, CLOSING, True, b"", None)
    if CLOSING.startswith(rest):
        return Scan(records, end, CLOSING, False, b"", None)
    if _holds_closing(rest, len(records) + 1):
        return Scan(records, end, CLOSING, False, rest.removeprefix(CLOSING), None)
    if _NEXT_LINE not in rest:
        if rest.startswith(CLOSING):  # a grown file whose new bytes, or the first of them, never came
            return Scan(records, end, CLOSING, False, rest[len(CLOSING) :], None)
        if _has_unwritten_sector(rest, end):
            return Scan(records, end, CLOSING, False, rest, None)
        if b"\n" not in rest:
            return _read_unfinished(records, end, rest)
    damage = Damage(len(records) + 1, end, _what_is_wrong(rest, len(records) + 1))
    return Scan(records, end, CLOSING, False, b"", damage)


def _holds_closing(rest: bytes, number: int) -> bool:
    """Return whether lines that were written together still have the closing, or half of it, in place of their first bytes.

    Those bytes are written last, so none of these lines was ever acknowledged. The sectors behind may have reached the disk or not.
    """
    new = _prefix(number)
    old = CLOSING.ljust(len(new), b"\0")
    return b"}" in rest[: len(CLOSING)] and all(byte in each for byte, *each in zip(rest, new, old, strict=False))


def _read_unfinished(records: list[Record], end: int, rest: bytes) -> Scan:
    """Judge a last line without its end: a record that lacks only that counts, a part of one is torn."""
    number = len(records) + 1
    cut = rest.rfind(CHAIN_KEY)
    line = rest[: cut + CHAIN_LENGTH] if cut >= 0 else b""
    if not _looks_complete(line, cut):
        return Scan(records, end, CLOSING, False, rest, None)
    previous = chain_in(records)
    prefix = _prefix(number)
    proved = line.startswith(prefix) and line[cut:] == CHAIN_KEY + chain_of(previous, line[len(prefix) : cut]) + CHAIN_END
    last = _read_line(line, number) if proved else None
    if last is None:
        return Scan(records, end, CLOSING, False, b"", Damage(number, end, _what_is_wrong(rest, number)))
    left = rest[len(line) :]
    torn = b"" if CLOSING.startswith(left) else left
    return Scan([*records, last], end + len(line), b"\n" + CLOSING, False, torn, None)


def _looks_complete(line: bytes, cut: int) -> bool:
    digits = line[cut + len(CHAIN_KEY) : -2]
    return len(digits) == 32 and line.endswith(CHAIN_END) and _HEX.issuperset(digits)


def _has_unwritten_sector(rest: bytes, offset: int) -> bool:
    """Return whether a sector of a last line still holds its earlier bytes: its append was never finished, so it was never acknowledged.

    Before an append, these are the closing (a border of sectors may go through it) and, as the file grows, zeros.
    """
    before = CLOSING.ljust(len(rest), b"\0")
    first = -offset % _SECTOR or _SECTOR
    sectors = [(0, first), *((at, at + _SECTOR) for at in range(first, len(rest) - _SECTOR + 1, _SECTOR))]
    return any(rest[start:end] == before[start:end] for start, end in sectors)


def _what_is_wrong(rest: bytes, number: int) -> str:
    """Return in a few words what is wrong with the line that should be record `number`."""
    found = re.match(rb',?"(\d{1,15})": \{', rest)
    if found and int(found[1]) != number:
        return f"record {int(found[1])} is where record {number} should be"
    return "its bytes are not those that were written"


def _prefix(number: int) -> bytes:
    return b',"%d": ' % number if number > 1 else b'"1": '
