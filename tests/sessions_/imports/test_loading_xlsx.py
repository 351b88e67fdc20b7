"""A spreadsheet comes in like the CSV saved from it: its first sheet with rows, as values; the report names what it skips."""

from __future__ import annotations

import csv
import io
import random
import struct
import sys
import tracemalloc
from datetime import date, datetime, timedelta
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from support import FIXTURES, refused_portfolio
from tables import cards, costs, titles, told
from workbooks import MAIN, OFFICE, Error, Sheet, Value, members_of, packed, sheet_xml, workbook

from sessions.errors import PortfolioError
from sessions.imports.formats import limits
from sessions.imports.formats.report import LoadReport
from sessions.imports.formats.unread import OLD_OFFICE
from sessions.imports.people import read_people
from sessions.imports.portfolio import load_portfolio, read_portfolio

PLAN = members_of(Sheet("Plan", [["title", "cost"], ["Till", 1250000.0], ["Desk", None]]), strings="<si><t>unused</t></si>")


def load(*rows: list[Value]) -> LoadReport:
    return read_portfolio(workbook(*rows), "plan.xlsx")


def refused(data: bytes) -> str:
    return refused_portfolio(data, "plan.xlsx")


def of_xml(cells: str, strings: str = "") -> bytes:
    """Return a workbook whose sheet holds a title, and under it these cells."""
    xml = sheet_xml([["title"]]).replace("</sheetData>", f"{cells}</sheetData>")
    return packed(members_of(Sheet("Plan", xml=xml), strings=strings))


def test_the_sample_is_the_same_as_a_table_and_as_a_spreadsheet() -> None:
    path = FIXTURES / "cards.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows: list[list[Value]] = [[float(cell) if cell.isdecimal() else cell or None for cell in row] for row in csv.reader(file)]
    table, sheet = load_portfolio(path), load(*rows)
    first = cards(table)[0]
    assert (len(cards(table)), first.objective, first.it_partner, first.benefit.monthly) == (24, "O1", "Head of Data & BI", 42_000)
    assert [card.id for card in cards(table) if card.must] == ["P09"]
    assert told(table) == ["5 objectives taken from the cards, ranked by their number"]
    assert (sheet.portfolio, sheet.recognised, sheet.guessed, sheet.noticed) == (table.portfolio, table.recognised, table.guessed, table.noticed)


@pytest.mark.parametrize(("value", "text"), [
    (1250000.0, "1250000"), (0.1 + 0.2, "0.3"), (-3.0, "-3"), (1e20, "1e+20"), (5, "5"), (True, "TRUE"), (False, "FALSE"),
    (date(2026, 7, 1), "2026-07-01"), (datetime(2026, 7, 1), "2026-07-01"), (datetime(2026, 7, 1, 14, 30), "2026-07-01 14:30:00"),
    (timedelta(hours=36), "1 day, 12:00:00"), ("=1+1", "=1+1"), ("'=1+1", "=1+1"), ("a\nb", "a\nb"),
])  # fmt: skip
def test_a_value_is_the_text_that_a_csv_would_have(value: Value, text: str) -> None:
    assert cards(load(["title", "x"], ["Till", value]))[0].fields == (("x", text),)


def test_the_table_may_stand_anywhere_in_the_first_visible_sheet_with_rows_and_the_others_are_told() -> None:
    table: list[list[Value]] = [[None, "title", "cost"], [None, "Till", "?!"], [], [], [], [None, None, 3], [], [], [None, "Desk", None, "beyond"]]
    rows = [[], [], [], *table]
    sheets = (Sheet("Empty"), Sheet("Secret", [["title"], ["no"]], "veryHidden"), Sheet("Plan", rows), Sheet("Rates", [["x"]]))
    report = read_portfolio(packed(members_of(*sheets)), "plan.xlsx")
    assert report.sentences()[0] == "2 projects read from plan.xlsx, sheet “Plan” (Excel workbook)"
    assert titles(report) == ["Till", "Desk"]
    assert cards(report)[1].fields == (("column 3", "beyond"),)
    assert [notice.line for notice in (*report.skipped, *report.guessed)] == [9, 12, 5]
    assert report.sentences()[-1] == "Noticed: one sheet is read; left out: “Empty”, “Secret” (hidden), “Rates”"


