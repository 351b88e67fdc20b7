"""The promises of RELIABILITY section 3, one test each, by their names; those of spreadsheets are in `test_loading_xlsx`."""

from __future__ import annotations

import ast
import codecs
import contextlib
import os
import re
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from disk import DiskLibrary, path_of
from sources import imports_of, sources
from support import FakeClock, Room, bare, refused_portfolio, small
from tables import cards, read, titles
from workbooks import workbook

from sessions.commands.rounds import OpenRound, SealBallot
from sessions.errors import PortfolioError
from sessions.imports.ballots.file import read_ballots
from sessions.imports.formats import limits
from sessions.imports.people import load_people
from sessions.imports.portfolio import load_portfolio, read_portfolio
from sessions.rounds.methods.points import SPEC as POINTS
from sessions.summary.writing import default_name

NAMES = ("../../etc/passwd", "/etc/passwd", "..", "", "a\x00b", "x" * 300, "con", "-rf", ".hidden", "a\nb", "a/b", "[/]", "漢字", "\u202egpj", "~")


@pytest.mark.promise("import-I4")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_i4_a_name_stays_data_and_never_becomes_a_path(name: str, tmp_path: Path) -> None:
    library = DiskLibrary(tmp_path / "library", FakeClock(), lambda length: "0" * length)
    with library.create(bare(), title=name, quarter=name) as opened:
        assert re.fullmatch(r"[a-z0-9-]{1,60}\.json", path_of(opened).name)
        assert path_of(opened).resolve().parent == (tmp_path / "library").resolve()
        assert [path.name for path in tmp_path.iterdir()] == ["library"]
        assert re.fullmatch(r"quarterdeck[a-z0-9-]{0,49}\.md", default_name(opened.live.session))


CAFE = "Title,Sponsor\r\nCafé,Süd\r\n"


@pytest.mark.promise("import-I5", "import-I6", "import-I7")
@pytest.mark.parametrize(("data", "title", "encoding", "changed"), [
    *((CAFE.encode(codec), "Café", "UTF-8", "") for codec in ("utf-8", "utf-8-sig")),
    *((CAFE.encode(codec), "Café", "UTF-16", "") for codec in ("utf-16", "utf-16-le", "utf-16-be")),
    (CAFE.encode("cp1252"), "Café", "read as Windows-1252", ""), (b"title\nCaf\x8e \x8d\n", "Café ç", "read as Mac Roman", ""),
    (b"title\nCaf\xe9 \x81 \xa5\n", "Café � ¥", "read as Windows-1252", "line 2: 1 byte unknown to Windows-1252 became �"),
    ("title\nCafé – naïve".encode() + b"\xe9\n", "Café – naïve�", "UTF-8", "line 2: 1 byte unknown to UTF-8 became �"),
])  # fmt: skip
def test_i5_i6_i7_the_encoding_is_found_and_announced_and_a_few_unknown_bytes_refuse_no_file(
    data: bytes, title: str, encoding: str, changed: str
) -> None:
    report = read_portfolio(data, "x.csv")
    assert titles(report) == [title]
    assert encoding in report.sentences()[0]
    assert report.recognised[0][1] == "title"
    assert [notice.sentence() for notice in report.changed] == [changed] * bool(changed)


@pytest.mark.promise("import-I8")
@pytest.mark.parametrize(("text", "title", "separator"), [
    ('title,sponsor\n"a, b; c",x\n', "a, b; c", "commas"), ('title;sponsor\n"a, b; c";x\n', "a, b; c", "semicolons"),
    ('title\tsponsor\n"a, b; c"\tx\n', "a, b; c", "tabs"), ('title|sponsor\n"a, b; c"|x\n', "a, b; c", "bars"),
    ("title\na, b; c\n", "a, b; c", "one column"), ("title\nd,e|f;g\th\n", "d,e|f;g h", "one column"),
])  # fmt: skip
def test_i8_the_separator_is_found_and_announced_and_one_column_may_hold_any(text: str, title: str, separator: str) -> None:
    report = read(text)
    assert titles(report) == [title]
    assert separator in report.sentences()[0]


