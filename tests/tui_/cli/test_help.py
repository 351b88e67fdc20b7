"""`--help` starts with examples that work, groups the commands by what people do, and says nothing twice."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from tui.cli.app import COMMANDS, app
from tui.cli.help.examples import EXAMPLES
from tui.environment import open_library
from tui.library.demo import make_demo

PROGRAM: Any = get_command(app)
NAMES = ["", *COMMANDS, *(f"{name} {each}" for name in COMMANDS for each in getattr(PROGRAM.commands[name], "commands", ()))]


def help_of(name: str) -> str:
    """Return what --help prints."""
    result = CliRunner().invoke(app, [*name.split(), "--help"])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_command_has_one_to_three_examples_and_nothing_else_has() -> None:
    assert sorted(EXAMPLES) == sorted(NAMES)
    for name, examples in EXAMPLES.items():
        assert 1 <= len(examples) <= 3
        assert all(each.line.startswith(f"quarterdeck {name}".rstrip()) for each in examples)


@pytest.mark.parametrize("name", NAMES)
def test_help_starts_with_its_examples_and_fits_a_narrow_terminal(name: str) -> None:
    lines = help_of(name).splitlines()
    assert lines[0] == "Examples:"
    assert lines[1].strip().startswith(EXAMPLES[name][0].line)
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line.endswith("...") and not line.startswith("Usage: ")]
    assert not re.search(r"<str>|[{}]", "\n".join(lines))


def test_the_commands_are_in_groups_by_what_people_do() -> None:
    shown = re.findall(r"^(\S[^:\n]*):$|^  ([a-z]+)  +\S", help_of(""), re.MULTILINE)
    names = [heading or command for heading, command in shown]
    groups = [names.index(heading) for heading in ("Begin", "Run", "Look back", "Keep", "Environment", "Exit codes")]
    assert groups == sorted(groups)
    assert [name for name in names if name in COMMANDS and name != "quarterdeck"] == list(COMMANDS)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo's library."""
    folder = tmp_path_factory.mktemp("demo") / "library"
    make_demo(open_library(folder))
    return folder


