"""How people join, in large: the square to scan on the left; at its right who is here, who asks, and on which network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sessions.portfolio.models import Participant
from sessions.state.session import Session
from tui.room.square import square, square_width
from tui.sides import looks, shaped_name
from tui.text import fit, length, wrap
from tui.widgets.big_text import block_letters
from tui.widgets.lines import Part, cells_of

Row = tuple[Part, ...]
Block = list[Row]

_GAP = 3
_NARROW, _WIDE, _WIDEST = 28, 40, 64
"""Cells left beside the square: as few as a role needs, as many as look well, and the most that are used."""
_TALL = 28
"""Rows from which the count is in block letters and every person has a row."""
CAPTION = "or type "
_LEAST_NAME = 10
"""Cells of a role that are shown before how many others ask."""


class Joining(NamedTuple):
    """What the panel shows besides the session. `link` is empty while no phone can reach the page."""

    link: str = ""
    address: str = ""
    network: str = ""
    networks: tuple[str, ...] = ()
    devices: Mapping[str, str] = {}
    """The state of each person's device: a word, empty while it is in touch."""
    asking: tuple[str, ...] = ()
    """Who asks, the first one first: a role, with the side if it is new."""
    twice: bool = False
    """Whether several ask for one role."""
    notes: tuple[str, ...] = ()
    """What else there is to know, one sentence each."""
    problem: str = ""
    locked: bool = False
    watching: int = 0


