"""What is no file, too much, or no text is refused before it can do harm; and real files come in."""


import pytest

from sessions.errors import PortfolioError
from sessions.imports.portfolio import load_portfolio


def refused(path):
    with pytest.raises(PortfolioError) as error:
        load_portfolio(path)
    return str(error.value)


@pytest.mark.parametrize("name", ["x" * 5_000, "nul\x00byte"])
def test_a_name_that_no_file_can_have(tmp_path, name):
    assert "cannot be opened" in refused(tmp_path / name)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "the spreadsheet is damaged (the archive that it is cannot be opened)"),
        (b"\x7fELF\x02\x01\x01\x00", "not a text file"),
        (b"role,side,seat\nCFO,business,decider\n", "a list of people"),
        (b"Title;Side\nCFO;business\nCIO;IT\n", "a list of people"),
        (b"CFO, business\nCIO, IT\n", "a list of people"),
        (b'[{"role": "CFO", "side": "business"}]', "a list of people"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, data, words):
    (tmp_path / "a.csv").write_bytes(data)
    assert words in refused(tmp_path / "a.csv")


def test_a_binary_file_named_like_a_spreadsheet_is_not_to_be_saved_as_text(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"\x7fELF\x02\x01\x01\x00")
    assert "a.xlsx: this is no spreadsheet, although it is named like one" in refused(tmp_path / "a.xlsx")


def test_what_is_no_file_is_named_as_it_was_typed(tmp_path):
    assert refused(tmp_path).startswith(f"{tmp_path}: this is a folder")


def test_the_content_decides_not_the_name(tmp_path):
    (tmp_path / "a.csv").write_text('{"cards": [{"title": "x"}]}')
    (tmp_path / "b.json").write_text("[Title],[Cost]\nx,5\n")
    assert load_portfolio(tmp_path / "a.csv").reader.startswith("JSON")
    assert load_portfolio(tmp_path / "b.json").reader.startswith("CSV")


def test_a_file_name_cannot_write_to_the_terminal(tmp_path):
    (tmp_path / "a\x1b[2J.csv").write_text("title\nx\n")
    assert "\x1b" not in "".join(load_portfolio(tmp_path / "a\x1b[2J.csv").sentences())
    assert "\x1b" not in refused(tmp_path / "b\x1b[2J.csv")


def test_projects_with_a_side_are_no_people(tmp_path):
    (tmp_path / "a.csv").write_text("title,side,budget\nx,IT,5\n")
    (tmp_path / "b.csv").write_text("title,IT\nx,IT\n")
    assert [load_portfolio(tmp_path / name).portfolio.projects[0].title for name in ("a.csv", "b.csv")] == ["x", "x"]
