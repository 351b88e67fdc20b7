"""Close: what was decided, the actions and the parked questions."""

from __future__ import annotations

from sessions.quarters.ending import left_open
from sessions.state.session import Session
from sessions.wording import day_name, plural
from tui.stages.picture import TALL, Block, large, line, rows_left, stacked, titled

_LEAST = 2


def closing_picture(session: Session, elapsed: int, width: int, height: int) -> Block:
    """Draw how much was decided, who does what by when, and what was left for another day."""
    head = titled(session, "Before we leave", elapsed, width, height)
    cards, decided = len(session.order), len(session.order) - len(session.undecided)
    most = max(_LEAST, (height - (20 if height >= TALL else 10)) // 2)
    actions = [f"{each.what} · {each.who}, {day_name(each.by_when)}" for each in session.actions]
    lists = [_list("Actions", actions, "No action agreed yet", width, most)]
    if session.parked:
        lists.append(_list("Parked for another day", [each.text for each in session.parked], "", width, most))
    if left := _left(session):
        lists.append(_list(f"Still open from {session.past.quarter or session.past.title}" if session.past else "", left, "", width, most))
    room = rows_left([head, *lists], height)
    told = f"{decided} of {cards} decided" if decided < cards else f"All {plural(cards, 'card')} decided"
    return stacked([head, large(told, "$foreground", width, min(9, room)), *lists], height)


def _left(session: Session) -> list[str]:
    """Return what the earlier session left and no one called done or dropped."""
    actions, parked = left_open(session)
    return [*(f"{each.what} · {each.who}, {day_name(each.by_when)}" for each in actions), *(f"“{each.text}”" for each in parked)]


def _list(name: str, lines: list[str], none: str, width: int, most: int) -> Block:
    """Draw a list below its name."""
    shown = [line(f"  {each}", "", width) for each in lines[:most]] or [line(f"  {none}", "$text-muted", width)]
    more = [line(f"  and {len(lines) - most} more", "$text-muted", width)] if len(lines) > most else []
    return [line(name, "bold $accent", width), *shown, *more]
