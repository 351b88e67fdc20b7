"""The address of a library on a server, as a user gives it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from sessions.errors import RecordError
from sessions.sanitize import quoted
from sessions.store.nats.names import Names, is_library_name

_PORT: Final = 4222
_SHAPE: Final = "nats://HOST[:PORT]/NAME"
_SESSION: Final = re.compile(r"[A-Za-z0-9_-]{1,120}")


class Address(NamedTuple):
    """Where a library is: one server, or several of a cluster, and the names of the library there."""

    scheme: str
    hosts: tuple[str, ...]
    names: Names

    def __str__(self) -> str:
        return f"{self.scheme}://{','.join(self.hosts)}/{self.names.library}"

    @property
    def servers(self) -> list[str]:
        """Return the addresses of the servers, as a client wants them."""
        return [f"{self.scheme}://{host}" for host in self.hosts]


def can_name_a_session(text: str) -> bool:
    """Return whether a text can be the last part of a subject."""
    return _SESSION.fullmatch(text) is not None


def parse(text: str) -> Address:
    """Return the address that a user gave. Raises RecordError, which repeats no password."""
    scheme, _, rest = text.partition("://")
    servers, _, name = rest.partition("/")
    if "@" in servers:
        raise RecordError(
            "The address of a library holds no user and no password, which others could read: "
            "name the file of your key in $QUARTERDECK_NATS_CREDENTIALS"
        )
    hosts = tuple(_host(scheme, each) for each in servers.split(","))
    if scheme not in ("nats", "tls") or not all(hosts):
        raise RecordError(f"{quoted(text)} is not the address of a library, which has the form {_SHAPE}")
    if not is_library_name(name):
        raise RecordError(f"{quoted(text)} needs the name of a library at its end (small letters, digits, - and _): {_SHAPE}")
    return Address(scheme, hosts, Names(name))


def _host(scheme: str, text: str) -> str:
    """Return a host with its port; empty if it is not one."""
    try:
        parts = urlsplit(f"{scheme}://{text}")
        port = parts.port or _PORT
    except ValueError:
        return ""
    host = parts.hostname or ""
    return f"{f'[{host}]' if ':' in host else host}:{port}" if host and host.isprintable() else ""