@pytest.mark.promise("import-I9")
def test_i9_doubled_ids_and_headers_blank_ids_missing_titles_and_extra_cells_are_all_told_with_their_lines() -> None:
    doubled = read("id,title\nA,x\nA-2,y\nA,z\nA,w\n")
    assert [(card.id, card.made_id) for card in cards(doubled)] == [("A", True), ("A-2", False), ("A-3", True), ("A-4", True)]
    told = [notice.sentence() for notice in doubled.guessed]
    assert told == [f"line {line}, id: “A” is the id of line 2 too; this card becomes {new}" for line, new in ((4, "A-3"), (5, "A-4"))]
    report = read("id,title,tag,tag\nA,x,1,2\n,y,3,4,5\nC,,6,7\n")
    assert titles(report) == ["x", "y"]
    assert cards(report)[0].fields == (("tag", "1"), ("tag (2)", "2"))
    assert [notice.sentence() for notice in report.skipped] == ["line 4: no title"]
    told = " ".join(report.sentences())
    for part in ("appears more than once", "line 3", "id: 1 row has no id and gets one (line 3)"):
        assert part in told


@pytest.mark.promise("import-I6", "import-I10", "import-I11", "import-I12", "import-I19")
@pytest.mark.parametrize(("data", "words"), [
    (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "marked as UTF-16"),
    (b'title,cost\na,1\n"b,2\nc,3\n', "line 3: a quotation mark is opened and never closed"),
    (b'title;cost\r\na;1\r\n"b\r\n""""c";;\r\nd "x";"2\r\nc;3\r\n', "line 5: a quotation mark is opened and never closed"),
    (b'title,cost\na,1\n"b,2\nc,3\n"d,x",5\n', "line 3: a quotation mark is opened, and the next one, in line 5, is in"),
    (b"title,cost\n" + b"x" * 10_000_001 + b",1\n", "line 2: a cell is longer than the 10,000,000"), (b"title\na\x00b\n", "line 2 holds a NUL"),
    (b"", "the file is empty"), (b"title\n", "no row under it"), (b"title,cost\n,1\n", "no row has a title"), (b"[]", "no projects in it"),
    (workbook(), "no sheet has anything in it"), (workbook(["title"]), "no row under it"),
], ids=["I6", "I10", "I10 later", "I10 next", "I11", "I12", "I19 empty", "I19 header", "I19 titles", "I19 json", "I19 sheet", "I19 row"])  # fmt: skip
def test_i10_i11_i12_i19_what_cannot_be_read_is_refused_with_its_line(data: bytes, words: str) -> None:
    assert words in refused_portfolio(data, "cards.csv")


@pytest.mark.promise("import-I13")
def test_i13_too_much_is_refused_by_its_size_before_a_byte_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(100_000_001)
    monkeypatch.setattr(os, "fdopen", None)  # a call would fail
    monkeypatch.setattr(os, "read", None)
    for load in (load_portfolio, load_people):
        with pytest.raises(PortfolioError, match="larger than 100 MB"):
            load(tmp_path / "huge.csv")


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
    (b"Portfolio\n\ntitle\n" + b"a\n" * 150, "more than 30 rows"), (b"Portfolio\n" + b"title," * 40 + b"\na\n", "41 columns"),
], ids=["csv", "empty rows", "xlsx", "xlsx whole", "json", "json parts", "header", "row", "xlsx header", "fields",
    "cell", "text", "xlsx cell", "rows below a title", "header below a title"])  # fmt: skip
def test_i13_too_many_rows_columns_and_letters_are_refused(data: bytes, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("ROWS", 30), ("COLUMNS", 40), ("CELL", 1_000)):
        monkeypatch.setattr(limits, name, most)
    assert words in refused_portfolio(data, "cards.csv")


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


@pytest.mark.parametrize("data", [b"title\nx\n", b'[{"title": "x"}]', workbook(["title"], ["x"])], ids=["csv", "json", "xlsx"])
def test_whoever_does_not_want_to_wait_stops_the_reading_at_a_row(data: bytes) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_portfolio(data, "cards.csv", on_row=stop)


