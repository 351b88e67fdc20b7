"""A copy of an open session, elsewhere: above all for a disk that cannot be trusted any more. The copy is a session of its own."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

from sessions.errors import RecordError
from sessions.store.tinydb.files import FileOps, shown, why, write_new
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.urn import Urn


def copy_session(journal: Journal, urn: Urn, target: Path, ops: FileOps) -> Path:
    """Write a session as it is recorded, with its sealed ballots, to a file or into a folder, and give the file.

    Raises RecordError, and then nothing was written; what stands there already is never written over.
    """
    with contextlib.suppress(OSError, ValueError):  # it is a new name
        if stat.S_ISDIR(ops.stat(target).st_mode):
            target /= journal.path.name
    target = target.with_name(f"{target.name.removesuffix('.json')}.json")
    data, ballots = journal.recorded(), target.with_suffix(".urn")
    told = f"The copy was not written to {shown(target)}"
    try:
        sealed = urn.copy_to(ballots)  # first: a session without its ballots is none
        try:
            write_new(target, data, ops)
        except BaseException:
            if sealed:
                ops.unlink(ballots)
            raise
    except FileExistsError:
        raise RecordError(f"{told}: the name is taken; choose another one.") from None
    except (OSError, ValueError) as error:
        raise RecordError(f"{told} ({why(error)}): choose another place.") from None
    return target
