"""What the command line prints and how it ends: one sentence and the right exit code for every error.

A session's file may come from anywhere: nothing in it may act on the terminal.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import sys
from collections.abc import Iterator

from sessions.errors import QuarterdeckError
from sessions.sanitize import HARMFUL, clean, visible


def print_lines(*lines: str, err: bool = False) -> None:
    """Print lines, each as one harmless line: names of files and folders may hold escape sequences."""
    import typer  # noqa: PLC0415 - the error paths of `main` do not need it

    typer.echo("\n".join(visible(line) for line in lines), err=err)


def print_error(sentence: str) -> None:
    """Write a sentence to stderr as one clean line, however long."""
    sys.stderr.write(f"{clean(sentence, len(sentence) + 1)}\n")


def print_refusal(error: QuarterdeckError) -> int:
    """Write an expected error to stderr; return its exit code."""
    text = str(error).rstrip()
    print_error(f"quarterdeck: {text}" if text.endswith((".", "?", "!")) else f"quarterdeck: {text}.")
    return getattr(error, "exit_code", 1)


def print_crash(error: Exception, resume: str = "") -> None:
    """Write a crash as one sentence to stderr, and its traceback to a private file. `resume` is the command that reopens the session."""
    from tui.terminal.crash_report import sentence, write_crash  # noqa: PLC0415 - hardly ever needed

    print_error(sentence(error, write_crash(error), resume))


def json_text(value: object) -> str:
    """Return plain values as JSON in which anything that would act on a terminal is an escape."""
    return re.sub(HARMFUL, _escaped, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def _escaped(match: re.Match[str]) -> str:
    # JSON's own line ends are harmless; those inside a string are escaped already.
    return match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1] if ord(match[0]) != 0x7F else "\\u007f"


@contextlib.contextmanager
def orderly() -> Iterator[None]:
    """Turn what the operating system raises in the middle of a command into SystemExit or QuarterdeckError."""
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except OSError as error:
        enough = _has_read_enough(error)
        if error.filename is None:
            _drop_output()
        if enough:
            raise SystemExit(0) from None
        raise QuarterdeckError(_sentence(error)) from error


def _has_read_enough(error: OSError) -> bool:
    """Return whether the reader of the output is gone: `| head -1` is not a failure."""
    if sys.platform != "win32":
        return isinstance(error, BrokenPipeError)
    if error.errno == errno.EINVAL:  # it has other meanings, too
        try:
            sys.stdout.flush()
        except OSError:
            return True
    return False


def _drop_output() -> None:
    """Send buffered output to the null device: Python would complain again when it flushes stdout at exit."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sentence(error: OSError) -> str:
    """Return an error of the operating system as a sentence; one without a file name came from the output."""
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return "Too many files are open: raise the limit, for example with `ulimit -n 256`."
    why = "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)
    return f"{error.filename or 'The output could not be written'}: {why}."


def write_utf8() -> None:
    """Write UTF-8, with plain line ends, to files and pipes on any system; a terminal with another encoding shows `?` for what it lacks.

    A file's name may hold bytes that are not UTF-8: they become escapes that JSON understands.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is None:  # closed by the parent process
            continue
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace" if _is_utf8(stream.encoding) else "replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("-", "") == "utf8"


def open_closed_streams() -> None:
    """Open the null device for each standard stream that is closed, so that no other file gets its number.

    As stdout it is read-only: output would be lost, so writing it is an error as on a full disk.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            fd = os.open(os.devnull, os.O_RDONLY if name == "stdout" else os.O_RDWR)
            if fd != number:
                os.dup2(fd, number)
                os.close(fd)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
