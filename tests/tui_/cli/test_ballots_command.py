"""`quarterdeck ballots`: forms for every voter, filled outside the room, collected, and revealed in the meeting."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from support import assert_sentence
from typer.testing import CliRunner, Result
from workbooks import workbook

from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import OpenRound, RevealBallots
from sessions.errors import QuarterdeckError
from sessions.imports.formats.unread import OLD_OFFICE
from sessions.record.events import Method
from sessions.rounds.reasons import reasons
from tui.cli import app as cli
from tui.environment import open_library

RUNNER = CliRunner()
PEOPLE = "role,side,seat\nCOO,business,decider\nCFO,business,\nCIO,it,\n<b>Chair</b>,it,\n"
TITLES = ("New CRM", "Old ERP <script>alert(1)</script>", "=1+1", "Stock feed")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    portfolio, people = tmp_path / "portfolio.csv", tmp_path / "people.csv"
    portfolio.write_text("id,title\n" + "".join(f"C{number},{title}\n" for number, title in enumerate(TITLES, 1)), encoding="utf-8")
    people.write_text(PEOPLE, encoding="utf-8")
    assert quarterdeck(tmp_path / "library", "new", portfolio, "-y", "--people", people, "--title", "First").exit_code == 0
    return tmp_path / "library"


def quarterdeck(library: Path, *words: str | Path) -> Result:
    return RUNNER.invoke(cli.app, ["--library", str(library), *map(str, words)])


def done(library: Path, *words: str | Path) -> Any:
    result = quarterdeck(library, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(library: Path, *words: str | Path) -> str:
    result = quarterdeck(library, *words)
    assert isinstance(result.exception, QuarterdeckError), result.output
    assert_sentence(str(result.exception))
    return str(result.exception)


def fill(path: Path, **cells: dict[int, str]) -> None:
    """Fill in columns of a form, each by the numbers of the cards, as a spreadsheet would."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows:
        row.update({column: given[int(row["number"])] for column, given in cells.items() if int(row["number"]) in given})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_forms_are_made_filled_collected_and_revealed(library: Path, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    made = done(library, "ballots", "make", "last", "-o", forms, "--anonymity", "side", "--until", "Tuesday 09:00")
    assert (made["round"], made["method"], made["opened"]) == (1, "points", True)
    assert sorted(path.name for path in forms.iterdir()) == sorted(Path(each[kind]).name for each in made["forms"] for kind in ("csv", "sheet"))
    by_role = {each["role"]: Path(each["csv"]) for each in made["forms"]}
    fill(by_role["COO"], points={1: "25", 2: "10"})
    fill(by_role["CFO"], points={2: "0"})
    fill(by_role["CIO"], points={4: "25"}, reason={4: "no stock figure is true"})
    rows = list(csv.reader(io.StringIO(by_role["CIO"].read_text(encoding="utf-8-sig"))))
    by_role["CIO"].with_suffix(".xlsx").write_bytes(workbook(*rows))  # as Excel offers to save it
    by_role["CIO"].unlink()
    fill(by_role["<b>Chair</b>"], abstain={1: "yes"})
    collected = done(library, "ballots", "collect", "last", forms)
    assert (collected["voted"], collected["voters"]) == (4, 4)
    home = open_library(library)
    with home.open(home.find("last")) as opened:
        assert opened.live.session.open_round is not None
        opened.live.perform(RevealBallots(round=1, override="before the meeting"))
        round_ = opened.live.session.rounds[0]
        assert round_.revealed is not None
        assert {each.voice: dict(each.points) for each in round_.revealed.ballots if not each.abstained} == {
            "coo": {"C1": 25, "C2": 10}, "cfo": {}, "cio": {"C4": 25},
        }  # fmt: skip
        assert [tuple(each)[:3] for each in reasons(opened.live.session, round_)] == [("C4", "no stock figure is true", "somebody")]
        assert {entered.way for entered in round_.entered.values()} == {"file"}


class Seen(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_sheet_says_what_is_asked_and_told_and_nothing_in_it_acts(library: Path, tmp_path: Path) -> None:
    made = done(library, "ballots", "make", "last", "-o", tmp_path / "forms", "--until", "Tuesday 09:00")
    for form in made["forms"]:
        page = Path(form["sheet"]).read_text(encoding="utf-8")
        seen = Seen(page)
        assert not {"script", "img", "link", "iframe"} & seen.tags
        assert not re.search(r"https?:|url\(", page)
        text = " ".join(seen.text.split())
        for told in (form["role"], "Until Tuesday 09:00", "at most 38 on one card", "not names", *TITLES):
            assert told in text
        assert "C1" not in text
        assert "@page" in page
        assert "'=1+1" in Path(form["csv"]).read_text(encoding="utf-8"), "a spreadsheet must not compute a title"


def test_a_file_is_sealed_whole_or_not_at_all_and_every_mistake_has_its_file_line_and_column(library: Path, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    made = done(library, "ballots", "make", "last", "-o", forms, "--method", "points")
    coo, cfo, cio = (Path(each["csv"]) for each in made["forms"][:3])
    fill(coo, points={1: "25"})
    fill(cfo, points={1: "10", 3: "many"})
    (forms / "all.csv").write_text("voter,number,points\ncio,1,25\nCIO,2,99\nghost,1,1\n", encoding="utf-8")
    (forms / "letter.csv").write_text("Dear all\n", encoding="utf-8")
    (forms / "old.xls").write_bytes(OLD_OFFICE + "Workbook".encode("utf-16-le"))
    result = quarterdeck(library, "ballots", "collect", "last", coo, cfo, cio, forms / "all.csv", forms / "letter.csv", forms / "old.xls")
    assert result.exit_code == 1
    assert "1 ballot sealed. 1 of 4 voters has voted." in result.stdout
    told = result.stderr
    assert "cfo.csv, line 4, points, CFO: points are whole numbers" in told
    assert "Not filled in yet: cio.csv." in told
    assert "all.csv, line 2, CIO: too many points on one card." in told
    assert "all.csv, line 4, voter: not a voter of this session." in told
    assert "letter.csv" in told
    assert "old.xls: this is an Excel file from before 2007 (.xls), which is not read; in Excel choose File, Save As" in told
    assert not any(part in told for part in ("many,", "99", "ghost", "Dear"))


def test_a_voter_with_a_ballot_in_two_files_has_none(library: Path, tmp_path: Path) -> None:
    made = done(library, "ballots", "make", "last", "-o", tmp_path / "forms")
    first = Path(made["forms"][0]["csv"])
    fill(first, points={1: "25"})
    copy = tmp_path / "copy.csv"
    copy.write_bytes(first.read_bytes())
    result = quarterdeck(library, "ballots", "collect", "last", first, copy)
    assert result.exit_code == 1
    assert result.stderr.count("more than one ballot") == 2


def test_files_that_are_there_are_never_replaced_unasked(library: Path, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    made = done(library, "ballots", "make", "last", "-o", forms)
    mine = Path(made["forms"][1]["csv"])
    mine.write_text("filled in", encoding="utf-8")
    assert "would be replaced" in refused(library, "ballots", "make", "last", "-o", forms)
    assert mine.read_text(encoding="utf-8") == "filled in"
    again = done(library, "ballots", "make", "last", "-o", forms, "--force")
    assert again["opened"] is False
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


@pytest.mark.parametrize(
    ("method", "column", "given", "ballot"),
    [
        ("ranking", "place", {3: "1", 1: "2"}, (("C3",), ("C1",))),
        ("ranking", "none", {1: "x"}, ()),
        ("approval", "tick", {2: "x"}, (("C2", 1),)),
    ],
)
def test_every_ballot_on_an_order_has_its_form(
    method: str, column: str, given: dict[int, str], ballot: object, library: Path, tmp_path: Path
) -> None:
    made = done(library, "ballots", "make", "last", "-o", tmp_path / "forms", "--method", method)
    form = Path(made["forms"][0]["csv"])
    fill(form, **{column: given})
    assert done(library, "ballots", "collect", "last", form)["voted"] == 1
    home = open_library(library)
    with home.open(home.find("last")) as opened:
        opened.live.perform(RevealBallots(round=1, override="to look at it"))
        revealed = opened.live.session.rounds[0].revealed
        assert revealed is not None
        assert not revealed.ballots[0].abstained
        assert (revealed.ballots[0].ranking or revealed.ballots[0].points) == ballot


@pytest.mark.parametrize(
    ("method", "cards", "cells", "ballot"),
    [
        ("score", ("C2",), {"score": "4"}, {"scores": (("C2", 4),)}),
        ("duel", ("C2", "C1"), {"prefers": "2"}, {"prefers": "C2"}),
        ("consent", ("C1",), {"hand": "1", "sentence": "too dear"}, {"scores": (("C1", 1),), "words": "too dear"}),
    ],
)
def test_a_round_about_a_card_that_is_open_has_forms_too(
    method: Method, cards: tuple[str, ...], cells: dict[str, str], ballot: dict[str, object], library: Path, tmp_path: Path
) -> None:
    home = open_library(library)
    with home.open(home.find("last")) as opened:
        opened.live.perform(MarkAttendance(presence="present"))
        opened.live.perform(Decide(card="C1", word="stop", why="dear"))
        opened.live.perform(OpenRound(method=method, cards=cards))
    made = done(library, "ballots", "make", "last", "-o", tmp_path / "forms")
    form = Path(made["forms"][0]["csv"])
    rows = list(csv.DictReader(io.StringIO(form.read_text(encoding="utf-8-sig"))))
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerow(rows[0] | cells)
    form.write_text(text.getvalue(), encoding="utf-8")
    assert done(library, "ballots", "collect", "last", form)["voted"] == 1
    with home.open(home.find("last")) as opened:
        opened.live.perform(RevealBallots(round=1))
        revealed = opened.live.session.rounds[0].revealed
        assert revealed is not None
        assert revealed.ballots[0].model_dump(include=set(ballot)) == ballot
    assert cells.keys() <= rows[0].keys()
    assert "New CRM" in Seen(Path(made["forms"][0]["sheet"]).read_text(encoding="utf-8")).text or method == "score"
