"""The list of promises is whole, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path

HERE = Path(__file__).parent
LIST = (HERE / "PROMISES.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([A-Z]\d+) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
COUNTS = {"S": 26, "T": 26, "H": 4, "I": 20, "P": 2}


def names_in(path: Path) -> set[str]:
    """Return the tests and test machines of a file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {f"{path.stem}::{node.name}" for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)}


def test_no_promise_is_left_out() -> None:
    assert [row[0] for row in ROW.findall(LIST)] == [f"{letter}{number}" for letter, count in COUNTS.items() for number in range(1, count + 1)]


def test_every_promise_is_held_by_tests_that_exist() -> None:
    there = set(chain.from_iterable(names_in(path) for path in HERE.rglob("test_*.py")))
    missing = [f"{row[0]}: {name}" for row in ROW.findall(LIST) for name in re.findall(r"`([^`]+)`", row[2]) if "::" in name and name not in there]
    assert missing == []
    assert [row[0] for row in ROW.findall(LIST) if "`" not in row[2]] == []
