"""What is no file, too much, or no text is refused before it can do harm; and real files come in."""

import os
from pathlib import Path

import pytest

from sessions.errors import PortfolioError
from sessions.imports.formats.files import SIZE_LIMIT
from sessions.imports.portfolio import load_portfolio

CANADA = Path(__file__).parents[4] / "shared" / "data" / "canada-it-2022.csv"


def refused(path):
    with pytest.raises(PortfolioError) as error:
        load_portfolio(path)
    return str(error.value)


def test_no_such_file(tmp_path):
    assert refused(tmp_path / "none.csv") == "none.csv: there is no such file."


def test_a_folder(tmp_path):
    assert "a folder, not a file" in refused(tmp_path)


def test_a_file_as_a_folder(tmp_path):
    (tmp_path / "a.csv").write_text("title\nx\n")
    assert "cannot be opened" in refused(tmp_path / "a.csv" / "b.csv")


@pytest.mark.parametrize("name", ["x" * 5_000, "nul\x00byte"])
def test_a_name_that_no_file_can_have(tmp_path, name):
    assert "cannot be opened" in refused(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "a pipe or a device" in refused(tmp_path / "pipe")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_device_is_refused_at_once():
    assert "a pipe or a device" in refused(Path("/dev/zero"))


def test_a_huge_file_is_refused_without_being_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "larger than 5 MB" in refused(path)


def test_the_largest_file_is_still_looked_at(tmp_path):
    path = tmp_path / "large.json"
    path.write_bytes(b'{"cards": [{"title": "x"}]}'.ljust(SIZE_LIMIT))
    assert len(load_portfolio(path).portfolio.projects) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "the spreadsheet is damaged (the archive that it is cannot be opened)"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "an old spreadsheet or document (as .xls or .doc); save the table as .xlsx or CSV"),
        (b"\x7fELF\x02\x01\x01\x00", "not a text file"),
        (b"title\n\x81\x8d\n", "not a text file in UTF-8"),
        ("title\nx\n".encode("utf-16-le"), "NUL"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, data, words):
    (tmp_path / "a.csv").write_bytes(data)
    assert words in refused(tmp_path / "a.csv")


def test_the_content_decides_not_the_name(tmp_path):
    (tmp_path / "a.csv").write_text('{"cards": [{"title": "x"}]}')
    (tmp_path / "b.json").write_text("[Title],[Cost]\nx,5\n")
    assert load_portfolio(tmp_path / "a.csv").reader.startswith("JSON")
    assert load_portfolio(tmp_path / "b.json").reader.startswith("CSV")


def test_a_file_name_cannot_write_to_the_terminal(tmp_path):
    (tmp_path / "a\x1b[2J.csv").write_text("title\nx\n")
    assert "\x1b" not in "".join(load_portfolio(tmp_path / "a\x1b[2J.csv").sentences())
    assert "\x1b" not in refused(tmp_path / "b\x1b[2J.csv")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    (tmp_path / "a.csv").write_text("title\nx\n")
    (tmp_path / "a.csv").chmod(0)
    assert "no permission" in refused(tmp_path / "a.csv")


@pytest.mark.skipif(not CANADA.exists(), reason="the real portfolio is not here")
def test_a_real_portfolio_as_it_is():
    report = load_portfolio(CANADA)
    projects = report.portfolio.projects
    assert len(projects) == 495
    assert dict(report.recognised) == {
        "projectName": "title", "uniqueId": "id", "department": "sponsor", "description": "description", "totalBudget": "budget",
    }  # fmt: skip
    assert len(report.kept) == 10
    assert (projects[0].id, projects[0].sponsor) == ("aafc-maa-portal", "Agriculture and Agri-Food Canada")
    assert projects[0].budget.amount == 3_794_700
    assert sum(project.budget is None for project in projects) == 14
    assert dict(projects[0].fields)["estimatedCompletionDate"] == "July 25, 2022"
    assert [notice.text for notice in report.changed] == ["1 zero-width space removed"]
    assert report.guessed == report.skipped == ()
    assert report.noticed[0].text == "the title “GCdocs” stands more than once (lines 94, 348, 355)"


def test_what_has_no_name_is_told_as_it_was_given():
    assert [refused(Path(name)) for name in (".", "", "/")] == [f"{name}: this is a folder, not a file." for name in (".", ".", "/")]
