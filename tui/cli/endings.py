"""How the command line speaks and how it ends: in one sentence, with the right exit code, whatever went wrong."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from sessions.errors import QuarterdeckError
from tui.printing import one_line


@contextlib.contextmanager
def orderly() -> Iterator[None]:
    """End in our own way for what the operating system reports in the middle of a command: raises SystemExit or QuarterdeckError."""
    try:
        yield
    except BrokenPipeError:
        # Whoever read us has read enough: `| head -1` is no failure.
        _drop_output()
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except OSError as error:
        if error.filename is None:
            _drop_output()
        raise QuarterdeckError(_sentence(error)) from error


def _drop_output() -> None:
    """Have what is still on its way to stdout go nowhere: Python would complain once more when it flushes at exit."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sentence(error: OSError) -> str:
    """Return what the operating system reported of a file; what has none was on its way out."""
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return TOO_FEW_FILES
    why = "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)
    return f"{error.filename or 'The output could not be written'}: {why}."


TOO_FEW_FILES = "Too few files may be open at once here: raise the limit, for example with `ulimit -n 256`."


def speak_utf8() -> None:
    """Write UTF-8 into files and pipes, whatever the locale; on a terminal of another kind, show `?` for what it cannot.

    A file's name may hold bytes that are no text: they are shown as an escape, which JSON understands.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is None:  # closed by whoever started us
            continue
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace" if _is_utf8(stream.encoding) else "replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("-", "") == "utf8"


def open_closed_streams() -> None:
    """Put the null device where a standard stream was closed before we began, so that nothing else gets its number.

    As stdout it takes nothing: what is written there would be lost, which is an error as on a full disk.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            fd = os.open(os.devnull, os.O_RDONLY if name == "stdout" else os.O_RDWR)
            if fd != number:
                os.dup2(fd, number)
                os.close(fd)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


def tell(sentence: str) -> None:
    """Say a sentence on stderr; a folder that it names may have any name."""
    sys.stderr.write(f"{one_line(sentence)}\n")


def last_words(folder: Path | None, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say an error of our own as one sentence, and how to go on in a library; the traceback goes to a private file."""
    from tui.cli.throw_away import is_thrown_away  # noqa: PLC0415
    from tui.environment import library_folder, resume_command  # noqa: PLC0415
    from tui.terminal.crash_report import sentence, write_crash  # noqa: PLC0415 - as good as never needed

    del kind, trace  # both are the error's own
    library = library_folder(folder)
    tell(sentence(error, write_crash(error), "" if is_thrown_away(library) else resume_command(library)))


def complain(error: QuarterdeckError) -> int:
    """Return an error on stderr, and give its exit code."""
    text = str(error).rstrip()
    tell(f"quarterdeck: {text}" if text.endswith((".", "?", "!")) else f"quarterdeck: {text}.")
    return getattr(error, "exit_code", 1)
