"""The parts that a new session takes over from the earlier one if its file does not bring them: people, teams, objectives, fields of cards."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sessions.portfolio.models import Adoption, Benefit, Objective, Participant, Portfolio, Project, Seat, Team
from sessions.quarters.matching import title_key
from sessions.state.session import Session

_TEXTS = ("description", "sponsor", "it_partner", "origin", "order_taker_version", "arguments_for", "arguments_against")
"""Fields of a card that are taken over as they are if the file leaves them empty."""
_SILENT: dict[str, Any] = {
    name: Project.model_fields[name].default for name in ("budget", "must", "rule", "rule_by", "rule_owner", "earliest_week", "deadline_week")
}
"""Fields and their defaults: they are taken over if the file leaves them at the default on every card."""
_WORDS = ("text", "change", "effect", "business_effect")
_MEASURED = tuple(Adoption.model_fields)


def people_after(earlier: Session) -> tuple[Participant, ...]:
    """Return the people of the earlier session with the seats that they had at its end. No one counts as new in a role any more."""
    return tuple(
        person.model_copy(update={"seat": _seat(person, earlier.decider, earlier.facilitator), "new_in_role": False})
        for person in earlier.people.values()
    )


def _seat(person: Participant, decider: str, facilitator: str) -> Seat:
    if person.id == facilitator:
        return "facilitator"
    if person.id == decider:
        return "decider"
    return "voter" if person.seat == "decider" else person.seat


def teams_after(teams: Sequence[Team], weeks: int) -> tuple[Team, ...]:
    """Return teams in a quarter that begins some weeks later: their exceptions are those of the weeks that are still to come."""
    return tuple(
        team.model_copy(update={"by_week": tuple((week - weeks, people) for week, people in team.by_week if week > weeks)}) for team in teams
    )


def objectives_after(earlier: Sequence[Objective], brought: Sequence[Objective]) -> tuple[tuple[Objective, ...], dict[str, str]]:
    """Return the objectives of the new session, and the id there of every objective that its cards name.

    Objectives that a file states count as they are. Those that were only collected from its cards follow the earlier ones, as new.
    """
    known = [each.model_copy(update={"rank": rank, "new": False}) for rank, each in enumerate(earlier, 1)]
    if not known or any(each.text != each.id or each.owner for each in brought):
        return tuple(brought), {each.id: each.id for each in brought}
    by_words = {title_key(words): each.id for each in known for words in (each.text, each.id)}
    found = {each.id: by_words.get(title_key(each.id), each.id) for each in brought}
    ids = {each.id for each in known}
    others = [each for each in brought if found[each.id] not in ids]
    added = [each.model_copy(update={"rank": rank, "new": True}) for rank, each in enumerate(others, len(known) + 1)]
    return (*known, *added), found


def free_ids(cards: Sequence[Project], taken: Collection[str]) -> dict[str, str]:
    """Return an id for each card that is not taken yet: its own if that is free, else one that is made up."""
    used = {*taken, *(card.id for card in cards)}
    found = dict[str, str]()
    for card in cards:
        found[card.id] = card.id if card.id not in taken else _free_id(card, used)
        used.add(found[card.id])
    return found


def _free_id(card: Project, used: Collection[str]) -> str:
    """Return the next number after a made-up id, or a given id with a suffix."""
    numbered = re.fullmatch(r"(\D*)(\d{1,9})", card.id) if card.made_id else None
    prefix, number, width = (numbered[1], int(numbered[2]), len(numbered[2])) if numbered else (f"{card.id}-", 1, 1)
    while (name := f"{prefix}{number:0{width}}") in used or not (numbered or number > 1):
        number += 1
    return name


def renamed(cards: Sequence[Project], ids: Mapping[str, str]) -> tuple[Project, ...]:
    """Return cards under other ids, in their references to each other too. A new id that is not a matched one was made up."""
    if all(old == new for old, new in ids.items()):
        return tuple(cards)
    return tuple(
        card.model_copy(
            update={
                "id": ids[card.id],
                "made_id": card.made_id or ids[card.id] != card.id,
                "needs": tuple(ids.get(need, need) for need in card.needs),
                "parent": ids.get(card.parent, card.parent),
            }
        )
        for card in cards
    )


def filled(
    cards: Sequence[Project],
    was: Mapping[str, str],
    earlier: Session,
    portfolio: Portfolio,
    objective_of: Mapping[str, str],
    *,
    work: bool,
    alone: bool,
    weeks: int,
) -> tuple[Project, ...]:
    """Return cards with the earlier rank and, if the file is silent, with what the earlier session knew of them.

    `work`: the file brings no teams, so that efforts and dependencies are taken over too if it brings none. `alone`: the cards are those of the
    earlier session. `weeks` says by how many weeks the new quarter begins later.
    """
    ranks = {card: rank for rank, card in enumerate(earlier.order, 1)}
    objectives = {each.id for each in portfolio.objectives}
    here = {old: new for new, old in was.items()}
    bare = work and not any(card.work or card.needs for card in cards)
    said = [_known(earlier, card) for card in was.values()]
    silent = [
        name
        for name, none in _SILENT.items()
        if any(getattr(old, name) != none for old in said) and (alone or all(getattr(card, name) == none for card in cards))
    ]
    result = list[Project]()
    for card in cards:
        old = _known(earlier, was[card.id]) if card.id in was else None
        changes: dict[str, Any] = {} if old is None else filling(card, old)
        changes["previous_rank"] = ranks.get(old.id) if old else None
        if (objective := objective_of.get(card.objective, card.objective)) != card.objective:
            changes["objective"] = objective
        if old is not None:
            if not card.objective and old.objective in objectives:
                changes["objective"] = old.objective
            if bare:
                changes |= {"work": old.work, "needs": tuple(here[need] for need in old.needs if need in here)}
            changes |= {name: _moved(name, getattr(old, name), weeks) for name in silent}
            if "deadline_week" in silent:
                changes["deadline"] = old.deadline
        result.append(card.model_copy(update=changes))
    return tuple(result)


def _moved(name: str, value: Any, weeks: int) -> Any:  # noqa: ANN401 - the value of any field
    """Return a field of a card in a quarter that begins some weeks later. A deadline that has passed stays its day: its week is 0 or less."""
    if name == "earliest_week":
        return max(1, value - weeks)
    return value - weeks if name == "deadline_week" and value is not None else value


def filling(card: Project, old: Project) -> dict[str, Any]:
    """Return the fields of a card that the earlier session knew, and the file does not say."""
    changes: dict[str, Any] = {name: known for name in _TEXTS if not getattr(card, name) and (known := getattr(old, name))}
    changes["benefit"], changes["adoption"], changes["made_id"] = _benefit(card, old), _adoption(card.adoption, old.adoption), old.made_id
    if card.kind == "grow":
        changes["kind"] = old.kind
    return changes


def _known(earlier: Session, card: str) -> Project:
    return earlier.cards.get(card) or earlier.delivered[card].card


def _benefit(card: Project, old: Project) -> Benefit:
    """Return the file's benefit, with what it lacks; the wording that the room replaced last time does not come back."""
    new, known = card.benefit, old.benefit
    empty = not (new.text or new.change or new.effect or new.business_effect) and new.monthly is None
    stale = bool(new.text and old.order_taker_version) and title_key(new.text) == title_key(old.order_taker_version)
    if empty or stale:
        return known if new.monthly is None else known.model_copy(update={"monthly": new.monthly, "currency": new.currency})
    if new.text and known.text and new.text != known.text and title_key(new.text) != title_key(known.text):
        return new
    changes: dict[str, Any] = {name: getattr(known, name) for name in _WORDS if not getattr(new, name) and getattr(known, name)}
    if new.monthly is None and known.monthly is not None:
        changes |= {"monthly": known.monthly, "currency": known.currency}
    return new.model_copy(update=changes) if changes else new


def _adoption(new: Adoption, known: Adoption) -> Adoption:
    """Return the file's adoption, with what it lacks; figures are taken over only with their measure."""
    same = not new.measure or new.measure == known.measure or title_key(new.measure) == title_key(known.measure)
    names = _MEASURED if same else ("who", "plan_owner")
    changes = {name: getattr(known, name) for name in names if not getattr(new, name) and getattr(known, name)}
    return new.model_copy(update=changes) if changes else new
