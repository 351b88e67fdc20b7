"""How a user is known to the servers: a file of credentials or an nkey, and the certificates that are trusted. None of it is ever shown."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any, NamedTuple

from sessions.disk.files import REAL_FILES, reading
from sessions.errors import RecordError
from sessions.store.nats.address import Address
from sessions.store.nats.keys import public_key

_SEED = "SU"
_LENGTH = 58


class Login(NamedTuple):
    """The name of a file with credentials or an nkey's seed, or the seed itself; and a file of certificates to trust. Both may be empty."""

    credentials: str = ""
    certificates: str = ""

    def __repr__(self) -> str:
        return "Login(…)"

    def options(self, address: Address) -> dict[str, Any]:
        """Return the options of a client. Raises RecordError if a file cannot be used."""
        found: dict[str, Any] = {}
        if self.certificates or address.scheme == "tls":
            try:
                found["tls"] = ssl.create_default_context(cafile=self.certificates or None)
            except (OSError, ssl.SSLError):
                raise RecordError("The certificates that $QUARTERDECK_NATS_CA names cannot be read: check the file") from None
        text = self.credentials.strip()
        if public := public_key(self._seed(text)):
            # A follower may listen only there: in an inbox of another name it could hear what others are answered.
            found["inbox_prefix"] = f"_INBOX.{public}".encode()
        if text.startswith(_SEED) and len(text) == _LENGTH:
            found["nkeys_seed_str"] = text
        elif text:
            kind = "user_credentials" if text.endswith(".creds") else "nkeys_seed"
            found[kind] = text
        return found

    @staticmethod
    def _seed(text: str) -> str:
        """Return the seed that the text is, or that the file of this name holds; empty if there is none."""
        if text.startswith(_SEED) and len(text) == _LENGTH:
            return text
        if not text or text.endswith(".creds"):
            return ""
        try:
            with reading(Path(text), REAL_FILES, flags=0) as fd:
                return REAL_FILES.pread(fd, 2 * _LENGTH, 0).decode("ascii").strip()
        except (OSError, ValueError):
            return ""  # the client says what is wrong with the file


def why_not_connected(address: Address, error: BaseException | None) -> str:
    """Return in one sentence why there is no connection; without any part of a credential."""
    text = f"{type(error).__name__} {error}".lower() if error else ""
    if isinstance(error, ssl.SSLError) or "certificate" in text:
        return f"The certificate of {address} is not trusted: name the file of your authority in $QUARTERDECK_NATS_CA"
    if "secure connection required" in text:
        return f"The server of {address} does not encrypt the connection: give it a certificate, as `quarterdeck library config --tls-cert` does"
    if "authorization" in text or "nkey" in text or "jwt" in text:
        return f"The library {address} does not know these credentials: check $QUARTERDECK_NATS_CREDENTIALS"
    if isinstance(error, (FileNotFoundError, PermissionError, IsADirectoryError)) or "filenotfound" in text:
        return "The file that $QUARTERDECK_NATS_CREDENTIALS names cannot be read: check its name and your rights on it"
    if isinstance(error, ConnectionRefusedError) or "refused" in text or "noservers" in text:
        return f"No server answers at {address}: check the address, and that the server runs"
    return f"The library {address} cannot be reached: check the address and the network"
