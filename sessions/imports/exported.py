"""An exported session read as a portfolio: what the room brought is taken, what happened with it stays behind.

`quarterdeck export` writes the parts of a portfolio under the names of the portfolio's own format, and beside them what the session made of
them: the plan, the decisions, the ballots. Here the second is omitted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, cast

from sessions.imports.formats.csv_table import Table
from sessions.imports.formats.json_tree import Node
from sessions.imports.formats.report import Findings, Notice
from sessions.imports.planned.effort_headings import read_exported
from sessions.wording import shortened

FORMAT = "session/1"
"""How an exported session names its format."""
OF_CARD = (
    "benefit_chain", "budget_currency", "first_rank", "decision", "start", "finish", "status", "reason", "waits_for", "pulled_by",
)  # fmt: skip
"""What a card says about the plan and its decision, or says again for other programs."""

PLAN_COLUMNS = ("start", "finish", "status", "reason", "waits_for", "pulled_by")
"""What a row of an exported table says about the plan, named as in `quarterdeck plan --json`."""
DECISION_COLUMNS = (
    "decision", "decision sentence", "decision owner", "decision week", "decision finish", "comes back", "decision reason", "rules overridden",
    "override reason",
)  # fmt: skip
"""What a row of an exported table says about the card's decision."""
ALWAYS_THERE = ("title", "sponsor", "benefit", "benefit monthly", "state", "decision")
"""Columns that every exported table has, after the id and the rank with which it begins: they identify it."""
_OF_SESSION = (*PLAN_COLUMNS, *DECISION_COLUMNS)
_NUMBER = re.compile(r" \([0-9]+\)$")


def heading_of_named(name: str, others: Collection[str]) -> str:
    """Return the heading of a named field in an exported table whose `others` are not named fields: with a number if it could be one of them."""
    return f"{name} (2)" if _is_taken(name, others) else name


def named_by(heading: str, others: Collection[str]) -> str:
    """Return the named field under a heading of an exported table, the inverse of `heading_of_named`."""
    return _NUMBER.sub("", heading) if heading not in others and _is_taken(heading, others) else heading


def _is_taken(name: str, others: Collection[str]) -> bool:
    return _root(name) in _roots(others) or read_exported(_root(name)) is not None


def _roots(others: Collection[str]) -> set[str]:
    # Drop every session column, even when empty, so that a same-named column is never mistaken for the user's.
    return {_root(name) for name in (*others, *_OF_SESSION)}


def _root(name: str) -> str:
    """Take the numbers off a name."""
    while _NUMBER.search(name):
        name = _NUMBER.sub("", name)
    return name


def is_exported(headers: Sequence[str]) -> bool:
    """Return whether a table is an exported session."""
    return tuple(headers[:2]) == ("id", "rank") and set(ALWAYS_THERE) <= set(headers)


def table_of_export(table: Table, findings: Findings) -> Table:
    """Return the table of an exported session without what happened there, and say so."""
    left_out = [header for header in table.headers if header in _OF_SESSION]
    findings.skipped.append(Notice(None, "", f"what happened in the exported session ({shortened(left_out)}); its cards are read"))
    return table.without(_OF_SESSION)


def cards_of_export(cards: list[Node]) -> list[Node]:
    """Return the cards of an exported session as a portfolio's file would hold them."""
    ids = {card.value.get("id") for card in cards if isinstance(card.value, dict)}
    return [replace(card, value=_as_brought(card, ids)) if isinstance(card.value, dict) else card for card in cards]


def note_session_left_out(findings: Findings) -> None:
    """Note that what happened in the session is skipped."""
    findings.skipped.append(Notice(None, "", "what happened in the exported session; its cards, teams and people are read"))


def _as_brought(node: Node, ids: Collection[object]) -> dict[str, Any]:
    given = cast("dict[str, Any]", node.value)
    card = {name: value for name, value in given.items() if name not in OF_CARD}
    if isinstance(given.get("benefit_chain"), dict):
        card["benefit"] = given["benefit_chain"]
    if given.get("budget") is not None:
        card["budget"] = {"amount": given["budget"], "currency": given.get("budget_currency")}
    if isinstance(given.get("work"), list):
        card["work"] = [_work(each) for each in given["work"]]
    if isinstance(given.get("needs"), list):
        card["needs"] = [need for need in given["needs"] if need in ids]
        for need in given["needs"]:
            if need not in ids:
                node.findings.skipped.append(Notice(None, f"{node.path}.needs", "a card that is needed was withdrawn"))
    return card


def _work(each: object) -> object:
    """Name the effort as a portfolio does."""
    return {"effort" if name == "person_weeks" else name: value for name, value in each.items()} if isinstance(each, dict) else each
