"""`quarterdeck ballots`: forms for every voter, filled outside the room, collected, and revealed in the meeting."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path
from typing import Any

import pytest
from command_line import begun, data, refused, run
from workbooks import workbook

from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import OpenRound, RevealBallots
from sessions.imports.formats.unread import OLD_OFFICE
from sessions.record.events import BallotsRevealed
from sessions.rounds.reasons import reasons
from sessions.state.session import Session
from tui.environment import open_library

PEOPLE = "role,side,seat\nCOO,business,decider\nCFO,business,\nCIO,it,\n<b>Chair</b>,it,\n"
TITLES = ("New CRM", "Old ERP <script>alert(1)</script>", "=1+1", "Stock feed")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return begun(tmp_path, "id,title\n" + "".join(f"C{number},{title}\n" for number, title in enumerate(TITLES, 1)), PEOPLE)


def fill(path: Path, *columns: str, **rows: str) -> None:
    """Fill in some columns of a form as a spreadsheet would: `_3="25 dear"` for the card with the number 3."""
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for number, cells in rows.items():
        lines[int(number[1:]) - 1].update(zip(columns, cells.split(" ", len(columns) - 1), strict=True))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0].keys())
        writer.writeheader()
        writer.writerows(lines)


def forms_of(made: dict[str, Any]) -> list[Path]:
    return [Path(each["csv"]) for each in made["forms"]]


def revealed(library: Path) -> tuple[Session, BallotsRevealed]:
    """Reveal what was collected, in the meeting."""
    home = open_library(library)
    with home.open(home.find("last")) as opened:
        opened.live.perform(RevealBallots(round=1, override="before the meeting"))
        shown = opened.live.session.rounds[0].revealed
        assert shown is not None
        return opened.live.session, shown


def test_forms_are_made_filled_collected_and_revealed(library: Path, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    made = data(library, "ballots", "make", "last", "-o", forms, "--anonymity", "side", "--until", "Tuesday 09:00")
    assert (made["round"], made["method"], made["opened"]) == (1, "points", True)
    assert sorted(path.name for path in forms.iterdir()) == sorted(Path(each[kind]).name for each in made["forms"] for kind in ("csv", "sheet"))
    coo, cfo, cio, chair = forms_of(made)
    fill(coo, "points", _1="25", _2="10")
    fill(cfo, "points", _2="0")
    fill(cio, "points", "reason", _4="25 no stock figure is true")
    rows = list(csv.reader(io.StringIO(cio.read_text(encoding="utf-8-sig"))))
    cio.with_suffix(".xlsx").write_bytes(workbook(*rows))  # as Excel offers to save it
    cio.unlink()
    fill(chair, "abstain", _1="yes")
    collected = data(library, "ballots", "collect", "last", forms)
    assert (collected["voted"], collected["voters"]) == (4, 4)
    session, shown = revealed(library)
    ballots = {each.voice: dict(each.points) for each in shown.ballots if not each.abstained}
    assert ballots == {"coo": {"C1": 25, "C2": 10}, "cfo": {}, "cio": {"C4": 25}}
    assert [tuple(each)[:3] for each in reasons(session, session.rounds[0])] == [("C4", "no stock figure is true", "somebody")]
    assert {entered.way for entered in session.rounds[0].entered.values()} == {"file"}


def test_a_sheet_says_what_is_asked_and_told_and_nothing_in_it_acts(library: Path, tmp_path: Path) -> None:
    for form in data(library, "ballots", "make", "last", "-o", tmp_path, "--until", "Tuesday 09:00")["forms"]:
        page = Path(form["sheet"]).read_text(encoding="utf-8")
        assert not {"script", "img", "link", "iframe"} & set(re.findall(r"<(\w+)", page))
        assert not re.search(r"https?:|url\(", page)
        text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
        for words in (form["role"], "Until Tuesday 09:00", "at most 38 on one card", "not names", *TITLES):
            assert words in text
        assert "C1" not in text
        assert "@page" in page
        assert "'=1+1" in Path(form["csv"]).read_text(encoding="utf-8"), "a spreadsheet must not compute a title"


def test_a_file_is_sealed_whole_or_not_at_all_and_every_mistake_has_its_file_line_and_column(library: Path, tmp_path: Path) -> None:
    coo, cfo, cio, chair = forms_of(data(library, "ballots", "make", "last", "-o", tmp_path / "forms", "--method", "points"))
    fill(coo, "points", _1="25")
    fill(cfo, "points", _1="10", _3="many")
    fill(chair, "points", _1="25")
    (copy := tmp_path / "copy.csv").write_bytes(chair.read_bytes())
    (several := tmp_path / "all.csv").write_text("voter,number,points\ncio,1,25\nCIO,2,99\nghost,1,1\n", encoding="utf-8")
    (letter := tmp_path / "letter.csv").write_text("Dear all\n", encoding="utf-8")
    (old := tmp_path / "old.xls").write_bytes(OLD_OFFICE + "Workbook".encode("utf-16-le"))
    result = run(library, "ballots", "collect", "last", coo, cfo, cio, chair, copy, several, letter, old)
    assert result.exit_code == 1
    assert "1 ballot sealed. 1 of 4 voters has voted." in result.stdout
    for words in (
        "cfo.csv, line 4, points, CFO: points are whole numbers", "Not filled in yet: cio.csv.", "all.csv, line 2, CIO: too many points on one card.",
        "all.csv, line 4, voter: not a voter of this session.", "letter.csv",
        "old.xls: this is an Excel file from before 2007 (.xls), which is not read; in Excel choose File, Save As",
    ):  # fmt: skip
        assert words in result.stderr
    assert result.stderr.count("more than one ballot") == 2
    assert not any(part in result.stderr for part in ("many,", "99", "ghost", "Dear"))


def test_files_that_are_there_are_never_replaced_unasked(library: Path, tmp_path: Path) -> None:
    mine = forms_of(data(library, "ballots", "make", "last", "-o", tmp_path))[1]
    mine.write_text("filled in", encoding="utf-8")
    assert "would be replaced" in refused(library, "ballots", "make", "last", "-o", tmp_path)
    assert mine.read_text(encoding="utf-8") == "filled in"
    assert data(library, "ballots", "make", "last", "-o", tmp_path, "--force")["opened"] is False
    assert "number" in mine.read_text(encoding="utf-8")


def test_what_cannot_be_done_is_one_sentence(library: Path, tmp_path: Path) -> None:
    assert "No ballot is open" in refused(library, "ballots", "collect", "last", tmp_path)
    home = open_library(library)
    with home.open(home.find("last")) as opened:
        for words in (("make", "last", "-o", tmp_path / "forms"), ("collect", "last", tmp_path)):
            assert "v, then f" in refused(library, "ballots", *words)
        opened.live.perform(OpenRound(method="score", cards=("C1",)))
    options = ("--method", "ranking", "--until", "x")
    assert "leave out --method and --until" in refused(library, "ballots", "make", "last", "-o", tmp_path / "forms", *options)
    assert not (tmp_path / "forms").exists()


METHODS: list[tuple[str, list[str], str, dict[str, str], dict[str, object]]] = [
    ("ranking", [], "place", {"_3": "1", "_1": "2"}, {"ranking": (("C3",), ("C1",))}),
    ("ranking", [], "none", {"_1": "x"}, {"ranking": (), "points": ()}),
    ("approval", [], "tick", {"_2": "x"}, {"points": (("C2", 1),)}),
    ("score", ["C2"], "score", {"_1": "4"}, {"scores": (("C2", 4),)}),
    ("duel", ["C2", "C1"], "prefers", {"_1": "2"}, {"prefers": "C2"}),
    ("consent", ["C1"], "hand sentence", {"_1": "1 too dear"}, {"scores": (("C1", 1),), "words": "too dear"}),
]
"""A method, the cards that it is about, if not all; what is filled in, and the ballot that this is."""


@pytest.mark.parametrize(("method", "cards", "columns", "rows", "ballot"), METHODS)
def test_every_ballot_has_its_form(
    method: str, cards: list[str], columns: str, rows: dict[str, str], ballot: dict[str, object], library: Path, tmp_path: Path
) -> None:
    if cards:
        home = open_library(library)
        with home.open(home.find("last")) as opened:
            opened.live.perform(MarkAttendance(presence="present"))
            opened.live.perform(Decide(card="C1", word="stop", why="dear"))
            opened.live.perform(OpenRound.model_validate({"method": method, "cards": cards}))
    made = data(library, "ballots", "make", "last", "-o", tmp_path, *([] if cards else ["--method", method]))
    form = forms_of(made)[0]
    fill(form, *columns.split(), **rows)
    assert data(library, "ballots", "collect", "last", form)["voted"] == 1
    _, shown = revealed(library)
    assert shown.ballots[0].model_dump(include={*ballot, "abstained"}) == ballot | {"abstained": False}
    assert "New CRM" in Path(made["forms"][0]["sheet"]).read_text(encoding="utf-8") or method == "score"
