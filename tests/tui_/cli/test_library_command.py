"""`quarterdeck library`: a configuration and a key per role, written once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from command_line import refused, told
from nats_server import NatsServer, free_port, server_program

pytest.importorskip("nkeys", reason="the extra nats is not installed")


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
