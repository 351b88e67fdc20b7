"""The trend of a series: its rows, and what it says."""

from __future__ import annotations

import copy
import random
from itertools import pairwise
from pathlib import Path

import pytest
from held_series import QUARTERS, series
from stage import disk_library

from sessions.library.library import Library
from sessions.library.trending import stops, whole_series, with_values
from sessions.quarters.trend import words
from sessions.quarters.trend.looked_back import looked_back
from sessions.quarters.trend.measures import measures_of, value_of
from sessions.quarters.trend.rows import Row, trend


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return disk_library(tmp_path)


def rows_of(library: Library) -> list[Row]:
    """Return the trend of the only series of a library."""
    entries = library.entries()
    return trend(with_values(library, whole_series(entries, entries[-1])))


def test_a_row_is_what_a_closed_session_measures_and_what_the_next_one_says_of_it(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    held = series(library, random.Random(0), 4)
    rows = rows_of(library)
    assert [row["quarter"] for row in rows] == QUARTERS[:3]
    for row, (here, after) in zip(rows, pairwise(held), strict=True):
        assert row["measures"] == measures_of(here)
        assert (row["value"], row["looked_back"]) == (value_of(here), looked_back(after))
    # The index gives the rows without reading a session.
    monkeypatch.delattr(Library, "_read")
    assert trend(stops(whole_series(library.entries(), library.entries()[0]))) == rows_of(library) == rows


def test_a_session_that_is_missing_leaves_a_gap_and_no_session_out(library: Library) -> None:
    series(library, random.Random(3), 5)
    entries = sorted(library.entries(), key=lambda each: each.quarter)
    library.delete(library.ref(entries.pop(1)))
    for entry in entries:
        rows = trend(stops(whole_series(library.entries(), entry)))
        assert [row["quarter"] for row in rows] == [each.quarter for each in entries[:-1]]
        assert [row["looked_back"] is None for row in rows] == [True, False, False]


# --- what it says


def told(rows: list[Row]) -> str:
    """Return every sentence of a trend."""
    questions = ("value", "focus")
    parts = [words.together_sentence(rows), words.others_answered(rows), words.pulse_sentence(rows, questions), words.rewritten_sentence(rows)]
    return " ".join([*parts, *words.kept_sentences(rows), *words.arrived_sentences(rows), words.order_sentence(rows[-1])])


def test_what_a_trend_says_and_what_it_takes_to_say_it(library: Library) -> None:
    series(library, random.Random(5), 4)
    rows = rows_of(library)
    # Two quarters are listed, and not compared.
    assert any(words in told(rows) for words in ("up from", "down from", ", as "))
    assert " from " in words.together_sentence(rows)
    assert words.together_sentence(rows[1:]).endswith("Three quarters make a trend.")
    assert " from " not in told(rows[1:])

    # Other people who answer are named by their number, as long as the change is among the quarters shown; hands are unsigned.
    assert "Not the same people" not in told(rows)
    latest = rows[-1]["measures"]["partnership"]
    assert latest is not None
    latest["answered"] = ["COO", "CFO", "Chief Data Officer"]
    assert "Not the same people answered in 2027-Q1 as in 2026-Q4: 1 new and 4 gone." in told(rows)
    assert "Not the same people" in told([*rows, copy.deepcopy(rows[-1])])
    latest["answered"] = []
    assert "Not the same people" not in told(rows)

    # Rewritten cards are compared from three of each kind on.
    for row, cards in zip(rows[1:], (2, 1), strict=True):
        row["measures"]["rewritten"] = {"cards": cards, "rise": 3 * cards + 1, "others": 10, "others_rise": -5}
    assert "Put in business terms, 3 cards rose by 3.7 places on average; the 20 others fell by 0.5 places." in told(rows[1:])
    rows[1]["measures"]["rewritten"]["cards"] = 1
    assert "business terms" not in told(rows[1:])

    # The next level, and what each side lacks for it.
    latest |= {"level": 2, "lacking": ["seat", "sponsorship", "initiative"]}
    latest["lacks"] = {"business": ["seat", "sponsorship", "initiative"], "it": ["sponsorship"]}
    assert words.next_level(latest) == "To reach level 3: seat, sponsorship, initiative."
    assert words.what_sides_lack(latest) == {"business": "business lacks all three", "it": "IT lacks sponsorship"}
    assert words.next_level({**latest, "level": 4}) == "Level 4: there is none above."
    assert words.next_level(None) == "No one has said yet how business and IT work together."
