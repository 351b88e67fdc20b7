"""What `--help` and the man page begin with: one to three lines for each command, which a test runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Example(NamedTuple):
    """A line to type, and what it does."""

    line: str
    does: str


def _of(*pairs: tuple[str, str]) -> tuple[Example, ...]:
    return tuple(Example(f"quarterdeck {line}".rstrip(), does) for line, does in pairs)


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "": _of(
        ("demo", "a sample to look around in"),
        ("new portfolio.csv --quarter 2026-Q4", "begin from your own file"),
        ("open last", "resume where you left it"),
    ),
    "demo": _of(("demo", "in a library that is gone afterwards"), ("demo --library demo", "in a folder that stays")),
    "new": _of(
        ("new portfolio.csv --people people.csv", "shows what was read, then begins"),
        ("new portfolio.csv --after last", "follows the session of last quarter"),
        ('new portfolio.csv --column title="Project name" --dry-run', "only says what would be read"),
    ),
    "preread": _of(("preread last", "on the screen, as Markdown"), ("preread last -o preread.html", "a page to send")),
    "ballots": _of(("ballots make last -o forms", "a form for each voter"), ("ballots collect last forms", "seals what was filled in")),
    "ballots make": _of(
        ("ballots make last -o forms", "of the ballot that is open, or of points"),
        ('ballots make last -o forms --until "Tuesday 09:00"', "the forms say by when"),
    ),
    "ballots collect": _of(("ballots collect last forms", "all of a folder"), ("ballots collect last forms/cfo.csv", "one form")),
    "check": _of(("check portfolio.csv", "what its cards lack"), ("check last", "whether a session is whole")),
    "open": _of(
        ("open last", "the session that was changed last"),
        ("open 2026-Q3", "the one of a quarter"),
        ("open last --room", "with a code for people to join"),
    ),
    "room": _of(
        ("room last --headless --bind 0.0.0.0", "prints a link for each person, and serves until ctrl+c"),
    ),
    "join": _of(("join 192.168.1.20:8420", "the address that the screen in the room shows"), ("join 192.168.1.20:8420 --watch", "only to follow")),
    "watch": _of(("watch last", "a session that is open in another window, or on another machine"),),
    "partnership": _of(
        ("partnership last", "six questions to both sides"),
    ),
    "plan": _of(("plan last", "of a session, in its own order"), ("plan portfolio.csv", "of a file"), ("plan last --json", "for scripts")),
    "tally": _of(
        ("tally portfolio.csv --ballots ballots.csv", "both sides weigh the same"),
        ("tally portfolio.csv --ballots ballots.csv --weights person", "every voter does"),
        ("tally - --ballots ballots.soc", "the cards are in the PrefLib file"),
    ),
    "replay": _of(
        ("replay last", "from the first event to the last"),
    ),
    "summary": _of(
        ("summary last", "on the screen, as Markdown"),
        ("summary last -o summary.md", "as a file"),
        ("summary last --html -o summary.html", "as a page that prints well"),
    ),
    "trend": _of(("trend last", "a column for each quarter"), ("trend last --json", "for scripts")),
    "export": _of(
        ("export last > session.json", "everything"),
        ("export last --format csv > cards.csv", "a row for each card"),
        ("export last --format xlsx -o cards.xlsx", "the same as an Excel workbook"),
    ),
    "list": _of(("list", "the latest first"), ("list --all --json", "archived ones too, for scripts")),
    "rename": _of(
        ('rename last "Portfolio of the autumn"', "its id stays"),
    ),
    "archive": _of(("archive 2025-Q4", "out of the list"), ("archive 2025-q4 --back", "into the list again, by a part of its id")),
    "copy": _of(("copy last --to ~/backup", "into a folder"), ("copy 2026-Q3 --to nats://rooms.example.org/pmo", "to a server, or from one")),
    "reopen": _of(
        ("reopen 2026-Q2", "to change what was closed by mistake"),
    ),
    "delete": _of(("delete 2025-Q4", "asks first"), ("delete 2025-Q4 --yes", "does not")),
    "repair": _of(
        ("repair last", "the original stays as it is"),
    ),
    "where": _of(
        ("where", "the folder of the sessions, and the config"),
    ),
    "library": _of(
        ("library config portfolio -o server", "what the server needs"),
        ("library init nats://127.0.0.1:4222/portfolio --keys server", "once it runs"),
    ),
    "library config": _of(
        ("library config portfolio -o server", "a server.conf, and a key for each role"),
    ),
    "library init": _of(
        ("library init nats://127.0.0.1:4222/portfolio --keys server", "once the server runs"),
    ),
    "completion": _of(
        ("completion bash >> ~/.bashrc", ""),
        ("completion zsh >> ~/.zshrc", ""),
        ("completion fish > ~/.config/fish/completions/quarterdeck.fish", ""),
    ),
    "man": _of(("man | man -l -", "to read it"), ("man > quarterdeck.1", "to keep it")),
}
"""By the words after `quarterdeck` that name the command."""
