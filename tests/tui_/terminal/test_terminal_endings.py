"""After any end that Python survives the terminal is as it was, the exit code says what ended it, and nothing shown is lost (T1 to T9)."""

from __future__ import annotations

import re
import resource
import signal
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from disk import read_session
from pseudo_terminal import PATIENCE, Terminal, changed_modes, in_session, with_fault

from sessions.disk.files import FileOps
from sessions.store.tinydb.index_file import read_rows
from sessions.store.tinydb.store import ref_to
from tui.environment import open_library

pytestmark = pytest.mark.system

QUIT = "\x11"
TAKEN = {"?1049", "?25", "?1000", "?2004", "keyboard"}
"""The modes that the app takes."""


def events_in(library: Path) -> int:
    """Return how many events the latest session of a library holds; it must be whole, and no window's any more."""
    *_, path = sorted(path for path in library.glob("*.json") if path.name != "library.json")
    recordeds, problem = read_session(path)
    assert problem == ""
    with open_library(library).open(ref_to(path)) as again:
        assert not again.read_only
    return len(recordeds)


def begun(terminal: Terminal) -> None:
    """Wait for the board, move a card, and see it saved."""
    terminal.see("saved #1")
    terminal.type("J", "saved #2")
    assert changed_modes(terminal.output) >= TAKEN


Act = Callable[[Terminal], None]


def typed(keys: str, *seen: str) -> Act:
    return lambda terminal: terminal.type(keys, *seen)


def sent(*numbers: signal.Signals) -> Act:
    def act(terminal: Terminal) -> None:
        for number in numbers:
            terminal.process.send_signal(number)  # not to a process that is gone

    return act


def sent_until_the_end(number: signal.Signals) -> Act:
    def ended(terminal: Terminal) -> bool:
        sent(number)(terminal)
        return terminal.process.poll() is not None

    return lambda terminal: terminal.read_until(lambda: ended(terminal), "the end")


def stopped(terminal: Terminal) -> None:
    """Stop the program as ctrl+z does elsewhere: it gives the terminal back."""
    sent(signal.SIGTSTP)(terminal)
    terminal.read_until(terminal.is_stopped, "the stop")
    terminal.is_as_before()


def is_whole(text: str) -> bool:
    return "Quarterdeck" in text.splitlines()[0] and "? help" in text.splitlines()[-1]


def stopped_unasked(terminal: Terminal) -> None:
    """Stop the program as nothing can catch it, use the terminal as a shell does meanwhile, and let the program continue."""
    sent(signal.SIGSTOP)(terminal)
    terminal.read_until(terminal.is_stopped, "the stop")
    ours = termios.tcgetattr(terminal.master)
    assert ours != terminal.before
    termios.tcsetattr(terminal.master, termios.TCSANOW, terminal.before)
    terminal.read_rest()  # of what was drawn before
    terminal.screen.reset()
    sent(signal.SIGCONT)(terminal)
    terminal.until(is_whole, "the screen again")
    assert termios.tcgetattr(terminal.master) == ours


