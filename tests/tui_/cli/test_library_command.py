"""`quarterdeck library`: a configuration and a key per role, written once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from nats_server import NatsServer, free_port, server_program
from support import assert_sentence
from typer.testing import CliRunner, Result

from sessions.errors import QuarterdeckError
from tui.cli import app as cli

pytest.importorskip("nkeys", reason="the extra nats is not installed")


def config(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["library", "config", *map(str, words)])


def init(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["library", "init", *map(str, words)])


def test_a_configuration_and_a_secret_key_for_each_role_are_written(tmp_path: Path) -> None:
    assert config("pmo", "-o", tmp_path / "nats").exit_code == 0
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
    result = config(*words)
    assert isinstance(result.exception, QuarterdeckError)
    assert_sentence(str(result.exception))
    assert names in str(result.exception)
    assert not [*tmp_path.iterdir()]


@pytest.mark.system
@pytest.mark.skipif(server_program() is None, reason="there is no nats-server")
def test_an_operator_makes_a_library_once_and_learns_which_key_may_too_much(tmp_path: Path) -> None:
    keys = tmp_path / "nats"
    listen = f"127.0.0.1:{free_port()}"
    assert config("pmo", "-o", keys, "--listen", listen).exit_code == 0
    server = NatsServer.of(keys)
    server.start()
    try:
        first, again = init(f"nats://{listen}/pmo", "--keys", keys), init(f"nats://{listen}/pmo", "--keys", keys)
        assert (first.exit_code, again.exit_code) == (0, 0)
        assert "made" in first.stdout
        assert "already" in again.stdout
        more = init(f"nats://{listen}/pmo", "--keys", keys, "--replicas", "3")
        assert "on 1 of 3 servers" in str(more.exception)
        (keys / "follower.key").write_bytes((keys / "facilitator.key").read_bytes())
        careless = init(f"nats://{listen}/pmo", "--keys", keys)
        assert isinstance(careless.exception, QuarterdeckError)
        assert "follower" in str(careless.exception)
        unknown = init(f"nats://{listen}/other", "--keys", keys)
        assert isinstance(unknown.exception, QuarterdeckError)
    finally:
        server.stop()
