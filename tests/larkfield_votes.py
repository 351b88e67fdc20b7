"""The votes of the sample, read without the product's own readers, and the reference results beside them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import sessions

FIXTURES = Path(__file__).parent / "fixtures"
SIDE_ORDER = ("business", "it")


def _rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row.get("abstain") != "1"]


EXPECTED: dict[str, Any] = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))
_CARDS = json.loads((Path(sessions.__file__).parent / "sample" / "portfolio.json").read_text(encoding="utf-8"))["cards"]
LAST_RANK: dict[str, int | None] = {card["id"]: card["previous_rank"] for card in _CARDS}
CARDS = tuple(LAST_RANK)
SIDES = {row["voter"]: row["side"] for row in _rows("ballots_points_r1.csv")}
POINTS = {row["voter"]: {card: int(row[card]) for card in CARDS} for row in _rows("ballots_points_r1.csv")}
RANKINGS = {row["voter"]: tuple((card,) for card in row["top10"].split()) for row in _rows("ballots_rank_r1.csv")}


def scores(name: str) -> dict[str, dict[str, int | None]]:
    """Return a score round by card and voter."""
    rows = _rows(name)
    cards = [column for column in rows[0] if column in LAST_RANK]
    return {card: {row["voter"]: int(row[card]) if row[card] else None for row in rows} for card in cards}


SCORE_SIDES = {row["voter"]: row["side"] for row in _rows("scores_r1.csv")}
SCORES_1 = scores("scores_r1.csv")
SCORES_2 = scores("scores_r2.csv")
