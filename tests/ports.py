"""Ports of this machine for servers that a test starts in a process of its own, or that it starts more than once."""

from __future__ import annotations

import socket
import sys

_KEPT: list[socket.socket] = []


def free_port() -> int:
    """Return a port that is free, and that nobody else is given: it stays bound, which no server minds that reuses addresses."""
    chosen = socket.socket()
    chosen.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    chosen.bind(("127.0.0.1", 0))
    port: int = chosen.getsockname()[1]
    if sys.platform == "linux":
        _KEPT.append(chosen)
    else:  # elsewhere a bound port is taken
        chosen.close()
    return port
