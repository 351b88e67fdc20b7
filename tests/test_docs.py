"""What the documentation shows is true: its example files load, its commands run, and the output under a command is what it prints.

A fence under the name of a file, alone on its line, is that file. The lines of an sh fence run in their order, beside all the files; a text fence
under them is what they print. Commands in running text are parsed.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from sources import ROOT
from typer.main import get_command
from typer.testing import CliRunner

from sessions.deciding.adopting import achieved
from sessions.imports.formats import limits
from sessions.imports.known.registry import SPECS
from sessions.imports.portfolio import load_portfolio
from sessions.portfolio.models import Adoption
from sessions.sequencing.cheaper_order import cheaper_order
from sessions.sequencing.cost import plan_cost
from sessions.sequencing.schedule import schedule
from sessions.sequencing.workload import prepare
from tui.app.config import user_config
from tui.cli.app import app

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^(?:`(?P<file>[^`\s]+)`\n\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
IN_TEXT = re.compile(r"`(?:\$ )?(quarterdeck(?: [^`]+)?)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)")
SCREENS = {"open": (), "replay": (), "partnership": (), "room": (), "join": (), "demo": (), "new": ("-y",)}
"""Commands that need a terminal, and what makes them do without; if nothing does, their arguments are parsed."""
OTHERS = {
    "python3": "makes an environment: tests/test_wheel.py does that with the wheel", "pip": "the same", "pipx": "downloads", "uv": "downloads",
    "uvx": "downloads", "pytest": "is running", "ruff": "is run by .ci/run", "mypy": "the same", "python": "takes pictures, and minutes",
    ".": "changes the shell", "cloudflared": "is another program", "man": "shows a page",
    "nats-server": "runs until it is stopped; tests/nats_server.py starts it", "export": "sets a variable of the shell",
}  # fmt: skip
"""Other programs that are shown, and why they are not run here."""


def fences(page: Path) -> list[re.Match[str]]:
    return list(FENCE.finditer(page.read_text(encoding="utf-8")))


def examples() -> dict[str, str]:
    """Return all example files: name -> text. A name on two pages is one file."""
    found: dict[str, str] = {}
    for fence in (each for page in PAGES for each in fences(page) if each["file"]):
        assert found.setdefault(fence["file"], fence["text"]) == fence["text"], fence["file"]
    return found


def commands(block: str) -> Iterator[list[str]]:
    """Return the words of each command of Quarterdeck in a block, without its name; any other program must be known."""
    for part in re.split(r"\n|&&|\|", re.sub(r"#.*", "", block)):
        words = [word for word in shlex.split(part) if not re.match("[A-Z]+=", word)]
        program = words[0].rpartition("/")[2] if words else ""
        if program == "quarterdeck":
            yield words[1:]
        else:
            assert program in OTHERS or not words, part


def parse(words: list[str]) -> None:
    """Parse a command without running it: a wrong option or a missing argument raises."""
    command, parent = get_command(app), None
    while hasattr(command, "get_command"):
        parent = command.make_context("quarterdeck", words, parent=parent)
        words = [*parent._protected_args, *parent.args]  # where Click keeps the command of a group
        if not words:
            return
        name, command, words = command.resolve_command(parent, words)
    if words:  # a bare name may stand for a command in a sentence
        command.make_context(name, words, parent=parent)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_and_print_what_it_shows(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in examples().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUARTERDECK_LIBRARY", str(tmp_path / "library"))
    run(["new", "portfolio.csv", "-y", "--people", "people.csv", "--quarter", "2026-Q3"])
    printed = ""
    for fence in fences(page):
        if fence["language"] == "text":
            assert printed.rstrip() == fence["text"].rstrip()
        elif fence["language"] == "sh":
            printed = "".join(run(words) for words in commands(fence["text"]))


def run(words: list[str]) -> str:
    """Run a command, and return what it prints. One that needs a terminal runs without, or is parsed."""
    words = ["last" if word == "SESSION" else word for word in words]
    name = next((word for word in words if not word.startswith("-")), "")
    if any(word.startswith("nats://") for word in words):
        parse(words)  # a server that answers there is in tests/tui_/cli/test_shared_library.py
        return ""
    if name in SCREENS and not {"--help", "--dry-run", *SCREENS[name]} & set(words):
        if not SCREENS[name]:
            parse(words)
            return ""
        words += SCREENS[name]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, (words, result.output, result.exception)
    return result.stdout


def test_every_example_file_is_used_by_a_command_of_its_page() -> None:
    for page in PAGES:
        shown = " ".join(fence["text"] for fence in fences(page) if fence["language"] == "sh")
        unused = [fence["file"] for fence in fences(page) if fence["file"] and fence["file"] not in shown]
        assert unused in ([], ["config.toml"]), page.name


def test_the_commands_in_running_text_are_commands() -> None:
    for page in PAGES:
        text = FENCE.sub("", page.read_text(encoding="utf-8"))
        for shown in IN_TEXT.findall(text):
            parse(shlex.split(re.sub(r"[\[\]]|[>|].*", "", shown))[1:])


def test_links_lead_to_a_file_and_to_a_heading_in_it() -> None:
    for page in PAGES:
        for target, anchor in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            file = (page.parent / target) if target else page
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
            assert file.exists(), (page.name, target)
            assert not anchor or anchor in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings], (page.name, anchor)


def test_the_config_that_is_shown_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_CONFIG", str(tmp_path / "config.toml"))
    for shown in (fence["text"] for page in PAGES for fence in fences(page) if fence["language"] == "toml"):
        (tmp_path / "config.toml").write_text(shown, encoding="utf-8")
        config, problem = user_config()
        assert (sorted(config), problem) == (["keys", "theme"], "")


def test_the_figures_of_the_method_are_those_of_the_product(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    (tmp_path / "plan.json").write_text(examples()["plan.json"], encoding="utf-8")
    portfolio = load_portfolio(tmp_path / "plan.json").portfolio
    cards = {card.id: card for card in portfolio.projects}
    plan = schedule(prepare(portfolio, cards), tuple(cards))
    *_, found = cheaper_order(plan)
    figures = [f"{plan_cost(plan):,}", f"{found.cost:,}", f"{found.cost / plan_cost(plan):.2f}", f"{round(30_000 * Fraction(12, 52)):,}"]
    readings = (("0", "70", "41"), ("20", "5", "8"))
    figures += [f"{float(achieved(Adoption(baseline=first, target=last), now) or 0):.2f}" for first, last, now in readings]
    assert [figure for figure in figures if figure not in text] == []


def test_the_limits_and_the_known_tools_are_those_of_the_product() -> None:
    text = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    assert [spec.tool for spec in SPECS if not re.search(rf"^\|.*\b{spec.tool}\b", text, re.MULTILINE)] == []
    assert f"{limits.ROWS:,} rows and {limits.COLUMNS:,} columns, a cell {limits.CELL // 1_000_000} MB, a file {limits.megabytes()}" in text
