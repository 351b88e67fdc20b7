"""The journal: a session's file, opened, proved, locked, and extended by one write and one fsync for every record.

`append` returns only when the record is on the disk. The bytes of earlier records are never written again, so nothing that happens during an
append (a kill, a power cut, a full disk) harms them. `lines` knows the shape of the file, `holder` who holds it, `repair` what to do when it
is not whole, `table` how TinyDB sees it.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from sessions.disk.files import NO_LINK, NOT_WRITABLE, REAL_FILES, FileOps, os_error_text, printable_path, read_all, write_new
from sessions.errors import ConflictError, RecordError
from sessions.record.chain import FIRST_CHAIN, Record, encode_all
from sessions.store.ports import HeldError, Judge, refuse_taken
from sessions.store.tinydb.holder import remove_note, take_lock, write_note
from sessions.store.tinydb.lines import CLOSING, Scan, Tip, file_of, lines_of, session_file
from sessions.store.tinydb.messages import DISK_FULL, meddled, not_created, not_recorded, not_writable
from sessions.store.tinydb.repair import read_session, real_path, recover, scan_named, unsound


class Journal:
    """One session's records, in order. Made by `create` or `open`; a context manager; to be used from one thread."""

    def __init__(self, path: Path, found: Scan, ops: FileOps, *, fd: int | None = None, notices: tuple[str, ...] = (), reason: str = "") -> None:
        self.path = path
        self.notices = notices
        """What opening had to do, in sentences; empty as a rule."""
        self.read_only_reason = reason
        """Why nothing can be added, as a sentence; empty while something can."""
        self.damage = found.damage
        """Where stored bytes are not what was written, if anywhere; `records` then ends before it."""
        self._tip = found.tip
        self._ops = ops
        self._fd = fd
        self._process = os.getpid()
        self._in_doubt = self._lost = False

    @classmethod
    def create(cls, path: Path | str, *, holder: str, first: Record | None = None, ops: FileOps = REAL_FILES) -> Self:
        """Make a session file (0600, durable down to its name) and open it. Raises RecordError, also when the name is taken.

        The file appears under its name with `first` in it, so that no crash leaves a session without a first record.
        """
        path = Path(path)
        payloads, _ = encode_all([first] if first is not None else [], 0, FIRST_CHAIN)
        try:
            write_new(path, file_of(payloads), ops)
        except (OSError, ValueError) as error:
            raise RecordError(not_created(path, error)) from error
        try:
            return cls._open_created(path, holder, ops)
        except HeldError:  # another window was faster: it is that window's now
            raise
        except BaseException:
            with contextlib.suppress(OSError):
                ops.unlink(path)
            raise

    @classmethod
    def _open_created(cls, path: Path, holder: str, ops: FileOps) -> Self:
        journal = cls.open(path, holder=holder, ops=ops)
        if journal.read_only:
            raise RecordError(journal.read_only_reason)
        return journal

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        read_only: bool = False,
        holder: str = "another window",
        judge: Judge = lambda _: "",
        ops: FileOps = REAL_FILES,
    ) -> Self:
        """Open and prove a session file, and lock it unless it is opened for reading only.

        A torn tail is set aside; `notices` says so. What cannot be written (damage, a read-only folder, a full disk, records that `judge`
        refuses) is opened read-only with `read_only_reason`. Raises HeldError when another window has it, RecordError when it holds none.
        """
        path = real_path(Path(path))
        if read_only:
            return cls._open_for_reading(path, judge, ops, f"{printable_path(path)} is open for reading only")
        try:
            fd = ops.open(path, os.O_RDWR | NO_LINK)
        except OSError as error:
            if error.errno in NOT_WRITABLE:
                return cls._open_for_reading(path, judge, ops, not_writable(path, error))
            raise RecordError(f"{printable_path(path)} cannot be opened ({os_error_text(error)}): check the name and your rights on it") from error
        try:
            journal = cls._open_for_writing(fd, path, holder, judge, ops)
        except OSError as error:
            _close(fd, ops)
            raise RecordError(f"{printable_path(path)} cannot be read ({os_error_text(error)})") from error
        except BaseException:
            _close(fd, ops)
            raise
        if journal.read_only:
            _close(fd, ops)
        return journal

    @classmethod
    def _open_for_reading(cls, path: Path, judge: Judge, ops: FileOps, reason: str) -> Self:
        found = scan_named(read_session(path, ops), path)
        reason = unsound(path, found, judge) or reason
        torn = f"the last {len(found.torn)} bytes of {printable_path(path)} are an unfinished record and are not shown"
        return cls(path, found, ops, notices=(torn,) if found.torn else (), reason=reason)

    @classmethod
    def _open_for_writing(cls, fd: int, path: Path, holder: str, judge: Judge, ops: FileOps) -> Self:
        if not stat.S_ISREG(ops.fstat(fd).st_mode):
            raise RecordError(f"{printable_path(path)} is not an ordinary file: name a session file")
        take_lock(fd, path, ops)
        found = scan_named(read_all(fd, ops), path)
        if reason := unsound(path, found, judge):
            return cls(path, found, ops, reason=reason)
        try:
            write_note(path, holder, ops)
            notices = recover(fd, path, found, ops)
        except OSError as error:
            remove_note(path, ops)
            return cls(path, found, ops, reason=not_writable(path, error))
        except BaseException:
            remove_note(path, ops)
            raise
        return cls(path, found, ops, fd=fd, notices=notices)

    @property
    def records(self) -> list[Record]:
        """All records in order, `chain` included, read from the file: a session of a hundred thousand is not held twice."""
        return scan_named(read_session(self.path, self._ops), self.path).records[: self._tip.records]

    def recorded(self, known: Sequence[Record]) -> bytes:
        """Return the session file's content as far as it was recorded; made from the known records if the file no longer gives it back.

        The file is read through its descriptor, so that one that was deleted or replaced is still found. Raises RecordError.
        """
        tip = self._tip
        with contextlib.suppress(RecordError, OSError):
            data = read_all(self._fd, self._ops) if self._fd is not None else read_session(self.path, self._ops)
            data = data[: tip.end] + CLOSING
            if scan_named(data, self.path).tip == tip:
                return data
        if len(known) != tip.records:
            raise RecordError(f"{printable_path(self.path)} does not give back what was recorded in it: open the session again to see what it holds")
        return session_file(known)

    def receive(self) -> list[Record]:
        """Return the records that another window has appended since the last look. Raises ConflictError when earlier ones have changed."""
        if self._fd is not None:
            return []  # this window holds the lock
        found, tip = scan_named(read_session(self.path, self._ops), self.path), self._tip
        chains = [FIRST_CHAIN.decode(), *(record["chain"] for record in found.records)]
        if chains[tip.records : tip.records + 1] != [tip.chain.decode()]:
            raise ConflictError(f"{printable_path(self.path)} does not hold what was read from it: open the session again to see what it holds")
        self._tip = found.tip
        return found.records[tip.records :]

    @property
    def read_only(self) -> bool:
        """Whether nothing can be added; `read_only_reason` says why."""
        return self._fd is None or bool(self.read_only_reason)

    @property
    def count(self) -> int:
        """How many records are on the disk."""
        return self._tip.records

    @property
    def next_seq(self) -> int:
        """The number that the next record must bring."""
        return self._tip.records + 1

    def append(self, record: Record) -> None:
        """Record one event for good. Raises RecordError when it is not recorded."""
        self.append_all([record])

    def append_all(self, records: Sequence[Record]) -> None:
        """Record events for good, all or none: one write and one fsync, two of each for several.

        Raises RecordError when they are not recorded: not plain, out of order, disk full, read-only. The file is then as it was before.
        """
        fd = self._fd_for_writing()
        if self._in_doubt:
            self._put_back(fd)
        tip = self._tip
        refuse_taken(records, tip.records)
        payloads, chain = encode_all(records, tip.records, tip.chain)
        lines = lines_of(payloads, tip.records)
        self._check_untouched(fd, tip)
        new_tip = Tip(tip.end + len(lines), chain, tip.records + len(records))
        self._in_doubt = True
        try:
            self._write_lines(fd, lines + CLOSING, tip.end, several=len(records) > 1)
            self._tip = new_tip
        except BaseException:
            self._put_back(fd)
            raise
        self._in_doubt = False

    def _write_lines(self, fd: int, data: bytes, offset: int, *, several: bool) -> None:
        """Write lines durably. Of several, the bytes that replace the closing come last: until then, a reader finds the closing in its place."""
        if several:
            self._write(fd, data[len(CLOSING) :], offset + len(CLOSING))
            data = data[: len(CLOSING)]
        self._write(fd, data, offset)

    def _write(self, fd: int, data: bytes, offset: int) -> None:
        try:
            written = self._ops.pwrite(fd, data, offset)
        except OSError as error:
            raise RecordError(not_recorded(error)) from error
        if written != len(data):
            raise RecordError(DISK_FULL)
        try:
            self._ops.fdatasync(fd)
        except OSError as error:
            # After a failed fsync the system may call the pages clean that never reached the disk: a second fsync would lie.
            self.read_only_reason = (
                f"the disk could not confirm the last write ({os_error_text(error)}): nothing more is recorded until the session is opened again"
            )
            raise RecordError(f"{self.read_only_reason}; the last action was not recorded") from error

    def _put_back(self, fd: int) -> None:
        """Bring the file back to the tip after an append that failed or was interrupted; when that fails too, stop writing."""
        tip = self._tip
        try:
            self._ops.ftruncate(fd, tip.end + len(CLOSING))
            if self._ops.pwrite(fd, CLOSING, tip.end) != len(CLOSING):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            self.read_only_reason = self.read_only_reason or (
                f"an unfinished write could not be undone ({os_error_text(error)}): nothing more is recorded until the session is opened again"
            )
        self._in_doubt = False

    def check_writable(self) -> None:
        """Raise RecordError if nothing can be recorded: a handle that may not add to the session may not touch what lies beside it either."""
        self._fd_for_writing()

    def _fd_for_writing(self) -> int:
        if self._fd is None or self.read_only_reason:
            raise RecordError(self.read_only_reason or f"{printable_path(self.path)} is closed")
        if os.getpid() != self._process:
            raise RecordError(f"{printable_path(self.path)} belongs to the process that opened it, not to its children")
        return self._fd

    def is_lost(self) -> bool:
        """Return whether another program deleted or changed the file under our lock."""
        if not self.read_only and not self._in_doubt:
            with contextlib.suppress(RecordError):
                self._check_untouched(self._fd_for_writing(), self._tip)
        return self._lost

    def _check_untouched(self, fd: int, tip: Tip) -> None:
        """Stop when another program changed the file under our lock, or removed it: writing on would lose one or the other."""
        try:
            status = self._ops.fstat(fd)
        except OSError as error:
            raise RecordError(not_recorded(error)) from error
        if problem := meddled(self.path, status, tip.end + len(CLOSING)):
            self.read_only_reason, self._lost = problem, True
        if self.read_only_reason:
            raise RecordError(f"{self.read_only_reason}; the last action was not recorded")

    def close(self) -> None:
        """Release the lock and the file; harmless when done twice."""
        fd, self._fd = self._fd, None
        if fd is None:
            return
        try:
            if os.getpid() == self._process:
                if self._in_doubt:
                    self._put_back(fd)
                remove_note(self.path, self._ops)
        finally:
            _close(fd, self._ops)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _close(fd: int, ops: FileOps) -> None:
    """Close; what matters was fsynced before, so that an error here loses nothing."""
    with contextlib.suppress(OSError):
        ops.close(fd)
