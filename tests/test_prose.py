"""The mechanical rules of our English: phrases that never belong in a docstring, a comment or a message."""

from __future__ import annotations

import io
import re
import tokenize
from functools import cache
from pathlib import Path

import pytest

import sessions

ROOT = Path(sessions.__file__).parent.parent
FILES = sorted(path for package in ("sessions", "tui") for path in (ROOT / package).rglob("*.py"))
NEVER = {
    "Return, or the verb of the effect": re.compile(r"^(Give|Gives|Tell|Tells) (what|whether|where|how|the)\b"),
    "name the actor": re.compile(r"\b(is|are|was|were) (told|left out|looked through|handed on)\b"),
    "voter": re.compile(r"\b(a|every|each|no|this|of all) voices?\b(?! of)"),
    "per": re.compile(r"\b(row|column|line|point|points) a (voice|voter|card|side|person)\b"),
    "anyone who, any": re.compile(r"\bwhoever\b", re.IGNORECASE),
    "continue": re.compile(r"\bgoes on\b"),
}


@cache
def prose() -> list[tuple[str, str]]:
    """Return the lines of docstrings, comments and strings with spaces, without names in backticks, each with its place."""
    found = []
    for path in FILES:
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
            if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and " " in token.string):
                place = f"{path.relative_to(ROOT)}:{token.start[0]}"
                found += [(place, line.strip(" #\"'frb")) for line in re.sub(r"`[^`\n]*`", "", token.string).split("\n")]
    return found


@pytest.mark.parametrize("rule", NEVER)
def test_no_sentence_breaks_a_rule_of_our_english(rule: str) -> None:
    broken = [f"{place}: {line[:100]}" for place, line in prose() if NEVER[rule].search(line)]
    assert not broken, f"use: {rule}\n" + "\n".join(broken)
