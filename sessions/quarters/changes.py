"""What changed since the earlier session: direction, people, sponsors, teams and cards, as facts.

Cards and teams are compared as they were brought in: what the meeting itself did to them is another subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sessions.portfolio.models import Objective, Participant, Portfolio, Project, Team
from sessions.quarters.belonging import belonging
from sessions.quarters.field_words import field_words
from sessions.quarters.matching import still_gone, title_key
from sessions.quarters.sponsors import NewSponsor, lost_sponsors, new_sponsors
from sessions.record.events import Past
from sessions.state.session import Session

LATE = 100
"""Days after the earlier session from which a quarter has been left out, or is about to be (METHOD 1, claim 5)."""
_TOLD = (
    "title", "sponsor", "it_partner", "objective", "benefit", "adoption", "plan_owner", "budget", "kind", "must", "rule", "rule_by", "deadline_week",
    "needs", "work", "description",
)  # fmt: skip
"""The fields of a card that are compared, the most telling first."""


class Edit(NamedTuple):
    """A field of a card that differs from the earlier session."""

    card: str
    field: str
    before: str
    after: str


class Ranked(NamedTuple):
    """An objective that has another place among those that were there before."""

    text: str
    before: int
    after: int


class Resized(NamedTuple):
    """A team with more or fewer people, in tenths; None if the team did not exist then, or does not now."""

    name: str
    before: int | None
    after: int | None


class Changes(NamedTuple):
    """Everything that differs from the end of the earlier session."""

    past: Past
    days: int | None
    """Days between the two sessions."""
    new_objectives: tuple[Objective, ...] = ()
    gone_objectives: tuple[Objective, ...] = ()
    ranked: tuple[Ranked, ...] = ()
    decider: tuple[str, str] | None = None
    """Who decided and who decides, if that is someone else."""
    left: tuple[Participant, ...] = ()
    joined: tuple[Participant, ...] = ()
    roles: tuple[tuple[Participant, Participant], ...] = ()
    """People with another role, side or seat, or someone new in their role: as they were and as they are."""
    lost: tuple[str, ...] = ()
    """Cards whose sponsor left."""
    sponsors: tuple[NewSponsor, ...] = ()
    teams: tuple[Resized, ...] = ()
    new: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    """Cards of which no one has said yet whether they are new."""
    stopped: tuple[str, ...] = ()
    """Cards that are listed again though the earlier session stopped them."""
    gone: tuple[Project, ...] = ()
    """Cards that only the earlier session has."""
    edits: tuple[Edit, ...] = ()

    @property
    def late(self) -> bool:
        """Return whether more than a quarter has passed."""
        return self.days is not None and self.days > LATE

    @property
    def any(self) -> bool:
        """Return whether anything changed."""
        return any(self[2:])


def changes_since(session: Session) -> Changes | None:
    """Return what changed since the earlier session; None without one."""
    past = session.past
    if past is None:
        return None
    brought = session.brought
    its, unclear = belonging(session), {each.card for each in past.unclear if each.card not in session.links}
    roles = [(old, new) for old, new in _same_people(past.participants, session.people) if _is_another(old, new)]
    stopped = {each.card for each in past.decisions if each.word == "stop"}
    before, now = past.participants, tuple(session.people.values())
    return Changes(
        past,
        _days(past.date, session.day),
        *_objectives(past.objectives, session.objectives),
        decider=_decider(past, session),
        left=tuple(old for old in before if _same(old, now) is None) if session.voters() else (),
        joined=tuple(new for new in now if _same(new, before) is None) if before else (),
        roles=tuple(roles),
        lost=lost_sponsors(session),
        sponsors=new_sponsors(session),
        teams=_teams(past.teams, session.portfolio.teams),
        new=tuple(card for card in session.order if card in brought and card not in its and card not in unclear),
        unclear=tuple(card for card in session.order if card in unclear),
        stopped=tuple(card for card in session.order if card in its and its[card].was in stopped),
        gone=gone_cards(session),
        edits=tuple(_edits(session, past)),
    )


def edited_cards(session: Session) -> frozenset[str]:
    """Return the cards that differ from the earlier session."""
    return frozenset(edit.card for edit in _edits(session, session.past)) if session.past else frozenset()


def gone_cards(session: Session) -> tuple[Project, ...]:
    """Return the cards that only the earlier session has, in its order."""
    cards = {card.id: card for card in session.past.cards} if session.past else {}
    return tuple(cards[card] for card in still_gone(session) if card in cards)


def _days(before: str, now: str) -> int | None:
    try:
        return (date.fromisoformat(now) - date.fromisoformat(before)).days
    except ValueError:
        return None


def _objectives(before: Sequence[Objective], now: Sequence[Objective]) -> tuple[tuple[Objective, ...], tuple[Objective, ...], tuple[Ranked, ...]]:
    """Return the objectives that are new and gone, and those that passed another one; that others came or went moves none."""
    by_id, by_text = {each.id: each for each in now}, {each.text.casefold(): each for each in now}
    pairs = [(old, new) for old in before if (new := by_text.get(old.text.casefold()) or by_id.get(old.id)) is not None]
    old_ids, new_ids = {old.id for old, _ in pairs}, {new.id for _, new in pairs}
    then = sorted(pairs, key=lambda pair: pair[0].rank)
    here = sorted(pairs, key=lambda pair: pair[1].rank)
    ranked = tuple(Ranked(new.text, old.rank, new.rank) for place, (old, new) in enumerate(here) if then[place] != (old, new))
    return tuple(each for each in now if each.id not in new_ids), tuple(each for each in before if each.id not in old_ids), ranked


def _same(person: Participant, people: Sequence[Participant]) -> Participant | None:
    """Return the same person among others: by id, else by role."""
    role = person.role.casefold()
    return next((each for each in people if each.id == person.id), next((each for each in people if each.role.casefold() == role), None))


def _same_people(before: Sequence[Participant], now: Mapping[str, Participant]) -> list[tuple[Participant, Participant]]:
    people = tuple(now.values())
    return [(old, new) for old in before if (new := _same(old, people)) is not None]


def _is_another(old: Participant, new: Participant) -> bool:
    return (old.role, old.side, old.seat == "observer") != (new.role, new.side, new.seat == "observer") or (new.new_in_role and not old.new_in_role)


def _decider(past: Past, session: Session) -> tuple[str, str] | None:
    then = next((each.role for each in past.participants if each.id == past.decider), "")
    now = session.role(session.decider) if session.decider else ""
    return (then, now) if then and now and then.casefold() != now.casefold() else None


def _teams(before: Sequence[Team], now: Sequence[Team]) -> tuple[Resized, ...]:
    if not before or not now:
        return ()
    old, new = {team.id: team for team in before}, {team.id: team for team in now}
    sizes = [
        Resized((new.get(team) or old[team]).name, old[team].people if team in old else None, new[team].people if team in new else None)
        for team in {**new, **old}
    ]
    return tuple(each for each in sizes if each.before != each.after)


def _edits(session: Session, past: Past) -> Iterator[Edit]:
    """Return what differs on the cards that both sessions have, by rank."""
    then = Portfolio(
        currency=past.currency, quarter_start=past.quarter_start, projects=past.cards, teams=past.teams, objectives=past.objectives
    )
    earlier, its = {card.id: card for card in past.cards}, belonging(session)
    brought = session.brought
    for name in session.order:
        card, old = brought.get(name), earlier.get(its[name].was) if name in its else None
        if card is None or old is None or its[name].by == "carried":  # what no file brought, no one edited
            continue
        for field in _TOLD:
            if _is_same(field, old, card):
                continue
            edit = Edit(name, field, field_words(old, field, then), field_words(card, field, session.portfolio))
            if edit.before != edit.after:
                yield edit


def _is_same(field: str, old: Project, card: Project) -> bool:
    """Return whether a field needs no second look. Weeks are those of another quarter; what is running needs less from week to week."""
    if field == "title":
        return title_key(old.title) == title_key(card.title)
    if field == "plan_owner":
        return old.adoption.plan_owner == card.adoption.plan_owner
    return (field == "work" and card.state != "new") or (field != "deadline_week" and getattr(old, field) == getattr(card, field))
