"""Where a room is: a typed address, or a pasted link that holds the secret of a seat."""

from __future__ import annotations

from urllib.parse import urlsplit

from sessions.errors import QuarterdeckError

PORT = 8420
"""The port of a room, unless an address names another one."""


class AddressError(QuarterdeckError):
    """This is no address of a room."""

    exit_code = 2


def address_of(typed: str) -> str:
    """Return the address of a room as http://host:port. Raises AddressError; a secret in it is refused, because others can see arguments."""
    if "#" in typed:
        raise AddressError("This link holds the secret of a seat, which others could see here: join its address, and paste the link there.")
    return _base(typed)


def link_of(pasted: str) -> tuple[str, str]:
    """Return the address and the token of a pasted link. Raises AddressError."""
    address, _, token = pasted.strip().partition("#")
    if not token or not all(char.isalnum() or char in "-_" for char in token):
        raise AddressError("This is not a whole link: copy it again.")
    return _base(address), token


def _base(typed: str) -> str:
    text = typed.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or any(char.isspace() for char in text):
        raise AddressError("An address looks like 192.168.1.20:8420: type what the screen in the room shows.")
    shown = f"[{host}]" if ":" in host else host
    standard = parts.scheme == "https" or ("://" in text and port is None)
    return f"{parts.scheme}://{shown}" + (f":{port or PORT}" if port or not standard else "")
