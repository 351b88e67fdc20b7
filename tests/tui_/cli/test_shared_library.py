"""Every command on a library that is on a server, as on one in a folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import command_line
import pytest
from command_line import refused
from nats_server import NatsServer, running_library, server_program

from sessions.errors import QuarterdeckError
from tui import environment
from tui.cli import app as cli
from tui.environment import known_sessions, open_library, resume_command

PORTFOLIO = "Title,Sponsor,Effort\nNew web shop,VP Sales,8\nCRM upgrade,COO,5\n"


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    path = tmp_path / "portfolio.csv"
    path.write_text(PORTFOLIO)
    return path


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NatsServer]:
    if server_program() is None:
        pytest.skip("there is no nats-server")
    pytest.importorskip("nats", reason="the extra nats is not installed")
    (tmp_path / "server").mkdir()
    with running_library(tmp_path / "server") as started:
        monkeypatch.setenv("QUARTERDECK_NATS_CREDENTIALS", str(started.key_files["facilitator"]))
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        monkeypatch.setenv("QUARTERDECK_LIBRARY", started.url)
        yield started


@pytest.mark.system
def test_every_command_works_on_a_server_as_in_a_folder(server: NatsServer, portfolio: Path, tmp_path: Path) -> None:
    told = partial(command_line.told, server.url)
    told("new", "--yes", portfolio, "--title", "Plan", "--quarter", "2026-Q3")
    [listed] = json.loads(told("list", "--json"))
    session = listed["id"]
    assert (listed["title"], listed["cards"], listed["file"]) == ("Plan", 2, session)
    assert "is whole: 1 record" in told("check", "last")
    assert "New web shop" in told("summary", session)
    assert json.loads(told("export", "last"))["session"]["quarter"] == "2026-Q3"
    assert "New web shop" in told("plan", "last")
    told("rename", "last", "Our plan")
    told("new", "--yes", portfolio, "--title", "Next", "--quarter", "2026-Q4", "--after", session)
    told("trend", "last")
    told("archive", session)
    assert {entry["title"] for entry in json.loads(told("list", "--all", "--json"))} == {"Our plan", "Next"}
    assert "shared" in refused(server.url, "delete", "last")
    assert server.url in told("where")

    folder = tmp_path / "folder"
    told("copy", session, "--to", folder)
    copied = (folder / f"{session}.json").read_bytes()
    assert "is whole" in command_line.told(folder, "check", session)
    command_line.told(folder, "rename", session, "Renamed in the folder")
    assert "taken" in refused(folder, "copy", session, "--to", server.url)
    (folder / f"{session}-2.json").write_bytes(copied)
    command_line.told(folder, "copy", f"{session}-2", "--to", server.url)
    told("copy", f"{session}-2", "--to", tmp_path / "back")
    assert (tmp_path / "back" / f"{session}-2.json").read_bytes() == copied


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith(("nats", "sessions.store.nats"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "nats", None)
    for command in ("list", "init"):
        with pytest.raises(QuarterdeckError, match=r"pip install 'quarterdeck\[nats\]'"):
            open_library("nats://127.0.0.1/pmo") if command == "list" else cli.app(["library", "init", "nats://h/pmo"], standalone_mode=False)


def test_an_address_is_named_as_it_was_given_and_completion_asks_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_LIBRARY", "nats://h:4222/pmo")
    assert resume_command("nats://h:4222/pmo", "q3") == "quarterdeck open q3"
    assert resume_command("nats://h:4222/hr", "q3") == "quarterdeck --library nats://h:4222/hr open q3"
    assert known_sessions("nats://h:4222/pmo") == []
    assert environment.local_folder("nats://h:4222/pmo").name == "shared"
