"""The names that a library has on a server: its stream, its bucket, and the subjects of its sessions."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LIBRARY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def is_library_name(text: str) -> bool:
    """Return whether a text can be a library's name: it becomes part of subjects and of names of streams."""
    return _LIBRARY.fullmatch(text) is not None


class Names(NamedTuple):
    """The names of one library."""

    library: str

    @property
    def stream(self) -> str:
        """Return the stream that holds every record."""
        return f"QUARTERDECK_{self.library.upper()}"

    @property
    def bucket(self) -> str:
        """Return the bucket of the index and of the leases."""
        return self.stream

    @property
    def bucket_stream(self) -> str:
        """Return the stream behind the bucket."""
        return f"KV_{self.bucket}"

    def subject(self, session: str) -> str:
        """Return the subject of a session's records."""
        return f"{self.library}.session.{session}"

    def feed(self, session: str) -> str:
        """Return the subject on which the server republishes what was recorded."""
        return f"{self.library}.feed.{session}"

    def asking(self, session: str) -> str:
        """Return the subject on which a follower asks for the records so far."""
        return f"{self.library}.ask.{session}"

    def row(self, session: str) -> str:
        """Return the subject of a session's row in the index; `*` for all."""
        return f"$KV.{self.bucket}.index.{session}"

    def lease(self, session: str) -> str:
        """Return the subject of the note that says who leads a session."""
        return f"$KV.{self.bucket}.lease.{session}"