def test_cells_that_show_an_error_or_were_never_computed_are_empty_and_told() -> None:
    report = load(["title", "cost", "x"], ["Till", Error("#REF!"), Error("#N/A")])
    assert costs(report) == [("Till", None)]
    changes = [notice.sentence() for notice in report.changed]
    assert changes == ["line 2, cost: the error “#REF!” became empty", "line 2, x: the error “#N/A” became empty"]
    data = of_xml('<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="B2"><f>1+1</f><v/></c><c r="C2" t="str"><f>A9</f><v></v></c></row>')
    assert [(each.line, each.path) for each in read_portfolio(data, "plan.xlsx").changed] == [(2, "column 2")]


def test_people_may_be_a_spreadsheet_too() -> None:
    people = read_people(workbook(["Role", "Side", "Seat", "New"], ["COO", "business", "decider", True], ["CIO", "IT", None, None]), "p.xlsx").people
    assert [(each.id, each.side, each.seat) for each in people] == [("coo", "business", "decider"), ("cio", "it", "voter")]


# --- damage


@pytest.mark.parametrize(("cells", "words"), [
    ('<row r="2"><c><v>1</v></c></row>', "has no address"), ('<row r="2"><c r="2"><v>1</v></c></row>', "has no address"),
    ('<row r="2"><c r="A2" r="XFD2"><v>1</v></c></row>', "has no address"), ('<row r="2"><c r="&#65;2"><v>1</v></c></row>', "has no address"),
    ('<row r="2"><c s=">" r="A2"><v>1</v></c></row>', "not in a spreadsheet's form"),
    ('<row r="2"><c r="A2" t="s"><v>7</v></c></row>', "refers to no shared text"),
    ('<row r="2"><c r="A2" t="s"><v>-1</v></c></row>', "refers to no shared text"),
    ('<row r="2"><c r="A2" t="s"><v>0<!-- -->1</v></c></row>', "more than elements and text"),
    ('<row r="2"><c r="A2" t="n"><v>one</v></c></row>', "cells cannot be read"),
    ('<row r="2"><c r="A2" t="str"><v>&undefined;</v></c></row>', "cells cannot be read"),
])  # fmt: skip
def test_a_damaged_sheet_is_refused(cells: str, words: str) -> None:
    assert words in refused(of_xml(cells, "<si><t>x</t></si>"))


def test_a_workbook_that_lacks_a_part_or_has_one_in_another_encoding_is_refused() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    for lost in ("xl/_rels/workbook.xml.rels", sheet):
        assert "the spreadsheet is damaged" in refused(packed({name: content for name, content in PLAN.items() if name != lost}))
    assert "not in UTF-8" in refused(packed(PLAN | {sheet: str(PLAN[sheet]).encode("utf-16")}))


def read_or_refused(data: bytes) -> None:
    try:
        told = read_portfolio(data, "plan.xlsx").sentences()[0]
    except PortfolioError as error:
        told = str(error)
    assert "plan.xlsx" in told
    assert "\n" not in told


@pytest.mark.promise("import-I14")
@pytest.mark.parametrize("name", [name for name in PLAN if name.startswith("xl/")])
def test_any_part_may_be_garbled(name: str) -> None:
    """Damage that the checksums do not show, because it was there before they were made."""
    members = members_of(Sheet("Plan", [["title", "x"], ["Till", date(2026, 7, 1)]]), strings="<si><t>x</t></si>")
    content, chance = str(members[name]).encode(), random.Random(2)
    for _ in range(300):
        garbled, place = bytearray(content), chance.randrange(len(content))
        damage = chance.choice([b"", b"<", b'"', b"&#65;", b"999999999", b"<!-- -->", b"-1", b"</c>", b"NaN"])
        garbled[place : place + chance.choice([0, 1, 7])] = damage
        read_or_refused(packed(members | {name: bytes(garbled)}))


