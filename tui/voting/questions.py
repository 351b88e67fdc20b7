"""What the secret ballot says before it takes a choice: what is asked, and how it is typed. The same for every voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.content import Content

from sessions.record.events import Method, RoundOpened
from sessions.wording import counted
from tui.text import plain

UNSEEN = "What you type is not shown."
QUESTION = "How much does this move our top objectives?"
SCALE = "0 not at all · 1 a little · 3 clearly · 5 more than almost anything."
DUEL = "Which of the two should stand above the other?"
HANDS = "0 objection · 1 strong concern · 2 concern · 3 can live with it · 5 fully."

Piece = str | tuple[str, str]


def asks(opened: RoundOpened) -> Content:
    """Return what a round asks of a voice, and how it is typed."""
    return Content.assemble(*_ASKS[opened.method](opened))


def _typed(text: str) -> Piece:
    return text, "bold $foreground"


def _said(text: str) -> Piece:
    """Mark a sentence of the user's: it is what the round is about."""
    return plain(text), "bold $foreground"


def _points(opened: RoundOpened) -> list[Piece]:
    rest = f".\nUp to {counted(opened.budget, 'point')}, at most {opened.cap} on one card. {UNSEEN}"
    return ["Numbers and points, as ", _typed("3 25, 1 20"), " — or ", _typed("none"), " of these — or ", _typed("abstain"), rest]


def _ranking(opened: RoundOpened) -> list[Piece]:
    most = f"At most {counted(opened.limit, 'card')}" if opened.limit else "As many cards as you like"
    rest = f".\n{most}, = for a tie; those left out share the place below. {UNSEEN}"
    return ["Numbers, the best first, as ", _typed("3 1=4 7"), " — or ", _typed("none"), " of these — or ", _typed("abstain"), rest]


def _scores(opened: RoundOpened) -> list[Piece]:
    several = len(opened.cards) > 1
    how = ["Numbers and scores, as ", _typed("3 4, 5 2")] if several else [_typed("0"), " to ", _typed("5")]
    return [
        (f"{QUESTION}\n", "bold $foreground"), f"{SCALE}\n", *how, ", ", _typed("-"), " for no opinion, or ", _typed("abstain"), f". {UNSEEN}",
    ]  # fmt: skip


def _duel(_opened: RoundOpened) -> list[Piece]:
    return [(f"{DUEL}\n", "bold $foreground"), _typed("1"), " or ", _typed("2"), ", or ",
            _typed("abstain"), f". {UNSEEN}"]  # fmt: skip


def _consent(opened: RoundOpened) -> list[Piece]:
    about: list[Piece] = [_said(opened.about), "\n\n"] if opened.about else []
    return [
        *about, f"{HANDS}\nOne figure, as ", _typed("4"), "; with 0, 1 or 2 also why, as ", _typed("2 nobody can test it"), "; or ",
        _typed("abstain"), f".\n{UNSEEN} A sentence behind 3, 4 or 5 is not kept: type one, and nobody hears who owes one.",
    ]  # fmt: skip


_ASKS: Mapping[Method, Callable[[RoundOpened], list[Piece]]] = {
    "points": _points, "ranking": _ranking, "score": _scores, "duel": _duel, "consent": _consent,
}  # fmt: skip
