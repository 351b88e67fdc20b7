"""The installed command in a real pseudo-terminal: the whole demo by keyboard, and how it ends whatever ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a Unix thing", allow_module_level=True)

from pseudo_terminal import Terminal, installed_command

pytestmark = pytest.mark.system

COMMAND = installed_command()
if not COMMAND.exists():
    pytest.skip(f"{COMMAND} is not installed: pip install -e .", allow_module_level=True)

ESCAPE = "\x1b"


def run(*words: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(COMMAND), *map(str, words)], capture_output=True, text=True, timeout=60, check=False, **more)  # type: ignore[call-overload, no-any-return]


with tempfile.TemporaryDirectory() as _folder:
    run("demo", "--headless", "--library", _folder)
    BEGUN = int(json.loads(run("--library", _folder, "export", "last").stdout)["session"]["events"])
"""The events with which the demo begins."""


def saved(more: int) -> str:
    """Return what the top bar says after so many actions."""
    return f"saved #{BEGUN + more}"


def exported(library: Path) -> dict[str, object]:
    return json.loads(run("--library", library, "export", "last").stdout)  # type: ignore[no-any-return]


def test_the_whole_demo_by_keyboard(tmp_path: Path) -> None:
    library = tmp_path / "library"
    page = tmp_path / "page.md"
    with Terminal([COMMAND, "demo", "--library", library], cwd=tmp_path) as terminal:
        terminal.see("Larkfield Supply", "Repeat-order checkout", "Decide", saved(0))
        # rank
        terminal.type("K")
        terminal.see("3 ▲ from 4", saved(1))
        terminal.type("n")
        terminal.see("Why 4 → 3?")
        terminal.type("the board asked for it\r")
        terminal.see(saved(2))
        # what the last vote said
        terminal.type("r")
        terminal.see("points", "Contractor CRM replacement", "g take")
        terminal.type(ESCAPE)
        terminal.see(saved(2), "Decide")
        # vote: a second round, two voices, masked; the screen never shows a figure
        terminal.type("v")
        terminal.see("enter open a ballot")
        terminal.type("\r")
        terminal.see("Points a voice")
        terminal.type("\r")
        terminal.see("Ballot of points 2", "not in", "business 0/6")
        terminal.type("\r")
        terminal.see("The ballot of CFO")
        terminal.type("4 24, 1 21\r")
        terminal.see("CFO: in", "business 1/6")
        terminal.type("jjjj")
        terminal.type("\r")
        terminal.see("The ballot of CIO")
        terminal.type("3 25, 4 25\r")
        terminal.see("CIO: in", "IT 1/5")
        assert b"4 24" not in terminal.output
        # reveal, in two steps
        terminal.type("r")
        terminal.see("not in", "r ")
        terminal.type("r")
        terminal.see("g take", "Repeat-order checkout")
        terminal.type("g")
        terminal.see(saved(7), "carry")
        # decide
        terminal.type("D")
        terminal.see("accepted")
        # the summary, written where the command was started
        terminal.type("\x13")
        terminal.see("what we decided")
        terminal.type("\r")
        terminal.see("quarterdeck-2026-q3")
        terminal.type(ESCAPE)
        terminal.see("Larkfield Supply", "carry")
        # quit, and resume
        terminal.type("\x11")
        terminal.see("Quit Quarterdeck?")
        terminal.type("\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
    assert (tmp_path / "quarterdeck-2026-q3-larkfield-supply.md").exists()
    before = exported(library)
    with Terminal([COMMAND, "--library", library, "open", "last"]) as terminal:
        terminal.see("Repeat-order checkout", saved(8))
        terminal.type("q")
        terminal.see("Leave the session?")
        terminal.type("\r")
        assert terminal.wait() == 0
    assert exported(library) == before
    # the summary
    assert run("--library", library, "summary", "last", "-o", page).returncode == 0
    assert "Repeat-order checkout" in page.read_text(encoding="utf-8")
    # replay
    with Terminal([COMMAND, "--library", library, "replay", "last"]) as terminal:
        terminal.see("Larkfield Supply")
        terminal.type("G")
        terminal.see(str(BEGUN + 8))
        terminal.type("q")
        assert terminal.wait() == 0
    assert run("--library", library, "check", "last").returncode == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals, code: int) -> None:
    library = tmp_path / "library"
    with Terminal([COMMAND, "demo", "--library", library]) as terminal:
        terminal.see(saved(0))
        terminal.type("K")
        terminal.see(saved(1))
        os.kill(terminal.process.pid, number)
        assert terminal.wait() == code
        assert terminal.is_as_before()
    assert run("--library", library, "check", "last").returncode == 0
    assert exported(library)["session"]["events"] == BEGUN + 1  # type: ignore[index]


def test_a_closed_terminal_loses_nothing(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with Terminal([COMMAND, "demo", "--library", library]) as terminal:
        terminal.see(saved(0))
        terminal.type("K")
        terminal.see(saved(1))
        terminal.hang_up()
        assert terminal.process.wait(timeout=30) != 0
    assert exported(library)["session"]["events"] == BEGUN + 1  # type: ignore[index]


def test_a_second_window_is_told_who_has_the_session(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with Terminal([COMMAND, "demo", "--library", library]) as terminal:
        terminal.see(saved(0))
        with Terminal([COMMAND, "--library", library, "open", "last"]) as second:
            second.see(str(terminal.process.pid), "Open it read-only?")
            second.type("n\r")
            assert second.wait() == 1
        with Terminal([COMMAND, "--library", library, "open", "last", "--read-only"]) as second:
            second.see("read-only", "Repeat-order checkout")
            second.type("K")
            second.see("read-only")
            second.type("q")
            assert second.wait() == 0
        terminal.type("K")
        terminal.see(saved(1))


@pytest.mark.parametrize("size", [(10, 3), (1, 1), (300, 5)])
def test_a_tiny_terminal_does_not_end_it(tmp_path: Path, size: tuple[int, int]) -> None:
    with Terminal([COMMAND, "demo", "--library", tmp_path / "library"], size=size) as terminal:
        terminal.until(lambda text: bool(text.strip()), "something on the screen")
        terminal.type("K")
        terminal.resize(120, 40)
        terminal.see(saved(1))


@pytest.mark.parametrize("words", [["demo"], [], ["open", "last"], ["replay", "last"]])
def test_without_a_terminal_it_says_so_and_ends(tmp_path: Path, words: list[str]) -> None:
    library = tmp_path / "library"
    run("demo", "--headless", "--library", library)
    result = run("--library", library, *words, stdin=subprocess.DEVNULL)
    assert result.returncode == 2
    assert "terminal" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_dumb_terminal_is_refused(tmp_path: Path) -> None:
    with Terminal([COMMAND, "demo"], env={"TERM": "dumb"}) as terminal:
        assert terminal.wait() == 2
        assert "TERM=dumb" in terminal.text


def test_kill_9_in_the_middle_and_resume(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with Terminal([COMMAND, "demo", "--library", library]) as terminal:
        terminal.see(saved(0))
        for number, key in enumerate("KKKJJ", 1):
            terminal.type(key)
            terminal.see(saved(number))
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.process.wait()
    with Terminal([COMMAND, "--library", library, "open", "last"]) as terminal:
        terminal.see(saved(5), "VP Marketing asks", "Decide")
