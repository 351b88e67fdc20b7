"""The HTML page says what the Markdown page says, alone in its file, and nothing that users typed is more than text in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from answering import ANSWERS
from hostile import Poison, poisoned
from larkfield import meeting
from markdown_it import MarkdownIt
from record_release import every_event
from support import PEOPLE, FakeClock, Room

from sessions.commands.agreements import DrawLine
from sessions.commands.decisions import AcceptProposals, Decide
from sessions.commands.phases import CloseSession
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.imports.portfolio import read_portfolio
from sessions.library.library import Library
from sessions.state.fold import replay
from sessions.state.session import Session
from sessions.store.memory import MemoryStore
from sessions.summary.html import as_html
from sessions.summary.markdown import summary
from tui.library.demo import make_demo

EVIL = '</title></style><script>alert(1)</script> "onclick=" [a](javascript:alert) ![i](http://evil.example/i.png) {title} &amp; ``` -->'
DATA = Path(__file__).parents[4] / "shared" / "data" / "canada-it-2022.csv"
OURS = {
    "html", "head", "meta", "title", "style", "body", "main", "section", "div", "h1", "h2", "p", "ul", "ol", "li", "strong",
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


# --- on paper


def many(cards: int) -> Session:
    """Return a session about real projects: a line, and reasons for a third of them."""
    if not DATA.exists():
        pytest.skip(f"no real portfolio at {DATA}")
    portfolio = read_portfolio(DATA.read_bytes(), DATA.name).portfolio
    projects = portfolio.projects[:cards]
    room = Room(portfolio.model_copy(update={"projects": projects, "participants": PEOPLE})).everybody()
    room.do(DrawLine(projects=cards // 3), AcceptProposals())
    why = "The vendor has not delivered the report that says what it costs"
    room.do(*(Decide(card=each.id, word="hold", why=why, until="2026-09-01") for each in projects[cards // 3 : cards * 2 // 3]))
    return room.session


def demo() -> Session:
    """Return the demo's session at its end: after three others, with both questions and the partnership answered."""
    library = Library(MemoryStore(), FakeClock(), lambda length: "0" * length)
    live = library.open(make_demo(library, datetime(2026, 6, 30, 11, tzinfo=UTC))).live
    live.perform(AcceptProposals())
    for method, answers in (("pulse", ANSWERS["pulse"]["close"]), ("partnership", ANSWERS["partnership"])):
        live.perform(OpenRound.model_validate({"method": method, "when": "close"}))
        number = len(live.session.rounds)
        for place, voter in enumerate(live.session.voters()):
            live.perform(SealBallot(round=number, voice=voter.id, scores={item: its[place] for item, its in answers.items()}))
        live.perform(RevealBallots(round=number))
    live.perform(CloseSession(leave_undecided=True, override="late"))
    return live.session


@pytest.mark.system
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(("session", "most"), [(lambda: meeting().session, 1), (demo, 1), (lambda: many(60), 2), (lambda: many(495), 2)])
def test_the_page_prints_on_one_sheet_and_of_a_large_portfolio_on_two(session: Callable[[], Session], most: int, paper: str, tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium")
    found = session()
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(as_html(found, summary(found)).replace("@page {", f"@page {{ size: {paper};", 1))
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'profile'}")
    subprocess.run([chromium, *flags, f"--print-to-pdf={pdf}", page.as_uri()], check=True, capture_output=True, timeout=60)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) <= most
