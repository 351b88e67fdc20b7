"""An error of our own, wherever it happens, is one calm sentence, a private log without any values, and a terminal as it was (T24, T25)."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest
from pseudo_terminal import Terminal, in_session, with_fault

from tui.environment import open_library
from tui.terminal.crash_report import sentence

pytestmark = pytest.mark.system

SECRET = "opensesame"
BROKEN = """
import tui.app.app
x = tui.app.app.QuarterdeckApp.exit
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
    "drawing what was recorded": ("import tui.board.screen as b\nb.SessionScreen._happened = broken", "J"),
    "the first screen": ("import tui.board.screen as b\nb.SessionScreen.__init__ = broken", ""),
    "its parts": ("import tui.board.screen as b\nb.SessionScreen.compose = broken", ""),
    "a handler of a signal": ("import signal\nsignal.signal(signal.SIGUSR1, broken)", "USR1"),
    "a timer": ("import tui.board.screen as b\nb.SessionScreen.tick = broken", ""),
    "a callback": (
        "import tui.board.moves as m, asyncio\n"
        "m.Moving.action_select_down = lambda _: asyncio.get_running_loop().call_soon(broken) and None",
        "j",
    ),
    "the end of a signal": ("tui.app.app.QuarterdeckApp.exit = lambda self, **_: broken() if _.get('return_code') == 143 else x(self, **_)", "TERM"),
    "reading the terminal": ("import tui.terminal.paste as p\np.PasteFilter.filtered = broken", "j"),
    "writing the record": ("import sessions.live.session as l\nl.LiveSession.perform = broken", "J"),
    "the way out": ("tui.app.app.QuarterdeckApp.on_unmount = broken", "\x11\r"),
}  # fmt: skip
"""Each: what is broken, and the key, or the signal, that comes to it."""


def unwrapped(terminal: Terminal) -> str:
    """Return what a program wrote after it had left the screen, in one line."""
    return " ".join(re.sub(rb"\x1b\[[0-9;?<>]*[a-zA-Z]", b"", terminal.output.rpartition(b"\x1b[?1049l")[2]).decode().split())


@pytest.mark.promise("terminal-T24")
@pytest.mark.parametrize("where", CRASHES)
def test_an_error_is_one_calm_sentence_wherever_it_happens(library: Path, tmp_path: Path, where: str) -> None:
    fault, key = CRASHES[where]
    with in_session(library, BROKEN + fault, env={"TMPDIR": str(tmp_path)}) as terminal:
        if key:
            terminal.see("saved #1")
        if key in ("TERM", "USR1"):
            os.kill(terminal.process.pid, signal.Signals[f"SIG{key}"])
        else:
            terminal.type(key)
        terminal.ends(1)
        [log] = tmp_path.glob("quarterdeck-crash-*.log")
        said = unwrapped(terminal)
        known = {"last"} if where == "the way out" else {open_library(library).find("last").id}
        if where == "a handler of a signal":  # it may come while the app waits, or while it works
            known.add("last")
        assert said in {sentence(ValueError(), log, f"quarterdeck --library {library} open {session}") for session in known}
    assert log.stat().st_mode & 0o777 == 0o600
    told = log.read_text()
    assert SECRET not in told
    assert "in broken" in told
    assert "ValueError" in told
    assert "KeyError" in told
    assert list(tmp_path.glob("quarterdeck-output-*")) == []
    again = subprocess.run(with_fault("", "--library", library, "export", "last"), capture_output=True, check=False)
    assert json.loads(again.stdout)["session"]["events"] == (2 if where == "drawing what was recorded" else 1)


def test_styles_that_are_missing_are_one_calm_sentence_too(library: Path, tmp_path: Path) -> None:
    fault = "import tui.app.app\ntui.app.app.QuarterdeckApp.CSS_PATH = 'missing.tcss'"
    with in_session(library, fault, env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.ends(1)
        assert "Quarterdeck crashed" in terminal.text


LATE = """
import asyncio, tui.app.app
from textual.widget import Widget
end = tui.app.app.QuarterdeckApp.exit
def leave(app, *given, **more):
    end(app, *given, **more)
    asyncio.get_running_loop().call_soon(Widget().mount, Widget())
tui.app.app.QuarterdeckApp.exit = leave
"""


def test_work_that_finds_its_screen_gone_at_the_end_is_no_error(library: Path, tmp_path: Path) -> None:
    with in_session(library, LATE, env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.see("saved #1")
        terminal.quits()
    assert list(tmp_path.glob("quarterdeck-*.log")) == []


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
    with in_session(library, STRAYS, env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.see("saved #1")
        terminal.type("jJ", "saved #2")
        terminal.quits()
        [log] = tmp_path.glob("quarterdeck-output-*.log")
        assert unwrapped(terminal) == f"Something wrote to stderr while the screen was shown: see {log}."
        assert b"stray" not in terminal.output
    assert log.stat().st_mode & 0o777 == 0o600
    told = log.read_text()
    for what in ("print", "error", "kept", "log", "handler", "warning", "two", "child error"):
        assert f"stray {what}" in told
    assert "ZeroDivisionError" in told
