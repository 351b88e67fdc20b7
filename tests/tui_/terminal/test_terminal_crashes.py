"""An error of our own, wherever it happens, is one calm sentence, a private log without any values, and a terminal as it was (T24, T25)."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a Unix thing", allow_module_level=True)

from pseudo_terminal import Terminal, with_fault

from sessions.sample import sample_portfolio
from tui.environment import open_library
from tui.terminal.crash_report import sentence, write_crash

pytestmark = pytest.mark.system

SECRET = "opensesame"
BROKEN = """
def broken(*_, **__):
    ballot = 'open' + 'sesame'
    try:
        {}[ballot]
    except KeyError as error:
        raise ValueError(ballot) from error
"""

CRASHES = {
    "a key's action": ("import tui.board.moves as m\nm.Moving.action_select_down = broken", "j"),
    "a handler": ("import tui.widgets.board.board as b\nb.Board.on_key = broken", "~"),
    "a worker": ("import tui.dialogs.ask as a\na.Ask.__init__ = broken", "p"),
    "a dialog's compose": ("import tui.dialogs.base as b\nb.Dialog.compose = broken", "p"),
    "drawing the board": (
        "import tui.widgets.board.board as b\ndef act(board, _): b.Board._view = broken; board.refresh()\nb.Board.on_key = act",
        "~",
    ),
    "a timer": ("import tui.board.screen as b\nb.SessionScreen.tick = broken", ""),
    "a callback": (
        "import tui.board.moves as m, asyncio\n"
        "m.Moving.action_select_down = lambda _: asyncio.get_running_loop().call_soon(broken) and None",
        "j",
    ),
    "the end of a signal": (
        "import tui.app.app\ntui.app.app.QuarterdeckApp.exit = lambda self, **_: broken() if _.get('return_code') == 143 else x(self, **_)",
        "TERM",
    ),
    "reading the terminal": ("import tui.terminal.paste as p\np.PasteFilter.filtered = broken", "j"),
    "writing the record": ("import sessions.live.session as l\nl.LiveSession.perform = broken", "J"),
    "the way out": ("import tui.app.app\ntui.app.app.QuarterdeckApp.on_unmount = broken", "\x11\r"),
}  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with open_library(tmp_path / "library").create(sample_portfolio(), title="Larkfield Supply"):
        return tmp_path / "library"


def unwrapped(terminal: Terminal) -> str:
    """Return what a program wrote after it had left the screen, in one line."""
    return " ".join(re.sub(rb"\x1b\[[0-9;?<>]*[a-zA-Z]", b"", terminal.output.rpartition(b"\x1b[?1049l")[2]).decode().split())


@pytest.mark.promise("terminal-T24")
@pytest.mark.parametrize("where", CRASHES)
def test_an_error_is_one_calm_sentence_wherever_it_happens(library: Path, tmp_path: Path, where: str) -> None:
    fault, key = CRASHES[where]
    setting = "import tui.app.app\nx = tui.app.app.QuarterdeckApp.exit\n"
    with Terminal(with_fault(setting + BROKEN + fault, "--library", library, "open", "last"), env={"TMPDIR": str(tmp_path)}) as terminal:
        if key:
            terminal.see("saved #1")
        if key == "TERM":
            os.kill(terminal.process.pid, signal.SIGTERM)
        else:
            terminal.type(key)
        assert terminal.wait() == 1
        assert terminal.is_as_before()
        [log] = tmp_path.glob("quarterdeck-crash-*.log")
        said = unwrapped(terminal)
        session = "last" if where == "the way out" else open_library(library).find("last").id
        assert said == sentence(ValueError(), log, f"quarterdeck --library {library} open {session}")
    assert log.stat().st_mode & 0o777 == 0o600
    told = log.read_text()
    assert SECRET not in told
    assert "in broken" in told
    assert "ValueError" in told
    assert "KeyError" in told
    assert list(tmp_path.glob("quarterdeck-output-*")) == []
    again = subprocess.run(with_fault("", "--library", library, "export", "last"), capture_output=True, check=False)
    assert json.loads(again.stdout)["session"]["events"] == 1


def test_work_that_is_called_off_is_no_error(library: Path, tmp_path: Path) -> None:
    """Somebody cancels a worker, and an app that ends cancels those at work; nobody hears of it."""
    code = (
        "import asyncio\n"
        "import tui.board.screen as b\n"
        "async def endless(*_): await asyncio.sleep(1000)\n"
        "def act(screen, workers=[]):\n"
        "    [worker.cancel() for worker in workers]\n"
        "    workers.append(screen.run_worker(endless()))\n"
        "import tui.board.moves as m\n"
        "m.Moving.action_select_down = act"
    )
    with Terminal(with_fault(code, "--library", library, "open", "last"), env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.see("saved #1")
        terminal.type("j")
        terminal.type("J")
        terminal.see("saved #2")
        terminal.type("j")
        terminal.type("J")
        terminal.see("saved #3")
        terminal.type("q\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
        assert unwrapped(terminal) == f"Next: quarterdeck --library {library} open 2026-Q3"
    assert list(tmp_path.glob("quarterdeck-*.log")) == []


def refused_by_the_machine(ballot: Path) -> None:
    try:
        int("4711x")
    except ValueError:
        ballot.read_text()


def read_as_number(ballot: Path) -> None:
    raise OSError("no number", ballot.name)


def read_together(ballot: Path) -> None:
    raise OSError(ballot.name) from ExceptionGroup(ballot.name, [LookupError(ballot.name)])


def told_of(error: Exception) -> str:
    log = write_crash(error)
    assert log is not None
    told = log.read_text()
    log.unlink()
    return told


@pytest.mark.promise("terminal-T24")
def test_a_log_says_what_the_machine_said_and_nothing_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for broken in (refused_by_the_machine, read_as_number, read_together):
        with pytest.raises(OSError, match=SECRET) as caught:
            broken(tmp_path / SECRET)
        told = told_of(caught.value)
        assert SECRET not in told
        assert f"in {broken.__name__}" in told  # the place in the source
        if broken is refused_by_the_machine:
            assert "builtins.FileNotFoundError: [Errno 2] No such file or directory\n" in told
            assert "4711x" not in told.replace('int("4711x")', "")
            assert "ValueError" in told


STRAYS = """
import os, sys, logging, warnings, threading
old = sys.stderr
kept = logging.StreamHandler()
def stray(*_):
    print('stray print')
    print('stray error', file=sys.stderr)
    print('stray kept', file=old)
    logging.getLogger('some.library').warning('stray log')
    kept.emit(logging.makeLogRecord({'msg': 'stray handler'}))
    warnings.warn('stray warning')
    os.write(2, b'stray two\\n')
    os.system('echo stray child error >&2')
    threading.Thread(target=lambda: 1 / 0).start()
import tui.board.moves as m
m.Moving.action_select_down = stray
"""


@pytest.mark.promise("terminal-T25")
def test_whatever_else_writes_to_the_terminal_goes_to_a_file(library: Path, tmp_path: Path) -> None:
    with Terminal(with_fault(STRAYS, "--library", library, "open", "last"), env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.see("saved #1")
        terminal.type("j")
        terminal.type("J")
        terminal.see("saved #2")
        terminal.type("q\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
        [log] = tmp_path.glob("quarterdeck-output-*.log")
        assert unwrapped(terminal) == f"Something wrote to stderr while the screen was shown: see {log}."
        assert b"stray" not in terminal.output
    assert log.stat().st_mode & 0o777 == 0o600
    told = log.read_text()
    for what in ("print", "error", "kept", "log", "handler", "warning", "two", "child error"):
        assert f"stray {what}" in told
    assert "ZeroDivisionError" in told
