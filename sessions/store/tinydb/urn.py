"""The urn: ballots that are cast and not yet revealed, in a 0600 file beside the session.

The session file holds only that a voter has voted, and the seal of the ballot; the ballot itself is here until the reveal. The urn shows
as little as it can: its rows are in the order of their seals (random, for each is salted), hold no time, and all have the same length, a
multiple of 4096 bytes. It is rewritten as a whole and on the disk before `seal` returns.
"""

import contextlib
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from pydantic_core import from_json

from sessions.disk.files import (
    FULL_DISK,
    REAL_FILES,
    FileOps,
    os_error_text,
    printable_path,
    read_all,
    reading,
    sweep_temporaries,
    sync_folder,
    write_atomically,
)
from sessions.errors import RecordError
from sessions.record.chain import to_json
from sessions.record.seal import SALT, Ballot, seal_of

_ROW_STEP: Final = 4096
_SEAL: Final = r"[0-9a-f]{64}"


class _Row(NamedTuple):
    """One sealed ballot."""

    seal: str
    round_number: int
    voice: str
    salt: str
    ballot: Ballot


class _Batch:
    """The rows as they will be written at the end of a batch; None until they are first read."""

    def __init__(self) -> None:
        self.rows: list[_Row] | None = None
        self.changed = self.discarded = False


