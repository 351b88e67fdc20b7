"""The promises of RELIABILITY section 3, one test each, by their names."""

from __future__ import annotations

import ast
import codecs
import contextlib
import csv
import io
import os
import re
import struct
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from disk import DiskLibrary, path_of
from support import FakeClock, Room, bare, refused_portfolio, small
from workbooks import MAIN, OFFICE, Formula, Sheet, members_of, packed, sheet_xml, workbook

import sessions
from sessions.commands.rounds import OpenRound, SealBallot
from sessions.errors import PortfolioError
from sessions.export.csv_export import as_csv
from sessions.imports.ballots.file import read_ballots
from sessions.imports.formats import limits
from sessions.imports.formats.unread import OLD_OFFICE
from sessions.imports.people import load_people
from sessions.imports.portfolio import load_portfolio, read_portfolio
from sessions.portfolio.models import Benefit, Portfolio, Project
from sessions.rounds.methods.points import SPEC as POINTS
from sessions.summary.writing import default_name

ROOT = Path(sessions.__file__).parent.parent
NAMES = ("../../etc/passwd", "/etc/passwd", "..", "", "a\x00b", "x" * 300, "con", "-rf", ".hidden", "a\nb", "a/b", "[/]", "漢字", "\u202egpj", "~")


def refused(data: bytes) -> str:
    return refused_portfolio(data, "cards.csv")


def table_of(*cards: Project) -> str:
    return as_csv(Room(Portfolio(projects=cards)).session)


