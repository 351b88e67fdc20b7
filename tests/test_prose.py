"""The mechanical rules of our English: phrases that never belong in a docstring, a comment or a message."""

from __future__ import annotations

import io
import re
import tokenize
from functools import cache

import pytest
from sources import sources

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
    for each in sources():
        for token in tokenize.generate_tokens(io.StringIO(each.text).readline):
            if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and " " in token.string):
                place = f"{each.module}:{token.start[0]}"
                found += [(place, line.strip(" #\"'frb")) for line in re.sub(r"`[^`\n]*`", "", token.string).split("\n")]
    return found


@pytest.mark.parametrize("rule", NEVER)
def test_no_sentence_breaks_a_rule_of_our_english(rule: str) -> None:
    broken = [f"{place}: {line[:100]}" for place, line in prose() if NEVER[rule].search(line)]
    assert not broken, f"use: {rule}\n" + "\n".join(broken)
