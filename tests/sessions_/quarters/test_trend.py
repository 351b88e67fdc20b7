"""The trend of a series: its rows against a plain recomputation, and what it says."""

from __future__ import annotations

import copy
import random
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from held_series import BUSINESS, IT, ITEMS, QUARTERS, TARGET, series
from stage import disk_library

from sessions.deciding.session_plan import session_plan
from sessions.library.library import Library
from sessions.library.trending import stops, whole_series, with_values
from sessions.quarters.trend import words
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


def recomputed(held: list[dict[str, Any]], place: int) -> dict[str, Any]:
    """Return what the row of a session must hold."""
    here, after = held[place : place + 2]
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
        "pulse": {question: [mean_of_means(here["pulse"][when], question) for when in ("open", "close")] for question in ("value", "focus")},
        "complete": (sum(bool(card.adoption.plan_owner) for card in session.cards.values()), len(session.cards)),
        "voice": [(sum(voice in side for voice in here["ballots"]), len(side)) for side in (BUSINESS, IT)],
        **delivery_figures(held, place),
        **order_figures(session),
    }


def mean_of_means(answers: dict[str, dict[str, int]], question: str) -> float:
    """Return the mean of the sides' means."""
    return sum(sum(answers[voice][question] for voice in side) / len(side) for side in (BUSINESS, IT)) / 2


def delivery_figures(held: list[dict[str, Any]], place: int) -> dict[str, Any]:
    """Return how many of what was delivered by the next session are in use, and what they bring, but for what was in use a session before."""

    def read(card: str, until: int) -> list[tuple[int, int]]:
        return [each["readings"][card] for each in held[: until + 1] if card in each["readings"]]

    promised = {card.id: card.benefit.monthly or 0 for card in held[0]["session"].cards.values()}
    cards = [each["delivered"] for each in held[: place + 2] if each["delivered"]]
    cards = [card for card in cards if all(value < TARGET for value, _ in read(card, place))]
    last = {card: found[-1] for card in cards if (found := read(card, place + 1))}
    used = sum(value >= TARGET for value, _ in last.values())
    return {
        "adopted": (used, len(last) - used, len(cards) - len(last), len(cards)),
        "realised": (sum(monthly for _, monthly in last.values()), sum(promised[card] for card in last)),
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
    measures, back = row["measures"], row["looked_back"]
    found, same, focus = measures["partnership"], measures["stability"], measures["focus"]
    assert back is not None
    assert found is not None
    return {
        "kept": (back["decisions"]["kept"], back["decisions"]["of"]),
        "not_before": (back["not_before"]["kept"], back["not_before"]["of"]),
        "level": found["level"],
        "index": pytest.approx(found["index"], abs=1e-3),
        "gap": pytest.approx(found["gap"], abs=1e-3),
        "focus": (focus["top"], focus["planned"]) if focus else None,
        "pulse": {
            question: [pytest.approx(at["mean"], abs=1e-3) if at else None for at in (asked["open"], asked["close"])]
            for question, asked in measures["pulse"].items()
        },
        "complete": (measures["complete"]["complete"], measures["complete"]["cards"]),
        "voice": [(each["ballots"], each["seats"]) for each in measures["voice"]],
        "adopted": tuple(back["adopted"][name] for name in ("adopted", "below", "unmeasured", "of")),  # type: ignore[literal-required]
        "realised": (back["realised"]["realised"], back["realised"]["promised"]),
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
    for place, row in enumerate(rows):
        assert recomputed(held, place) == as_recomputed(row)
        assert row["value"] is not None
        assert row["value"]["found"] <= row["value"]["cost"]


def test_the_index_gives_the_rows_without_reading_a_session(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    series(library, random.Random(3), 3)
    before = rows_of(library)

    monkeypatch.delattr(Library, "_read")
    entries = library.entries()
    assert trend(stops(whole_series(entries, entries[0]))) == before
    assert rows_of(library) == before


def test_a_session_that_is_missing_leaves_a_gap_and_no_session_out(library: Library) -> None:
    series(library, random.Random(3), 6)
    entries = sorted(library.entries(), key=lambda each: each.quarter)
    library.delete(library.ref(entries.pop(1)))
    for entry in entries:
        rows = trend(stops(whole_series(library.entries(), entry)))
        assert [row["quarter"] for row in rows] == [each.quarter for each in entries[:-1]]
        assert [row["looked_back"] is None for row in rows] == [True, False, False, False]


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
    assert words.next_level(None) == "Nobody has said yet how business and IT work together."
