"""The body of the consent screen as lines: the hands as a drawing, what they say, the sentences that are owed, what was written down."""

from __future__ import annotations

from sessions.rounds.consent import dissent_lines, passed_words
from sessions.rounds.methods.revealed import given_by_side
from sessions.voting.consent import tally_consent
from sessions.wording import capital
from tui.consent import words
from tui.consent.view import ConsentView
from tui.text import fit, length, wrap
from tui.themes import Ink
from tui.voting.drawing.fingers import CONSENT, fingers
from tui.widgets.listing import Line, Piece

_PROSE = 110
_WHO_CELLS = 34

Valued = tuple[str, Line]
"""A line with its value for a listing: the place of a sentence that is owed, or nothing."""


def body(view: ConsentView, width: int, height: int, *, writable: bool) -> list[Valued]:
    """Return the lines of the screen, with gaps between its parts if they fit."""
    parts = [part for part in _parts(view, width, writable=writable) if part]
    airy: list[Valued] = [line for part in parts for line in [("", []), *part]]
    return airy if len(airy) <= height else [line for part in parts for line in part]


def _parts(view: ConsentView, width: int, *, writable: bool) -> list[list[Valued]]:
    if view.card is None:
        return [_prose("This card has left the board.", width, "muted")]
    if not view.askable:
        return [_prose(words.UNDECIDED, width, "wait", bold=True)]
    asked = [] if view.consent else _how(view, width, writable=writable)
    return [_state(view, width), _drawing(view, width), asked, _owed(view, width), _written(view, width), _notes(view, width)]


def _prose(text: str, width: int, ink: Ink = "text", *, bold: bool = False, most: int = 4) -> list[Valued]:
    return [("", [Piece(line, ink, bold=bold)]) for line in wrap(text, min(width, _PROSE), most)] if text else []


def _state(view: ConsentView, width: int) -> list[Valued]:
    """Return what the latest round led to and whether it is settled; before any round, what is asked."""
    lines = _prose(words.open_words(view.session, view.open_round), width, "wait", bold=True) if view.open_round else []
    consent = view.consent
    if consent is None:
        return lines + _prose(words.QUESTION, width, bold=True)
    passed = consent.result.passed
    lines += _prose(passed_words(consent.result), width, "start" if passed else "differ", bold=True)
    settled, ink = words.resolved_words(view, consent)
    lines += _prose(settled, width, ink)
    for earlier in view.earlier[-1:]:
        lines += _prose(words.earlier_words(tally_consent(given_by_side(earlier, view.id))), width, "muted")
    return lines


def _how(view: ConsentView, width: int, *, writable: bool) -> list[Valued]:
    """Return what passes, and how it is asked."""
    asks = "" if view.open_round else words.ask_words(writable=writable)
    return _prose(words.RULE, width, "muted") + _prose(asks, width, "muted")


def _drawing(view: ConsentView, width: int) -> list[Valued]:
    """Draw the hands; before the first round, what the fingers mean."""
    consent = view.consent
    if consent is None:
        return [("", line) for line in fingers(CONSENT, {}, {}, width)]
    asides = " · ".join(words.round_asides(view.session, consent))
    drawn = [("", line) for line in fingers(CONSENT, consent.result.counts, consent.result.means, width)]
    return drawn + _prose(capital(asides), width, "muted")


def _owed(view: ConsentView, width: int) -> list[Valued]:
    """List the sentences that are owed: whose, and what came with the hand."""
    if not view.owed:
        return []
    told = [words.owed_words(each) for each in view.owed]
    who = min(max(length(each) for each, _ in told) + 2, _WHO_CELLS, max(8, width // 2))
    lines: list[Valued] = [("", [Piece(fit("To write down", width), "muted", bold=True)])]
    for place, (owed, (name, text)) in enumerate(zip(view.owed, told, strict=True)):
        ink: Ink = "differ" if owed.stance == "objection" else "wait"
        row = [Piece(" "), Piece(fit(name, who), ink, bold=True), Piece(fit(text, max(0, width - who - 1)), "text" if owed.words else "muted")]
        lines.append((str(place + 1), row))
    return lines


def _written(view: ConsentView, width: int) -> list[Valued]:
    """List what was written down, each with its answer, and the decider's own answer."""
    consent = view.consent
    answer = consent.round.answer if consent else ""
    if not view.written and not answer:
        return []
    lines: list[Valued] = [("", [Piece(fit("Written down", width), "muted", bold=True)])]
    for dissent in view.written:
        said, answered = dissent_lines(dissent)
        lines += _indented(said, width, 1) + _indented(answered, width, 3, "muted")
    return lines + (_indented(f"{words.decider(view.session)} answers: {answer}", width, 1, bold=True) if answer else [])


def _indented(text: str, width: int, by: int, ink: Ink = "text", *, bold: bool = False) -> list[Valued]:
    return [("", [Piece(" " * by), *line]) for _, line in _prose(text, max(1, width - by), ink, bold=bold)]


def _notes(view: ConsentView, width: int) -> list[Valued]:
    decision = view.decision
    provisional = "The decision itself is provisional: it was made without a quorum." if decision and decision.provisional else ""
    return _prose(provisional, width, "wait") + _prose(words.direction_words(view), width, "wait")
