"""The connection to a real server: how it begins, what it says when it cannot, that it never waits forever, and what each role may do."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import nats
import pytest
from nats_server import WITH_A_SERVER, NatsServer, running, wire_of
from ports import free_port
from support import assert_sentence

from sessions.errors import RecordError
from sessions.store.nats.address import parse
from sessions.store.nats.keys import new_key
from sessions.store.nats.login import Login
from sessions.store.nats.making import make
from sessions.store.nats.names import Names
from sessions.store.nats.proof import judge
from sessions.store.nats.roles import ROLES, WHO_AM_I, Role, Tls, wrong_rights
from sessions.store.nats.wire import RefusedError, Wire

pytestmark = WITH_A_SERVER
PATIENCE = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    """Run a server without a library."""
    with running(tmp_path_factory.mktemp("server")) as started:
        yield started


def test_a_library_is_made_once_by_its_operator(server: NatsServer) -> None:
    with closing(wire_of(server)) as wire, closing(wire_of(server, "facilitator")) as other:
        assert [wire.ask(partial(make, wire, identity)) for identity in ("1", "2")] == [True, False]
        config = wire.ask(lambda: wire.api("STREAM.INFO.QUARTERDECK_PMO"))["config"]
        assert (config["metadata"]["quarterdeck"], config["deny_purge"]) == ("1", True)
        with pytest.raises(RefusedError, match="may not use"):
            other.ask(lambda: other.api("STREAM.DELETE.QUARTERDECK_PMO"))


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


def test_tls_trusts_no_unknown_certificate_and_never_goes_on_without(server: NatsServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=nats", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = [*words, "-out", str(certificate), "-keyout", str(key)]
    if not shutil.which("openssl") or subprocess.run(made, check=False, capture_output=True).returncode:
        pytest.skip("openssl is not installed")
    secured = NatsServer(tmp_path, tls=Tls(str(certificate), str(key)))
    secured.start()
    address, login = parse(f"tls://127.0.0.1:{secured.port}/pmo"), Login(secured.keys["operator"].seed, str(certificate))

    async def nothing() -> None:
        """Ask nothing, which takes a connection."""

    with pytest.raises(RecordError, match="not trusted"):
        Wire(address, Login(secured.keys["operator"].seed)).ask(nothing)
    with closing(Wire(address, login)) as wire:
        assert wire.ask(lambda: make(wire, "1"), seconds=9)
    with pytest.raises(RecordError, match="does not encrypt"):
        Wire(parse(server.url.replace("nats:", "tls:")), login).ask(nothing)
    secured.stop()
    assert not capfd.readouterr().err


@pytest.mark.parametrize("text", ["nats://user:secret@host/pmo", "nats://host", "nats://host/PMO X", "nats:///pmo", "nats://host:99999/pmo"])
def test_an_address_that_is_none_is_refused_without_its_password(text: str) -> None:
    with pytest.raises(RecordError) as refused:
        parse(text)
    assert "secret" not in str(refused.value)


GOOD = {"version": (2, 15, 1), "always": True}


@pytest.mark.parametrize(
    ("keepers", "said", "says"),
    [
        ({"one"}, {}, "does not show"),
        ({"one", "two"}, {"one": GOOD}, "two"),
        ({"one"}, {"one": {**GOOD, "version": (2, 12, 0)}}, "2.12.1 or later"),
        ({"one", "two"}, {"one": GOOD, "two": {**GOOD, "always": False}}, "sync_interval: always"),
    ],
)
def test_every_server_that_keeps_the_record_has_to_prove_that_it_syncs(keepers: set[str], said: dict[str, Any], says: str) -> None:
    with pytest.raises(RecordError, match=says):
        judge("nats://host/pmo", keepers, said)
    judge("nats://host/pmo", {"one"}, {"one": GOOD})


# --- roles


NAMES = Names("pmo")
ACTS: dict[str, tuple[Callable[[Any], Awaitable[Any]], set[Role]]] = {
    "append": (lambda js: js.publish(NAMES.subject("q4"), b"{}"), {"operator", "facilitator"}),
    "append to another library": (lambda js: js.publish("hr.session.q4", b"{}"), set()),
    "read": (lambda js: js.get_last_msg(NAMES.stream, NAMES.subject("q4")), {"operator", "facilitator"}),
    "fake the feed": (lambda js: js.publish(NAMES.feed("q4"), b"{}"), set()),
    "delete the library": (lambda js: js.delete_stream(NAMES.stream), set()),
    "empty the library": (lambda js: js.purge_stream(NAMES.stream), set()),
    "let the library forget": (lambda js: js.update_stream(name=NAMES.stream, max_msgs_per_subject=1), set()),
    "delete a record": (lambda js: js.delete_msg(NAMES.stream, 1), set()),
    "delete the index": (lambda js: js.delete_stream(NAMES.bucket_stream), set()),
    "make another stream": (lambda js: js.add_stream(name="OTHER", subjects=["other"]), set()),
}


class Connected:
    """Someone with the rights of a role, who hears when the server forbids something."""

    def __init__(self, server: NatsServer, role: Role) -> None:
        self._url, self._key = f"nats://127.0.0.1:{server.port}", server.keys[role]
        self._forbidden = asyncio.Event()

    async def begin(self) -> Connected:
        async def hear(error: Exception) -> None:
            if "permissions violation" in str(error).lower():
                self._forbidden.set()

        how = {"inbox_prefix": f"_INBOX.{self._key.public}", "allow_reconnect": False, "connect_timeout": PATIENCE, "error_cb": hear}
        self.client: Any = await nats.connect(self._url, nkeys_seed_str=self._key.seed, **how)
        return self

    async def may(self, act: Callable[[Any], Awaitable[Any]]) -> bool:
        """Return whether the server answers an act, and does not forbid it."""
        self._forbidden.clear()
        tried = [asyncio.ensure_future(each) for each in (act(self.client.jetstream(timeout=PATIENCE)), self._forbidden.wait())]
        await asyncio.wait(tried, return_when=asyncio.FIRST_COMPLETED)
        for each in tried:
            each.cancel()
        await asyncio.gather(*tried, return_exceptions=True)
        return not self._forbidden.is_set()


async def test_each_role_may_do_what_its_name_says_and_nobody_deletes_or_hears_others(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        clients = {role: await Connected(server, role).begin() for role in ROLES}
        jetstream = clients["operator"].client.jetstream(timeout=PATIENCE)
        await jetstream.add_stream(name=NAMES.stream, subjects=[NAMES.subject("*")], allow_direct=True)
        await jetstream.create_key_value(bucket=NAMES.bucket)
        await jetstream.publish(NAMES.subject("q4"), b"{}")
        heard: list[Any] = []

        async def take(message: Any) -> None:
            heard.append(message)

        await clients["follower"].client.subscribe("_INBOX.>", cb=take)
        for role, client in clients.items():
            done = {name for name, (act, _) in ACTS.items() if await client.may(act)}
            assert done == {name for name, (_, allowed) in ACTS.items() if role in allowed}, role
            said = json.loads((await client.client.request(WHO_AM_I, timeout=PATIENCE)).data)["data"]
            assert [each for each in ROLES if not wrong_rights(NAMES, each, said)] == [role], said
        assert not heard
        for client in clients.values():
            await client.client.close()


@pytest.mark.parametrize("role", ["facilitator", "follower"])
@pytest.mark.parametrize(
    "publish",
    [{}, {"allow": [">"]}, {"allow": ["$JS.API.>", "pmo.>", "quarterdeck.*", "$SYS.>", "$KV.>"]}, {"allow": ["pmo.session.*"]}],
)
def test_rights_that_are_too_many_or_too_few_are_known(publish: dict[str, list[str]], role: Role) -> None:
    assert wrong_rights(NAMES, role, {"permissions": {"publish": publish}} if publish else {})
