"""TLS for a room whose host has a certificate."""

from __future__ import annotations

import hashlib
import ssl
import stat
import sys
from pathlib import Path
from typing import NamedTuple

from sessions.room.refused import RoomError


class Tls(NamedTuple):
    """What a secure server needs, and the fingerprint by which people may compare the certificate."""

    context: ssl.SSLContext
    fingerprint: str


def tls_of(certificate: Path, key: Path) -> Tls:
    """Return TLS, at least version 1.2, for a certificate and its key. Raises RoomError for files that cannot be used."""
    try:
        if sys.platform != "win32" and stat.S_IMODE(key.stat().st_mode) & 0o077:
            raise RoomError("tls", f"Others may read the key {key}: make it yours alone with `chmod 600`.")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(certificate, key, password=_no_password)
        first = certificate.read_text(encoding="utf-8", errors="replace").partition("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"
        digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(first[first.index("-----BEGIN CERTIFICATE-----") :])).hexdigest().upper()
    except (OSError, ValueError) as error:  # of ssl, too
        why = getattr(error, "strerror", None) or "they do not belong together, or are not in PEM"
        raise RoomError("tls", f"The certificate {certificate} and the key {key} cannot be used: {str(why).lower()}.") from None
    return Tls(context, ":".join(digest[place : place + 2] for place in range(0, len(digest), 2)))


def _no_password() -> str:
    raise ValueError
