"""Commands on the people of a session: members, attendance, proxies, the decider, the asker."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sessions.commands.base import Command, CommandContext, check_person, clean_text, handles, require_text
from sessions.errors import SessionError
from sessions.imports.vocabulary import read_side
from sessions.portfolio.models import Participant, Seat, Side
from sessions.record import events as ev
from sessions.record.events import Event, Presence
from sessions.state.session import Session
from sessions.wording import free_id, slug

ROLE_LIMIT = 60
ID_LIMIT = 40


class ProxyRefusedError(SessionError):
    """A proxy must be a present voter of the same side who holds no other proxy (METHOD 2.3)."""


class DeciderRefusedError(SessionError):
    """The decider must be a voter of the business side (METHOD 2.3)."""


class AddParticipant(Command):
    """Add a person who comes by themselves, by role. Undo leaves them: they are here."""

    role: str
    side: Side = ""
    """Empty for the facilitator, who belongs to no side, or for an observer."""
    seat: Seat = "voter"


class AddPeople(Command):
    """Add several people, all or none, as one action, which undo reverts."""

    people: tuple[AddParticipant, ...]


class MergePeople(Command):
    """Take in the people of a file: add those whose role is new, change the others if the file differs."""

    people: tuple[Participant, ...]


class ChangeParticipant(Command):
    """Correct a person's role, side or seat."""

    person: str
    role: str
    side: Side = ""
    seat: Seat


class MarkAttendance(Command):
    """Mark people as present, away, or represented by `proxy`. No people means everyone."""

    people: tuple[str, ...] = ()
    presence: Presence
    proxy: str = ""


class NameDecider(Command):
    """Name the decider."""

    person: str


class OverrideQuorum(Command):
    """Continue without a quorum, for a reason; decisions become provisional."""

    reason: str


class ChooseAsker(Command):
    """Name the person who asks for the next moves; empty for no one in particular."""

    person: str = ""


def _voting(seat: Seat) -> bool:
    return seat in ("voter", "decider")


def _checked_side(text: str, seat: Seat) -> Side:
    if seat == "facilitator" or (seat == "observer" and not text):
        return ""
    side = read_side(text)
    if side is None:
        raise SessionError("A side is needed: business, IT, or the name of another side in plain letters.")
    return side


def _check_role(session: Session, role: str, besides: str = "") -> None:
    if any(person.role.casefold() == role.casefold() and person.id != besides for person in session.people.values()):
        raise SessionError(f"{role} is already among the people: choose another name for the role.")


@handles(AddParticipant)
def _add(session: Session, command: AddParticipant, _: CommandContext) -> list[Event]:
    (person,), decider = _joining(session, [command])
    added = [ev.ParticipantAdded(participant=person), ev.AttendanceMarked(person=person.id, old="expected", new="present")]
    return [*added, *([ev.DeciderNamed(person=decider)] if decider else [])]


@handles(AddPeople)
def _add_people(session: Session, command: AddPeople, _: CommandContext) -> list[Event]:
    joined, decider = _joining(session, command.people)
    return [ev.PeopleTakenIn(joined=joined, present=True, decider=decider)] if joined else []


def _joining(session: Session, people: Sequence[AddParticipant]) -> tuple[tuple[Participant, ...], str]:
    """Return people as they join, and the id of the one who decides then. Raises SessionError if one of them cannot join."""
    joined: list[Participant] = []
    taken, roles, decider, named = set(session.people), set[str](), session.role(session.decider), ""
    for each in people:
        role = require_text(each.role, "Type the role of the person to add.", ROLE_LIMIT)
        _check_role(session, role)
        if role.casefold() in roles:
            raise SessionError(f"{role} is named twice.")
        if each.seat == "decider" and decider:
            raise DeciderRefusedError(f"{decider} already decides: name another decider only in their place.")
        if each.seat == "decider" and each.side != "business":
            raise DeciderRefusedError(f"{role} cannot decide: the decider is a voter of the business side.")
        person = free_id(slug(role, ID_LIMIT) or "person", taken)
        added = Participant(id=person, role=role, side=_checked_side(each.side, each.seat), seat=each.seat, votes=_voting(each.seat))
        joined.append(added)
        if each.seat == "decider":
            decider, named = role, person
        taken.add(person)
        roles.add(role.casefold())
    return tuple(joined), named


@handles(MergePeople)
def _merge(session: Session, command: MergePeople, context: CommandContext) -> list[Event]:
    """Return the event that takes people in. A former decider is a voter; so is the file's if someone else decides."""
    joined, changed, decider = list[Participant](), list[tuple[Participant, Participant]](), ""
    known, taken = {person.role.casefold(): person for person in session.people.values()}, set(session.people)
    for named in command.people:
        role = require_text(named.role, "Type the role of the person to add.", ROLE_LIMIT)
        side = _checked_side(named.side, "voter") if named.side or named.votes else ""
        each = named.model_copy(update={"role": role, "side": side, "note": clean_text(named.note, lines=True)})
        old = known.get(each.role.casefold())
        seat: Seat = "voter" if each.seat == "decider" and session.decider and (old is None or old.id != session.decider) else each.seat
        if old is None:
            new = each.model_copy(update={"id": free_id(slug(each.id, ID_LIMIT) or "person", taken), "seat": seat})
            taken.add(new.id)
            joined.append(new)
        else:
            # A file says nothing of it: it stays.
            stays = {"note": each.note or old.note, "new_in_role": each.new_in_role or old.new_in_role}
            new = each.model_copy(update={"id": old.id, "role": old.role, "seat": seat, **stays})
            if (new.side, new.seat, new.votes) != (old.side, old.seat, old.votes):
                checked: Seat = old.seat if seat == "decider" else seat
                _change(session, ChangeParticipant(person=old.id, role=old.role, side=new.side, seat=checked), context)
            changed += [(old, new)] if new != old else []
        if seat == "decider" and not session.decider:
            if each.side != "business" or not each.votes:
                raise DeciderRefusedError(f"{each.role} cannot decide: the decider is a voter of the business side.")
            decider = new.id
    if not joined and not changed and not decider:
        return []
    old_ones, new_ones = tuple(old for old, _ in changed), tuple(new for _, new in changed)
    return [ev.PeopleTakenIn(joined=tuple(joined), old=old_ones, new=new_ones, decider=decider)]


