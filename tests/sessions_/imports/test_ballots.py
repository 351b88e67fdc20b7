"""Ballots of every method, one file for all or a file for each voter, in a table and in JSON."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import workbook

from sessions.errors import PortfolioError
from sessions.imports.ballots.file import read_ballots
from sessions.imports.ballots.values import ABSTAIN, Hand, at_most_once
from sessions.rounds.methods.registry import spec_of
from sessions.sample import sample_ballots, sample_portfolio

FIXTURES = Path(__file__).parents[2] / "fixtures"
PORTFOLIO = sample_portfolio()
VOICES = PORTFOLIO.participants
CARDS = [project.id for project in PORTFOLIO.projects]
FEW = ("P01", "P02", "P03")


def read(method, text, *, source="ballots.csv", voice="", cards=FEW, voices=VOICES):
    return read_ballots(text.encode(), source, spec_of(method).reader, voices, cards, voice)


def ballots(method, text, **how):
    found = read(method, text, **how)
    assert found.refused == ()
    return found.ballots


def refusal(method, text, **how):
    found = read(method, text, **how)
    assert found.ballots == {}
    [notice] = found.refused
    return notice.sentence()


def complaint(method, text, **how):
    """Give the file that an error names, or nothing if there is none."""
    try:
        read(method, text, **how)
    except PortfolioError as error:
        return str(error).partition(":")[0]
    return ""


def of_sample(name, method):
    found = ballots(method, (FIXTURES / name).read_text(), source=name, cards=CARDS)
    assert len(found) == 11
    return found


def test_the_ballots_of_the_sample():
    points, rankings = of_sample("ballots_points_r1.csv", "points"), of_sample("ballots_rank_r1.csv", "ranking")
    scores = of_sample("scores_r1.csv", "score")
    assert points["cfo"] == {"P01": 12, "P02": 25, "P04": 10, "P10": 15, "P11": 8}
    assert points == sample_ballots().ballots
    assert rankings["cfo"] == (("P02",), ("P10",), ("P01",), ("P04",))
    assert points["director-infrastructure"] is rankings["director-infrastructure"] is ABSTAIN
    assert scores["coo"] == {"P15": 1, "P06": 4, "P03": 2, "P09": 2, "P11": 4, "P07": 2}
    assert "P11" not in scores["security-lead"]  # an empty cell is no opinion, which is not a zero


@pytest.mark.parametrize(
    "text",
    [
        "voter,ranking\ncoo,P02 P01=P03\n",
        "voter,side,abstain,top10\nCOO,business,0,P02 > P01 = P03\n",
        'voter,order\ncoo,"P02, P01 = P03"\n',
        "voter,1,2,3\ncoo,P02,P01=P03,\n",
        "voter,2,1\ncoo,P01=P03,P02\n",
        "voter,P01,P02,P03\ncoo,2,1,2\n",
        "voter,card,rank\ncoo,P02,1\ncoo,P01,2\ncoo,P03,2\n",
        '{"coo": ["P02", ["P01", "P03"]]}',
        '{"coo": {"P02": 1, "P01": 2, "P03": 2}}',
        '{"coo": {"ranking": ["P02", ["P01", "P03"]], "side": "business"}}',
        '[{"voter": "coo", "ranking": ["P02", ["P01", "P03"]]}]',
    ],
)
def test_a_ranking_is_written_in_many_ways(text):
    [(voice, ranking)] = ballots("ranking", text).items()
    assert voice == "coo"
    assert [set(tier) for tier in ranking] == [{"P02"}, {"P01", "P03"}]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("voter,ranking\ncoo,P02 P99\n", "line 2, coo: “P99” is not a card of this session"),
        ("voter,ranking\ncoo,P02 P01 P02\n", "line 2, coo: P02 is on the ballot more than once"),
        ("voter,ranking\ncoo,P02 > > P01\n", "line 2, coo: a card is missing beside > or ="),
        ("voter,1,2,3\ncoo,P02,,P01\n", "line 2, coo: a place is left empty between two that are filled"),
        ("voter,P01,P02\ncoo,0,1\n", "line 2, coo: P01: “0” is not a place; the best is 1"),
        ("voter,card,rank\ncoo,P01,1\ncoo,P02,x\n", "line 3, coo: P02: “x” is not a whole number"),
        ('{"coo": ["P02", ["P01", 1.5]]}', "coo: a ranking lists cards, and lists of cards that are equal"),
        ('{"coo": 7}', "coo: cards in their order, best first, or the word abstain were expected"),
        ("voter,ranking\nghost,P02\n", "line 2: “ghost” is not a voter of this session"),
    ],
)
def test_a_refused_ranking_has_its_place_and_reason(text, words):
    assert refusal("ranking", text) == words


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ('{"voter": "cfo", "points": {"P01": 25, "P03": 0}}', {}),
        ('{"points": {"P01": 25}}', {"voice": "cfo"}),
        ('{"points": {"P01": 25}}', {"source": "cfo.json"}),
        ("card,points\nP01,25\nP02,\n", {"source": "ballot_CFO_r1.csv"}),
        ("voter,card,points\ncfo,P01,25\nCFO,P02,0\n", {}),
        ("P01,P02\n25,\n", {"voice": "cfo"}),
    ],
)
def test_the_points_of_one_voice(text, how):
    assert ballots("points", text, **how) == {"cfo": {"P01": 25}}


def test_a_file_name_says_whose_ballot_it_is_only_where_it_can_mean_one_voice():
    with pytest.raises(PortfolioError, match="no column names the voter"):
        read("points", "card,points\nP01,25\n", source="cfo-cio.csv")
    assert list(ballots("points", "card,points\nP01,25\n", source="director-applications.csv")) == ["director-applications"]


def test_voices_are_found_by_id_or_role_and_others_are_refused():
    found = read("points", "Voter;P01\nCOO;5\nvp-sales;3.0\nVP No one;1\npmo-lead;1\n")
    assert found.ballots == {"coo": {"P01": 5}, "vp-sales": {"P01": 3}}
    assert [notice.line for notice in found.refused] == [4, 5]


def test_of_two_ballots_of_one_voice_none_is_taken():
    found = read("points", "voter,P01\ncoo,1\nCOO,2\ncoo,3\n")
    assert found.ballots == {}
    assert [notice.line for notice in found.refused] == [3, 4]


@pytest.mark.parametrize(
    ("method", "text", "expected"),
    [
        ("score", '{"coo": {"P01": 0, "P02": null, "P03": 5}}', {"P01": 0, "P03": 5}),
        ("score", "voter,P01,P02,P03\ncoo,0,-,5\n", {"P01": 0, "P03": 5}),
        ("score", "voter,card,score\ncoo,P01,0\ncoo,P02,\ncoo,P03,5\n", {"P01": 0, "P03": 5}),
        ("duel", "voter,choice\ncoo,p02\n", "P02"),
        ("duel", '[{"voter": "coo", "prefers": "P02"}]', "P02"),
        ("duel", '{"coo": "abstain"}', ABSTAIN),
        ("consent", "voter,score,sentence\ncoo,1,Too early\n", Hand(1, "Too early")),
        ("consent", '{"coo": [1, "Too early"]}', Hand(1, "Too early")),
        ("consent", '{"coo": {"score": 1, "words": "Too early"}}', Hand(1, "Too early")),
    ],
)
def test_the_other_methods(method, text, expected):
    assert ballots(method, text) == {"coo": expected}


@pytest.mark.parametrize(
    ("method", "text", "words"),
    [
        ("points", "voter,P01\ncoo,1.5\n", "line 2, coo: P01: “1.5” is not a whole number"),
        ("points", '{"coo": {"P01": true}}', "coo: P01: “True” is not a whole number"),
        ("points", "voter,abstain,P01\ncoo,perhaps,2\n", "line 2, coo: “perhaps” in abstain is neither yes nor no"),
        ("points", "voter,P01\ncoo,1,2\n", "line 2, coo: there are more cells than columns"),
        ("score", "voter,P01\ncoo,6\n", "line 2, coo: P01: “6” is not a score from 0 to 5"),
        ("duel", "voter,choice\ncoo,P09\n", "line 2, coo: “P09” is not one of the cards of this duel"),
        ("duel", "voter,choice\ncoo,\n", "line 2, coo: the number or id of the card preferred, or the word abstain, was expected"),
        ("consent", "voter,hand\ncoo,6\n", "line 2, coo: “6” is not a hand from 0 to 5"),
        ("consent", '{"coo": [1, 2]}', "coo: the sentence of a hand is a text"),
    ],
)
def test_what_the_other_methods_refuse(method, text, words):
    assert refusal(method, text) == words


@pytest.mark.parametrize(
    ("method", "text", "words"),
    [
        ("ranking", "voter,X1\ncoo,2\n", "no column holds a ranking"),
        ("duel", "voter,X1\ncoo,2\n", "no column says which card is preferred"),
        ("consent", "voter,X1\ncoo,2\n", "no column holds the hands"),
        ("points", "voter,X1\ncoo,2\n", "no column is a card of this session"),
        ("points", "P01,P02\n1,2\n", "no column names the voter"),
        ("ranking", "[1]", "an object was expected"),
        ("points", '{"coo": {}, "coo": {}}', "the key “coo” appears twice"),
    ],
)
def test_a_file_of_another_kind_is_refused(method, text, words):
    with pytest.raises(PortfolioError, match=words):
        read(method, text)


def test_a_workbook_holds_the_ballots_that_a_table_would():
    rows = ("voter", "P01", "P02", "abstain"), ("cfo", 12.0, None, None), ("cio", None, 8, None), ("coo", None, None, True), ("cpo", "x", None, None)
    found = read_ballots(workbook(*rows), "b.xlsx", spec_of("points").reader, VOICES, FEW)
    table = read("points", "voter,P01,P02,abstain\ncfo,12,,\ncio,,8,\ncoo,,,yes\ncpo,x,,\n")
    assert (found.ballots, found.refused) == (table.ballots, table.refused)


def test_a_voice_in_two_files_has_no_ballot():
    first, second = read("points", '{"coo": {"P01": 5}, "cfo": {}}'), read("points", '{"coo": {"P02": 5}}', source="more.json")
    one, two = at_most_once([first, second])
    assert one.ballots == {"cfo": {}}
    assert two.ballots == {}
    assert "more than one ballot" in two.sentences()[0]


def test_where_nobody_is_known_whoever_is_named_has_a_voice():
    found = read("points", "voter,side,P01\nA,Business,5\nB,i.t.,1\nC,The Board,2\n,it,3\n", voices=None)
    assert found.ballots == {"A": {"P01": 5}, "B": {"P01": 1}, "C": {"P01": 2}}
    assert found.sides == {"A": "business", "B": "it", "C": "the-board"}
    assert [notice.sentence() for notice in found.refused] == ["line 5: nothing says whose ballot this is"]


@given(st.sampled_from(["points", "ranking", "score", "duel", "consent"]), st.text(max_size=200))
def test_no_text_breaks_a_reader(method, text):
    for content in ("voter,P01,1,ranking\n" + text, json.dumps({"coo": text, "cfo": [text, [text]], "cio": {text: text}})):
        assert complaint(method, content) in ("", "ballots.csv")


TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10) | st.sampled_from(["P01", "P02", "abstain", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["coo", "P01", "points", "voter", "score", "x"]), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["points", "ranking", "score", "duel", "consent"]), TREES, st.sampled_from(["", "cfo"]))
def test_no_tree_breaks_a_reader(method, tree, voice):
    assert complaint(method, json.dumps(tree), voice=voice) in ("", "ballots.csv")


@pytest.mark.parametrize(
    ("method", "text"),
    [
        ("points", "voter,P01,P02\ncoo,1,1\ncfo,1\n"),
        ("approval", "voter,P01,P02\ncoo,1,1\ncfo,1\n"),
        ("ranking", "voter,1,2\ncoo,P01,P02\ncfo,P01\n"),
        ("consent", "voter,hand,sentence\ncoo,3,\ncfo,4\n"),
    ],
)
def test_a_row_that_is_cut_off_refuses_the_whole_file_with_its_line(method: str, text: str) -> None:
    with pytest.raises(PortfolioError, match=r"line 3: 2 of 3 cells; the file may be cut off, so nothing is counted"):
        read(method, text)


ROWS = "voter,side,P01\ncoo,{side},5\ncfo,,5\ncio,i.t.,5\n"
OBJECTS = '[{{"voter": "coo", "side": "{side}", "points": {{"P01": 5}}}}, {{"voter": "cfo", "points": {{"P01": 5}}}},'
OBJECTS += '{{"voter": "cio", "side": "IT", "points": {{"P01": 5}}}}]'


@pytest.mark.parametrize("side", ["it", "board", "???"])
@pytest.mark.parametrize("form", [ROWS, OBJECTS])
def test_a_side_that_is_not_the_voters_refuses_that_ballot(side: str, form: str) -> None:
    found = read("points", form.format(side=side))

    assert list(found.ballots) == ["cfo", "cio"]
    assert [refused.kind for refused in found.refused] == ["side"]


def test_a_wrong_side_in_a_later_row_refuses_the_ballot_with_that_line() -> None:
    (refused,) = read("points", "voter,side,card,points\ncoo,business,P01,5\ncoo,it,P02,5\n").refused

    assert (refused.line, refused.kind) == (3, "side")


NUMBERS = {"P02": 1, "P01": 2, "P03": 3}


@pytest.mark.parametrize(
    ("method", "text", "ballot"),
    [
        ("points", "voter,number,project,points,reason_card,reason\nCFO,1,Price lists,25,,\nCFO,3,Stock,,,\n", {"P02": 25}),
        ("points", "voter,1,3\ncfo,25,5\n", {"P02": 25, "P03": 5}),
        ("ranking", "voter,ranking\ncfo,1 > 2=3\n", (("P02",), ("P01", "P03"))),
        ("ranking", "voter,1,2\ncfo,P03,1\n", (("P03",), ("P02",))),
        ("approval", '{"cfo": ["1", "P03"]}', {"P02": 1, "P03": 1}),
    ],
)
def test_cards_are_named_by_their_numbers_on_the_ballot(method, text, ballot):
    found = read_ballots(text.encode(), "b.csv", spec_of(method).reader, VOICES, FEW, numbers=NUMBERS)
    assert found.refused == ()
    assert found.ballots == {"cfo": ballot}


def test_where_ids_are_numbers_only_a_column_of_numbers_names_a_card_by_its_number():
    numbers = {"2": 1, "1": 2}
    for text, ballot in (("voter,1\ncfo,25\n", {"1": 25}), ("voter,number,points\ncfo,1,25\n", {"2": 25})):
        assert read_ballots(text.encode(), "b.csv", spec_of("points").reader, VOICES, ("2", "1"), numbers=numbers).ballots == {"cfo": ballot}


@pytest.mark.parametrize(
    "text",
    [
        "voter,P01,P02,reason_card,reason\ncfo,5,,3,it is late\n",
        "voter,number,points,reason_card,reason\ncfo,2,5,,\ncfo,1,,3,it is  late\n",
        "voter,number,points,reason\ncfo,2,5,\ncfo,3,,it is late\n",
        '{"cfo": {"points": {"P01": 5}, "reason_card": "P03", "reason": "it is late"}}',
    ],
)
def test_a_line_of_reason_comes_with_its_card(text):
    found = read_ballots(text.encode(), "b.csv", spec_of("points").reader, VOICES, FEW, numbers=NUMBERS)
    assert found.refused == ()
    assert found.ballots == {"cfo": {"P01": 5}}
    assert found.reasons == {"cfo": ("P03", "it is late")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("voter,number,points,reason\ncfo,2,5,one\ncfo,3,,two\n", "line 3, cfo: more than one reason is given"),
        ("voter,P01,reason_card,reason\ncfo,5,77,late\n", "line 2, cfo: “77” is not a card of this session"),
        ("voter,P01,reason_card,reason\ncfo,5,,late\n", "line 2, cfo: nothing says which card the reason is about"),
    ],
)
def test_a_reason_that_cannot_be_told_refuses_the_ballot(text, words):
    found = read_ballots(text.encode(), "b.csv", spec_of("points").reader, VOICES, FEW, numbers=NUMBERS)
    assert found.ballots == {}
    assert [notice.sentence() for notice in found.refused] == [words]
