"""Ballots of every method, one file for all or a file for each voter, in a table and in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from ballot_rooms import room_for
from hypothesis import given
from hypothesis import strategies as st
from workbooks import workbook

from sessions.ballots.collection import ballots_in
from sessions.errors import PortfolioError
from sessions.imports.ballots.file import read_ballots
from sessions.imports.ballots.values import ABSTAIN, AnyBallot, Gathered, Hand, Refused, at_most_once
from sessions.portfolio.models import Participant
from sessions.record.events import Method
from sessions.rounds.methods.registry import spec_of
from sessions.sample import sample_portfolio

VOICES = sample_portfolio().participants
FEW = ("P01", "P02", "P03")
METHODS = st.sampled_from(["points", "ranking", "score", "duel", "consent"])


def read(
    method: Method, text: str | bytes, *, source: str = "ballots.csv", cards: Sequence[str] = FEW,
    voices: Sequence[Participant] | None = VOICES, numbers: Mapping[str, int] | None = None,
) -> Gathered[AnyBallot]:  # fmt: skip
    data = text.encode() if isinstance(text, str) else text
    return read_ballots(data, source, spec_of(method).reader, voices, cards, **({"numbers": numbers} if numbers else {}))


def ballots(method: Method, text: str | bytes, **how: object) -> Mapping[str, object]:
    found = read(method, text, **how)  # type: ignore[arg-type]
    assert found.refused == ()
    return found.ballots


def refusal(method: Method, text: str, **how: object) -> Refused:
    found = read(method, text, **how)  # type: ignore[arg-type]
    assert found.ballots == {}
    (refused,) = found.refused
    return refused


NUMBERS = {"P02": 1, "P01": 2, "P03": 3}
OF_CFO = {"cfo": {"P01": 25}}


@pytest.mark.parametrize(("method", "how", "expected", "texts"), [
    ("ranking", {}, {"coo": (("P02",), ("P01", "P03"))}, [
        "voter,ranking\ncoo,P02 P01=P03\n", "voter,side,abstain,top10\nCOO,business,0,P02 > P01 = P03\n", 'voter,order\ncoo,"P02, P01 = P03"\n',
        "voter,1,2,3\ncoo,P02,P01=P03,\n", "voter,2,1\ncoo,P01=P03,P02\n", "voter,P01,P02,P03\ncoo,2,1,2\n",
        "voter,card,rank\ncoo,P02,1\ncoo,P01,2\ncoo,P03,2\n", '{"coo": ["P02", ["P01", "P03"]]}', '{"coo": {"P02": 1, "P01": 2, "P03": 2}}',
        '{"coo": {"ranking": ["P02", ["P01", "P03"]], "side": "business"}}', '[{"voter": "coo", "ranking": ["P02", ["P01", "P03"]]}]',
    ]),
    ("score", {}, {"coo": {"P01": 0, "P03": 5}}, [
        '{"coo": {"P01": 0, "P02": null, "P03": 5}}', "voter,P01,P02,P03\ncoo,0,-,5\n", "voter,card,score\ncoo,P01,0\ncoo,P02,\ncoo,P03,5\n",
    ]),
    ("duel", {}, {"coo": "P02"}, ["voter,choice\ncoo,p02\n", '[{"voter": "coo", "prefers": "P02"}]']),
    ("duel", {}, {"coo": ABSTAIN}, ['{"coo": "abstain"}']),
    ("consent", {}, {"coo": Hand(1, "Too early")}, [
        "voter,score,sentence\ncoo,1,Too early\n", '{"coo": [1, "Too early"]}', '{"coo": {"score": 1, "words": "Too early"}}',
    ]),
    ("points", {}, OF_CFO, ['{"voter": "cfo", "points": {"P01": 25, "P03": 0}}', "voter,card,points\ncfo,P01,25\nCFO,P02,0\n"]),
    ("points", {"source": "cfo.csv"}, OF_CFO, ['{"points": {"P01": 25}}', "P01,P02\n25,\n"]),
    ("points", {"source": "director-applications.csv"}, {"director-applications": {"P01": 25}}, ["card,points\nP01,25\n"]),
    ("points", {"source": "cfo.json"}, OF_CFO, ['{"points": {"P01": 25}}']),
    ("points", {"source": "ballot_CFO_r1.csv"}, OF_CFO, ["card,points\nP01,25\nP02,\n"]),
    ("points", {"numbers": NUMBERS}, OF_CFO, ["voter,number,project,points,reason_card,reason\nCFO,2,Price lists,25,,\nCFO,3,Stock,,,\n"]),
    ("points", {"numbers": NUMBERS}, {"cfo": {"P02": 25, "P03": 5}}, ["voter,1,3\ncfo,25,5\n"]),
    ("ranking", {"numbers": NUMBERS}, {"cfo": (("P02",), ("P01", "P03"))}, ["voter,ranking\ncfo,1 > 2=3\n"]),
    ("ranking", {"numbers": NUMBERS}, {"cfo": (("P03",), ("P02",))}, ["voter,1,2\ncfo,P03,1\n"]),
    ("approval", {"numbers": NUMBERS}, {"cfo": {"P02": 1, "P03": 1}}, ['{"cfo": ["1", "P03"]}']),
    ("points", {"cards": ("2", "1"), "numbers": {"2": 1, "1": 2}}, {"cfo": {"1": 25}}, ["voter,1\ncfo,25\n"]),
    ("points", {"cards": ("2", "1"), "numbers": {"2": 1, "1": 2}}, {"cfo": {"2": 25}}, ["voter,number,points\ncfo,1,25\n"]),
])  # fmt: skip
def test_a_ballot_is_written_in_many_ways(method: Method, how: dict[str, object], expected: object, texts: list[str]) -> None:
    """A number at the head of a column is a card's number on the ballot, unless it is an id."""
    for text in texts:
        assert ballots(method, text, **how) == expected


