"""The command line in this process, as typed without a screen. Imported as `command_line`, as `support` is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support import assert_sentence
from typer.testing import CliRunner, Result

from sessions.errors import QuarterdeckError
from tui.cli.app import app


def run(library: str | Path, *words: str | Path, answer: str | None = None) -> Result:
    """Run a command on a library; an error of the user's is in `exception`."""
    return CliRunner().invoke(app, ["--library", str(library), *map(str, words)], input=answer)


def told(library: str | Path, *words: str | Path) -> str:
    """Run a command that must succeed, and return what it prints."""
    result = run(library, *words)
    assert result.exit_code == 0, (words, result.output, result.exception)
    return result.stdout


def data(library: str | Path, *words: str | Path) -> Any:
    """Run a command for a script, and return what it prints."""
    return json.loads(told(library, *words, "--json"))


def refused(library: str | Path, *words: str | Path) -> str:
    """Run a command that must fail with one sentence, and return that."""
    result = run(library, *words)
    assert isinstance(result.exception, QuarterdeckError), (words, result.output, result.exception)
    sentence = str(result.exception)
    assert_sentence(sentence if sentence.endswith(".") else f"{sentence}.")
    return sentence


def misused(library: str | Path, *words: str | Path) -> str:
    """Run a command that is written wrongly, and return the one line about it."""
    result = run(library, *words)
    assert result.exit_code == 2, (words, result.output, result.exception)
    return " ".join(result.stderr.split())


def begun(folder: Path, cards: str, people: str = "") -> Path:
    """Begin a session with cards and people that are written as CSV, and return its library."""
    (folder / "cards.csv").write_text(cards, encoding="utf-8")
    (folder / "people.csv").write_text(people, encoding="utf-8")
    told(folder / "library", "new", folder / "cards.csv", "-y", *(["--people", folder / "people.csv"] if people else []))
    return folder / "library"
