"""What others do to an open session of a shared library: what they record, and whether the library answers. Loaded only with such a library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from sessions.errors import RecordError
from sessions.library.library import OpenSession
from sessions.wording import sentence
from tui.host.host import host

EVERY = 0.5
"""Seconds between two looks."""
BACK = "The library answers again."


def follow_others(app: App[Any], opened: OpenSession, is_open: Callable[[], bool]) -> None:
    """Take in what others record while a session is open, and say it when nothing can be recorded any more, or can again."""
    handle = opened.handle
    known = handle.away, handle.reason

    def look() -> None:
        nonlocal known
        if not is_open():
            timer.stop()
            return
        try:
            if handle.has_news():
                opened.receive()
        except RecordError as error:
            host(app).toast(sentence(str(error)), warning=True)
        now = handle.away, handle.reason
        if now == known:
            return
        (was_away, before), known = known, now
        away, reason = now
        if was_away and not away and reason in ("", before):
            host(app).toast(BACK if reason else f"{BACK} What you do is recorded.")
        elif any(now):
            host(app).toast(sentence(away or reason), warning=True)
        for screen in app.screen_stack:
            if draw := getattr(screen, "show_saved", None) or getattr(screen, "show_top", None):
                draw()

    timer = app.set_interval(EVERY, look)
