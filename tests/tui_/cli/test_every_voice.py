"""A meeting's voices in a real terminal, by keyboard alone: from sealed ballots over the talk to consent, and what stands in the record after it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a Unix thing", allow_module_level=True)

from pseudo_terminal import Terminal, installed_command
from support import SAMPLE

pytestmark = pytest.mark.system

COMMAND = installed_command()
if not COMMAND.exists():
    pytest.skip(f"{COMMAND} is not installed: pip install -e .", allow_module_level=True)

ESCAPE, ENTER = "\x1b", "\r"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with a new session on the sample portfolio."""
    subprocess.run([COMMAND, "--library", tmp_path / "library", "new", "--yes", SAMPLE / "portfolio.json"], check=True, capture_output=True)
    return tmp_path / "library"


def vote(terminal: Terminal) -> None:
    """Everybody comes, a ballot is opened, all hand theirs in as a file, one abstaining, and the ballots are revealed."""
    terminal.see("saved #1")
    terminal.type("mA")
    terminal.see("business 6 of 6", "IT 5 of 5")
    terminal.type(ESCAPE)
    terminal.see("carry")
    terminal.type("v")
    terminal.see("enter open a ballot")
    terminal.type(ENTER)
    terminal.see("Points per voter")
    terminal.type(ENTER)
    terminal.see("Ballot of points", "is shown by its side only")
    terminal.type("f")
    terminal.see("Ballots from a file")
    terminal.type(f"{SAMPLE / 'ballots_points_r1.csv'}{ENTER}")
    terminal.see("11 ballots sealed", "business 6/6", "IT 5/5")
    terminal.type("r")
    terminal.see("Reveal the ballots?")
    terminal.type("r")


def talk(terminal: Terminal) -> None:
    """The screen alone says which cards to talk about, and why; the room scores the first before and after the talk, and agrees to differ."""
    wanted = ("The order depends on how voters are counted", "Talk about these 5 cards", "business would start it (85%)", "take order")
    text = terminal.see(*wanted).partition("Discuss these")[2]
    cards = [text.index(title) for title in ("Staff sign-in", "Server operating system upgrade", "Promised delivery date")]
    assert cards[0] < text.index("IT would start it (92%), business would not (2%)") < cards[1] < cards[2]
    terminal.type(ENTER)
    terminal.see("Staff sign-in with second factor", "Why we talk about it")
    for number, hands in enumerate(("b 1 3 1 1 2 1 / i 4 4 3 4 5", "b 2 4 2 2 2 2 / i 4 3 3 3 5"), 1):
        terminal.type("s")
        terminal.see("Raised hands", f"Score round {number} on")
        terminal.type(hands + ENTER)
        terminal.see("Count these hands?")
        terminal.type(ENTER)
        terminal.see(("The sides are 2.5 apart", "2.5 apart before, 1.3 after")[number - 1])
    terminal.type("f")
    terminal.see("differ")
    terminal.type(f"remote staff first{ENTER}")
    terminal.see("The room agrees to differ")
    terminal.type(ESCAPE)
    terminal.see("Talk about these 5 cards")
    terminal.type("g")
    terminal.see("group's order; u takes it back")


def consent(terminal: Terminal) -> None:
    """The first card's decision is accepted; one objects, says why and is answered, and the decider answers in writing."""
    terminal.type("gD")
    terminal.see("accepted")
    terminal.type("c")
    terminal.see("Consent on #1", "5 fully")
    terminal.type("h")
    terminal.see("Raised hands")
    terminal.type(f"b 5 5 4 4 5 4 / i 3 0 4 4 4{ENTER}")
    terminal.see("Count these hands?")
    terminal.type(ENTER)
    terminal.see("No consent", "a sentence to write down")


def test_from_sealed_ballots_to_consent_by_keyboard(library: Path) -> None:
    with Terminal([COMMAND, "--library", library, "open", "last"]) as terminal:
        vote(terminal)
        talk(terminal)
        consent(terminal)
        terminal.type("a")
        terminal.see("answer")
        terminal.type(f"we look at it again in July{ENTER}")
        terminal.see("we look at it again in July")
        terminal.type("\x11")
        terminal.see("Quit Quarterdeck?")
        terminal.type(ENTER)
        assert terminal.wait() == 0
    told = json.loads(subprocess.run([COMMAND, "--library", library, "export", "last"], capture_output=True, check=True).stdout)
    assert [(each["method"], each["status"], each["hands"]) for each in told["rounds"]] == [
        ("points", "revealed", False), ("score", "revealed", True), ("score", "revealed", True), ("consent", "revealed", True),
    ]  # fmt: skip
    assert told["rounds"][0]["proved"] == 11
    assert "voice" not in told["rounds"][0]["ballots"][0]
    assert [(each["card"], each["outcome"]) for each in told["talks"]] == [("P15", "differ")]
    assert told["overrides"][-1]["reason"] == "we look at it again in July"
    page = subprocess.run([COMMAND, "--library", library, "summary", "last"], capture_output=True, check=True, text=True).stdout
    assert "| Staff sign-in with second factor | 1.5 / 4.0 | 2.3 / 3.6 |" in page