@handles(ChangeParticipant)
def _change(session: Session, command: ChangeParticipant, _: CommandContext) -> list[Event]:
    check_person(session, command.person)
    old = session.people[command.person]
    role = require_text(command.role, "A role cannot be empty.", ROLE_LIMIT)
    _check_role(session, role, besides=old.id)
    if command.seat == "decider" and old.id != session.decider:
        raise DeciderRefusedError("Name the decider with the key for it, so that there is exactly one.")
    if (round_ := session.open_round) and old.id in round_.seals and not _voting(command.seat):
        raise SessionError(f"{old.role} has a sealed ballot: change the seat after the reveal.")
    if old.id == session.decider and (command.side != "business" or not _voting(command.seat)):
        raise DeciderRefusedError(f"{old.role} decides for the business: name another decider first.")
    if command.side != old.side or not _voting(command.seat):
        _check_holds_no_proxy(session, old.id)
    if command.side != old.side and session.presence.get(old.id) == "proxy":
        raise ProxyRefusedError(f"{old.role} has a proxy of the same side: mark {old.role} as present or away first.")
    side = _checked_side(command.side, command.seat)
    new = old.model_copy(update={"role": role, "side": side, "seat": command.seat, "votes": _voting(command.seat)})
    return [] if new == old else [ev.ParticipantChanged(old=old, new=new)]


@handles(MarkAttendance)
def _mark(session: Session, command: MarkAttendance, _: CommandContext) -> list[Event]:
    events: list[Event] = []
    people = tuple(dict.fromkeys(command.people)) or tuple(session.people)
    if command.presence == "proxy" and len(people) > 1:
        raise ProxyRefusedError("A voter holds at most one proxy: name the proxy of one person at a time.")
    for person in people:
        check_person(session, person)
        old = session.presence.get(person, "expected")
        proxy = command.proxy if command.presence == "proxy" else ""
        if old == command.presence and session.proxies.get(person, "") == proxy:
            continue
        if command.presence == "proxy":
            _check_proxy(session, person, proxy)
        if command.presence != "present":
            _check_holds_no_proxy(session, person, besides=people)
        events.append(ev.AttendanceMarked(person=person, old=old, new=command.presence, proxy=proxy))
    return events


def _check_holds_no_proxy(session: Session, person: str, besides: Collection[str] = ()) -> None:
    """Refuse a change of a proxy holder, unless the represented person's attendance changes too."""
    for absent, holder in session.proxies.items():
        if holder == person and absent not in besides:
            raise ProxyRefusedError(f"{session.role(person)} is the proxy of {session.role(absent)}: name another proxy first.")


def _check_proxy(session: Session, person: str, proxy: str) -> None:
    check_person(session, proxy)
    absent, holder = session.people[person], session.people[proxy]
    if proxy == person or not holder.votes or holder.side != absent.side:
        raise ProxyRefusedError(f"{holder.role} cannot be the proxy of {absent.role}: a proxy is another voter of the same side.")
    if session.presence.get(proxy) != "present":
        raise ProxyRefusedError(f"{holder.role} cannot be the proxy of {absent.role}: mark {holder.role} as present first.")
    if proxy in session.proxies.values():
        raise ProxyRefusedError(f"{holder.role} is already a proxy: a voter holds at most one.")


@handles(NameDecider)
def _name_decider(session: Session, command: NameDecider, _: CommandContext) -> list[Event]:
    check_person(session, command.person)
    person = session.people[command.person]
    if person.side != "business" or not person.votes:
        raise DeciderRefusedError(f"{person.role} cannot decide: the decider is a voter of the business side.")
    return [] if command.person == session.decider else [ev.DeciderNamed(person=command.person, old=session.decider)]


@handles(OverrideQuorum)
def _override(session: Session, command: OverrideQuorum, _: CommandContext) -> list[Event]:
    missing = session.quorum_missing
    if not missing:
        raise SessionError("Every side has its quorum: there is nothing to override.")
    return [ev.QuorumOverridden(reason=require_text(command.reason, "Say why the session continues without a quorum."), missing=missing)]


@handles(ChooseAsker)
def _ask(session: Session, command: ChooseAsker, _: CommandContext) -> list[Event]:
    if command.person:
        check_person(session, command.person)
    return [] if command.person == session.asker else [ev.AskerChosen(person=command.person, old=session.asker)]
