"""What a ballot says before it takes a choice: what is asked, and how it is typed. The same for every voter."""

from __future__ import annotations

from textual.content import Content

from sessions.record.events import RoundOpened
from sessions.rounds.words import question
from tui.text import plain
from tui.voting.methods.registry import view_of
from tui.voting.methods.view import examples

UNSEEN = "What you type is not shown."
_STRONG = "bold $foreground"


def asks(opened: RoundOpened, *, unseen: bool = True) -> Content:
    """Return what a round asks of a voter, and how it is typed; `unseen` on the screen that all share."""
    view, asked = view_of(opened.method), question(opened)
    parts: list[str | tuple[str, str]] = [(plain(asked.about), _STRONG), "\n\n"] if asked.about else []
    parts += [(f"{asked.question}\n", _STRONG)] if asked.question else []
    parts += [f"{asked.scale_words}\n"] if asked.scale else []
    rest = " ".join(filter(None, (asked.rules, UNSEEN if unseen else "", view.aside if unseen else "")))
    return Content.assemble(*parts, (plain(view.how(opened)), "$foreground"), ("\n" if asked.rules or view.aside else " ") if rest else "", rest)


def asks_reason(opened: RoundOpened) -> Content:
    """Return that the choice was read, and how to type the line of reason that may follow it. The ballot is recorded after that."""
    how = f"A card's number, then why: {examples(opened)[0]} our customers wait too long. The room reads it at the reveal. {UNSEEN}"
    taken = ("Ballot read ✓  ", "bold $success")
    return Content.assemble(taken, ("Now one line of reason, or just enter to hand it in.\n", _STRONG), (how, "$foreground"))