@pytest.fixture
def desk(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work in a folder with the files that the examples name; screens open and end immediately."""
    shutil.copytree(demo, tmp_path / "library")
    (tmp_path / "portfolio.csv").write_text("Id,Project name,Sponsor\nP01,New till,COO\nP02,New shop,VP Sales\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text("role,side\nCEO,business\nCIO,IT\n", encoding="utf-8")
    (tmp_path / "ballots.csv").write_text("voter,P01,P02\nceo,25,5\ncio,5,25\n", encoding="utf-8")
    (tmp_path / "ballots.soc").write_text("# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n3: 1,2\n2: 2,1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUARTERDECK_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setattr("tui.terminal.ownership.check_terminal", lambda: None)
    monkeypatch.setattr("tui.terminal.ownership.own_terminal", lambda: contextlib.nullcontext([]))

    async def served(*_: Any, **__: Any) -> None:
        return None

    monkeypatch.setattr("tui.cli.room._serve", served)
    for each in ("tui.app.app.QuarterdeckApp.run", "tui.joined.app.JoinedApp.run"):
        monkeypatch.setattr(each, lambda self: None)
    yield
    for session in open_library(tmp_path / "library").entries():
        assert not session.problem


def work(line: str) -> str:
    """Run a line as people type it, up to a redirection to a file or to another program; return what it says beside its output."""
    result = CliRunner().invoke(app, shlex.split(re.split(r" [>|]", line)[0])[1:], input="y\n")
    assert result.exit_code == 0, f"{line}: {result.output} {result.exception!r}"
    return result.stderr


NEXT = {
    "quarterdeck demo": "quarterdeck new portfolio.csv",
    "quarterdeck demo --library demo": "quarterdeck --library demo open 2026-Q3",
    "quarterdeck demo --library demo --headless": "quarterdeck --library demo open 2026-Q3",
    "quarterdeck new portfolio.csv --after last --dry-run": "quarterdeck new portfolio.csv --after last",
    "quarterdeck new portfolio.csv --after last --quarter 2026-Q4 -y": "quarterdeck open 2026-Q4",
    "quarterdeck new portfolio.csv --dry-run --json": "",
    "quarterdeck check portfolio.csv": "quarterdeck new portfolio.csv",
    "quarterdeck check last": "quarterdeck open 2026-Q3",
    "quarterdeck preread last": "quarterdeck preread last -o preread.html",
    "quarterdeck preread last -o preread.html": "quarterdeck open 2026-Q3",
    "quarterdeck ballots make last -o forms": "quarterdeck ballots collect last forms",
    "quarterdeck ballots make last -o forms --json": "",
    "quarterdeck ballots collect last forms": "quarterdeck open 2026-Q3",
    "quarterdeck open last": "quarterdeck open 2026-Q3",
    "quarterdeck open 2026-Q2": "quarterdeck summary 2026-Q2 -o summary.md",
    "quarterdeck replay 2026-Q2": "quarterdeck summary 2026-Q2 -o summary.md",
    "quarterdeck room last --headless": "quarterdeck open 2026-Q3",
    "quarterdeck join 192.168.1.20:8420": "quarterdeck join http://192.168.1.20:8420",
    "quarterdeck watch last": "quarterdeck watch last",
    "quarterdeck partnership 2026-Q2": "quarterdeck summary 2026-Q2 -o summary.md",
    "quarterdeck plan portfolio.csv --column title='Project name'": "quarterdeck new portfolio.csv --column 'title=Project name'",
    "quarterdeck plan 2026-Q2": "quarterdeck new portfolio.csv --after 2026-Q2",
    "quarterdeck plan last --json": "",
    "quarterdeck tally portfolio.csv --ballots ballots.csv": "quarterdeck new portfolio.csv",
    "quarterdeck tally - --ballots ballots.soc": "quarterdeck new portfolio.csv",
    "quarterdeck summary last": "quarterdeck summary last -o summary.md",
    "quarterdeck summary 2026-Q2 -o summary.md": "quarterdeck new portfolio.csv --after 2026-Q2",
    "quarterdeck trend last": "quarterdeck open 2026-Q3",
    "quarterdeck export last --format csv": "quarterdeck export last --format csv -o session.csv",
    "quarterdeck export last --format xlsx -o session.xlsx": "quarterdeck open 2026-Q3",
    "quarterdeck list": "quarterdeck open 2026-Q3",
    "quarterdeck list --json": "",
    "quarterdeck rename last Autumn": "quarterdeck list",
    "quarterdeck archive 2025-Q4": "quarterdeck list",
    "quarterdeck copy last --to backup": "quarterdeck --library backup list",
    "quarterdeck library config pmo -o server": "quarterdeck library init nats://127.0.0.1:4222/pmo --keys server",
    "quarterdeck repair last": "quarterdeck open /library/.repaired.json",
    "quarterdeck reopen 2026-Q2": "quarterdeck open 2026-Q2",
    "quarterdeck delete 2025-Q4 -y": "quarterdeck list",
    "quarterdeck where": "quarterdeck list",
    "quarterdeck man": "quarterdeck man | man -l -",
    "quarterdeck completion zsh": "quarterdeck completion zsh >> ~/.zshrc",
}


LINES = [each.line for examples in EXAMPLES.values() for each in examples if "nats://" not in each.line]  # test_shared_library has a server


@pytest.mark.system
@pytest.mark.parametrize("line", dict.fromkeys([*LINES, *NEXT]))
def test_every_example_works_and_ends_with_the_next_command_which_works(desk: None, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("tui.cli.help.next_step.is_watched", lambda: True)
    if " collect " in line:
        work("quarterdeck ballots make last -o forms")
    if " --back" in line:
        work("quarterdeck archive 2025-Q4")
    if " repair " in line:
        latest = max(Path("library").glob("2026-q3-*.json"))
        latest.write_bytes(latest.read_bytes()[:-200])
    told = re.findall(r"^Next: (.*)$", work(line), re.MULTILINE)
    if line in NEXT:
        assert [re.sub(r"/\S*(?=/library/\S+)|2026-q3-\w+(-\w+)*", "", each) for each in told] == ([NEXT[line]] if NEXT[line] else [])
    if told and "nats://" not in told[0]:  # a server answers in test_shared_library
        work(told[0])


@pytest.mark.system
def test_every_command_is_in_that_table_and_one_that_fails_names_none(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {line.split()[1] for line in NEXT} == set(COMMANDS)
    assert "Next: " not in work("quarterdeck list")  # no one watches
    monkeypatch.setattr("tui.cli.help.next_step.is_watched", lambda: True)
    Path("bad.csv").write_text("voter,1\nnobody,5\n", encoding="utf-8")
    work("quarterdeck ballots make last -o forms")
    for line in (
        "check none.csv", "new none.csv", "export last -o none/x.json", "ballots collect last bad.csv", "open nowhere", "repair last",
        "tally - --ballots none.csv",
    ):  # fmt: skip
        ended = CliRunner().invoke(app, shlex.split(line))
        assert (ended.exit_code, "Next: " in ended.output) == (1, False), line
