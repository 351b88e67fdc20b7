"""Commands on the plan: a team's people per week, and keeping a what-if."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, clean_text, handles, require_text
from sessions.commands.card_checks import MOST_PEOPLE, check_card_fits, sanitized_card
from sessions.errors import SessionError
from sessions.portfolio.models import TITLE_LIMIT, Project, Team
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.state.session import Session


class TeamRefusedError(SessionError):
    """A team's people or weeks are out of range."""


class WhatIfRefusedError(SessionError):
    """The what-if does not fit the board as it is now."""


class EditTeam(Command):
    """Change a team's name, people or exceptions by week, or add a team with a new id."""

    team: Team


class KeepWhatIf(Command):
    """Keep a what-if: its order, and each card and team that it changed or added. A card missing from the order is withdrawn."""

    sentence: str
    effect: str = ""
    order: tuple[str, ...]
    cards: tuple[Project, ...] = ()
    teams: tuple[Team, ...] = ()


@handles(EditTeam)
def _edit_team(session: Session, command: EditTeam, _: CommandContext) -> list[Event]:
    old = next((team for team in session.teams if team.id == command.team.id), None)
    new = _checked_team(session, command.team, old.id if old else require_text(command.team.id, "A team needs a short name, such as WEB.", 40))
    return [] if new == old else [ev.TeamChanged(old=old, new=new, asked_by=session.asker)]


def _checked_team(session: Session, team: Team, team_id: str) -> Team:
    """Return a team with a clean name and sorted weeks, or raise TeamRefusedError."""
    name = require_text(team.name, "A team needs a name.", TITLE_LIMIT)
    tidied = team.model_copy(update={"id": team_id, "name": name, "by_week": tuple(sorted(dict(team.by_week).items()))})
    check_team(session, tidied)
    return tidied


def check_team(session: Session, team: Team) -> None:
    """Refuse impossible numbers of people, and weeks outside the plan."""
    for people in (team.people, *(each for _, each in team.by_week)):
        if not 0 <= people <= MOST_PEOPLE:
            raise TeamRefusedError(f"{team.name}: a team has 0 to {MOST_PEOPLE // 10} people.")
    for week, _ in team.by_week:
        if not 1 <= week <= session.portfolio.horizon_weeks:
            raise TeamRefusedError(f"{team.name}: week {week} is outside the plan, which has weeks 1 to {session.portfolio.horizon_weeks}.")


_OTHER_BOARD = "The board has changed since the what-if: try it again on the current board."


@handles(KeepWhatIf)
def _keep(session: Session, command: KeepWhatIf, _: CommandContext) -> list[Event]:
    placed = set(command.order)
    gone = tuple(card for card in session.board if card.id not in placed)
    new_cards = _changed_cards(session, command.cards, placed)
    _check_order(session, command.order, new_cards)
    teams = {team.id: team for team in session.teams}
    new_teams = _changed_teams(session, command.teams)
    check_card_fits(session, *new_cards)
    if not (new_cards or gone or new_teams) and command.order == session.order:
        return []
    return [
        ev.WhatIfKept(
            sentence=require_text(command.sentence, "Describe the what-if."),
            effect=clean_text(command.effect),
            old_order=session.order,
            new_order=command.order,
            old_cards=(*(session.cards[card.id] for card in new_cards if card.id in session.cards), *gone),
            new_cards=new_cards,
            old_teams=tuple(teams[team.id] for team in new_teams),
            new_teams=new_teams,
            old_decisions=tuple(session.decisions[card.id] for card in gone if card.id in session.decisions),
            asked_by=session.asker,
        )
    ]


def _changed_cards(session: Session, cards: tuple[Project, ...], placed: set[str]) -> tuple[Project, ...]:
    """Return the new and the changed cards of an order, sanitised."""
    found = {card.id: sanitized_card(card, card.id) for card in cards if card.id in placed}
    for card in found.values():
        if card.id not in session.cards and (card.id in session.withdrawn or clean_text(card.id, 40) != card.id or not card.id):
            raise WhatIfRefusedError("The what-if adds a card under an id that cannot be used: try it again on the current board.")
    return tuple(card for card in found.values() if session.cards.get(card.id) != card)


def _check_order(session: Session, order: tuple[str, ...], new_cards: tuple[Project, ...]) -> None:
    added = [card.id for card in new_cards if card.id not in session.cards]
    known = {*session.cards, *added}
    if len(set(order)) != len(order) or not set(order) <= known or not set(added) <= set(order):
        raise WhatIfRefusedError(_OTHER_BOARD)


def _changed_teams(session: Session, teams: tuple[Team, ...]) -> tuple[Team, ...]:
    known = {team.id: team for team in session.teams}
    found = {team.id: team for team in teams if known.get(team.id) != team}
    if not known.keys() >= found.keys():
        raise WhatIfRefusedError(_OTHER_BOARD)
    checked = [_checked_team(session, team, team.id) for team in found.values()]
    return tuple(team for team in checked if known[team.id] != team)
