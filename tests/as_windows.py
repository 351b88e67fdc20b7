"""Windows as far as Linux can play it, in a process of its own: what only Unix has is gone, and files behave as they do there.

`pretend` begins it. The standard library and the packages that we use are loaded before, because they have their own code for Windows, which
cannot run here. Open files then cannot be renamed or removed, a folder cannot be opened, a name that Windows rejects is refused, and a locked
byte is locked for every other descriptor. Not shown: the console with its keys, colours and signals, and how NTFS keeps what was written.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import importlib
import os
import re
import signal
import stat
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

UNIX_MODULES = ("fcntl", "termios", "tty", "pwd", "grp", "resource", "pty", "readline", "curses", "syslog")
UNIX_CALLS = (
    "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "O_NOCTTY", "O_CLOEXEC", "O_SYNC", "pread", "pwrite", "preadv", "pwritev", "fdatasync", "sync",
    "getuid", "geteuid", "getgid", "setuid", "fchmod", "fchown", "chown", "fork", "forkpty", "killpg", "setsid", "getpgid", "getpgrp", "uname",
    "mkfifo", "statvfs", "umask", "getloadavg", "wait3", "openpty", "ttyname",
)  # fmt: skip
UNIX_SIGNALS = (
    "SIGHUP", "SIGQUIT", "SIGTSTP", "SIGCONT", "SIGSTOP", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGCHLD", "SIGPIPE", "SIGWINCH", "SIG_BLOCK",
    "SIG_SETMASK", "SIG_UNBLOCK", "pthread_sigmask", "pthread_kill", "sigwait", "alarm", "setitimer", "siginterrupt", "set_blocked",
)  # fmt: skip
LOADED = (
    "asyncio", "concurrent.futures.thread", "ctypes.util", "email.message", "getpass", "http.client", "logging.config", "multiprocessing.connection",
    "socket", "ssl", "subprocess", "tempfile", "unittest.mock", "urllib.request", "uuid", "webbrowser", "zipfile", "zoneinfo",
    "aiohttp.web", "ifaddr", "nats", "platformdirs.unix", "pydantic", "pygments.lexers", "python_calamine", "rich.console", "segno", "tinydb",
    "textual.app", "textual.drivers.headless_driver", "textual.widgets", "typer", "typer.core", "typer.main", "typer.testing",
)  # fmt: skip
_LOCK = "hhlli"
"""A `struct flock`."""
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


def is_rejected(name: str) -> bool:
    """Return whether Windows refuses this as the name of a file."""
    device = name.partition(".")[0].strip(" ").casefold() in DEVICES
    return device or len(name) > 255 or name != name.rstrip(". ") or bool(re.search(r'[<>:"/\\|?*\x00-\x1f]', name))


def pretend() -> None:
    """Make this process one on Windows, for what is imported from now on."""
    for name in LOADED:
        importlib.import_module(name)
    _files()
    _loops()
    locking = _lock(fcntl)
    for name in UNIX_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for module, names in ((os, UNIX_CALLS), (signal, UNIX_SIGNALS)):
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    os.O_BINARY = 0o100000  # type: ignore[attr-defined]  # a flag that means nothing here
    signal.SIGBREAK = signal.Signals(21)  # type: ignore[attr-defined]
    msvcrt = ModuleType("msvcrt")
    msvcrt.LK_NBLCK, msvcrt.locking = 2, locking  # type: ignore[attr-defined]
    sys.modules["msvcrt"] = msvcrt
    ctypes.WinDLL = _kernel(os.kill)  # type: ignore[attr-defined]
    os.kill = _forbidden("os.kill would end the process")
    sys.modules["textual.app"].WINDOWS = True  # type: ignore[attr-defined]
    sys.platform = "win32"


def _refuse_open(path: Any) -> None:
    """Raise as Windows does when something renames, replaces or removes a file that is open, in this process at least."""
    name = Path(path).absolute()
    for fd in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            if fd.readlink() == name:
                raise PermissionError(errno.EACCES, "The process cannot access the file because it is being used by another process", str(name))


def _files() -> None:
    real = SimpleNamespace(**vars(os))
    unix = SimpleNamespace(**vars(fcntl))

    def open_(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        _refuse_name(path)
        if not more and Path(path).is_dir():
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        ours = sys._getframe(1).f_globals["__name__"].startswith("sessions.disk")
        assert flags & 0o100000 or not ours, f"{path} is opened as text"
        return real.open(path, flags & ~0o100000, mode, **more)

    def fsync(fd: int) -> None:
        if unix.fcntl(fd, unix.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        real.fsync(fd)

    def read(fd: int, length: int) -> bytes:
        if stat.S_ISREG(os.fstat(fd).st_mode):
            asked = struct.pack(_LOCK, unix.F_RDLCK, os.SEEK_SET, os.lseek(fd, 0, os.SEEK_CUR), length, 0)
            if struct.unpack(_LOCK, unix.fcntl(fd, unix.F_OFD_GETLK, asked))[0] != unix.F_UNLCK:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real.read(fd, length)

    def moved(call: Callable[..., None]) -> Callable[..., None]:
        def move(source: Any, target: Any, **more: Any) -> None:
            _refuse_name(target)
            _refuse_open(source)
            _refuse_open(target)
            call(source, target, **more)

        return move

    def unlink(path: Any, **more: Any) -> None:
        if not more:
            _refuse_open(path)
        real.unlink(path, **more)

    def named(call: Callable[..., None], place: int) -> Callable[..., None]:
        def make(*given: Any, **more: Any) -> None:
            _refuse_name(given[place])
            call(*given, **more)

        return make

    os.open, os.read, os.fsync, os.unlink, os.remove = open_, read, fsync, unlink, unlink  # type: ignore[assignment]
    os.replace, os.rename, os.link, os.mkdir = moved(real.replace), moved(real.rename), named(real.link, 1), named(real.mkdir, 0)


def _refuse_name(path: Any) -> None:
    if is_rejected(Path(os.fsdecode(path)).name):
        raise OSError(errno.EINVAL, "The filename, directory name, or volume label syntax is incorrect", str(path))


def _lock(unix: ModuleType) -> Callable[[int, int, int], None]:
    """Return `msvcrt.locking`: an exclusive lock on bytes from the file's position on, for this descriptor alone."""

    def locking(fd: int, mode: int, count: int) -> None:
        assert mode == 2
        what = struct.pack(_LOCK, unix.F_WRLCK, os.SEEK_SET, os.lseek(fd, 0, os.SEEK_CUR), count, 0)
        try:
            unix.fcntl(fd, unix.F_OFD_SETLK, what)
        except OSError:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from None

    return locking


