"""Commands on several cards together: move them to a place, or merge them into one. Each is one record, and one undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions.commands.base import Command, CommandContext, clean_text, handles, require_card, require_text
from sessions.commands.card_checks import check_card_fits, sanitized_card
from sessions.commands.cards import check_rank, refuse_delivered
from sessions.errors import SessionError
from sessions.portfolio.models import TEXT_LIMIT, TITLE_LIMIT, Benefit, Budget, Project, Work
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.state.session import Session


class MoveCards(Command):
    """Move cards one below the other, the first of them to a rank. They keep their order among themselves."""

    cards: tuple[str, ...]
    to: int
    reason: str = ""


class MergeCards(Command):
    """Merge cards into one, which takes the place and the id of the highest. The others leave the board."""

    cards: tuple[str, ...]
    title: str


@handles(MoveCards)
def _move(session: Session, command: MoveCards, _: CommandContext) -> list[Event]:
    cards = by_rank(session, command.cards)
    check_rank(session, command.to, len(session.order) - len(cards) + 1)
    old = tuple(session.rank(card) for card in cards)
    if old == tuple(range(command.to, command.to + len(cards))):
        return []
    return [ev.CardsMoved(cards=cards, old=old, new=command.to, asked_by=session.asker, reason=clean_text(command.reason))]


@handles(MergeCards)
def _merge(session: Session, command: MergeCards, _: CommandContext) -> list[Event]:
    cards = by_rank(session, command.cards)
    if len(cards) < 2:
        raise SessionError("Merging takes two cards or more: mark them first.")
    if session.open_round and set(cards) & set(session.open_round.opened.cards):
        raise SessionError("A ballot is open on these cards: reveal it, or cancel it, before they are merged.")
    parts = [session.cards[card] for card in cards]
    refuse_delivered(session, *parts)
    title = require_text(command.title, "The merged card needs a title.", TITLE_LIMIT)
    merged = sanitized_card(merged_card(parts, title), cards[0])
    others = [card for card in session.cards.values() if card.id not in cards and set(card.needs) & set(cards[1:])]
    needing = tuple(card.model_copy(update={"needs": _renamed(card.needs, cards)}) for card in others)
    left = set(cards[1:])
    check_card_fits(session, merged, *needing)
    return [
        ev.CardsMerged(
            parts=tuple(parts),
            ranks=tuple(session.rank(card) for card in cards),
            merged=merged,
            old_others=tuple(others),
            new_others=needing,
            decisions=tuple(decision for card, decision in session.decisions.items() if card in left or card == cards[0]),
            asked_by=session.asker,
        )
    ]


def by_rank(session: Session, cards: Iterable[str]) -> tuple[str, ...]:
    """Return cards of the board by rank, each once, or raise an error for one that is not on it."""
    wanted = dict.fromkeys(cards)
    if not wanted:
        raise SessionError("No card is marked: M marks the selected card.")
    for card in wanted:
        require_card(session, card)
    return tuple(card for card in session.order if card in wanted)


def merged_card(parts: Sequence[Project], title: str) -> Project:
    """Return the card that several become: the first with what all of them are worth, ask for and need."""
    first = parts[0]
    worth = [part.benefit for part in parts if part.benefit.monthly is not None]
    worth = [each for each in worth if each.currency == worth[0].currency]  # as budgets: money in another currency cannot be added
    ids = {part.id for part in parts}
    needs = tuple(dict.fromkeys(need for part in parts for need in part.needs if need not in ids))
    dated = [part for part in parts if part.deadline_week is not None]
    due = min(dated, key=lambda part: (part.deadline_week, part.deadline or "9"), default=first)
    return first.model_copy(
        update={
            "title": title,
            "description": _joined((part.description for part in parts), "\n"),
            "benefit": Benefit(
                text=_joined(part.benefit.text for part in parts),
                change=_joined(part.benefit.change for part in parts),
                effect=_joined(part.benefit.effect for part in parts),
                business_effect=_joined(part.benefit.business_effect for part in parts),
                monthly=sum(each.monthly or 0 for each in worth) if worth else None,
                currency=worth[0].currency if worth else "",
            ),
            "budget": _budget(parts),
            "must": any(part.must for part in parts),
            **_rule(parts),
            "state": next((part.state for part in parts if part.state == "in_flight"), first.state),
            "work": _work(parts),
            "needs": needs,
            "earliest_week": max(part.earliest_week for part in parts),
            "deadline_week": due.deadline_week,
            "deadline": due.deadline,
            "note": _joined((part.note for part in parts), "\n"),
        }
    )


def _joined(texts: Iterable[str], between: str = "; ") -> str:
    """Return different texts in one, as far as they fit."""
    return between.join(dict.fromkeys(filter(None, texts)))[:TEXT_LIMIT]


def _rule(parts: Sequence[Project]) -> dict[str, str]:
    """Return the rule of the merged card, its day and its owner: those of the first part that has a rule."""
    ruled = next((part for part in parts if part.rule), parts[0])
    return {name: getattr(ruled, name) for name in ("rule", "rule_by", "rule_owner")}


def _budget(parts: Sequence[Project]) -> Budget | None:
    """Return the budgets together; that of the first if they are in different currencies."""
    budgets = [part.budget for part in parts if part.budget]
    if not budgets or len({each.currency for each in budgets}) > 1:
        return parts[0].budget
    return Budget(amount=sum(each.amount for each in budgets), currency=budgets[0].currency)


def _work(parts: Sequence[Project]) -> tuple[Work, ...]:
    """Return the work together, team by team, with the largest crew that a part asks for."""
    teams: dict[str, list[Work]] = {}
    for part in parts:
        for work in part.work:
            teams.setdefault(work.team, []).append(work)
    return tuple(
        Work(team=team, effort=sum(work.effort for work in works), crew=max((work.crew for work in works if work.crew), default=None))
        for team, works in teams.items()
    )


def _renamed(needs: Iterable[str], cards: Sequence[str]) -> tuple[str, ...]:
    """Return the needs of a card with the merged card in the place of its parts."""
    return tuple(dict.fromkeys(cards[0] if need in cards else need for need in needs))
