"""What the command line prints of a session or a portfolio that somebody else wrote: nothing in it acts on the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hostile import BLENDS, CONTROLS, CORPUS, Poison, loud, poisoned, write_session
from larkfield import meeting
from typer.testing import CliRunner, Result

from tui.cli.app import app
from tui.cli.main import main
from tui.cli.output import print_crash
from tui.environment import resume_command

NAME = "x\u202e\x1b[31m\n[b]"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with a hostile session, and files whose names are hostile and whose bytes are damaged."""
    folder = tmp_path_factory.mktemp("library")
    write_session(folder / "session.json", poisoned(meeting().log.records, Poison()))
    (folder / f"{NAME}1.json").write_text("{\x1b[5m", encoding="utf-8")
    (folder / f"{NAME}2.json").write_text('{"events": {\n"1": {"kind": "\\u001b[31m\u202e"}\n}}', encoding="utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def assert_quiet(text: str) -> None:
    assert loud(text.replace("\n", "").replace("\r", "")) == []


COMMANDS = (
    "list", "list --json", "check session", "summary session", "preread session", "export session", "export session --format csv", "plan session",
    "plan session --json", "find x", "check x", "summary nothing", f"check {NAME}1", f"repair {NAME}2",
)  # fmt: skip


@pytest.mark.promise("text-H4")
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_is_printed_of_a_hostile_library_acts(
    library: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["quarterdeck", "--library", str(library), *command.split(" ")])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr()
    assert told.out or told.err
    assert_quiet(told.out)
    assert_quiet(told.err)


@pytest.mark.promise("text-H4")
@pytest.mark.parametrize("command", ["list", "where"])
def test_a_folder_with_a_hostile_name_is_told_quietly(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / NAME).mkdir()
    for name in ("QUARTERDECK_LIBRARY", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / NAME))
    monkeypatch.setattr("sys.argv", ["quarterdeck", command])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr().out
    assert "[b]" in told
    assert len(told.splitlines()) == {"list": 1, "where": 2}[command]
    assert_quiet(told)


@pytest.mark.promise("text-H4")
def test_an_error_of_our_own_in_a_folder_with_a_hostile_name_is_told_quietly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_crash(ZeroDivisionError(), resume_command(tmp_path / NAME))
    told = capsys.readouterr().err
    assert "[31m [b]" in told
    assert len(told.splitlines()) == 1
    assert_quiet(told)


def test_what_is_said_of_a_hostile_portfolio_is_quiet_and_counts_what_was_changed(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.json"
    path.write_text(json.dumps([{"title": f"x{text}", f"a{text}": text} for text in CORPUS]), encoding="utf-8")
    for command in (["new", "--dry-run"], ["check"], ["plan"], ["new", "--yes", "--title", BLENDS[1].replace("\x00", "")]):
        result = run("--library", str(tmp_path / "library"), *command, str(path))
        assert result.exit_code == 0, result.output
        assert_quiet(result.output)
    result = run("new", "--dry-run", str(path))
    for words in ("control character", "direction mark", "hidden separator", "hidden tag", "noncharacter", "zero-width space", "combining mark"):
        assert words in result.output
    (session,) = (tmp_path / "library").glob("*.json")
    assert_quiet(session.read_text(encoding="utf-8"))
    for control in CONTROLS[:4]:
        assert json.dumps(control)[1:-1] not in session.read_text(encoding="utf-8")
