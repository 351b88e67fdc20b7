"""The seal of a ballot: a hash that proves at the reveal that the ballot is the one that was cast."""

import hashlib
import re
from typing import Any, Final

from sessions.errors import RecordError
from sessions.record.chain import to_json

Ballot = Any
"""A JSON value: points by card, or what an abstention is recorded as."""

SALT: Final = r"[0-9a-f]{32}"


def seal_of(salt: str, ballot: Ballot) -> str:
    """Return the seal of a ballot: sha256, in hex, over the salt (32 hex digits, 128 random bits) and the ballot's canonical JSON.

    Anyone who has salt and ballot can compute it again, so a replay proves that no ballot changed. Raises RecordError when the
    salt has another shape or the ballot is not plain JSON.
    """
    if not re.fullmatch(SALT, salt):
        raise RecordError("the salt of a ballot must be 32 lower-case hex digits")
    return hashlib.sha256(salt.encode() + to_json(ballot, sort_keys=True)).hexdigest()
