"""The user's config: what Quarterdeck understands of it, and that it reports anything else once, without harm."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("theme = [", "was ignored"),
        ("theme = 5", "theme should be a text"),
        ("keys = 5", "keys should be a table"),
        ('colour = "red"', "knows no 'colour'"),
        ('[keys]\n"board.move_up" = ""', "board.move_up"),
        ('[keys]\n"board.move_up" = 5', "board.move_up"),
        ('[keys]\n"board.move_up" = "ctrl+up++"', "board.move_up"),
        ('[keys]\n"board.move_up" = "nonsense"', "board.move_up"),
        ('[keys]\n"board.move_up" = ["K", "ctrl+nonsense"]', "board.move_up"),
        ("a=" + "[" * 5000, "was ignored"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_told(config: Path, text: str, told: str) -> None:
    config.write_text(text)
    usable, wrong = user_config()
    assert usable in ({}, {"keys": {}})
    assert told in wrong


def test_every_key_that_we_bind_ourselves_is_a_key() -> None:
    keys = {key for action in ACTIONS for key in action.keys.split(",")}
    assert {key for key in keys if not is_key(key)} == set()
    assert all(map(is_key, ("é", "ctrl+shift+f12", "full_stop", "alt+enter")))


@pytest.mark.promise("import-I17")
@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices with names are a Unix thing")
@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.write_bytes(b"\xff\xfe"), "was ignored: 'utf-8' codec"),
        (lambda path: path.write_text("#" * 100_001), "was ignored: it is larger than 100 kB."),
        (Path.mkdir, "was ignored: Is a directory."),
        (os.mkfifo, "was ignored: this is a pipe or a device, not a file."),
        (lambda path: path.symlink_to("/dev/zero"), "was ignored: this is a pipe or a device, not a file."),
    ],
    ids=["no text", "too large", "a folder", "a pipe", "a device"],
)
def test_a_config_that_is_no_text_or_has_no_end_is_left_out(config: Path, make: Callable[[Path], object], told: str) -> None:
    make(config)
    usable, problem = user_config()
    assert usable == {}
    assert problem.startswith(f"The config {config} {told}")


@pytest.mark.parametrize(
    ("said", "written", "taken"), [("", "quarterdeck-light", LIGHT), (LIGHT, "quarterdeck-dark", LIGHT), ("", "no-such-theme", DARK)]
)
async def test_what_was_said_on_the_command_line_wins_over_the_config(config: Path, tmp_path: Path, said: str, written: str, taken: str) -> None:
    config.write_text(f'theme = "{written}"')
    screen = QuarterdeckApp(open_library(tmp_path / "library"), lambda _: HomeScreen(), theme=said)
    async with screen.run_test() as pilot:
        await pilot.pause()
        assert screen.theme == taken
        messages = [toast.message for toast in screen._notifications]
        assert messages == ([] if written.startswith("quarterdeck") else ["The config's theme 'no-such-theme' is not known."])
