"""How the command line speaks and how it ends: in one sentence, with the right exit code, whatever went wrong."""

from __future__ import annotations

import contextlib
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
        # Whoever read us has read enough: `| head -1` is no failure. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except OSError as error:
        raise QuarterdeckError(f"{_place(error)}: {error.strerror or error}.") from error


def _place(error: OSError) -> str:
    """Give the file that an error is about; what has none was on its way out."""
    return str(error.filename) if error.filename else "The output could not be written"


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
    """Put the null device where a standard stream was closed before we began, so that nothing else gets its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            fd = os.open(os.devnull, os.O_RDWR)
            if fd != number:
                os.dup2(fd, number)
                os.close(fd)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


def tell(sentence: str) -> None:
    """Say a sentence on stderr."""
    sys.stderr.write(f"{sentence}\n")


def last_words(folder: Path | None, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say an error of our own as one sentence, and how to go on in a library; the traceback goes to a private file."""
    from tui.crash import sentence, write_crash  # noqa: PLC0415 - as good as never needed
    from tui.system import library_folder, resume_command  # noqa: PLC0415
    from tui.throw_away import is_thrown_away  # noqa: PLC0415

    del kind, trace  # both are the error's own
    library = library_folder(folder)
    tell(sentence(error, write_crash(error), "" if is_thrown_away(library) else resume_command(library)))


def complain(error: QuarterdeckError) -> int:
    """Say an error on stderr, and give its exit code."""
    text = one_line(str(error))
    tell(f"quarterdeck: {text}" if text.endswith((".", "?", "!")) else f"quarterdeck: {text}.")
    return getattr(error, "exit_code", 1)