INT, TERM, HUP, CONTINUE = signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCONT
MOVES, QUITS = typed("J", "saved #3"), [typed("q", "Leave the session?"), typed("\r")]
A_NOTE = typed("n", "Why 1")
ENDINGS: dict[str, tuple[int, int, list[Act]]] = {
    "q, typed ahead": (0, 2, [typed("q\r")]),
    "ctrl+q, and keys behind it": (0, 2, [typed(f"{QUIT}\r\r\r")]),
    "from behind the curtain": (0, 2, [typed("Cxq\r\r")]),
    "ctrl+q in a dialog": (0, 2, [A_NOTE, typed(QUIT, "Quit Quarterdeck?"), typed("\r")]),
    "SIGINT": (130, 2, [sent(INT)]),
    "SIGTERM": (143, 2, [sent(TERM)]),
    "SIGHUP": (129, 2, [sent(HUP)]),
    "SIGQUIT": (131, 2, [sent(signal.SIGQUIT)]),
    "SIGTERM in a dialog over a dialog": (143, 2, [A_NOTE, typed(QUIT, "Quit Quarterdeck?"), sent(TERM)]),
    "SIGTERM behind the key of a screen": (143, 2, [typed("v"), sent(TERM)]),
    "SIGTERM behind thousands of keys": (143, 2, [typed("j" * 3000), sent(TERM)]),
    "SIGTERM, again and again": (143, 2, [sent_until_the_end(TERM)]),
    "SIGTERM while it is stopped": (143, 2, [stopped, sent(TERM, CONTINUE)]),
    "SIGHUP while it is stopped": (129, 2, [stopped, sent(HUP, CONTINUE)]),
    "stopped unasked, then q": (0, 3, [stopped_unasked, MOVES, *QUITS]),
    "stopped unasked twice, then SIGTERM": (143, 2, [stopped_unasked, stopped_unasked, sent(TERM)]),
    "continued without a stop, then q": (0, 3, [sent(*[CONTINUE] * 20), MOVES, *QUITS]),
    "SIGTERM, and continued on the way out": (143, 2, [sent(TERM, *[CONTINUE] * 20)]),
}
"""What happens after a card was moved, in order; before it the exit code, and how many events are recorded."""


@pytest.mark.promise("terminal-T1", "terminal-T2", "terminal-T3", "terminal-T8")
@pytest.mark.parametrize("name", ENDINGS)
def test_an_orderly_end_leaves_the_terminal_as_it_was(library: Path, tmp_path: Path, name: str) -> None:
    code, events, acts = ENDINGS[name]
    with in_session(library, env={"TMPDIR": str(tmp_path)}) as terminal:
        begun(terminal)
        for act in acts:
            act(terminal)
        terminal.ends(code)
        assert "an error" not in terminal.text
        # Only a stop that it knows of makes it give the terminal back: at any other SIGCONT a second thread would read it, and never end.
        assert len(re.findall(rb"\x1b\[>[0-9]*u", terminal.output)) == len(re.findall(rb"\x1b\[<u", terminal.output))
    assert list(tmp_path.glob("quarterdeck-*.log")) == []
    assert [row["events"] for row in read_rows(library, FileOps())] == [events], "the list knows how far it went"
    assert events_in(library) == events


