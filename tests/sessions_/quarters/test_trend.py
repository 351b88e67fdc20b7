"""The trend of a series: its rows against a plain recomputation, and what it says."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from held_series import BUSINESS, IT, ITEMS, QUARTERS, series
from stage import disk_library

from sessions.deciding.session_plan import session_plan
from sessions.library.library import Library
from sessions.library.trending import stops, whole_series, with_values
from sessions.quarters.trend.rows import Row, trend
from sessions.state.session import Session


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return disk_library(tmp_path)


def rows_of(library: Library) -> list[Row]:
    """Return the trend of the only series of a library."""
    entries = library.entries()
    return trend(with_values(library, whole_series(entries, entries[-1])))


# --- the same figures, as plainly as they can be computed


def recomputed(here: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return what the row of a session must hold."""
    session: Session = here["session"]
    said = after["said"]
    promised = [card for card, each in session.decisions.items() if each.word == "start_after"]
    medians = {side: {item: sorted(here["answers"][voice][item] for voice in side)[1] for item in ITEMS} for side in (BUSINESS, IT)}
    lowest = [min(medians[BUSINESS][item], medians[IT][item]) for item in ITEMS]
    return {
        "kept": (sum(each == "kept" for each in said.values()), sum(each in ("kept", "missed", "reversed") for each in said.values())),
        "not_before": (sum(said[card] == "kept" for card in promised), sum(said[card] in ("kept", "missed", "reversed") for card in promised)),
        "level": max((level for level in (2, 3, 4) if sum(each >= level for each in lowest) >= 5), default=1),
        "index": sum(sum(each.values()) for each in medians.values()) / 12,
        "gap": sum(abs(medians[BUSINESS][item] - medians[IT][item]) for item in ITEMS) / 6,
        "focus": focus_figures(session),
        **order_figures(session),
    }


def focus_figures(session: Session) -> tuple[int, int]:
    """Return the tenths of person-weeks of the key team on the first three objectives, and planned at all, week by week."""
    first = {each.id for each in session.objectives if each.rank <= 3}
    weeks = [
        (session.cards[stretch.card].objective in first, load)
        for stretch in session_plan(session).stretches
        for week, load in enumerate(stretch.loads, stretch.start)
        if stretch.team == "WEB" and week <= 13
    ]
    return sum(load for is_first, load in weeks if is_first), sum(load for _, load in weeks)


def order_figures(session: Session) -> dict[str, Any]:
    """Return how the order compares with the earlier one."""
    if session.past is None:
        return {"tau": None, "places": None, "first": None, "big": None}
    was = [card for card in session.past.order if card in session.order]
    now = [card for card in session.order if card in was]
    pairs = [((was.index(one) < was.index(other)) == (now.index(one) < now.index(other))) for one, other in combinations(was, 2)]
    moved = [abs(was.index(card) - now.index(card)) for card in now]
    return {
        "tau": (2 * sum(pairs) - len(pairs)) / len(pairs),
        "places": sum(moved),
        "first": len({*was[:5]} & {*now[:5]}),
        "big": sum(each >= 4 for each in moved),
    }


def as_recomputed(row: Row) -> dict[str, Any]:
    """Return a row in the form of the recomputation."""
    back, found, same, focus = row["looked_back"], row["measures"]["partnership"], row["measures"]["stability"], row["measures"]["focus"]
    assert back is not None
    assert found is not None
    return {
        "kept": (back["decisions"]["kept"], back["decisions"]["of"]),
        "not_before": (back["not_before"]["kept"], back["not_before"]["of"]),
        "level": found["level"],
        "index": pytest.approx(found["index"], abs=1e-3),
        "gap": pytest.approx(found["gap"], abs=1e-3),
        "focus": (focus["top"], focus["planned"]) if focus else None,
        "tau": pytest.approx(same["tau_b"], abs=1e-3) if same else None,
        "places": same["places"] if same else None,
        "first": same["overlap_5"] if same else None,
        "big": same["moves"] if same else None,
    }


@pytest.mark.parametrize("seed", range(2))
def test_twelve_quarters_are_what_a_plain_recomputation_finds(library: Library, seed: int) -> None:
    held = series(library, random.Random(seed))

    rows = rows_of(library)

    assert [row["quarter"] for row in rows] == QUARTERS[:12]
    for row, here, after in zip(rows, held, held[1:], strict=False):
        assert recomputed(here, after) == as_recomputed(row)
        assert row["value"] is not None
        assert row["value"]["found"] <= row["value"]["cost"]


def test_the_index_gives_the_rows_without_reading_a_session(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    series(library, random.Random(3), 3)
    before = rows_of(library)

    def read(*_: object) -> None:
        raise AssertionError("a session was read")

    monkeypatch.setattr(Library, "_read", read)
    entries = library.entries()
    assert trend(stops(whole_series(entries, entries[0]))) == before
    assert rows_of(library) == before

