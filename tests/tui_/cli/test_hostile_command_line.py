"""What the command line prints of a session or a portfolio that someone else wrote: nothing in it acts on the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import run
from hostile import BLENDS, CONTROLS, CORPUS, Poison, loud, poisoned, write_session
from larkfield import meeting

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


Printed = Callable[..., str]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Printed:
    """Return a function that runs the whole program, and returns what it prints: nothing in it may act on the terminal."""

    def run(*words: str) -> str:
        monkeypatch.setattr("sys.argv", ["quarterdeck", *words])
        with pytest.raises(SystemExit):
            main()
        said = "".join(capsys.readouterr())
        assert_quiet(said)
        return said

    return run


def assert_quiet(text: str) -> None:
    assert loud(text.replace("\n", "").replace("\r", "")) == []


COMMANDS = (
    "list", "list --json", "check session", "summary session", "preread session", "export session", "export session --format csv", "plan session",
    "plan session --json", "find x", "check x", "summary nothing", f"check {NAME}1", f"repair {NAME}2",
)  # fmt: skip


@pytest.mark.promise("text-H4")
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_is_printed_of_a_hostile_library_acts(library: Path, command: str, printed: Printed) -> None:
    assert printed("--library", str(library), *command.split(" "))


@pytest.mark.promise("text-H4")
def test_a_folder_with_a_hostile_name_is_told_quietly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / NAME).mkdir()
    for name in ("QUARTERDECK_LIBRARY", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / NAME))
    for command, lines in (("list", 1), ("where", 2)):
        told = printed(command)
        assert "[b]" in told
        assert len(told.splitlines()) == lines
    monkeypatch.delenv("QUARTERDECK_LIBRARY")
    print_crash(ZeroDivisionError(), resume_command(tmp_path / NAME))
    told = capsys.readouterr().err
    assert "[31m [b]" in told
    assert len(told.splitlines()) == 1
    assert_quiet(told)


def test_what_is_said_of_a_hostile_portfolio_is_quiet_and_counts_what_was_changed(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.json"
    path.write_text(json.dumps([{"title": f"x{text}", f"a{text}": text} for text in CORPUS]), encoding="utf-8")
    said = ""
    for command in (["new", "--dry-run"], ["check"], ["plan"], ["new", "--yes", "--title", BLENDS[1].replace("\x00", "")]):
        result = run(tmp_path / "library", *command, path)
        assert result.exit_code == 0, result.output
        said += result.output
    assert_quiet(said)
    for words in ("control character", "direction mark", "hidden separator", "hidden tag", "noncharacter", "zero-width space", "combining mark"):
        assert words in said
    (session,) = (tmp_path / "library").glob("*.json")
    assert_quiet(session.read_text(encoding="utf-8"))
    for control in CONTROLS[:4]:
        assert json.dumps(control)[1:-1] not in session.read_text(encoding="utf-8")
