"""The lines above and below a talk: the card with the clock, the steps, and what is to be done now."""

from __future__ import annotations

from rich.cells import cell_len

from sessions.rounds.methods.registry import spec_of
from sessions.rounds.words import round_title, sides_in
from sessions.state.rounds import Talk
from sessions.wording import clock_name
from tui.talk.view import Step, TalkView
from tui.text import fit, length, plain
from tui.widgets.lines import Part

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
    right = [*bar, *clock] if _cells(left) + title + 2 + _cells(bar) + _cells(clock) <= width else clock
    text = fit(view.card.title, min(title, max(0, width - _cells(left) - _cells(right) - 2)))
    gap = " " * max(0, width - _cells(left) - cell_len(text) - _cells(right))
    return [*left, (text, "bold"), (gap, ""), *right]


def _cells(parts: list[Part]) -> int:
    return sum(cell_len(text) for text, _ in parts)


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
    return parts if _cells(parts) <= width else [part for part in parts if part[0].startswith("●")]


def now(view: TalkView, *, used: int, writable: bool, width: int) -> list[Part]:
    """Return the line above the keys: what is to be done now. At the end of the time it says so, and nothing else happens."""
    over = is_up(view.talk, used) and writable
    text, style = _now(view, writable=writable, short=width < 100, over=over)
    up: list[Part] = [("Time is up. ", "bold $warning")] if over else []
    return [*up, (fit(text, min(length(text), max(0, width - _cells(up)))), style)]


def _now(view: TalkView, *, writable: bool, short: bool, over: bool) -> tuple[str, str]:
    session = view.session
    if view.step == "over" and view.talk and not view.other_talk:
        on = f"n goes to “{plain(session.title_of(view.next_card))}”" if view.next_card else "esc goes back"
        return f"{on} · enter discusses this one again" if writable and not short else on, ""
    if not writable:
        return ("The session is closed." if session.closed else "Read-only: the discussion is led in another window."), "$text-muted"
    if view.other_talk:
        return f"The room still discusses “{session.title_of(view.other_talk)}”: enter goes there.", "$warning"
    if session.open_round:
        return _open_round(view), "$warning"
    if not view.is_running:
        return "No discussion is running: enter begins one.", "$text-muted"
    return _next(view, short=short, over=over), ""


def _open_round(view: TalkView) -> str:
    """Return what is open, and which key leads on."""
    session, round_ = view.session, view.session.open_round
    assert round_ is not None
    if view.open_here is None:
        name = round_title(round_.opened)
        return f"A {name} is open, which comes first: v shows it."
    if round_.seals:
        return f"{_named(view)}: in {sides_in(session, round_)} · v: more ballots · r: reveal"
    key = "d" if spec_of(round_.opened.method).ends_discussion else "s"
    return f"{_named(view)} is open: {key} counts raised hands · v by masked ballots"


def _named(view: TalkView) -> str:
    """Return the name of the open round on the card: Score round 2; The duel with “Checkout”."""
    round_ = view.open_here
    other = next((card for card in round_.opened.cards if card != view.id), "") if round_ else ""
    return f"The duel with “{view.session.title_of(other)}”" if other else f"Score round {len(view.scores.rounds) + 1}"


def _next(view: TalkView, *, short: bool, over: bool) -> str:
    if view.withdrawn:
        return "It was withdrawn: k or f ends the discussion" + ("" if short else " with a word about it")
    if view.step == "score" and not over:
        first = "s scores it" if short else "Before anybody speaks: s scores the card"
        return f"{first} by raised hands · v by masked ballots"
    if view.step == "talk":
        if over:
            return "s scores it again, for the last time" + ("" if short else " · then m moves it, k keeps it, d duels, f agrees to differ")
        if short:
            return "Now talk; then s scores it again, for the last time"
        return "Now talk: the lowest first, then the highest. Then s scores it again, for the last time"
    return "m moves it · k keeps it · d duel" + (" · f differ" if short else " with a neighbour · f agree to differ")
