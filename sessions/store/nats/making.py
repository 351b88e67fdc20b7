"""The stream and the bucket of a library, which its operator makes once."""

from __future__ import annotations

from typing import Any, Final

from sessions.errors import RecordError
from sessions.store.nats.log import NO_STREAM
from sessions.store.nats.names import Names
from sessions.store.nats.proof import prove, refuse_old
from sessions.store.nats.wire import RefusedError, Wire

_NO_LIMIT: Final = {"max_msgs": -1, "max_bytes": -1, "max_age": 0, "max_msg_size": -1, "max_consumers": -1}
_FREE: Final = ("num_replicas", "metadata")
"""What may differ from one library to another."""
IDENTITY: Final = "quarterdeck"
"""The key of a library's identity in the description of its stream: it stays the same when the library moves to another server."""


def stream_config(names: Names, identity: str, replicas: int) -> dict[str, Any]:
    """Return the settings of the stream of records: nothing expires, nothing can be deleted, and what was stored is repeated to followers."""
    return {
        **_NO_LIMIT, "name": names.stream, "subjects": [names.subject("*")], "storage": "file", "retention": "limits", "discard": "new",
        "max_msgs_per_subject": -1, "num_replicas": replicas, "deny_delete": True, "deny_purge": True, "allow_atomic": True,
        "republish": {"src": names.subject("*"), "dest": names.feed("{{wildcard(1)}}")}, "metadata": {IDENTITY: identity},
    }  # fmt: skip


def bucket_config(names: Names, replicas: int) -> dict[str, Any]:
    """Return the settings of the bucket: it has the latest value of each key, and some for a time only."""
    return {
        **_NO_LIMIT, "name": names.bucket_stream, "subjects": [f"$KV.{names.bucket}.>"], "storage": "file", "retention": "limits",
        "discard": "new", "max_msgs_per_subject": 1, "num_replicas": replicas, "deny_delete": True, "allow_rollup_hdrs": True,
        "allow_direct": True, "allow_msg_ttl": True,
    }  # fmt: skip


async def make(wire: Wire, identity: str, replicas: int = 1) -> bool:
    """Make the missing parts of a library, and return whether there were any.

    Raises RefusedError: these credentials may not. RecordError: the server is not fit for it, or what is there has other settings.
    """
    names = wire.address.names
    told = wire.client.connected_server_version
    refuse_old(str(wire.address), (told.major, told.minor, told.patch))
    made = False
    for config in (stream_config(names, identity, replicas), bucket_config(names, replicas)):
        name = config["name"]
        try:
            info = await wire.api(f"STREAM.INFO.{name}")
        except RefusedError as error:
            if error.code != NO_STREAM:
                raise
            info = await wire.api(f"STREAM.CREATE.{name}", config)
            made = True
        if other := [key for key, value in config.items() if key not in _FREE and info["config"].get(key) != value]:
            raise RecordError(f"The stream {name} is there, with another setting of {other[0]}: choose another name for the library")
        if (there := info["config"].get("num_replicas", 1)) < replicas:
            raise RecordError(
                f"The stream {name} is there on {there} of {replicas} servers: make a library of another name, and copy the sessions there"
            )
        await prove(wire, info)
    return made
