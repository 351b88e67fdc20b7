"""Why a card waits, in words: the chain of waiting, the deadline, and what would let it start sooner (METHOD 5.3, 5.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from sessions.sequencing.blockers import blocker_chain
from sessions.sequencing.levers import Lever
from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.reasons import deadline_note, gap_note, named_card, pulled_note, runs_on_note
from sessions.sequencing.weeks import deadline_day, end_day, short_end, short_start
from sessions.sequencing.what_if import effect_sentence
from sessions.wording import capital
from tui.cards.plan_words import tone_of
from tui.text import fit, length, plain, wrap

Part = Content | tuple[str, str] | str

KEYS = 9
"""Levers that have a key."""
_MOST_LINES = 8

_COLOURS = {"start": "$card-start", "wait": "$card-wait", "stop": "$card-stop", "late": "$card-differ"}


def chain_words(plan: Plan, card: str, width: int) -> Content:
    """Return the card's own sentence, and below it what it waits for, down to what starts today."""
    parts: list[Part] = []
    for number, link in enumerate(blocker_chain(plan, card)):
        placed = link.placed
        if number:
            parts.append(("\n↳ ", "$text-muted"))
            parts.append((f"{fit(named_card(plan, placed.card), width - 2).rstrip()}\n", "bold"))
        indent = 2 if number else 0
        until = _until(plan, placed) if number else ""
        parts += _hanging(f"{link.sentence}{until}", width, indent, _COLOURS.get(tone_of(plan, placed), ""))
        notes = (gap_note(plan, card), pulled_note(plan, card), runs_on_note(plan, card)) if not number else ()
        for text in (link.also, *(f"{capital(note)}." for note in notes if note)):
            parts += _hanging(text, width, indent, "$text-muted") if text else ()
    return Content.assemble(*parts).rstrip()


def _hanging(text: str, width: int, indent: int, style: str) -> Iterator[Part]:
    """Return a text in lines that all begin below each other."""
    for line in wrap(text, max(10, width - indent), _MOST_LINES):
        yield (f"{' ' * indent}{line}\n", style)


def _until(plan: Plan, placed: Placement) -> str:
    """Return when what is waited for ends."""
    if placed.finish is None or placed.start is None or placed.finish < placed.start:
        return ""
    return f" Ends on {end_day(plan.workload.portfolio, placed.finish)}."


def deadline_words(plan: Plan, card: str, safe: int | None) -> Content:
    """Return how far down the card may go and still meet its deadline; nothing if it has none."""
    dated = plan.workload.cards[card]
    if dated.deadline_week is None or plan.at(card).status in ("out", "done"):
        return Content("")
    late = deadline_note(plan, card)
    day = deadline_day(plan.workload.portfolio, dated)
    sure = f"It keeps its deadline, {day}, down to #{safe}." if safe else f"No rank lets it keep its deadline, {day}."
    return Content.assemble((f"! It {plain(late)}. " if late else "", "bold $card-differ"), (sure, "$card-differ" if late else "$text-muted"))


def offered(levers: Sequence[Lever]) -> list[Lever]:
    """Return the levers that help, the best for all projects together first: those that have a key."""
    return sorted((lever for lever in levers if lever.helps), key=lambda lever: lever.effect.cost or 0)[:KEYS]


def lever_words(levers: Sequence[Lever], width: int, *, writable: bool) -> Content:
    """Return the levers with their effect on this card and on all others; those that do not help are named below, without a key."""
    good = offered(levers)
    parts: list[Part] = []
    for number, lever in enumerate(good, 1):
        parts += _lever(f"{number}" if writable else "·", lever, width)
    useless = [lever.title for lever in levers if not lever.helps]
    if useless:
        parts += [("\n" if good else "", ""), (f"Would not help: {'; '.join(plain(title) for title in useless)}.", "$text-muted")]
    return Content.assemble(*parts).rstrip()


def _lever(key: str, lever: Lever, width: int) -> Iterator[Part]:
    gain = gain_words(lever)
    room = max(10, width - 3 - length(gain) - 2)
    yield (f"{key}  ", "bold $accent")
    yield (fit(lever.title, room) + "  ", "bold")
    worse = lever.effect.dearer
    yield (f"{gain}\n", "bold $card-wait" if worse else "bold $card-start")
    yield from _hanging(effect_sentence(lever.effect), width, 3, "$card-wait" if worse else "$text-muted")


def gain_words(lever: Lever) -> str:
    """Return when the card would start instead, or else end: from 27 Jul instead of 17 Aug."""
    old, new, portfolio = lever.before, lever.after, lever.effect.after.workload.portfolio
    if old.start == new.start:
        return f"ends {short_end(portfolio, new.finish)} instead of {short_end(portfolio, old.finish)}" if old.finish != new.finish else ""
    instead = f" instead of {short_start(portfolio, old.start)}" if old.start is not None else ""
    return f"from {short_start(portfolio, new.start)}{instead}"
