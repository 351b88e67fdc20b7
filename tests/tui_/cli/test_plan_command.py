"""`quarterdeck plan`: the plan of a file in its own order, or of a session in the session's, for people and for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import data, run, told
from plans import expected
from support import SAMPLE

from sessions.sequencing.reasons import WHAT_TO_ADD

PORTFOLIO = SAMPLE / "portfolio.json"
CARD = ["id", "rank", "title", "start", "finish", "status", "reason", "waits_for", "pulled_by"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("library")
    told(library, "demo", "--headless")
    return library


def test_a_file_is_planned_in_its_own_order(tmp_path: Path) -> None:
    plan = data(tmp_path, "plan", PORTFOLIO)
    assert list(plan) == ["cards", "cut_rank", "teams"]
    assert [list(card) for card in plan["cards"]] == [CARD] * 24
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
    teams = [{name: team[name] for name in plan["teams"][0]} for team in exported["teams"]]  # beside what the portfolio says of a team
    assert (exported["cut_rank"], teams) == (plan["cut_rank"], plan["teams"])


def test_the_table_has_the_cards_the_cut_line_and_the_teams(demo: Path) -> None:
    lines = told(demo, "plan").splitlines()
    assert lines[0].split() == ["#", "Card", "Start", "End", "Why"]
    assert lines[4].split("  ")[-1] == (
        "Yes, from 17 August. The Web & Commerce team is on #3 Northwest price lists and tax until then."
    )
    assert lines[8] == "  ── 2026-Q3 ends here ──"
    assert "(placed with #8 Promised delivery date at checkout, which needs it)" in lines[10]
    assert lines[-8].endswith("(person-weeks in weeks 1 to 13)")
    assert [line.split()[-2:] for line in lines[-7:] if "Data & BI" in line] == [["at", "#10"]]
    assert lines[-1].endswith("0  has no people")
    assert not any(line != line.rstrip() for line in lines)


def test_a_portfolio_of_titles_says_in_one_line_what_to_add(tmp_path: Path) -> None:
    path = tmp_path / "titles.csv"
    path.write_text("title\nA\nB\n", encoding="utf-8")
    assert told(tmp_path, "plan", path) == f"{WHAT_TO_ADD}\n"
    result = run(tmp_path, "plan", path, "--json")
    assert result.stderr == f"{WHAT_TO_ADD}\n"
    plan = json.loads(result.stdout)
    assert (plan["cut_rank"], plan["teams"]) == (None, [])
    assert [(card["title"], card["start"], card["status"], card["reason"], card["waits_for"]) for card in plan["cards"]] == [
        ("A", None, None, "", None),
        ("B", None, None, "", None),
    ]
