"""What the app makes of the terminal it is started in: refused in one sentence if it cannot be used, whole everywhere else (T12 to T22)."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from pseudo_terminal import Terminal, in_session, with_fault

from sessions.portfolio.models import TITLE_LIMIT

pytestmark = pytest.mark.system

DEMO = with_fault("", "demo")


def run(*words: str | Path) -> str:
    """Run a command that needs no terminal."""
    return subprocess.run(with_fault("", *words), capture_output=True, text=True, timeout=120, check=True).stdout


def refused(terminal: Terminal, *words: str) -> None:
    """Check that a program ended immediately with one sentence, and never touched the terminal."""
    terminal.ends(2)
    assert b"\x1b" not in terminal.output
    told = "".join(terminal.text.split())  # the terminal breaks lines within words
    assert told.startswith("quarterdeck:")
    for word in words:
        assert word.replace(" ", "") in told


DUMB, PLAIN_TEXT = ("TERM=dumb", "xterm-256color"), ("UTF-8", "PYTHONUTF8=1")
REFUSED = [
    ({"TERM": "dumb"}, DUMB),
    ({"PYTHONIOENCODING": "ascii"}, PLAIN_TEXT),
    ({"PYTHONIOENCODING": "latin-1"}, PLAIN_TEXT),
    ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, PLAIN_TEXT),
]


@pytest.mark.promise("terminal-T12", "terminal-T16")
@pytest.mark.parametrize(("env", "advice"), REFUSED, ids=str)
def test_a_terminal_that_cannot_show_the_screen_is_refused_with_advice(env: dict[str, str], advice: tuple[str, ...]) -> None:
    with Terminal(DEMO, env=env) as terminal:
        refused(terminal, *advice)


# The exit code is always the program's own: the shell has become it, or tells what the program, and not `cat`, ended with.
ELSEWHERE = {
    "no input": 'exec "$@" </dev/null',
    "a pipe in": 'true | "$@"',
    "a file out": 'exec "$@" >"$0"',
    "a pipe out": '{ "$@"; echo $? >"$0"; } | cat; exit "$(cat "$0")"',
}


@pytest.mark.promise("terminal-T17", "terminal-T18")
@pytest.mark.parametrize("script", ELSEWHERE.values(), ids=ELSEWHERE)
def test_without_a_terminal_on_both_sides_it_says_what_to_do(tmp_path: Path, script: str) -> None:
    with Terminal(["sh", "-c", script, tmp_path / "out", *DEMO]) as terminal:
        refused(terminal, "needs a terminal", "summary, export")
    if script == ELSEWHERE["a file out"]:
        assert (tmp_path / "out").read_bytes() == b""


PLAIN = [
    {"TERM": None, "COLORTERM": None},
    {"TERM": ""},
    {"LC_ALL": "POSIX"},
    *(pytest.param(env, marks=pytest.mark.slow) for env in ({"TERM": "vt100", "COLORTERM": ""}, {"TERM": "no-such-terminal"}, {"LC_ALL": "C"})),
]


@pytest.mark.promise("terminal-T13", "terminal-T15")
@pytest.mark.parametrize("env", PLAIN, ids=str)
def test_it_is_whole_in_a_terminal_that_says_little_of_itself(env: dict[str, str | None]) -> None:
    with Terminal(DEMO, env=env) as terminal:
        terminal.see("Larkfield Supply", "✓ Northwest", "━━ 2026-Q3 ends here")
        terminal.quits()


@pytest.mark.promise("terminal-T14")
def test_without_colours_every_state_is_told_by_word_and_glyph() -> None:
    seen = {
        "": ["● Decide", "✓ Vote", "✓ Northwest", "Start on Monday 6 July.", "Yes, from 27 July.", "━━ 2026-Q3 ends here ━━"],
        "\t": ["█  4", "▌  5", "✓   Start on Monday 6 July.", "○   proposed: from 17 Aug", "▲ from", "▼ from", "must"],
        "G": ["■   Not before someone is found"],
        "P": ["The plan by team", "full"],
    }
    with Terminal(DEMO, env={"NO_COLOR": "1"}, size=(120, 50)) as terminal:
        for key, words in seen.items():
            terminal.type(key, *words)
        terminal.type("\x1b", "accept the rest")
        terminal.quits()
    colours = {tuple(map(int, each)) for each in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.output)}
    assert colours
    assert all(max(colour) - min(colour) <= 16 for colour in colours), "more than a tinge is left of a colour"


# --- what is shown may be anything


@pytest.mark.promise("terminal-T19")
def test_titles_of_any_length_and_kind_are_drawn_within_their_line(tmp_path: Path) -> None:
    titles = ["x" * 1_000_000, "two\nlines\r\nthree", "漢" * 5000, "half \ud800 pair", "[/] [red]x", "\x1b[2J\x9b31m\u202eevil", "\u0301" * 4000]
    path = tmp_path / "portfolio.json"
    path.write_text(json.dumps({"cards": [{"title": title} for title in titles]}))
    run("--library", tmp_path / "library", "new", path, "-y", "--quarter", "2026-Q4")
    with in_session(tmp_path / "library") as terminal:
        text = terminal.see("saved #1", "two lines three", "[/] [red]x", "漢漢", "xxxxxx")
        assert all(len(line.rstrip()) <= 120 for line in text.splitlines())
        assert b"\x1b[2J" not in terminal.output.partition(b"two lines")[2]
        terminal.type("Gg\r", "esc close")
        terminal.type("\x1b")
        terminal.until(lambda text: "esc close" not in text, "the board")
        terminal.type("J", "saved #2")
        terminal.quits()
    exported = json.loads(run("--library", tmp_path / "library", "export", "last"))
    assert all(len(card["title"]) <= TITLE_LIMIT for card in exported["cards"])


@pytest.mark.promise("terminal-T21")
def test_as_many_cards_as_a_session_can_have_are_no_burden(tmp_path: Path) -> None:
    (tmp_path / "many.csv").write_text("title\n" + "card\n" * 5_000)
    run("--library", tmp_path / "l", "new", tmp_path / "many.csv", "-y")
    with in_session(tmp_path / "l") as terminal:
        terminal.see("saved #1", "card")
        terminal.type("G", "5000")
        terminal.type("T", "saved #2")
        terminal.quits()
