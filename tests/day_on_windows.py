"""What a company's laptop is used for in a quarter, for a process that plays Windows: every command, the board by its keys, and hostile names.

Run as `python day_on_windows.py PART FOLDER`; it ends with an error if anything fails.
"""

# ruff: noqa: E402 - what is imported late is imported on Windows

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

import as_windows
import pytest

as_windows.pretend()

import command_line

from sessions.ballots.writing import form_paths, write_forms
from sessions.commands.phases import CloseSession
from sessions.commands.rounds import DropRound, OpenRound
from sessions.disk.files import REAL_FILES, read_all, write_atomically, write_new
from sessions.portfolio.models import Participant, Portfolio, Project
from sessions.store.ports import HeldError
from sessions.summary.writing import default_name, write_summary
from sessions.wording import file_stem
from tui.app.app import QuarterdeckApp
from tui.cli.app import COMMANDS
from tui.cli.screens import session_screen
from tui.environment import open_library, resume_command
from tui.terminal.signals import end_on_signals, ignore_more_signals

REFUSED = "needs a terminal"


def commands(folder: Path) -> None:
    """Run every command once; those with a screen must only get as far as asking for a terminal."""
    library, demo = folder / "library", folder / "demo"
    (folder / "cards.csv").write_bytes(b"Title,Sponsor,Budget\r\nNew CRM,COO,5000\r\nStock feed,CIO,\r\n")
    (folder / "people.csv").write_bytes(b"id,role,side,seat\r\ncon,COO,business,decider\r\nNUL,CIO,it,\r\n")
    (folder / "ballots.csv").write_bytes(b"voter,C01,C02\r\ncoo,50,40\r\ncio,20,50\r\n")
    ran: set[str] = set()

    def run(*words: str | Path, of: Path = library, says: str = "", code: int = 0) -> str:
        ran.add(str(words[0]))
        result = command_line.run(of, *words)
        said = f"{result.output}{result.exception or ''}"
        assert result.exit_code == code, (words, said, result.exc_info)
        assert says in said
        return result.stdout

    assert "nothing" not in run("where", says=str(library))
    run("new", folder / "cards.csv", "--people", folder / "people.csv", "-y", "--title", 'aux: "a/b\\c" <?>|*. ')
    run("list", "--json", says="aux")
    home = open_library(library)
    home.perform(home.find("last"), OpenRound(until="Tuesday 09:00"))
    run("ballots", "make", "last", "-o", folder / "forms")
    assert {path.name for path in (folder / "forms").iterdir()} == {f"voter-{name}.{kind}" for name in ("con", "nul") for kind in ("csv", "html")}
    for form, points in (("voter-con", "2"), ("voter-nul", "1")):
        path = folder / "forms" / f"{form}.csv"
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(line.replace(b",,", f",{points},".encode(), 1) for line in lines))
    run("ballots", "collect", "last", folder / "forms")
    _room(run)
    run("demo", "--headless", of=demo)
    for words in (
        ("check", "last"), ("plan", "last"), ("plan", "last", "--json"), ("preread", "last"), ("preread", "last", "-o", folder / "preread.html"),
        ("summary", "last"), ("summary", "last", "-o", folder / "page.md"), ("export", "last"), ("export", "last", "--format", "csv"),
        ("export", "last", "--format", "xlsx", "-o", folder / "page.xlsx"),
        ("trend", "last"), ("rename", "last", "CON"), ("archive", "last"), ("list", "--all"),
    ):  # fmt: skip
        run(*words, of=demo)
    for command in (DropRound(round=1, reason="done"), CloseSession(leave_undecided=True)):
        home.perform(home.find("last"), command)
    run("reopen", "last")
    run("tally", folder / "cards.csv", "--ballots", folder / "ballots.csv", says="Points: 2 ballots")
    for words in (("open",), ("watch", "last"), ("replay",), ("partnership",), ("demo",), ("join", "127.0.0.1:8420")):
        run(*words, says=REFUSED, code=1)
    run("completion", "powershell", says="quarterdeck")
    run("man", says="quarterdeck")
    run("copy", "last", "--to", folder / "backup", of=demo)
    run("library", "config", "portfolio", "-o", folder / "server", says="server.conf")
    damaged = Path(home.find("last").key)
    damaged.write_bytes(damaged.read_bytes()[:-200])
    run("repair", damaged, says="repaired")
    run("delete", "last", "-y", says="trash", of=demo)
    for command in set(COMMANDS) - ran:  # one that has no line here yet is imported at least
        run(command, "--help", says="Usage")


