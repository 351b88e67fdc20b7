"""What the earlier session leaves to ask, each once: which card an unclear one is, what became of a gone one, whether a new sponsor confirms a card.

Then what became of its actions, and of the questions that it parked.

An answer can be changed; a question that was answered stays on the list with its answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sessions.portfolio.checks import same_title
from sessions.quarters.changes import gone_cards
from sessions.quarters.matching import earlier_ids
from sessions.quarters.sponsors import lost_sponsors, new_sponsors
from sessions.record.events import CardFate, LeftoverKind, Past
from sessions.state.session import Session
from sessions.wording import day_name

Kind = Literal["link", "fate", "lost", "sponsor", "done", "action", "parked"]


class Question(NamedTuple):
    """A question about a card: of this session, or for `fate` of the earlier one. `answer` is empty while it is open.

    For an action or a parked question of the earlier session, `card` is its number there.
    """

    kind: Kind
    card: str
    asked: str
    answer: str = ""

    @property
    def key(self) -> str:
        """Return what tells it from others."""
        return f"{self.kind} {self.card}"


def questions(session: Session) -> tuple[Question, ...]:
    """Return every question of the earlier session with its answer, in the order in which they are asked."""
    past = session.past
    if past is None:
        return ()
    titles, quarter = {card.id: card.title for card in past.cards}, past.quarter or past.title
    found = [_link(session, each.card, each.candidates, titles, quarter, past.order) for each in past.unclear if each.card in session.cards]
    asked = {each.card for each in past.unclear}
    found += [_link(session, card, (was,), titles, quarter, past.order) for card, was in session.links.items() if was and card not in asked]
    for gone in gone_cards(session):
        found.append(Question("fate", gone.id, f"{gone.title} is not in the new portfolio: what became of it?", _fate(session, gone.id)))
    found += _called_done(session, past)
    for card in lost_sponsors(session):
        its = session.cards[card]
        found.append(Question("lost", card, f"{its.title}: the sponsor, {its.sponsor}, is no longer there. Who takes it?"))
    for each in new_sponsors(session):
        was = f" (before: {each.before})" if each.before and each.before.casefold() != each.sponsor.casefold() else ""
        title = session.cards[each.card].title
        said = "" if each.answer is None else f"{title}: {each.sponsor} {'confirmed it' if each.answer.confirmed else 'handed it back'}"
        found.append(Question("sponsor", each.card, f"{title}: {each.sponsor} is new as its sponsor{was}. Confirmed?", said))
    return (*found, *_leftovers(session, past))


def open_questions(session: Session) -> tuple[Question, ...]:
    """Return the questions without an answer."""
    return tuple(each for each in questions(session) if not each.answer)


def _link(session: Session, card: str, candidates: tuple[str, ...], titles: dict[str, str], quarter: str, order: tuple[str, ...]) -> Question:
    title, was = session.cards[card].title, session.links.get(card)
    names = dict.fromkeys(f"“{titles.get(each, each)}”" for each in candidates)
    if len(names) < len(candidates):  # their ranks tell cards of one title apart
        names = dict.fromkeys(f"#{order.index(each) + 1}" if each in order else f"“{titles.get(each, each)}”" for each in candidates)
    alike = any(other != card and same_title(its.title) == same_title(title) for other, its in session.cards.items())
    here = f"{title}, now #{session.rank(card)}" if alike else title
    asked = f"{here}: is it {' or '.join(names)} of {quarter}, or new?"
    rank = f"#{order.index(was) + 1}" if was in order else f"“{titles.get(was or '', was or '')}”"
    said = "" if was is None else f"{title} is {rank} of {quarter}" if was else f"{title} is a new card"
    return Question("link", card, asked, said)


def _called_done(session: Session, past: Past) -> Iterator[Question]:
    """Ask for the delivery day of each card that the new portfolio calls done or delivered, and that was neither in the earlier session."""
    was, before = earlier_ids(session), {each.id: each.state for each in past.cards}
    settled = {each.card.id for each in past.delivered}
    for card in session.portfolio.projects:
        if card.state in _OVER and before.get(was.get(card.id, ""), "done") not in _OVER and card.id not in settled and card.id in session.cards:
            known = session.delivered.get(card.id)
            said = f"{card.title} was delivered on {day_name(known.date)}" if known else ""
            called = "done" if card.state == "done" else "delivered"
            yield Question("done", card.id, f"{card.title} is {called}, says the new portfolio: when was it delivered?", said)


_OVER = ("adopt", "done")
_SAID = {
    "action": {"done": "Done", "open": "Still open", "dropped": "Dropped"},
    "parked": {"done": "Answered", "open": "Still parked", "dropped": "Dropped"},
}


def _leftovers(session: Session, past: Past) -> Iterator[Question]:
    for number, action in enumerate(past.actions, 1):
        due = f", by {day_name(action.by_when)}" if action.by_when else ""
        what = f"{action.what.rstrip('. ')} ({action.who}{due})"
        yield _leftover(session, "action", number, f"{what}: is it done?", what)
    for number, parked in enumerate(past.parked, 1):
        yield _leftover(session, "parked", number, f"“{parked.text}” was parked: is it answered?", f"“{parked.text}”")


def _leftover(session: Session, kind: LeftoverKind, number: int, asked: str, what: str) -> Question:
    said = session.leftovers.get(f"{kind} {number}")
    return Question(kind, str(number), asked, f"{_SAID[kind][said]}: {what}" if said else "")


def _fate(session: Session, card: str) -> str:
    fate = session.fates.get(card)
    title = next((each.title for each in session.past.cards if each.id == card), card) if session.past else card
    return f"{title} {fate_words(session, fate)}" if fate else ""


def fate_words(session: Session, fate: CardFate) -> str:
    """Return what became of a card, as the end of a sentence: was delivered on 18 May 2026."""
    match fate.fate:
        case "delivered":
            known = session.delivered.get(fate.card)
            return f"was delivered{f' on {day_name(known.date)}' if known else ''}"
        case "merged":
            return f"was merged into {session.title_of(fate.into)}"
        case "dropped":
            return "was dropped"
        case "here":
            return "is still here"
