"""An exported session read as a portfolio: what the room brought is taken, what happened with it stays behind.

`quarterdeck export` writes the parts of a portfolio under the names of the portfolio's own format, and beside them what the session made of
them: the plan, the decisions, the ballots. Here the second is left out of the first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, cast

from sessions.portfolio.report import Findings, Notice
from sessions.portfolio.tree import Node

FORMAT = "session/1"
"""How an exported session names its format."""
OF_CARD = (
    "benefit_chain", "budget_currency", "first_rank", "decision", "start", "finish", "status", "reason", "waits_for", "pulled_by",
)  # fmt: skip
"""What a card says of the plan and of its decision, or says again for other programs."""


def cards_of_export(cards: list[Node]) -> list[Node]:
    """Give the cards of an exported session as a portfolio's file would hold them."""
    ids = {card.value.get("id") for card in cards if isinstance(card.value, dict)}
    return [replace(card, value=_as_brought(card, ids)) if isinstance(card.value, dict) else card for card in cards]


def tell(findings: Findings) -> None:
    """Say that what happened in the session is left out."""
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
