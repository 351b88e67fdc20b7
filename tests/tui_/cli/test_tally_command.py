"""`quarterdeck tally`: ballots counted without a session, for people and for scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import command_line
import pytest
from support import FIXTURES, SAMPLE
from typer.testing import Result

PORTFOLIO = SAMPLE / "portfolio.json"
POINTS = FIXTURES / "ballots_points_r1.csv"
RANKS = FIXTURES / "ballots_rank_r1.csv"
EXPECTED = json.loads((FIXTURES / "expected.json").read_text())
KEYS = ["method", "weights", "shares", "order", "totals", "margins", "borda", "agreement", "attention"]
SOC = """# TITLE: Capital of Tennessee
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 100
# ALTERNATIVE NAME 1: Memphis
# ALTERNATIVE NAME 2: Nashville
# ALTERNATIVE NAME 3: Chattanooga
# ALTERNATIVE NAME 4: Knoxville
42: 1,2,3,4
26: 2,3,4,1
15: 3,4,2,1
17: 4,3,2,1
"""


def words(portfolio: str | Path, *ballots: str | Path, more: tuple[str, ...] = ()) -> list[str | Path]:
    return ["tally", portfolio, *(word for file in ballots for word in ("--ballots", file)), *more]


def run(portfolio: str | Path, *ballots: str | Path, more: tuple[str, ...] = ()) -> Result:
    return command_line.run("none", *words(portfolio, *ballots, more=more))


def data(portfolio: str | Path, *ballots: str | Path, more: tuple[str, ...] = ()) -> dict[str, Any]:
    return command_line.data("none", *words(portfolio, *ballots, more=more))  # type: ignore[no-any-return]


def refused(portfolio: str | Path, *ballots: str | Path, more: tuple[str, ...] = ()) -> str:
    return command_line.refused("none", *words(portfolio, *ballots, more=more))


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(text: str, name: str = "ballots.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("weights", ["sides", "person"])
@pytest.mark.parametrize(
    ("file", "method", "round_", "order", "totals", "net"),
    [(POINTS, "points", "points_r1", "order", "total", "net_from_points"), (RANKS, "ranking", "rank_r1", "schulze", "net", "net")],
    ids=["points", "ranking"],
)
def test_the_ballots_of_the_sample_are_exactly_the_reference(
    file: Path, method: str, round_: str, order: str, totals: str, net: str, weights: str
) -> None:
    found, reference = data(PORTFOLIO, file, more=("--weights", weights)), EXPECTED[round_][weights]
    assert list(found) == KEYS
    assert (found["method"], found["weights"]) == (method, weights)
    assert (found["order"], found["totals"], found["borda"]) == (reference[order], reference[totals], reference[net])
    assert {card: sum(row.values()) for card, row in found["margins"].items()} == reference[net]
    assert all(found["margins"][b][a] == -margin for a, row in found["margins"].items() for b, margin in row.items())


def test_agreement_and_attention_are_the_reference() -> None:
    found, agreed = data(PORTFOLIO, POINTS), EXPECTED["agreement"]
    assert found["agreement"] == {
        "w_all": pytest.approx(agreed["W_all"], abs=1e-12),
        "w_by_side": pytest.approx({"business": agreed["W_business"], "it": agreed["W_it"]}, abs=1e-12),
        "tau_b": pytest.approx(agreed["tau_b_sides_totals"], abs=1e-12),
    }
    attention = {each["id"]: each for each in found["attention"]}
    assert list(attention)[:7] == list(EXPECTED["attention_K7"])[:7]
    for card, reference in EXPECTED["attention_K7"].items():
        for key in ("attention", "contention", "gap"):
            assert attention[card][key] == pytest.approx(reference[key], abs=1e-12)
    assert [card for card in found["order"] if attention[card]["in_first_k"]] == found["order"][:7]


def test_a_file_for_each_voice_is_the_same_as_one_for_all(tmp_path: Path) -> None:
    rows = [line.split(",") for line in POINTS.read_text().splitlines()]
    for row in rows[1:]:
        points = {card: int(given) for card, given in zip(rows[0][3:], row[3:], strict=True) if given}
        (tmp_path / f"{row[0]}.json").write_text(json.dumps({"abstain": True} if row[2] == "1" else {"points": points}))
    assert data(PORTFOLIO, tmp_path) == data(PORTFOLIO, POINTS)
    assert data(PORTFOLIO, *sorted(tmp_path.iterdir())) == data(PORTFOLIO, POINTS)
    assert "Points: 10 ballots (business 6, IT 4), 1 abstention;" in run(PORTFOLIO, tmp_path).stdout


def test_bad_ballots_are_told_and_the_rest_is_counted() -> None:
    result = run(PORTFOLIO, FIXTURES / "sample" / "bad_ballots.json", more=("--json",))
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["order"]) == 24
    assert result.stderr.splitlines() == [
        "bad_ballots.json, vp-sales: “P99” is not a card of this session.",
        "bad_ballots.json, coo: P24: 100 points, but no card may get more than 25.",
        "bad_ballots.json, cfo: 105 points given, the budget is 100.",
        "bad_ballots.json, cio: P01: points cannot be negative.",
    ]


def test_everybody_is_one_side_where_nobody_says(write: Any) -> None:
    found = data(write("id,title\nA,A\nB,B\nC,C\n", "cards.csv"), write("voter,A,B,C\nx,30,20,0\ny,30,0,30\n"))
    assert found["order"] == ["A", "C", "B"]
    assert found["agreement"]["tau_b"] is None
    assert list(found["agreement"]["w_by_side"]) == ["everybody"]
    assert "all 0." in run(write("id,title\nA,A\nB,B\n", "cards.csv"), write("voter,A,B\nx,30,20\ny,20,40\n")).stdout


@pytest.mark.parametrize(("portfolio", "suffix"), [("-", "soc"), ("itself", "soc"), ("itself", "toi")])
def test_a_published_result(portfolio: str, suffix: str, write: Any) -> None:
    file = write(SOC, f"capital.{suffix}")
    found = data("-" if portfolio == "-" else file, file)
    assert found["method"] == "ranking"
    assert found["order"] == ["2", "3", "4", "1"]
    assert found["margins"]["2"] == {"1": 16, "3": 36, "4": 36}
    table = run("-", file).stdout
    assert "Ranking: 100 ballots (everybody 100)" in table
    assert "Ranking: 200 ballots (everybody 200)" in run("-", file, write(SOC, "second.soc")).stdout
    assert "2 Nashville" in table.splitlines()[3]


def test_unequal_shares(write: Any) -> None:
    cards, ballots = write("id,title\nA,A\nB,B\n", "cards.csv"), write("voter,side,A,B\nx,it,60,0\ny,business,0,50\n")
    assert data(cards, ballots)["order"] == ["A", "B"]
    assert data(cards, ballots, more=("--shares", "business=60,IT=40"))["totals"] == {"A": 120, "B": 150}
    assert "; the sides weigh business 60 and IT 40." in run(cards, ballots, more=("--shares", "business=60,IT=40")).stdout
    for shares in ("business=60", "business=1,it=1,board=1"):
        assert refused(cards, ballots, more=("--shares", shares)).startswith("--shares: a share is needed for each side that has a ballot")
    for shares in ("business=60,it=0", "business=60,it=x", "business", "it=1,i=2", ","):
        assert run(cards, ballots, more=("--shares", shares)).exit_code == 2


@pytest.mark.parametrize(
    ("portfolio", "ballots", "sentence"),
    [
        (PORTFOLIO, "missing.csv", "missing.csv: there is no such file."),
        (PORTFOLIO, PORTFOLIO, "“format” is not a voter of this session"),
        ("-", POINTS, "ballots_points_r1.csv: these ballots do not say what their cards are called; name the portfolio's file instead of -."),
        (PORTFOLIO, FIXTURES / "cards.csv", "cards.csv: no column is a card of this session"),
    ],
)
def test_what_cannot_be_counted_is_one_sentence(portfolio: str | Path, ballots: str | Path, sentence: str) -> None:
    assert sentence in refused(portfolio, ballots)


def test_a_wrong_option_is_wrong_usage_and_a_file_that_is_cut_off_is_not_counted_at_all(write: Any) -> None:
    assert "line 3: 2 of 3 cells" in refused(PORTFOLIO, write("voter,P01,P02\ncoo,1,2\ncio,3\n"))
    for more in (("--weights", "money"), ("--method", "dice"), ("--weights", "person", "--shares", "business=60,it=40")):
        assert run(PORTFOLIO, POINTS, more=more).exit_code == 2
    assert run(PORTFOLIO).exit_code == 2


KINDS = [
    ("cells.csv", "voter,P01,P02\ncoo,x,\ncio,,x\n", "approval"),
    ("answers.csv", "voter,approves\ncoo,P01 P02\ncio,none\n", "approval"),
    ("rows.csv", "voter,card\ncoo,P01\ncio,P02\n", "approval"),
    ("list.json", '[{"voter": "coo", "approves": ["P01"]}, {"voter": "cio", "approves": ["P02"]}]', "approval"),
    ("object.json", '{"coo": {"approves": ["P01"]}, "cio": {"approves": "none"}}', "approval"),
    ("cells.csv", "voter,P01,P02\ncoo,1,0\ncio,0,1\n", "points"),
    ("rows.csv", "voter,card,points\ncoo,P01,1\ncio,P02,1\n", "points"),
    ("object.json", '{"coo": {"points": {"P01": 1}}, "cio": {"points": {"P02": 1}}}', "points"),
    ("rows.csv", "voter,card,rank\ncoo,P01,1\ncio,P02,1\n", "ranking"),
    ("object.json", '{"coo": {"ranking": ["P01"]}, "cio": {"ranking": ["P02"]}}', "ranking"),
    ("object.json", '{"coo": ["P01"], "cio": ["P02"]}', "ranking"),
]


@pytest.mark.parametrize(("name", "text", "method"), KINDS)
def test_ballots_are_recognized_without_a_method(name: str, text: str, method: str, write: Any) -> None:
    assert data(PORTFOLIO, write(text, name))["method"] == method
