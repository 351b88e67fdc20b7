"""What a journal says when it cannot be made, written or continued: one sentence each, with what to do."""

import os
from pathlib import Path
from typing import Final

from sessions.disk.files import FULL_DISK, os_error_text, printable_path
from sessions.store.tinydb.lines import Damage, Scan

DISK_FULL: Final = "the disk is full: the last action was not recorded; free space and try again"


def not_created(path: Path, error: Exception) -> str:
    """Return why a session file could not be made."""
    return f"{printable_path(path)} could not be created ({os_error_text(error)}): check your rights on the folder and the free space on its disk"


def not_recorded(error: OSError) -> str:
    """Return why an event could not be recorded."""
    if error.errno in FULL_DISK:
        return DISK_FULL
    return f"the disk could not be written ({os_error_text(error)}): the last action was not recorded; check the disk and try again"


def not_writable(path: Path, error: OSError) -> str:
    """Return why a session can only be read."""
    return f"{printable_path(path)} or its folder cannot be written ({os_error_text(error)}): the session can be read, but nothing can be recorded"


def meddled(path: Path, status: os.stat_result, size: int) -> str:
    """Return why nothing more can be recorded in an open file of a known size that another program deleted or changed, or nothing."""
    if status.st_nlink == 0:
        return f"{printable_path(path)} was deleted by another program: nothing more can be recorded"
    if status.st_size != size:
        return f"{printable_path(path)} was changed by another program: open the session again to see what it holds now"
    return ""


def damaged(path: Path, found: Scan, damage: Damage) -> str:
    """Return a sentence that locates the damage of a session, and what to do about it."""
    return (
        f"{printable_path(path)}: {damage}: its {len(found.records)} proved records can be read, but nothing can be recorded; "
        "`quarterdeck repair` makes a copy that can be continued"
    )
