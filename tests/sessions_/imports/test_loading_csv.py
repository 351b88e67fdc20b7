"""A table comes in: by whatever names, in whatever encoding, with nothing lost and nothing guessed in silence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import refused_portfolio

from sessions.errors import PortfolioError
from sessions.imports.portfolio import load_portfolio, read_portfolio
from sessions.portfolio.models import Budget

FIXTURES = Path(__file__).parents[2] / "fixtures"


def load(text, encoding="utf-8"):
    return read_portfolio(text.encode(encoding), "cards.csv")


def titles(report):
    return [project.title for project in report.portfolio.projects]


def test_the_names_that_people_use_are_recognised():
    report = load("Project_Name,businessOwner,Issue Key,TOTAL COST,Colour\nTill,COO,T-1,$1.5M,blue\n")
    project = report.portfolio.projects[0]
    assert (project.title, project.sponsor, project.id, project.budget.amount) == ("Till", "COO", "T-1", 1_500_000)
    assert project.fields == (("Colour", "blue"),)
    assert report.recognised == (
        ("Project_Name", "title"), ("businessOwner", "sponsor"), ("Issue Key", "id"), ("TOTAL COST", "budget"),
    )  # fmt: skip
    assert report.kept == ("Colour",)


def test_what_the_file_calls_done_is_noticed_before_anybody_votes_on_it():
    report = load("title,status\nERP,done\nTill,new\nCRM,Closed\n")
    assert [notice.sentence() for notice in report.noticed] == ["2 projects are done, as the file says: “ERP”, “CRM”; W withdraws a card"]


@pytest.mark.parametrize(
    ("header", "row", "state"),
    [
        ("Projektname;Auftraggeber;Gesamtkosten;Priorität;Status", "Kasse;COO;1.500 €;Hoch;In Umsetzung", "in_flight"),
        ("Projektbezeichnung;Verantwortlicher;Kosten;Rang;Projektstatus", "Kasse;COO;1.500 €;Hoch;offen", "new"),
        ("Nom du projet;Commanditaire;Coût total;Priorité;Statut", "Kasse;COO;1 500 €;Élevée;Livré", "adopt"),
        ("Nombre del proyecto;Patrocinador;Presupuesto;Prioridad;Estado", "Kasse;COO;1.500 €;Alta;Nuevo", "new"),
        ("Título;Patrocinador;Orçamento;Prioridade;Situação", "Kasse;COO;€1.500;Alta;Concluído", "done"),
        ("Nome progetto;Committente;Costo;Priorità;Stato", "Kasse;COO;1.500 €;Alta;In corso", "in_flight"),
        ("Projectnaam;Opdrachtgever;Kosten;Prioriteit;Status", "Kasse;COO;€ 1.500;Hoog;Afgerond", "done"),
    ],
)
def test_the_names_are_recognised_in_other_languages(header, row, state):
    names = header.split(";")
    report = load(f"{header}\nKanban;CIO;5;;\n{row}\n")
    card = report.portfolio.projects[0]
    assert dict(report.recognised) == dict(zip(names, ("title", "sponsor", "budget", "rank", "state"), strict=True))
    assert (card.title, card.sponsor, card.budget.amount, card.state) == ("Kasse", "COO", 1_500, state)


def test_the_sample_as_a_table():
    report = load_portfolio(FIXTURES / "cards.csv")
    projects = report.portfolio.projects
    assert len(projects) == 24
    first = projects[0]
    assert (first.objective, first.it_partner, first.benefit.monthly, first.origin) == ("O1", "Head of Data & BI", 42_000, "business")
    assert {project.id for project in projects if project.must} == {"P09"}
    assert [objective.id for objective in report.portfolio.objectives] == ["O1", "O2", "O3", "O4", "O5"]
    assert [notice.text for notice in report.guessed] == ["5 objectives taken from the cards, ranked by their number"]


def test_the_delimiter_that_a_spreadsheet_declares():
    assert titles(load("sep=;\r\ntitle;cost\r\nTill;5\r\n")) == ["Till"]


def test_quoted_cells_hold_lines_and_quotes():
    report = load('title,description\r\n"A ""big"" one","first\r\nsecond"\r\nnext,x\r\n\r\n,skipped\r\n')
    assert titles(report) == ['A "big" one', "next"]
    assert report.portfolio.projects[0].description == "first\nsecond"
    assert [(notice.line, notice.text) for notice in report.skipped] == [(6, "no title")]
    assert "Skipped line 6: no title" in report.sentences()


def test_short_rows_are_fine_and_long_ones_keep_what_is_beyond():
    report = load("title,sponsor\nTill\nDesk,COO,one,,two\n")
    assert report.portfolio.projects[1].fields == (("column 3", "one"), ("column 4", "two"))
    assert [notice.line for notice in report.guessed] == [3]


@pytest.mark.parametrize(
    ("column", "values", "order"),
    [
        ("rank", ["3", "", "1", "2", "1"], ["c", "e", "d", "a", "b"]),
        ("priority", ["Low", "High", "", "Medium", "high"], ["b", "e", "d", "a", "c"]),
        ("rank", ["2nd", "#1", "3.", "4)", "5"], ["b", "a", "c", "d", "e"]),
        ("priority", ["2 - Medium", "1 - High", "", "", "3 - Low"], ["b", "a", "e", "c", "d"]),
    ],
)
def test_the_first_order_follows_the_ranks(column, values, order):
    rows = "".join(f"{title},{value}\n" for title, value in zip("abcde", values, strict=True))
    report = load(f"title,{column}\n{rows}")
    assert titles(report) == order
    assert any(notice.path == column for notice in report.guessed)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("budget", "-5"), ("benefit monthly", "lots"), ("status", "Amber"), ("must", "perhaps"), ("earliest week", "0"),
        ("previous rank", "-1"), ("kind", "magic"), ("origin", "Mars"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_kept_and_told(column, value):
    report = load(f"title,{column}\nTill,{value}\n")
    assert report.portfolio.projects[0].fields == ((column, value),)
    notice = report.guessed[0]
    assert (notice.line, notice.path) == (2, column)
    assert value in notice.text


def test_a_sponsor_to_be_determined_is_none():
    report = load("title,sponsor\nTill,TBD\nDesk,COO\n")
    assert [project.sponsor for project in report.portfolio.projects] == ["", "COO"]
    assert report.sentences()[-1] == "Guessed line 2, sponsor: “TBD” taken as none"


def test_a_column_of_currencies_is_about_the_budgets_beside_it():
    report = load("title,Cost,Currency\nTill,1000,USD\nDesk,2000,EUR\n")
    assert [project.budget.currency for project in report.portfolio.projects] == ["USD", "EUR"]
    report = load("title,Currency\nTill,USD\n")
    assert (report.kept, report.guessed) == (("Currency",), ())


def test_a_unit_in_the_header_holds_for_the_column():
    report = load("title,Planned Cost ($ M)\na,1.5\nb,€3k\nc,\n")
    budgets = [project.budget for project in report.portfolio.projects]
    assert [(budget.amount, budget.currency) for budget in budgets[:2]] == [(1_500_000, "$"), (3_000, "EUR")]
    assert budgets[2] is None


@pytest.mark.parametrize(
    ("header", "amount", "currency"),
    [
        ("Budget in £m", 2_000_000, "GBP"), ("cost_usd", 2, "USD"), ("Total cost, millions of USD", 2_000_000, "USD"), ("Budget TEUR", 2_000, "EUR"),
        ("Budget ($000s)", 2_000, "$"), ("costKEUR", 2_000, "EUR"), ("Cost (M)", 2_000_000, ""), ("Cost (2024 CHF)", 2, "CHF"), ("Cost (net)", 2, ""),
        ("TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs)", 2_000_000, "GBP"), ("Cost (USD, 2024 prices)", 2, "USD"),
    ],
)  # fmt: skip
def test_the_units_that_headers_and_keys_name(header, amount, currency):
    for report in (load(f'title,"{header}"\na,2\n'), load(f'[{{"title": "a", "{header}": 2}}]')):
        assert report.portfolio.projects[0].budget == Budget(amount=amount, currency=currency)


def test_no_other_header_names_money():
    report = load("title,Cost m2,Cost center,Budget 2024,Budget m\na,1,2,3,4\n")
    assert report.kept == ("Cost m2", "Cost center", "Budget 2024", "Budget m")


@pytest.mark.parametrize(
    ("cells", "amounts", "told"),
    [
        (["1.250", "1.250,5", "12"], [1_250, 1_251, 12], "line 3, cost: “1.250,5” rounded to 1251"),
        (["1,250", "0.25", "7"], [1_250, 0, 7], "line 3, cost: “0.25” rounded to 0"),
        (["1,250", "2,000", "3"], [1_250, 2_000, 3], "cost: “1,250” read as 1250 (thousands, not decimals), and 1 more like it; "
         "--decimal or F3 says otherwise"),
        (["1,5", "1.50", "3"], [2, 2, 3], "cost: some amounts have a decimal point and some a decimal comma; each is read by itself"),
        (["0.179", "1.8205", "46.96"], [0, 2, 47], "cost: “0.179” rounded to 0, and 2 more like it; if they are thousands or millions, "
         "--amounts-in m or F3 says so"),
        (["(5)", "-6", "7-"], [5, 6, 7], "cost: all amounts are negative, as costs are in some books; read without the minus"),
    ],
)
def test_the_amounts_of_a_column_settle_what_one_alone_leaves_open(cells, amounts, told):
    report = load("title;cost\n" + "".join(f"{number};{cell}\n" for number, cell in enumerate(cells)))
    assert [project.budget.amount for project in report.portfolio.projects] == amounts
    assert told in [notice.sentence() for notice in report.guessed]


def test_the_totals_are_told_so_that_a_factor_of_a_thousand_is_noticed():
    report = load("title,budget,monthly benefit\na,$2k,300 EUR\nb,€5m,\nc,$1,400 EUR\n")
    assert "Adds up to: budget $2,001 and €5,000,000 on 3 cards; monthly benefit €700 on 2 cards" in report.sentences()
    assert report.as_json()["totals"]["budget"] == {"cards": 3, "sums": {"$": 2_001, "EUR": 5_000_000}}


def test_what_is_told_of_several_lines_is_told_once():
    report = load("title,status\n" + "".join(f"{number},On hold\n" for number in range(7)))
    assert report.sentences()[-1] == "Guessed lines 2, 3, 4, 5, 6 and 2 more, status: “On hold” is not known as state; kept as a named field"
    assert [notice["line"] for notice in report.as_json()["guessed"]] == [*range(2, 9)]


def test_signs_written_as_on_a_web_page_are_read():
    report = load("title,note\nIdentity &amp; Access,a &lt;b&gt; &#39;c&#39;\nR&D; &copy now,\n")
    assert [(card.title, card.note) for card in report.portfolio.projects] == [("Identity & Access", "a <b> 'c'"), ("R&D; &copy now", "")]
    assert [notice.line for notice in report.changed] == [2]


def test_titles_may_stand_twice_but_it_is_told():
    report = load("title\nTill\nDesk\ntill \n")
    assert len(report.portfolio.projects) == 3
    assert report.noticed[0].text == "the title “Till” appears more than once (lines 2 and 4)"


@pytest.mark.parametrize(
    ("header", "rows", "recognised", "told"),
    [
        ("Investment Title,Project Name", ["CRM,a", "CRM,b", "CRM,c"], {"Project Name": "title"},
         "Project Name: taken as the title, because “Investment Title” says the same for several rows"),
        ("Project Code,Ref,title", ["X,1,a", "X,2,b", "Y,3,c"], {"Ref": "id", "title": "title"},
         "Ref: taken as the id, because “Project Code” says the same for several rows"),
        ("Project Code,title", ["X,a", "X,b", "X,c"], {"title": "title"},
         "Project Code: not taken as the id, because most rows share theirs with others"),
        ("title,summary", ["a,b", "a,c", "d,e", "f,g", "h,i"], {"title": "title", "summary": "description"}, ""),
    ],
)  # fmt: skip
def test_what_tells_the_rows_apart_is_their_title_and_id(header, rows, recognised, told):
    report = load("\n".join([header, *rows]))
    assert dict(report.recognised) == recognised
    assert told in [*map(str, (notice.sentence() for notice in report.guessed)), ""]
    assert len(report.portfolio.projects) == len(rows)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cost,colour\n3,blue\n", "no column is recognised as the title; found “cost”, “colour”; name one of them title"),
        ("2026-07-01,Till,<https://x.example>\n2026-07-02,Desk,\n", "“2026-07-01” is hardly the name of a column: put a line of names above"),
        ('title,cost\n"a"b,1\n', "line 2: a quotation mark is in the wrong place"),
    ],
)
def test_what_cannot_be_a_portfolio_is_refused_in_one_sentence(text, words):
    assert words in refused_portfolio(text.encode(), "cards.csv")


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_be_read_or_refused(data):
    try:
        report = read_portfolio(data, "cards.csv")
    except PortfolioError:
        return
    assert report.portfolio.projects
    assert all(project.title for project in report.portfolio.projects)


@given(st.lists(st.lists(st.text(alphabet="ab,;|\"\t\n\r '=-1é", max_size=6), min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_table_loses_a_row(rows):
    quoted = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in [["t", *row] for row in rows])
    report = load("title,x,y,z\r\n" + quoted)
    assert report.rows_read == len(rows) == len(report.portfolio.projects)


@pytest.mark.parametrize(("header", "cell", "amount"), [
    ("Construction_Budget", "$1,200", 1200), ("FY24 Budget", "3k", 3000), ("capexBudget", "5", 5), ("cost_m", "1.5", 1_500_000),
    ("Plan B", "5", None), ("budget_k", "7", 7000), ("Remaining budget", "5", None), ("Over budget", "5", None), ("FY24 Budget", "approved", None),
])  # fmt: skip
def test_the_only_column_that_is_called_a_budget_is_it(header, amount, cell):
    (card,) = load(f"title,{header}\nERP,\"{cell}\"\n").portfolio.projects
    assert (card.budget and card.budget.amount) == amount


def test_of_two_budgets_neither_is_taken():
    assert load("title,FY24 Budget,FY25 Budget\nERP,1,2\n").portfolio.projects[0].budget is None
