"""What each role may do on a real server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from nats_server import NatsServer, running, server_program

from sessions.store.nats.names import Names
from sessions.store.nats.roles import PROOF, ROLES, WHO_AM_I, Role, wrong_rights

nats = pytest.importorskip("nats", reason="the extra nats is not installed")
pytestmark = [pytest.mark.system, pytest.mark.skipif(server_program() is None, reason="there is no nats-server")]

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


async def connected(server: NatsServer, role: Role) -> Any:
    async def heard(error: Exception) -> None:
        """Forbidden acts are expected here."""

    return await nats.connect(
        f"nats://127.0.0.1:{server.port}",
        nkeys_seed_str=server.keys[role].seed,
        inbox_prefix=f"_INBOX.{server.keys[role].public}",
        allow_reconnect=False,
        error_cb=heard,
    )


async def test_each_role_may_do_what_its_name_says_and_nobody_deletes(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        operator = await connected(server, "operator")
        await operator.jetstream().add_stream(name=NAMES.stream, subjects=[NAMES.subject("*")], allow_direct=True)
        await operator.jetstream().create_key_value(bucket=NAMES.bucket)
        await operator.jetstream().publish(NAMES.subject("q4"), b"{}")
        for role in ROLES:
            client = await connected(server, role)
            try:
                results = await asyncio.gather(*(asyncio.wait_for(act(client.jetstream()), 1) for act, _ in ACTS.values()), return_exceptions=True)
                refused = {name for name, each in zip(ACTS, results, strict=True) if isinstance(each, TimeoutError)}
                assert refused == {name for name, (_, allowed) in ACTS.items() if role not in allowed}, (role, results)
                said = json.loads((await client.request(WHO_AM_I, timeout=1)).data)["data"]
                assert [each for each in ROLES if not wrong_rights(NAMES, each, said)] == [role], said
            finally:
                await client.close()
        await operator.close()


async def test_a_follower_hears_nothing_that_others_are_answered(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        follower, facilitator = [await connected(server, role) for role in ("follower", "facilitator")]
        heard: list[Any] = []

        async def take(message: Any) -> None:
            heard.append(message)

        await follower.subscribe("_INBOX.>", cb=take)
        await facilitator.request(WHO_AM_I, timeout=1)
        assert (await follower.request(WHO_AM_I, timeout=1)).data
        assert not heard
        await follower.close()
        await facilitator.close()


async def test_a_server_says_how_it_keeps_what_it_acknowledges(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        for always in (True, False):
            client = await connected(server, "facilitator")
            answer = json.loads((await client.request(PROOF, b"{}", timeout=1)).data)
            assert answer["data"]["config"].get("sync_always", False) is always
            await client.close()
            server.stop()
            if always:
                server.change("sync_interval: always", "sync_interval: 2m")
                server.start()


@pytest.mark.parametrize("role", ["facilitator", "follower"])
@pytest.mark.parametrize(
    "publish",
    [{}, {"allow": [">"]}, {"allow": ["$JS.API.>", "pmo.>", "quarterdeck.*", "$SYS.>", "$KV.>"]}, {"allow": ["pmo.session.*"]}],
)
def test_rights_that_are_too_many_or_too_few_are_known(publish: dict[str, list[str]], role: Role) -> None:
    assert wrong_rights(NAMES, role, {"permissions": {"publish": publish}} if publish else {})
