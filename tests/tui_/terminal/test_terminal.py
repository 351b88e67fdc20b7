"""The ways in and out of a terminal by themselves: what is written, what is pasted, and what an error says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are a Unix thing")

from tui.terminal.crash_report import write_crash
from tui.terminal.driver import TerminalOutput
from tui.terminal.paste import LONGEST_PASTE, PasteFilter

BEGIN, END = "\x1b[200~", "\x1b[201~"
SECRET = "opensesame"


@pytest.mark.promise("terminal-T4")
def test_a_closed_terminal_breaks_no_write_and_hangs_up(monkeypatch: pytest.MonkeyPatch) -> None:
    hang_ups: list[str] = []
    monkeypatch.setattr("tui.terminal.driver.hang_up", lambda: hang_ups.append("up"))
    master, slave = os.openpty()
    output = TerminalOutput(os.fdopen(slave, "wb", closefd=False))
    assert output.write("abc") == 3
    output.flush()
    assert (os.read(master, 10), hang_ups) == (b"abc", [])
    os.close(master)
    assert output.write("abc\n") == 4
    output.flush()
    assert hang_ups
    output.detach()
    os.close(slave)


@pytest.mark.promise("terminal-T26")
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_a_paste_is_text_however_it_is_cut(size: int) -> None:
    pasted = "one\x1b[Dtwo\x1b\x1b]0;x\x07 three\r\nfour\ttab\x00\x9bJ é漢\x1b[201"
    text = f"a\x1b[A{BEGIN}{pasted}{END}b{BEGIN}{END}{BEGIN}again{END}\x1b"
    pastes = PasteFilter()
    passed = "".join(pastes.filtered(text[place : place + size]) for place in range(0, len(text), size))
    assert passed == f"a\x1b[A{BEGIN}one[Dtwo]0;x three\n\nfour\ttabJ é漢[201{END}b{BEGIN}{END}{BEGIN}again{END}\x1b"


@pytest.mark.promise("terminal-T26")
def test_a_paste_without_an_end_is_cut_off() -> None:
    pastes = PasteFilter()
    passed = pastes.filtered(BEGIN) + "".join(pastes.filtered("x" * 4096) for _ in range(1000)) + pastes.filtered(END + "j")
    assert passed == BEGIN + "x" * LONGEST_PASTE + END + "j"
    assert pastes.filtered(BEGIN + "y" + END) == BEGIN + "y" + END


def refused_by_the_machine(ballot: Path) -> None:
    try:
        int("4711x")
    except ValueError:
        ballot.read_text()


def read_as_number(ballot: Path) -> None:
    raise OSError("no number", ballot.name)


def read_together(ballot: Path) -> None:
    raise OSError(ballot.name) from ExceptionGroup(ballot.name, [LookupError(ballot.name)])


@pytest.mark.promise("terminal-T24")
def test_a_log_says_what_the_machine_said_and_nothing_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    told = {}
    for broken in (refused_by_the_machine, read_as_number, read_together):
        with pytest.raises(OSError, match=SECRET) as caught:
            broken(tmp_path / SECRET)
        log = write_crash(caught.value)
        assert log is not None
        told[broken] = log.read_text()
        log.unlink()
        assert SECRET not in told[broken]
        assert f"in {broken.__name__}" in told[broken]  # the place in the source
    first = told[refused_by_the_machine]
    assert "builtins.FileNotFoundError: [Errno 2] No such file or directory\n" in first
    assert "ValueError" in first
    assert "4711x" not in first.replace('int("4711x")', "")
