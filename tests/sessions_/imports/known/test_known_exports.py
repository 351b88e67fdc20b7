"""Exports of well-known tools: the tool is named, and state, owner, parent, estimate and links are on the right cards."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sessions.errors import PortfolioError
from sessions.imports.columns import chosen_columns
from sessions.imports.known.markup import of_html, of_markdown, of_person, of_wiki
from sessions.imports.known.registry import SPECS
from sessions.imports.portfolio import load_portfolio, read_portfolio
from sessions.portfolio.models import Project

EXPORTS = Path(__file__).parents[3] / "fixtures" / "exports"
OUTSIDE = "Shops of tomorrow"
"""A parent that is not in the file."""


class Card(NamedTuple):
    """What is expected of a card; `parent` and `needs` are titles."""

    title: str
    state: str
    owner: str = ""
    parent: str = ""
    estimate: str = ""
    needs: str = ""
    sponsor: str = ""


class Case(NamedTuple):
    """An export: its tool, how many cards it gives, and some of them by id."""

    tool: str
    cards: int
    expected: dict[str, Card]
    chosen: tuple[str, ...] = ()


ADA, GRACE, MIA = "Ada Lovelace", "Grace Hopper", "Mia Müller"
PORTAL, LOGIN, STATUS, SCAN = "Customer portal", "Log in once, for all shops", "Order status, live", "Scan pallets at the gate"
NORTH, BOOKS, CENTRE = "Warehouse of the north", "Close the books in three days", "Leave the old data centre"
RETURNS, LABELS, INVOICES, CATALOGUE, CHOOSE = (
    "Returns without a call", "Print labels in German & Polish", "Invoices by e-mail", "日本語のカタログ", "Portal: choose a language",
)  # fmt: skip

CASES: dict[str, Case] = {
    "jira.csv": Case("Jira", 19, {
        "HARB-1": Card(PORTAL, "in_flight", ADA, "", "40 points", "", "Olga Sales"),
        "HARB-3": Card(STATUS, "new", GRACE, PORTAL, "5 points", LOGIN, "Olga Sales"),
        "HARB-4": Card(RETURNS, "new", "", PORTAL, "13 points", f"{LOGIN}, {STATUS}"),
        "HARB-9": Card(LABELS, "in_flight", MIA, NORTH, "3 points, 24 hours", SCAN),
        "HARB-12": Card(INVOICES, "done", "Noor", BOOKS, "5 points, 40 hours"),
        "HARB-23": Card(CHOOSE, "new", "", OUTSIDE, "2 points, 16 hours"),
    }),
    "jira.json": Case("Jira", 19, {
        "HARB-1": Card(PORTAL, "in_flight", ADA, "", "40 points", "", "Olga Sales"),
        "HARB-4": Card(RETURNS, "new", "", PORTAL, "13 points", f"{LOGIN}, {STATUS}"),
        "HARB-9": Card(LABELS, "in_flight", MIA, NORTH, "3 points, 24 hours", SCAN),
        "HARB-23": Card(CHOOSE, "new", "", OUTSIDE, "2 points, 16 hours"),
    }),
    "azure_devops.csv": Case("Azure DevOps", 19, {
        "5001": Card(PORTAL, "in_flight", ADA, "", "40 points"),
        "5009": Card(LABELS, "in_flight", MIA, NORTH, "3 points"),
        "5012": Card(INVOICES, "done", "Noor", BOOKS, "5 points"),
        "5023": Card(CHOOSE, "new", "", "4321", "2 points"),
    }),
    "azure_devops_tree.csv": Case("Azure DevOps", 22, {
        "5003": Card(STATUS, "new", GRACE, PORTAL, "5 points", LOGIN),
        "5005": Card("Write the texts", "done", "Linus", LOGIN, "8 hours"),
        "5009": Card(LABELS, "in_flight", MIA, NORTH, "3 points", SCAN),
        "5015": Card(CENTRE, "in_flight", GRACE, "", "34 points"),
    }, ("keep=Work Item Type",)),
    "github_projects.tsv": Case("GitHub Projects", 22, {
        "web#1": Card(PORTAL, "in_flight", "ada, noor", "", "40 points", "", "Olga Sales"),
        "web#4": Card(RETURNS, "new", "", PORTAL, "13 points", f"{LOGIN}, {STATUS}"),
        "web#9": Card(LABELS, "in_flight", "mia-m", NORTH, "3 points", SCAN),
        "web#23": Card(CHOOSE, "new", "", OUTSIDE, "2 points"),
    }),
    "github_projects.json": Case("GitHub Projects", 22, {
        "web#1": Card(PORTAL, "in_flight", "ada, noor", "", "40 points", "", "Olga Sales"),
        "web#9": Card(LABELS, "in_flight", "mia-m", NORTH, "3 points"),
        "C20": Card(CATALOGUE, "new", "mia-m", "", "0.5 points"),
    }),
    "linear.csv": Case("Linear", 22, {
        "HAR-1": Card(PORTAL, "in_flight", ADA, "", "40 points"),
        "HAR-3": Card(STATUS, "new", GRACE, PORTAL, "5 points", LOGIN),
        "HAR-9": Card(LABELS, "in_flight", MIA, NORTH, "3 points", SCAN),
        "HAR-12": Card(INVOICES, "done", "Noor", BOOKS, "5 points"),
        "HAR-23": Card(CHOOSE, "new", "", "SHO-5", "2 points"),
    }),
    "asana.csv": Case("Asana", 23, {
        "1204000000000001": Card(PORTAL, "in_flight", ADA, "", "40 points", "", "Olga Sales"),
        "1204000000000004": Card(RETURNS, "new", "", "", "13 points", f"{LOGIN}, {STATUS}"),
        "1204000000000005": Card("Write the texts", "done", "Linus", LOGIN, "1 point"),
        "1204000000000012": Card(INVOICES, "done", "Noor", "", "40 hours"),
        "1204000000000023": Card(CHOOSE, "new", "", OUTSIDE, "16 hours"),
    }, ("keep=Parent task",)),
    "asana.json": Case("Asana", 20, {
        "1204000000000001": Card(PORTAL, "in_flight", ADA, "", "40 points", "", "Olga Sales"),
        "1204000000000009": Card(LABELS, "in_flight", MIA, "", "3 points", SCAN),
        "1204000000000023": Card(CHOOSE, "new", "", OUTSIDE, "2 points"),
    }),
}  # fmt: skip


def seen(card: Project, cards: dict[str, Project]) -> Card:
    """Return what the table of cases says of a card."""
    fields = dict(card.fields)
    parent, needs = fields.get("Parent", ""), ", ".join(cards[need].title for need in card.needs)
    bare = parent.rpartition(" (")[0] or parent
    return Card(card.title, card.state, card.it_partner, bare, fields.get("Estimate", ""), needs, card.sponsor)


@pytest.mark.parametrize("name", CASES)
def test_an_export_is_named_and_its_cards_say_what_the_items_say(name: str) -> None:
    case = CASES[name]
    report = load_portfolio(EXPORTS / name, chosen_columns(case.chosen))
    cards = {card.id: card for card in report.portfolio.projects}

    assert {key: seen(cards[key], cards) for key in case.expected} == case.expected
    assert (report.tool, len(cards), report.as_json()["export_of"]) == (case.tool, case.cards, case.tool)
    assert f"This looks like {'an' if case.tool[0] in 'AEIOU' else 'a'} {case.tool} export" in report.sentences()


def test_markup_becomes_plain_text_and_links_stay() -> None:
    first = {name: load_portfolio(EXPORTS / name).portfolio.projects for name in ("jira.csv", "jira.json", "azure_devops_tree.csv", "linear.csv")}
    described = {name: next(card.description for card in cards if card.title == PORTAL) for name, cards in first.items()}

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
    said = ("title=Issue key", "sponsor=Custom field (Team)", "keep=Issue Type", "keep=Resolution", "keep=Votes", "state=Resolution")
    with pytest.raises(PortfolioError, match="chosen before"):
        chosen_columns(said)
    report = load_portfolio(EXPORTS / "jira.csv", chosen_columns(said[:-1]))
    cards = {card.title: card for card in report.portfolio.projects}

    assert len(cards) == 23
    assert cards["HARB-2"].sponsor == "Portal crew"
    assert cards["HARB-4"].needs == ("C02", "C03")
    assert load_portfolio(EXPORTS / "linear.csv", {"Status": "state"}).portfolio.projects[10].title == "Fax gateway"
    assert dict(cards["HARB-2"].fields)["Summary"] == LOGIN
    assert dict(cards["HARB-5"].fields)["Votes"] == "0"


def test_sub_tasks_are_counted_efforts_are_of_teams_and_the_rest_is_reported() -> None:
    report = load_portfolio(EXPORTS / "jira.csv")
    fields = {card.id: dict(card.fields) for card in report.portfolio.projects}

    assert (report.rows_read, len(fields)) == (23, 19)
    assert fields["HARB-2"]["Sub-tasks"] == "2"
    assert fields["HARB-10"]["Needs outside the file"] == "OPS-77"
    assert [(card.id, card.work[0].team, card.work[0].effort) for card in report.portfolio.projects if card.work] == [
        ("HARB-8", "Warehouse crew", 16), ("HARB-9", "Warehouse crew", 6), ("HARB-10", "Warehouse crew", 10),
    ]
    uses = {use.column: use for use in report.columns}
    told = {name: (use.field, use.left_out, use.reason) for name in ("Summary", "Votes", "Parent key", "Issue Type") if (use := uses[name])}
    assert told == {
        "Summary": ("title", False, "Jira calls it so"),
        "Votes": ("", True, "only Jira uses it"),
        "Parent key": ("", True, "it is read as Parent"),
        "Issue Type": ("", False, "3 sub-tasks left out by it; choose this to have them as cards"),
    }
    assert {fields[card]["Team"] for card in ("HARB-1", "HARB-7")} == {"Portal crew", "Warehouse crew"}
    assert [notice.text.partition(" (")[0] for notice in report.skipped] == ["3 sub-tasks", "1 dropped item", "28 columns of Jira's own"]


@pytest.mark.parametrize("name", ["jira.csv", "azure_devops_tree.csv", "github_projects.tsv", "linear.csv", "asana.csv"])
def test_shuffled_columns_and_another_separator_give_an_equal_portfolio(name: str) -> None:
    delimiter = "\t" if name.endswith("tsv") else ","
    rows = list(csv.reader(io.StringIO((EXPORTS / name).read_text(encoding="utf-8-sig"), newline=""), delimiter=delimiter))
    places = list(range(len(rows[0])))
    random.Random(name).shuffle(places)
    shuffled = io.StringIO(newline="")
    csv.writer(shuffled, delimiter=";").writerows([row[place] for place in places] for row in rows)

    given, turned = load_portfolio(EXPORTS / name), read_portfolio(shuffled.getvalue().encode(), name)

    assert [_unordered(card) for card in turned.portfolio.projects] == [_unordered(card) for card in given.portfolio.projects]
    assert turned.tool == given.tool


def _unordered(card: Project) -> Project:
    return card.model_copy(update={"fields": tuple(sorted(card.fields))})


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
    report = read_portfolio("\n".join((header, *rows)).encode(), "jira.csv")
    cards = {card.id: card for card in report.portfolio.projects}

    assert report.tool == "Jira"
    assert seen(cards["P-2"], cards) == Card("Login", "done", "Ada", "Portal", "5 points")
    assert dict(cards["P-2"].fields)["Sub-tasks"] == "1"
    assert [use.reason for use in report.columns if use.column == header.rpartition(";")[2]] == ["only Jira uses it"]


def test_many_items_that_are_done_are_noticed() -> None:
    rows = [f"Item {number},A-{number},{number},Done" for number in range(30)]
    report = read_portfolio("\n".join(["Summary,Issue key,Issue id,Status", *rows]).encode(), "all.csv")

    assert report.noticed[0].text == "30 of 30 items are done, and cards too; export the open ones if they are in the way"


def test_a_header_with_spaces_and_hidden_signs_is_known_and_told_clean() -> None:
    text = (EXPORTS / "linear.csv").read_text().replace("Completed,Canceled", " Completed\u202e ,Can\u202eceled", 1)
    report = read_portfolio(text.encode(), "linear.csv")

    assert report.tool == "Linear"
    assert next(use for use in report.columns if "Completed" in use.column).left_out
    assert not any("\u202e" in line for line in [*report.sentences(), *(use.reason for use in report.columns)])


STRANGE: tuple[object, ...] = (None, True, -1, "", "12", [], {}, [None, {}], {"name": None}, {"value": [{}]}, 10**20, "x\u202ey")


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Return the paths to the values of a JSON value, in long lists to the first ones only."""
    yield path
    inner = value.items() if isinstance(value, dict) else list(enumerate(value))[:3] if isinstance(value, list) else ()
    for step, child in inner:
        yield from _paths(child, (*path, step))


