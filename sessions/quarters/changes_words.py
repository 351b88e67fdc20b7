"""What changed since the earlier session, in plain sentences: the big things first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sessions.portfolio.models import Participant
from sessions.quarters.changes import Changes, Edit, Resized
from sessions.quarters.field_words import FIELD_NAMES
from sessions.quarters.questions import fate_words
from sessions.quarters.sponsors import NewSponsor
from sessions.state.session import Session
from sessions.wording import people_name, plural, side_name, tenths


class Group(NamedTuple):
    """Sentences under one heading."""

    heading: str
    lines: tuple[str, ...]


def quarter_name(changes: Changes) -> str:
    """Return how people call the earlier session: 2026-Q2, or its title."""
    return changes.past.quarter or changes.past.title


def days_words(changes: Changes) -> str:
    """Return how long ago the earlier session was: 91 days after 2026-Q2."""
    known = changes.days is not None and changes.days >= 0
    return f"{plural(changes.days or 0, 'day')} after {quarter_name(changes)}" if known else f"Since {quarter_name(changes)}"


def counts_words(changes: Changes) -> str:
    """Return the most important figures in one line: 1 sponsor left · 5 new cards · 3 gone; "nothing changed" if nothing did."""
    lost, edited = len(changes.lost), len({each.card for each in changes.edits})
    counted = (
        (lost, f"{plural(lost, 'card has', 'cards have')} lost the sponsor"),
        (len(changes.new_objectives), plural(len(changes.new_objectives), "new objective")),
        (len(changes.new), plural(len(changes.new), "new card")),
        (len(changes.stopped), f"{plural(len(changes.stopped), 'stopped card')} listed again"),
        (len(changes.gone), f"{plural(len(changes.gone), 'card')} gone"),
        (edited, f"{plural(edited, 'card')} changed"),
    )
    return " · ".join(words for count, words in counted if count) or ("a few things changed" if changes.any else "nothing changed")


def change_groups(session: Session, changes: Changes) -> tuple[Group, ...]:
    """Return everything that changed, by subject, the big things first."""
    groups = (
        Group("Direction", tuple(_direction(changes))),
        Group("Sponsors", tuple(_sponsors(session, changes))),
        Group("People", tuple(_people(session, changes))),
        Group("Teams", tuple(map(team_words, changes.teams))),
        Group("New cards", tuple(_new(session, changes))),
        Group("Listed again", tuple(_stopped(session, changes))),
        Group("Gone", tuple(_gone(session, changes))),
        Group("Changed cards", tuple(_edited(session, _other_edits(changes)))),
    )
    return tuple(group for group in groups if group.lines)


def _direction(changes: Changes) -> list[str]:
    new = [f"New objective, {_place(each.rank)}: {each.text}" for each in changes.new_objectives]
    gone = [f"No longer an objective: {each.text}" for each in changes.gone_objectives]
    return [*new, *gone, *(f"{each.text}: {_place(each.before)} before, now {_place(each.after)}" for each in changes.ranked)]


def _place(rank: int) -> str:
    return f"#{rank}"


def _sponsors(session: Session, changes: Changes) -> list[str]:
    lost = [f"{session.cards[card].title} has lost its sponsor, {session.cards[card].sponsor}" for card in changes.lost]
    return [*lost, *(f"{session.cards[each.card].title}: {new_sponsor_words(each)}" for each in changes.sponsors)]


def new_sponsor_words(new: NewSponsor) -> str:
    """Return who sponsors a card now, who did before, and what the new sponsor said."""
    said = "" if new.answer is None else ", confirmed" if new.answer.confirmed else ", handed back"
    if not new.before:
        return f"{new.sponsor}, it had no sponsor{said}"
    same = new.sponsor.casefold() == new.before.casefold()
    return f"{new.sponsor}, {'new in the role' if same else f'in the place of {new.before}'}{said}"


def _people(session: Session, changes: Changes) -> list[str]:
    lines = [f"{changes.decider[1]} decides, in the place of {changes.decider[0]}"] if changes.decider else []
    lines += [f"{each.role} ({side_name(each.side)}) left" for each in changes.left]
    lines += [f"{each.role} ({side_name(each.side)}) joined{', new in the role' if each.new_in_role else ''}" for each in changes.joined]
    return [*lines, *(role_words(old, new) for old, new in changes.roles)]


def role_words(old: Participant, new: Participant) -> str:
    """Return how a person's part has changed."""
    if old.role != new.role:
        return f"{old.role} is now {new.role}"
    if old.side != new.side:
        return f"{new.role} went from {side_name(old.side)} to {side_name(new.side)}"
    if (old.seat == "observer") != (new.seat == "observer"):
        return f"{new.role} {'only observes now' if new.seat == 'observer' else 'no longer only observes'}"
    return f"{new.role} is new in the role"