EVALUATES = {"yaml", "ruamel", "pickle", "marshal", "shelve", "dill", "eval", "exec", "compile", "__import__"}
"""Modules and functions that may run what they read."""


@pytest.mark.promise("import-I16")
def test_i16_nothing_reads_yaml_or_pickles_or_evaluates() -> None:
    for source in sources():
        imported = {each.name.partition(".")[0] for each in imports_of(source.tree, source.module)}
        called = {node.id for node in ast.walk(source.tree) if isinstance(node, ast.Name)}  # by itself: `re.compile` is none
        assert not (imported | called) & EVALUATES, source.path


@pytest.mark.promise("import-I17")
@pytest.mark.parametrize("load", [load_portfolio, load_people])
def test_i17_what_is_no_file_is_refused_and_a_link_is_what_it_points_to(load: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for number, place in enumerate((tmp_path / "folder", tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null"))):
        link = tmp_path / f"link{number}"
        link.symlink_to(place)
        for path in (place, link):
            with pytest.raises(PortfolioError, match=r"a folder|a pipe or a device"):
                load(path)
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    for name, words in (("dangling", "no such file"), ("x" * 5_000, "cannot be opened"), ("nul\x00", "cannot be opened"), ("b\x1b[2J", "no such")):
        with pytest.raises(PortfolioError, match=words) as refused:
            load(tmp_path / name)
        assert "\x1b" not in str(refused.value)


@pytest.mark.promise("import-I17")
def test_i17_a_file_that_is_larger_than_it_says_is_read_no_further_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one is that grows after it was measured."""
    with (tmp_path / "growing.csv").open("wb") as file:
        file.truncate(250_000_000)
    fstat = os.fstat
    monkeypatch.setattr(limits, "FILE_BYTES", 5_000_000)
    monkeypatch.setattr(os, "fstat", lambda handle: os.stat_result((*fstat(handle)[:6], 6, *fstat(handle)[7:10])))
    tracemalloc.start()
    try:
        with pytest.raises(PortfolioError, match="larger than 5 MB"):
            load_portfolio(tmp_path / "growing.csv")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 4 * limits.FILE_BYTES


@pytest.mark.promise("import-I20")
def test_i20_ballots_that_come_in_while_a_session_runs_are_events_behind_those_that_stand() -> None:
    room = Room(small()).everybody()
    room.do(OpenRound())
    before, session = list(room.log.records), room.session
    file = read_ballots(b"voter,P1,P2\nCOO,20,\nCIO,,20\nnobody,1,1\n", "b.csv", POINTS.reader, session.voters(), session.order)
    assert (room.log.records, room.session) == (before, session)
    room.do(*[SealBallot.model_validate({"round": 1, "voice": voice, "points": ballot}) for voice, ballot in file.ballots.items()])
    assert room.log.records[: len(before)] == before
    assert [record["kind"] for record in room.log.records[len(before) :]] == ["ballot_sealed"] * 2


@pytest.mark.promise("terminal-T19", "terminal-T20", "terminal-T22")
@pytest.mark.parametrize(("text", "title", "change"), [
    ("title\n" + "x" * 100_000 + "\n", "x" * 199 + "…", "line 2, title: cut from 100000 to 200 characters"),
    ('title\n"a\nb\r\nc"\n', "a b c", "line 2, title: 2 line ends became a space"),
    ('[{"title": "' + "y" * 1_000_000 + '"}]', "y" * 199 + "…", "[0].title: cut from 1000000 to 200 characters"),
    ('[{"title": "a\\ud800b"}]', "a\ufffdb", "[0].title: 1 broken character replaced"),
], ids=["long", "lines", "long in JSON", "surrogate"])  # fmt: skip
def test_t19_t20_t22_a_title_comes_in_as_one_short_line_without_broken_characters_and_it_is_told(text: str, title: str, change: str) -> None:
    report = read(text)
    assert titles(report) == [title]
    assert [notice.sentence() for notice in report.changed] == [change]
