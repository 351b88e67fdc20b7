"""The mechanical rules of our English: phrases that never belong into a docstring, a comment or a message."""

from __future__ import annotations

import ast
import io
import re
import tokenize
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


def prose(path: Path) -> list[tuple[int, str]]:
    """Return docstrings, comments and strings with spaces, each with its line."""
    source = path.read_text(encoding="utf-8")
    found = [(node.lineno, node.value) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    comments = [each for each in tokenize.generate_tokens(io.StringIO(source).readline) if each.type == tokenize.COMMENT]
    return [pair for pair in found if " " in pair[1]] + [(each.start[0], each.string.lstrip("# ")) for each in comments]


@pytest.mark.parametrize("rule", NEVER)
def test_no_sentence_breaks_a_rule_of_our_english(rule: str) -> None:
    broken = [
        f"{path.relative_to(ROOT)}:{line}: {text.strip()[:100]}"
        for path in FILES
        for line, text in prose(path)
        if any(NEVER[rule].search(re.sub(r"`[^`]*`", "", each)) for each in text.split("\n"))
    ]
    assert not broken, f"use: {rule}\n" + "\n".join(broken)