def team_words(team: Resized) -> str:
    """Return how a team changed: Mobile: no one, 2 people before."""
    if team.before is None:
        return f"{team.name} is a new team: {people_name(team.after or 0)}"
    if team.after is None:
        return f"{team.name} is gone: {people_name(team.before)} before"
    return f"{team.name} is {'larger' if team.after > team.before else 'smaller'}: {people_name(team.after)}, {tenths(team.before)} before"


def _new(session: Session, changes: Changes) -> list[str]:
    new = [f"{session.cards[card].title}{_by(session.cards[card].sponsor)}" for card in changes.new]
    return [*new, *(f"{session.cards[card].title}: no one has said yet whether it is new" for card in changes.unclear)]


def _by(sponsor: str) -> str:
    return f", from {sponsor}" if sponsor else ""


def _stopped(session: Session, changes: Changes) -> list[str]:
    return [f"{session.cards[card].title} was stopped in {quarter_name(changes)}" for card in changes.stopped]


def _gone(session: Session, changes: Changes) -> list[str]:
    said = session.fates
    return [f"{card.title} {fate_words(session, said[card.id])}" if card.id in said else card.title for card in changes.gone]


def _other_edits(changes: Changes) -> list[Edit]:
    """Return the edits without those that the sponsors tell."""
    cards = {*changes.lost, *(each.card for each in changes.sponsors)}
    return [each for each in changes.edits if each.field != "sponsor" or each.card not in cards]


def _edited(session: Session, edits: Sequence[Edit]) -> list[str]:
    return [f"{session.cards[each.card].title}: {edit_words(each)}" for each in edits]


def edit_words(edit: Edit) -> str:
    """Return a field as it was and as it is."""
    name = field_name(edit.field)
    if edit.field == "description":
        return f"another {name}"
    if edit.field == "must":
        return "is a must now" if edit.after else "is no longer a must"
    if edit.field == "benefit" and edit.before and edit.after:
        return f"{name} “{edit.before}”, now “{edit.after}”"
    if not edit.before or not edit.after:
        return f"{name} {edit.after}, none before" if edit.after else f"no {name} any more, {edit.before} before"
    return f"{name} {edit.before}, now {edit.after}"


def field_name(field: str) -> str:
    """Return what people call a field of a card."""
    return FIELD_NAMES.get(field, field.replace("_", " "))


def paragraph(session: Session, changes: Changes, most: int) -> list[str]:
    """Return what changed as the sentences of one paragraph, with at most this many names in a list."""
    sentences = [f"{days_words(changes)}."] if changes.days is not None else []
    groups = {group.heading: group.lines for group in change_groups(session, changes)}
    for heading in ("Direction", "Sponsors", "People", "Teams"):
        if lines := groups.get(heading):
            sentences.append(f"{'; '.join(_few(lines, most))}.")
    named = {"New cards": tuple(session.cards[card].title for card in changes.new)}
    named |= {heading: groups.get(heading, ()) for heading in ("Listed again", "Gone")}
    sentences += [f"{heading}: {'; '.join(_few(lines, most))}." for heading, lines in named.items() if lines]
    by_card: dict[str, list[str]] = {}
    for each in _other_edits(changes):
        by_card.setdefault(each.card, []).append(field_name(each.field))
    if by_card:
        edited = [f"{session.cards[card].title} ({', '.join(fields)})" for card, fields in by_card.items()]
        sentences.append(f"Changed: {'; '.join(_few(edited, most))}.")
    return sentences


def _few(lines: Sequence[str], most: int) -> list[str]:
    more = len(lines) - most
    return [*lines[:most], f"{more} more"] if more > 0 else list(lines)


def open_words(count: int) -> str:
    """Return how many questions are open."""
    return f"{plural(count, 'question is', 'questions are')} open" if count else "every question is answered"
