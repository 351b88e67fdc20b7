"""Fixtures for the tests of the session."""

from __future__ import annotations

import pytest
from support import Room, bare, small


@pytest.fixture
def room() -> Room:
    """Return a session on four complete cards; no one is marked as present yet."""
    return Room(small())


@pytest.fixture
def live(room: Room) -> Room:
    """Return the same session with everybody present."""
    return room.everybody()


@pytest.fixture
def bare_room() -> Room:
    """Return a session on cards A to D that have only a title, with everybody present."""
    return Room(bare()).everybody()
