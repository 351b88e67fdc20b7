"""What undoing actions would change, before it is done: the session as it would be, and the differences in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sessions.deciding.line import line_words
from sessions.deciding.words import WORD_NAMES
from sessions.portfolio.order import moved_between
from sessions.record.events import Recorded, Undone
from sessions.state.apply import apply
from sessions.state.builder import SessionBuilder
from sessions.state.people_taken_in import undoable
from sessions.state.session import Session
from sessions.wording import day_name, plural, shortened

_NAMED = 6
"""Cards that a sentence names."""


def without_last(session: Session, count: int) -> Session:
    """Return the session as it would be with this many of its latest actions undone."""
    builder = SessionBuilder(session)
    for number, recorded in zip(range(count), undoable(session), strict=False):
        apply(builder, Recorded(session.seq + number + 1, session.at, session.facilitator, session.elapsed, Undone(undoes=recorded.seq)))
    return builder.build()


def differences(now: Session, then: Session) -> list[str]:
    """Return in sentences how a session would differ."""
    return list(_differences(now, then))


def _differences(now: Session, then: Session) -> Iterator[str]:
    moved = moved_between(now.order, then.order)
    yield from _names_line(moved, "card moves", "cards move", [f"{then.title_of(card)} {now.rank(card)} → {then.rank(card)}" for card in moved])
    for there, other, one, several in (
        (then, now, "card comes back to the board", "cards come back to the board"),
        (now, then, "card leaves the board", "cards leave the board"),
    ):
        cards = [card for card in there.order if card not in other.cards]
        yield from _names_line(cards, one, several, [there.title_of(card) for card in cards])
    edited = [card for card in then.order if card in now.cards and now.cards[card] != then.cards[card]]
    yield from _names_line(edited, "card reads as before", "cards read as before", [then.title_of(card) for card in edited])
    yield from _decisions(now, then)
    teams = [team.name for team in now.teams if team not in then.teams]
    yield from _names_line(teams, "team is as before", "teams are as before", teams)
    gone = [each.role for person, each in now.people.items() if person not in then.people]
    yield from _names_line(gone, "person leaves the session", "people leave the session", gone)
    if any(now.people[person] != each for person, each in then.people.items()):
        yield "People whom a file corrected are as before."
    if now.decider != then.decider:
        yield "Nobody decides yet."
    if now.line != then.line:
        yield f"The line is as before: {line_words(then, then.line)}." if then.line else "The line is gone."
    if now.next_session != then.next_session:
        yield f"The next session is on {day_name(then.next_session)}." if then.next_session else "The day of the next session is gone."
    if (now.objectives, now.confirmed_objectives) != (then.objectives, then.confirmed_objectives):
        yield "The objectives are as before." if now.objectives != then.objectives else "The objectives are confirmed as before."
    if now.what_ifs != then.what_ifs:
        yield "The what-ifs under a name are as before."
    yield from _quarters(now, then)
    yield from _rounds(now, then)
    yield from _fewer(now.notes, then.notes, "note")
    yield from _fewer(now.dissents, then.dissents, "dissent")
    yield from _fewer(now.parked, then.parked, "parked question")
    yield from _fewer(now.actions, then.actions, "agreed action")


def _decisions(now: Session, then: Session) -> Iterator[str]:
    gone = [card for card in now.decisions if card not in then.decisions and card in then.cards]
    yield from _names_line(gone, "decision is gone", "decisions are gone", [now.title_of(card) for card in gone])
    back = [card for card, decision in then.decisions.items() if now.decisions.get(card) != decision]
    words = [f"{then.title_of(card)}: {WORD_NAMES[then.decisions[card].word]}" for card in back]
    yield from _names_line(back, "decision is as before", "decisions are as before", words)


def _quarters(now: Session, then: Session) -> Iterator[str]:
    outcomes = sum(then.outcomes.get(card) != each for card, each in now.outcomes.items())
    if outcomes:
        yield f"{plural(outcomes, 'outcome is', 'outcomes are')} as before."
    if now.fates != then.fates or now.links != then.links:
        yield "What became of the cards of the earlier session is as before."
    yield from _names_line(
        [card for card, each in now.delivered.items() if then.delivered.get(card) != each],
        "delivery is as before",
        "deliveries are as before",
        [each.card.title for card, each in now.delivered.items() if then.delivered.get(card) != each],
    )
    if now.sponsor_answers != then.sponsor_answers:
        yield "What the sponsors answered is as before."
    if now.leftovers != then.leftovers:
        yield "The actions and parked questions of the earlier session are as before."


def _rounds(now: Session, then: Session) -> Iterator[str]:
    for after, before in zip(now.rounds, then.rounds, strict=True):
        if after.outcomes != before.outcomes:
            yield f"What the room made of ballot {now.ballot_number(after.opened.round)} is as before."
        if after.answer != before.answer:
            yield f"The answer to those who did not consent to the decision on {now.title_of(after.opened.cards[0])} is gone."


def _fewer(now: Sequence[object], then: Sequence[object], thing: str) -> Iterator[str]:
    if len(now) > len(then):
        count = len(now) - len(then)
        yield f"{plural(count, thing)} {'is' if count == 1 else 'are'} gone."


def _names_line(what: Sequence[object], one: str, several: str, names: Iterable[str]) -> Iterator[str]:
    if what:
        yield f"{plural(len(what), one, several)}: {shortened(list(names), _NAMED)}."
