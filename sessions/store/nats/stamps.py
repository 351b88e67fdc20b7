"""When each session was written last: the number of its last message in the stream, and how many there are.

The server tells in one answer how many messages each session has. Nothing of a stream is ever deleted, so that a session with as many as at the
last listing has not changed. Only for the others it asks for the last message.
"""

from __future__ import annotations

from collections.abc import Mapping

from sessions.store.nats.reading import last, messages
from sessions.store.nats.wire import Wire

_FEW = 10
_PAGE = 100_000


async def stamps(wire: Wire, known: Mapping[str, str]) -> dict[str, str]:
    """Return the stamp of every session; `known` are those of the last listing. Raises RefusedError or NoAnswerError."""
    names = wire.address.names
    counts = await _counts(wire)
    found = {session: known[session] for session, count in counts.items() if known.get(session, "").endswith(f" {count}")}
    changed = counts.keys() - found.keys()
    if len(changed) <= _FEW:
        latest = [await last(wire, names.stream, names.subject(session)) for session in changed]
    else:
        latest = [*await messages(wire, names.stream, names.subject("*"), latest=True, bare=True)]
    numbers = {session_of(each.subject): each.seq for each in latest if each}
    return found | {session: f"{numbers[session]:020d} {counts[session]}" for session in changed if session in numbers}


async def _counts(wire: Wire) -> dict[str, int]:
    """Return how many messages each session has; the server lists a page of sessions at a time."""
    names = wire.address.names
    found: dict[str, int] = {}
    while True:
        asked = {"subjects_filter": names.subject("*"), "offset": len(found)}
        told = (await wire.api(f"STREAM.INFO.{names.stream}", asked))["state"].get("subjects") or {}
        found |= {session_of(subject): int(count) for subject, count in told.items()}
        if len(told) < _PAGE:
            return found


def session_of(subject: str) -> str:
    """Return the session that a subject is about."""
    return subject.rpartition(".")[2]
