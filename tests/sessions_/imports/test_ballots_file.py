"""Ballots that were gathered outside: read as they are written, refused one by one."""

from pathlib import Path
from typing import Any

import pytest

from sessions.errors import PortfolioError
from sessions.imports.ballots.file import read_ballots
from sessions.imports.ballots.values import ABSTAIN
from sessions.rounds.methods.points import SPEC as POINTS
from sessions.sample import sample_ballots, sample_portfolio

FIXTURES = Path(__file__).parents[2] / "fixtures"
PORTFOLIO = sample_portfolio()
CARDS = [project.id for project in PORTFOLIO.projects]


def load_ballots(path: Path, voices: Any, cards: Any) -> Any:
    return read_ballots(path.read_bytes(), path.name, POINTS.reader, voices, cards)


def read(text, cards=("P01", "P02")):
    return read_ballots(text.encode(), "ballots.csv", POINTS.reader, PORTFOLIO.participants, cards)


def reasons(text):
    return [(notice.line, notice.text) for notice in read(text).refused]


def test_the_sample():
    ballots = load_ballots(FIXTURES / "ballots_points_r1.csv", PORTFOLIO.participants, CARDS)
    assert ballots.refused == ()
    assert len(ballots.ballots) == 11
    assert ballots.ballots["director-infrastructure"] is ABSTAIN
    assert ballots.ballots["cfo"] == {"P01": 12, "P02": 25, "P04": 10, "P10": 15, "P11": 8}
    assert ballots == sample_ballots()


def test_figures_come_out_as_they_are_even_if_they_break_the_rules_of_voting():
    ballots = load_ballots(FIXTURES / "sample" / "bad_ballots.json", PORTFOLIO.participants, CARDS)
    assert ballots.ballots == {
        "coo": {"P24": 100},
        "cfo": {"P01": 25, "P02": 25, "P03": 25, "P04": 25, "P10": 5},
        "cio": {"P01": -5},
        "vp-marketing": {},
    }
    assert [(notice.path, notice.text) for notice in ballots.refused] == [("vp-sales", "“P99” is not a card of this session")]


def test_voices_are_found_by_id_or_role_and_others_are_refused():
    ballots = read("Voter;P01\nCOO;5\nvp-sales;3.0\nVP No one;1\npmo-lead;1\n")
    assert ballots.ballots == {"coo": {"P01": 5}, "vp-sales": {"P01": 3}}
    assert [notice.line for notice in ballots.refused] == [4, 5]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("voter,P01\ncoo,1.5\n", 2, "P01: “1.5” is not a whole number"),
        ("voter,P01\ncoo,many\n", 2, "P01: “many” is not a whole number"),
        ("voter,P01,P99\ncoo,1,2\n", 2, "“P99” is not a card of this session"),
        ("voter,abstain,P01\ncoo,perhaps,2\n", 2, "“perhaps” in abstain is neither yes nor no"),
        ("voter,P01\ncoo,1,2\n", 2, "more cells than columns"),
        ('{"coo": {"P01": true}}', None, "P01: “True” is not a whole number"),
        ('{"coo": {"P01": 0.5}}', None, "P01: “0.5” is not a whole number"),
        ('{"coo": [1]}', None, "points by card, or the word abstain"),
        ('{"ghost": {}}', None, "“ghost” is not a voter"),
    ],
)
def test_a_refused_ballot_has_a_reason(text, line, words):
    [(found, reason)] = reasons(text)
    assert found == line
    assert words in reason


def test_of_two_ballots_of_one_voice_none_is_taken():
    ballots = read("voter,P01\ncoo,1\nCOO,2\ncoo,3\n")
    assert ballots.ballots == {}
    assert [notice.line for notice in ballots.refused] == [3, 4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P01,P02\n1,2\n", "no column names the voter"),
        ("voter,X1\ncoo,2\n", "no column is a card of this session"),
        ("[1]", "an object was expected"),
        ('{"coo": {"P01": NaN}}', "coo.P01: NaN"),
        ('{"coo": {}, "coo": {}}', "the key “coo” appears twice"),
    ],
)
def test_what_is_no_file_of_ballots_is_refused(text, words):
    with pytest.raises(PortfolioError, match=words.replace(".", r"\.")):
        read(text)


@pytest.mark.parametrize("text", ["voter,P01,P02\ncoo,1,2\ncfo,3\n", "voter,card,points\ncoo,P01,5\ncfo,P02\n", "voter,P01,P02\ncoo,1,2\ncf"])
def test_a_row_that_is_cut_off_refuses_the_whole_file_with_its_line(text):
    with pytest.raises(PortfolioError, match=r"line 3: . of 3 cells"):
        read(text)


@pytest.mark.parametrize("side", ["it", "marketing"])
def test_a_side_that_is_not_the_voters_refuses_its_ballot_with_its_line(side):
    ballots = read(f"voter,side,P01\ncoo,{side},5\ncio,it,5\ncfo,Business,5\n")
    assert set(ballots.ballots) == {"cio", "cfo"}
    assert [notice.line for notice in ballots.refused] == [2]
