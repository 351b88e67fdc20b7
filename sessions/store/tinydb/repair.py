"""What can be done about a session file that is not whole: look (`check`), set a torn tail aside, and `repair` on a copy.

A session's records are never changed here; only `recover`, called while the file is opened for writing, cuts an unfinished end off.
"""

import errno
import os
import stat
from pathlib import Path

from sessions.disk.files import REAL_FILES, FileOps, os_error_text, printable_path, read_all, reading, sweep_temporaries, sync_folder, write_new
from sessions.errors import RecordError
from sessions.store.ports import CheckReport, DamagedError, Judge, RepairReport
from sessions.store.tinydb.lines import CLOSING, HEADER, Scan, scan
from sessions.store.tinydb.messages import damaged

_MOST_COPIES = 1000


def real_path(path: Path) -> Path:
    """Follow links to the file itself, so that any of its names finds the urn and the note beside it."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise RecordError(f"{printable_path(path)} cannot be found ({os_error_text(error)})") from error


def read_session(path: Path, ops: FileOps = REAL_FILES) -> bytes:
    """Return a session file's bytes; RecordError when it is missing, unreadable or no ordinary file."""
    try:
        with reading(path, ops, flags=0) as fd:
            if not stat.S_ISREG(ops.fstat(fd).st_mode):
                raise RecordError(f"{printable_path(path)} is not an ordinary file: name a session file")
            return read_all(fd, ops)
    except (OSError, ValueError) as error:
        raise RecordError(f"{printable_path(path)} cannot be read ({os_error_text(error)}): check the name and your rights on it") from error


def scan_named(data: bytes, path: Path) -> Scan:
    """Scan a session file's bytes. Raises DamagedError, naming the file, when no record can be read."""
    try:
        found = scan(data)
    except RecordError as error:
        raise DamagedError(f"{printable_path(path)}: {error}") from None
    if found.damage and not found.records:
        raise DamagedError(f"{printable_path(path)}: {found.damage}: it is the first record, so nothing can be read; the file was left unchanged")
    return found


def unsound(path: Path, found: Scan, judge: Judge) -> str:
    """Return why what was found must not be continued, or nothing."""
    judged = judge(found.records)
    return damaged(path, found, found.damage) if found.damage else judged


def check(path: Path, ops: FileOps = REAL_FILES) -> CheckReport:
    """Prove a session file whole or name the first thing wrong with it; needs no lock and changes nothing.

    Raises RecordError only when the file cannot be read at all.
    """
    data = read_session(path, ops)
    try:
        found = scan_named(data, path)
        if not found.closed:
            # A live session may have been caught in the middle of its append: what is really wrong is still there at a second look.
            found = scan_named(read_session(path, ops), path)
    except RecordError as error:
        return CheckReport(0, False, str(error), damaged=True)
    problem = _problem(found, path)
    return CheckReport(len(found.records), not problem, problem, damaged=found.damage is not None)


def _problem(found: Scan, path: Path) -> str:
    if found.damage:
        return f"{printable_path(path)}: {found.damage}; `quarterdeck repair` writes a copy with the proved records ({len(found.records)})"
    if not found.records:
        return f"{printable_path(path)}: it holds no record"
    if found.torn:
        return (
            f"{printable_path(path)}: {len(found.torn)} bytes of an unfinished record follow record {len(found.records)}; "
            "opening the session sets them aside"
        )
    return "" if found.closed else f"{printable_path(path)}: its closing is missing; opening the session puts it back, nothing is lost"


def set_aside(session: Path, torn: bytes, ops: FileOps = REAL_FILES) -> Path:
    """Write the bytes of a torn tail to `<session>.torn` (or `.torn-2`, ...), durably, and return that path. Raises OSError.

    After a crash in between, the file that already holds exactly these bytes is used again.
    """
    for count in range(1, _MOST_COPIES):
        target = session.with_name(f"{session.name}.torn" + (f"-{count}" if count > 1 else ""))
        sweep_temporaries(target, ops)  # what a killed process left of an earlier attempt
        if _write_or_reuse(target, torn, ops):
            return target
    raise FileExistsError(f"{session.name}.torn")


def recover(fd: int, path: Path, found: Scan, ops: FileOps) -> tuple[str, ...]:
    """Make an open, locked session file whole and durable, and say what had to be done. Raises OSError.

    Torn bytes are durable in their own file before they are cut off here; a crash anywhere in between only means to do it again.
    """
    notices: tuple[str, ...] = ()
    if not found.closed:
        notices = (_cut_and_close(fd, path, found, ops),)
    # A killed process may have left a record written but not yet on the disk: it is about to be shown, so it must be.
    ops.fsync(fd)
    sync_folder(path.parent, ops)
    return notices


def _cut_and_close(fd: int, path: Path, found: Scan, ops: FileOps) -> str:
    notice = f"the closing of {printable_path(path)} was missing and was put back; nothing was lost"
    if found.torn:
        aside = set_aside(path, found.torn, ops)
        notice = (
            f"{printable_path(path)} ended in {len(found.torn)} bytes of an unfinished record, never shown as done: "
            f"they were set aside in {printable_path(Path(aside.name))}"
        )
    ops.ftruncate(fd, found.good_end)
    if ops.pwrite(fd, found.ending, found.good_end) != len(found.ending):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return notice


def repair(path: Path, ops: FileOps = REAL_FILES) -> RepairReport:
    """Write a new session file with every record before the first bad one; the original is never touched, nothing is overwritten.

    The copy is `name.repaired.json`, or `name.repaired-2.json` and so on; a copy that already holds exactly this is
    used again. Raises RecordError when the file is whole, when nothing can be saved, or when the copy cannot be written.
    """
    data = read_session(path, ops)
    found = scan_named(data, path)
    if found.closed and not found.damage:
        raise RecordError(f"{printable_path(path)} is whole ({len(found.records)} records): there is nothing to repair")
    copy = HEADER + data[len(HEADER) : found.good_end] + found.ending
    try:
        target = _write_copy(path, copy, ops)
    except OSError as error:
        named = printable_path(path)
        raise RecordError(f"the repaired copy of {named} could not be written ({os_error_text(error)}); the original is untouched") from error
    rest = data[found.good_end :]
    left_out = rest[: -len(CLOSING)] if rest.endswith(CLOSING) else rest
    return RepairReport(str(target), len(found.records), len(left_out))


def _write_copy(path: Path, copy: bytes, ops: FileOps) -> Path:
    for count in range(1, _MOST_COPIES):
        target = path.with_name(f"{path.stem}.repaired" + (f"-{count}" if count > 1 else "") + path.suffix)
        if _write_or_reuse(target, copy, ops):
            return target
    raise FileExistsError(path.name)


def _write_or_reuse(target: Path, data: bytes, ops: FileOps) -> bool:
    """Write a new file, or find that it is there already with these very bytes; False when the name is taken by other content."""
    try:
        write_new(target, data, ops)
    except FileExistsError:
        return _content(target, ops) == data
    return True


def _content(path: Path, ops: FileOps) -> bytes | None:
    """Return what an ordinary file holds; None for a link, a pipe, a folder."""
    try:
        with reading(path, ops) as fd:
            return read_all(fd, ops) if stat.S_ISREG(ops.fstat(fd).st_mode) else None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR):
            return None
        raise
