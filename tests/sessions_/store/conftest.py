"""Fixtures for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nats_server import NatsServer, nats_store, running_library
from store import Quick, Told, begin

if TYPE_CHECKING:
    from sessions.store.nats.store import NatsStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a library with one session, in which a ballot is open."""
    begin(tmp_path / "library", Quick(), Told())
    return tmp_path / "library"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[NatsServer]:
    """Run a NATS server with an empty library."""
    with running_library(tmp_path) as started:
        yield started


@pytest.fixture
def shared(server: NatsServer, tmp_path: Path) -> Iterator[NatsStore]:
    """Open its library in a first window."""
    with nats_store(server, tmp_path / "private", holder="the first window") as opened:
        yield opened
