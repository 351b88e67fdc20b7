"""`quarterdeck plan`, `preread` and `trend`: what they say about a session, or about a file, for people and for scripts."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from command_line import data, refused, run, told
from held_series import series
from plans import expected
from stage import disk_library, running, shown
from support import SAMPLE, small

from sessions.commands.people import AddParticipant
from sessions.library.earlier import earlier_sessions
from sessions.sequencing.reasons import WHAT_TO_ADD
from tui.cli.screens import learn
from tui.story.screen import StoryScreen

PORTFOLIO = SAMPLE / "portfolio.json"
CARD = ["id", "rank", "title", "start", "finish", "status", "reason", "waits_for", "pulled_by"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("library")
    told(library, "demo", "--headless")
    return library


def test_a_file_is_planned_in_its_own_order(tmp_path: Path) -> None:
    plan = data(tmp_path, "plan", PORTFOLIO)
    assert [card["id"] for card in plan["cards"][:4]] == ["P01", "P02", "P03", "P04"]
    assert plan["cut_rank"] == 5
    assert plan["cards"][4] | {"title": ""} == {
        "id": "P05", "rank": 5, "title": "", "start": None, "finish": None, "status": "cannot",
        "reason": "Not before someone is found for Mobile (contract ended): it has no people.",
        "waits_for": {"kind": "no-capacity", "teams": ["MOB"], "cards": []}, "pulled_by": None,
    }  # fmt: skip
    assert {"id": "SEC", "demand": 8, "capacity": 6.5, "runs_out_at": 23} in plan["teams"]


def test_a_session_is_planned_in_its_order_and_the_export_says_the_same(demo: Path) -> None:
    reference, plan = expected(), data(demo, "plan", "last")
    assert plan == data(demo, "plan")
    assert [card["id"] for card in plan["cards"]] == reference["points_r1"]["sides"]["order"]
    assert plan["cut_rank"] == reference["plan_r1_cut_rank"]
    for card in plan["cards"]:
        placed = reference["plan_r1"].get(card["id"], {})
        assert "start" not in placed or (card["start"], card["finish"]) == (placed["start"], placed["finish"])
    exported = json.loads(told(demo, "export"))
    assert [{name: card[name] for name in CARD} for card in exported["cards"]] == plan["cards"]
    teams = [{name: team[name] for name in plan["teams"][0]} for team in exported["teams"]]  # beside what the portfolio says about a team
    assert (exported["cut_rank"], teams) == (plan["cut_rank"], plan["teams"])
    table = told(demo, "plan")
    for words in ("Yes, from 17 August. The Web & Commerce team is on #3 ", "\n  ── 2026-Q3 ends here ──\n", "  at #10\n", "0  has no people\n"):
        assert words in table


def test_a_portfolio_of_titles_says_in_one_line_what_to_add(tmp_path: Path) -> None:
    path = tmp_path / "titles.csv"
    path.write_text("title\nA\nB\n", encoding="utf-8")
    assert told(tmp_path, "plan", path) == f"{WHAT_TO_ADD}\n"
    result = run(tmp_path, "plan", path, "--json")
    assert result.stderr == f"{WHAT_TO_ADD}\n"
    assert [(card["title"], card["start"], card["status"], card["reason"]) for card in json.loads(result.stdout)["cards"]] == [
        ("A", None, None, ""), ("B", None, None, ""),
    ]  # fmt: skip


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """Return a library with three sessions of a series, the first two closed, and someone who was in neither."""
    library = disk_library(tmp_path)
    series(library, random.Random(2), 3)
    library.perform(library.find("2027-Q1"), AddParticipant(role="Head of Risk", side="it"))
    return library.folder


async def test_the_page_that_is_read_before_has_the_form_that_its_name_says_and_reads_the_earlier_sessions(held: Path, tmp_path: Path) -> None:
    html, markdown = tmp_path / "read.html", tmp_path / "read.md"
    for path in (html, markdown):
        told(held, "preread", "2027-Q1", "-o", path)
    printed = told(held, "preread", "2027-Q1")
    assert html.read_text().startswith("<!doctype html>")
    assert markdown.read_text() == printed
    assert printed.startswith("# Plan 2: please read this before we meet\n")
    assert "## Plan 1: what we decided" in printed
    markdown.write_text("mine")
    assert "(--force)" in refused(held, "preread", "2027-Q1", "-o", markdown)
    assert markdown.read_text() == "mine"

    library = disk_library(held.parent)
    last = library.read(library.find("2027-Q1")).session
    assert [each.quarter for each in earlier_sessions(library, last)] == ["2026-Q3", "2026-Q4"]
    with library.open(library.find("2027-Q1")) as opened:
        async with running(library, StoryScreen(opened.live, last.order[0])) as pilot:
            await pilot.app.workers.wait_for_complete()
            assert "3 quarters on the board: ranked " in shown(pilot)
    library.delete(library.find("2026-Q4"))
    assert [each.quarter for each in earlier_sessions(library, last)] == ["2026-Q3"]
    assert "that session cannot be read" in told(held, "preread", "2027-Q1")
    assert earlier_sessions(library, library.read(library.find("2026-Q3")).session) == []


def test_a_series_is_told_as_a_table_and_as_rows_and_what_has_disappeared_too(held: Path) -> None:
    rows = data(held, "trend")
    assert [row["quarter"] for row in rows] == ["2026-Q3", "2026-Q4"]
    assert rows[0]["looked_back"]["session"] == rows[0]["session"]
    assert rows[0]["measures"]["stability"] is None
    assert data(held, "trend", "2026-Q3") == rows
    table = told(held, "trend")
    assert table.startswith("To reach level ")
    assert "Value ratio" in table
    assert table.count("2026-Q") == 2
    next(held.glob("2026-q4-*.json")).unlink()
    found = run(held, "trend", "--json")
    assert [row["quarter"] for row in json.loads(found.stdout)] == ["2026-Q3"]
    assert found.stderr == "1 session of this series is not in the library any more.\n"


def test_what_was_closed_is_in_the_index_when_the_screen_ends(tmp_path: Path) -> None:
    library = disk_library(tmp_path)
    series(library, random.Random(2), 1)
    library.entries()
    learn(library)
    (entry,) = library.entries()
    assert entry.value["cost"] >= entry.value["found"]


def test_without_a_closed_session_there_is_an_empty_list(tmp_path: Path) -> None:
    library = disk_library(tmp_path)
    for _ in range(2):
        assert data(library.folder, "trend") == []
        told(library.folder, "trend")
        library.create(small()).close()
    assert run(library.folder, "trend", "nowhere").exit_code == 1
