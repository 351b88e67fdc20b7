"""What a stream holds on its subjects: read as a whole, from a place on, or followed as it grows."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final, NamedTuple

from nats import errors

from sessions.store.nats.wire import ANSWER, NoAnswerError, RefusedError, Wire

_BATCH: Final = 1000
_CONSUMER_LIFE: Final = 5_000_000_000
"""Nanoseconds after which the server forgets a reading that no one continues."""
_NOT_FOUND: Final = 10037


class Message(NamedTuple):
    """A stored message: its number in the stream, that of the one before it on its subject (in a feed; else 0), and what it holds."""

    seq: int
    last: int
    subject: str
    data: bytes
    message_id: str = ""


async def last(wire: Wire, stream: str, subject: str) -> Message | None:
    """Return the last message on a subject, as the leader of the stream knows it; None if there is none."""
    try:
        found = (await wire.api(f"STREAM.MSG.GET.{stream}", {"last_by_subj": subject}))["message"]
    except RefusedError as error:
        if error.code == _NOT_FOUND:
            return None
        raise
    headers = base64.b64decode(found.get("hdrs", "")).decode(errors="replace")
    ids = [line.partition(":")[2].strip() for line in headers.splitlines() if line.startswith("Nats-Msg-Id:")]
    return Message(found["seq"], 0, found["subject"], base64.b64decode(found.get("data", "")), "".join(ids))


async def messages(wire: Wire, stream: str, subject: str, *, start: int = 0, latest: bool = False, bare: bool = False) -> list[Message]:
    """Return the messages on a subject, in order: from a number on, or only the latest on each subject; `bare` ones without their contents."""
    name = f"qd{wire.client.new_inbox()[-22:]}"
    policy = "by_start_sequence" if start else "last_per_subject" if latest else "all"
    config: dict[str, Any] = {
        "name": name, "deliver_policy": policy, "ack_policy": "none", "filter_subject": subject, "headers_only": bare,
        "mem_storage": True, "inactive_threshold": _CONSUMER_LIFE, "num_replicas": 1,
    }  # fmt: skip
    if start:
        config["opt_start_seq"] = start
    made = await wire.api(f"CONSUMER.CREATE.{stream}.{name}.{subject}", {"stream_name": stream, "config": config, "action": "create"})
    try:
        return await _pull(wire, f"{stream}.{name}", made["num_pending"])
    finally:
        with suppress(NoAnswerError):  # the server forgets it anyway, but takes only a limited number at a time
            await wire.send(f"$JS.API.CONSUMER.DELETE.{stream}.{name}", b"")


async def _pull(wire: Wire, consumer: str, left: int) -> list[Message]:
    """Return this many messages from a consumer, a batch at a time. Raises NoAnswerError if they stop coming."""
    found: list[Message] = []
    if not left:
        return found
    more = asyncio.Event()

    async def take(message: Any) -> None:  # noqa: ANN401 - the client's own
        nonlocal left
        if reply := message.reply:
            parts = reply.split(".")
            headers = message.headers
            message_id = headers.get("Nats-Msg-Id", "") if headers else ""
            found.append(Message(int(parts[-4]), 0, message.subject, message.data, message_id))
            left = int(parts[-1])
        if not left or len(found) >= wanted or not message.reply:
            more.set()

    inbox = wire.client.new_inbox()
    subscription = await wire.client.subscribe(inbox, cb=take, pending_msgs_limit=-1, pending_bytes_limit=-1)
    try:
        while left:
            wanted, before = len(found) + min(left, _BATCH), len(found)
            more.clear()
            asking = json.dumps({"batch": min(left, _BATCH), "expires": int(ANSWER * 1e9)}).encode()
            await wire.send(f"$JS.API.CONSUMER.MSG.NEXT.{consumer}", asking, reply=inbox)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(more.wait(), 2 * ANSWER)
            if len(found) == before:
                raise NoAnswerError(f"The library {wire.address} stopped in the middle of an answer")
    finally:
        with suppress(errors.Error, OSError):
            await subscription.unsubscribe()
    return found


async def follow(wire: Wire, subject: str, take: Callable[[Message], None]) -> Callable[[], Coroutine[Any, Any, None]]:
    """Call a function with every message that the server repeats on a subject, in the connection's thread; return what ends it."""

    async def heard(message: Any) -> None:  # noqa: ANN401 - as above
        headers = message.headers or {}
        with suppress(ValueError):  # not a message that the server repeated
            seq, last = int(headers.get("Nats-Sequence", "")), int(headers.get("Nats-Last-Sequence", ""))
            take(Message(seq, last, message.subject, message.data, headers.get("Nats-Msg-Id", "")))

    return await listen(wire, subject, heard)


async def listen(wire: Wire, subject: str, heard: Callable[[Any], Coroutine[Any, Any, None]]) -> Callable[[], Coroutine[Any, Any, None]]:
    """Call a function with every message on a subject; return what ends it."""
    subscription = await wire.client.subscribe(subject, cb=heard)

    async def end() -> None:
        with suppress(errors.Error, OSError):
            await subscription.unsubscribe()

    return end
