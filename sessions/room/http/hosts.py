"""The names by which requests may address the room: a page of another name must not reach it through a browser in it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")


class Hosts:
    """The names with their ports. A request names one of them in `Host`, and a POST in `Origin`."""

    def __init__(self, host: str, port: int, names: Iterable[str] = ()) -> None:
        self._port = port
        self._allowed = set[str]()
        for name in (*LOOPBACK, *(() if host in EVERYWHERE else (host,)), *names):
            self.add(name)

    def add(self, name: str) -> None:
        """Allow a name under the room's own port."""
        self._allowed.add(f"{bracketed(name.lower())}:{self._port}")

    def add_url(self, url: str) -> None:
        """Allow the host of a public address, as a tunnel passes it on."""
        parts = urlsplit(url)
        self._allowed.add(parts.netloc.lower().removesuffix({"http": ":80", "https": ":443"}.get(parts.scheme, "")))

    def allows(self, host: str) -> bool:
        """Return whether a request may name this host."""
        return host.lower() in self._allowed

    def allows_origin(self, origin: str | None) -> bool:
        """Return whether a POST may come from a page of this origin, or from no page at all. `null` is not one of ours."""
        if origin is None:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and self.allows(parts.netloc)


def is_public_url(text: str) -> bool:
    """Return whether a text is the address of a server, as a tunnel gives it: only a scheme and a name."""
    try:
        parts = urlsplit(text)
        name, _ = parts.hostname, parts.port
    except ValueError:
        return False
    plain = text.isprintable() and " " not in text and "@" not in parts.netloc
    return plain and parts.scheme in ("http", "https") and bool(name) and not (parts.path.strip("/") or parts.query or parts.fragment)


def bracketed(name: str) -> str:
    """Return a name or an address as a URL writes it."""
    return f"[{name}]" if ":" in name and not name.startswith("[") else name
