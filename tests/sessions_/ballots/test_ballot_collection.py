"""What is told of ballots in a file that cannot be sealed: the line, the voice and the kind of mistake, and never a choice."""

from __future__ import annotations

from pathlib import Path

import pytest
from ballot_rooms import room_for

from sessions.ballots.collection import ballots_in
from sessions.record.events import Method


def refused(method: Method, text: str, folder: Path) -> tuple[str, ...]:
    room = room_for(method)
    path = folder / "votes.csv"
    path.write_text(text, encoding="utf-8")
    round_ = room.session.open_round
    assert round_ is not None
    return tuple(each.sentence() for each in ballots_in(path, room.session.voters(), round_.opened).refused)


CARD, TWICE, CELLS, WHOSE = (
    "it names a card that is not on the ballot",
    "it names a card twice",
    "there are more cells than columns",
    "nothing says whose ballot it is",
)
POINTS, SCORES, HAND = (
    "points are whole numbers for the cards of this ballot",
    "scores are whole numbers from 0 to 5",
    "a hand is a whole number from 0 to 5, with its sentence beside it",
)
RANKING, PLACE, DUEL = (
    "a ranking lists cards of this ballot, the best first",
    "a place is a whole number, 1 the best",
    "the number of one of the two cards was expected",
)
NEITHER = "whether it abstains is neither yes nor no"

LINES: list[tuple[Method, str, str, str]] = [
    ("points", "voter,P01", "cfo,17.5", POINTS),
    ("points", "voter,P01,P77", "cfo,1,17", CARD),
    ("points", "voter,P01,abstain", "cfo,17,P77", NEITHER),
    ("points", "voter,P01", "cfo,17,18", CELLS),
    ("points", "voter,card,points", "cfo,P77,17", CARD),
    ("ranking", "voter,ranking", "cfo,P77 > P01", CARD),
    ("ranking", "voter,ranking", "cfo,P01 > P01", TWICE),
    ("ranking", "voter,ranking", "cfo,P01 > = P02", "a card is missing beside > or ="),
    ("ranking", "voter,P01,P02", "cfo,1,P77", PLACE),
    ("ranking", "voter,1,2,3", "cfo,P01,,P02", "a place is left empty between two that are filled"),
    ("score", "voter,P02", "cfo,7", SCORES),
    ("score", "voter,card,score", "cfo,P02,7", SCORES),
    ("duel", "voter,prefers", "cfo,P77", "it names a card that is not in this duel"),
    ("duel", "voter,prefers", "cfo,", DUEL),
    ("consent", "voter,hand,sentence", "cfo,7,P77", HAND),
]


@pytest.mark.parametrize(("method", "head", "line", "kind"), LINES)
def test_a_mistake_is_told_by_its_line_and_kind_without_the_choice(method: Method, head: str, line: str, kind: str, tmp_path: Path) -> None:
    assert refused(method, f"{head}\n{line}\n", tmp_path) == (f"line 2, CFO: {kind}.",)


@pytest.mark.parametrize("method", ["points", "ranking", "score", "duel", "consent"])
def test_whose_ballot_it_is_has_to_be_clear(method: Method, tmp_path: Path) -> None:
    column, cell = {"ranking": ("ranking", "P02"), "duel": ("prefers", "P02"), "consent": ("hand", "3")}.get(method, ("P02", "3"))
    rows = "\n".join([f"voter,{column}", f"Hackett,{cell}", f",{cell}", f"cfo,{cell}", f"CFO,{cell}"])
    told = refused(method, rows, tmp_path)
    assert told == (
        "line 2: not a voter of this session.",
        f"line 3: {WHOSE}.",
        "line 5, CFO: more than one ballot, of which none is taken.",
    )
