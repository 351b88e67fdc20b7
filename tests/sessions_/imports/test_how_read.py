"""What people say of a file where its content leaves the choice: sheet, encoding, the way its table lies, its amounts, what tells titles apart."""

from __future__ import annotations

import pytest
from workbooks import Sheet, members_of, packed

from sessions.errors import PortfolioError
from sessions.imports.columns import chosen_columns
from sessions.imports.formats.encoding import ENCODINGS, encoding_named
from sessions.imports.formats.how import How
from sessions.imports.formats.report import LoadReport, NoTitleError
from sessions.imports.portfolio import read_portfolio


def read(text: str, *columns: str, how: How = How()) -> LoadReport:  # noqa: B008 - never changed
    return read_portfolio(text.encode(), "cards.csv", chosen_columns(columns), how)


SHEETS = (Sheet("Cover", [["A", "B", "C"], ["x", "y", "z"]]), Sheet("Projects", [["Title"], ["ERP"]]), Sheet("Old", [["Title"], ["CRM"]], "hidden"))
BOOK = packed(members_of(*SHEETS))


def test_a_sheet_of_a_workbook_can_be_chosen_even_after_the_first_one_is_no_table() -> None:
    with pytest.raises(NoTitleError) as refused:
        read_portfolio(BOOK, "a.xlsx")
    assert refused.value.found.sheets == ("Cover", "Projects", "Old")
    assert str(refused.value).endswith("; --sheet chooses another sheet, such as “Projects”, “Old”.")
    for sheet, title in (("Projects", "ERP"), ("Old", "CRM")):
        report = read_portfolio(BOOK, "a.xlsx", how=How(sheet=sheet))
        assert [card.title for card in report.portfolio.projects] == [title]
        assert report.found.sheet == sheet
    for data, name, words in ((BOOK, "Plan", "no sheet is called “Plan”; the sheets are “Cover”"), (b"title\nx\n", "Plan", "which this is not")):
        with pytest.raises(PortfolioError, match=words):
            read_portfolio(data, "a.xlsx", how=How(sheet=name))


@pytest.mark.parametrize(("cover", "title"), [
    ([["Portfolio of 2026"], [], ["by", "the PMO"]], "ERP"), ([["Title"], ["CRM"]], "CRM"), ([["x"], *[["y"]] * 100], ""),
])  # fmt: skip
def test_a_cover_makes_way_for_the_next_sheet(cover: list[list[str]], title: str) -> None:
    book = packed(members_of(Sheet("Cover", cover), Sheet("Old", [["Title"], ["Fax"]], "hidden"), Sheet("Projects", [["Title"], ["ERP"]])))
    try:
        report = read_portfolio(book, "a.xlsx")
    except NoTitleError:
        assert not title
    else:
        assert [card.title for card in report.portfolio.projects] == [title]
        assert "left out: " in report.noticed[0].text


@pytest.mark.parametrize(("called", "encoding"), [
    ("cp1252", "Windows-1252"), ("latin-1", ""), ("utf8", "UTF-8"), ("mac roman", "Mac Roman"), ("Shift-JIS", "Shift JIS"),
    ("", ""), ("windows1251", "Windows-1251"),
])  # fmt: skip
def test_an_encoding_goes_by_our_name_or_pythons(called: str, encoding: str) -> None:
    if not encoding:
        with pytest.raises(PortfolioError, match=r"no encoding is called .*; name one of UTF-8"):
            encoding_named(called)
    else:
        assert encoding_named(called) == encoding


@pytest.mark.parametrize(("encoding", "codec", "text"), [
    ("Windows-1251", "cp1251", "Портал"), ("Shift JIS", "cp932", "検索"), ("UTF-16", "utf-16-be", "Café"), ("UTF-16", "utf-16", "Café"),
    ("DOS 850", "cp850", "Café"), ("UTF-8", "utf-8-sig", "Café"),
])  # fmt: skip
def test_a_text_is_read_in_the_encoding_that_was_chosen(encoding: str, codec: str, text: str) -> None:
    data = f"title\n{text}\n".encode(codec)
    report = read_portfolio(data, "a.csv", how=How(encoding=encoding))
    assert report.portfolio.projects[0].title == text
    assert f"read as {encoding}, as chosen" in report.reader


