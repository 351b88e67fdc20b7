"""What the tests in terminals share."""

from __future__ import annotations

from pathlib import Path

import pytest

from sessions.sample import sample_portfolio
from tui.environment import open_library


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with the sample's untouched session."""
    with open_library(tmp_path / "library").create(sample_portfolio(), title="Larkfield Supply"):
        return tmp_path / "library"
