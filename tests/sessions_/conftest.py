"""Fixtures for the tests of the session."""

from __future__ import annotations

import pytest
from support import FakeClock, Room, bare, sample, small


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that is set by hand."""
    return FakeClock()


@pytest.fixture
def room() -> Room:
    """Return a session on four complete cards; nobody is marked as present yet."""
    return Room(small())


@pytest.fixture
def live(room: Room) -> Room:
    """Return the same session with everybody present."""
    return room.everybody()


@pytest.fixture
def bare_room() -> Room:
    """Return a session on cards A to D that have only a title, with everybody present."""
    return Room(bare()).everybody()


@pytest.fixture
def sample_room() -> Room:
    """Return a session on the sample portfolio, with everybody present."""
    return Room(sample()).everybody()
