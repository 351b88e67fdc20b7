"""The hands on a card for the projector: the scores before and after a discussion, and consent on a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sessions.portfolio.models import Project
from sessions.rounds.consent import Consent, mean_words, passed_words
from sessions.rounds.scores import Scores
from sessions.state.rounds import Talk
from sessions.state.session import Session
from sessions.voting.consent import ENOUGH
from sessions.wording import mean_name
from tui.sides import looks, shaped_name
from tui.stages.card import head_and_title
from tui.stages.picture import LETTER, TALL, Block, Piece, Row, beside, blank, clock, large, line, phase_clock, rows_left, stacked
from tui.text import fit, length, wrap
from tui.widgets.big_text import big_text
from tui.widgets.lines import Part

_FINGERS = range(6)
_WIDEST = 4
"""Cells of a hand, with the gap behind it."""
_MEAN = 8


class Hands(NamedTuple):
    """A row of hands: whose and when, how many showed 0 to 5, their mean in words, and the look of a hand."""

    label: str
    label_style: str
    counts: Sequence[int]
    mean: str
    shape: str
    style: str


def talk_picture(session: Session, card: Project, scores: Scores, talk: Talk | None, elapsed: int, width: int, height: int) -> Block:
    """Draw what the room thinks of a card, before and after the discussion."""
    time = clock(talk.planned, elapsed - talk.opened) if talk and not talk.closed else ("", "")
    rows = [row for place in range(len(scores.results)) for row in _scores(session, scores, place)]
    rows.sort(key=lambda row: [side for side, _ in _sides(session, scores)].index(row[0]))
    return _picture(session, card, [hands for _, hands in rows], _apart(session, scores), "$foreground", time, width, height)


def _sides(session: Session, scores: Scores) -> list[tuple[str, str]]:
    """Return the sides that gave scores, with their names and shapes."""
    scored = dict.fromkeys(side for result in scores.results for side in result.counts)
    look = looks([*session.sides, *scored])
    return [(side, shaped_name(side, look[side])) for side in dict.fromkeys((*session.sides, *scored)) if side in scored]


def _scores(session: Session, scores: Scores, place: int) -> list[tuple[str, Hands]]:
    result, last = scores.results[place], place == len(scores.results) - 1
    found: list[tuple[str, Hands]] = []
    for side, name in _sides(session, scores):
        shape, style = looks([*session.sides, side])[side].shape, looks([*session.sides, side])[side].style
        when = ("before", "after")[place] if len(scores.results) > 1 else ""
        mean = result.means.get(side)
        label, look = (name, f"bold {style}") if not place else ("", "")
        told = "–" if mean is None else mean_name(mean)
        hands = Hands(f"{label}\n{when}", look, result.counts.get(side, (0,) * 6), told, shape, style if last else "$card-bar")
        found.append((side, hands))
    return found


def _apart(session: Session, scores: Scores) -> str:
    """Return how far the sides are apart, and were before."""
    gaps = [result.gap(session.sides) for result in scores.results]
    told = [mean_name(abs(gap)) for gap in gaps if gap is not None]
    if len(told) == 2:
        return f"{told[0]} apart before, {told[1]} after"
    return f"{told[0]} apart" if told else ""


def consent_picture(session: Session, card: Project, consent: Consent, elapsed: int, width: int, height: int) -> Block:
    """Draw the hands on a decision, and whether it has consent."""
    result = consent.result
    look = looks([*session.sides, *result.counts])
    rows = [
        Hands(f"{shaped_name(side, its)}\n", f"bold {its.style}", counts, mean_words(result.means[side]), its.shape, its.style)
        for side, counts in result.counts.items()
        for its in [look[side]]
    ]
    words = passed_words(result).partition(":")[0].removesuffix(".")
    style = "$card-start" if result.passed else "$card-differ"
    decision = session.decisions.get(card.id)
    about = decision.sentence if decision else consent.round.opened.about
    return _picture(session, card, rows, words, style, phase_clock(session, elapsed), width, height, about=about, judged=True)


def _picture(
    session: Session, card: Project, hands: Sequence[Hands], words: str, style: str, time: Part, width: int, height: int,
    *, about: str = "", judged: bool = False,
) -> Block:  # fmt: skip
    """Draw the card, the hands, and the sentence about them."""
    grid = _grid(hands, width, height, judged=judged)
    said: Block = [line(each, "bold", width) for each in wrap(about, width, 2)] if about else []
    kept = [grid, said, blank(LETTER if words and height >= TALL else bool(words))]
    most = 3 * LETTER if height < 2 * TALL - LETTER else height
    head, _, title = head_and_title(session, card, time, kept, width, height, most=most)
    left = rows_left([head, title, grid, said], height)
    return stacked([head, [*title, (), *said] if said else title, grid, large(words, style, width, min(left, LETTER)) if words else []], height)


def _grid(hands: Sequence[Hands], width: int, height: int, *, judged: bool) -> Block:
    """Draw a column for each number of fingers, and a row of hands for each side and round."""
    tall = height >= TALL and 2 * len(hands) <= (height - TALL) + 10
    label = min(max((length(each.label.replace("\n", " ")) for each in hands), default=0) + 2, width // 4)
    pitch = max(1, (width - label - _MEAN) // len(_FINGERS))
    high = LETTER if tall else 1
    figures = [Piece(label + number * pitch, big_text(str(number), pitch, high), _figure(number, judged=judged)) for number in _FINGERS]
    drawn = [*beside(*figures), ()] if tall else beside(*figures)
    wide = min(_WIDEST, pitch // max((count for each in hands for count in each.counts), default=1)) if tall else 0
    for each in hands:
        name, _, when = each.label.partition("\n")
        first: list[Part] = [(fit(f"{name} {when}".strip() if not name else f"{name} ", label), each.label_style or "$text-muted")]
        if name and when:
            first = [(fit(name, label - len(when) - 1), each.label_style), (f"{when} ", "$text-muted")]
        elif when:
            first = [(" " * (label - len(when) - 1), ""), (f"{when} ", "bold")]
        row: Row = tuple(_hand(count, wide, pitch, each) for count in each.counts)
        drawn.append((*first, *row, (each.mean, "bold")))
        drawn += [((" " * label, ""), *(_under(part) for part in row)), ()] if tall else []
    return drawn[:-1] if tall and hands else drawn


def _figure(number: int, *, judged: bool) -> str:
    """Return the colour of a number of fingers: of consent what it says, of a score nothing."""
    if not judged:
        return "$foreground"
    return "$card-differ" if not number else "$card-wait" if number < ENOUGH else "$card-start"


def _hand(count: int, wide: int, pitch: int, hands: Hands) -> Part:
    """Draw a block for each hand, or its side's shape if blocks do not fit; if these do not fit either, one with their number."""
    if not count:
        return fit("·", pitch), "$card-faint"
    shapes = hands.shape * count if count < pitch else f"{hands.shape} {count}"
    return fit(("█" * (wide - 1) + " ") * count if wide > 1 else shapes, pitch), f"bold {hands.style}"


def _under(part: Part) -> Part:
    """Return the second row of a hand: its blocks alone."""
    text, style = part
    return "".join(each if each == "█" else " " for each in text), style

