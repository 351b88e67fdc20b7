"""Every promise has a test: `@pytest.mark.promise("store-S1")` names the one it holds. The list is that of the promises, not of the tests."""

from __future__ import annotations

import re
from pathlib import Path

MARK = re.compile(r"pytest\.mark\.promise\(([^)]*)\)")
LAST = {"store-S": 26, "terminal-T": 26, "import-I": 20, "text-H": 4, "room-R": 28}


def test_every_promise_has_a_test_and_every_marker_a_promise() -> None:
    promised = {f"{kind}{number}" for kind, last in LAST.items() for number in range(1, last + 1)}
    sources = (path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py") if path != Path(__file__))
    marked = {name for source in sources for names in MARK.findall(source) for name in re.findall(r'"([^"]+)"', names)}
    assert marked == promised
