"""Exports of well-known tools: the tool is named, and state, owner, parent, estimate and links are on the right cards."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from sources import sources, within
from support import FIXTURES
from tables import cards, read, titles, without_order
from workbooks import Sheet, members_of, packed, sheet_xml, workbook

from sessions.errors import PortfolioError
from sessions.imports.columns import chosen_columns
from sessions.imports.formats.report import LoadReport
from sessions.imports.known.markup import of_html, of_markdown, of_person, of_wiki
from sessions.imports.known.registry import SPECS
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Project

EXPORTS = FIXTURES / "exports"
PROJECT = '<Project xmlns="http://schemas.microsoft.com/project">'


def content(file: str) -> bytes:
    """Return the file; the cells of a sheet as a workbook."""
    if file != "monday.csv":
        return (EXPORTS / file).read_bytes()
    rows = csv.reader((EXPORTS / file).read_text().splitlines(keepends=True))
    return workbook(*([float(cell) if cell.isdigit() else cell or None for cell in row] for row in rows))


def export(file: str, *columns: str) -> LoadReport:
    return read_portfolio(content(file), file, chosen_columns(columns))


def named(card: Project, name: str) -> str:
    return dict(card.fields).get(name, "")


# --- one portfolio, as some tools say it


class Card(NamedTuple):
    """What is expected of a card; `parent` and `needs` are titles."""

    title: str
    state: str
    owner: str = ""
    parent: str = ""
    estimate: str = ""
    needs: str = ""
    sponsor: str = ""
    id: str = ""


PORTAL, LOGIN, STATUS, NORTH = "Customer portal", "Log in once, for all shops", "Order status, live", "Warehouse of the north"
ITEMS = {
    1: Card(PORTAL, "in_flight", "Ada Lovelace", "", "40 points"),
    3: Card(STATUS, "new", "Grace Hopper", PORTAL, "5 points", LOGIN),
    4: Card("Returns without a call", "new", "", PORTAL, "13 points", f"{LOGIN}, {STATUS}"),
    5: Card("Write the texts", "done", "Linus", LOGIN, "8 hours"),
    9: Card("Print labels in German & Polish", "in_flight", "Mia Müller", NORTH, "3 points", "Scan pallets at the gate"),
    12: Card("Invoices by e-mail", "done", "Noor", "Close the books in three days", "5 points"),
    15: Card("Leave the old data centre", "in_flight", "Grace Hopper", "", "34 points"),
    20: Card("日本語のカタログ", "new", "mia-m", "", "0.5 points"),
    23: Card("Portal: choose a language", "new", "", "Shops of tomorrow", "2 points"),  # its parent is not in the file
}
OLGA, HOURS_TOO = {"sponsor": "Olga Sales"}, {"estimate": "2 points, 16 hours"}
CASES: dict[str, tuple[str, int, str, dict[int, dict[str, str]]]] = {
    "jira.csv": ("Jira", 19, "HARB-{}", {
        1: OLGA, 3: OLGA, 4: {}, 9: {"estimate": "3 points, 24 hours"}, 12: {"estimate": "5 points, 40 hours"}, 23: HOURS_TOO,
    }),
    "jira.json": ("Jira", 19, "HARB-{}", {1: OLGA, 4: {}, 9: {"estimate": "3 points, 24 hours"}, 23: HOURS_TOO}),
    "azure_devops.csv": ("Azure DevOps", 19, "50{:02}", {1: {}, 9: {"needs": ""}, 12: {}, 23: {"parent": "4321"}}),
    "azure_devops_tree.csv": ("Azure DevOps", 22, "50{:02}", {3: {}, 5: {}, 9: {}, 15: {}}),
    "github_projects.tsv": ("GitHub Projects", 22, "web#{}", {1: {"owner": "ada, noor"} | OLGA, 4: {}, 9: {"owner": "mia-m"}, 23: {}}),
    "github_projects.json": ("GitHub Projects", 22, "web#{}", {
        1: {"owner": "ada, noor"} | OLGA, 9: {"owner": "mia-m", "needs": ""}, 20: {"id": "C20"},
    }),
    "linear.csv": ("Linear", 22, "HAR-{}", {1: {}, 3: {}, 9: {}, 12: {}, 23: {"parent": "SHO-5"}}),
    "asana.csv": ("Asana", 23, "12040000000000{:02}", {
        1: OLGA, 4: {"parent": ""}, 5: {"estimate": "1 point"}, 12: {"parent": "", "estimate": "40 hours"}, 23: {"estimate": "16 hours"},
    }),
    "asana.json": ("Asana", 20, "12040000000000{:02}", {1: OLGA, 9: {"parent": ""}, 23: {}}),
}  # fmt: skip
"""An export: its tool, how many cards it gives, the form of their ids, and some items with what is different here."""
CHOSEN = {"azure_devops_tree.csv": "keep=Work Item Type", "asana.csv": "keep=Parent task"}


def seen(card: Project, report: LoadReport) -> Card:
    """Return what the table of cases says about a card."""
    parent, needs = named(card, "Parent"), ", ".join(other.title for need in card.needs for other in cards(report) if other.id == need)
    above = parent.rpartition(" (")[0] or parent
    return Card(card.title, card.state, card.it_partner, above, named(card, "Estimate"), needs, card.sponsor, card.id)


@pytest.mark.parametrize("name", CASES)
def test_an_export_is_named_and_its_cards_say_what_the_items_say(name: str) -> None:
    tool, count, key, different = CASES[name]
    report = export(name, *filter(None, [CHOSEN.get(name)]))
    expected = {ITEMS[number]._replace(**{"id": key.format(number)} | changes) for number, changes in different.items()}
    assert {seen(card, report) for card in cards(report) if card.id in {each.id for each in expected}} == expected
    assert (report.tool, len(cards(report)), report.as_json()["export_of"]) == (tool, count, tool)
    assert f"This looks like {'an' if tool[0] in 'AEIOU' else 'a'} {tool} export" in report.sentences()


# --- the same 24 projects, as others say them


class Export(NamedTuple):
    """What is special about an export: the column that keeps sub-tasks, the words around an estimate in days, what it cannot say."""

    file: str
    tool: str
    keep: str = ""
    hours: int = 0
    no_parent: bool = False
    no_needs: bool | frozenset[int] = False
    """The projects whose links the tool does not export, or exports as another kind of link."""
    gone: frozenset[int] = frozenset()
    state: tuple[tuple[int, str], ...] = ()
    owner: str = "Dev Patel, Emre Şahin"
    """Who owns the seventh: tools differ in how many may."""
    key: str = ""


PLAN = list(csv.DictReader((EXPORTS / "plan.csv").read_text().splitlines(keepends=True)))
NUMBER = {row["title"]: int(row["number"]) for row in PLAN}
SUB_ITEMS = frozenset(int(row["number"]) for row in PLAN if row["parent"])
AS_EXPORTED = [
    Export("trello.json", "Trello", no_needs=True, gone=frozenset({17}), key=" ({})"),
    Export("trello.csv", "Trello", no_parent=True, no_needs=True, gone=frozenset({17}), owner="Dev Patel"),
    Export("monday.csv", "Monday", keep="Kind of item", no_needs=SUB_ITEMS, state=((20, "in_flight"),), owner="Dev Patel", key=" (42000000{:02})"),
    Export("smartsheet.csv", "Smartsheet", keep="Outline", no_needs=frozenset({12}), owner="Dev Patel"),
    Export("servicenow.csv", "ServiceNow", owner="Dev Patel", key=" (PRJ00100{:02})"),
    Export("servicenow_names.csv", "ServiceNow", no_needs=True, owner="Dev Patel", key=" (DMND00010{:02})"),
    Export("notion.csv", "Notion"),
    Export("airtable.csv", "Airtable", hours=8),
    Export("microsoft_project.xml", "Microsoft Project", keep="Outline", no_needs=frozenset({12}), owner="Dev Patel", key=" (1{:02})"),
]


@pytest.mark.parametrize("told", AS_EXPORTED, ids=[each.file for each in AS_EXPORTED])
def test_everything_is_on_the_right_card(told: Export) -> None:
    report = export(told.file, *([f"keep={told.keep}"] if told.keep else []))
    assert f"{told.tool} export" in report.sentences()[1]
    assert titles(report) == [row["title"] for row in PLAN if int(row["number"]) not in told.gone]
    title_of = {card.id: card.title for card in cards(report)}
    for card in cards(report):
        number = NUMBER[card.title]
        row = PLAN[number - 1]
        assert card.state == dict(told.state).get(number, row["state"])
        assert card.it_partner == (told.owner if number == 7 else row["owner"])
        assert named(card, "Estimate") == (f"{int(row['days']) * told.hours} hours" if told.hours else f"{row['days']} days")
        if not told.no_parent:
            assert named(card, "Parent").removesuffix(_key(told, row["parent"])) == row["parent"]
        if told.no_needs is not True and number not in (told.no_needs or ()):
            assert sorted(title_of[need] for need in card.needs) == sorted(row["needs"].split("\n") * bool(row["needs"]))


def _key(told: Export, title: str) -> str:
    key = told.key.replace("42", "41") if told.tool == "Monday" else told.key
    return key.format(NUMBER[title]) if title else ""


@pytest.mark.parametrize("file", ["monday.csv", "smartsheet.csv", "microsoft_project.xml"])
def test_sub_tasks_are_counted_on_the_card_above(file: str) -> None:
    report = export(file)
    assert [named(card, "Sub-tasks") for card in cards(report)] == ["5", "5", "5", "", "", "", "", "", ""]
    assert not any(named(card, column) for card in cards(report) for column in ("Outline", "Kind of item"))
    assert any("15 sub-" in line and "counted on the item above; keep the column" in line for line in report.sentences())


MOVE = "Stock transfer over a weekend"


@pytest.mark.parametrize(("file", "title", "field", "text"), [
    ("trello.json", MOVE, "Linked cards", "New scanners; Wi-Fi for the hall"), ("trello.json", "Warehouse move", "Risk", "High"),
    ("trello.json", MOVE, "Checklists", "Before we start: Ask the carriers (done); Book the crane; Tell customers"),
    ("trello.json", "E-invoicing law", "Required by law", "yes"), ("trello.json", "Replace the phone system", "Earliest start", "2026-05-04"),
    ("smartsheet.csv", MOVE, "Predecessors", "New scanners (8FS +2d); Wi-Fi for the hall (9)"),
    ("smartsheet.csv", "Train the night shift", "Predecessors", "New scanners (8SS)"),
    ("microsoft_project.xml", MOVE, "Materials", "Crane (per day)"),
    ("microsoft_project.xml", MOVE, "Predecessors", "New scanners (finish to start, 2 days later); Wi-Fi for the hall (finish to start)"),
    ("monday.csv", "Replace the phone system", "Monday status", "Stuck"),
    ("jira.csv", "Count stock at night", "Needs outside the file", "OPS-77"),
])  # fmt: skip
def test_what_has_no_place_on_a_card_is_a_named_field(file: str, title: str, field: str, text: str) -> None:
    report = export(file, *(["keep=Outline"] if file in ("smartsheet.csv", "microsoft_project.xml") else []))
    assert [named(card, field) for card in cards(report) if card.title == title] == [text]
    if file == "microsoft_project.xml":
        assert {card.sponsor for card in cards(report)} == {row["sponsor"] for row in PLAN}


def test_a_spreadsheet_says_the_same_and_its_groups_are_the_outline() -> None:
    rows = list(csv.reader(io.StringIO(content("smartsheet.csv").decode())))
    level = rows[0].index("Level")
    sheet = sheet_xml([*row[:level], *row[level + 1 :]] for row in rows)
    for number, row in enumerate(rows, 1):
        if row[level] == "1":
            sheet = sheet.replace(f'<row r="{number}">', f'<row r="{number}" spans="1:9" outlineLevel="1">')
    report = read_portfolio(packed(members_of(Sheet("Plan", xml=sheet))), "smartsheet.csv")
    assert report.portfolio == export("smartsheet.csv").portfolio


@pytest.mark.parametrize("file", [
    "jira.csv", "azure_devops_tree.csv", "github_projects.tsv", "linear.csv", "asana.csv", "trello.csv", "smartsheet.csv", "servicenow.csv",
    "notion.csv", "airtable.csv",
])  # fmt: skip
def test_shuffled_columns_names_with_spaces_and_another_separator_give_an_equal_portfolio(file: str) -> None:
    rows = list(csv.reader(io.StringIO(content(file).decode("utf-8-sig"), newline=""), delimiter="\t" if file.endswith("tsv") else ","))
    rows[0] = [f" {name} " for name in rows[0]]
    places = list(range(len(rows[0])))
    random.Random(file).shuffle(places)
    shuffled = io.StringIO(newline="")
    csv.writer(shuffled, delimiter=";").writerows([row[place] for place in places] for row in rows)
    given, turned = export(file), read(shuffled.getvalue(), name=file)
    assert list(map(without_order, cards(turned))) == list(map(without_order, cards(given)))
    assert turned.tool == given.tool


@pytest.mark.parametrize(("data", "file", "words"), [
    (content("smartsheet.csv").replace(b",Level,", b",Row note,"), "smartsheet.csv", "which row is below another is only in the spreadsheet"),
    (content("trello.csv"), "trello.csv", "checklists, and what is in them, are only in the JSON"),
    (b"Summary,Issue key,Issue id,Status\n" + b"".join(b"Item %d,A-%d,%d,Done\n" % (each, each, each) for each in range(30)), "jira.csv",
     "30 of 30 items are done, and cards too; export the open ones if they are in the way"),
], ids=["flat", "no checklists", "done"])  # fmt: skip
def test_a_form_of_the_export_that_lacks_something_and_many_items_that_are_done_are_noticed(data: bytes, file: str, words: str) -> None:
    report = read_portfolio(data, file)
    assert any(words in notice.text for notice in report.noticed)
    assert len(cards(report)) >= 23


def test_a_board_as_monday_makes_it_is_known_by_its_first_columns() -> None:
    header = ["Name", "Person", "Status", "Date", "Approved"]
    report = read_portfolio(workbook(["Board"], ["Group A"], header, ["Till", "Ana", "Stuck", None, "v"], ["Scanner"]), "board.xlsx")
    found = [(card.title, card.state, named(card, "Group")) for card in cards(report)]
    assert found == [("Till", "in_flight", "Group A"), ("Scanner", "new", "Group A")]
    assert named(cards(report)[0], "Approved") == "yes"


# --- what tools write


def test_markup_becomes_plain_text_and_links_stay() -> None:
    described = {
        name: next(card.description for card in cards(export(name)) if card.title == PORTAL)
        for name in ("jira.csv", "jira.json", "azure_devops_tree.csv", "linear.csv")
    }
    assert described == {
        "jira.csv": "Why\nCustomers call us 900 times a week.\n\n* See the numbers (https://wiki.harbour.example/calls?week=40)\n* Not the app\n"
        "int calls = 900;",
        "jira.json": "Customers call us.\n900 times a week",
        "azure_devops_tree.csv": "Customers call us 900 times a week.\n\n- See the numbers (https://wiki.harbour.example/calls)\n- A&B test",
        "linear.csv": "Why\n\nCustomers call us, see the numbers (https://wiki.harbour.example/calls)\n\n- 900 times a week",
    }


def test_markup_that_never_ends_costs_no_more_than_other_text() -> None:
    """If the cost grew with the square of the length, this would take hours."""
    many = 100_000
    assert of_wiki("[a|" + "b" * many) == "[a|" + "b" * many
    assert of_html("<a " + "href=''" * many + ">t") == "t"
    assert of_person(" " * many + "x") == " " * many + "x"
    assert of_markdown("x" + " " * many + "x") == "x" + " " * many + "x"


def test_what_people_choose_comes_before_what_the_tool_says() -> None:
    report = export("jira.csv", "title=Issue key", "sponsor=Custom field (Team)", "keep=Issue Type", "keep=Resolution", "keep=Votes")
    by_title = {card.title: card for card in cards(report)}
    assert len(by_title) == 23
    assert (by_title["HARB-2"].sponsor, by_title["HARB-4"].needs) == ("Portal crew", ("C02", "C03"))
    assert (named(by_title["HARB-2"], "Summary"), named(by_title["HARB-5"], "Votes")) == (LOGIN, "0")
    assert titles(export("linear.csv", "state=Status"))[10] == "Fax gateway"


def test_sub_tasks_are_counted_efforts_are_of_teams_and_the_rest_is_reported() -> None:
    report = export("jira.csv")
    fields = {card.id: dict(card.fields) for card in cards(report)}

    assert (report.rows_read, len(fields)) == (23, 19)
    assert fields["HARB-2"]["Sub-tasks"] == "2"
    assert [(card.id, card.work[0].team, card.work[0].effort) for card in cards(report) if card.work] == [
        ("HARB-8", "Warehouse crew", 16),
        ("HARB-9", "Warehouse crew", 6),
        ("HARB-10", "Warehouse crew", 10),
    ]
    uses = {(use.column, use.field, use.left_out, use.reason) for use in report.columns}
    assert {("Summary", "title", False, "Jira calls it so"), ("Parent key", "", True, "it is read as Parent")} <= uses
    assert ("Issue Type", "", False, "3 sub-tasks left out by it; choose this to have them as cards") in uses
    assert {fields[card]["Team"] for card in ("HARB-1", "HARB-7")} == {"Portal crew", "Warehouse crew"}
    assert [notice.text.partition(" (")[0] for notice in report.skipped] == ["3 sub-tasks", "1 dropped item", "28 columns of Jira's own"]


@pytest.mark.parametrize(("header", "done", "sub_task"), [
    ("Zusammenfassung;Vorgangsschlüssel;Vorgangs-ID;Vorgangstyp;Status;Zugewiesene Person;Übergeordnet;Benutzerdefinierte Felder (Story Points);"
     "Stimmen", "Erledigt", "Unteraufgabe"),
    ("Resumen;Clave de incidencia;ID de la incidencia;Tipo de Incidencia;Estado;Persona asignada;Principal;Campo personalizado (Story Points);Votos",
     "Finalizada", "Subtarea"),
    ("Resumo;Chave da item;ID da item;Tipo de item;Status;Responsável;Pai;Campo personalizado (Story Points);Votos", "Concluído", "Subtarefa"),
    ("Résumé;Clé de ticket;ID de ticket;Type de ticket;État;Personne assignée;Parent;Champs personnalisés (Story Points);Votes",
     "Terminé", "Sous-tâche"),
], ids=["German", "Spanish", "Portuguese", "French"])  # fmt: skip
def test_jira_writes_the_header_in_the_language_of_the_person(header: str, done: str, sub_task: str) -> None:
    rows = (f"Portal;P-1;10;Epic;{done};Ada;;;0", f"Login;P-2;11;Story;{done};Ada;10;5.0;0", f"Texts;P-3;12;{sub_task};{done};Ada;11;1;0")
    report = read("\n".join((header, *rows)), name="jira.csv")
    login = next(card for card in cards(report) if card.id == "P-2")
    assert report.tool == "Jira"
    assert seen(login, report) == Card("Login", "done", "Ada", "Portal", "5 points", id="P-2")
    assert named(login, "Sub-tasks") == "1"
    assert [use.reason for use in report.columns if use.column == header.rpartition(";")[2]] == ["only Jira uses it"]


STRANGE: tuple[object, ...] = (None, True, -1, "", "12", [], {}, [None, {}], {"name": None}, {"value": [{}]}, 10**20, "x\u202ey")


def places(value: Any) -> Iterator[tuple[Any, str | int]]:
    """Return the paths of the values in a JSON value, in long lists only of the first ones."""
    for step in list(value) if isinstance(value, dict) else range(min(3, len(value))) if isinstance(value, list) else ():
        yield value, step
        yield from places(value[step])


@pytest.mark.parametrize("name", ["jira.json", "asana.json", "github_projects.json", "trello.json"])
def test_json_with_strange_values_is_read_or_refused_in_one_sentence(name: str) -> None:
    chance, text = random.Random(name), (EXPORTS / name).read_text()
    for _ in range(25):
        value = json.loads(text)
        holder, step = chance.choice(list(places(value)))
        holder[step] = chance.choice(STRANGE)
        with contextlib.suppress(PortfolioError):
            assert cards(read(json.dumps(value), name=name))


def test_no_other_module_asks_for_a_tool() -> None:
    tools = {spec.tool for spec in SPECS}
    assert len(tools) == len(SPECS) == 12
    others = [source for source in sources() if not within(source.module, "sessions.imports.known")]
    assert [source.path for source in others if any(f'"{tool}"' in source.text for tool in tools - {"Monday"})] == []


@pytest.mark.parametrize("text", [
    "id,title,state,owner,estimate,parent,priority,labels,created\n1,Portal,new,Ada,5,,High,web,2026-01-01\n",
    "Key,Summary,Status\nA-1,Portal,Open\n", "Title,URL,Status,Assignees\nPortal,https://intranet.example/portal,new,Ada\n",
    "Title,URL,Status\nPortal,,new\n", "ID,Team,Title,Status,Priority,Estimate\n1,Web,Portal,new,High,5\n",
    "ID,Title,State,Assigned To,Tags\n1,Portal,New,Ada,web\n", "Task ID,Name,Assignee,Due Date,Notes\n1,Portal,Ada,2026-01-01,\n",
    '{"issues": [{"title": "Portal"}], "projects": [{"title": "Portal"}]}',
    '{"data": [], "items": [{"id": "1", "content": "Portal"}], "projects": [{"title": "Portal"}]}',
    "Number,Name,Short description,State\n1,Portal,A till,Open\n", "Title,Task Name,Duration,Assigned To\nPortal,Build,5d,Ana\n",
    "Title,Card Name,List Name\nPortal,Portal,Doing\n", "Name,Link\nPortal,https://www.notion.so/help\n", "Name,Link\nPortal,see https://airtable.com\n",
    "Name,Notes\nPortal,See the page (https://www.notion.so/Till-0123456789abcdef0123456789abcdef)\nDesk,None\n",
    "Number,Name,State\nPRJ00012,Portal,Open\n", "Name,Reviewed\nPortal,checked\nDesk,\n",
    "Our plan\n\nGroup A\nName,Status,Owner\nPortal,Done,Ana\n\nGroup B\nName,Status,Owner\nDesk,Open,Ben\n",
])  # fmt: skip
def test_an_ordinary_file_is_no_export(text: str) -> None:
    report = read(text)
    assert (report.tool, "Portal" in titles(report)) == ("", True)


@pytest.mark.promise("import-I15")
@pytest.mark.parametrize(("text", "words"), [
    (f'<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "ha">]>{PROJECT}&a;</Project>', "entities of its own"),
    ("<!DOCTYPE html><html><table><tr><td>Name</td></tr></table></html>", "a web page (HTML), despite its name, which is not read; open"),
    ('<?xml version="1.0"?><feed/>', "XML without a task of Microsoft Project, which is not read"),
    (PROJECT + "<Tasks><Task>", "this is not XML"),
    (PROJECT + "<a>" * 30, "this is not XML (nested too deeply)"),
    (PROJECT + "<Tasks/></Project>", "XML without a task of Microsoft Project"),
])  # fmt: skip
def test_i15_markup_of_other_kinds_is_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(PortfolioError) as refused:
        read_portfolio(text.encode(), "a.xml")
    assert words in str(refused.value)
