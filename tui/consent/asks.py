"""The questions that the consent screen asks: the sentence of a low hand, the decider's answer."""

from __future__ import annotations

from textual.app import App

from sessions.commands.consent import RecordDissent
from sessions.portfolio.models import TEXT_LIMIT
from sessions.state.session import Session
from sessions.wording import capital, side_name
from tui.consent import words
from tui.consent.view import ConsentView, Owed
from tui.dialogs.ask import Ask
from tui.dialogs.form import Field, Form


async def ask_sentence(app: App[None], view: ConsentView, owed: Owed) -> RecordDissent | None:
    """Ask for the reason that a low hand owes, and for its answer; None if cancelled."""
    session, changed = view.session, view.consent is not None and not view.consent.holds
    roles = tuple(person.role for person in session.people.values() if person.votes and owed.side in ("", person.side))
    fields = [
        Field("who", "Who", owed.role, f"a role{f' of {side_name(owed.side)}' if owed.side else ''}", (*roles, words.voice_of(owed.side))),
        Field("text", "The harm" if owed.stance == "objection" else "The worry", owed.words, "one sentence", limit=TEXT_LIMIT),
        Field("answer", "The answer", "", "the reply", limit=TEXT_LIMIT),
    ]
    first = next((field.name for field in fields if not field.value), "answer")
    form = Form(
        words.owed_title(owed), fields, about=words.owed_about(owed, changed=changed), check=lambda typed: _wrong(session, owed, typed), first=first
    )
    typed = await app.push_screen_wait(form)
    return RecordDissent(card=view.id, stance=owed.stance, changed=changed, **typed) if typed else None


def _wrong(session: Session, owed: Owed, typed: dict[str, str]) -> str:
    """Return what is wrong with a sentence, or nothing. A role of another side did not raise this hand."""
    if not typed["who"]:
        return f"Say who, by role; or “{words.voice_of(owed.side)}” to stay unnamed."
    sides = {person.side for person in session.people.values() if person.role.casefold() == typed["who"].casefold()}
    if owed.side and sides and owed.side not in sides:
        return f"This hand was raised in {side_name(owed.side)}, where no one has that role."
    if not typed["text"]:
        return "Write the reason in one sentence."
    return "" if typed["answer"] else "Dissent is recorded with its answer: what was the reply?"


async def ask_answer(app: App[None], view: ConsentView) -> str:
    """Ask for the decider's answer; empty if cancelled."""
    who = words.decider(view.session)
    about = f"It closes the decision without consent, in the name of {who}, and goes into the record."
    question = Ask(f"{capital(who)} answers", about=about, placeholder="to those who do not consent, in one sentence", limit=TEXT_LIMIT)
    return await app.push_screen_wait(question) or ""
