"""What the tab key offers in a shell: it is quick, it knows the sessions, and nothing that someone else wrote acts on the shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sources import ROOT, loaded_by

from sessions.sample import sample_portfolio
from tui.cli.help.shells import SCRIPTS, Shell
from tui.cli.main import main
from tui.environment import open_library

Asked = Callable[[str], dict[str, str]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with three quarters."""
    folder = tmp_path_factory.mktemp("library")
    home = open_library(folder)
    for quarter in ("2026-Q1", "2026-Q2", "2026-Q3"):
        home.create(sample_portfolio(), title="Larkfield Supply", quarter=quarter).close()
    home.entries()
    return folder


@pytest.fixture
def offered(library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Return a function from the words of a command line to what may become of the last one, with what it means."""
    monkeypatch.setenv("QUARTERDECK_LIBRARY", str(library))

    def asked(line: str) -> dict[str, str]:
        monkeypatch.setattr("sys.argv", ["quarterdeck", "_complete", *line.split(" ")[1:]])
        main()
        return dict(row.split("\t") for row in capsys.readouterr().out.splitlines())

    return asked


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("quarterdeck ", ["demo", "new", "open", "completion"]),
        ("quarterdeck ex", ["export"]),
        ("quarterdeck --li", ["--library", "--light"]),
        ("quarterdeck --library there summ", ["summary"]),
        ("quarterdeck new --peo", ["--people"]),
        ("quarterdeck ballots ", ["make", "collect"]),
        ("quarterdeck ballots make --method ", ["points", "ranking", "approval"]),
        ("quarterdeck tally cards.csv --method ", ["points", "ranking", "approval"]),
        ("quarterdeck export --format=j", ["--format=json"]),
        ("quarterdeck new x.csv --column ", ["title=", "benefit_monthly=", "keep=", "ignore="]),
        ("quarterdeck check x.csv --encoding win", ["windows-1252"]),
        ("quarterdeck new x.csv --encoding=iso", ["--encoding=iso-8859-15"]),
        ("quarterdeck export --format = j", ["json"]),  # as bash splits it
        ("quarterdeck open ", ["last", "2026-Q3"]),
        ("quarterdeck new --after la", ["last"]),
        ("quarterdeck plan 2026-Q", ["2026-Q1", "2026-Q2", "2026-Q3"]),
        ("quarterdeck check 2026-q3-lark", []),
        ("quarterdeck list --library nowhere ", []),
        ("quarterdeck open --library nowhere ", []),
    ],
)
def test_tab_offers_what_fits(offered: Asked, line: str, some: list[str]) -> None:
    found = offered(line)
    assert set(some) <= set(found)
    assert all(value.startswith(line.rsplit(" ", maxsplit=1)[-1]) for value in found)
    if not some:
        assert all(value.startswith("2026-q3-larkfield-supply-") for value in found)


def test_a_part_of_the_name_that_only_one_session_has_is_enough(offered: Asked) -> None:
    [session] = offered("quarterdeck open Q2-Lark")
    assert session.startswith("2026-q2-larkfield-supply-")
    assert not offered("quarterdeck open larkfield")
    assert not offered("quarterdeck check q2-lark"), "it may be a file"


def test_an_option_is_offered_once_and_a_session_says_what_it_is(offered: Asked) -> None:
    assert "--html" not in offered("quarterdeck summary --html --")
    assert "--column" in offered("quarterdeck new --column title=x --")
    assert offered("quarterdeck open la") == {"last": "Larkfield Supply, 2026-Q3, Prepare"}


def test_a_session_whose_name_a_shell_would_evaluate_is_not_offered_and_a_title_is_harmless(offered: Asked, library: Path, tmp_path: Path) -> None:
    shutil.copytree(library, tmp_path / "library")
    session = next(library.glob("2026-q3-*.json")).read_bytes()
    for name in ("$(touch x)", "a b", "-x", "\x1b[31m"):
        (tmp_path / "library" / f"{name}.json").write_bytes(session)
    found = offered(f"quarterdeck open --library {tmp_path}/library ")
    assert found
    assert not {"$(touch x)", "a b"} & set(found)
    assert not any("\x1b" in value + about for value, about in found.items())


@pytest.mark.system
def test_it_loads_neither_the_screen_nor_the_domain(library: Path) -> None:
    loaded = loaded_by("from tui.cli.main import main; main()", "_complete", "--library", library, "open", "")
    assert loaded & {"textual", "pydantic", "sessions.library.library", "asyncio"} == set()


RUN = {
    Shell.BASH: "source {script}; COMP_WORDS=(quarterdeck open 2026-Q); COMP_CWORD=2; _quarterdeck quarterdeck; printf '%s\\n' ${{COMPREPLY[@]}}",
    Shell.ZSH: "compdef() {{ :; }}; compadd() {{ print -l -- $values; }}; source {script}; words=(quarterdeck open 2026-Q); CURRENT=3; _quarterdeck",
    Shell.FISH: "source {script}; complete -C 'quarterdeck open 2026-Q'",
}
PLAIN = {Shell.BASH: ["--norc", "--noprofile"], Shell.ZSH: ["-f"], Shell.FISH: ["--no-config"]}


@pytest.mark.system
@pytest.mark.parametrize("shell", RUN)
def test_the_script_of_a_shell_asks_and_offers(library: Path, tmp_path: Path, shell: Shell) -> None:
    if not (program := shutil.which(shell.value)):
        pytest.skip(f"{shell.value} is not installed")
    script = tmp_path / "script"
    script.write_text(SCRIPTS[shell], encoding="utf-8")
    command = tmp_path / "quarterdeck"
    command.write_text(f"#!{sys.executable}\nfrom tui.cli.main import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "QUARTERDECK_LIBRARY": str(library),
        "HOME": str(tmp_path),
    }
    code = RUN[shell].format(script=script)
    done = subprocess.run([program, *PLAIN[shell], "-c", code], capture_output=True, text=True, env=env, timeout=60, check=True)
    assert {line.split("\t")[0] for line in done.stdout.splitlines()} == {"2026-Q1", "2026-Q2", "2026-Q3"}
