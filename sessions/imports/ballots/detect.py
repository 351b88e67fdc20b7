"""Tells from a file of ballots whether it holds points or rankings, where nobody said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sessions.imports.ballots.names import VOTER, Cards
from sessions.imports.ballots.preflib import is_preflib
from sessions.imports.ballots.table import Columns
from sessions.imports.ballots.tree import CONTENT
from sessions.imports.formats.csv_table import read_table
from sessions.imports.formats.json_tree import read_tree
from sessions.imports.formats.report import Findings


def holds_rankings(text: str, source: str, card_ids: Iterable[str]) -> bool:
    """Return whether a file of ballots holds rankings; else it holds points. Raises PortfolioError where it can be neither."""
    if is_preflib(text):
        return True
    if text.lstrip().startswith(("{", "[")):
        return _ranks(read_tree(text, Findings(source)).value)
    columns = Columns(read_table(text, Findings(source)), "ranking", Cards(card_ids))
    return columns.long or bool(not columns.cards and (columns.ranking or columns.places))


def _ranks(value: object) -> bool:
    """Return whether what a JSON file holds is a ranking, or something for each voice of which the first that tells is one."""
    if isinstance(value, list):
        return not any(isinstance(entry, dict) for entry in value) or any(map(_ranks, value))
    if not isinstance(value, Mapping):
        return isinstance(value, str) and not value.strip().casefold().startswith("abstain")
    if "points" in value:
        return False
    if any(name in value for name in CONTENT["ranking"]):
        return True
    return any(_ranks(content) for name, content in value.items() if name not in (*VOTER, "side"))