@pytest.mark.parametrize(("error", "becomes"), [
    (RuntimeError("x"), PortfolioError), (type("PanicException", (BaseException,), {})("x"), PortfolioError),
    (KeyboardInterrupt(), KeyboardInterrupt),
], ids=["error", "panic", "interrupt"])  # fmt: skip
def test_whatever_the_reader_throws_is_one_sentence_but_for_an_interrupt(
    error: BaseException, becomes: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Throws:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise error

    monkeypatch.setattr("python_calamine.CalamineWorkbook", Throws)
    with pytest.raises(becomes, match="its cells cannot be read" if becomes is PortfolioError else None):
        read_portfolio(packed(PLAN), "plan.xlsx")


def test_without_the_extra_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert refused(packed(PLAN)) == "to read a spreadsheet, pip install 'quarterdeck[xlsx]' first, or save it as CSV."
    assert "an old Office file" in refused(OLD_OFFICE + bytes(600))
    assert read_portfolio(b"title\nx\n", "plan.csv").rows_read == 1


# --- bombs


def refused_cheaply(data: bytes, most: int) -> str:
    """Return the refusal of a file that must not take more than `most` bytes of memory."""
    tracemalloc.start()
    try:
        return refused(data)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < most


def with_member(content: bytes, name: str = "xl/media/image1.bmp") -> bytes:
    return packed(PLAN | {name: content})


@pytest.mark.promise("import-I14")
@pytest.mark.parametrize(("data", "words"), [
    (with_member(bytes(60_000_000)), "unpacks to more than 50 MB"),
    (packed(PLAN | {f"xl/media/{number}.bmp": bytes(999_999) for number in range(60)}), "unpacks to more than 50 MB"),
    (with_member(bytes(2_000_000)), "unpacks to more than 100 times its size"),
    (packed(PLAN | {f"xl/media/{number}.bmp": b"" for number in range(200)}), "207 parts, more than the 200"),
    (with_member(b"", "XL\\Workbook.xml"), "two of its parts have the same name"),
], ids=["one bomb", "many bombs", "ratio", "members", "names"])  # fmt: skip
def test_i14_a_bomb_is_refused_by_its_list_before_a_byte_is_unpacked(data: bytes, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 50_000_000)
    monkeypatch.setattr(ZipFile, "open", None)  # a call would fail
    assert words in refused_cheaply(data, 2_000_000)


@pytest.mark.promise("import-I14")
def test_i14_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 50_000_000)
    data, size = with_member(bytes(60_000_000)), struct.pack("<L", 60_000_000)
    for said in (1, 900_000, 2**31):
        words = "cannot be unpacked" if said < 2**31 else "more than 50 MB"
        assert words in refused_cheaply(data.replace(size, struct.pack("<L", said)), 5_000_000)
    monkeypatch.setattr("sessions.imports.xlsx.archive._refuse_by_the_list", lambda *_: None)
    assert "more than 50 MB" in refused_cheaply(data, 160_000_000)
    assert "more than 100 times" in refused(with_member(bytes(2_000_000)))


