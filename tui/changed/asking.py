"""The dialogs that answer a question of the earlier session. A refusal appears at the field, with the sentence of the rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sessions.commands.base import Command
from sessions.commands.cards import EditCard
from sessions.commands.quarters.adoption import DeliverCard
from sessions.commands.quarters.fates import AnswerFate, LinkCard
from sessions.commands.quarters.leftovers import AnswerLeftover
from sessions.commands.quarters.sponsors import AnswerSponsor
from sessions.errors import SessionError
from sessions.portfolio.models import Project
from sessions.quarters.changes import changes_since
from sessions.quarters.questions import Question
from sessions.quarters.sponsors import new_sponsors
from sessions.record.events import Fate, LeftoverAnswer, LeftoverKind, Past
from sessions.wording import side_name
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.host.live_screen import LiveScreen

_DIGITS = "123456789"
_FATES = (
    Choice("delivered", "It was delivered", "then asks when"),
    Choice("merged", "It was merged into another card", "then asks which"),
    Choice("dropped", "It was dropped"),
    Choice("here", "It is still here", "back to the board, at its old rank"),
    Choice("renamed", "It has another title now", "then asks which card it is"),
)


async def ask(screen: LiveScreen[None], question: Question) -> bool:
    """Ask a question, and record the answer. Return whether there is one."""
    past = screen.session.past
    if past is None:
        return False
    match question.kind:
        case "link":
            return await _which(screen, past, question.card)
        case "fate":
            return await _fate(screen, past, question.card)
        case "lost":
            return await _who(screen, question.card)
        case "sponsor":
            return await _confirmed(screen, question.card)
        case "done":
            return await _when(screen, question.card)
        case "action" | "parked":
            return await _left(screen, question)


async def _choose(screen: LiveScreen[None], title: str, choices: list[Choice], chosen: str = "", digits: str = "") -> str | None:
    return await screen.app.push_screen_wait(Choose(title, choices, chosen=chosen, digits=digits))


async def _which(screen: LiveScreen[None], past: Past, card: str) -> bool:
    session = screen.session
    candidates = next((each.candidates for each in past.unclear if each.card == card), (session.links.get(card, ""),))
    old = {each.id: each for each in past.cards}
    choices = [Choice(each, old[each].title, _about(past, old[each])) for each in candidates if each in old]
    choices.append(Choice("", "None of them: it is a new card"))
    title = f"Which card of {past.quarter or past.title} is {session.cards[card].title}?"
    was = await _choose(screen, title, choices, session.links.get(card, candidates[0]))
    return was is not None and screen.do(LinkCard(card=card, was=was))


def _about(past: Past, card: Project) -> str:
    """Return what tells an earlier card from others of its title."""
    rank = f"ranked {past.order.index(card.id) + 1}" if card.id in past.order else ""
    return ", ".join(part for part in (rank, card.sponsor) if part)


async def _fate(screen: LiveScreen[None], past: Past, card: str) -> bool:
    session, title = screen.session, next(each.title for each in past.cards if each.id == card)
    known = session.fates.get(card)
    changes = changes_since(session)
    new = changes.new if changes else ()
    fates = [each for each in _FATES if each.value != "renamed" or new]
    fate = await _choose(screen, f"What became of {title}?", fates, known.fate if known else _likely(past, card), digits=_DIGITS)
    if fate is None:
        return False
    if fate == "delivered":
        return await _delivered(screen, card, title)
    if fate == "renamed":
        now = await _choose(screen, f"Which card is {title} now?", [Choice(each, session.cards[each].title) for each in new])
        return now is not None and screen.do(LinkCard(card=now, was=card))
    if fate == "merged":
        choices = [Choice(each, f"{rank:>3} {session.cards[each].title}") for rank, each in enumerate(session.order, 1) if each != card]
        into = await _choose(screen, f"Into which card was {title} merged?", choices, known.into if known else "")
        return into is not None and screen.do(AnswerFate(card=card, fate="merged", into=into))
    return screen.do(AnswerFate(card=card, fate=cast("Fate", fate)))


def _likely(past: Past, card: str) -> Fate:
    """Return the answer that is offered first: what was stopped was dropped, what ran was delivered."""
    word = next((each.word for each in past.decisions if each.card == card), None)
    return "delivered" if word in ("continue", "start", "done") else "dropped"


async def _delivered(screen: LiveScreen[None], card: str, title: str) -> bool:
    known = screen.session.delivered.get(card)
    value = known.date if known else ""
    return await _day(screen, title, lambda day: AnswerFate(card=card, fate="delivered", date=day), value)


async def _when(screen: LiveScreen[None], card: str) -> bool:
    return await _day(screen, screen.session.title_of(card), lambda day: DeliverCard(card=card, date=day))


async def _day(screen: LiveScreen[None], title: str, command: Callable[[str], Command], value: str = "") -> bool:
    """Ask for the day on which a card was delivered, and run the command that records it."""

    def refused(day: str) -> str:
        try:
            screen.live.perform(command(day))
        except SessionError as error:
            return str(error)
        return ""

    when = Ask(f"When was {title} delivered?", value=value, placeholder="2026-05-18, or 18 May 2026", check=refused)
    return await screen.app.push_screen_wait(when) is not None


async def _who(screen: LiveScreen[None], card: str) -> bool:
    session = screen.session
    its = session.cards[card]
    people = [each for each in session.people.values() if each.side != "it" and each.seat != "facilitator"]
    choices = [Choice(each.role, each.role, side_name(each.side)) for each in people]
    sponsor = await _choose(screen, f"Who sponsors {its.title} now?", choices)
    return bool(sponsor) and screen.do(EditCard(card=its.model_copy(update={"sponsor": sponsor})))


async def _confirmed(screen: LiveScreen[None], card: str) -> bool:
    each = next(new for new in new_sponsors(screen.session) if new.card == card)
    choices = [
        Choice("yes", "Yes, it is confirmed"),
        Choice("no", "No, it is handed back", "the card has no sponsor then"),
    ]
    chosen = "no" if each.answer and not each.answer.confirmed else "yes"
    answer = await _choose(screen, f"Does {each.sponsor} stand by {screen.session.cards[card].title}?", choices, chosen, digits=_DIGITS)
    return answer is not None and screen.do(AnswerSponsor(card=card, confirmed=answer == "yes"))


async def _left(screen: LiveScreen[None], question: Question) -> bool:
    done = "It is done" if question.kind == "action" else "It is answered"
    choices = [Choice("done", done), Choice("open", "It is still open", "comes along to the next session"), Choice("dropped", "It is dropped")]
    known = screen.session.leftovers.get(question.key, "done")
    answer = await _choose(screen, question.asked, choices, known, digits=_DIGITS)
    if answer is None:
        return False
    what, said = cast("LeftoverKind", question.kind), cast("LeftoverAnswer", answer)
    return screen.do(AnswerLeftover(what=what, number=int(question.card), answer=said))
