"""What a typed or pasted path means."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.paths import path_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("a.csv", "/in/a.csv"), (' "/x/My plan.csv" ', "/x/My plan.csv"), ("'b c.csv'", "/in/b c.csv"), ("~/d.csv", "/home/jo/d.csv"), ('"', '/in/"')],
)
def test_a_path_may_be_in_quotes_relative_or_at_home(monkeypatch: pytest.MonkeyPatch, typed: str, meant: str) -> None:
    monkeypatch.setenv("HOME", "/home/jo")
    assert path_meant(typed, Path("/in")) == Path(meant)
