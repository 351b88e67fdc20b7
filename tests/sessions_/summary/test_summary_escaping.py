"""Anything a user types is plain words to a renderer, and text to a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sessions.sanitize import FORMULA_SIGNS
from sessions.summary.markdown_escape import inline, literal

COMMON = MarkdownIt("commonmark").enable("table")
LINKING = MarkdownIt("gfm-like")
"""Makes links of bare addresses, as many viewers do."""

CORPUS = [
    "# heading", "## x ##", "- item", "+ item", "* item", "1. item", "2) item", "123456789) x", "> quote", "---", "===", "***", "```",
    "~~~x", "    code", "\tcode", "[a](javascript:alert(1))", "![](http://tracker.example/x.png)", "[a]: http://evil.example", "[a][b]",
    "[^1]", "[ ] task", "<script>alert(1)</script>", "<!-- x -->", "<http://evil.example>", "<a@evil.example>", "<img src=x onerror=y>",
    "&lt;b&gt;", "&#60;", "&copy", "`code`", "``a`b``", "**b**", "__b__", "_i_", "*i*", "~~s~~", "a | b", "| a |", "|---|", ":---:", "\\",
    "\\\\*", "a\\|b", "\\&amp;", "a  \nb", "a\\\nb", "http://evil.example", "https://evil.example/a?b=c&d", "ftp://x.y",
    "www.evil.example", "evil.com", "README.md", "a@evil.com", "mailto:a@b.com", "//evil.com/x", "127.0.0.1", "xmpp:a@b.c",
    "localhost:8000", "see:http://x.yz.", "$x^2$", "$5 and $6", ":smile:", "@name", "#1", "[/] [@click=app.quit]", "=cmd|'/c calc'!A1",
    "+1", "-2+3", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "'=1", "''+1", "\t=1", "\r=1", "\x00=1", "\u200b=1", "\u202eabc", "\x1b[31m",
    "R&D", "AT&T;", "Data & BI", "3.5% of 2.1", "9:30", "a/b", "C#", "", " ", "日本語、テスト。", "é\u0301", "👩‍👩‍👧",
]  # fmt: skip

OURS = ("paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td")
ALLOWED = {"inline", "text", *(f"{name}_{end}" for name in OURS for end in ("open", "close"))}


def places(text: str) -> list[tuple[str, list[str]]]:
    """Return documents that hold the text, each with the texts that a reader must see."""
    safe, shown = inline(text), literal(text)
    table = f"| a | b |\n|---|---|\n| {safe} | {safe} |\n| c | {safe} |"
    documents = [(f"Lead: {safe}. Tail ({safe})", [f"Lead: {shown}. Tail ({shown})"]), (table, ["a", "b", shown, shown, "c", shown])]
    if shown:
        documents += [
            (safe, [shown]),
            (f"- {safe}\n- {safe}", [shown, shown]),
            (f"Above.\n\n{safe}\n\nBelow.", ["Above.", shown, "Below."]),
        ]
    return documents


def walk(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from walk(token.children or [])


def assert_literal(text: str) -> None:
    for document, expected in places(text):
        for parser in (COMMON, LINKING):
            tokens = parser.parse(document)
            assert {token.type for token in walk(tokens)} <= ALLOWED, (text, document)
            seen = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
            assert seen == expected, (text, document)


FRAGMENTS = st.sampled_from(list("\\`*_{}[]()#+-.!|<>&~:;/@$='\"^ 0127abw\n\t＝é") + CORPUS)


@pytest.mark.promise("import-I3")
@settings(max_examples=150)
@given(st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=10).map("".join)))
def test_any_text_is_shown_as_it_is_and_starts_no_formula_and_no_second_line(text: str) -> None:
    assert_literal(text)
    for shown in (literal(text), inline(text)):
        assert not shown.startswith((*FORMULA_SIGNS, "\t", "\r"))
        assert "\n" not in shown
        assert "\r" not in shown


@pytest.mark.parametrize(
    "text",
    ["Data & BI is on #1 until the end of week 3.", "about $36,000 a month; 2.1% to 0.5%", "A (b), c: d - e + f = g!", "9:30, 1/2", "90 → 5"],
)
def test_ordinary_words_stay_readable_as_they_are(text: str) -> None:
    assert inline(text) == text
