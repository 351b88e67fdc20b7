"""The machine that the app runs on: its clock, randomness, folders, and user."""

from __future__ import annotations

import atexit
import os
import secrets
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sessions.library.library import Library
    from sessions.store.nats.login import Login

_TEMPORARY = "quarterdeck-demo-"
"""How the name of a temporary library's folder begins."""


class SystemClock:
    """The machine's clock: UTC to the second for display, monotonic seconds for measuring."""

    def now(self) -> str:
        """Return the time in UTC as ISO text."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def seconds(self) -> float:
        """Return monotonic seconds."""
        return time.monotonic()


def token(length: int) -> str:
    """Return random hex text of a length."""
    return secrets.token_hex((length + 1) // 2)[:length]


def library_folder(chosen: Path | None) -> Path:
    """Return the library's folder: the chosen one, else $QUARTERDECK_LIBRARY, else the platform's user data folder."""
    if chosen is not None:
        return chosen
    if named := os.environ.get("QUARTERDECK_LIBRARY"):
        return Path(named)
    import platformdirs  # noqa: PLC0415 - only without the variable

    return platformdirs.user_data_path("quarterdeck", appauthor=False) / "library"


def open_library(folder: Path) -> Library:
    """Return the library in a folder, with this machine's clock and randomness."""
    from sessions.library.library import Library  # noqa: PLC0415 - completion and `where` need no library
    from sessions.store.tinydb.holder import describe_holder  # noqa: PLC0415
    from sessions.store.tinydb.store import TinyDbStore  # noqa: PLC0415

    store = TinyDbStore(folder, lambda: token(32), holder=describe_holder(SystemClock().now()))
    return Library(store, SystemClock(), token)


def nats_login(key: Path | None = None) -> Login:
    """Return how a server knows this user: by a file with a key, else by $QUARTERDECK_NATS_CREDENTIALS. $QUARTERDECK_NATS_CA says whom to trust."""
    from sessions.store.nats.login import Login  # noqa: PLC0415

    return Login(str(key) if key else os.environ.get("QUARTERDECK_NATS_CREDENTIALS", ""), os.environ.get("QUARTERDECK_NATS_CA", ""))


def known_sessions(folder: Path) -> list[dict[str, Any]]:
    """Return the rows of a folder's sessions as they were last listed, in the library's order, without reading one: completion must be quick.

    Of a session that was never listed only `id` and `file` are known.
    """
    from sessions.disk.files import REAL_FILES  # noqa: PLC0415
    from sessions.store.tinydb.index_file import INDEX, read_rows  # noqa: PLC0415

    try:
        names = {path.name for path in folder.iterdir() if path.suffix == ".json" and path.name != INDEX}
    except OSError:
        return []
    known = [row for row in read_rows(folder, REAL_FILES) if row["file"] in names]
    known.sort(key=lambda row: (row["last_at"], not row["problem"], row["stamp"], row["id"]), reverse=True)
    return [*({"id": name.removesuffix(".json"), "file": name} for name in sorted(names - {row["file"] for row in known})), *known]


def temporary_library() -> Library:
    """Make an empty library in a temporary folder, which is deleted when the program ends."""
    folder = tempfile.TemporaryDirectory(prefix=_TEMPORARY, ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return open_library(Path(folder.name))


def _is_temporary(folder: Path) -> bool:
    return folder.name.startswith(_TEMPORARY) and folder.parent == Path(tempfile.gettempdir())


def resume_command(location: str | Path, session: str = "last") -> str:
    """Return the command that reopens a session of a library; empty if the library is temporary."""
    return command_line(location, "open", session)


def command_line(location: str | Path, *words: str) -> str:
    """Return a command for a library as people type it; empty if the library is temporary."""
    import shlex  # noqa: PLC0415 - only for a sentence

    folder = Path(location)
    if _is_temporary(folder):
        return ""
    usual = library_folder(None).absolute() == folder.absolute()
    return shlex.join(["quarterdeck", *([] if usual else ["--library", str(folder)]), *words])


def config_path() -> Path:
    """Return the path of the user's config: $QUARTERDECK_CONFIG, else the platform's user config folder."""
    if named := os.environ.get("QUARTERDECK_CONFIG"):
        return Path(named)
    import platformdirs  # noqa: PLC0415 - only without the variable

    return platformdirs.user_config_path("quarterdeck", appauthor=False) / "config.toml"


def folder_of(path: Path) -> str:
    """Return the folder of a file as a record keeps it, fit to be printed; empty if it has a name that text cannot hold."""
    folder = os.path.abspath(path.parent)  # noqa: PTH100 - a link stays the link that the user knows
    return folder if folder.isprintable() else ""


def writing_folder(folder: str) -> Path:
    """Return the folder in which a session's page is written by default: that of its portfolio if it is still there, else the present one."""
    if folder and os.path.isabs(folder) and os.path.isdir(folder) and os.access(folder, os.W_OK):  # noqa: PTH112, PTH117
        return Path(folder)
    return Path.cwd()
