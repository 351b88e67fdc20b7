"""`quarterdeck room --headless`: the links it prints, what it keeps from one start to the next, and what it refuses."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from command_line import begun, refused, run

pytest.importorskip("aiohttp", reason="the extra `room` is not installed")

from sessions.commands.phases import CloseSession
from sessions.commands.rounds import DropRound, OpenRound
from tui.environment import open_library
from tui.joined.app import JoinedApp


@pytest.fixture
def library(tmp_path: Path) -> Path:
    library = begun(tmp_path, "id,title\nC1,New CRM\nC2,Stock feed\n", "role,side,seat\nCOO,business,decider\nCIO,it,\n")
    home = open_library(library)
    home.perform(home.find("last"), OpenRound(until="Tuesday 09:00"))
    return library


@contextmanager
def headless(library: Path) -> Iterator[dict[str, Any]]:
    """Serve a room in a process of its own; yield what it prints, then end it and check that it ends well, unless it was killed."""
    command = [sys.executable, "-c", "from tui.cli.main import main; main()", "--library", str(library), "room", "--headless", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline()) | {"process": process}
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                assert process.wait(60) == 0
            assert process.stderr is not None
            assert process.stderr.read() == ""
        finally:
            process.kill()


def ask(url: str, method: str, path: str, body: Any = None) -> Any:
    """Return the answer to a request with the token of a link."""
    parts = urlsplit(url)
    headers = {"X-Quarterdeck": "1", "X-Quarterdeck-Seat": parts.fragment, "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection(parts.netloc, timeout=60)) as connection:
        connection.request(method, path, json.dumps(body) if body else None, headers)
        with connection.getresponse() as response:
            return json.loads(response.read())


def act(url: str, name: str, **what: Any) -> Any:
    return ask(url, "POST", "/act", {"id": name, "round": 1, "version": 1, "what": what})


@pytest.mark.system
@pytest.mark.promise("room-R23", "room-R26")
def test_a_vote_before_the_meeting_outlives_the_room_that_took_it_and_was_killed(library: Path) -> None:
    with headless(library) as links:
        assert [each["role"] for each in links["people"]] == ["COO", "CIO"]
        coo, facilitator = links["people"][0]["url"], links["facilitator"]
        state = act(coo, "request-1", kind="vote", voice="coo", choice={"points": {"C1": 30}})["state"]
        assert state["you"]["voices"][0]["voted"]
        assert ask(facilitator, "GET", "/state")["missing"] == ["CIO"]
        assert act(facilitator, "request-2", kind="extend", until="Friday")["state"]["round"]["until"] == "Friday"
        assert "error" in act(coo, "request-3", kind="end")
        token = urlsplit(coo).fragment
        for place in ("cmdline", "environ"):
            assert token.encode() not in Path(f"/proc/{links['process'].pid}/{place}").read_bytes()
        links["process"].kill()
        links["process"].wait()
    with headless(library) as again:
        voices = ask(f"{again['url']}#{token}", "GET", "/state")["you"]["voices"]
        assert [voice["voted"] for voice in voices] == [True]
        assert act(again["facilitator"], "request-4", kind="end")["done"]
        assert act(coo.replace(links["url"], again["url"]), "request-5", kind="vote", voice="coo", choice={"points": {}})["error"]
    for path in library.iterdir():
        assert token not in path.read_text(encoding="utf-8")
        assert path.suffix == ".lock" or path.stat().st_mode & 0o077 == 0
    with open_library(library).open(open_library(library).find("last")) as opened:
        assert not opened.lost_round
        assert "coo" in opened.live.session.open_round.seals  # type: ignore[union-attr]
        assert "coo" not in opened.live.session.voters_here


def test_what_cannot_be_served_is_refused_in_one_sentence(library: Path, tmp_path: Path) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    key = tmp_path / "key.pem"
    key.touch(0o644)
    options = {
        "in use": ["--port", str(taken.getsockname()[1])],
        "not an address of this machine": ["--bind", "203.0.113.9"],
        "leads to no address": ["--bind", "nowhere.invalid"],
        "belong together": ["--tls-cert", str(key)],
        "yours alone": ["--tls-cert", str(key), "--tls-key", str(key)],
        "cannot be used": ["--tls-cert", str(key), "--tls-key", str(tmp_path / "none")],
    }
    with taken:
        for words, chosen in options.items():
            assert words in refused(library, "room", "--headless", *chosen)
    assert "--headless" in refused(library, "room", "without it")
    home = open_library(library)
    with home.open(home.find("last")):
        assert str(os.getpid()) in refused(library, "room", "--headless")
    home.perform(home.find("last"), DropRound(round=1, reason="again"))
    home.perform(home.find("last"), CloseSession(override="a test", leave_undecided=True))
    assert "closed" in refused(library, "room", "--headless")


def test_why_a_joined_screen_ended_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ends(app: JoinedApp) -> None:
        app.problem, app._return_code = "The room is closed.", 3

    monkeypatch.setattr("tui.terminal.ownership.check_terminal", lambda: None)
    monkeypatch.setattr("tui.terminal.ownership.own_terminal", lambda: nullcontext([]))
    monkeypatch.setattr(JoinedApp, "run", ends)
    ended = run(tmp_path, "join", "127.0.0.1:8420")
    assert (ended.exit_code, ended.stderr) == (3, "The room is closed.\n")
