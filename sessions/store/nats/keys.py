"""Pairs of keys by which a server knows who connects."""

from __future__ import annotations

from typing import NamedTuple

from sessions.errors import QuarterdeckError


class Key(NamedTuple):
    """A pair of keys: the secret seed, which its owner keeps, and the public key, which the server's configuration holds."""

    seed: str
    public: str


def new_key(random: bytes) -> Key:
    """Return a pair of keys made from 32 random bytes. Raises QuarterdeckError if the extra is not installed."""
    try:
        import nkeys  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise QuarterdeckError("For a shared library, pip install 'quarterdeck[nats]' first.") from error
    seed: bytes = nkeys.encode_seed(random, nkeys.PREFIX_BYTE_USER)
    public: bytes = nkeys.from_seed(bytearray(seed)).public_key
    return Key(seed.decode("ascii"), public.decode("ascii"))


def public_key(seed: str) -> str:
    """Return the public key of a seed; empty if it is not one."""
    import nkeys  # noqa: PLC0415 - an extra

    try:
        public: bytes = nkeys.from_seed(bytearray(seed.encode("ascii"))).public_key
    except (nkeys.NkeysError, ValueError):
        return ""
    return public.decode("ascii")