def test_voices_are_found_by_id_or_role_and_where_nobody_is_known_whoever_is_named_has_one() -> None:
    found = read("points", "Voter;P01\nCOO;5\nvp-sales;3.0\nVP No one;1\npmo-lead;1\n")
    assert found.ballots == {"coo": {"P01": 5}, "vp-sales": {"P01": 3}}
    assert [notice.line for notice in found.refused] == [4, 5]
    with pytest.raises(PortfolioError, match="no column names the voter"):
        read("points", "card,points\nP01,25\n", source="cfo-cio.csv")  # which may mean two
    found = read("points", "voter,side,P01\nA,Business,5\nB,i.t.,1\nC,The Board,2\n,it,3\n", voices=None)
    assert found.ballots == {"A": {"P01": 5}, "B": {"P01": 1}, "C": {"P01": 2}}
    assert found.sides == {"A": "business", "B": "it", "C": "the-board"}
    assert [notice.sentence() for notice in found.refused] == ["line 5: nothing says whose ballot this is"]


def test_of_two_ballots_of_one_voice_none_is_taken_within_a_file_and_between_two() -> None:
    found = read("points", "voter,P01\ncoo,1\nCOO,2\ncoo,3\n")
    assert found.ballots == {}
    assert [(notice.line, notice.kind) for notice in found.refused] == [(3, "two_ballots"), (4, "two_ballots")]
    first, second = read("points", '{"coo": {"P01": 5}, "cfo": {}}'), read("points", '{"coo": {"P02": 5}}', source="more.json")
    one, two = at_most_once([first, second])
    assert (one.ballots, two.ballots) == ({"cfo": {}}, {})
    assert "more than one ballot" in two.sentences()[0]


