"""Open: who is here, by side, and the objectives in their order."""

from __future__ import annotations

from sessions.guide.room import decider_words, objectives_words, quorum_words
from sessions.portfolio.models import Participant
from sessions.state.session import Session
from tui.sides import looks, shaped_name
from tui.stages.bars import of_sides, side_bars
from tui.stages.picture import LETTER, TALL, Block, blank, large, line, rows_left, sentence, stacked, titled
from tui.text import fit, length
from tui.widgets.lines import Part

_HUGE = 45
"""Rows from which the first objectives are in block letters."""
_MOST = 6
"""Objectives that are shown."""


def opening_picture(session: Session, elapsed: int, width: int, height: int) -> Block:
    """Draw how many are here, who they are, and what the room works for."""
    voters, here = session.voters(), session.voters_here
    head = titled(session, "Who is here", elapsed, width, height)
    if not voters:
        return stacked([head, large("No one yet", "$text-muted", width, rows_left([head], height))], height)
    bars = side_bars(of_sides(session, here), width, 2 if height >= TALL else 1)
    enough: Block = [line(f"{decider_words(session)} · {quorum_words(session)}", "bold", width)]
    people = [_people(session, side, width) for side in session.sides] if height >= TALL else []
    aims = _objectives(session, width, _MOST if height >= TALL else 2, 0)
    room = min(LETTER if aims and height >= _HUGE else 9, rows_left([head, bars, enough, blank(len(people)), aims], height))
    told = "Everybody is here" if len(here) == len(voters) else f"{len(here)} of {len(voters)} are here"
    count = large(told, "$foreground", width, room)
    above = [head, count, bars, enough, people]
    aims = _objectives(session, width, max(2, min(_MOST, rows_left(above, height) - 2)), 0)
    if height >= _HUGE:
        aims = _objectives(session, width, _MOST, rows_left([*above, aims], height))
    return stacked([*above, aims], height)


def _people(session: Session, side: str, width: int) -> tuple[Part, ...]:
    """Draw the people of a side, those who are away in a quiet colour."""
    look = looks(session.sides)
    label = max(length(shaped_name(each, look[each])) for each in session.sides) + 2
    parts: list[Part] = [(fit(shaped_name(side, look[side]), label), f"bold {look[side].style}")]
    room = width - label
    for person in session.voters(side):
        words = _words(session, person)
        if length(words) + 3 > room:
            parts.append(("…", "$text-muted"))
            break
        room -= length(words) + 3
        parts.append((f"{words}   ", "bold" if session.is_there(person.id) else "$text-muted"))
    return tuple(parts)


def _words(session: Session, person: Participant) -> str:
    name = fit(person.role, min(length(person.role), 30)).rstrip()
    if person.id == session.decider:
        name = f"{name} (decides)"
    match session.presence.get(person.id, "expected"):
        case "proxy":
            return f"{name} (by proxy)"
        case "away":
            return f"{name} (away)"
        case _:
            return name


def _objectives(session: Session, width: int, most: int, spare: int) -> Block:
    """Draw the objectives in their order, the first ones large if there are rows to spare."""
    found = session.objectives
    if not found:
        return []
    lines: Block = []
    for each in found[:most]:
        told = f"{each.rank}  {each.text}"
        if drawn := sentence(told, "$foreground", width, spare - 1):
            spare -= len(drawn) + 1
        else:
            spare = 0
        lines += [*drawn, ()] if drawn else [line(told, "bold", width)]
    more = [line(f"and {len(found) - most} more", "$text-muted", width)] if len(found) > most else []
    return [line(f"What we work for: {objectives_words(session)}", "bold $accent", width), *lines, *more]