def _room(run: Any) -> None:
    """Serve a room until a device has loaded its page, and end it by a signal."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def visit() -> None:
        for _ in range(3000):
            try:
                asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                asked.request("GET", "/")
                assert asked.getresponse().status == 200
                break
            except OSError:
                time.sleep(0.02)
        signal.raise_signal(signal.SIGTERM)

    visitor = threading.Thread(target=visit)
    visitor.start()
    links = json.loads(run("room", "--headless", "--json", "--port", str(port)))
    visitor.join()
    assert links["url"].endswith(f":{port}/")


async def board(folder: Path) -> None:
    """Move a card on the board, keep a second window out, close, and find the card in its new place."""
    command_line.told(folder, "demo", "--headless")
    home = open_library(folder)
    ref = home.find("last")
    opened = home.open(ref)
    before = opened.live.session.order
    with pytest.raises(HeldError, match=f"process {os.getpid()}"):
        home.open(ref)
    assert home.open(ref, read_only=True).live.session.order == before
    await _press(home, opened, "g", "space", "down", "space", "question_mark", "escape", "j", "e", "escape")
    after = open_library(folder).open(ref)
    assert after.live.session.order[:3] == (before[1], before[0], before[2])
    after.close()
    assert not [path for path in folder.rglob("*") if path.suffix in (".tmp", ".lock")]
    assert resume_command(r"C:\Users\Jo Doe\q") == r'quarterdeck --library "C:\Users\Jo Doe\q" open last'


async def _press(home: Any, opened: Any, *keys: str) -> None:
    running = QuarterdeckApp(home, session_screen(opened))
    async with running.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        end_on_signals(running)
        signal.raise_signal(signal.SIGBREAK)  # ctrl+break
        await pilot.pause()
        ignore_more_signals()
    assert (running.return_code, running.problem) == (128 + 21, "")


HOSTILE = (
    "CON", "nul", "Com1", "lpt9.txt", "AUX.", "ＰＲＮ", 'a<b>c:d"e/f\\g|h?i*j', "ends in dots...", " spaces ", "x" * 300, "\x07\x1b[31m", "ünï 😀",
    "...", "C:\\Windows\\x", "\\\\server\\share", "a\tb\nc", "-rf",
)  # fmt: skip


def names(folder: Path) -> None:
    """Name sessions and people by everything that no file can be called, and find that all their files are there."""
    people = tuple(Participant(id=name.strip()[:60] or "x", role="COO", side="it") for name in HOSTILE if name.isprintable())
    portfolio = Portfolio(name="", projects=(Project(id="A", title="A"),), participants=people)
    home = open_library(folder)
    for title in HOSTILE:
        with home.create(portfolio, title=title) as opened:
            opened.live.perform(OpenRound())
            forms = form_paths(opened.live.session, folder / "forms")
            write_forms(opened.live.session, opened.live.session.rounds[-1], forms, replace=True)
            write_summary(folder / default_name(opened.live.session), "# Page\n", replace=True)
            (folder / f"{file_stem(title, 40, 'session')}.page").touch()
    made = [path.name for path in folder.rglob("*")]
    assert not [name for name in made if as_windows.is_rejected(name) or len(name) > 80]
    assert len({path.name.casefold() for path in folder.glob("*.json")}) == len(HOSTILE)
    assert len({path.name.casefold() for path in (folder / "forms").iterdir()}) == 2 * len(people)


def files(folder: Path) -> None:
    """Replace and remove a file that another program has open for a moment; lock it; ask for processes."""
    path, other = folder / "a", folder / "b"
    path.write_bytes(b"a")
    for act in (lambda: write_atomically(path, b"b\r\nc\x1ad"), lambda: REAL_FILES.unlink(path)):
        reader = REAL_FILES.open(path, os.O_RDONLY)
        threading.Timer(0.05, os.close, (reader,)).start()
        act()
    write_new(path, b"b\r\nc\x1ad")
    reader, writer, second = (REAL_FILES.open(path, os.O_RDWR) for _ in range(3))
    REAL_FILES.flock(writer)
    assert read_all(reader, REAL_FILES) == b"b\r\nc\x1ad"
    for refused in (lambda: REAL_FILES.flock(second), lambda: REAL_FILES.replace(path, other), lambda: write_atomically(path, b"")):
        with pytest.raises(PermissionError):
            refused()
    os.close(writer)
    REAL_FILES.flock(second)
    assert path.read_bytes() == b"b\r\nc\x1ad"
    assert [each.name for each in folder.iterdir()] == ["a"]
    assert REAL_FILES.is_running(os.getpid())
    assert not REAL_FILES.is_running(2**22 + 1)


if __name__ == "__main__":
    PARTS = {"files": files, "names": names, "commands": commands, "board": lambda folder: asyncio.run(board(folder))}
    PARTS[sys.argv[1]](Path(sys.argv[2]))