@pytest.mark.parametrize("name", ["jira.json", "asana.json", "github_projects.json", "trello.json"])
def test_json_with_strange_values_is_read_or_refused_in_one_sentence(name: str) -> None:
    chance, text = random.Random(name), (EXPORTS / name).read_text()
    paths = [path for path in _paths(json.loads(text)) if path]
    for _ in range(25):
        value, path = json.loads(text), chance.choice(paths)
        inner = value
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = chance.choice(STRANGE)
        with contextlib.suppress(PortfolioError):
            assert read_portfolio(json.dumps(value).encode(), name).portfolio.projects


def test_no_other_module_asks_for_a_tool() -> None:
    tools, root = {spec.tool for spec in SPECS}, Path(__file__).parents[4]
    texts = [f'"{tool}"' for tool in tools - {"Monday"}]
    paths = [path for package in ("sessions", "tui") for path in (root / package).rglob("*.py") if "known" not in path.parts]

    assert len(tools) == len(SPECS) == 12
    assert [path.name for path in paths if (source := path.read_text()) and any(text in source for text in texts)] == []


ORDINARY = (
    "id,title,state,owner,estimate,parent,priority,labels,created\n1,Portal,new,Ada,5,,High,web,2026-01-01\n",
    "Key,Summary,Status\nA-1,Portal,Open\n",
    "Title,URL,Status,Assignees\nPortal,https://intranet.example/portal,new,Ada\n",
    "Title,URL,Status\nPortal,,new\n",
    "ID,Team,Title,Status,Priority,Estimate\n1,Web,Portal,new,High,5\n",
    "ID,Title,State,Assigned To,Tags\n1,Portal,New,Ada,web\n",
    "Task ID,Name,Assignee,Due Date,Notes\n1,Portal,Ada,2026-01-01,\n",
    '{"issues": [{"title": "Portal"}], "projects": [{"title": "Portal"}]}',
    '{"data": [], "items": [{"id": "1", "content": "Portal"}], "projects": [{"title": "Portal"}]}',
)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_file_is_no_export(text: str) -> None:
    report = read_portfolio(text.encode(), "ours")

    assert (report.tool, [card.title for card in report.portfolio.projects]) == ("", ["Portal"])
