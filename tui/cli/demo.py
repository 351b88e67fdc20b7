"""Makes the demo's session: in a library that the user names, or in one that is thrown away at the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sessions.library.library import Library, OpenSession
from sessions.sample import PORTFOLIO, sample_portfolio
from sessions.sample.demo import TITLE, ScriptClock, play_demo, script
from tui.cli.throw_away import throw_away_library
from tui.environment import token


def make_demo(library: Library, now: datetime | None = None) -> Path:
    """Make the demo session so that its meeting is under way now; give its file."""
    length = sum(pause for pause, _ in script())
    clock = ScriptClock((now or datetime.now(UTC)) - timedelta(seconds=length))
    staged = Library(library.folder, clock, token)
    with staged.create(sample_portfolio(), title=TITLE, source=PORTFOLIO) as opened:
        play_demo(opened.live, clock)
        return opened.path


def open_demo() -> OpenSession:
    """Open the demo in a throw-away library."""
    library = throw_away_library()
    return library.open(make_demo(library))
