"""The connection to a real server: how it begins, what it says when it cannot, and that it never waits for ever."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from nats_server import NatsServer, free_port, running, server_program
from support import assert_sentence

from sessions.errors import RecordError
from sessions.store.nats.address import parse
from sessions.store.nats.keys import new_key
from sessions.store.nats.login import Login
from sessions.store.nats.roles import Tls, server_config

pytest.importorskip("nats", reason="the extra nats is not installed")
pytestmark = [pytest.mark.system, pytest.mark.skipif(server_program() is None, reason="there is no nats-server")]

from sessions.store.nats.making import make  # noqa: E402
from sessions.store.nats.proof import judge  # noqa: E402
from sessions.store.nats.wire import NoAnswerError, RefusedError, Wire  # noqa: E402


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    with running(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture
def wire(server: NatsServer) -> Iterator[Wire]:
    wire = Wire(parse(server.url), Login(str(server.key_files["operator"])))
    yield wire
    wire.close()


async def nothing() -> None:
    """Ask nothing, which takes a connection."""


def test_a_library_is_made_once_by_its_operator(server: NatsServer, wire: Wire) -> None:
    assert [wire.ask(partial(make, wire, identity)) for identity in ("1", "2")] == [True, False]
    assert wire.ask(lambda: wire.api("STREAM.INFO.QUARTERDECK_PMO"))["config"]["metadata"]["quarterdeck"] == "1"
    facilitator = Wire(parse(server.url), Login(server.keys["facilitator"].seed))
    with pytest.raises(RefusedError, match="may not use"):
        facilitator.ask(lambda: facilitator.api("STREAM.DELETE.QUARTERDECK_PMO"))
    facilitator.close()


@pytest.mark.parametrize(
    ("host", "key", "says"),
    [
        ("", new_key(os.urandom(32)).seed, "credentials"),
        ("", "missing.key", "file"),
        ("", "missing.creds", "file"),
        ("127.0.0.1:{free}", "", "No server answers"),
        ("quarterdeck.invalid", "", "cannot be reached"),
    ],
    ids=["unknown key", "no key file", "no credentials file", "no server", "no host"],
)
def test_what_cannot_be_reached_says_why_and_repeats_no_secret(server: NatsServer, host: str, key: str, says: str) -> None:
    address = f"nats://{host.format(free=free_port()) or f'127.0.0.1:{server.port}'}/pmo"
    wire = Wire(parse(address), Login(key))
    with pytest.raises(RecordError) as refused:
        wire.ask(lambda: wire.api("INFO"))
    assert_sentence(f"{refused.value}.")
    assert says in str(refused.value)
    assert "SU" not in str(refused.value)


def test_a_server_that_does_not_sync_is_refused_with_the_setting_to_change(tmp_path: Path) -> None:
    server = NatsServer(tmp_path)
    server.change("sync_interval: always", "sync_interval: 2m")
    server.start()
    wire = Wire(parse(server.url), Login(str(server.key_files["operator"])))
    with pytest.raises(RecordError, match="sync_interval: always"):
        wire.ask(lambda: make(wire, "1"))
    wire.close()
    server.stop()


def test_a_server_that_stands_still_is_not_waited_for_and_comes_back_by_itself(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        wire = Wire(parse(server.url), Login(str(server.key_files["operator"])))
        wire.ask(lambda: make(wire, "1"))
        server.freeze()
        with pytest.raises(NoAnswerError, match="did not answer in time"):
            wire.ask(lambda: wire.api("STREAM.INFO.QUARTERDECK_PMO"))
        assert not wire.connected
        server.thaw()
        wire.ask(wire.until_connected, seconds=9)
        server.stop(signal.SIGKILL)
        server.start()
        wire.ask(wire.until_connected, seconds=9)
        assert wire.ask(lambda: wire.api("STREAM.INFO.QUARTERDECK_PMO"))["config"]["deny_purge"]
        wire.close()


def test_tls_trusts_no_unknown_certificate_and_never_goes_on_without(server: NatsServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=nats", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = [*words, "-out", str(certificate), "-keyout", str(key)]
    if not shutil.which("openssl") or subprocess.run(made, check=False, capture_output=True).returncode:
        pytest.skip("openssl is not installed")
    secured = NatsServer(tmp_path)
    tls = Tls(str(certificate), str(key))
    public = {role: pair.public for role, pair in secured.keys.items()}
    secured.config.write_text(server_config(secured.names, public, f"127.0.0.1:{secured.port}", str(tmp_path / "data"), tls))
    secured.start()
    address = parse(f"tls://127.0.0.1:{secured.port}/pmo")
    with pytest.raises(RecordError, match="not trusted"):
        Wire(address, Login(secured.keys["operator"].seed)).ask(nothing)
    wire = Wire(address, Login(secured.keys["operator"].seed, str(certificate)))
    assert wire.ask(lambda: make(wire, "1"), seconds=9)
    wire.close()
    with pytest.raises(RecordError, match="does not encrypt"):
        Wire(parse(server.url.replace("nats:", "tls:")), Login(server.keys["operator"].seed, str(certificate))).ask(nothing)
    secured.stop()
    assert not capfd.readouterr().err


@pytest.mark.parametrize("text", ["nats://user:secret@host/pmo", "nats://host", "nats://host/PMO X", "nats:///pmo", "nats://host:99999/pmo"])
def test_an_address_that_is_none_is_refused_without_its_password(text: str) -> None:
    with pytest.raises(RecordError) as refused:
        parse(text)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("keepers", "said", "says"),
    [
        ({"one"}, {}, "does not show"),
        ({"one", "two"}, {"one": {"version": (2, 15, 1), "always": True}}, "two"),
        ({"one"}, {"one": {"version": (2, 12, 0), "always": True}}, "2.12.1 or later"),
        ({"one", "two"}, {"one": {"version": (2, 15, 1), "always": True}, "two": {"version": (2, 15, 1), "always": False}}, "sync_interval: always"),
    ],
)
def test_every_server_that_keeps_the_record_has_to_prove_that_it_syncs(keepers: set[str], said: dict[str, Any], says: str) -> None:
    with pytest.raises(RecordError, match=says):
        judge("nats://host/pmo", keepers, said)
    judge("nats://host/pmo", {"one"}, {"one": {"version": (2, 15, 1), "always": True}})
