"""The lines of a story: a quarter below the other, its rank on a line from first to last, and what was decided, said and found out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sessions.portfolio.benefits import benefit_words
from sessions.quarters.story import Chapter, Story
from sessions.record.events import Outcome
from sessions.wording import day_name, listed, sentence, worth_name
from tui.cards.face import TONES
from tui.text import fit, fit_right, length, plain, wrap
from tui.themes import Ink
from tui.widgets.listing import Line, Piece

WIDE = 96
"""Columns from which every quarter has a line from first to last, with its words beside it."""
_TRACK = 24
_MOST = 6
"""Lines of one text."""
_OUTCOME: Mapping[Outcome, Ink] = {"kept": "start", "missed": "differ", "reversed": "stop", "overtaken": "muted", "open": "muted"}
_DECIDED: Mapping[str, Ink] = {"start": "start", "wait": "wait", "stop": "stop"}

Said = tuple[str, Ink]


class Sheet:
    """A story in lines for a width. A quarter's first line has its place in the story as its value."""

    def __init__(self, story: Story, width: int, *, currency: str, now: str) -> None:
        self.values: list[str] = []
        self.lines: list[Line] = []
        self._width, self._currency, self._now = width, currency, now
        quarters = [f"{chapter.quarter}{now if chapter is story.chapters[-1] else ''}" for chapter in story.chapters]
        self._name = max([length(each) for each in quarters], default=0)
        self._rank = max([length(_rank(chapter)) for chapter in story.chapters], default=0)
        before: Chapter | None = None
        for place, chapter in enumerate(story.chapters):
            if place:
                self._add([], "")
            self._chapter(chapter, before, str(place), quarters[place])
            before = chapter

    def _add(self, line: Line, value: str) -> None:
        self.values.append(value)
        self.lines.append(line)

    def _chapter(self, chapter: Chapter, before: Chapter | None, value: str, quarter: str) -> None:
        """Draw a quarter: its head and, beside it or below it, what there is to say."""
        head = [Piece(f"{fit(quarter, self._name)}  ", "text", bold=True), Piece(f"{fit_right(_rank(chapter), self._rank)}  ", "focus", bold=True)]
        wide = self._width >= WIDE
        if wide:
            head += [*_track(chapter), Piece("   ")]
        left = self._name + self._rank + _TRACK + 7 if wide else 2
        lines = [(line, ink) for text, ink in self._said(chapter, before) for line in wrap(text, max(1, self._width - left), _MOST)]
        if not wide:
            self._add(head, value)
        elif lines:
            (text, ink), *lines = lines
            self._add([*head, Piece(text, ink)], value)
        for text, ink in lines:
            self._add([Piece(" " * left), Piece(text, ink)], "")

    def _said(self, chapter: Chapter, before: Chapter | None) -> Iterator[Said]:
        """Return what happened to the card in a quarter, in the order in which it happened."""
        card, decision = chapter.card, chapter.decision
        if before and plain(before.card.title) != plain(card.title):
            yield f"Called “{plain(card.title)}” from here on.", "muted"
        if chapter.back:
            yield f"Back because: {plain(chapter.back)}", "wait"
        yield from self._wording(chapter, before)
        if chapter.merged:
            yield f"Took in {listed([f'“{plain(each)}”' for each in chapter.merged])}.", "text"
        if decision:
            yield plain(chapter.said), _DECIDED.get(TONES[decision.word], "text")
        else:
            yield plain(chapter.said) or ("Not decided yet." if self._now else "Not decided."), "muted"
        for each in chapter.dissents:
            yield f"{plain(each.who)}, {each.stance}: “{plain(each.text)}”{f' – answer: “{plain(each.answer)}”' if each.answer else ''}", "differ"
        if outcome := chapter.outcome:
            cause = f": {outcome.cause}" if outcome.cause else ""
            note = f". {plain(sentence(outcome.note))}" if outcome.note else "."
            yield f"→ {outcome.outcome}{cause}{note}", _OUTCOME[outcome.outcome]
        if chapter.delivered:
            yield f"Delivered on {day_name(chapter.delivered.date)}.", "start"
        for reading in chapter.readings:
            adoption = card.adoption
            of = f" of {plain(adoption.target)}" if adoption.target else ""
            what = f" ({plain(adoption.measure)})" if adoption.measure else ""
            yield f"In use: {plain(reading.value)}{of}{what}, {day_name(reading.date)}, {plain(reading.by)}.", "text"
        if chapter.delivered and chapter.delivered.accepted:
            yield f"Accepted below its target: {plain(chapter.delivered.accepted)}", "wait"
        if not chapter.read:
            yield "That session cannot be read: this is what the next one brought along.", "muted"

    def _wording(self, chapter: Chapter, before: Chapter | None) -> Iterator[Said]:
        """Return how the card is worded, if it is worded otherwise than before."""
        card = chapter.card
        asked, known = plain(card.order_taker_version), plain(before.card.order_taker_version) if before else ""
        if asked and asked != known:
            yield f"Asked as “{asked}”.", "muted"
        words, old = _worded(chapter, self._currency), _worded(before, self._currency) if before else ""
        if words and words != old:
            yield f"{'Now worded' if old or asked else 'Worded'}: {words}", "text"


def _worded(chapter: Chapter, currency: str) -> str:
    card = chapter.card
    parts = (plain(benefit_words(card.benefit) or card.description), plain(worth_name(card.benefit.monthly, card.benefit.currency or currency)))
    return " · ".join(filter(None, parts))


def _rank(chapter: Chapter) -> str:
    return f"#{chapter.rank} of {chapter.cards}" if chapter.rank else "off the board"


def _track(chapter: Chapter) -> list[Piece]:
    """Draw where the card was, from first to last."""
    if not chapter.rank:
        return [Piece("·" * _TRACK, "faint")]
    at = (chapter.rank - 1) * (_TRACK - 1) // max(1, chapter.cards - 1)
    return [Piece("─" * at, "faint"), Piece("●", "focus", bold=True), Piece("─" * (_TRACK - 1 - at), "faint")]