def joining_picture(session: Session, joining: Joining, width: int, height: int) -> Block:
    """Draw the panel in `width` and `height` cells."""
    tries = (invitation(joining.link, joining.address, width - beside, height) for beside in (_GAP + _WIDE, _GAP + _NARROW, 0))
    left = next(filter(None, tries), [])
    if not left:
        room = min(width * 3 // 5, width - _GAP - _NARROW) if width >= 2 * _NARROW else width
        left = _without_square(joining, room, height)
    used = max(map(cells_of, left))
    beside = min(width - used - _GAP, _WIDEST)
    right = _right(session, joining, beside, max(len(left), min(height, _TALL))) if beside >= _NARROW else []
    drawn: Block = []
    for y in range(max(len(left), len(right))):
        row = left[y] if y < len(left) else ()
        more = right[y] if y < len(right) else ()
        drawn.append((*row, (" " * (used + _GAP - cells_of(row)), ""), *more) if more else row)
    return [*[()] * ((height - len(drawn)) // 3), *drawn[:height]]


def invitation(link: str, address: str, width: int, height: int) -> Block:
    """Draw the square with the address below it; nothing if it does not fit."""
    drawn = square(link, width, height - 1) if link else ()
    if not drawn:
        return []
    wide = square_width(drawn)
    told = f"{CAPTION}{address}" if length(address) + len(CAPTION) <= wide else address
    shown = fit(told, wide) if length(told) > wide else told.center(wide)
    before, _, after = shown.partition(CAPTION) if CAPTION in shown else ("", "", shown)
    caption = (f"{before}{CAPTION}", "$text-muted") if CAPTION in shown else ("", "")
    return [*drawn, (caption, (after, "bold"))]


def _without_square(joining: Joining, width: int, height: int) -> Block:
    """Draw why there is no square, and what to do."""
    if joining.link:
        title, told = joining.address, ["Make the window larger to see the square, or type the address."]
    elif joining.problem:
        title, told = "No room yet", [joining.problem]
    elif joining.networks:
        title, told = "Which network?", ["Choose the one that the phones are on."]
    else:
        title = "No network"
        told = ["Connect this computer to the phones' Wi-Fi or hotspot, then tab.", "For a video call: e, then a public address."]
    large = block_letters(title, width, 5)
    rows: Block = [((row, "bold $foreground"),) for row in large or wrap(title, width, 2)]
    for text in told:
        rows += [(), *(((row, "$error" if joining.problem else ""),) for row in wrap(text, width, 4))]
    if joining.networks and not joining.link:
        rows += [(), *(_choice(place, name, width) for place, name in enumerate(joining.networks[:6]))]
    if joining.address and not joining.link:
        rows += [(), *(((row, "$text-muted"),) for row in wrap(f"Until then only this computer opens {joining.address}", width, 2))]
    return [*[()] * max(0, (height - len(rows)) // 3), *rows]


def _choice(place: int, name: str, width: int) -> Row:
    """Draw a network; `tab` takes the first one."""
    return ("     " if place else "tab  ", "bold $accent"), (fit(name, width - 5).rstrip(), "$text-muted" if place else "bold")


def _right(session: Session, joining: Joining, width: int, height: int) -> Block:
    """Draw who is here, who asks, and the network, in the order of their weight where rows are few."""
    asks = _asks(joining, width)
    foot = _foot(joining, width, height - len(asks) - 4)
    room = height - len(asks) - len(foot) - bool(asks) - bool(foot)
    voters, here = session.voters(), session.voters_here
    told = f"{len(here)} of {len(voters)}"
    large = block_letters(told, width, 5) if height >= _TALL and voters else ()
    head: Block = [((row, "bold $foreground"),) for row in large]
    plainly = f"{told} are here" if voters else "No one has a vote yet: m adds people"
    head += [(("are here", "bold $text-muted"),)] if large else [((row, "bold"),) for row in wrap(plainly, width, 2)]
    people = _people(session, joining, width, room - len(head) - 1)
    upper = [*head, (), *people] if people else head
    space = max(0, height - len(upper) - len(asks) - len(foot))
    before = min(2, space // 2) if asks else 0
    return [*upper, *[()] * before, *asks, *[()] * (space - before), *foot]


def _people(session: Session, joining: Joining, width: int, rows: int) -> Block:
    """Draw the voters by side: a row each if there is room, else the people of a side one after another."""
    look, sides = looks(session.sides), {side: session.voters(side) for side in session.sides}
    heads: dict[str, Row] = {}
    for side, people in sides.items():
        here = sum(session.is_there(person.id) for person in people)
        heads[side] = ((shaped_name(side, look[side]), f"bold {look[side].style}"), (f"  {here} of {len(people)}", "$text-muted"))
    needed = sum(len(people) + 2 for people in sides.values()) - 1
    if needed <= rows:
        drawn: Block = []
        for side, people in sides.items():
            drawn += [*([()] if drawn else []), heads[side]]
            drawn += [_person(session, joining, each, look[side].shape, look[side].style, width) for each in people]
        return drawn
    each = max(0, (rows - len(sides)) // max(1, len(sides)))
    drawn = []
    for side, people in sides.items():
        present = ", ".join(person.role for person in people if session.is_there(person.id))
        drawn += [heads[side], *(((f"  {row}", ""),) for row in wrap(present, width - 2, each) if row)]
    return drawn[: max(0, rows)]


_HOLLOW = {"●": "○", "◆": "◇", "■": "□", "▲": "△", "★": "☆", "▼": "▽"}


def _person(session: Session, joining: Joining, person: Participant, shape: str, style: str, width: int) -> Row:
    here = session.is_there(person.id)
    aside = joining.devices.get(person.id, "")
    aside = f"  {aside}" if aside else ""
    role = person.role + (" · decides" if person.id == session.decider else "")
    name = fit(role, min(length(role), width - 4 - length(aside)))
    return (f"  {shape if here else _HOLLOW.get(shape, shape)} ", style), (name, "" if here else "$text-muted"), (aside, "$text-muted")


def _asks(joining: Joining, width: int) -> Block:
    """Draw who asks first, with the keys that answer."""
    if not joining.asking:
        return []
    more = len(joining.asking) - 1
    room = width - len("▌  asks to join")
    rest = f"  and {more} more" if more and room > _LEAST_NAME + len("  and 00 more") else ""
    name = fit(joining.asking[0], min(length(joining.asking[0]), max(1, room - len(rest)))).rstrip()
    every: list[Part] = [("A", "bold $accent"), (" all  ", "")] if more else []
    keys: list[Part] = [("enter", "bold $accent"), (" let in  ", ""), *every, ("⌫", "bold $accent"), (" no", "")]
    drawn = [_lit([(name, "bold"), (" asks to join", ""), (rest, "$text-muted")], width), _lit(keys, width)]
    if joining.twice:
        drawn += [_lit([(row, "$warning")], width) for row in wrap("Several ask for one role: phones show numbers.", width - 2, 3)]
    return drawn


def _lit(parts: Sequence[Part], width: int) -> Row:
    """Draw a row on the ground of what is in focus."""
    ground = "on $boost"
    shown = tuple((text, f"{style} {ground}".strip()) for text, style in parts)
    return ("▌", f"$accent {ground}"), (" ", ground), *shown, (" " * max(0, width - 2 - cells_of(tuple(parts))), ground)


def _foot(joining: Joining, width: int, rows: int) -> Block:
    """Draw the network and what there is to know about it."""
    told: list[tuple[str, str]] = [("The room is locked: no one else can ask. e unlocks it", "$warning")] if joining.locked else []
    told += [(joining.network, "bold")] if joining.network else []
    told += [(f"{joining.watching} watching", "$text-muted")] if joining.watching else []
    told += [(note, "$text-muted") for note in joining.notes]
    drawn: Block = []
    for text, style in told:
        lines = wrap(text, width, 3)
        if len(drawn) + len(lines) > max(rows, 1):
            break
        drawn += [((line, style),) for line in lines]
    return drawn
