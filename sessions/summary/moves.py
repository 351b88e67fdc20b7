"""The cards with another rank than at first: each once, from its first rank to its last, with everyone who asked and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from sessions.portfolio.models import Project
from sessions.portfolio.order import moved_between
from sessions.record.events import CardAdded, CardMoved, CardsMoved, CardSplit, Event, GroupOrderTaken, TalkClosed, TalkOutcome, WhatIfKept
from sessions.rounds.count import FIRST_WITHOUT_A_PLAN, first_cards, first_in_words
from sessions.rounds.scores import scored_cards
from sessions.state.session import Session
from sessions.summary.facts import BIG_MOVE, notes_by_event, revealed_rounds
from sessions.summary.markdown_escape import inline
from sessions.summary.page import in_a_row
from sessions.wording import capital

_CARDS = 12
"""Cards of a list; those that someone moved or that crossed the line are all named."""
_BY_HAND = "by hand"
_PLACES = ("no place", "one", "two", "three")
_ENDED: dict[TalkOutcome, str] = {
    "moved": "moved", "kept": "kept its place", "duel": "settled by a duel", "differ": "the room agreed to differ",
}  # fmt: skip


class Step(NamedTuple):
    """One move of a card: what moved it (a ballot, a person) and why. `own` is False if others only pushed the card along."""

    kind: Literal["hand", "order", "plan"]
    by: str
    why: str
    old: int
    new: int
    own: bool = True


class Moved(NamedTuple):
    """A card with another rank than at first, and all its steps; `asked`: of one of its own moves it is known by whom or why.

    `crossed` says which way it crossed the line, in words.
    """

    card: Project
    first: int
    last: int
    steps: tuple[Step, ...]
    asked: bool
    crossed: str = ""

    @property
    def places(self) -> int:
        """Return by how many places it moved."""
        return abs(self.first - self.last)

    @property
    def aside(self) -> bool:
        """Return whether it only made room: no one moved it, it stays on its side of the line, and it did not go far."""
        return not (any(each.own for each in self.steps) or self.crossed) and self.places < BIG_MOVE

    @property
    def words(self) -> str:
        """Return what moved the card, in its order: ballot 1; then CFO: the contract ends."""
        known = [each for before, each in zip((None, *self.steps), self.steps, strict=False) if each.why or before is None or before.by != each.by]
        told = [": ".join(filter(None, (each.by, each.why))) for each in known]
        pushed = [] if self.steps and self.steps[-1].new == self.last else ["others pushed it"]
        return "; then ".join([*told, *pushed])


def moved_cards(session: Session) -> list[Moved]:
    """Return the moved cards: first those of which it is known who asked or why, then those that crossed the line, the furthest first."""
    first, steps = dict(session.first_ranks), dict[str, list[Step]]()
    notes = notes_by_event(session)
    for recorded in reversed(list(session.history())):
        event = recorded.event
        if isinstance(event, CardAdded):
            first[event.card.id] = event.rank
        elif isinstance(event, CardSplit):
            first[event.second.id] = event.rank + 1
        for card, step in _steps(session, event, notes.get(recorded.seq, "")):
            before = steps.setdefault(card, [])
            if before and step.kind == "hand" and before[-1][:3] == step[:3] and before[-1].new == step.old:
                step = step._replace(old=before.pop().old)  # noqa: PLW2901 - place by place is one move
            if step.old != step.new or step.why:
                before.append(step)
    moved, crossed = [], _crossed(session)
    for rank, card in enumerate(session.order, 1):
        known = steps.get(card, [])
        if first.get(card, rank) != rank:
            asked = any(each.kind == "hand" and (each.by != _BY_HAND or each.why) for each in known)
            moved.append(Moved(session.cards[card], first.get(card, rank), rank, tuple(known), asked, crossed.get(card, "")))
    return sorted(moved, key=lambda each: (not each.asked, not each.crossed, -each.places, each.last))


def _crossed(session: Session) -> dict[str, str]:
    """Return which cards crossed the line of the order that was taken, or without one that of the board, and which way."""
    taken = next((each.revealed for each in reversed(revealed_rounds(session)) if isinstance(each.outcome, GroupOrderTaken)), None)
    on_ballot = taken.tallies[0].order if taken and taken.tallies else session.order
    cards = [card for card in session.order if card in on_ballot and card in session.first_ranks]
    k = (taken.first_k or FIRST_WITHOUT_A_PLAN) if taken else first_cards(session, session.order)
    before, now = set(sorted(cards, key=session.first_ranks.__getitem__)[:k]), set(cards[:k])
    line = first_in_words(session, on_ballot, k)
    return {card: f"{'into' if card in now else 'out of'} {line}" for card in before ^ now}


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
    """Return the moved cards, with who asked and why as far as is known; cards moved in the same way share a line, those that made room too."""
    asked: list[str] = []
    lines: dict[str, list[str]] = {}
    named = Counter[str]()
    moved = moved_cards(session)
    for each in moved:
        ranks = ", ".join(filter(None, (f"{inline(each.card.title)} {each.first} → {each.last}", each.crossed)))
        if each.asked:
            asked.append(f"{ranks} ({inline(each.words)})")
        elif not each.aside:
            words = inline(capital(each.words))
            lines.setdefault(words, []).append(ranks)
            named[words] += bool(each.crossed) or any(step.kind == "hand" for step in each.steps)
    told = [f"Moved: {'; '.join(asked)}."] if asked else []
    told += [f"{words}: {in_a_row(cards, max(_CARDS, named[words]))}." for words, cards in lines.items()]
    told += _made_room([each.places for each in moved if each.aside], bool(told))
    ended = {talk.card: talk.closed for talk in session.talks if talk.closed and talk.card in session.cards}
    scored = scored_cards(session) if ended else ()
    talked = [f"{inline(session.title_of(card))} ({_ended(closed, scored)})" for card, closed in ended.items()]
    return told + ([f"Discussed: {in_a_row(talked, _CARDS)}."] if talked else [])


def _made_room(places: list[int], others: bool) -> list[str]:
    """Return in one sentence how many cards were only pushed aside, and how far; nothing if no other card moved."""
    if not places or not others:
        return []
    low, high = _PLACES[min(places)], _PLACES[max(places)]
    far = low if low == high else f"{low} {'or' if max(places) - min(places) == 1 else 'to'} {high}"
    return [f"{len(places)} more moved by {far} {'place' if far == 'one' else 'places'} to make room."]


def _ended(closed: TalkClosed, scored: Collection[str]) -> str:
    """Return how a discussion ended, and why, unless the page says it elsewhere: with the card's moves, or with its scores."""
    here = closed.outcome == "kept" or (closed.outcome == "differ" and closed.card not in scored)
    why = inline(closed.note.rstrip(". ")) if here else ""
    return f"{_ENDED[closed.outcome]}{f': {why}' if why else ''}"
