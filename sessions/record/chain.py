r"""The hash chain: each record's JSON, hashed with the hash of the record before it.

`chain` is the last key of a stored record: the first 32 hex digits of sha256(the previous record's chain + this record's JSON without its chain).
The first record's previous chain is 32 zeros. Every store keeps the same JSON, so that a record can be proved in any of them.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from pydantic_core import PydanticSerializationError
from pydantic_core import to_json as _to_json

from sessions.errors import RecordError

Record = dict[str, Any]

FIRST_CHAIN: Final = b"0" * 32
CHAIN_KEY: Final = b',"chain":"'
CHAIN_END: Final = b'"}'
CHAIN_LENGTH: Final = len(CHAIN_KEY) + len(FIRST_CHAIN) + len(CHAIN_END)

MAX_DEPTH: Final = 60
"""Levels of lists and dicts in one record; far below what any JSON reader refuses."""
MAX_INTEGER: Final = 2**63 - 1

_SORTED: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


def check_plain(value: object, where: str = "the record", depth: int = 0) -> None:
    """Refuse values that JSON cannot give back unchanged: raises RecordError naming the place; text is checked when it is encoded."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:  # type: ignore[operator]
            raise RecordError(f"{where} holds a whole number of more than 63 bits, which cannot be recorded")
    elif depth >= MAX_DEPTH:
        raise RecordError(f"{where} is nested deeper than {MAX_DEPTH} levels, which cannot be recorded")
    elif isinstance(value, dict) and kind is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise RecordError(f"{where} has a key that is not text ({type(key).__name__}), which cannot be recorded")
            kind = type(item)
            # Most items are one of these, and a call for each would be most of the cost.
            if kind is not str and not (kind is int and -MAX_INTEGER <= item <= MAX_INTEGER):
                check_plain(item, key, depth + 1)
    elif isinstance(value, list) and kind is list:
        for item in value:
            check_plain(item, where, depth + 1)
    else:
        raise RecordError(
            f"{where} holds a value of type {kind.__name__}, which cannot be recorded: only text, whole numbers, "
            "true, false, null, lists and objects can"
        )


def to_json(value: object, *, sort_keys: bool = False) -> bytes:
    """Return plain values as compact UTF-8 JSON on one line. Raises RecordError for anything else, lone surrogates included."""
    check_plain(value)
    try:
        return _SORTED.encode(value).encode() if sort_keys else _to_json(value)
    except (UnicodeEncodeError, PydanticSerializationError):
        raise RecordError("the record holds half a character (a lone surrogate), which cannot be recorded") from None


def chain_of(previous: bytes, payload: bytes) -> bytes:
    """Return a record's chain, over the previous chain and its JSON without its chain (`payload` lacks the last brace)."""
    return hashlib.sha256(previous + payload + b"}").hexdigest()[:32].encode()


def encode(record: Record, number: int, previous: bytes) -> tuple[bytes, bytes]:
    """Return a record's JSON with its chain, and the chain.

    Raises RecordError when the record is not plain, when its `seq` is not `number`, or when it already has a chain.
    """
    if type(record) is not dict:
        raise RecordError(f"a record must be a plain dict, not {type(record).__name__}")
    if type(record.get("seq")) is not int or record["seq"] != number:
        raise RecordError(f"the record's seq is {record.get('seq')!r}, but the next number is {number}")
    if "chain" in record:
        raise RecordError("the record already has a chain; the journal computes it")
    # Not read back: JSON gives plain values back unchanged.
    payload = to_json(record)[:-1]
    chain = chain_of(previous, payload)
    return payload + CHAIN_KEY + chain + CHAIN_END, chain


def encode_all(records: Sequence[Record], known: int, chain: bytes) -> tuple[list[bytes], bytes]:
    """Return the JSON of records after this many known ones, each with its chain; and the last chain. Raises RecordError as `encode` does."""
    payloads = list[bytes]()
    for number, record in enumerate(records, known + 1):
        payload, chain = encode(record, number, chain)
        payloads.append(payload)
    return payloads, chain


def unchained(record: Record) -> Record:
    """Return a record without its chain."""
    return {key: value for key, value in record.items() if key != "chain"}


def chain_in(records: Sequence[Record]) -> bytes:
    """Return the chain of the last of some stored records."""
    return records[-1]["chain"].encode() if records else FIRST_CHAIN


def proved(records: Sequence[Record]) -> int:
    """Return how many records, from the first, are in order and match their chains."""
    previous = FIRST_CHAIN
    for number, record in enumerate(records, 1):
        try:
            _, chain = encode(unchained(record), number, previous)
        except RecordError:
            return number - 1
        if record.get("chain") != chain.decode():
            return number - 1
        previous = chain
    return len(records)