@pytest.mark.promise("import-I14")
@pytest.mark.parametrize(("cells", "strings", "words"), [
    ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "", "the cell XFD1048576 is too far from the first"),
    ('<row r="4">' + '<c r="A4" t=\'s\'><v>0</v></c>' * 4_000 + "</row>", f"<si><t>{'x' * 60_000}</t></si>", "repeat more than 200 MB of text"),
    ('<row r="4">' + '<c r="A4" t="s"><v>1</v></c>' * 4_000 + "</row>", f"<si/><si><t>{'x' * 60_000}</t></si>", "repeat more than 200 MB of text"),
    ("<row>" + "<c/><c><v>1</v></c>" * 16_385 + "</row>", "", "has no address"),
], ids=["far corner", "shared text", "shifted text", "no addresses"])  # fmt: skip
def test_i14_a_small_sheet_that_would_fill_the_memory_is_not_shown_to_the_reader(
    cells: str, strings: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.imports.xlsx.workbook.read_cells", None)  # a call would fail
    assert words in refused_cheaply(of_xml(cells, strings), 3_000_000)


# --- what else a spreadsheet can hold, and other kinds of files


@pytest.mark.promise("import-I15")
def test_i15_a_formula_is_its_last_value_and_no_link_is_followed() -> None:
    sheet, formula = "xl/worksheets/sheet1.xml", '<f>[1]Rates!$B$2*WEBSERVICE("http://tracker.example")</f>'
    members = PLAN | {sheet: str(PLAN[sheet]).replace("<v>", f"{formula}<v>")}
    relation = f'<Relationship Id="x" Type="{OFFICE}/externalLink" Target="http://tracker.example/a.xlsx" TargetMode="External"/></Relationships>'
    members["xl/_rels/workbook.xml.rels"] = str(members["xl/_rels/workbook.xml.rels"]).replace("</Relationships>", relation)
    members["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}"/>'
    assert costs(read_portfolio(packed(members), "x.xlsx")) == [("Till", 1_250_000), ("Desk", None)]


def packed_otherwise() -> tuple[bytes, bytes]:
    """Return a workbook in another packing, and one that is encrypted."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", PLAN["xl/workbook.xml"])
    encrypted = bytearray(packed(PLAN))
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    return file.getvalue(), bytes(encrypted)


@pytest.mark.promise("import-I15")
@pytest.mark.parametrize(("data", "words"), [
    (packed_otherwise()[0], "packed in a way that spreadsheets are not"), (packed_otherwise()[1], "the spreadsheet is encrypted"),
    (packed(PLAN | {"xl/vbaProject.bin": b"x"}), "holds macros (.xlsm); save it as .xlsx or CSV"),
    (packed(PLAN | {"[Content_Types].xml": '<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'}), "holds macros"),
    (packed({"xl/workbook.bin": b"x"}), "(.xlsb), which is not read; in Excel choose File, Save As, Excel Workbook (.xlsx)"),
    (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "(as .ods), which is not read; in LibreOffice"),
    (packed({}), "an archive (.zip), which is not read; unpack it"),
    (OLD_OFFICE + bytes(600), "an old Office file (as .xls, .doc or .mpp), which is not read; save it as .xlsx or CSV"),
    (OLD_OFFICE + bytes(60) + "EncryptedPackage".encode("utf-16-le"), "with a password, which is not read; save it without one"),
    (OLD_OFFICE + bytes(60) + b"MSProject.MPP14", "(.mpp), which is not read; in Microsoft Project choose File, Save As, XML"),
    (OLD_OFFICE + bytes(60) + "Workbook".encode("utf-16-le"), "from before 2007 (.xls), which is not read; in Excel choose File"),
    (OLD_OFFICE + bytes(60) + "WordDocument".encode("utf-16-le"), "a Word document (.doc), which is not read; copy the table"),
    (packed({"word/document.xml": "<x/>"}), "a Word document (.docx), which is not read; copy the table in it into a spreadsheet"),
    (packed({"ppt/presentation.xml": "<x/>"}), "a PowerPoint presentation (.pptx), which is not read"),
    (packed({"Index/Document.iwa": b"x"}), "(or Pages, or Keynote), which is not read; in Numbers choose File, Export To"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture, which is not read; save the table that it shows as .xlsx or CSV"),
    (b"%PDF-1.7", "a PDF, which is not read; from the program that made it, export the table as .xlsx or CSV"),
], ids=["bzip2", "encrypted", "vba", "macro type", "xlsb", "ods", "zip", "ole", "password", "mpp", "xls", "doc", "docx", "pptx", "numbers", "picture",
    "pdf"])  # fmt: skip
def test_i15_macros_and_other_kinds_of_files_are_refused_and_it_is_said_what_to_save_as(data: bytes, words: str) -> None:
    assert words in refused(data)


@pytest.mark.promise("import-I15")
@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "docProps/app.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_i15_entities_in_any_part_are_refused_before_one_is_resolved(name: str, encoding: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    content = laughs + str(PLAN.get(name, "<x/>")).replace("</", "&b;&c;</")
    assert "defines entities of its own" in refused(packed(PLAN | {name: content.encode(encoding)}))
