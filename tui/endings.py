"""How the command line speaks and how it ends: in one sentence, with the right exit code, whatever went wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

import typer
from typer.core import TyperGroup

from sessions.errors import QuarterdeckError
from tui.printing import one_line


class Commands(TyperGroup):
    """The commands, with an ending of our own for what the operating system reports in the middle of one."""

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401 - Typer brings its own Context, or Click's, by version
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever read us has read enough: `| head -1` is no failure. Python would complain once more when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
        except typer.Abort as error:
            if isinstance(error.__context__, KeyboardInterrupt):  # ctrl+c at a question, not an answer of no
                raise typer.Exit(130) from None
            raise
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


def last_words(folder: Path | None, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say an error of our own as one sentence, and how to go on in a library; the traceback goes to a private file."""
    from tui.crash import sentence, write_crash  # noqa: PLC0415 - as good as never needed
    from tui.demo import is_thrown_away  # noqa: PLC0415
    from tui.system import library_folder, resume_command  # noqa: PLC0415

    del kind, trace  # both are the error's own
    library = library_folder(folder)
    typer.echo(sentence(error, write_crash(error), "" if is_thrown_away(library) else resume_command(library)), err=True)


def complain(error: QuarterdeckError) -> int:
    """Say an error on stderr, and give its exit code."""
    text = one_line(str(error))
    typer.echo(f"quarterdeck: {text}" if text.endswith((".", "?", "!")) else f"quarterdeck: {text}.", err=True)
    return getattr(error, "exit_code", 1)
