"""Whether a file is a session: before it is opened as one, for a user who may have named a portfolio."""

import re
import stat
from pathlib import Path

from sessions.disk.files import REAL_FILES, FileOps, reading

_CHAINED = re.compile(rb',"chain":"[0-9a-f]{32}"\}\r?\n')
_EXAMINED = 100_000
"""How many bytes at the start of a file are searched for the chain of a record."""


def is_session_file(path: Path, ops: FileOps = REAL_FILES) -> bool:
    """Return whether a file is a session: by its first bytes or, if those are damaged, by the chain of its records. Raises OSError."""
    try:
        if not stat.S_ISREG(ops.stat(path).st_mode):
            return False
    except FileNotFoundError:  # a dangling link
        return False
    with reading(path, ops, flags=0) as fd:
        start = ops.pread(fd, _EXAMINED, 0)
    return start.startswith(b'{"events":') or _CHAINED.search(start) is not None
