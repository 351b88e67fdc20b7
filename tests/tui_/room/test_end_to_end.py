"""A whole meeting as people hold it: a terminal that all see, three phones, and a person's own terminal, from the square to the page."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from ports import free_port
from pseudo_terminal import Terminal, installed_command
from screen_picture import png_of
from support import person, small

from sessions.summary.markdown import summary
from tui.environment import open_library

pytestmark = pytest.mark.system

PEOPLE = (
    person("CFO", "business", "decider"), person("COO", "business"), person("VP Sales", "business"), person("CIO", "it"),
    person("PMO Lead", "it", "facilitator"),
)  # fmt: skip
ROLES = ("CFO", "COO", "VP Sales")
PATIENCE = 60.0


class Meeting:
    """The screen that all see, the phones, and the joined terminal."""

    def __init__(self, host: Terminal) -> None:
        self.host = host
        self.seat: Terminal | None = None

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until something is so, while both terminals draw."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"{what} did not come; the screen shows:\n{self.host.text}\n{self.seat.text if self.seat else ''}"
            for terminal in (self.host, self.seat):
                if terminal is not None:
                    terminal.read_for(0.05)

    def shows(self, *words: str) -> None:
        self.until(lambda: all(word in self.host.text for word in words), " and ".join(words))

    def lead(self, *words: str) -> None:
        """Take the next step, and wait for words on the screen."""
        self.host.type("]")
        self.shows(*words)

    def page(self, locator: Any) -> None:
        """Wait until a phone shows something."""
        self.until(locator.first.is_visible, str(locator))


@contextmanager
def phones(count: int) -> Iterator[list[Any]]:
    """Open phones, each with a memory of its own."""
    chromium = shutil.which("chromium")
    if not chromium or not shutil.which("zbarimg"):
        pytest.skip("needs chromium and zbarimg")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (group system)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--host-resolver-rules=MAP room.test 127.0.0.1"])
        contexts = [browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) for _ in range(count)]
        pages = [context.new_page() for context in contexts]
        for page in pages:
            page.set_default_timeout(PATIENCE * 1000)
        yield pages
        browser.close()


def square_on(terminal: Terminal, folder: Path) -> str:
    """Return what a camera reads on a terminal's screen."""
    picture = folder / "screen.png"
    picture.write_bytes(png_of(terminal.screen))
    return subprocess.run(["zbarimg", "-q", "--raw", str(picture)], check=False, capture_output=True, text=True, timeout=60).stdout.strip()


def test_a_meeting_from_the_square_to_the_page(tmp_path: Path) -> None:
    home = open_library(tmp_path)
    folder = tmp_path / "mine"
    folder.mkdir()
    with home.create(small().model_copy(update={"participants": PEOPLE}), title="Larkfield", quarter="2026-Q4"):
        pass
    port = free_port()
    command = [installed_command(), "--library", tmp_path, "open", "last", "--room", "--port", str(port), "--public-url", f"http://room.test:{port}"]
    with phones(len(ROLES)) as pages, Terminal(command, cwd=tmp_path) as host:
        meeting = Meeting(host)
        meeting.shows("or type", f"room.test:{port}")
        meeting.until(lambda: square_on(host, tmp_path) == f"http://room.test:{port}/", "the square")
        address = square_on(host, tmp_path)
        for page, role in zip(pages, ROLES, strict=True):
            page.goto(address)
            page.get_by_role("button", name=role, exact=True).click()
            meeting.page(page.get_by_role("heading", name="asks to join"))
        host.type("A")
        for page in pages:
            meeting.page(page.get_by_role("heading", name="has not begun"))
        with Terminal([installed_command(), "join", f"127.0.0.1:{port}"], cwd=folder) as seat:
            meeting.seat = seat
            seat.see("who are you?", "CIO")
            seat.type("CIO\r")
            meeting.shows("CIO asks to join")
            host.type("\r")
            meeting.until(lambda: "1 of 1 here" in seat.text, "the seat")
            hold_the_meeting(meeting, pages, seat)
            meeting.until(lambda: "ctrl+s saves the page" in seat.text, "the end")
            seat.type("\x13")
            meeting.until(lambda: "Saved as" in seat.text, "the saved page")
        for page in pages:
            meeting.page(page.get_by_role("button", name="Download the page"))
        with pages[0].expect_download() as download:
            pages[0].get_by_role("button", name="Download the page").click()
        assert download.value.suggested_filename == "Larkfield 2026-Q4.html"
        saved = Path(download.value.path()).read_text(encoding="utf-8")
    with home.open(home.find("last")) as opened:
        session = opened.live.session
        page = summary(session)
    assert "what we decided" in saved
    assert "what we decided" in page
    assert "what we decided" in (folder / "larkfield.md").read_text(encoding="utf-8")
    assert "it pays back" in page
    ways = {voice: sealed.way for voice, sealed in session.rounds[0].entered.items()}
    assert ways == dict.fromkeys(("cfo", "coo", "vp-sales", "cio"), "device")
    revealed = session.rounds[0].revealed
    assert revealed is not None
    given = {each.voice: dict(each.points) for each in revealed.ballots}
    assert given == {"cfo": {"P1": 10}, "coo": {"P1": 10}, "vp-sales": {"P1": 10}, "cio": {"P4": 20}}


def hold_the_meeting(meeting: Meeting, pages: list[Any], seat: Terminal) -> None:
    host = meeting.host
    host.type("\x1b")
    meeting.shows("open the session")
    meeting.lead("Before we begin: the two questions")
    meeting.lead("Are we working on the highest value")
    host.type("\x1b")
    meeting.shows("here: enough")
    meeting.lead("open the ballot")
    meeting.lead("Open a ballot", "enter start voting")
    host.type("\r")
    meeting.shows("0 of 4 have voted")
    for page in pages:
        meeting.page(page.get_by_role("button", name="Hand in"))
        for _ in range(2):
            page.get_by_role("button", name="More for Checkout").first.click()
        page.get_by_role("button", name="Hand in").click()
        meeting.page(page.get_by_role("heading", name="Your ballot is in"))
    meeting.until(lambda: "is not in yet" in seat.text, "the seat's ballot")
    seat.type("\r")
    meeting.until(lambda: "points left" in seat.text or "Type card and points" in seat.text, "the seat's form")
    seat.type("4 20\r4 it pays back\r")
    meeting.until(lambda: "Your ballot is in" in seat.text, "the seat's vote")
    meeting.shows("All 4 have voted")
    meeting.lead("Reveal the ballots?")
    host.type("\r")
    meeting.shows("use the group's order")
    said = "All 4 can start"
    for page in pages:
        meeting.page(page.get_by_role("heading", name=said))
    meeting.until(lambda: "The order of the room" in seat.text, "the order on the seat")
    meeting.lead("Take this order?")
    host.type("\r")
    meeting.shows("from 4")
    host.type("Z")
    meeting.shows("Close the session?")
    host.type("\r")
    meeting.shows("what we decided", "enter write it")
    host.type("\r")
    meeting.shows("The page is written")