@pytest.mark.parametrize(("method", "text", "words", "kind"), [
    ("ranking", "voter,ranking\ncoo,P02 P99\n", "line 2, coo: “P99” is not a card of this session", "unknown_card"),
    ("ranking", "voter,ranking\ncoo,P02 P01 P02\n", "line 2, coo: P02 is on the ballot more than once", "card_twice"),
    ("ranking", "voter,ranking\ncoo,P02 > > P01\n", "line 2, coo: a card is missing beside > or =", "missing_card"),
    ("ranking", "voter,1,2,3\ncoo,P02,,P01\n", "line 2, coo: a place is left empty between two that are filled", "empty_place"),
    ("ranking", "voter,P01,P02\ncoo,0,1\n", "line 2, coo: P01: “0” is not a place; the best is 1", "place"),
    ("ranking", "voter,card,rank\ncoo,P01,1\ncoo,P02,x\n", "line 3, coo: P02: “x” is not a whole number", "place"),
    ("ranking", '{"coo": ["P02", ["P01", 1.5]]}', "coo: a ranking lists cards, and lists of cards that are equal", "form"),
    ("ranking", '{"coo": 7}', "coo: cards in their order, best first, or the word abstain were expected", "form"),
    ("ranking", "voter,ranking\nghost,P02\n", "line 2: “ghost” is not a voter of this session", "not_a_voter"),
    ("points", "voter,P01\ncoo,1.5\n", "line 2, coo: P01: “1.5” is not a whole number", "figure"),
    ("points", '{"coo": {"P01": true}}', "coo: P01: “True” is not a whole number", "figure"),
    ("points", "voter,P01,P77\ncoo,1,17\n", "line 2, coo: “P77” is not a card of this session", "unknown_card"),
    ("points", "voter,card,points\ncoo,P77,17\n", "line 2, coo: “P77” is not a card of this session", "unknown_card"),
    ("points", "voter,abstain,P01\ncoo,perhaps,2\n", "line 2, coo: “perhaps” in abstain is neither yes nor no", "abstention"),
    ("points", "voter,P01\ncoo,1,2\n", "line 2, coo: there are more cells than columns", "extra_cells"),
    ("points", "voter,side,card,points\ncoo,business,P01,5\ncoo,it,P02,5\n",
     "line 3, coo: “it” is not the side of this voter, which is business", "side"),
    ("score", "voter,P01\ncoo,6\n", "line 2, coo: P01: “6” is not a score from 0 to 5", "figure"),
    ("score", "voter,card,score\ncoo,P02,7\n", "line 2, coo: P02: “7” is not a score from 0 to 5", "figure"),
    ("duel", "voter,choice\ncoo,P09\n", "line 2, coo: “P09” is not one of the cards of this duel", "unknown_card"),
    ("duel", "voter,choice\ncoo,\n", "line 2, coo: the number or id of the card preferred, or the word abstain, was expected", "form"),
    ("consent", "voter,hand\ncoo,6\n", "line 2, coo: “6” is not a hand from 0 to 5", "form"),
    ("consent", '{"coo": [1, 2]}', "coo: the sentence of a hand is a text", "words"),
])  # fmt: skip
def test_a_refused_ballot_has_its_place_its_reason_and_the_kind_for_a_shared_screen(method: Method, text: str, words: str, kind: str) -> None:
    refused = refusal(method, text)
    assert (refused.sentence(), refused.kind) == (words, kind)


@pytest.mark.parametrize("side", ["it", "board", "???"])
@pytest.mark.parametrize("form", [
    "voter,side,P01\ncoo,{side},5\ncfo,,5\ncio,i.t.,5\n",
    '[{{"voter": "coo", "side": "{side}", "points": {{"P01": 5}}}}, {{"voter": "cfo", "points": {{"P01": 5}}}}, '
    '{{"voter": "cio", "side": "IT", "points": {{"P01": 5}}}}]',
])  # fmt: skip
def test_a_side_that_is_not_the_voters_refuses_that_ballot(side: str, form: str) -> None:
    found = read("points", form.format(side=side))
    assert list(found.ballots) == ["cfo", "cio"]
    assert [refused.kind for refused in found.refused] == ["side"]


@pytest.mark.parametrize(("method", "text", "words"), [
    ("ranking", "voter,X1\ncoo,2\n", "no column holds a ranking"), ("duel", "voter,X1\ncoo,2\n", "no column says which card is preferred"),
    ("consent", "voter,X1\ncoo,2\n", "no column holds the hands"), ("points", "voter,X1\ncoo,2\n", "no column is a card of this session"),
    ("points", "P01,P02\n1,2\n", "no column names the voter"), ("ranking", "[1]", "an object was expected"),
    ("points", '{"coo": {}, "coo": {}}', "the key “coo” appears twice"),
    *((method, text, r"line 3: 2 of 3 cells; the file may be cut off, so nothing is counted") for method, text in (
        ("points", "voter,P01,P02\ncoo,1,1\ncfo,1\n"), ("approval", "voter,P01,P02\ncoo,1,1\ncfo,1\n"),
        ("ranking", "voter,1,2\ncoo,P01,P02\ncfo,P01\n"), ("consent", "voter,hand,sentence\ncoo,3,\ncfo,4\n"),
    )),
])  # fmt: skip
def test_a_file_of_another_kind_or_cut_off_is_refused(method: Method, text: str, words: str) -> None:
    with pytest.raises(PortfolioError, match=words):
        read(method, text)


def test_a_workbook_holds_the_ballots_that_a_table_would() -> None:
    rows = ("voter", "P01", "P02", "abstain"), ("cfo", 12.0, None, None), ("cio", None, 8, None), ("coo", None, None, True), ("cpo", "x", None, None)
    found = read("points", workbook(*rows), source="b.xlsx")
    table = read("points", "voter,P01,P02,abstain\ncfo,12,,\ncio,,8,\ncoo,,,yes\ncpo,x,,\n")
    assert (found.ballots, found.refused) == (table.ballots, table.refused)


