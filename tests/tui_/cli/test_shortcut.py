"""The command lines that are read without Typer: each means what Typer would understand, and every other one is left to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sessions.errors import QuarterdeckError
from sessions.library.library import Library, OpenSession
from sessions.store.tinydb.journal import Journal
from tui.cli import commands as command_line
from tui.cli import screens as openings
from tui.cli import shortcut
from tui.cli.shortcut import Asked, read, take

FOLDER = Path("folder")

PLAIN = {
    "": Asked(),
    "--light": Asked(flags=frozenset({"--light"})),
    "open": Asked("open"),
    "open last": Asked("open", "last"),
    "open 2026-Q3 --read-only": Asked("open", "2026-Q3", flags=frozenset({"--read-only"})),
    "--library folder open": Asked("open", library=FOLDER),
    "open --library=folder": Asked("open", library=FOLDER),
    "--library other open --library folder": Asked("open", library=FOLDER),
    "--light replay last": Asked("replay", "last", flags=frozenset({"--light"})),
    "demo --library folder": Asked("demo", library=FOLDER),
}

LEFT_TO_TYPER = (
    "--help", "-h", "--version", "open --help", "open -h", "open --light", "replay --read-only", "demo --headless", "demo last", "open a b",
    "--library", "open --library", "--library --light", "--lib folder", "list", "list --json", "new portfolio.csv", "find x", "-- open",
    "open --", "open --read-only=yes", "--light=1", "=", "open=last", "--light --light=", "opens",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings.Chosen, "library", None)
    monkeypatch.setattr(openings.Chosen, "light", False)


@pytest.mark.parametrize(("words", "asked"), PLAIN.items())
def test_a_plain_command_line_is_read(words: str, asked: Asked) -> None:
    assert read(words.split()) == asked


@pytest.mark.parametrize("words", LEFT_TO_TYPER)
def test_whatever_else_is_said_is_left_to_typer(words: str) -> None:
    assert read(words.split()) is None


@pytest.mark.parametrize("words", [["open", ""], [""], ["--library", "", "open"], ["--library="]])
def test_an_empty_word_is_left_to_typer(words: list[str]) -> None:
    assert read(words) is None


def test_a_shell_that_completes_is_answered_by_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_QUARTERDECK_COMPLETE", "bash_complete")
    assert read(["open"]) is None


@pytest.mark.parametrize("words", PLAIN)
def test_both_ways_open_the_same(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they find, what they refuse and what they open is compared, in an empty library and in one with a session."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUARTERDECK_LIBRARY", str(tmp_path / "usual"))
    monkeypatch.setattr("tui.terminal.ownership.check_terminal", lambda: None)
    shown: list[Any] = []

    def screen(library: Any, first: Any) -> None:
        shown.append((library.folder, first.__qualname__, openings.Chosen.light))
        raise SystemExit(0)

    really = Library.open

    def opening(library: Library, path: Path, *, read_only: bool = False) -> OpenSession:
        shown.append((path.parent, read_only))
        return really(library, path, read_only=read_only)

    for module in (openings, command_line, shortcut):
        monkeypatch.setattr(module, "open_screen", screen)
    monkeypatch.setattr(Library, "open", opening)
    for _ in range(2):
        asked = read(words.split())
        assert asked is not None
        ends = [_end_of(lambda asked=asked: take(asked)), _end_of(lambda: command_line.app(words.split()))]
        assert ends[0] == ends[1]
        half = len(shown) // 2
        assert shown[:half] == shown[half:]
        shown.clear()
        _make_sessions(tmp_path)
    assert half


def test_a_session_that_is_open_elsewhere_is_left_to_the_command_line_that_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tui.terminal.ownership.check_terminal", lambda: None)
    _make_sessions(tmp_path)
    with Journal.open(next((tmp_path / "folder").glob("*[0-9a-f].json")), holder="somebody"):
        assert not take(Asked("open", library=FOLDER))


def _end_of(run: Any) -> str:
    try:
        run()
    except (SystemExit, QuarterdeckError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _make_sessions(folder: Path) -> None:
    (folder / "portfolio.csv").write_text("title,sponsor\nNew CRM,VP Sales\n", encoding="utf-8")
    for name in ("usual", "folder", "other"):
        words = ["--library", name, "new", "portfolio.csv", "-y", "--quarter", "2026-Q3"]
        assert CliRunner().invoke(command_line.app, words).exit_code == 0
