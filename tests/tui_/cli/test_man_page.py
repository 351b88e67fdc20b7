"""The man page has every command, option and key, and troff has nothing to say about it."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Any

import pytest
from command_line import told
from sources import sources
from typer.main import get_command

from tui.cli.app import app
from tui.cli.help.facts import ENVIRONMENT, EXIT_CODES, FILES
from tui.host.actions import ACTIONS


def plain(text: str) -> str:
    """Return what a reader sees of the page."""
    text = re.sub(r"\\\[u([0-9A-F]+)\]", lambda match: chr(int(match[1], 16)), re.sub(r"\\f[BR]", "", text))
    for escape, sign in {"\\-": "-", "\\(aq": "'", "\\(ha": "^", "\\(ti": "~", "\\(ga": "`", "\\&": "", "\\e": "\\"}.items():
        text = text.replace(escape, sign)
    return text


def all_params(command: Any) -> list[Any]:
    return [*command.params, *(each for inner in getattr(command, "commands", {}).values() for each in all_params(inner))]


def test_the_page_has_every_command_option_key_and_fact() -> None:
    text = told("none", "man")
    assert text.isascii()
    seen = plain(text)
    program: Any = get_command(app)
    for name, command in program.commands.items():
        assert f"\n.SS {name} " in seen
        assert " ".join(command.help.replace("`", "").split()) in seen
    for option in {name for each in all_params(program) for name in each.opts if name.startswith("--")}:
        assert option in seen
    for action in ACTIONS:
        assert f"\n{action.shown}\n" in seen
        assert f"{action.help.replace('`', '')} [{action.id}]" in seen
    for term, meaning in (*ENVIRONMENT, *FILES, *EXIT_CODES):
        assert f"\n{term}\n{meaning.replace('`', '')}\n" in seen


def test_every_variable_of_ours_is_named() -> None:
    """In the code, and in --help and the page."""
    used = {name for each in sources() for name in re.findall(r"QUARTERDECK_[A-Z_]+", each.text)}
    assert used == {name for name, _ in ENVIRONMENT}


@pytest.mark.system
@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_troff_warns_of_nothing() -> None:
    done = subprocess.run(["groff", "-ww", "-man", "-Tutf8"], input=told("none", "man"), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "quarterdeck new portfolio.csv --after last" in re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout)
