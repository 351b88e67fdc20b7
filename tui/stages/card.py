"""One card for the projector: its title as large as it goes, who wants it, what it is worth, each side's place, what was decided."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sessions.deciding.adopting import adopting_words, delivery
from sessions.deciding.sponsors import uses_sponsors
from sessions.deciding.words import words_of
from sessions.portfolio.benefits import benefit_words
from sessions.portfolio.models import Project
from sessions.rounds.reveal import RevealResult
from sessions.state.session import Session
from sessions.wording import capital, money_name, ordinal, place_name
from tui.cards.face import TONES
from tui.sides import looks, shaped_name
from tui.stages.picture import (
    LETTER,
    TALL,
    Block,
    Piece,
    beside,
    blank,
    cells,
    headed,
    large,
    line,
    phase_clock,
    room_beside_clock,
    rows_left,
    sentence,
    stacked,
)
from tui.text import length, plain, wrap
from tui.widgets.big_text import big_text, block_letters
from tui.widgets.lines import Part

_STYLES = {"start": "$card-start", "wait": "$card-wait", "stop": "$card-stop", "late": "$card-differ"}
_FIRST, _LAST = "wanted first", "wanted last"
_HUGE = 50
"""Rows from which the title is in the larger letters."""


def card_picture(session: Session, card: Project, reading: RevealResult | None, elapsed: int, width: int, height: int) -> Block:
    """Draw a card."""
    time = phase_clock(session, elapsed)
    places = _places(session, card.id, reading, width, height)
    words, style, rest = _standing(session, card)
    below = [line(each, "$text-muted", width) for each in wrap(rest, width, 2)] if rest else []
    # What was decided gets a line of block letters if there is room; the title takes the rest.
    kept = [places, below, blank(LETTER if words and height >= TALL else bool(words))]
    head, worth, title = head_and_title(session, card, time, kept, width, height)
    most = LETTER if height < _HUGE else 2 * LETTER  # never larger than the title
    room = rows_left([head, blank(bool(worth)), title, places, below], height)
    standing = [*large(words, style, width, min(most, room)), *([()] if height >= TALL else []), *below] if words else below
    value = large(worth, "$text-muted", width, min(LETTER, rows_left([head, title, places, standing], height) - 1)) if worth else []
    spare = rows_left([head, title, value, places, standing], height) + len(below)
    if below and height >= TALL and len(title) >= LETTER - 1 and (said := sentence(rest, "$text-muted", width, spare)):
        standing[-len(below) :] = said
    return stacked([head, title, value, places, standing], height)


def head_and_title(
    session: Session, card: Project, time: Part, kept: Sequence[Block], width: int, height: int, *, most: int = 60
) -> tuple[Block, str, Block]:
    """Draw the first rows and the title, which is larger than they are, beside its own cells; and return the worth that found no place."""
    room = 0
    for small, tight in ((False, False), (True, False), (True, True)):
        head, worth = _head(session, card, time, width, height, small=small)
        blocks = [head, blank(bool(worth)), *kept]
        room = min(most, rows_left(blocks, height) + tight * sum(map(bool, blocks)))
        if block_letters(card.title, width, room):
            break
    return head, worth, large(card.title, "$foreground", width, room)


def _head(session: Session, card: Project, time: Part, width: int, height: int, *, small: bool) -> tuple[Block, str]:
    """Draw the first rows: rank, sponsor and clock, and what the card is worth. Where that finds no place, return it in words."""
    rank = f"#{session.rank(card.id)}" if card.id in session.cards else "withdrawn"
    sponsor = card.sponsor or ("no sponsor" if uses_sponsors(session) else "")
    amount, unit = _worth(session, card)
    worth = f"{amount} {unit}".strip()
    room = room_beside_clock(time, width, height)
    number = block_letters(rank, room, LETTER) or (rank,)
    name = block_letters(sponsor, room - cells(number) - 3, LETTER)
    if sponsor and not name and len(number) > 1:
        number = (rank,)
        name = block_letters(sponsor, room - cells(number) - 2, LETTER)
    if small or height < TALL or (sponsor and not name):
        who = f"{rank}  {sponsor}".rstrip()
        together = " · ".join(part for part in (who, worth) if part)
        apart = length(together) > room
        return headed([line(who if apart else together, "bold $text-muted", room)], time, width, height), worth if apart else ""
    column = cells(number) + 3
    pieces = [Piece(0, number, "bold $accent"), Piece(column, name, "$text-muted")]
    column += cells(name) + 5 if name else 2
    money = block_letters(amount, room - column - len(unit) - 2, LETTER) if amount else ()
    if money:
        pieces += [Piece(column, money, "bold $foreground"), Piece(column + cells(money) + 2, ("", "", "", unit), "bold $foreground")]
    return headed(beside(*pieces), time, width, height), "" if money else worth


def _worth(session: Session, card: Project) -> tuple[str, str]:
    """Return an amount of money and what it is: the benefit a month, or else the budget."""
    if card.benefit.monthly:
        return money_name(card.benefit.monthly, session.portfolio.currency_of(card.benefit.currency)), "a month"
    return (money_name(card.budget.amount, card.budget.currency or session.portfolio.currency), "budget") if card.budget else ("", "")


def _standing(session: Session, card: Project) -> tuple[str, str, str]:
    """Return what was decided on the card or how it is used, its colour, and what follows; of an undecided card what it is for."""
    decision = session.decisions.get(card.id)
    if delivered := delivery(session, card.id):
        told, _, figures = adopting_words(delivered).partition(" · ")
        return plain(capital(told)), _STYLES["start"], plain(figures)
    if decision is None:
        aim = next((each.text for each in session.objectives if each.id == card.objective), card.objective)
        return "", "", plain(benefit_words(card.benefit) or card.description or aim)
    first, _, rest = re.sub(r"(?<=\w)(: |\. )", "\n", plain(words_of(session, decision)), count=1).partition("\n")
    return first.removesuffix("."), _STYLES.get(TONES[decision.word], "$foreground"), capital(rest)


def _places(session: Session, card: str, reading: RevealResult | None, width: int, height: int) -> Block:
    """Draw each side's place of the card on a line from first to last; nothing before a reveal."""
    told = reading.places_of(card) if reading else {}
    if not told or reading is None:
        return []
    look = looks(session.sides)
    found = {side: place for side, place in told.items() if place}
    if height < TALL or not found:
        parts: list[Part] = []
        for side, place in told.items():
            parts += [(f"{shaped_name(side, look[side])} {place_name(place)}   ", f"bold {look[side].style}")]
        return [(*parts, (f"of {len(reading.order)}", "$text-muted"))]
    columns: dict[str, int] = {}
    for side, place in sorted(found.items(), key=lambda each: each[1]):
        # Marks that meet are put side by side.
        columns[side] = max((place - 1) * (width - 1) // max(1, len(reading.order) - 1), max(columns.values(), default=-2) + 2)
    excess = max(0, max(columns.values()) - (width - 1))
    columns = {side: max(0, column - excess) for side, column in columns.items()}
    without = tuple((f"{shaped_name(side, look[side])} –   ", f"bold {look[side].style}") for side in told if side not in found)
    heading: Block = [((_FIRST, "$text-muted"), (" " * max(1, width - len(_FIRST) - len(_LAST)), ""), (_LAST, "$text-muted"))]
    return [*heading, _axis(columns, {side: look[side].shape for side in found}, {side: look[side].style for side in found}, width), (),
            *_figures(session, found, columns, width), *([(), without] if without else [])]  # fmt: skip


def _axis(columns: Mapping[str, int], shapes: Mapping[str, str], styles: Mapping[str, str], width: int) -> tuple[Part, ...]:
    """Draw the line from first to last with a mark for each side, and what lies between them."""
    marks = {column: side for side, column in columns.items()}
    low, high = min(columns.values()), max(columns.values())
    parts: list[Part] = []
    for x in range(width):
        side = marks.get(x)
        parts.append((shapes[side], f"bold {styles[side]}") if side else ("━", "$card-differ") if low < x < high else ("─", "$card-faint"))
    return tuple(parts)


def _figures(session: Session, found: Mapping[str, int], columns: dict[str, int], width: int) -> Block:
    """Draw the places large, each below its mark as far as they leave each other room."""
    look = looks(session.sides)
    drawn = {side: (*big_text(ordinal(place), width, LETTER), "", shaped_name(side, look[side])) for side, place in found.items()}
    pieces: list[Piece] = []
    free = width
    for side in reversed(columns):
        wide = cells(drawn[side])
        free = max(0, min(columns[side] - 3, free - wide))
        pieces.append(Piece(free, drawn[side], f"bold {look[side].style}"))
        free -= 3
    pieces.sort()
    for place, piece in enumerate(pieces[1:], 1):
        before = pieces[place - 1]
        pieces[place] = piece._replace(column=max(piece.column, before.column + cells(before.rows) + 3))
    if pieces and pieces[-1].column + cells(pieces[-1].rows) > width:
        # Many sides in a narrow room: one row for all of them.
        return [tuple((f"{shaped_name(side, look[side])} {ordinal(place)}   ", f"bold {look[side].style}") for side, place in found.items())]
    return beside(*pieces)