@pytest.mark.parametrize(("unit", "tenths"), [("", 400), ("day", 80), ("hour", 10)])
def test_efforts_without_a_unit_are_in_the_one_that_was_chosen(unit: str, tenths: int) -> None:
    report = read("title,Effort,Web (person-days)\nA,40,\nB,,5\n", "effort=Effort", how=How(efforts=unit))
    assert report.found.efforts
    assert [sum(work.effort for work in card.work) for card in report.portfolio.projects] == [tenths, 10]
    assert any("--efforts-in days" in notice.sentence() for notice in report.guessed) == (not unit)


def test_no_bytes_and_no_encoding_end_in_anything_but_a_sentence() -> None:
    for encoding in ENCODINGS:
        for data in (b"title\n\x80\x81\xff\xfe\n", b"title\nx", "title\nx\n".encode("utf-16-be")):
            try:
                report = read_portfolio(data, "a.csv", how=How(encoding=encoding))
            except PortfolioError:
                continue
            assert report.portfolio.projects


def test_a_table_may_stay_upright() -> None:
    text = "Project,Gateway,Harbour,Case files,Roads\nOwner,Ana,Ben,Cem,Dot\nBudget,1,2,3,4\n"
    assert [card.title for card in read(text).portfolio.projects] == ["Gateway", "Harbour", "Case files", "Roads"]
    report = read(text, how=How(upright=True))
    assert [card.title for card in report.portfolio.projects] == ["Owner", "Budget"]
    assert report.found.turned


def test_what_an_amount_leaves_open_can_be_said() -> None:
    text = "title,cost\na,1.234\nb,2.500\n"

    def costs(how: How) -> list[int]:
        return [card.budget.amount for card in read(text, how=how).portfolio.projects if card.budget]

    report = read(text)
    assert report.found.doubtful == ("cost", "1.234")
    assert costs(How(decimal=",")) == [1234, 2500]
    assert costs(How(decimal=".", amounts="k")) == [1234, 2500]
    assert costs(How(decimal=".", amounts="£m")) == [1_234_000, 2_500_000]
    assert read(text, how=How(decimal=".")).found.doubtful == ("", "")
    assert report.found.amounts
    named = read("title,Cost (£m)\na,1.2\n", how=How(amounts="k"))
    assert [card.budget.amount for card in named.portfolio.projects if card.budget] == [1_200_000]
    assert not named.found.amounts


@pytest.mark.parametrize(("text", "small"), [
    ("title,cost\na,12\nb,5\nc,120\n", "12"), ("title,cost\na,1.5\nb,0.25\nc,12\n", "1.5"),
    ("title,cost\na,12\nb,5\nc,1200\n", ""), ("title,cost\na,12\nb,5\n", ""), ("title,monthly benefit\na,12\nb,5\nc,120\n", ""),
    ("title,cost (k)\na,12\nb,5\nc,120\n", ""),
])  # fmt: skip
def test_costs_that_are_all_small_are_said_to_lack_a_unit(text: str, small: str) -> None:
    report = read(text)
    assert report.found.small[1] == small
    assert any("all amounts are below 1,000; if they are thousands or millions" in line for line in report.sentences()) is bool(small)
    assert not read(text, how=How(amounts="m")).found.small[1]


def test_another_column_tells_repeated_titles_and_ids_apart() -> None:
    text = "id,title,Year,Region\nA,Gateway,2024,North\nA,Gateway,2025,\nB,Harbour,2024,South\n"
    report = read(text, "apart=Year")
    named = [(card.id, card.title) for card in report.portfolio.projects]
    assert named == [("A-2024", "Gateway · 2024"), ("A-2025", "Gateway · 2025"), ("B", "Harbour")]
    assert [dict(card.fields)["Year"] for card in report.portfolio.projects] == ["2024", "2025", "2024"]
    assert report.noticed == ()
    by_region = read(text, "apart=Region")
    assert [(card.id, card.title) for card in by_region.portfolio.projects] == [("A-North", "Gateway · North"), ("A", "Gateway"), ("B", "Harbour")]
    long = read(f"title,x\n{'t' * 300},{'y' * 300}\n{'t' * 300},z\n", "apart=x").portfolio.projects
    assert [len(card.title) <= 200 for card in long] == [True, True]
    assert len({card.title for card in long}) == 2
