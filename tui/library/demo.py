"""The demo's session, staged so that its meeting is under way now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sessions.library.library import Library
from sessions.sample import PORTFOLIO, sample_portfolio
from sessions.sample.demo import TITLE, ScriptClock, play_demo, script
from tui.environment import token


def make_demo(library: Library, now: datetime | None = None) -> Path:
    """Make the demo session in a library; return its file."""
    length = sum(pause for pause, _ in script())
    clock = ScriptClock((now or datetime.now(UTC)) - timedelta(seconds=length))
    staged = Library(library.folder, clock, token)
    with staged.create(sample_portfolio(), title=TITLE, source=PORTFOLIO) as opened:
        play_demo(opened.live, clock)
        return opened.path
