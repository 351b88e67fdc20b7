"""What a card must be before it is recorded: its texts sanitised, its teams and dependencies known, its figures possible."""

from __future__ import annotations

from sessions.commands.base import clean_text, require_text
from sessions.errors import SessionError
from sessions.portfolio.checks import same_as_baseline
from sessions.portfolio.models import NAME_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Project
from sessions.sequencing.cycles import cycle_text, find_cycle
from sessions.state.session import Session

_LONG_FIELDS = frozenset({"description", "note", "order_taker_version", "arguments_for", "arguments_against", "fields"})
"""Fields of a card whose text may have several lines, as the readers keep them; all others fit on one line of the screen."""
MOST_PEOPLE = 100_000
"""The greatest number of people of a team, in tenths of a person."""

_NAMES = frozenset({"sponsor", "it_partner", "objective", "plan_owner", "rule_owner"})
"""Fields of a card that are names, as long as the readers let them be."""


class CardDoesNotFitError(SessionError):
    """A card asks for an unknown team or card, or would close a cycle of dependencies."""


def sanitized_card(card: Project, card_id: str) -> Project:
    """Return a card under an id, with its texts sanitised, trimmed and bounded. Raises ReasonNeededError when it has no title."""
    title = require_text(card.title, "A card needs a title: type one.", TITLE_LIMIT)
    return Project.model_validate({**_cleaned(card.model_dump()), "id": card_id, "title": title})


def _cleaned(value: object) -> dict[str, object]:
    result = _clean_value(value)
    assert isinstance(result, dict)
    return result


def _clean_value(value: object, field: str = "") -> object:
    if isinstance(value, str):
        return clean_text(value, NAME_LIMIT if field in _NAMES else TEXT_LIMIT, lines=field in _LONG_FIELDS)
    if isinstance(value, dict):
        return {name: _clean_value(each, name) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_clean_value(each, field) for each in value)
    return value


def check_adoption(old: Project | None, new: Project) -> None:
    """Refuse a target that is the same as its baseline, unless the card had both already: no reading could ever show a change."""
    if (old is None or old.adoption != new.adoption) and (reason := same_as_baseline(new.adoption)):
        raise CardDoesNotFitError(reason)


def check_card_fits(session: Session, *cards: Project) -> None:
    """Refuse cards that ask for unknown teams or cards, or would close a cycle of dependencies. All of them count as on the board."""
    board = {**session.cards, **{card.id: card for card in cards}}
    teams = {team.id for team in session.teams}
    for card in cards:
        # Its earlier dependencies are accepted: one of those cards may have been withdrawn since.
        old = session.cards.get(card.id) or Project(id=card.id, title=card.title)
        if unknown := [work.team for work in card.work if work.team not in teams | {each.team for each in old.work}]:
            known = f"the teams are {', '.join(sorted(teams))}" if teams else "add it first"
            raise CardDoesNotFitError(f"There is no team {unknown[0]}: {known}.")
        if missing := [need for need in card.needs if need not in board and need not in old.needs]:
            raise CardDoesNotFitError(f"{card.title} cannot depend on {missing[0]}: there is no such card.")
        _check_figures(session, card)
    if cycle := find_cycle({each.id: each.needs for each in board.values() if each.needs}):
        raise CardDoesNotFitError(f"These cards would depend on each other in a cycle, so none could start: {cycle_text(cycle)}.")


def _check_figures(session: Session, card: Project) -> None:
    last = session.portfolio.horizon_weeks
    # A deadline that passed before the quarter began was carried over: it stays, and is never typed.
    passed = {each.deadline_week for each in session.cards.values()}
    weeks = [card.earliest_week, *([card.deadline_week] if card.deadline_week is not None and card.deadline_week not in passed else [])]
    if any(not 1 <= week <= last for week in weeks):
        raise CardDoesNotFitError(f"{card.title}: weeks go from 1 to {last}.")
    if any(not 0 <= work.effort <= MOST_PEOPLE for work in card.work):
        raise CardDoesNotFitError(f"{card.title}: an effort is between 0 and {MOST_PEOPLE // 10} person-weeks.")
    if any(work.crew is not None and not 0 < work.crew <= MOST_PEOPLE for work in card.work):
        raise CardDoesNotFitError(f"{card.title}: a crew has at least 0.1 people.")
    if len({work.team for work in card.work}) < len(card.work):
        raise CardDoesNotFitError(f"{card.title} lists the same team twice.")
