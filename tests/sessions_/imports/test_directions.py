"""What is for and against a change of direction, as files name it."""

from __future__ import annotations

import json

import pytest

from sessions.imports.portfolio import read_portfolio

CARD = {"title": "One ERP", "kind": "direction", "for": "one system", "against": "a costly move"}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps({"cards": [CARD]}), "portfolio.json"),
        ("title,kind,for,against\nOne ERP,direction,one system,a costly move\n", "cards.csv"),
        ("title,kind,arguments for,cons\nOne ERP,direction,one system,a costly move\n", "cards.csv"),
    ],
)
def test_what_is_for_and_against_is_read(data: str, name: str) -> None:
    (card,) = read_portfolio(data.encode(), name).portfolio.projects
    assert (card.kind, card.arguments_for, card.arguments_against) == ("direction", "one system", "a costly move")
