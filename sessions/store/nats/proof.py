"""The proof that a server has on its disk what it acknowledges. Without it nothing is recorded there."""

from __future__ import annotations

import json
import re
from collections.abc import Set
from typing import Any, Final

from sessions.errors import RecordError
from sessions.store.nats.roles import PROOF
from sessions.store.nats.wire import Wire

OLDEST: Final = (2, 12, 1)
"""The first version that stores several records together or not at all."""


async def prove(wire: Wire, stream: dict[str, Any]) -> None:
    """Have every server that keeps a stream say that it syncs each write; `stream` is what the server tells of it. Raises RecordError."""
    config = stream["config"]
    if config.get("storage") != "file" or config.get("persist_mode", "default") not in ("", "default"):
        raise RecordError(f"The stream of {wire.address} does not sync its writes to the disk: make it again with `quarterdeck library init`")
    keepers = _keepers(stream.get("cluster") or {})
    found: dict[str, dict[str, Any]] = {}

    def enough(answers: list[bytes]) -> bool:
        found.update(_said(answers[-1]))
        return bool(found) and keepers <= found.keys()

    for answer in await wire.answers(PROOF, enough):
        found.update(_said(answer))
    judge(str(wire.address), keepers, found)


def judge(address: str, keepers: Set[str], said: dict[str, dict[str, Any]]) -> None:
    """Raise RecordError unless the servers that keep a stream said that they sync each write.

    Some may be down: a record counts once more than half of them have it, so more than half must have said so, and none otherwise.
    """
    lacking = [name for name in keepers if name not in said]
    if 2 * len(lacking) >= len(keepers) > 0 or not said:
        who = f"The server {lacking[0]} of {address}" if lacking else f"The server {address}"
        raise RecordError(f"{who} does not show whether it syncs every write: let it answer {PROOF}, as `quarterdeck library config` writes it")
    for name in said if not keepers else keepers & said.keys():
        refuse_old(address, said[name]["version"])
        if not said[name]["always"]:
            raise RecordError(
                f"The server {address} may lose what it has acknowledged: set `sync_interval: always` in its section `jetstream`, and start it again"
            )


def refuse_old(address: str, version: tuple[int, ...]) -> None:
    """Raise RecordError if a server of this version cannot keep a record."""
    if version < OLDEST:
        given, needed = (".".join(map(str, each)) for each in (version, OLDEST))
        raise RecordError(f"The server {address} is version {given}: nats-server {needed} or later is needed")


def _keepers(cluster: dict[str, Any]) -> set[str]:
    """Return the names of the servers that keep a stream now; none if it is on a single server."""
    here = [cluster.get("leader", ""), *(each.get("name", "") for each in cluster.get("replicas") or () if not each.get("offline"))]
    return {name for name in here if name}


def _said(answer: bytes) -> dict[str, dict[str, Any]]:
    """Return what a server says about itself, by its name; nothing if it is not such an answer."""
    try:
        found = json.loads(answer)
        server, config = found["server"], found["data"].get("config") or {}
        version = tuple(int(each) for each in re.findall(r"\d+", server["ver"])[:3])
        return {server["name"]: {"version": version, "always": config.get("sync_always") is True}}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
