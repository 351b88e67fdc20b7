"""The machine that the app runs on: its clock, randomness, folders, and user."""

from __future__ import annotations

import atexit
import os
import secrets
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sessions.errors import QuarterdeckError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.library.library import Library
    from sessions.store.nats.login import Login
    from sessions.store.ports import Store

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


def library_place(chosen: str | None) -> str:
    """Return the library's folder or address: the chosen place, else $QUARTERDECK_LIBRARY, else the platform's user data folder."""
    return chosen or os.environ.get("QUARTERDECK_LIBRARY") or str(_user_data("library"))


def _user_data(name: str) -> Path:
    import platformdirs  # noqa: PLC0415 - only for a place of ours

    return platformdirs.user_data_path("quarterdeck", appauthor=False) / name


def is_address(place: str) -> bool:
    """Return whether a library is on a server rather than in a folder."""
    return "://" in place


def open_library(place: str | Path) -> Library:
    """Return the library in a folder or at an address, with this machine's clock and randomness."""
    from sessions.library.library import Library  # noqa: PLC0415 - completion and `where` need no library

    return Library(_store(place), SystemClock(), token)


def _store(place: str | Path) -> Store:
    if isinstance(place, str) and is_address(place):
        return _shared_store(place)
    from sessions.store.tinydb.holder import describe_holder  # noqa: PLC0415
    from sessions.store.tinydb.store import TinyDbStore  # noqa: PLC0415

    return TinyDbStore(Path(place), lambda: token(32), holder=describe_holder(SystemClock().now()))


@contextmanager
def extra_nats() -> Iterator[None]:
    """Raise QuarterdeckError if what is imported inside needs an extra that is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("nats", "nkeys", "nacl"):
            raise QuarterdeckError("A library on a server needs a part that is not installed: pip install 'quarterdeck[nats]'.") from None
        raise


def _shared_store(address: str) -> Store:
    """Return the store at an address. Raises QuarterdeckError if its extra is not installed."""
    with extra_nats():
        from sessions.store.nats.address import parse  # noqa: PLC0415 - an extra, and slow
        from sessions.store.nats.store import NatsStore  # noqa: PLC0415
    return NatsStore(parse(address), nats_login(), _user_data("shared"), lambda: token(32), holder=_window())


def _window() -> str:
    """Return how others see this window when it leads a session: whose it is, where, and since when."""
    import getpass  # noqa: PLC0415 - only on a server
    import socket  # noqa: PLC0415

    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        user = "somebody"
    return f"a window of {user} on {socket.gethostname()} since {SystemClock().now()[11:16]} UTC"


def local_folder(location: str) -> Path:
    """Return the folder for what this machine keeps beside a library: the library itself, or for one on a server a folder of its own."""
    return _user_data("shared") if is_address(location) else Path(location)


def nats_login(key: Path | None = None) -> Login:
    """Return how a server knows this user: by a file with a key, else by $QUARTERDECK_NATS_CREDENTIALS. $QUARTERDECK_NATS_CA says whom to trust."""
    from sessions.store.nats.login import Login  # noqa: PLC0415

    return Login(str(key) if key else os.environ.get("QUARTERDECK_NATS_CREDENTIALS", ""), os.environ.get("QUARTERDECK_NATS_CA", ""))


def known_sessions(place: str) -> list[dict[str, Any]]:
    """Return the rows of a folder's sessions as they were last listed, in the library's order, without reading one: completion must be quick.

    Of a session that was never listed only `id` and `file` are known, and nothing of those on a server.
    """
    from sessions.disk.files import REAL_FILES  # noqa: PLC0415
    from sessions.store.tinydb.index_file import INDEX, read_rows  # noqa: PLC0415

    folder = Path(place).expanduser()
    try:
        if is_address(place):
            return []
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
    place, default = str(location), library_place(None)
    if _is_temporary(Path(place)):
        return ""
    usual = place == default or (not is_address(place) and Path(default).absolute() == Path(place).absolute())
    return _quoted(["quarterdeck", *([] if usual else ["--library", place]), *words])


def _quoted(words: list[str]) -> str:
    """Return words as the shells of this system read them."""
    if sys.platform == "win32":
        from subprocess import list2cmdline  # noqa: PLC0415 - only for a sentence

        return list2cmdline(words)
    import shlex  # noqa: PLC0415 - only for a sentence

    return shlex.join(words)


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