FORMULAS = ("=cmd|'/c calc'!A1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "'=1", "''=1", " =1")


@pytest.mark.promise("import-I1")
@pytest.mark.parametrize("text", FORMULAS)
def test_i1_a_text_is_no_formula_a_figure_is_a_figure_and_both_read_back(text: str) -> None:
    card = Project(id="C1", title=text.strip(), description=text.strip(), benefit=Benefit(monthly=9000), fields=(("=name", text.strip()),))
    written = table_of(card)
    for row in csv.reader(io.StringIO(written, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) for cell in row)
    assert ",9000," in written
    assert read_portfolio(written.encode(), "x.csv").portfolio.projects == (card,)


@pytest.mark.promise("import-I2")
@pytest.mark.parametrize("text", ['a,b', 'a"b', '"', "a;b", "a\nb", "a|b\tc", "\u2028"])
def test_i2_what_parts_cells_is_quoted_and_reads_back(text: str) -> None:
    written = table_of(Project(id="C1", title="x", note=text), Project(id="C2", title="y"))
    (first, second) = read_portfolio(written.encode(), "x.csv").portfolio.projects
    assert first.note == text.replace("\t", " ").replace("\u2028", "\ufffd")
    assert second.title == "y"
    assert written.count("\r\n") == 3


@pytest.mark.promise("import-I4")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_i4_a_name_stays_data_and_never_becomes_a_path(name: str, tmp_path: Path) -> None:
    library = DiskLibrary(tmp_path / "library", FakeClock(), lambda length: "0" * length)
    with library.create(bare(), title=name, quarter=name) as opened:
        assert re.fullmatch(r"[a-z0-9-]{1,60}\.json", path_of(opened).name)
        assert path_of(opened).resolve().parent == (tmp_path / "library").resolve()
        assert [path.name for path in tmp_path.iterdir()] == ["library"]
        session = opened.live.session
        assert re.fullmatch(r"quarterdeck[a-z0-9-]{0,49}\.md", default_name(session))


@pytest.mark.promise("import-I5", "import-I6", "import-I7")
@pytest.mark.parametrize(("encoding", "told"), [
    ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
    ("cp1252", "read as Windows-1252"),
])  # fmt: skip
def test_i5_i6_i7_the_encoding_is_found_and_announced(encoding: str, told: str) -> None:
    report = read_portfolio("Title,Sponsor\r\nCafé,Süd\r\n".encode(encoding), "x.csv")
    assert (report.portfolio.projects[0].title, report.portfolio.projects[0].sponsor) == ("Café", "Süd")
    assert told in report.sentences()[0]
    assert report.recognised == (("Title", "title"), ("Sponsor", "sponsor"))
    assert report.changed == ()


@pytest.mark.promise("import-I7")
@pytest.mark.parametrize(("data", "title", "encoding", "changed"), [
    (b"Caf\x8e \x8d", "Café ç", "read as Mac Roman", ""),
    (b"Caf\xe9 \x81 \xa5", "Café � ¥", "read as Windows-1252", "line 2: 1 byte unknown to Windows-1252 became �"),
    ("Café – naïve".encode() + b"\xe9", "Café – naïve�", "UTF-8", "line 2: 1 byte unknown to UTF-8 became �"),
], ids=["Mac Roman", "Windows-1252", "UTF-8"])  # fmt: skip
def test_i7_a_few_bytes_that_an_encoding_does_not_know_refuse_no_file(data: bytes, title: str, encoding: str, changed: str) -> None:
    report = read_portfolio(b"title\r\n" + data + b"\r\n", "x.csv")
    assert report.portfolio.projects[0].title == title
    assert encoding in report.reader
    assert [notice.sentence() for notice in report.changed] == [changed] * bool(changed)


@pytest.mark.promise("import-I6")
def test_i6_a_mark_that_lies_is_refused() -> None:
    assert "marked as UTF-16" in refused(codecs.BOM_UTF16_LE + b"\x00\xd8\x00")


@pytest.mark.promise("import-I8")
@pytest.mark.parametrize(("delimiter", "told"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_i8_the_delimiter_is_found_and_announced(delimiter: str, told: str) -> None:
    report = read_portfolio(f"title{delimiter}sponsor\na, b; c{delimiter}x\n".replace("a, b; c", '"a, b; c"').encode(), "x.csv")
    assert report.portfolio.projects[0].title == "a, b; c"
    assert told in report.sentences()[0]


@pytest.mark.promise("import-I8")
def test_i8_one_column_may_hold_any_of_them() -> None:
    report = read_portfolio(b"title\na, b; c\nd,e|f;g\th\n", "x.csv")
    assert [project.title for project in report.portfolio.projects] == ["a, b; c", "d,e|f;g h"]
    assert "one column" in report.sentences()[0]


@pytest.mark.promise("import-I9")
def test_i9_doubled_ids_and_headers_blank_ids_missing_titles_and_extra_cells_are_all_told_with_their_lines() -> None:
    doubled = read_portfolio(b"id,title\nA,x\nA-2,y\nA,z\nA,w\n", "x.csv")
    assert [(card.id, card.made_id) for card in doubled.portfolio.projects] == [("A", True), ("A-2", False), ("A-3", True), ("A-4", True)]
    told = [notice.sentence() for notice in doubled.guessed]
    assert told == [f"line {line}, id: “A” is the id of line 2 too; this card becomes {new}" for line, new in ((4, "A-3"), (5, "A-4"))]
    report = read_portfolio(b"id,title,tag,tag\nA,x,1,2\n,y,3,4,5\nC,,6,7\n", "x.csv")
    assert [project.title for project in report.portfolio.projects] == ["x", "y"]
    assert report.portfolio.projects[0].fields == (("tag", "1"), ("tag (2)", "2"))
    assert [(notice.line, notice.text) for notice in report.skipped] == [(4, "no title")]
    told = " ".join(report.sentences())
    assert "appears more than once" in told
    assert "line 3" in told
    assert "id: 1 row has no id and gets one (line 3)" in told


@pytest.mark.promise("import-I10")
def test_i10_a_quote_that_is_never_closed_is_refused_with_its_line() -> None:
    assert "line 3: a quotation mark is opened and never closed" in refused(b'title,cost\na,1\n"b,2\nc,3\n')
    assert "line 5: a quotation mark is opened and never closed" in refused(b'title;cost\r\na;1\r\n"b\r\n""""c";;\r\nd "x";"2\r\nc;3\r\n')
    assert "line 3: a quotation mark is opened, and the next one, in line 5, is in" in refused(b'title,cost\na,1\n"b,2\nc,3\n"d,x",5\n')


@pytest.mark.promise("import-I11")
def test_i11_a_huge_cell_is_refused_with_its_line() -> None:
    assert "line 2: a cell is longer than the 10,000,000" in refused(b"title,cost\n" + b"x" * 10_000_001 + b",1\n")


@pytest.mark.promise("import-I12")
def test_i12_a_nul_is_refused_with_its_line() -> None:
    assert "line 2 holds a NUL" in refused(b"title\na\x00b\n")


@pytest.mark.promise("import-I13")
def test_i13_too_much_is_refused_by_its_size_before_a_byte_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(100_000_001)

    def never(*_: object) -> None:
        raise AssertionError("the file was read")

    monkeypatch.setattr(os, "fdopen", never)
    monkeypatch.setattr(os, "read", never)
    for load in (load_portfolio, load_people):
        with pytest.raises(PortfolioError, match="larger than 100 MB"):
            load(path)


@pytest.mark.promise("import-I13")
@pytest.mark.parametrize(("data", "words"), [
    (b"title\n" + b"a\n" * 31, "more than 30 rows"), (b"title\n" + b" ; \n" * 700 + b"a\n", "more than 30 rows"),
    (workbook(["title"], *[["a"]] * 31), "more than 30 rows"), (workbook(["title"], *[["a"]] * 60), "more than 30 rows"),
    (b'[{"title": "a"}' + b', {"title": "a"}' * 30 + b"]", "more than 30 cards"), (b'[{"title": [' + b"{}, " * 700 + b"{}]}]", "more than 30 rows"),
    (b"title" + b",a" * 40 + b"\nx\n", "41 columns are more than the 40"), (b"title,b\n" + b"x" + b",a" * 40 + b"\n", "line 2: 41 columns are more"),
    (workbook(["title", *"a" * 40], ["x"]), "41 columns are more than the 40"),
    (b'[{"title": "a"' + b"".join(b', "%d": 1' % number for number in range(40)) + b"}]", "[0]: 41 fields are more than the 40"),
    (b"title,note\nx,\"y\n" + b"z" * 1_000 + b'"\n', "line 2: a cell is longer than the 1,000"),
    (b'[{"title": "x", "note": "' + b"z" * 1_001 + b'"}]', "[0].note: this text is longer than the 1,000"),
    (workbook(["title", "note"], ["x", "z" * 1_001]), "line 2, note: this text is longer than the 1,000"),
], ids=["csv", "empty rows", "xlsx", "xlsx at once", "json", "json parts", "header", "row", "xlsx header", "fields",
    "cell", "text", "xlsx cell"])  # fmt: skip
def test_i13_too_many_rows_columns_and_letters_are_refused(data: bytes, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("ROWS", 30), ("COLUMNS", 40), ("CELL", 1_000)):
        monkeypatch.setattr(limits, name, most)
    assert words in refused(data)


@pytest.mark.system
@pytest.mark.promise("import-I13")
@pytest.mark.parametrize("data", [
    b"title\n" + b"x" * 90_000_000, b"title\n" + b";" * 90_000_000, b"title\n" + b"\n" * 90_000_000, b"title\n" + b"x\n" * 40_000_000,
    b"[" + b"{}," * 20_000_000 + b"{}]", b"[" * 90_000_000, b"title,a\nx," + b" " * 9_000_000 + b"x\n", b"title\n" + b"x\n" * 99_999,
], ids=["one cell", "empty cells", "empty lines", "rows", "objects", "brackets", "spaces", "as many as are read"])  # fmt: skip
def test_i13_a_file_as_large_as_may_be_is_read_or_refused_soon(data: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(PortfolioError):
        read_portfolio(data, "x.csv")
    assert time.process_time() - began < 60


PLAN = members_of(Sheet("Plan", [["title", "cost"], ["Till", 5]]))


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
    (packed(PLAN | {f"xl/media/{number}.bmp": b"" for number in range(200)}), "206 parts, more than the 200"),
    (with_member(b"", "XL\\Workbook.xml"), "two of its parts have the same name"),
], ids=["one bomb", "many bombs", "ratio", "members", "names"])  # fmt: skip
def test_i14_a_bomb_is_refused_by_its_list_before_a_byte_is_unpacked(data: bytes, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(limits, "FILE_BYTES", 50_000_000)
    monkeypatch.setattr(ZipFile, "open", never)
    assert words in refused_cheaply(data, 2_000_000)


@pytest.mark.promise("import-I14")
def test_i14_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 50_000_000)
    data, size = with_member(bytes(60_000_000)), struct.pack("<L", 60_000_000)
    for said in (1, 900_000, 2**31):
        lying = data.replace(size, struct.pack("<L", said))
        assert lying != data
        words = "cannot be unpacked" if said < 2**31 else "more than 50 MB"
        assert words in refused_cheaply(lying, 5_000_000)


@pytest.mark.promise("import-I14")
def test_i14_what_unpacks_is_counted_whatever_the_list_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 50_000_000)
    monkeypatch.setattr("sessions.imports.xlsx.archive._refuse_by_the_list", lambda *_: None)
    assert "more than 50 MB" in refused_cheaply(with_member(bytes(60_000_000)), 160_000_000)
    assert "more than 100 times" in refused(with_member(bytes(2_000_000)))


def test_i14_another_packing_and_encryption_are_refused() -> None:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", PLAN["xl/workbook.xml"])
    assert "packed in a way that spreadsheets are not" in refused(file.getvalue())
    data = bytearray(packed(PLAN))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "the spreadsheet is encrypted" in refused(bytes(data))


@pytest.mark.promise("import-I14")
@pytest.mark.parametrize(("cells", "strings", "words"), [
    ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "", "the cell XFD1048576 is too far from the first"),
    ('<row r="4">' + '<c r="A4" t=\'s\'><v>0</v></c>' * 4_000 + "</row>", f"<si><t>{'x' * 60_000}</t></si>", "repeat more than 200 MB of text"),
    ('<row r="4">' + '<c r="A4" t="s"><v>1</v></c>' * 4_000 + "</row>", f"<si/><si><t>{'x' * 60_000}</t></si>", "repeat more than 200 MB of text"),
    ("<row>" + "<c/><c><v>1</v></c>" * 16_385 + "</row>", "", "does not say"),
], ids=["far corner", "shared text", "shifted text", "no addresses"])  # fmt: skip
def test_i14_a_small_sheet_that_would_fill_the_memory_is_not_shown_to_the_reader(
    cells: str, strings: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the reader saw it")

    monkeypatch.setattr("sessions.imports.xlsx.workbook.read_cells", never)
    xml = sheet_xml([(1, ["title"]), (2, ["x"])]).replace("</sheetData>", f"{cells}</sheetData>")
    assert words in refused_cheaply(packed(members_of(Sheet("Plan", xml=xml), strings=strings)), 3_000_000)


@pytest.mark.promise("import-I15")
def test_i15_a_formula_is_its_last_value_and_no_link_is_followed() -> None:
    members = members_of(Sheet("Plan", [["title", "cost"], ["Till", Formula("[1]Rates!$B$2*WEBSERVICE(\"http://tracker.example\")", 1250000.0)]]))
    relation = f'<Relationship Id="x" Type="{OFFICE}/externalLink" Target="http://tracker.example/a.xlsx" TargetMode="External"/></Relationships>'
    members["xl/_rels/workbook.xml.rels"] = str(members["xl/_rels/workbook.xml.rels"]).replace("</Relationships>", relation)
    members["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}"/>'
    (project,) = read_portfolio(packed(members), "x.xlsx").portfolio.projects
    assert project.budget is not None
    assert project.budget.amount == 1_250_000


@pytest.mark.promise("import-I15")
@pytest.mark.parametrize(("data", "words"), [
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
], ids=["vba", "macro type", "xlsb", "ods", "zip", "ole", "password", "mpp", "xls", "doc", "docx", "pptx", "numbers", "picture", "pdf"])  # fmt: skip
def test_i15_macros_and_other_kinds_of_spreadsheets_are_refused_and_it_is_said_what_to_save_as(data: bytes, words: str) -> None:
    assert words in refused(data)


@pytest.mark.promise("import-I15")
@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "docProps/app.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_i15_entities_in_any_part_are_refused_before_one_is_resolved(name: str, encoding: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    content = laughs + str(PLAN.get(name, "<x/>")).replace("</", "&b;&c;</")
    assert "defines entities of its own" in refused(packed(PLAN | {name: content.encode(encoding)}))


EVALUATES = {"yaml", "ruamel", "pickle", "marshal", "shelve", "dill", "eval", "exec", "compile", "__import__"}
"""Modules and functions that may run what they read."""


def used(source: str) -> set[str]:
    """Return the modules that a source imports, and the names that it uses by themselves: `re.compile` is none."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import():
                names |= {alias.name.partition(".")[0] for alias in node.names}
            case ast.ImportFrom(module=str(module), level=0):
                names.add(module.partition(".")[0])
            case ast.Name():
                names.add(node.id)
    return names


@pytest.mark.promise("import-I16")
def test_i16_nothing_reads_yaml_or_pickles_or_evaluates() -> None:
    for path in (each for package in ("sessions", "tui") for each in (ROOT / package).rglob("*.py")):
        assert not used(path.read_text(encoding="utf-8")) & EVALUATES, path


@pytest.mark.promise("import-I17")
@pytest.mark.parametrize("load", [load_portfolio, load_people])
def test_i17_what_is_no_file_is_refused_and_a_link_is_what_it_points_to(load: object, tmp_path: Path) -> None:
    assert callable(load)
    (tmp_path / "folder").mkdir()
    places = [tmp_path / "folder"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        places.append(tmp_path / "pipe")
    places += [device for device in (Path("/dev/zero"), Path("/dev/null")) if device.exists()]
    for number, place in enumerate(places):
        link = tmp_path / f"link{number}"
        link.symlink_to(place)
        for path in (place, link):
            with pytest.raises(PortfolioError, match=r"a folder|a pipe or a device"):
                load(path)
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    with pytest.raises(PortfolioError, match="no such file"):
        load(tmp_path / "dangling")


@pytest.mark.promise("import-I17")
@pytest.mark.parametrize("load", [load_portfolio, load_people])
def test_i17_a_file_that_grows_after_it_was_measured_is_read_no_further_than_the_limit(
    load: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 5_000_000)
    path = tmp_path / "growing.csv"
    path.write_bytes(b"title\n")
    measured = os.fstat

    def fstat(handle: int) -> os.stat_result:
        """Measure, and then let the file grow far beyond what is believed."""
        status = measured(handle)
        if status.st_ino == inode and status.st_size < 100:
            os.truncate(path, 50 * limits.FILE_BYTES)
        return status

    inode = path.stat().st_ino
    monkeypatch.setattr(os, "fstat", fstat)
    tracemalloc.start()
    try:
        with pytest.raises(PortfolioError, match="larger than 5 MB"):
            load(path)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size == 50 * limits.FILE_BYTES, "it grew"
    assert most < 4 * limits.FILE_BYTES


@pytest.mark.promise("import-I19")
@pytest.mark.parametrize(("data", "words"), [(b"", "the file is empty"), (b"title\n", "no row under it"), (b"title,cost\n,1\n", "no row has a title"),
                                             (b"[]", "no projects in it"), (workbook(), "no sheet has anything in it"),
                                             (workbook(["title"]), "no row under it")])  # fmt: skip
def test_i19_nothing_is_said_to_be_nothing(data: bytes, words: str) -> None:
    assert words in refused(data)


@pytest.mark.promise("import-I20")
def test_i20_ballots_that_come_in_while_a_session_runs_are_events_behind_those_that_stand() -> None:
    room = Room(small()).everybody()
    room.do(OpenRound())
    before, session = list(room.log.records), room.session
    file = read_ballots(b"voter,P1,P2\nCOO,20,\nCIO,,20\nnobody,1,1\n", "b.csv", POINTS.reader, session.voters(), session.order)
    assert room.log.records == before
    assert room.session is session
    room.do(*[SealBallot.model_validate({"round": 1, "voice": voice, "points": ballot}) for voice, ballot in file.ballots.items()])
    assert room.log.records[: len(before)] == before
    assert [record["kind"] for record in room.log.records[len(before) :]] == ["ballot_sealed"] * 2


@pytest.mark.promise("terminal-T23")
@pytest.mark.parametrize(("text", "words"), [
    ('[{"title": "x", "budget": NaN}]', "NaN is not a number"), ('[{"title": "x", "budget": Infinity}]', "Infinity is not a number"),
    ('[{"title": "x", "budget": 1e999}]', "absurdly"), ('[{"title": "x", "title": "y"}]', "appears twice"),
    ("[" * 100_000, "nested too deeply"), ('{"cards":' * 100_000, "nested too deeply"),
    ('[{"title": "x", "budget": ' + "9" * 5_000 + "}]", "absurdly"),
])  # fmt: skip
def test_t23_json_that_python_would_take_or_choke_on_is_refused_in_a_sentence(text: str, words: str) -> None:
    assert words in refused(text.encode())


@pytest.mark.promise("terminal-T20", "terminal-T22")
def test_t20_t22_a_title_of_a_million_characters_or_of_many_lines_comes_in_as_one_line_and_it_is_told() -> None:
    report = read_portfolio(("title\n" + "x" * 100_000 + '\n"a\nb\r\nc"\n').encode(), "x.csv")
    assert [project.title for project in report.portfolio.projects] == ["x" * 199 + "…", "a b c"]
    told = [(notice.line, notice.text) for notice in report.changed]
    assert told == [(2, "cut from 100000 to 200 characters"), (3, "2 line ends became a space")]
    report = read_portfolio(('[{"title": "' + "y" * 1_000_000 + '"}]').encode(), "x.json")
    assert report.portfolio.projects[0].title == "y" * 199 + "…"
    assert report.changed[0].text == "cut from 1000000 to 200 characters"


@pytest.mark.promise("terminal-T19")
def test_t19_a_lone_surrogate_is_replaced_and_told() -> None:
    report = read_portfolio(b'[{"title": "a\\ud800b"}]', "x.json")
    assert report.portfolio.projects[0].title == "a\ufffdb"
    assert report.changed[0].text == "1 broken character replaced"