@pytest.mark.promise("terminal-T2")
@pytest.mark.parametrize("rounds", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_signals_at_once_are_one_end_and_nothing_is_said_of_the_others(library: Path, tmp_path: Path, rounds: int) -> None:
    """A signal that is ignored between its coming and its answer has Python itself complain."""
    for _ in range(rounds):
        with in_session(library, env={"TMPDIR": str(tmp_path)}) as terminal:
            terminal.see("saved #1")
            sent(INT, TERM, HUP)(terminal)
            assert terminal.wait() in (129, 130, 143)
            terminal.is_as_before()
            assert terminal.output.rpartition(b"\x1b[?1049l")[2].count(b"wrote") == 0
    assert list(tmp_path.glob("quarterdeck-*.log")) == []
    assert events_in(library) == 1


AT_START = "import tui.host.terminal_app, os, signal\ndef act(*_): os.kill(os.getpid(), signal.SIGTERM)\ntui.host.terminal_app.{} = act"


@pytest.mark.parametrize("moment", ["end_on_failed_callbacks", "print_to_stderr"], ids=["loading", "mounting"])
def test_a_signal_while_the_screen_comes_up_is_an_orderly_end(library: Path, moment: str) -> None:
    with in_session(library, AT_START.format(moment)) as terminal:
        terminal.ends(143)
    assert events_in(library) == 1


# The kernel's signal is blocked, and the app's own becomes another one.
NOT_TOLD = """
import os, signal, tui.terminal.driver
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
tui.terminal.driver.hang_up = lambda: os.kill(os.getpid(), signal.SIGTERM)
"""


@pytest.mark.promise("terminal-T4")
@pytest.mark.parametrize(
    ("fault", "keys", "code"), [("", "", 129), (NOT_TOLD, "", 143), ("", "JJKK" * 10, 129)], ids=["told", "not told", "while it draws"]
)
def test_a_closed_terminal_ends_it_even_where_no_signal_says_so(library: Path, fault: str, keys: str, code: int) -> None:
    """Without a shell there may be no one to send SIGHUP: what is left is a dead terminal."""
    with in_session(library, fault) as terminal:
        begun(terminal)
        terminal.type(keys)
        terminal.hang_up()
        assert terminal.process.wait(PATIENCE) == code
    assert list(library.glob("*.lock")) == []
    assert events_in(library) == 2 if not keys else events_in(library) >= 2


@pytest.mark.promise("terminal-T5")
def test_a_kill_loses_no_action(library: Path) -> None:
    with in_session(library) as terminal:
        begun(terminal)
        sent(signal.SIGKILL)(terminal)
        assert terminal.process.wait(PATIENCE) == -signal.SIGKILL
    assert events_in(library) == 2


def test_a_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    with Terminal(with_fault("", "demo"), env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.see("saved #")
        assert list(tmp_path.glob("quarterdeck-demo-*"))
        sent(TERM)(terminal)
        assert terminal.wait() == 143
    assert list(tmp_path.iterdir()) == []


@pytest.mark.promise("terminal-T8")
def test_stopped_and_continued_it_gives_the_terminal_back_and_takes_it_again(library: Path) -> None:
    with in_session(library) as terminal:
        begun(terminal)
        stopped(terminal)
        terminal.screen.reset()
        terminal.resize(70, 24)
        sent(CONTINUE)(terminal)
        terminal.read_until(lambda: "?1049" in changed_modes(terminal.output), "the screen again")
        terminal.until(is_whole, "the screen at its new size")
        terminal.type("J", "3 ▼ from 2")
        terminal.quits()
    assert events_in(library) == 3


@pytest.mark.promise("terminal-T6", "terminal-T7", "terminal-T9")
def test_control_keys_are_keys(library: Path) -> None:
    """Ctrl+C, ctrl+d, ctrl+z, ctrl+s and ctrl+\\ reach the app, and none ends, stops or freezes it."""
    with in_session(library) as terminal:
        begun(terminal)
        terminal.type("\x03\x1c\x04")
        terminal.type("\x1a", "saved #3")  # ctrl+z undoes the move
        terminal.type("\x13", "what we decided")
        terminal.type("\x1b", "saved #3")
        terminal.type(QUIT, "Quit Quarterdeck?")
        terminal.type("\x1b")
        terminal.until(lambda text: "Quit Quarterdeck?" not in text, "the board")
        assert terminal.process.poll() is None
        terminal.quits()


@pytest.mark.promise("store-S9")
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux can change another process's limits")
def test_a_disk_that_fills_up_is_said_and_ends_nothing(library: Path) -> None:
    *_, path = sorted(path for path in library.glob("*.json") if path.name != "library.json")
    with in_session(library) as terminal:
        terminal.see("saved #1")
        room = path.stat().st_size + 40  # for a part of a record
        before = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        terminal.type("J", "the disk is full", "not recorded")
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, before)
        terminal.type("J", "saved #2")
        terminal.quits()
    assert events_in(library) == 2


def test_where_stderr_goes_elsewhere_the_screen_stays_on_the_terminal(library: Path, tmp_path: Path) -> None:
    command = with_fault("", "--library", library, "open", "last")
    with Terminal(["sh", "-c", 'exec "$@" 2>"$0"', tmp_path / "errors", *command]) as terminal:
        begun(terminal)
        terminal.quits()
    assert (tmp_path / "errors").read_bytes() == b""
