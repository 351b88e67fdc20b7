"""What changed, as lines of the summary: since last quarter, and in the session itself."""

from __future__ import annotations

from sessions.portfolio.models import Benefit
from sessions.quarters.changes import changes_since
from sessions.quarters.changes_words import paragraph, quarter_name
from sessions.record.events import BoardKept, CardAdded, CardEdited, CardSplit, GroupOrderTaken, WhatIfKept
from sessions.replay.changes import people_changes
from sessions.replay.narration_rounds import WEIGHTING_NAMES
from sessions.state.session import Session, effective
from sessions.summary.facts import Move, biggest_move, moves_since_last_quarter, revealed_rounds
from sessions.summary.markdown_escape import inline, money
from sessions.summary.moves import moves_told
from sessions.summary.page import bullets, in_a_row, section
from sessions.wording import listed

_MOST = 3
"""Big moves, or what-ifs kept, that a list names."""
_NAMES = 12
_FEW = 4
"""Entries that a list in a paragraph names."""


def changed_before(session: Session) -> list[str]:
    """Return the section on what changed before the session: a paragraph if there was an earlier one, else what the portfolio tells."""
    changes = changes_since(session)
    if changes is None:
        return section("Changed since last quarter", bullets(_since_last_quarter(session)))
    moves = [f"Other big moves: {'; '.join(_moves(session))}."] if _moves(session) else []
    told = [" ".join([*map(inline, paragraph(session, changes, _FEW)), *moves])]
    return section(f"Changed since {inline(quarter_name(changes))}", told if changes.any or moves else [])


def _since_last_quarter(session: Session) -> list[str]:
    """Return the people new in their role, the new objectives, the biggest moves, and the cards that were not there."""
    new_people = [person for person in session.people.values() if person.new_in_role]
    lines = [f"{inline(person.role)} is new in the role{_aside(person.note)}." for person in new_people]
    new_objectives = [objective for objective in session.objectives if objective.new]
    lines += [f"New objective: {inline(objective.text.rstrip('. '))}{_aside(objective.note)}." for objective in new_objectives]
    moves = _moves(session)
    lines += [f"Other big moves: {'; '.join(moves)}."] if moves else []
    return [*lines, *_new_cards(session)]


def _moves(session: Session) -> list[str]:
    return [f"{inline(move.card.title)} {move.old} → {move.new}{_aside(move.reason)}" for move in _biggest(session)]


def _biggest(session: Session) -> list[Move]:
    """Return the biggest moves, without the one that the page tells in one minute."""
    told = biggest_move(session)
    return [move for move in moves_since_last_quarter(session) if move != told][:_MOST]


def _aside(text: str) -> str:
    return f" ({inline(text.rstrip('. '))})" if text else ""


def _new_cards(session: Session) -> list[str]:
    """Name the cards without a rank of last quarter, if others have one. What was added in the session is in its own section."""
    brought = {project.id for project in session.portfolio.projects}
    cards = [card for card in session.board if card.id in brought]
    new = [inline(card.title) for card in cards if card.previous_rank is None]
    return [f"New cards: {in_a_row(new, _NAMES)}."] if new and len(new) < len(cards) else []


def changed_in_session(session: Session) -> list[str]:
    """Return what became of the board: the order taken, cards added, split and withdrawn, what-ifs kept, teams, benefits."""
    cards = [*_added(session), *_split(session), *_tried(session), *_withdrawn(session)]
    return [*_orders(session), *moves_told(session), *cards, *_teams(session), *_benefits(session)]


def _orders(session: Session) -> list[str]:
    """Return the results of the ballots; the head of the page names the latest order that the board took."""
    lines, rounds = [], revealed_rounds(session)
    for each in rounds:
        number = session.ballot_number(each.opened.round)
        match each.outcome:
            case GroupOrderTaken(weighting=weighting) if each is not rounds[-1]:
                lines.append(f"The board took the order of ballot {number} ({WEIGHTING_NAMES[weighting]}).")
            case BoardKept(reason=reason):
                lines.append(f"The board stayed the same after ballot {number}{_aside(reason)}.")
    return lines


def _added(session: Session) -> list[str]:
    ranks = session.ranks
    ids = [event.card.id for event in effective(session, CardAdded)]
    added = [f"{inline(session.cards[card].title)} (#{ranks[card]})" for card in ids if card in ranks]
    return [f"Added: {in_a_row(added, _NAMES)}."] if added else []


def _split(session: Session) -> list[str]:
    lines = []
    for event in effective(session, CardSplit):
        first, second = (inline(session.cards.get(part.id, part).title) for part in (event.first, event.second))
        old = inline(event.old.title)
        lines.append(f"Split off from {old}: {second}." if first == old else f"Split: {old} into “{first}” and “{second}”.")
    return lines


def _tried(session: Session) -> list[str]:
    kept = effective(session, WhatIfKept)
    lines = [inline(f"{event.sentence.rstrip('. ')}{f' ({effect})' if (effect := event.effect.rstrip('. ')) else ''}") for event in kept]
    return [f"Tried on the plan and kept: {in_a_row(lines, _MOST)}."] if lines else []


def _teams(session: Session) -> list[str]:
    """Name the teams that have other people than when the session began."""
    before = {team.id: team for team in session.portfolio.teams}
    lines = []
    for team in session.teams:
        old = before.get(team.id)
        if old is None:
            lines.append(f"{inline(team.name)} (new)")
        elif changes := people_changes(old, team, session.portfolio.horizon_weeks):
            lines.append(f"{inline(team.name)} {listed(changes)}")
    return [f"Teams: {in_a_row(lines, _NAMES)}."] if lines else []


def _withdrawn(session: Session) -> list[str]:
    cards = [f"{inline(each.card.title)}{_aside(each.reason)}" for each in session.withdrawn.values()]
    return [f"Withdrawn: {in_a_row(cards, _NAMES)}."] if cards else []


def _benefits(session: Session) -> list[str]:
    """Name the cards whose benefit was reworded since the session began."""
    before: dict[str, Benefit] = {}
    for event in effective(session, CardEdited):
        if "benefit" in event.changed:
            before.setdefault(event.old.id, event.old.benefit)
    lines = [
        f"{inline(session.cards[card].title)} ({_worth(session, old)} → {_worth(session, session.cards[card].benefit)})"
        if _worth(session, old) != _worth(session, session.cards[card].benefit)
        else inline(session.cards[card].title)
        for card, old in before.items()
        if card in session.cards and old != session.cards[card].benefit
    ]
    return [f"Benefits rewritten: {in_a_row(lines, _NAMES)}."] if lines else []


def _worth(session: Session, benefit: Benefit) -> str:
    if benefit.monthly is None:
        return "no figure"
    return f"{money(benefit.monthly, session.portfolio.currency_of(benefit.currency))} a month"
