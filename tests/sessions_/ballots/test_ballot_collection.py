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


@pytest.mark.parametrize(("method", "head", "line", "kind"), [
    ("points", "voter,P01", "cfo,17.5", "points are whole numbers for the cards of this ballot"),
    ("points", "voter,card,points", "cfo,P77,17", "it names a card that is not on the ballot"),
    ("points", "voter,P01,abstain", "cfo,17,P77", "whether it abstains is neither yes nor no"),
    ("points", "voter,P01", "cfo,17,18", "there are more cells than columns"),
    ("ranking", "voter,ranking", "cfo,P01 > P01", "it names a card twice"),
    ("ranking", "voter,P01,P02", "cfo,1,P77", "a place is a whole number, 1 the best"),
    ("ranking", "voter,1,2,3", "cfo,P01,,P02", "a place is left empty between two that are filled"),
    ("ranking", "voter,ranking", "cfo,P01 > = P02", "a card is missing beside > or ="),
    ("score", "voter,P02", "cfo,7", "scores are whole numbers from 0 to 5"),
    ("duel", "voter,prefers", "cfo,P77", "it names a card that is not in this duel"),
    ("duel", "voter,prefers", "cfo,", "the number of one of the two cards was expected"),
    ("consent", "voter,hand,sentence", "cfo,7,P77", "a hand is a whole number from 0 to 5, with its sentence beside it"),
])  # fmt: skip
def test_a_mistake_is_told_by_its_line_and_kind_without_the_choice(method: Method, head: str, line: str, kind: str, tmp_path: Path) -> None:
    assert refused(method, f"{head}\n{line}\n", tmp_path) == (f"line 2, CFO: {kind}.",)


@pytest.mark.parametrize(("method", "column", "cell"), [
    ("points", "P02", "3"), ("ranking", "ranking", "P02"), ("score", "P02", "3"), ("duel", "prefers", "P02"), ("consent", "hand", "3"),
])  # fmt: skip
def test_whose_ballot_it_is_has_to_be_clear(method: Method, column: str, cell: str, tmp_path: Path) -> None:
    rows = "\n".join([f"voter,{column}", f"Hackett,{cell}", f",{cell}", f"cfo,{cell}", f"CFO,{cell}"])
    assert refused(method, rows, tmp_path) == (
        "line 2: not a voter of this session.", "line 3: nothing says whose ballot it is.",
        "line 5, CFO: more than one ballot, of which none is taken.",
    )  # fmt: skip
