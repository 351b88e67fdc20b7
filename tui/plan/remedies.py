"""Changes to the plan in words, and the commands that make them: of what was tried, and of what would let a card start sooner."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.commands.base import Command
from sessions.commands.cards import MoveCard
from sessions.commands.plans import KeepWhatIf
from sessions.portfolio.models import Project
from sessions.sequencing.changes import Change, Crew, Drop, Move, People, Reorder, Split
from sessions.sequencing.levers import Lever
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import named_card, team_name
from sessions.sequencing.what_if import Effect, effect_sentence
from sessions.state.session import Session
from sessions.wording import tenths
from tui.plan.why_words import gain_words

A_CHEAPER_ORDER = "a cheaper order"


def change_words(plan: Plan, change: Change) -> str:
    """Return what is tried, with the ranks of the plan on which it is tried."""
    match change:
        case Move(card, to):
            return f"{named_card(plan, card)} to #{to}"
        case Reorder():
            return A_CHEAPER_ORDER
        case People(team, by, first, last):
            number = f"{tenths(abs(by))} {'person' if abs(by) == 10 else 'people'} {'more' if by > 0 else 'fewer'}"
            return f"{number} in {team_name(plan, team)}{_weeks(first, last)}"
        case Drop(card):
            return f"without {named_card(plan, card)}"
        case Split(card, team):
            return f"the part for {team_name(plan, team)} of {named_card(plan, card)} as a card of its own"
        case Crew(card, team, crew):
            return f"{named_card(plan, card)} with {tenths(crew)} at a time in {team_name(plan, team)}"


def _weeks(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if last is None:
        return f" from week {first}"
    return f" in week {last}" if first == last else f" in weeks {first or 1} to {last}"


def command_to_keep(session: Session, changes: Sequence[Change], words: Sequence[str], effect: Effect) -> Command:
    """Return the command that keeps a what-if: a single move becomes a move on the board, anything else one event."""
    if len(changes) == 1 and isinstance(changes[0], Move):
        return MoveCard(card=changes[0].card, to=changes[0].to)
    dropped = {change.card for change in changes if isinstance(change, Drop)}
    known, after = effect.before.workload.cards, effect.after.workload
    order = tuple(card for card in effect.after.order if card not in dropped)
    cards: tuple[Project, ...] = tuple(after.cards[card] for card in order if after.cards[card] != known.get(card))
    before = {team.id: team for team in session.teams}
    teams = tuple(team for team in after.teams if team != before.get(team.id))
    return KeepWhatIf(sentence="; ".join(words), effect=effect_sentence(effect), order=order, cards=cards, teams=teams)


def command_to_pull(session: Session, lever: Lever) -> Command:
    """Return the command that applies a lever, as one event that one key undoes."""
    plan = lever.effect.before
    whose = "" if isinstance(lever.change, Move) else f"for {named_card(plan, lever.card)}: "
    return command_to_keep(session, [lever.change], [whose + change_words(plan, lever.change)], lever.effect)


def pulled_words(lever: Lever) -> str:
    """Return what a lever changed, and what the card gains by it."""
    return f"{change_words(lever.effect.before, lever.change)}: {gain_words(lever)}"
