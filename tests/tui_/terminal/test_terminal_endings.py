"""After any end that Python survives the terminal is as it was, the exit code says what ended it, and nothing shown is lost (T1 to T9)."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a Unix thing", allow_module_level=True)

from disk import read_session
from pseudo_terminal import Terminal, changed_modes, with_fault

from sessions.disk.files import FileOps
from sessions.sample import sample_portfolio
from sessions.store.tinydb.index_file import read_rows
from sessions.store.tinydb.store import ref_to
from tui.environment import open_library
from tui.library.demo import make_demo

pytestmark = pytest.mark.system

QUIT = "\x11"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with open_library(tmp_path / "library").create(sample_portfolio(), title="Larkfield Supply"):
        return tmp_path / "library"


def opened(library: Path, fault: str = "") -> list[str | Path]:
    return with_fault(fault, "--library", library, "open", "last")


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
    terminal.type("J")
    terminal.see("saved #2")


def typed(*keys: tuple[str, str]) -> Callable[[Terminal], None]:
    def act(terminal: Terminal) -> None:
        for key, seen in keys:
            terminal.type(key)
            if seen:
                terminal.see(seen)

    return act


def sent(number: signal.Signals) -> Callable[[Terminal], None]:
    return lambda terminal: os.kill(terminal.process.pid, number)


ENDINGS = {
    "q, typed ahead": (typed(("q\r", "")), 0),
    "ctrl+q in a dialog": (typed(("n", "Why 1"), (QUIT, "Quit Quarterdeck?"), ("\r", "")), 0),
    "SIGINT": (sent(signal.SIGINT), 130),
    "SIGTERM": (sent(signal.SIGTERM), 143),
    "SIGHUP": (sent(signal.SIGHUP), 129),
    "SIGQUIT": (sent(signal.SIGQUIT), 131),
}


@pytest.mark.promise("terminal-T1", "terminal-T2", "terminal-T3")
@pytest.mark.parametrize("name", ENDINGS)
def test_an_orderly_end_leaves_the_terminal_as_it_was(library: Path, name: str) -> None:
    act, code = ENDINGS[name]
    with Terminal(opened(library)) as terminal:
        begun(terminal)
        assert {"?1049", "?25", "?1000", "?2004", "keyboard"} <= changed_modes(terminal.output)
        act(terminal)
        assert terminal.wait() == code
        assert terminal.is_as_before()
    assert [row["events"] for row in read_rows(library, FileOps())] == [2], "the list knows how far it went"
    assert events_in(library) == 2


def stopped_then(number: signal.Signals) -> Callable[[Terminal], None]:
    """Stop the program as ctrl+z does elsewhere, send it a signal, and let it go on."""

    def act(terminal: Terminal) -> None:
        sent(signal.SIGTSTP)(terminal)
        terminal.read_until(terminal.is_stopped, "the stop")
        assert terminal.is_as_before()
        sent(number)(terminal)
        sent(signal.SIGCONT)(terminal)

    return act


def after(*acts: Callable[[Terminal], None]) -> Callable[[Terminal], None]:
    def act(terminal: Terminal) -> None:
        for each in acts:
            each(terminal)

    return act


ELSEWHERE = {
    "SIGTERM while a replay plays": (["replay", "last"], "Replay", after(typed((" ", "▶ playing")), sent(signal.SIGTERM)), 143),
    "SIGHUP at home": ([], "Larkfield Supply", sent(signal.SIGHUP), 129),
    "SIGTERM in a dialog over a dialog": (
        ["open", "last"], "saved #", after(typed(("n", "A note"), (QUIT, "Quit Quarterdeck?")), sent(signal.SIGTERM)), 143
    ),
    "SIGTERM while it is stopped": (["open", "last"], "saved #", stopped_then(signal.SIGTERM), 143),
    "SIGHUP while it is stopped": (["open", "last"], "saved #", stopped_then(signal.SIGHUP), 129),
}  # fmt: skip


@pytest.mark.promise("terminal-T1", "terminal-T2", "terminal-T3")
@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_signal_is_an_orderly_end_wherever_it_comes(tmp_path: Path, name: str) -> None:
    words, seen, act, code = ELSEWHERE[name]
    library = tmp_path / "library"
    make_demo(open_library(library))
    before = events_in(library)
    with Terminal(with_fault("", "--library", library, *words)) as terminal:
        terminal.see(seen)
        assert {"?1049", "?25", "?1000", "?2004", "keyboard"} <= changed_modes(terminal.output)
        act(terminal)
        assert terminal.wait() == code
        assert terminal.is_as_before()
    assert events_in(library) == before


AT_START = "import tui.app.app, os, signal\ndef act(*_): os.kill(os.getpid(), signal.{})\n"
MOMENTS = {
    "loading": "tui.app.app.end_on_failed_callbacks = act",
    "mounting": "tui.app.app.print_to_stderr = act",
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), pytest.param("SIGINT", 130, marks=pytest.mark.slow)])
def test_a_signal_while_the_screen_comes_up_is_an_orderly_end(library: Path, moment: str, name: str, code: int) -> None:
    with Terminal(opened(library, AT_START.format(name) + MOMENTS[moment])) as terminal:
        assert terminal.wait() == code
        assert terminal.is_as_before()
    assert events_in(library) == 1


@pytest.mark.promise("terminal-T2")
@pytest.mark.parametrize("rounds", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_a_signal_is_heard_through_any_number_of_keys(library: Path, rounds: int) -> None:
    for _ in range(rounds):
        with Terminal(opened(library)) as terminal:
            terminal.see("saved #1")
            terminal.type("j" * 3000)
            sent(signal.SIGTERM)(terminal)
            assert terminal.wait() == 143
            assert terminal.is_as_before()
    assert events_in(library) == 1


@pytest.mark.promise("terminal-T2")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_that_comes_again_and_again_does_not_break_off_the_ending(library: Path, name: str, code: int) -> None:
    with Terminal(opened(library)) as terminal:
        begun(terminal)

        def again() -> bool:
            sent(getattr(signal, name))(terminal)
            return terminal.process.poll() is not None

        terminal.read_until(again, "the end")
        assert terminal.wait() == code
        assert terminal.is_as_before()
    assert events_in(library) == 2


# The kernel's signal is blocked, and the app's own becomes another one.
NOT_TOLD = """
import os, signal, tui.terminal.driver
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
tui.terminal.driver.hang_up = lambda: os.kill(os.getpid(), signal.SIGTERM)
"""
CLOSINGS = {"told": ("", 129), "not told": (NOT_TOLD, 143)}


@pytest.mark.promise("terminal-T4")
@pytest.mark.parametrize(("fault", "code"), CLOSINGS.values(), ids=CLOSINGS)
def test_a_closed_terminal_ends_it_even_where_no_signal_says_so(library: Path, fault: str, code: int) -> None:
    """Without a shell there may be nobody to send SIGHUP: what is left is a terminal that gives and takes nothing any more."""
    with Terminal(opened(library, fault)) as terminal:
        begun(terminal)
        terminal.hang_up(all_of_it=True)
        assert terminal.process.wait(timeout=30) == code
    assert events_in(library) == 2


@pytest.mark.promise("terminal-T5")
def test_a_kill_loses_no_action(library: Path) -> None:
    with Terminal(opened(library)) as terminal:
        begun(terminal)
        os.kill(terminal.process.pid, signal.SIGKILL)
        assert terminal.process.wait(timeout=30) == -signal.SIGKILL
    assert events_in(library) == 2


def test_a_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    with Terminal(with_fault("", "demo"), env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.see("saved #")
        assert list(tmp_path.glob("quarterdeck-demo-*"))
        sent(signal.SIGTERM)(terminal)
        assert terminal.wait() == 143
    assert list(tmp_path.iterdir()) == []


@pytest.mark.promise("terminal-T8")
def test_stopped_and_continued_it_gives_the_terminal_back_and_takes_it_again(library: Path) -> None:
    with Terminal(opened(library)) as terminal:
        begun(terminal)
        os.kill(terminal.process.pid, signal.SIGTSTP)
        terminal.read_until(terminal.is_stopped, "the stop")
        assert terminal.is_as_before()
        terminal.screen.reset()
        terminal.resize(70, 24)
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.read_until(lambda: "?1049" in changed_modes(terminal.output), "the screen again")
        terminal.until(lambda text: "Quarterdeck" in text.splitlines()[0] and "? help" in text.splitlines()[-1], "the screen at its new size")
        terminal.type("J")
        terminal.see("3 ▼ from 2")
        terminal.type("q\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
    assert events_in(library) == 3


def stopped_unasked(terminal: Terminal) -> None:
    """Stop the program as nothing can catch it, use the terminal as a shell does meanwhile, and let the program go on."""
    sent(signal.SIGSTOP)(terminal)
    terminal.read_until(terminal.is_stopped, "the stop")
    ours = termios.tcgetattr(terminal.master)
    assert ours != terminal.before
    termios.tcsetattr(terminal.master, termios.TCSANOW, terminal.before)
    terminal.screen.reset()
    sent(signal.SIGCONT)(terminal)
    terminal.until(lambda text: "Quarterdeck" in text.splitlines()[0] and "? help" in text.splitlines()[-1], "the screen again")
    assert termios.tcgetattr(terminal.master) == ours


def many(number: signal.Signals) -> Callable[[Terminal], None]:
    return after(*[sent(number)] * 20)


QUITS = typed(("q", "Leave the session?"), ("\r", ""))
CONTINUED = {
    "stopped unasked, then q": (after(stopped_unasked, typed(("J", "saved #3")), QUITS), 0, 3),
    "stopped unasked twice, then SIGTERM": (after(stopped_unasked, stopped_unasked, sent(signal.SIGTERM)), 143, 2),
    "continued without a stop, then q": (after(many(signal.SIGCONT), typed(("J", "saved #3")), QUITS), 0, 3),
    "SIGTERM, and continued on the way out": (after(sent(signal.SIGTERM), many(signal.SIGCONT)), 143, 2),
}


@pytest.mark.promise("terminal-T8")
@pytest.mark.parametrize(("act", "code", "events"), CONTINUED.values(), ids=CONTINUED)
def test_whoever_continues_it_has_it_take_the_terminal_only_once(library: Path, act: Callable[[Terminal], None], code: int, events: int) -> None:
    """Only a stop that it was told of has it give the terminal back: at any other SIGCONT a second thread would read it, and never end."""
    with Terminal(opened(library)) as terminal:
        begun(terminal)
        act(terminal)
        assert terminal.wait() == code
        assert terminal.is_as_before()
        assert len(re.findall(rb"\x1b\[>[0-9]*u", terminal.output)) == len(re.findall(rb"\x1b\[<u", terminal.output))
    assert events_in(library) == events


@pytest.mark.promise("terminal-T2")
@pytest.mark.parametrize("rounds", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_all_signals_at_once_are_one_end_and_nothing_is_said_of_the_others(library: Path, tmp_path: Path, rounds: int) -> None:
    """A signal that is ignored between its coming and its answer has Python itself complain."""
    for _ in range(rounds):
        with Terminal(opened(library), env={"TMPDIR": str(tmp_path)}) as terminal:
            terminal.see("saved #1")
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                sent(number)(terminal)
            assert terminal.wait() in (129, 130, 143)
            assert terminal.is_as_before()
            assert terminal.output.rpartition(b"\x1b[?1049l")[2].count(b"wrote") == 0
    assert list(tmp_path.glob("quarterdeck-*.log")) == []
    assert events_in(library) == 1


@pytest.mark.promise("terminal-T6", "terminal-T7", "terminal-T9")
def test_control_keys_are_keys(library: Path) -> None:
    """Ctrl+C, ctrl+d, ctrl+z, ctrl+s and ctrl+\\ reach the app, and none ends, stops or freezes it."""
    with Terminal(opened(library)) as terminal:
        begun(terminal)
        terminal.type("\x03\x1c\x04")
        terminal.type("\x1a")  # ctrl+z takes the move back
        terminal.see("saved #3")
        terminal.type("\x13")
        terminal.see("what we decided")
        terminal.type("\x1b")
        terminal.see("saved #3")
        terminal.type(QUIT)
        terminal.see("Quit Quarterdeck?")
        terminal.type("\x1b")
        terminal.until(lambda text: "Quit Quarterdeck?" not in text, "the board")
        assert terminal.process.poll() is None
        terminal.type("q\r")
        assert terminal.wait() == 0


@pytest.mark.promise("store-S9")
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux can change another process's limits")
def test_a_disk_that_fills_up_is_said_and_ends_nothing(library: Path) -> None:
    *_, path = sorted(path for path in library.glob("*.json") if path.name != "library.json")
    with Terminal(opened(library)) as terminal:
        terminal.see("saved #1")
        room = path.stat().st_size + 40  # for a part of a record
        before = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        terminal.type("J")
        terminal.see("the disk is full", "not recorded")
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, before)
        terminal.type("J")
        terminal.see("saved #2")
        terminal.type(QUIT + "\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
    assert events_in(library) == 2


FIRST_SCREEN = "import tui.board.screen as board\ndef broken(self, *_): raise LookupError('opensesame')\nboard.SessionScreen.{} = broken"
NO_STYLES = "import tui.app.app\ntui.app.app.QuarterdeckApp.CSS_PATH = 'missing.tcss'"


@pytest.mark.parametrize("fault", [FIRST_SCREEN.format("__init__"), FIRST_SCREEN.format("compose"), NO_STYLES])
def test_an_error_at_the_start_leaves_the_terminal_as_it_was(library: Path, tmp_path: Path, fault: str) -> None:
    with Terminal(opened(library, fault), env={"TMPDIR": str(tmp_path)}) as terminal:
        assert terminal.wait() == 1
        assert terminal.is_as_before()
        assert "Quarterdeck crashed" in terminal.text
        assert "opensesame" not in terminal.text
    assert events_in(library) == 1


def test_where_stderr_goes_elsewhere_the_screen_stays_on_the_terminal(library: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors.txt"
    script = 'exec "$@" 2>"$0"'
    with Terminal(["sh", "-c", script, errors, *opened(library)]) as terminal:
        begun(terminal)
        terminal.type("q\r")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
    assert errors.read_bytes() == b""


def test_reset_is_never_needed_after_an_error_in_a_signal_handler(library: Path, tmp_path: Path) -> None:
    """An error that is raised between two instructions leaves the event loop at once; the terminal is given back all the same."""
    fault = "import signal\ndef broken(*_): raise LookupError('opensesame')\nsignal.signal(signal.SIGUSR1, broken)"
    with Terminal(opened(library, fault), env={"TMPDIR": str(tmp_path)}) as terminal:
        begun(terminal)
        os.kill(terminal.process.pid, signal.SIGUSR1)
        assert terminal.wait() == 1
        assert terminal.is_as_before()
        assert "Quarterdeck crashed" in terminal.text
        assert "Traceback" not in terminal.text
    assert events_in(library) == 2
    assert subprocess.run([*opened(library)[:3], "--version"], capture_output=True, check=False).returncode == 0
