"""A spreadsheet comes in as the CSV would that is saved from it: its first sheet with rows, as values, and what is left out is told."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from support import refused_portfolio
from workbooks import Error, Formula, Sheet, members_of, packed, sheet_xml, workbook

from sessions.errors import PortfolioError
from sessions.imports.formats.report import LoadReport
from sessions.imports.people import read_people
from sessions.imports.portfolio import load_portfolio, read_portfolio

GOOD = packed(members_of(Sheet("Plan", [["title", "cost"], ["Till", 1250000.0], ["Desk", None]]), strings="<si><t>unused</t></si>"))


def load(*rows: object) -> LoadReport:
    return read_portfolio(workbook(*rows), "plan.xlsx")  # type: ignore[arg-type]


def refused(data: bytes) -> str:
    return refused_portfolio(data, "plan.xlsx")


def fields(report: LoadReport) -> list[str]:
    return [text for _, text in report.portfolio.projects[0].fields]


def of_xml(cells: str, strings: str = "") -> bytes:
    """A workbook whose sheet holds a title, and under it these cells."""
    xml = sheet_xml([(1, ["title"])]).replace("</sheetData>", f"{cells}</sheetData>")
    return packed(members_of(Sheet("Plan", xml=xml), strings=strings))


def test_the_sample_is_the_same_as_a_table_and_as_a_spreadsheet() -> None:
    path = Path(__file__).parents[2] / "fixtures" / "cards.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[float(cell) if cell.isdecimal() else cell or None for cell in row] for row in csv.reader(file)]
    table, sheet = load_portfolio(path), load(*rows)
    assert sheet.portfolio == table.portfolio
    assert (sheet.recognised, sheet.guessed, sheet.noticed) == (table.recognised, table.guessed, table.noticed)


@pytest.mark.parametrize(("value", "text"), [
    (1250000.0, "1250000"), (0.1 + 0.2, "0.3"), (-3.0, "-3"), (1e20, "1e+20"), (5, "5"), (True, "TRUE"), (False, "FALSE"),
    (date(2026, 7, 1), "2026-07-01"), (datetime(2026, 7, 1), "2026-07-01"), (datetime(2026, 7, 1, 14, 30), "2026-07-01 14:30:00"),
    (timedelta(hours=36), "1 day, 12:00:00"), (Formula("1+1", 2), "2"), ("=1+1", "=1+1"), ("'=1+1", "=1+1"), ("a\nb", "a\nb"),
])  # fmt: skip
def test_a_value_is_the_text_that_a_csv_would_have(value: object, text: str) -> None:
    assert fields(load(["title", "x"], ["Till", value])) == [text]


def test_lines_are_the_rows_of_the_sheet_and_the_table_may_stand_anywhere_in_it() -> None:
    rows = {4: [None, "title", "cost"], 5: [None, "Till", "?!"], 9: [None, None, 3], 12: [None, "Desk", None, "beyond"]}
    report = read_portfolio(packed(members_of(Sheet("Plan", rows))), "plan.xlsx")
    assert [each.title for each in report.portfolio.projects] == ["Till", "Desk"]
    assert [notice.line for notice in report.skipped] == [9]
    assert [notice.line for notice in report.guessed] == [12, 5]
    assert report.portfolio.projects[1].fields == (("column 3", "beyond"),)


def test_the_first_visible_sheet_with_rows_is_read_and_the_others_are_told() -> None:
    sheets = (Sheet("Empty"), Sheet("Secret", [["title"], ["no"]], "veryHidden"), Sheet("Plan", [["title"], ["Till"]]), Sheet("Rates", [["x"]]))
    report = read_portfolio(packed(members_of(*sheets)), "plan.xlsx")
    assert report.sentences()[0] == "1 project read from plan.xlsx, sheet “Plan” (Excel workbook)"
    assert report.sentences()[-1] == "Noticed: one sheet is read; left out: “Empty”, “Secret” (hidden), “Rates”"


def test_cells_that_show_an_error_or_were_never_computed_are_empty_and_told() -> None:
    report = load(["title", "cost", "x"], ["Till", Error("#REF!"), Error("#N/A")])
    assert report.portfolio.projects[0].budget is None
    assert [(each.line, each.path, each.text) for each in report.changed] == [
        (2, "cost", "the error “#REF!” became empty"), (2, "x", "the error “#N/A” became empty"),
    ]  # fmt: skip
    data = of_xml('<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="B2"><f>1+1</f><v/></c><c r="C2" t="str"><f>A9</f><v></v></c></row>')
    assert [(each.line, each.path) for each in read_portfolio(data, "plan.xlsx").changed] == [(2, "column 2")]


@pytest.mark.parametrize(("cells", "words"), [
    ('<row r="2"><c><v>1</v></c></row>', "does not say"), ('<row r="2"><c r="2"><v>1</v></c></row>', "does not say"),
    ('<row r="2"><c r="A2" r="XFD2"><v>1</v></c></row>', "does not say"), ('<row r="2"><c r="&#65;2"><v>1</v></c></row>', "does not say"),
    ('<row r="2"><c s=">" r="A2"><v>1</v></c></row>', "not written as spreadsheets"),
    ('<row r="2"><c r="A2" t="s"><v>7</v></c></row>', "refers to no shared text"),
    ('<row r="2"><c r="A2" t="s"><v>-1</v></c></row>', "refers to no shared text"),
    ('<row r="2"><c r="A2" t="s"><v>0<!-- -->1</v></c></row>', "more than elements and text"),
    ('<row r="2"><c r="A2" t="n"><v>one</v></c></row>', "cells cannot be read"),
    ('<row r="2"><c r="A2" t="str"><v>&undefined;</v></c></row>', "cells cannot be read"),
])  # fmt: skip
def test_a_damaged_sheet_is_refused(cells: str, words: str) -> None:
    assert words in refused(of_xml(cells, "<si><t>x</t></si>"))


def test_another_encoding_is_refused_rather_than_read_as_nothing() -> None:
    xml = sheet_xml([(1, ["title"]), (2, ["x"])]).encode("utf-16")
    assert "not in UTF-8" in refused(packed(members_of(Sheet("Plan", [])) | {"xl/worksheets/sheet1.xml": xml}))


@pytest.mark.parametrize("lost", ["xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_lacks_a_part_is_refused(lost: str) -> None:
    members = members_of(Sheet("Plan", [["title"], ["x"]]))
    del members[lost]
    assert "the spreadsheet is damaged" in refused(packed(members))


@pytest.mark.system
@pytest.mark.promise("import-I14")
def test_a_file_cut_or_flipped_anywhere_is_read_or_refused() -> None:
    """Every cut is refused; a flipped bit hits a checksum, or what does not matter."""
    chance = random.Random(1)
    for end in range(4, len(GOOD)):
        refused(GOOD[:end])
    for place in range(4, len(GOOD)):
        flipped = bytearray(GOOD)
        flipped[place] ^= 1 << chance.randrange(8)
        read_or_refused(bytes(flipped))


@pytest.mark.promise("import-I14")
@pytest.mark.parametrize("name", [name for name in members_of(Sheet("Plan")) if name.startswith("xl/")])
def test_any_part_may_be_garbled(name: str) -> None:
    """Damage that the checksums do not show, because it was there before they were made."""
    members = members_of(Sheet("Plan", [["title", "x"], ["Till", date(2026, 7, 1)]]), strings="<si><t>x</t></si>")
    content = str(members[name]).encode()
    damage = [b"", b"<", b'"', b"&#65;", b"999999999", b"<!-- -->", b"-1", b"</c>", b"NaN"]
    chance = random.Random(2)
    for _ in range(300):
        garbled, place = bytearray(content), chance.randrange(len(content))
        garbled[place : place + chance.choice([0, 1, 7])] = chance.choice(damage)
        read_or_refused(packed(members | {name: bytes(garbled)}))


def read_or_refused(data: bytes) -> None:
    try:
        told = read_portfolio(data, "plan.xlsx").sentences()[0]
    except PortfolioError as error:
        told = str(error)
    assert "plan.xlsx" in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("error", "becomes"),
    [
        (RuntimeError("x"), PortfolioError),
        (type("PanicException", (BaseException,), {})("x"), PortfolioError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
    ids=["error", "panic", "interrupt"],
)
def test_whatever_the_reader_throws_is_one_sentence_but_for_an_interrupt(
    error: BaseException, becomes: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    import python_calamine

    class Throws:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise error

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Throws)
    with pytest.raises(becomes, match="its cells cannot be read" if becomes is PortfolioError else None):
        read_portfolio(GOOD, "plan.xlsx")


def test_without_the_extra_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert refused(GOOD) == "to read a spreadsheet, pip install 'quarterdeck[xlsx]' first, or save it as CSV."
    assert "an old Office file" in refused(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert read_portfolio(b"title\nx\n", "plan.csv").rows_read == 1


@pytest.mark.system
def test_the_reader_is_loaded_only_for_a_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("title\nx\n")
    code = "import sys; from pathlib import Path; from sessions.imports.portfolio import load_portfolio\n"
    code += "load_portfolio(Path(sys.argv[1]))\n"
    code += "assert not {'python_calamine', 'xml.parsers.expat', 'sessions.imports.xlsx.workbook'} & set(sys.modules)"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "plan.csv"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_people_may_be_a_spreadsheet_too() -> None:
    people = read_people(workbook(["Role", "Side", "Seat", "New"], ["COO", "business", "decider", True], ["CIO", "IT", None, None]), "p.xlsx").people
    assert [(each.id, each.side, each.seat) for each in people] == [("coo", "business", "decider"), ("cio", "it", "voter")]
    with pytest.raises(PortfolioError, match="line 2: “Mars Bars” is no seat"):
        read_people(workbook(["Role", "Side", "Seat"], ["COO", "business", "Mars Bars"]), "p.xlsx")
