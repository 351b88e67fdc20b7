"""A table comes in: under any names, with nothing lost and nothing guessed silently. Anything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support import refused_portfolio
from tables import cards, costs, read, titles, told

from sessions.errors import PortfolioError
from sessions.imports.formats.encoding import ENCODINGS
from sessions.imports.formats.how import How
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Budget


def test_the_names_that_people_use_are_recognised() -> None:
    report = read("Project_Name,businessOwner,Issue Key,TOTAL COST,Colour,kind,arguments for,cons\nTill,COO,T-1,$1.5M,blue,direction,a,b\n")
    (card,) = cards(report)
    assert (card.title, card.sponsor, card.id, card.budget) == ("Till", "COO", "T-1", Budget(amount=1_500_000, currency="$"))
    assert (card.kind, card.arguments_for, card.arguments_against, card.fields) == ("direction", "a", "b", (("Colour", "blue"),))
    assert dict(report.recognised) == {
        "Project_Name": "title", "businessOwner": "sponsor", "Issue Key": "id", "TOTAL COST": "budget", "kind": "kind",
        "arguments for": "arguments_for", "cons": "arguments_against",
    }  # fmt: skip
    assert report.kept == ("Colour",)


@pytest.mark.parametrize(("header", "row", "state"), [
    ("Projektname;Auftraggeber;Gesamtkosten;Priorität;Status", "Kasse;COO;1.500 €;Hoch;In Umsetzung", "in_flight"),
    ("Projektbezeichnung;Verantwortlicher;Kosten;Rang;Projektstatus", "Kasse;COO;1.500 €;Hoch;offen", "new"),
    ("Nom du projet;Commanditaire;Coût total;Priorité;Statut", "Kasse;COO;1 500 €;Élevée;Livré", "adopt"),
    ("Nombre del proyecto;Patrocinador;Presupuesto;Prioridad;Estado", "Kasse;COO;1.500 €;Alta;Nuevo", "new"),
    ("Título;Patrocinador;Orçamento;Prioridade;Situação", "Kasse;COO;€1.500;Alta;Concluído", "done"),
    ("Nome progetto;Committente;Costo;Priorità;Stato", "Kasse;COO;1.500 €;Alta;In corso", "in_flight"),
    ("Projectnaam;Opdrachtgever;Kosten;Prioriteit;Status", "Kasse;COO;€ 1.500;Hoog;Afgerond", "done"),
])  # fmt: skip
def test_the_names_are_recognised_in_other_languages(header: str, row: str, state: str) -> None:
    report = read(f"{header}\nKanban;CIO;5;;\n{row}\n")
    card = cards(report)[0]
    assert dict(report.recognised) == dict(zip(header.split(";"), ("title", "sponsor", "budget", "rank", "state"), strict=True))
    assert (card.title, card.sponsor, card.budget, card.state) == ("Kasse", "COO", Budget(amount=1_500, currency="EUR"), state)


def test_cells_hold_lines_quotes_and_signs_of_a_web_page_and_rows_are_short_or_long() -> None:
    report = read('sep=|\r\ntitle|description\r\n"A ""big"" one"|"first\r\nsecond"\r\nR&D;|&copy\r\n\r\n|skipped\r\nI &amp; A|&lt;b&gt;|one||two\r\n')
    assert [(card.title, card.description) for card in cards(report)] == [('A "big" one', "first\nsecond"), ("R&D;", "&copy"), ("I & A", "<b>")]
    assert cards(report)[2].fields == (("column 3", "one"), ("column 4", "two"))
    assert [notice.line for notice in (*report.skipped, *report.guessed, *report.changed)] == [7, 8, 8]
    assert "Skipped line 7: no title" in report.sentences()


@pytest.mark.parametrize(("column", "values", "order"), [
    ("rank", ["3", "", "1", "2", "1"], ["c", "e", "d", "a", "b"]), ("priority", ["Low", "High", "", "Medium", "high"], ["b", "e", "d", "a", "c"]),
    ("rank", ["2nd", "#1", "3.", "4)", "5"], ["b", "a", "c", "d", "e"]),
    ("priority", ["2 - Medium", "1 - High", "", "", "3 - Low"], ["b", "a", "e", "c", "d"]),
])  # fmt: skip
def test_the_first_order_follows_the_ranks(column: str, values: list[str], order: list[str]) -> None:
    report = read("\n".join([f"title,{column}", *map(",".join, zip("abcde", values, strict=True))]))
    assert titles(report) == order
    assert any(notice.path == column for notice in report.guessed)


@pytest.mark.parametrize(("column", "value"), [
    ("budget", "-5"), ("benefit monthly", "lots"), ("status", "Amber"), ("must", "perhaps"), ("earliest week", "0"),
    ("previous rank", "-1"), ("kind", "magic"), ("origin", "Mars"),
])  # fmt: skip
def test_a_cell_that_cannot_be_read_is_kept_and_told(column: str, value: str) -> None:
    report = read(f"title,{column}\nTill,{value}\n")
    assert cards(report)[0].fields == ((column, value),)
    notice = report.guessed[0]
    assert (notice.line, notice.path) == (2, column)
    assert value in notice.text


@pytest.mark.parametrize(("text", "sentence"), [
    ("title,sponsor\nTill,TBD\nDesk,COO\n", "Guessed line 2, sponsor: “TBD” taken as none"),
    ("title,status\nERP,done\nTill,new\nCRM,Closed\n", "Noticed: 2 projects are done, as the file says: “ERP”, “CRM”; W withdraws a card"),
    ("title,status\n" + "".join(f"{number},On hold\n" for number in range(7)),
     "Guessed lines 2, 3, 4, 5, 6 and 2 more, status: “On hold” is not known as state; kept as a named field"),
    ("title\nTill\nDesk\ntill \n", "Noticed: the title “Till” appears more than once (lines 2 and 4)"),
    ("title,budget,monthly benefit\na,$2k,300 EUR\nb,€5m,\nc,$1,400 EUR\n",
     "Adds up to: budget $2,001 and €5,000,000 on 3 cards; monthly benefit €700 on 2 cards"),
])  # fmt: skip
def test_what_is_taken_for_something_is_told_once(text: str, sentence: str) -> None:
    report = read(text)
    assert report.sentences().count(sentence) == 1
    assert len(cards(report)) == text.count("\n") - 1


# --- money


def test_a_currency_in_the_column_beside_it_is_that_of_the_budget_and_a_unit_in_the_header_that_of_the_column() -> None:
    report = read("title,Cost,Currency\nTill,1000,USD\nDesk,2000,EUR\n")
    assert [card.budget for card in cards(report)] == [Budget(amount=1_000, currency="USD"), Budget(amount=2_000, currency="EUR")]
    assert report.as_json()["totals"]["budget"] == {"cards": 2, "sums": {"USD": 1_000, "EUR": 2_000}}
    report = read("title,Cost,Currency\nTill,1000,USD\nDesk,,EUR\n")
    assert cards(report)[1].fields == (("Currency", "EUR"),)
    assert told(report) == ["line 3, Currency: there is no budget beside it; kept as a named field"]
    report = read("title,Currency\nTill,USD\n")
    assert (report.kept, report.guessed) == (("Currency",), ())
    report = read("title,Planned Cost ($ M)\na,1.5\nb,€3k\nc,\n")
    assert [card.budget for card in cards(report)] == [Budget(amount=1_500_000, currency="$"), Budget(amount=3_000, currency="EUR"), None]


@pytest.mark.parametrize(("header", "amount", "currency"), [
    ("Budget in £m", 2_000_000, "GBP"), ("cost_usd", 2, "USD"), ("Total cost, millions of USD", 2_000_000, "USD"), ("Budget TEUR", 2_000, "EUR"),
    ("Budget ($000s)", 2_000, "$"), ("costKEUR", 2_000, "EUR"), ("Cost (M)", 2_000_000, ""), ("Cost (2024 CHF)", 2, "CHF"), ("Cost (net)", 2, ""),
    ("TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs)", 2_000_000, "GBP"), ("Cost (USD, 2024 prices)", 2, "USD"),
])  # fmt: skip
def test_the_units_that_headers_and_keys_name(header: str, amount: int, currency: str) -> None:
    for text in (f'title,"{header}"\na,2\n', f'[{{"title": "a", "{header}": 2}}]'):
        assert cards(read(text))[0].budget == Budget(amount=amount, currency=currency)


@pytest.mark.parametrize(("header", "cell", "amount"), [
    ("Construction_Budget", "$1,200", 1200), ("FY24 Budget", "3k", 3000), ("capexBudget", "5", 5), ("cost_m", "1.5", 1_500_000),
    ("Plan B", "5", None), ("budget_k", "7", 7000), ("Remaining budget", "5", None), ("Over budget", "5", None), ("FY24 Budget", "approved", None),
    ("Cost m2", "1", None), ("Cost center", "2", None), ("FY24 Budget,FY25 Budget", "1", None), ("Budget 2024,Budget m", "3", None),
])  # fmt: skip
def test_the_only_column_that_is_called_a_budget_is_it(header: str, cell: str, amount: int | None) -> None:
    assert costs(read(f'title,{header}\nERP,"{cell}",4\n')) == [("ERP", amount)]


@pytest.mark.parametrize(("cells", "amounts", "sentence"), [
    (["1.250", "1.250,5", "12"], [1_250, 1_251, 12], "line 3, cost: “1.250,5” rounded to 1251"),
    (["1,250", "0.25", "7"], [1_250, 0, 7], "line 3, cost: “0.25” rounded to 0"),
    (["1,250", "2,000", "3"], [1_250, 2_000, 3], "cost: “1,250” read as 1250 (thousands, not decimals), and 1 more like it; "
     "--decimal or F3 says otherwise"),
    (["1,5", "1.50", "3"], [2, 2, 3], "cost: some amounts have a decimal point and some a decimal comma; each is read by itself"),
    (["0.179", "1.8205", "46.96"], [0, 2, 47], "cost: “0.179” rounded to 0, and 2 more like it; if they are thousands or millions, "
     "--amounts-in m or F3 says so"),
    (["(5)", "-6", "7-"], [5, 6, 7], "cost: all amounts are negative, as costs are in some books; read without the minus"),
])  # fmt: skip
def test_the_amounts_of_a_column_settle_what_one_alone_leaves_open(cells: list[str], amounts: list[int], sentence: str) -> None:
    report = read("title;cost\n" + "".join(f"{number};{cell}\n" for number, cell in enumerate(cells)))
    assert [amount for _, amount in costs(report)] == amounts
    assert sentence in told(report)


@pytest.mark.parametrize(("header", "rows", "recognised", "sentence"), [
    ("Investment Title,Project Name", ["CRM,a", "CRM,b", "CRM,c"], {"Project Name": "title"},
     "Project Name: taken as the title, because “Investment Title” says the same for several rows"),
    ("Project Code,Ref,title", ["X,1,a", "X,2,b", "Y,3,c"], {"Ref": "id", "title": "title"},
     "Ref: taken as the id, because “Project Code” says the same for several rows"),
    ("Project Code,title", ["X,a", "X,b", "X,c"], {"title": "title"},
     "Project Code: not taken as the id, because most rows share theirs with others"),
    ("title,summary", ["a,b", "a,c", "d,e", "f,g", "h,i"], {"title": "title", "summary": "description"}, ""),
])  # fmt: skip
def test_what_tells_the_rows_apart_is_their_title_and_id(header: str, rows: list[str], recognised: dict[str, str], sentence: str) -> None:
    report = read("\n".join([header, *rows]))
    assert dict(report.recognised) == recognised
    assert sentence in [*told(report), ""]
    assert len(cards(report)) == len(rows)


# --- not a portfolio


@pytest.mark.parametrize(("data", "words"), [
    (b"cost,colour\n3,blue\n", "no column is recognised as the title; found “cost”, “colour”; name one of them title"),
    (b"2026-07-01,Till,<https://x.example>\n2026-07-02,Desk,\n", "“2026-07-01” is hardly the name of a column: put a line of names above"),
    (b'title,cost\n"a"b,1\n', "line 2: a quotation mark is in the wrong place"),
    (b"PK\x03\x04rest", "the spreadsheet is damaged (its archive cannot be opened)"), (b"\x7fELF\x02\x01\x01\x00", "not a text file"),
    (b"role,side,seat\nCFO,business,decider\n", "a list of people"), (b"Title;Side\nCFO;business\nCIO;IT\n", "a list of people"),
    (b"CFO, business\nCIO, IT\n", "a list of people"), (b"a,b\n1,2\n", "no column is recognised as the title; found “a”, “b”"),
    (b'[{"role": "CFO", "side": "business"}]', "a list of people"),
])  # fmt: skip
def test_what_cannot_be_a_portfolio_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    assert words in refused_portfolio(data, "cards.csv")


def test_projects_with_a_side_are_no_people_and_the_content_decides_what_a_file_is_not_its_name() -> None:
    assert titles(read("title,side,budget\nx,IT,5\n")) == titles(read("title,IT\nx,IT\n")) == ["x"]
    assert read('{"cards": [{"title": "x"}]}', name="a.csv").reader.startswith("JSON")
    assert read("[Title],[Cost]\nx,5\n", name="b.json").reader.startswith("CSV")
    refusal = refused_portfolio(b"\x7fELF\x02\x01\x01\x00", "a.xlsx")
    assert refusal.startswith("this is not a spreadsheet, although it is named like one")


@given(st.binary(max_size=200), st.sampled_from(["", *ENCODINGS]))
@example(b"title\n\x80\x81\xff\xfe\n", "UTF-16")
def test_no_bytes_do_anything_but_be_read_or_refused(data: bytes, encoding: str) -> None:
    try:
        report = read_portfolio(data, "cards.csv", how=How(encoding=encoding))
    except PortfolioError:
        return
    assert report.portfolio.projects
    assert all(titles(report))


@given(st.lists(st.lists(st.text(alphabet="ab,;|\"\t\n\r '=-1é", max_size=6), min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_table_loses_a_row(rows: list[list[str]]) -> None:
    quoted = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in [["t", *row] for row in rows])
    report = read("title,x,y,z\r\n" + quoted)
    assert report.rows_read == len(rows) == len(cards(report))
