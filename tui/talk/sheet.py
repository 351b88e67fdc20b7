"""The middle of the discussion screen as lines: why we discuss it, who speaks when, the scores, the duel. With less air in little room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from sessions.rounds.methods.duel import duel_of
from sessions.rounds.methods.score import QUESTION, SCALE
from sessions.rounds.methods.spec import scale_words
from sessions.state.rounds import Round
from tui.sides import looks, shaped_name
from tui.talk import words
from tui.talk.scores_drawing import ScoreTable
from tui.talk.view import TalkView
from tui.text import fit, length, wrap
from tui.themes import Ink
from tui.voting.drawing.spread import spread
from tui.voting.quotes import quote_lines
from tui.voting.spots import Spots
from tui.widgets.listing import Line, Piece

Air = Literal["rich", "airy", "close", "tight"]
"""How much room the lines have: for the card's neighbours too, for headings, for gaps, or for nothing but what is needed."""
AIRS: tuple[Air, ...] = ("rich", "airy", "close", "tight")
_HEADED = ("rich", "airy")
BESIDE = 150
"""Columns from which who speaks, the duel and the neighbours are beside the scores, not among them."""
_PROSE = 110
_DRAWING = 44
_HANDS = 24
_FEW, _MANY = 2, 8


class Sheet(NamedTuple):
    """The lines of the middle: its left column, and the right one, which may be empty."""

    left: list[Line]
    right: list[Line]


def sheet(view: TalkView, width: int, height: int, *, busy: bool = False) -> Sheet:
    """Lay the middle out with as much air as fits. `busy` says that the ballots are still being read."""
    found = Sheet([], [])
    for air in AIRS:
        found = _arrangement(view, width, height, air, busy=busy)
        if max(map(len, found)) <= height:
            break
    return found


def right_of(width: int) -> int:
    """Return the cells of the right column, 0 if there is none."""
    return width * 2 // 5 if width >= BESIDE else 0


def _arrangement(view: TalkView, width: int, height: int, air: Air, *, busy: bool) -> Sheet:
    right = right_of(width)
    left = width - right - (4 if right else 0)
    card, why = _card(view, left, air), _why(view, left, air, busy=busy)
    speakers = _speakers(view, right or left, air)
    scores, duel, around = _scores(view, left, air), _duel(view, right or left, air), _around(view, right or left, air, _MANY if right else _FEW)
    if right:
        return Sheet(_stacked([card, why, scores], height, air), _stacked([speakers, duel, around], height, air))
    return Sheet(_stacked([card, why, speakers, scores, duel, around], height, air), [])


def _stacked(sections: Sequence[list[Line]], height: int, air: Air) -> list[Line]:
    """Put sections below each other with a gap between them; if space is tight, with as many gaps as fit, the lower ones first."""
    filled = [section for section in sections if section]
    gaps = len(filled) - 1
    if air == "tight":
        gaps = max(0, min(gaps, height - sum(map(len, filled))))
    lines: list[Line] = []
    for place, section in enumerate(filled):
        lines += [[]] if place and place >= len(filled) - gaps else []
        lines += section
    return lines


def _heading(text: str, air: Air) -> list[Line]:
    return [[Piece(text, "muted", bold=True)]] if air in _HEADED else []


def _prose(text: str, width: int, most: int, ink: Ink = "text", *, bold: bool = False) -> list[Line]:
    return [[Piece(line, ink, bold=bold)] for line in wrap(text, min(width, _PROSE), most)] if text else []


def _card(view: TalkView, width: int, air: Air) -> list[Line]:
    """Return what the card is for, and whose it is."""
    purpose = _prose(words.benefit(view), width, 1 if air == "close" else 2) if air != "tight" else []
    return purpose + _prose(words.whose(view), width, 1, "muted")


def _why(view: TalkView, width: int, air: Air, *, busy: bool) -> list[Line]:
    if busy:
        return _prose("Reading what the ballots say about it …", width, 1, "muted")
    found = view.to_talk
    red = [line for flag in (found.red if found else ()) for line in _prose(f"! {flag}", width, 2, "differ", bold=True)]
    lines = _heading("Why we discuss it", air) + red + _prose(words.reason(view), width, 2)
    if view.reading and air != "tight":
        lines += [[Piece(line, "muted")] for line in quote_lines(view.reading.reasons, view.id, min(width, _PROSE))]
    return lines + ([] if air == "tight" else _places(view, width))


def _places(view: TalkView, width: int) -> list[Line]:
    """Return the sides' places of the card, and draw them if there is room."""
    told = words.places(view)
    if not told:
        return []
    beside = _drawn_places(view, min(_DRAWING, width - length(told) - len("   first  last")))
    return [[Piece(fit(told, min(width, length(told))), "muted"), *beside]]