def _loops() -> None:
    """Remove from the event loop what Windows does not have."""
    import asyncio.base_events
    import asyncio.selector_events
    import asyncio.unix_events

    for name in ("add_reader", "remove_reader", "add_writer", "remove_writer"):
        setattr(asyncio.selector_events.BaseSelectorEventLoop, name, _missing)
    for name in ("add_signal_handler", "remove_signal_handler"):
        setattr(asyncio.unix_events._UnixSelectorEventLoop, name, _missing)  # type: ignore[attr-defined]


def _missing(*_: object, **__: object) -> None:
    raise NotImplementedError


def _forbidden(why: str) -> Any:
    def refuse(*_: object) -> None:
        raise AssertionError(why)

    return refuse


def _kernel(kill: Callable[[int, int], None]) -> Any:
    """Return a kernel32 that knows whether a process runs, and offers all other calls in name only."""

    def open_process(_rights: int, _inherit: int, process: int) -> int:
        with contextlib.suppress(PermissionError):
            try:
                kill(process, 0)
            except ProcessLookupError:
                return 0
        return process

    ctypes.get_last_error = lambda: 87  # type: ignore[attr-defined]  # ERROR_INVALID_PARAMETER: there is no such process
    known = {"OpenProcess": open_process, "WaitForSingleObject": lambda *_: 258}

    class Kernel:
        def __getattr__(self, name: str) -> Callable[..., int]:
            return known.get(name) or (lambda *_: 0)

    return lambda _name, use_last_error: Kernel()
