"""The cards that were moved in a session: each once, from its first rank to its last, with everyone who asked and why."""

from __future__ import annotations

from typing import NamedTuple

from sessions.portfolio.models import Project
from sessions.record.events import CardAdded, CardMoved, CardsMoved, CardSplit, GroupOrderTaken, WhatIfKept
from sessions.state.orders import moved_between
from sessions.state.session import Session
from sessions.summary.markdown_escape import inline
from sessions.summary.page import in_a_row, table

_ROWS, _CARDS = 12, 8


class Moved(NamedTuple):
    """A card with another rank than at first. `whys` says who asked and why, move by move; `asked`: of a move of this very card it is known."""

    card: Project
    first: int
    last: int
    whys: tuple[str, ...]
    asked: bool


def moved_cards(session: Session) -> list[Moved]:
    """Return the moved cards: first those of which it is known who asked or why, the furthest first."""
    first, whys, asked = dict(session.first_ranks), dict[str, list[str]](), set[str]()
    notes: dict[int, list[str]] = {}
    for note in session.notes:
        notes.setdefault(note.about, []).append(note.text)
    for recorded in reversed(list(session.history())):
        match recorded.event:
            case CardMoved(card=card, asked_by=person, reason=reason):
                why = reason or "; ".join(notes.get(recorded.seq, ()))
                told = ": ".join(part for part in (session.role(person) if person else "", why.rstrip(". ")) if part)
                whys.setdefault(card, []).append(told)
                asked.update([card] if told else [])
            case CardsMoved(cards=cards, asked_by=person, reason=why):
                told = ": ".join(part for part in (session.role(person) if person else "", why.rstrip(". ")) if part)
                for card in cards:
                    whys.setdefault(card, []).append(told)
                    asked.update([card] if told else [])
            case GroupOrderTaken(round=number, old=old, new=new):
                for card in moved_between(old, new):
                    whys.setdefault(card, []).append(f"order of ballot {session.ballot_number(number)}")
            case WhatIfKept(old_order=old, new_order=new, sentence=sentence):
                for card in moved_between(old, new):
                    whys.setdefault(card, []).append(f"tried on the plan: {sentence}")
            case CardAdded(card=card, rank=rank):
                first[card.id] = rank
            case CardSplit(second=second, rank=rank):
                first[second.id] = rank + 1
    moved = []
    for rank, card in enumerate(session.order, 1):
        if card in whys and first.get(card, rank) != rank:
            told_once = tuple(dict.fromkeys(filter(None, whys[card])))
            moved.append(Moved(session.cards[card], first[card], rank, told_once, card in asked))
    return sorted(moved, key=lambda each: (not each.asked, -abs(each.first - each.last), each.last))


def moves_table(session: Session) -> list[str]:
    """Return the cards of which it is known who asked or why, as a table."""
    rows = [(inline(each.card.title), f"{each.first} → {each.last}", inline("; ".join(each.whys))) for each in moved_cards(session) if each.asked]
    return table(("Program", "Rank", "Who asked, and why"), rows, _ROWS)


def moved_along(session: Session) -> list[str]:
    """Return a line for each order that moved cards, and one for the cards that were moved without a word."""
    lines: dict[str, list[str]] = {}
    for each in moved_cards(session):
        if not each.asked:
            why = "; ".join(each.whys) or "moved"
            lines.setdefault(f"{why[:1].upper()}{why[1:]}", []).append(f"{inline(each.card.title)} {each.first} → {each.last}")
    return [f"{inline(why)}: {in_a_row(cards, _CARDS)}." for why, cards in lines.items()]