@pytest.mark.parametrize("text", [
    "voter,P01,P02,reason_card,reason\ncfo,5,,3,it is late\n", "voter,number,points,reason_card,reason\ncfo,2,5,,\ncfo,1,,3,it is  late\n",
    "voter,number,points,reason\ncfo,2,5,\ncfo,3,,it is late\n",
    '{"cfo": {"points": {"P01": 5}, "reason_card": "P03", "reason": "it is late"}}',
])  # fmt: skip
def test_a_line_of_reason_comes_with_its_card(text: str) -> None:
    found = read("points", text, numbers=NUMBERS)
    assert (found.ballots, found.refused) == ({"cfo": {"P01": 5}}, ())
    assert found.reasons == {"cfo": ("P03", "it is late")}


@pytest.mark.parametrize(("text", "words"), [
    ("voter,number,points,reason\ncfo,2,5,one\ncfo,3,,two\n", "line 3, cfo: more than one reason is given"),
    ("voter,P01,reason_card,reason\ncfo,5,77,late\n", "line 2, cfo: “77” is not a card of this session"),
    ("voter,P01,reason_card,reason\ncfo,5,,late\n", "line 2, cfo: nothing says which card the reason is about"),
])  # fmt: skip
def test_a_reason_that_cannot_be_told_refuses_the_ballot(text: str, words: str) -> None:
    assert refusal("points", text, numbers=NUMBERS).sentence() == words


TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10) | st.sampled_from(["P01", "P02", "abstain", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["coo", "P01", "points", "voter", "score", "x"]), inner, max_size=3),
    max_leaves=8,
)


@given(METHODS, st.text(max_size=200), TREES, st.sampled_from(["ballots.csv", "cfo.csv"]))
def test_no_text_and_no_tree_breaks_a_reader(method: Method, text: str, tree: object, source: str) -> None:
    for content in ("voter,P01,1,ranking\n" + text, json.dumps({"coo": text, "cfo": [text, [text]], "cio": {text: text}}), json.dumps(tree)):
        refused = f"{source}: "
        try:
            read(method, content, source=source)
        except PortfolioError as error:
            refused = str(error)
        assert refused.startswith(f"{source}: ")


# --- on a screen that everybody sees: the line, the voter and the kind of mistake, and never a choice


def told_of(method: Method, text: str, folder: Path) -> tuple[str, ...]:
    room = room_for(method)
    path = folder / "votes.csv"
    path.write_text(text, encoding="utf-8")
    round_ = room.session.open_round
    assert round_ is not None
    return tuple(each.sentence() for each in ballots_in(path, room.session.voters(), round_.opened).refused)


@pytest.mark.parametrize(("method", "head", "line", "kind"), [
    ("points", "voter,P01", "cfo,17.5", "points are whole numbers for the cards of this ballot"),
    ("points", "voter,card,points", "cfo,P77,17", "it names a card that is not on the ballot"),
    ("points", "voter,P01,abstain", "cfo,17,P77", "whether it abstains is neither yes nor no"),
    ("points", "voter,number,points", "cfo,1,", "nothing is filled in (to abstain, write yes under abstain)"),
    ("ranking", "voter,P01,P02", "cfo,1,P77", "a place is a whole number, 1 the best"),
    ("score", "voter,P02", "cfo,7", "scores are whole numbers from 0 to 5"),
    ("duel", "voter,prefers", "cfo,P77", "it names a card that is not in this duel"),
    ("duel", "voter,prefers", "cfo,", "the number of one of the two cards was expected"),
    ("consent", "voter,hand,sentence", "cfo,7,P77", "a hand is a whole number from 0 to 5, with its sentence beside it"),
])  # fmt: skip
def test_a_mistake_is_told_by_its_line_and_kind_without_the_choice(method: Method, head: str, line: str, kind: str, tmp_path: Path) -> None:
    assert told_of(method, f"{head}\n{line}\n", tmp_path) == (f"line 2, CFO: {kind}.",)


def test_whose_ballot_it_is_has_to_be_clear(tmp_path: Path) -> None:
    assert told_of("duel", "voter,prefers\nHackett,P02\n,P02\ncfo,P02\nCFO,P02\n", tmp_path) == (
        "line 2: not a voter of this session.", "line 3: nothing says whose ballot it is.",
        "line 5, CFO: more than one ballot, of which none is taken.",
    )  # fmt: skip
