"""Turn the markup that tools write into plain text: HTML, Jira's wiki, Markdown. What a link says stays, and so does its address."""

from __future__ import annotations

import html
import re

_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b(?>[^<>]*?\bhref\s*+=\s*+[\"']([^\"'<>]*+)[\"'])[^<>]*+>([^<>]*+)</a\s*+>", re.IGNORECASE)
_UNSHOWN = re.compile(r"<(style|script)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")
_WIKI_LINK = re.compile(r"\[([^\]|\[]++)\|([^\]|\[\s]++)[^\]\[]*+\]")
_WIKI_MACRO = re.compile(r"\{(?:color|panel|quote|noformat|code|expand|anchor|adf|toc)[^{}]*\}")
_WIKI_HEADING = re.compile(r"^h[1-6]\.\s+", re.MULTILINE)
_WIKI_STRONG = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])")
_MARK_LINK = re.compile(r"!?\[([^\]\[]*)\]\(([^()\s]+)\)")
_MARK_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_MARK_STRONG = re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*")
_LINES = re.compile(r"(?<![ \t\r])[ \t\r]*+\n\s*\n\s*+")
_PERSON = re.compile(r"(?<!\s)\s*+<[^<>]*>\s*+$")


def of_html(text: str) -> str:
    """Return the text of HTML; a text without a tag stays as it is."""
    if not _TAG.search(text):
        return html.unescape(text)
    text = _UNSHOWN.sub("", text)
    text = _ANCHOR.sub(lambda link: _linked(link[2], link[1]), text)
    text = _TAG.sub("", _ITEM.sub("- ", _BREAK.sub("\n", text)))
    return _tidy(html.unescape(text).replace("\xa0", " "))


def of_wiki(text: str) -> str:
    """Return the text of Jira's wiki markup."""
    text = _WIKI_LINK.sub(lambda link: _linked(link[1], link[2]), text)
    return _tidy(_WIKI_STRONG.sub(r"\1", _WIKI_HEADING.sub("", _WIKI_MACRO.sub("", text))))


def of_markdown(text: str) -> str:
    """Return the text of Markdown."""
    text = _MARK_LINK.sub(lambda link: _linked(link[1], link[2]), text)
    return _tidy(_MARK_STRONG.sub(r"\1", _MARK_HEADING.sub("", text)))


def of_person(text: str) -> str:
    """Return a person without the address after the name: `Ada Lovelace <ada@example.com>`."""
    return _PERSON.sub("", text) or text.strip("<> ")


def _linked(words: str, address: str) -> str:
    words = words.strip()
    return address if not words or words == address else f"{words} ({address})"


def _tidy(text: str) -> str:
    return _LINES.sub("\n\n", text).strip()
