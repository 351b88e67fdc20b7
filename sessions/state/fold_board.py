"""What each board event does to the session, and how undo reverts it. Both need only the event itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sessions.portfolio.models import Project, Team
from sessions.record import events as ev
from sessions.record.base import Event
from sessions.state.builder import SessionBuilder, without
from sessions.state.fold_quarters import QUARTERS
from sessions.state.people_taken_in import take_back, take_in
from sessions.state.session import Withdrawn

Write = Callable[[SessionBuilder, Any], object]


class BoardChange(NamedTuple):
    """What an undoable event does, and what undoes it."""

    apply: Write
    revert: Write


def _split(builder: SessionBuilder, event: ev.CardSplit) -> None:
    builder.replace_card(event.first)
    builder.add_card(event.second, event.rank + 1)


def _unsplit(builder: SessionBuilder, event: ev.CardSplit) -> None:
    builder.remove_card(event.second.id)
    builder.replace_card(event.old)


def _move_together(builder: SessionBuilder, event: ev.CardsMoved) -> None:
    cards = set(event.cards)
    rest = [card for card in builder.order if card not in cards]
    if len(rest) + len(event.cards) != len(builder.order) or not 1 <= event.new <= len(rest) + 1:
        raise ValueError(event.new)
    builder.order = [*rest[: event.new - 1], *event.cards, *rest[event.new - 1 :]]


def _move_apart(builder: SessionBuilder, event: ev.CardsMoved) -> None:
    cards = set(event.cards)
    builder.order = [card for card in builder.order if card not in cards]
    for card, rank in zip(event.cards, event.old, strict=True):
        builder.order.insert(rank - 1, card)


def _merge(builder: SessionBuilder, event: ev.CardsMerged) -> None:
    builder.replace_card(event.merged)
    for card in event.new_others:
        builder.replace_card(card)
    parts = {part.id for part in event.parts}
    for part in event.parts[1:]:
        builder.remove_card(part.id)
        builder.withdrawn = {**builder.withdrawn, part.id: Withdrawn(part, f"Merged into {event.merged.title}")}
    builder.decisions = {card: each for card, each in builder.decisions.items() if card not in parts}


def _unmerge(builder: SessionBuilder, event: ev.CardsMerged) -> None:
    for card in (event.parts[0], *event.old_others):
        builder.replace_card(card)
    for part, rank in zip(event.parts[1:], event.ranks[1:], strict=True):
        builder.add_card(part, rank)
        builder.withdrawn = without(builder.withdrawn, part.id)
    builder.decisions = {**builder.decisions, **{each.card: each for each in event.decisions}}


def _withdraw(builder: SessionBuilder, event: ev.CardWithdrawn) -> None:
    card = event.card.id
    builder.remove_card(card)
    builder.withdrawn = {**builder.withdrawn, card: Withdrawn(event.card, event.reason)}
    builder.decisions = {each: decision for each, decision in builder.decisions.items() if each != card}


def _bring_back(builder: SessionBuilder, event: ev.CardWithdrawn) -> None:
    card = event.card.id
    builder.add_card(event.card, event.rank)
    builder.withdrawn = without(builder.withdrawn, card)
    if event.decision:
        builder.decisions = {**builder.decisions, card: event.decision}


def _decide(builder: SessionBuilder, event: ev.DecisionsMade) -> None:
    builder.decisions = {**builder.decisions, **{each.card: each for each in event.decisions}}


def _undecide(builder: SessionBuilder, event: ev.DecisionsMade) -> None:
    decided = {each.card for each in event.decisions}
    others = {card: each for card, each in builder.decisions.items() if card not in decided}
    builder.decisions = {**others, **{each.card: each for each in event.old}}


def _add_outcome(builder: SessionBuilder, event: ev.GroupOrderTaken | ev.BoardKept) -> None:
    builder.change_round(event.round, outcomes=(*builder.rounds[event.round - 1].outcomes, event))


def _drop_outcome(builder: SessionBuilder, event: ev.GroupOrderTaken | ev.BoardKept) -> None:
    builder.change_round(event.round, outcomes=builder.rounds[event.round - 1].outcomes[:-1])


def _take_order(builder: SessionBuilder, event: ev.GroupOrderTaken) -> None:
    _add_outcome(builder, event)
    builder.order = list(event.new)


def _return_order(builder: SessionBuilder, event: ev.GroupOrderTaken) -> None:
    _drop_outcome(builder, event)
    builder.order = list(event.old)


def _keep_what_if(builder: SessionBuilder, event: ev.WhatIfKept) -> None:
    _swap(builder, event.old_cards, event.new_cards, event.old_teams, event.new_teams, event.new_order)
    left = {card.id: Withdrawn(card, event.sentence) for card in event.old_cards if card.id not in builder.cards}
    if left:
        builder.withdrawn = {**builder.withdrawn, **left}
        builder.decisions = {card: each for card, each in builder.decisions.items() if card not in left}


def _revert_what_if(builder: SessionBuilder, event: ev.WhatIfKept) -> None:
    _swap(builder, event.new_cards, event.old_cards, event.new_teams, event.old_teams, event.old_order)
    builder.withdrawn = {card: each for card, each in builder.withdrawn.items() if card not in builder.cards}
    builder.decisions = {**builder.decisions, **{each.card: each for each in event.old_decisions}}


def _put_aside(builder: SessionBuilder, place: int, old: ev.NamedWhatIf | None, new: ev.NamedWhatIf | None) -> None:
    """Replace a what-if at a place, put one there, or remove it. Raises ValueError if another one is there."""
    known = builder.what_ifs
    if known[place : place + (old is not None)] != ((old,) if old else ()):
        raise ValueError(place)
    builder.what_ifs = (*known[:place], *((new,) if new else ()), *known[place + (old is not None) :])


def _swap(
    builder: SessionBuilder,
    out: tuple[Project, ...],
    into: tuple[Project, ...],
    teams_out: tuple[Team, ...],
    teams_into: tuple[Team, ...],
    order: tuple[str, ...],
) -> None:
    cards = dict(builder.cards)
    for card in out:
        del cards[card.id]
    cards.update({card.id: card for card in into})
    if sorted(order) != sorted(cards):
        raise KeyError("order")
    builder.cards, builder.order = cards, list(order)
    for old, new in zip(teams_out, teams_into, strict=True):
        builder.change_team(old, new)


def _replaced(field: str) -> BoardChange:
    """Return the change of an event that holds the old and the new value of a field of the session."""
    return BoardChange(lambda builder, event: setattr(builder, field, event.new), lambda builder, event: setattr(builder, field, event.old))


def _listed(field: str) -> BoardChange:
    """Return the change of an event that joins a list of the session as it is."""
    return BoardChange(lambda builder, event: getattr(builder, field).append(event), lambda builder, _: getattr(builder, field).pop())


BOARD: dict[type[Event], BoardChange] = {
    ev.CardMoved: BoardChange(
        lambda builder, event: builder.move(event.card, event.old, event.new),
        lambda builder, event: builder.move(event.card, event.new, event.old),
    ),
    ev.CardsMoved: BoardChange(_move_together, _move_apart),
    ev.CardsMerged: BoardChange(_merge, _unmerge),
    ev.CardAdded: BoardChange(
        lambda builder, event: builder.add_card(event.card, event.rank),
        lambda builder, event: builder.remove_card(event.card.id),
    ),
    ev.CardEdited: BoardChange(
        lambda builder, event: builder.replace_card(event.new),
        lambda builder, event: builder.replace_card(event.old),
    ),
    ev.CardSplit: BoardChange(_split, _unsplit),
    ev.CardWithdrawn: BoardChange(_withdraw, _bring_back),
    ev.DecisionsMade: BoardChange(_decide, _undecide),
    ev.GroupOrderTaken: BoardChange(_take_order, _return_order),
    ev.BoardKept: BoardChange(_add_outcome, _drop_outcome),
    ev.ConsentAnswered: BoardChange(
        lambda builder, event: builder.change_round(event.round, answers=(*builder.rounds[event.round - 1].answers, event.answer)),
        lambda builder, event: builder.change_round(event.round, answers=builder.rounds[event.round - 1].answers[:-1]),
    ),
    ev.TeamChanged: BoardChange(
        lambda builder, event: builder.change_team(event.old, event.new),
        lambda builder, event: builder.change_team(event.new, event.old),
    ),
    ev.WhatIfKept: BoardChange(_keep_what_if, _revert_what_if),
    ev.WhatIfNamed: BoardChange(
        lambda builder, event: _put_aside(builder, event.place, event.old, event.new),
        lambda builder, event: _put_aside(builder, event.place, event.new, event.old),
    ),
    ev.LineDrawn: _replaced("line"),
    ev.ObjectivesChanged: _replaced("objectives"),
    ev.ObjectivesConfirmed: _replaced("confirmed_objectives"),
    ev.NextSessionSet: _replaced("next_session"),
    ev.PeopleTakenIn: BoardChange(take_in, take_back),
    ev.NoteAdded: _listed("notes"),
    ev.DissentRecorded: _listed("dissents"),
    ev.QuestionParked: _listed("parked"),
    ev.ActionAgreed: _listed("actions"),
    **{event: BoardChange(*writes) for event, writes in QUARTERS.items()},
}
"""Every undoable event."""
