"""What a follower asks the leader of a session for: the records so far, and which sessions are led now. It takes no rights on the stream."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from nats import errors

from sessions.errors import RecordError
from sessions.store.nats.reading import Message, messages
from sessions.store.nats.roles import WHO_AM_I, wrong_rights
from sessions.store.nats.wire import ANSWER, NOBODY, NoAnswerError, RefusedError, Wire

LED: Final = "led"
"""Sent in place of a session's id, to ask which sessions are led now; no session has this id."""
_PAGE: Final = 400_000
"""Bytes of records in one answer; without a setting of its own, a server takes 1 MB in a message."""
_ALL_ANSWERED: Final = 0.4
"""Seconds within which every leader of a session has answered."""


async def answer(wire: Wire, session: str) -> Callable[[], Coroutine[Any, Any, None]]:
    """Answer those who ask for a session that is led here; return the function that stops it."""
    names = wire.address.names

    async def tell(message: Any) -> None:  # noqa: ANN401 - the client's own
        with suppress(errors.Error, OSError, RecordError, ValueError, TypeError, AttributeError):  # a malformed question gets no answer
            after = int(json.loads(message.data)["after"])
            found = await messages(wire, names.stream, names.subject(session), start=after + 1 if after else 0)
            await message.respond(_page(found))

    async def tell_which(message: Any) -> None:  # noqa: ANN401 - as above
        with suppress(errors.Error, OSError):
            await message.respond(json.dumps({"session": session}).encode())

    subscriptions = [await wire.client.subscribe(names.asking(name), cb=take) for name, take in ((session, tell), (LED, tell_which))]

    async def end() -> None:
        for subscription in subscriptions:
            with suppress(errors.Error, OSError):
                await subscription.unsubscribe()

    return end


def _page(found: list[Message]) -> bytes:
    size = 0
    told: list[tuple[int, str]] = []
    for each in found:
        size += len(each.data)
        if told and size > _PAGE:
            break
        told.append((each.seq, each.data.decode()))
    return json.dumps({"records": told, "more": len(told) < len(found)}).encode()


async def own_rights(wire: Wire) -> dict[str, Any]:
    """Return what the server says about this user's rights. Raises RecordError, ValueError or KeyError."""
    return dict(json.loads(await wire.request(WHO_AM_I))["data"])


async def only_follows(wire: Wire) -> bool:
    """Return whether this user has the rights of a follower and no more."""
    try:
        told = await own_rights(wire)
    except (RecordError, ValueError, KeyError):  # this server does not say; the next request reports what is wrong
        return False
    names = wire.address.names
    return bool(wrong_rights(names, "facilitator", told)) and not wrong_rights(names, "follower", told)


async def ask(wire: Wire, session: str, after: int = 0) -> list[Message]:
    """Return the messages of a session after a number in the stream, from its leader. Raises RecordError if it has none."""
    subject = wire.address.names.asking(session)
    found: list[Message] = []
    while True:
        try:
            answered = await wire.request(subject, json.dumps({"after": found[-1].seq if found else after}).encode(), seconds=5 * ANSWER)
        except RefusedError as error:
            if error.code == NOBODY:
                raise RecordError(f"No one leads {session} now: you can follow it once someone opens it") from None
            raise
        try:
            told = json.loads(answered)
            found += [Message(int(seq), 0, subject, str(data).encode()) for seq, data in told["records"]]
        except (ValueError, KeyError, TypeError):
            raise NoAnswerError(f"The leader of {session} sent an invalid answer") from None
        if not told.get("more"):
            return found


async def led_now(wire: Wire) -> list[str]:
    """Return the sessions that are led now. Raises RecordError if there is none."""
    answers = await wire.answers(wire.address.names.asking(LED), lambda _: False, _ALL_ANSWERED)
    found = set()
    for each in answers:
        with suppress(ValueError, KeyError, TypeError):
            found.add(str(json.loads(each)["session"]))
    if not found:
        raise RecordError(f"No one leads a session in {wire.address} now, and your key shows only those that are led")
    return sorted(found)