class Urn:
    """The sealed ballots of one session; only the holder of the session's lock may change them.

    `salt` gives 32 hex digits that were never used before, each time it is called. `guard` raises RecordError when the session may not be
    written: it is called before every change, because two windows that change an urn lose each other's ballots.
    """

    def __init__(self, path: Path, ops: FileOps = REAL_FILES, *, salt: Callable[[], str] = str, guard: Callable[[], None] = lambda: None) -> None:
        self.path = path
        self._ops = ops
        self._salt = salt
        self._guard = guard
        self._batch: _Batch | None = None

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Hold all changes back and write them together at the end; when the block raises, write nothing."""
        batch = self._batch = _Batch()
        try:
            yield
        finally:
            self._batch = None
        if batch.rows is None:
            return
        if batch.discarded:
            self._clear_up(batch.rows, changed=batch.changed)
        elif batch.changed:
            self._write(batch.rows)

    def seal(self, round_number: int, voice: str, ballot: Ballot) -> str:
        """Store a ballot, durably, and return its seal.

        An earlier ballot of the same voter stays until `keep_latest`: the session may not have recorded the new seal yet. Raises RecordError
        when it is not stored.
        """
        self._guard()
        salt = self._salt()
        row = _Row(seal_of(salt, ballot), round_number, voice, salt, ballot)
        self._write([other for other in self._read() if other.seal != row.seal] + [row])
        return row.seal

    def keep_latest(self, round_number: int, voice: str, seal: str) -> None:
        """Drop all other ballots of this voter in this round: the session has recorded `seal`."""
        self._guard()
        rows = self._read()
        if not any(row.seal == seal and row.voice == voice and row.round_number == round_number for row in rows):
            raise RecordError(f"{printable_path(self.path)} does not hold the ballot of {voice!r} for round {round_number}: ask for it again")
        kept = [row for row in rows if (row.round_number, row.voice) != (round_number, voice) or row.seal == seal]
        if len(kept) < len(rows):
            self._write(kept)

    def open_seals(self, round_number: int, seals: Mapping[str, str]) -> dict[str, tuple[str, Ballot]]:
        """Return salt and ballot for each voter's recorded seal, each proved; RecordError names the voters without one."""
        rows = self._sealed(round_number, seals)
        lacking = [repr(voter) for voter, row in rows.items() if row is None]
        if lacking:
            raise RecordError(
                f"{printable_path(self.path)} does not hold the ballot that {', '.join(lacking)} sealed in round {round_number} "
                "(missing or altered): ask for it again before the reveal"
            )
        return {voter: (row.salt, row.ballot) for voter, row in rows.items() if row is not None}

    def discard(self, round_number: int) -> None:
        """Forget all ballots of a round; the file goes with the last one. Harmless when there is none."""
        self._guard()
        rows = self._read()
        self._keep(rows, [row for row in rows if row.round_number != round_number])

    def keep_only(self, seals: Collection[str]) -> None:
        """Forget what a killed process left: all but the ballots with these seals. If there are none, nothing in the file matters."""
        self._guard()
        rows = self._read() if seals else []
        self._keep(rows, [row for row in rows if row.seal in seals])

    def missing(self, round_number: int, seals: Mapping[str, str]) -> tuple[str, ...]:
        """Return the voters whose recorded seal has no ballot here, or one that does not match it."""
        return tuple(voter for voter, row in self._sealed(round_number, seals).items() if row is None)

    def _sealed(self, round_number: int, seals: Mapping[str, str]) -> dict[str, _Row | None]:
        """Return the proved row for each voter's recorded seal."""
        rows = {(row.voice, row.seal): row for row in self._read() if row.round_number == round_number and _is_sealed(row)}
        return {voter: rows.get((voter, seal)) for voter, seal in seals.items()}

    def _keep(self, rows: list[_Row], kept: list[_Row]) -> None:
        if self._batch:
            self._batch.rows, self._batch.discarded = kept, True
            self._batch.changed |= len(kept) < len(rows)
        else:
            self._clear_up(kept, changed=len(kept) < len(rows))

    def _clear_up(self, kept: list[_Row], *, changed: bool) -> None:
        if changed and kept:
            self._write(kept)
        with self._reporting("could not be deleted; delete it yourself"):
            sweep_temporaries(self.path, self._ops)  # what a killed process left behind holds ballots too
            if not kept:
                with contextlib.suppress(FileNotFoundError):
                    self._ops.unlink(self.path)
                sync_folder(self.path.parent, self._ops)

    def _write(self, rows: list[_Row]) -> None:
        if self._batch:
            self._batch.rows, self._batch.changed = rows, True
            return
        with self._reporting("could not be written, so the ballot is not sealed; try again"):
            write_atomically(self.path, _to_bytes(rows), self._ops, 0o600)

    def _read(self) -> list[_Row]:
        if self._batch is None:
            return self._read_file()
        if self._batch.rows is None:
            self._batch.rows = self._read_file()
        return list(self._batch.rows)

    def _read_file(self) -> list[_Row]:
        with self._reporting("could not be read; check your rights on it"):
            try:
                with reading(self.path, self._ops) as fd:
                    data = read_all(fd, self._ops) if stat.S_ISREG(self._ops.fstat(fd).st_mode) else b"?"
            except FileNotFoundError:
                return []
        lines = data.removesuffix(b"\n").split(b"\n") if data else []
        return [_to_row(line, self.path, number) for number, line in enumerate(lines, 1)]

    @contextlib.contextmanager
    def _reporting(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = "the disk is full" if error.errno in FULL_DISK else os_error_text(error)
            raise RecordError(f"the urn {printable_path(self.path)} {what} ({reason})") from error


def _is_sealed(row: _Row) -> bool:
    try:
        return seal_of(row.salt, row.ballot) == row.seal
    except RecordError:  # something that no ballot ever held
        return False


def _to_bytes(rows: list[_Row]) -> bytes:
    """Return the urn's content: rows by seal, every row as long as the longest, rounded up."""
    lines = [
        to_json({"seal": row.seal, "round": row.round_number, "voice": row.voice, "salt": row.salt, "ballot": row.ballot})
        for row in sorted(rows, key=lambda row: row.seal)
    ]
    longest = max(map(len, lines)) + 1
    length = -(-longest // _ROW_STEP) * _ROW_STEP
    return b"".join(line.ljust(length - 1) + b"\n" for line in lines)


def _to_row(line: bytes, path: Path, number: int) -> _Row:
    try:
        fields = from_json(line, allow_inf_nan=False)
        row = _Row(fields["seal"], fields["round"], fields["voice"], fields["salt"], fields["ballot"])
    except (ValueError, KeyError, TypeError) as error:
        raise RecordError(_corrupt(path, number)) from error
    well_formed = type(row.round_number) is int and all(type(text) is str for text in (row.seal, row.voice, row.salt))
    if not well_formed or not re.fullmatch(_SEAL, row.seal) or not re.fullmatch(SALT, row.salt):
        raise RecordError(_corrupt(path, number))
    return row


def _corrupt(path: Path, number: int) -> str:
    return f"the urn {printable_path(path)} is damaged in row {number}: move it away, and ask for the ballots of the open round again"
