"""What each board action does to the session, and how it is taken back: `BOARD` has the pair for every undoable event.

Both use only what stands in the event itself. What concerns the room and not the board is folded in `folding`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sessions.portfolio.models import Project, Team
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.state.session import Round, Session, Withdrawn

Change = Callable[[Session, Any], Session]


def with_round(session: Session, number: int, **changes: Any) -> Session:  # noqa: ANN401 - the fields of Round
    """Return the session with fields of a ballot round changed."""
    if number < 1:
        raise ValueError(number)
    old = session.rounds[number - 1]
    fields = {name: getattr(old, name) for name in Round.__slots__}
    new = Round(**{**fields, **changes})
    return session.evolve(rounds=(*session.rounds[: number - 1], new, *session.rounds[number:]))


def _with_card(session: Session, card: Project, rank: int) -> Session:
    order = session.order
    if card.id in session.cards or not 1 <= rank <= len(order) + 1:
        raise ValueError(rank)
    return session.evolve(cards={**session.cards, card.id: card}, order=(*order[: rank - 1], card.id, *order[rank - 1 :]))


def _without_card(session: Session, card: str) -> Session:
    cards = dict(session.cards)
    del cards[card]
    return session.evolve(cards=cards, order=tuple(each for each in session.order if each != card))


def _split(session: Session, event: ev.CardSplit) -> Session:
    return _with_card(_replaced(session, event.first), event.second, event.rank + 1)


def _replaced(session: Session, card: Project) -> Session:
    return session.evolve(cards={**session.cards, card.id: card})


def _withdraw(session: Session, event: ev.CardWithdrawn) -> Session:
    after = _without_card(session, event.card.id)
    decisions = {card: decision for card, decision in session.decisions.items() if card != event.card.id}
    after.__dict__.update(withdrawn={**session.withdrawn, event.card.id: Withdrawn(event.card, event.reason)}, decisions=decisions)
    return after


def _bring_back(session: Session, event: ev.CardWithdrawn) -> Session:
    after = _with_card(session, event.card, event.rank)
    after.__dict__["withdrawn"] = {card: each for card, each in session.withdrawn.items() if card != event.card.id}
    if event.decision:
        after.__dict__["decisions"] = {**session.decisions, event.card.id: event.decision}
    return after


def _decide(session: Session, event: ev.DecisionsMade) -> Session:
    return session.evolve(decisions={**session.decisions, **{each.card: each for each in event.decisions}})


def _undecide(session: Session, event: ev.DecisionsMade) -> Session:
    decided = {each.card for each in event.decisions}
    kept = {card: each for card, each in session.decisions.items() if card not in decided}
    return session.evolve(decisions={**kept, **{each.card: each for each in event.old}})


def _add_outcome(session: Session, event: ev.GroupOrderTaken | ev.BoardKept) -> Session:
    return with_round(session, event.round, outcomes=(*session.rounds[event.round - 1].outcomes, event))


def _drop_outcome(session: Session, event: ev.GroupOrderTaken | ev.BoardKept) -> Session:
    return with_round(session, event.round, outcomes=session.rounds[event.round - 1].outcomes[:-1])


def _take_order(session: Session, event: ev.GroupOrderTaken) -> Session:
    return _add_outcome(session, event).evolve(order=event.new)


def _give_order_back(session: Session, event: ev.GroupOrderTaken) -> Session:
    return _drop_outcome(session, event).evolve(order=event.old)


def _answer(session: Session, event: ev.ConsentAnswered) -> Session:
    return with_round(session, event.round, answer=event.answer)


def _change_team(session: Session, old: Team | None, new: Team | None) -> Session:
    """Return the session with a team replaced in its place, added at the end, or taken away."""
    if old is None:
        return session.evolve(teams=(*session.teams, new))
    if not any(team.id == old.id for team in session.teams):
        raise KeyError(old.id)
    teams = tuple(new if team.id == old.id else team for team in session.teams)
    return session.evolve(teams=tuple(team for team in teams if team is not None))


def _keep_what_if(session: Session, event: ev.WhatIfKept) -> Session:
    after = _swapped(session, event.old_cards, event.new_cards, event.old_teams, event.new_teams, event.new_order)
    gone = {card.id: card for card in event.old_cards} | {card.id: None for card in event.new_cards}
    left = {card_id: Withdrawn(card, event.sentence) for card_id, card in gone.items() if card is not None}
    decisions = {card: each for card, each in session.decisions.items() if card not in left}
    return after.evolve(withdrawn={**session.withdrawn, **left}, decisions=decisions) if left else after


def _give_what_if_back(session: Session, event: ev.WhatIfKept) -> Session:
    before = _swapped(session, event.new_cards, event.old_cards, event.new_teams, event.old_teams, event.old_order)
    withdrawn = {card: each for card, each in session.withdrawn.items() if card not in before.cards}
    return before.evolve(withdrawn=withdrawn, decisions={**session.decisions, **{each.card: each for each in event.old_decisions}})


def _swapped(
    session: Session,
    out: tuple[Project, ...],
    into: tuple[Project, ...],
    teams_out: tuple[Team, ...],
    teams_into: tuple[Team, ...],
    order: tuple[str, ...],
) -> Session:
    cards = dict(session.cards)
    for card in out:
        del cards[card.id]
    cards.update({card.id: card for card in into})
    if sorted(order) != sorted(cards):
        raise KeyError("order")
    after = session.evolve(cards=cards, order=order)
    for old, new in zip(teams_out, teams_into, strict=True):
        after = _change_team(after, old, new)
    return after


def _appended(name: str) -> Change:
    return lambda session, event: session.evolve(**{name: (*getattr(session, name), event)})


def _shortened(name: str) -> Change:
    return lambda session, event: session.evolve(**{name: getattr(session, name)[:-1]})


BOARD: dict[type[Event], tuple[Change, Change]] = {
    ev.CardMoved: (
        lambda session, event: session.moved(event.card, event.new),
        lambda session, event: session.moved(event.card, event.old),
    ),
    ev.CardAdded: (
        lambda session, event: _with_card(session, event.card, event.rank),
        lambda session, event: _without_card(session, event.card.id),
    ),
    ev.CardEdited: (
        lambda session, event: _replaced(session, event.new),
        lambda session, event: _replaced(session, event.old),
    ),
    ev.CardSplit: (_split, lambda session, event: _replaced(_without_card(session, event.second.id), event.old)),
    ev.CardWithdrawn: (_withdraw, _bring_back),
    ev.DecisionsMade: (_decide, _undecide),
    ev.GroupOrderTaken: (_take_order, _give_order_back),
    ev.BoardKept: (_add_outcome, _drop_outcome),
    ev.ConsentAnswered: (_answer, lambda session, event: with_round(session, event.round, answer="")),
    ev.TeamChanged: (
        lambda session, event: _change_team(session, event.old, event.new),
        lambda session, event: _change_team(session, event.new, event.old),
    ),
    ev.WhatIfKept: (_keep_what_if, _give_what_if_back),
    ev.NoteAdded: (_appended("notes"), _shortened("notes")),
    ev.DissentRecorded: (_appended("dissents"), _shortened("dissents")),
    ev.QuestionParked: (_appended("parked"), _shortened("parked")),
    ev.ActionAgreed: (_appended("actions"), _shortened("actions")),
}
