"""A copy of an open session, elsewhere: above all for a disk that cannot be trusted any more. The copy is a session of its own."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

from sessions.disk.files import FileOps, os_error_text, printable_path, write_new
from sessions.errors import RecordError


def write_copy(data: bytes, name: str, target: Path, ops: FileOps) -> Path:
    """Write the bytes of a session to a new file, or into a folder under its own name, and return the file.

    Raises RecordError, and then nothing was written; an existing file is never overwritten.
    """
    with contextlib.suppress(OSError, ValueError):  # it is a new name
        if stat.S_ISDIR(ops.stat(target).st_mode):
            target /= name
    refused = f"The copy was not written to {printable_path(target)}"
    try:
        target = target.with_name(f"{target.name.removesuffix('.json')}.json")
        write_new(target, data, ops)
    except FileExistsError:
        raise RecordError(f"{refused}: the name is taken; choose another one.") from None
    except (OSError, ValueError) as error:
        raise RecordError(f"{refused} ({os_error_text(error)}): choose another place.") from None
    return target
