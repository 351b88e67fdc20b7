"""The user's config: what Quarterdeck understands of it, and that it reports anything else once, without harm."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from stage import said

from tui.app.app import QuarterdeckApp
from tui.app.config import is_key, user_config
from tui.environment import open_library
from tui.host.actions import ACTIONS
from tui.library.screen import HomeScreen
from tui.themes import DARK, LIGHT


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("QUARTERDECK_CONFIG", str(path))
    return path


def test_theme_and_keys_are_taken(config: Path) -> None:
    config.write_text('theme = "quarterdeck-light"\n[keys]\n"board.move_up" = "K, ctrl+up"\n"board.move_down" = ["J", "ctrl+down"]\n')
    assert user_config() == ({"theme": LIGHT, "keys": {"board.move_up": "K,ctrl+up", "board.move_down": "J,ctrl+down"}}, "")


WRONG = [
    ("theme = [", "The config {} was ignored"),
    ("theme = 5", "theme should be a text"),
    ("keys = 5", "keys should be a table"),
    ('colour = "red"', "knows no 'colour'"),
    *((f'[keys]\n"board.move_up" = {key}', "board.move_up") for key in ('""', "5", '"ctrl+up++"', '"nonsense"', '["K", "ctrl+nonsense"]')),
    ("a=" + "[" * 5000, "The config {} was ignored"),
    ("#" * 100_001, "The config {} was ignored: it is larger than 100 kB."),
    (lambda path: path.write_bytes(b"\xff\xfe"), "The config {} was ignored: 'utf-8' codec"),
]
NO_FILES = [
    (Path.mkdir, "The config {} was ignored: Is a directory."),
    (lambda path: os.mkfifo(path, 0o600), "The config {} was ignored: this is a pipe or a device, not a file."),
    (lambda path: path.symlink_to("/dev/zero"), "The config {} was ignored: this is a pipe or a device, not a file."),
]


@pytest.mark.promise("import-I17")
@pytest.mark.parametrize(("made", "told"), WRONG + NO_FILES * (sys.platform != "win32"))
def test_what_cannot_be_used_is_left_out_and_told(config: Path, made: str | Callable[[Path], object], told: str) -> None:
    config.write_text(made) if isinstance(made, str) else made(config)
    usable, problem = user_config()
    assert usable in ({}, {"keys": {}})
    assert told.format(config) in problem


def test_every_key_that_we_bind_ourselves_is_a_key() -> None:
    keys = {key for action in ACTIONS for key in action.keys.split(",")}
    assert {key for key in keys if not is_key(key)} == set()
    assert all(map(is_key, ("é", "ctrl+shift+f12", "full_stop", "alt+enter")))


@pytest.mark.parametrize(
    ("given", "written", "taken"), [("", "quarterdeck-light", LIGHT), (LIGHT, "quarterdeck-dark", LIGHT), ("", "no-such-theme", DARK)]
)
async def test_what_was_said_on_the_command_line_wins_over_the_config(config: Path, tmp_path: Path, given: str, written: str, taken: str) -> None:
    config.write_text(f'theme = "{written}"')
    screen = QuarterdeckApp(open_library(tmp_path / "library"), lambda _: HomeScreen(), theme=given)
    async with screen.run_test() as pilot:
        await pilot.pause()
        assert screen.theme == taken
        assert said(pilot) == ("" if written.startswith("quarterdeck") else "The config's theme 'no-such-theme' is not known.")