def _drawn_places(view: TalkView, cells: int) -> list[Piece]:
    reading = view.reading
    if reading is None or cells < 12:
        return []
    spot = Spots(reading, ready=True).of(view.id)
    if not spot.positions:
        return []
    drawn = spread(spot.positions, looks((*view.session.sides, *reading.sides)), cells, apart=spot.talk)
    return [Piece("   first ", "muted"), *drawn, Piece(" last", "muted")]


def _speakers(view: TalkView, width: int, air: Air) -> list[Line]:
    """Return who speaks in which order; once it is scored again, that the decider has the last word; finally the outcome."""
    if view.step == "over":
        return _heading("Outcome", air) + _prose(f"✓ {words.ended(view)}", width, 3, "start", bold=True)
    who = words.speakers(view)
    if view.step == "outcome":
        return _prose(f"The decider has the last word: {who[-1][1]}.", width, 1)
    if air == "tight":
        lowest, highest, sponsor, decider = (name for _, name in who)
        told = f"Who speaks: 1 lowest, {lowest}; 2 highest, {highest}; 3 sponsor, {sponsor}; last the decider, {decider}."
        return _prose(told, width, 3)
    lines: list[Line] = _heading("Who speaks", air)
    for number, (part, name) in enumerate(who, 1):
        room = max(0, width - 20)
        lines.append([Piece(f"{number}  ", "muted"), Piece(fit(part, 15), "muted"), Piece(fit(name, min(room, length(name))))])
    return lines


def _scores(view: TalkView, width: int, air: Air) -> list[Line]:
    sides = view.session.sides
    table = ScoreTable(view.scores, sides, width)
    told = [words.gap_words(view), words.movement_words(view.scores.movement), words.no_opinion_words(view)]
    pull = words.pull_words(view.scores.pull)
    lines = _prose(QUESTION, width, 2, bold=True) + _prose(scale_words(SCALE), width, 2, "muted")
    gap: list[Line] = [[]] if air in _HEADED else []
    lines += gap + table.lines(roomy=bool(gap)) + (gap if any(told) else [])
    lines += _prose(" ".join(filter(None, told)), width, 2, bold=True)
    return lines + _prose(pull, width, 2, "wait")


def _duel(view: TalkView, width: int, air: Air) -> list[Line]:
    if view.duel is None:
        return []
    hands = _hands(view, view.duel, width) if air != "tight" else []
    gap: list[Line] = [[]] if air in _HEADED else []
    return _heading("Duel", air) + hands + gap + _prose(words.duel_words(view.session, view.duel), width, 2, bold=True)


def _hands(view: TalkView, round_: Round, width: int) -> list[Line]:
    """Draw the hands of a duel: for the lower card, for the upper one, and what they come to together."""
    result, label = duel_of(round_), 14
    shown = looks((*view.session.sides, *result.hands))
    cells = max(6, min(_HANDS * 2, (width - label) // 2))

    def row(name: str, lower: str, upper: str, ink: Ink = "text") -> Line:
        return [Piece(fit(name, label), ink if ink != "text" else "muted"), Piece(fit(lower, cells), ink), Piece(fit(upper, cells), ink)]

    titles = [f"for “{view.session.title_of(card)}”" for card in round_.opened.cards]
    lines = [row("", fit(titles[0], cells - 2), fit(titles[1], cells - 2))]
    for side, hands in result.hands.items():
        look = shown[side]
        lines.append(row(shaped_name(side, look), _raised(hands.lower, cells, look.shape), _raised(hands.upper, cells, look.shape), look.ink))
    weights = words.duel_weights(result)
    return lines + ([row("together", f"{weights[0]}%", f"{weights[1]}%")] if weights else [])


def _raised(hands: int, cells: int, shape: str) -> str:
    """Draw raised hands as shapes of their side, with how many they are."""
    return f"{shape * hands} {hands}" if hands and hands < cells - 6 else str(hands)


def _around(view: TalkView, width: int, air: Air, near: int) -> list[Line]:
    """List the cards next to it on the board, `near` each way: what it would be moved past, or duel with."""
    rank, order = view.rank, view.session.order
    if air != "rich" or rank is None or len(order) < 2:
        return []
    first = max(1, min(rank - near, len(order) - 2 * near))
    lines: list[Line] = _heading("Around it on the board", air)
    for place in range(first, min(len(order), first + 2 * near) + 1):
        here, name = place == rank, view.session.at_rank(place).title
        told = fit(name, min(width - 6, length(name)))
        lines.append([Piece(f"{place:>4}  ", "focus" if here else "muted", bold=here), Piece(told, "text" if here else "muted", bold=here)])
    return lines
