"""The HTML page says what the Markdown page says, alone in its file, and nothing that somebody typed is more than text in it."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hostile import Poison, poisoned
from larkfield import meeting
from markdown_it import MarkdownIt
from record_release import every_event
from support import Room

from sessions.state.fold import replay
from sessions.summary.html import as_html
from sessions.summary.markdown import summary

EVIL = '</title></style><script>alert(1)</script> "onclick=" [a](javascript:alert) ![i](http://evil.example/i.png) {title} &amp; ``` -->'
OURS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "ol", "li", "strong",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


class Reader(HTMLParser):
    """Collects the tags, the attributes and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


@pytest.mark.parametrize("room", [meeting, every_event])
def test_no_text_of_a_user_becomes_a_tag(room: Callable[[], Room]) -> None:
    session = replay(poisoned(room().log.records, Poison(blends=(EVIL,))))
    reader = read(as_html(session, summary(session)))
    assert reader.text.count("<script>alert(1)</script>") > 50
    assert reader.tags <= {*OURS, "pre", "code"}
    assert reader.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class"}


def test_both_pages_say_the_same() -> None:
    session = meeting().session
    page = summary(session)
    body = as_html(session, page).split("<main>")[1].split("</main>")[0]
    told = [child.content for token in MarkdownIt("commonmark").enable("table").parse(page) for child in token.children or () if child.content]
    text = read(body).text
    assert told
    assert all(each in text for each in told)
    assert "http" not in body
