"""The lines above and below a discussion: the card with the clock, the steps, and the ways to end it."""

from __future__ import annotations

from rich.cells import cell_len

from sessions.state.rounds import Talk
from sessions.wording import clock_name
from tui.talk.view import Step, TalkView
from tui.text import fit, length
from tui.widgets.lines import Part, cells_of

_AMBER = 8
"""Tenths of the time from which on the clock is amber."""
_STEPS: tuple[tuple[Step, str], ...] = (("score", "Score"), ("talk", "Talk, score again"), ("outcome", "Outcome"))
_BAR = 16


def title_line(view: TalkView, used: int | None, width: int) -> list[Part]:
    """Return the first line: the card and its rank, and at the right how long the room has talked (None: no clock to show)."""
    name: list[Part] = [("Talk  ", "bold $accent")] if width >= 56 else []
    left: list[Part] = [*name, (f"#{view.rank} " if view.rank else "withdrawn ", "bold $text-muted")]
    clock = _clock(view.talk, used) if used is not None and view.talk else []
    bar = _bar(view.talk, used) if used is not None and view.talk and not view.talk.closed else []
    title = length(view.card.title)
    right = [*bar, *clock] if cells_of(left) + title + 2 + cells_of(bar) + cells_of(clock) <= width else clock
    text = fit(view.card.title, min(title, max(0, width - cells_of(left) - cells_of(right) - 2)))
    gap = " " * max(0, width - cells_of(left) - cell_len(text) - cells_of(right))
    return [*left, (text, "bold"), (gap, ""), *right]


def _is_amber(talk: Talk, used: int) -> bool:
    return used * 10 >= talk.planned * _AMBER


def _clock(talk: Talk, used: int) -> list[Part]:
    """Return the clock: how long the room has talked, of how long it wanted to."""
    if talk.closed:
        return [(f"talked {clock_name(talk.closed.used)}", "$text-muted")]
    over = f" +{clock_name(used - talk.planned)}" if used > talk.planned else ""
    shown = f"{clock_name(min(used, talk.planned))} / {clock_name(talk.planned)}{over}"
    return [(shown, "bold $warning" if _is_amber(talk, used) else "bold")]


def _bar(talk: Talk, used: int) -> list[Part]:
    """Return a bar that fills up with the time."""
    full = min(_BAR, used * _BAR // talk.planned) if talk.planned else _BAR
    return [("━" * full, "$warning" if _is_amber(talk, used) else "$accent"), ("━" * (_BAR - full), "$card-faint"), ("  ", "")]


def is_up(talk: Talk | None, used: int) -> bool:
    """Return whether the time of the current discussion is used up."""
    return talk is not None and talk.closed is None and used >= talk.planned


def steps_line(view: TalkView, width: int) -> list[Part]:
    """Return the steps of a discussion: those behind with a tick, the one that is on."""
    at = next((place for place, (step, _) in enumerate(_STEPS) if step == view.step), len(_STEPS))
    scored = bool(view.scores.rounds)
    parts: list[Part] = []
    for place, (_, name) in enumerate(_STEPS):
        if place < at and (scored or place == len(_STEPS) - 1):
            parts.append((f"✓ {name}   ", "$text-muted"))
        elif place == at:
            parts.append((f"● {name}   ", "bold $warning"))
        else:
            parts.append((f"  {name}   ", "$text-muted"))
    return parts if cells_of(parts) <= width else [part for part in parts if part[0].startswith("●")]


def hint(view: TalkView, *, writable: bool, width: int) -> list[Part]:
    """Return the line above the keys: the other ways to score, or the ways in which the discussion can end."""
    session = view.session
    if not writable or not view.is_running:
        read = "" if session.closed or writable else "Read-only: the discussion is led in another window."
        return [(fit(read, min(length(read), width)), "$text-muted")]
    if session.open_round:
        return []
    ends = "Ends the talk: 1 moves it · 2 keeps it · 3 duel with a neighbour · 4 agree to differ · 5 park a question"
    short = "Ends it: 1 move · 2 keep · 3 duel · 4 differ · 5 park"
    if view.step == "score":
        ends, short = "v takes the scores in secret · 1 to 5 end the talk without scores", "v takes the scores in secret"
    said = ends if length(ends) <= width else short
    return [(fit(said, min(length(said), width)), "$text-muted")]
