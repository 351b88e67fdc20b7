"""Sequence, Decide and Close: the line, the decisions, what is left at the end."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.deciding.line import has_capacity_data, line_words, needs_line
from sessions.guide.gaps import order_gaps
from sessions.guide.step import Known, Step
from sessions.guide.talking import left_to_talk
from sessions.guide.together import partnership_steps, pulse_steps
from sessions.guide.words import go_on
from sessions.state.session import Session
from sessions.wording import day_name, plural


def sequence_steps(session: Session, _known: Known) -> Iterator[Step]:
    """Return the line that the room draws if no plan does."""
    if has_capacity_data(session):
        yield go_on(session, next(iter(order_gaps(session)), "The plan shows what waits for whom").removesuffix("."))
    elif session.line is None:
        yield Step("draw_line", "How many can we start?", "draw the line", optional=True)
        yield go_on(session, "No line drawn")._replace(act="go on without a line")
    else:
        yield go_on(session, f"We can do {line_words(session, session.line)}: all above the line starts")


def decide_steps(session: Session, known: Known) -> Iterator[Step]:
    """Return what is undecided."""
    cards, left = len(session.order), len(session.undecided)
    differing = sum(card not in session.decisions for card in left_to_talk(session, known))
    if left:
        if needs_line(session):
            yield Step("draw_line", f"{cards - left} of {cards} decided. How many can we start?", "draw the line", optional=True)
        talk = f", {differing} {'needs' if differing == 1 else 'need'} a talk" if differing else ""
        yield Step("preview_decisions", f"{cards - left} of {cards} decided{talk}", "look at the proposals", optional=True)
    stay = f", {differing} {'differs and stays' if differing == 1 else 'differ and stay'} open" if differing else ""
    yield go_on(session, f"{cards - left} of {cards} decided{stay}" if left else f"All {cards} decided")


def close_steps(session: Session, known: Known) -> Iterator[Step]:
    """Return what is left at the end: the questions, the day of the next session, then the page."""
    yield from pulse_steps(session, known, "close")
    yield from partnership_steps(session)
    told = f"{plural(len(session.actions), 'action')} agreed" if session.actions else "No action agreed yet"
    if session.past:
        from sessions.quarters.ending import left_open  # noqa: PLC0415 - only a session that follows another one needs it

        left = len(left_open(session)[0])
        told = f"{told}, {left} still open from {session.past.quarter or session.past.title}" if left else told
    if not session.next_session:
        yield Step("set_next_date", f"{told}. When do we meet next?", "name the day", optional=True)
    if session.past:
        yield Step("look_at_trend", "A look at the quarters so far, then the end", "look at the trend", optional=True)
    yield Step("close", f"{told}, next session {day_name(session.next_session)}" if session.next_session else told, "close the session")


def ending_steps(session: Session, known: Known) -> Iterator[Step]:
    """Return what is left in one of these phases."""
    match session.phase:
        case "sequence":
            return sequence_steps(session, known)
        case "decide":
            return decide_steps(session, known)
        case _:
            return close_steps(session, known)
