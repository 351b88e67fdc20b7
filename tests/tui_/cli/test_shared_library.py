"""A library on a server: its configuration and its keys, written once, and every command on it, as on one in a folder."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from command_line import refused, told
from nats_server import NatsServer, running_library, server_program
from ports import free_port

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
    here = partial(told, server.url)
    here("new", "--yes", portfolio, "--title", "Plan", "--quarter", "2026-Q3")
    [listed] = json.loads(here("list", "--json"))
    session = listed["id"]
    assert (listed["title"], listed["cards"], listed["file"]) == ("Plan", 2, session)
    assert "is whole: 1 record" in here("check", "last")
    assert "New web shop" in here("summary", session)
    assert json.loads(here("export", "last"))["session"]["quarter"] == "2026-Q3"
    assert "New web shop" in here("plan", "last")
    here("rename", "last", "Our plan")
    here("new", "--yes", portfolio, "--title", "Next", "--quarter", "2026-Q4", "--after", session)
    here("trend", "last")
    here("archive", session)
    assert {entry["title"] for entry in json.loads(here("list", "--all", "--json"))} == {"Our plan", "Next"}
    assert "shared" in refused(server.url, "delete", "last")
    assert server.url in here("where")

    folder = tmp_path / "folder"
    here("copy", session, "--to", folder)
    copied = (folder / f"{session}.json").read_bytes()
    assert "is whole" in told(folder, "check", session)
    told(folder, "rename", session, "Renamed in the folder")
    assert "taken" in refused(folder, "copy", session, "--to", server.url)
    (folder / f"{session}-2.json").write_bytes(copied)
    told(folder, "copy", f"{session}-2", "--to", server.url)
    here("copy", f"{session}-2", "--to", tmp_path / "back")
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


def test_a_configuration_and_a_secret_key_for_each_role_are_written(tmp_path: Path) -> None:
    told("none", "library", "config", "pmo", "-o", tmp_path / "nats")
    written = {each.name: each for each in (tmp_path / "nats").iterdir()}
    assert set(written) == {"server.conf", "operator.key", "facilitator.key", "follower.key"}
    text = written["server.conf"].read_text()
    for role in ("operator", "facilitator", "follower"):
        key = written[f"{role}.key"]
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert key.read_text().strip() not in text
    assert 'listen: "127.0.0.1:4222"' in text
    assert "sync_interval: always" in text


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("Our PMO", "-o", "new"), "Our PMO"),
        (("pmo", "-o", "."), "."),
        (("pmo", "-o", "new", "--listen", "0.0.0.0:4222"), "0.0.0.0"),
        (("pmo", "-o", "new", "--listen", "4222"), "4222"),
        (("pmo", "-o", "new", "--tls-cert", "cert.pem"), "--tls-key"),
    ],
)
def test_what_cannot_be_a_safe_library_is_refused_and_nothing_is_written(
    words: tuple[str, ...], names: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert names in refused("none", "library", "config", *words)
    assert not [*tmp_path.iterdir()]


@pytest.mark.system
@pytest.mark.skipif(server_program() is None, reason="there is no nats-server")
def test_an_operator_makes_a_library_once_and_learns_which_key_may_too_much(tmp_path: Path) -> None:
    keys, address = tmp_path / "nats", f"127.0.0.1:{free_port()}"
    told("none", "library", "config", "pmo", "-o", keys, "--listen", address)
    init = ("none", "library", "init", f"nats://{address}/pmo", "--keys", keys)
    server = NatsServer.of(keys)
    server.start()
    try:
        assert "made" in told(*init)
        assert "already" in told(*init)
        assert "on 1 of 3 servers" in refused(*init, "--replicas", "3")
        (keys / "follower.key").write_bytes((keys / "facilitator.key").read_bytes())
        assert "follower" in refused(*init)
        refused("none", "library", "init", f"nats://{address}/other", "--keys", keys)
    finally:
        server.stop()
