"""What a session's messages hold: records, proved by their chain like the lines of a file."""

from __future__ import annotations

import hashlib
from binascii import hexlify
from collections.abc import Sequence
from typing import NamedTuple

from pydantic_core import from_json

from sessions.record.chain import CHAIN_END, CHAIN_KEY, CHAIN_LENGTH, FIRST_CHAIN, Record


class Tip(NamedTuple):
    """How far a session goes: the number of its last message in the stream, that record's chain, and how many there are."""

    seq: int = 0
    chain: bytes = FIRST_CHAIN
    records: int = 0


def proved_chains(payloads: Sequence[bytes], previous: bytes) -> list[bytes]:
    """Return the chain of each payload, up to the first that does not follow from the ones before it."""
    chains = list[bytes]()
    sha256 = hashlib.sha256
    for payload in payloads:
        digest = hexlify(sha256(previous + payload[:-CHAIN_LENGTH] + b"}").digest()[:16])
        if not payload.endswith(CHAIN_KEY + digest + CHAIN_END):
            break
        chains.append(digest)
        previous = digest
    return chains


def read_payloads(payloads: Sequence[bytes], first: int) -> list[Record]:
    """Return the records in proved payloads, up to the first that holds none with the right number."""
    records = list[Record]()
    for number, record in enumerate(map(_read_one, payloads), first):
        if type(record) is not dict or record.get("seq") != number or "chain" not in record:
            break
        records.append(record)
    return records


def _read_one(payload: bytes) -> object:
    try:
        return from_json(payload, allow_inf_nan=False)
    except ValueError:
        return None
