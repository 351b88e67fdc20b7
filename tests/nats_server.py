"""A real NATS server on loopback, configured as `quarterdeck library config` does."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ports import free_port

from sessions.store.nats.address import parse
from sessions.store.nats.keys import Key, new_key
from sessions.store.nats.login import Login
from sessions.store.nats.names import Names
from sessions.store.nats.roles import ROLES, Role, Tls, server_config

if TYPE_CHECKING:
    from sessions.store.nats.store import NatsStore
    from sessions.store.nats.wire import Wire

_PATIENCE = 60.0


def server_program() -> str | None:
    """Return the server that the wheel brings, else one on the path; None if there is none."""
    beside = Path(sys.executable).with_name("nats-server")
    return str(beside) if beside.exists() else shutil.which("nats-server")


WITH_A_SERVER = [pytest.mark.system, pytest.mark.skipif(server_program() is None, reason="there is no nats-server")]
"""The marks of the tests that need one."""


class NatsServer:
    """One server with a library named pmo, its folder, and the keys of its roles. It can be killed and started again on the same port."""

    names = Names("pmo")

    def __init__(self, folder: Path, keys: dict[Role, Key] | None = None, tls: Tls | None = None) -> None:
        self.port = free_port()
        self.folder = folder
        self.keys = keys or {role: new_key(os.urandom(32)) for role in ROLES}
        self.key_files = {role: folder / f"{role}.key" for role in self.keys}
        for role, key in self.keys.items():
            self.key_files[role].write_text(f"{key.seed}\n")
        public = {role: key.public for role, key in self.keys.items()}
        self.config = folder / "server.conf"
        self.config.write_text(server_config(self.names, public, f"127.0.0.1:{self.port}", str(folder / "data"), tls))
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def of(cls, folder: Path) -> NatsServer:
        """Return the server of a folder that `quarterdeck library config` wrote."""
        server = cls.__new__(cls)
        server.folder, server.config, server._process = folder, folder / "server.conf", None
        server.port = int(server.config.read_text().partition('listen: "')[2].partition('"')[0].rpartition(":")[2])
        return server

    @property
    def url(self) -> str:
        """Return the library as `--library` takes it."""
        return f"nats://127.0.0.1:{self.port}/{self.names.library}"

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def change(self, old: str, new: str) -> None:
        """Change the configuration; it holds from the next start."""
        text = self.config.read_text()
        assert old in text
        self.config.write_text(text.replace(old, new))

    def start(self) -> None:
        program = server_program()
        assert program
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen([program, "-c", str(self.config)], stdout=log, stderr=log)
        until(self._answers, _PATIENCE)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def freeze(self) -> None:
        """Freeze the server: it keeps its connections, and answers nothing."""
        os.kill(self.pid, signal.SIGSTOP)
        os.waitpid(self.pid, os.WUNTRACED)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End the server: with SIGKILL it loses what is not on disk, as far as a process can."""
        if self._process:
            self._process.send_signal(signal.SIGCONT)
            self._process.send_signal(how)
            self._process.wait(_PATIENCE)
            self._process = None


@contextmanager
def running(folder: Path) -> Iterator[NatsServer]:
    """Run a server during a test."""
    server = NatsServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def store_of(server: NatsServer, folder: Path, *, holder: str = "", role: Role = "facilitator", url: str = "") -> NatsStore:
    """Open the library of a server (or as the address says), on a machine whose private files are in a folder."""
    from sessions.store.nats.store import NatsStore

    return NatsStore(parse(url or server.url), Login(str(server.key_files[role])), folder, lambda: secrets.token_hex(16), holder=holder)


def nats_store(server: NatsServer, folder: Path, **how: Any) -> closing[NatsStore]:
    """Open it during a test."""
    return closing(store_of(server, folder, **how))


def wire_of(server: NatsServer, role: Role = "operator", url: str = "") -> Wire:
    """Connect to the library of a server (or as the address says)."""
    from sessions.store.nats.wire import Wire

    return Wire(parse(url or server.url), Login(str(server.key_files[role])))


@contextmanager
def running_library(folder: Path) -> Iterator[NatsServer]:
    """Run a server with an empty library."""
    from sessions.store.nats.making import make

    with running(folder) as server, closing(wire_of(server)) as wire:
        wire.ask(lambda: make(wire, "a1b2"))
        wire.close()
        yield server


class Cluster:
    """Three servers that keep one library together."""

    def __init__(self, folder: Path) -> None:
        ports = [free_port() for _ in range(3)]
        routes = ", ".join(f'"nats://127.0.0.1:{port}"' for port in ports)
        self.servers: list[NatsServer] = []
        keys: dict[Role, Key] = {role: new_key(os.urandom(32)) for role in ROLES}
        for number, port in enumerate(ports, 1):
            place = folder / f"server-{number}"
            place.mkdir()
            server = NatsServer(place, keys=keys)
            server.change('server_name: "quarterdeck-pmo"', f'server_name: "quarterdeck-{number}"')
            section = f'cluster {{\n  name: quarterdeck\n  listen: "127.0.0.1:{port}"\n  routes: [{routes}]\n}}\n'
            server.config.write_text(server.config.read_text() + section)
            self.servers.append(server)

    @property
    def url(self) -> str:
        return f"nats://{','.join(f'127.0.0.1:{server.port}' for server in self.servers)}/pmo"

    def start(self) -> None:
        for server in self.servers:
            server.start()

    def stop(self) -> None:
        for server in self.servers:
            server.stop(signal.SIGKILL)

    def server_named(self, name: str) -> NatsServer:
        """Return the server of this name."""
        return self.servers[int(name.rpartition("-")[2]) - 1]


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something has happened elsewhere."""
    waiting = threading.Event()
    for _ in range(int(seconds / 0.01)):
        if condition():
            return
        waiting.wait(0.01)
    raise AssertionError("it did not happen in time")
