"""The order of columns, the names that people give them and the way a table lies make no difference to the portfolio."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import workbook

from sessions.imports.formats.how import How
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Portfolio

FIELDS = {
    "title": "Title", "id": "Id", "sponsor": "Sponsor", "budget": "Budget (k EUR)", "benefit_monthly": "Benefit monthly", "objective": "Objective",
    "rank": "Rank", "state": "State", "needs": "Needs", "deadline_week": "Deadline", "note": "Note", "effort": "Data team (days)",
}  # fmt: skip
"""Fields, and a name of a column by which each is recognised."""
WORDS = st.text(st.characters(min_codepoint=0x41, max_codepoint=0x17F, categories=("L",)), min_size=3, max_size=12)
KEPT = "Colour"
NUMBERS = st.integers(0, 999).map(str)


def cells(number: int) -> st.SearchStrategy[dict[str, str]]:
    """Return the cells of a project: an id and a title of its own, anything else or nothing in the others."""
    return st.fixed_dictionaries({
        "title": WORDS.map(lambda word: f"{word} {number}"), "id": st.just(f"P{number}"), "sponsor": WORDS, "budget": NUMBERS,
        "benefit_monthly": NUMBERS | st.just(""), "objective": st.sampled_from(["Growth", "Costs"]), "rank": st.integers(1, 9).map(str),
        "state": st.sampled_from(["new", "in progress", "done", ""]), "needs": st.sampled_from(["", "P1", "P2; P1", "P3"]),
        "deadline_week": st.sampled_from(["", "9", "2026-11-30"]), "note": WORDS | st.just(""), "effort": st.integers(1, 90).map(str),
        KEPT: WORDS,
    })  # fmt: skip


PROJECTS = st.integers(3, 5).flatmap(lambda count: st.tuples(*(cells(number) for number in range(1, count + 1))))


def table(projects: Sequence[dict[str, str]], columns: Sequence[str], names: dict[str, str]) -> list[list[str]]:
    """Return a table with these columns, under these names."""
    return [[names.get(column, column) for column in columns], *([project[column] for column in columns] for project in projects)]


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def read(data: bytes, columns: dict[str, str] | None = None, how: How = How()) -> Portfolio:  # noqa: B008 - never changed
    """Return the portfolio; the order of a card's named fields is that of the columns, which says nothing."""
    portfolio = read_portfolio(data, "cards.csv", columns or {}, how).portfolio
    cards = tuple(card.model_copy(update={"fields": tuple(sorted(card.fields))}) for card in portfolio.projects)
    return portfolio.model_copy(update={"projects": cards})


@settings(max_examples=25, deadline=None)
@given(PROJECTS, st.permutations([*FIELDS, KEPT]))
def test_shuffled_columns_give_the_same_portfolio(projects: tuple[dict[str, str], ...], columns: list[str]) -> None:
    assert read(as_csv(table(projects, columns, FIELDS))) == read(as_csv(table(projects, [*FIELDS, KEPT], FIELDS)))


@settings(max_examples=25, deadline=None)
@given(PROJECTS)
def test_a_table_that_lies_on_its_side_gives_the_same_portfolio_as_a_workbook_does(projects: tuple[dict[str, str], ...]) -> None:
    rows = table(projects, [*FIELDS, KEPT], FIELDS)
    upright = read(as_csv(rows))
    assert read(as_csv(list(zip(*rows, strict=True)))) == upright
    assert read(workbook(*rows)) == upright


@settings(max_examples=25, deadline=None)
@given(PROJECTS, st.permutations(list(FIELDS)))
def test_columns_of_any_names_that_are_chosen_give_the_same_portfolio(projects: tuple[dict[str, str], ...], order: list[str]) -> None:
    names = {field: f"c{number} zz" for number, field in enumerate(order)}
    chosen = {name: field for field, name in names.items()}
    names[KEPT] = "Project name"  # which would be the title if none was chosen
    rows = table(projects, [*FIELDS, KEPT], names)
    units = How(amounts="kEUR")
    plain = {field: name.removesuffix(" (k EUR)").removesuffix(" (days)") for field, name in FIELDS.items()}
    expected = read(as_csv(table(projects, [*FIELDS, KEPT], plain)), {plain["effort"]: "effort"}, units)
    found = read(as_csv(rows), chosen, units)
    called = {name: plain[field] for name, field in chosen.items()} | {names[KEPT]: KEPT}
    renamed = tuple(
        card.model_copy(update={"fields": tuple(sorted((called.get(name, name), text) for name, text in card.fields))}) for card in found.projects
    )
    assert renamed == expected.projects
    assert (found.teams, found.objectives, found.currency) == (expected.teams, expected.objectives, expected.currency)
