"""The cards that were moved in a session: each once, from its first rank to its last, with everyone who asked and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sessions.portfolio.models import Project
from sessions.record.events import CardAdded, CardMoved, CardsMoved, CardSplit, Event, GroupOrderTaken, TalkOutcome, WhatIfKept
from sessions.state.orders import moved_between
from sessions.state.session import Session
from sessions.summary.markdown_escape import inline
from sessions.summary.page import in_a_row

_CARDS = 12
_BY_HAND = "by hand"
_ENDED: dict[TalkOutcome, str] = {
    "moved": "moved", "kept": "kept its place", "duel": "settled by a duel", "differ": "the room agreed to differ",
}  # fmt: skip


class Step(NamedTuple):
    """One move of a card: what moved it (a ballot, a person) and why. `own` is False where others only pushed the card along."""

    kind: Literal["hand", "order", "plan"]
    by: str
    why: str
    old: int
    new: int
    own: bool = True


class Moved(NamedTuple):
    """A card that was moved and has another rank than at first, with all its steps; `asked`: of one of its own moves it is known by whom or why."""

    card: Project
    first: int
    last: int
    steps: tuple[Step, ...]
    asked: bool

    @property
    def words(self) -> str:
        """Return what moved the card, in its order: ballot 1; then CFO: the contract ends."""
        known = [each for before, each in zip((None, *self.steps), self.steps, strict=False) if each.why or before is None or before.by != each.by]
        told = [": ".join(filter(None, (each.by, each.why))) for each in known]
        pushed = ["others pushed it"] if self.steps[-1].new != self.last else []
        return "; then ".join([*told, *pushed])


def moved_cards(session: Session) -> list[Moved]:
    """Return the moved cards: first those of which it is known who asked or why, the furthest first."""
    first, steps = dict(session.first_ranks), dict[str, list[Step]]()
    notes: dict[int, list[str]] = {}
    for note in session.notes:
        notes.setdefault(note.about, []).append(note.text)
    for recorded in reversed(list(session.history())):
        event = recorded.event
        if isinstance(event, CardAdded):
            first[event.card.id] = event.rank
        elif isinstance(event, CardSplit):
            first[event.second.id] = event.rank + 1
        for card, step in _steps(session, event, "; ".join(notes.get(recorded.seq, ()))):
            before = steps.setdefault(card, [])
            if before and step.kind == "hand" and before[-1][:3] == step[:3] and before[-1].new == step.old:
                step = step._replace(old=before.pop().old)  # noqa: PLW2901 - place by place is one move
            if step.old != step.new or step.why:
                before.append(step)
    moved = []
    for rank, card in enumerate(session.order, 1):
        known = steps.get(card, [])
        if any(each.own for each in known) and first.get(card, rank) != rank:
            asked = any(each.kind == "hand" and (each.by != _BY_HAND or each.why) for each in known)
            moved.append(Moved(session.cards[card], first.get(card, rank), rank, tuple(known), asked))
    return sorted(moved, key=lambda each: (not each.asked, -abs(each.first - each.last), each.last))


def _steps(session: Session, event: Event, noted: str) -> Iterator[tuple[str, Step]]:
    """Return the cards that an event moved, each with its step."""
    match event:
        case CardMoved(card=card, old=old, new=new, asked_by=person, reason=reason):
            yield card, Step("hand", session.role(person) if person else _BY_HAND, (reason or noted).rstrip(". "), old, new)
        case CardsMoved(cards=cards, old=olds, new=new, asked_by=person, reason=reason):
            for place, (card, old) in enumerate(zip(cards, olds, strict=True)):
                yield card, Step("hand", session.role(person) if person else _BY_HAND, (reason or noted).rstrip(". "), old, new + place)
        case GroupOrderTaken(round=number, old=before, new=after):
            yield from _reordered("order", f"ballot {session.ballot_number(number)}", "", before, after)
        case WhatIfKept(old_order=before, new_order=after, sentence=sentence):
            yield from _reordered("plan", "tried on the plan", sentence.rstrip(". "), before, after)


def _reordered(kind: Literal["order", "plan"], by: str, why: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[str, Step]]:
    own, places = set(moved_between(before, after)), {card: rank for rank, card in enumerate(before, 1)}
    for rank, card in enumerate(after, 1):
        if places.get(card, rank) != rank:
            yield card, Step(kind, by, why, places[card], rank, card in own)


def moves_told(session: Session) -> list[str]:
    """Return each moved card, with who asked and why as far as is known; cards moved in the same way without a word share a line."""
    asked: list[str] = []
    lines: dict[str, list[str]] = {}
    for each in moved_cards(session):
        ranks = f"{inline(each.card.title)} {each.first} → {each.last}"
        if each.asked:
            asked.append(f"{ranks} ({inline(each.words)})")
        else:
            lines.setdefault(inline(f"{each.words[:1].upper()}{each.words[1:]}"), []).append(ranks)
    told = [f"Moved: {in_a_row(asked, _CARDS)}."] if asked else []
    told += [f"{words}: {in_a_row(cards, _CARDS)}." for words, cards in lines.items()]
    ended = {talk.card: talk.closed.outcome for talk in session.talks if talk.closed and talk.card in session.cards}
    talked = [f"{inline(session.title_of(card))} ({_ENDED[outcome]})" for card, outcome in ended.items()]
    return told + ([f"Discussed: {in_a_row(talked, _CARDS)}."] if talked else [])
