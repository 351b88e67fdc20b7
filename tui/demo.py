"""Makes the demo's session: in a library that the user names, or in one that is thrown away at the end."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sessions.record.library import Library, OpenSession
from sessions.sample import PORTFOLIO, sample_portfolio
from sessions.sample.demo import TITLE, ScriptClock, play_demo, script
from tui.system import open_library, token


def make_demo(library: Library, now: datetime | None = None) -> Path:
    """Make the demo session so that its meeting is under way now; give its file."""
    length = sum(pause for pause, _ in script())
    clock = ScriptClock((now or datetime.now(UTC)) - timedelta(seconds=length))
    staged = Library(library.folder, clock, token)
    with staged.create(sample_portfolio(), title=TITLE, source=PORTFOLIO) as opened:
        play_demo(opened.live, clock)
        return opened.path


_thrown_away: set[Path] = set()


def is_thrown_away(folder: Path) -> bool:
    """Say whether a library will be deleted when the program ends."""
    return folder in _thrown_away


def throw_away_library() -> Library:
    """Give an empty library in a folder that is deleted when the program ends."""
    folder = Path(tempfile.mkdtemp(prefix="quarterdeck-demo-"))
    _thrown_away.add(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return open_library(folder)


def open_demo() -> OpenSession:
    """Open the demo in a throw-away library."""
    library = throw_away_library()
    return library.open(make_demo(library))
