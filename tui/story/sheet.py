"""The lines of a story: a quarter below the other, its rank on a line from first to last, and what was decided, said and found out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sessions.portfolio.benefits import benefit_words
from sessions.quarters.story import Chapter, Story
from sessions.record.events import Outcome
from sessions.wording import capital, day_name, listed, sentence, worth_name
from tui.cards.face import TONES
from tui.text import fit, fit_right, length, plain, wrap
from tui.themes import Ink
from tui.widgets.listing import Line, Piece

WIDE = 96
"""Columns from which every quarter has a line from first to last, with its words beside it."""
_NARROW, _BROAD = 24, 64
"""Cells of that line."""
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
        quarters = [f"{chapter.quarter}{now if chapter is story.chapters[-1] and not story.end else ''}" for chapter in story.chapters]
        self._name = max([length(each) for each in quarters], default=0)
        self._rank = max([length(_rank(chapter)) for chapter in story.chapters], default=0)
        self._wide = width >= WIDE
        self._most = max([chapter.cards for chapter in story.chapters], default=0)
        self._track = max(_NARROW, min(_BROAD, width // 4))
        before: Chapter | None = None
        self._final = story.chapters[-1] if story.chapters else None
        self._last = None if story.end else self._final
        for place, chapter in enumerate(story.chapters):
            if before:
                self._add([Piece(" " * (self._name + self._rank + 4)), *self._below(before)] if self._wide else [], "")
            self._chapter(chapter, before, str(place), quarters[place])
            before = chapter

    def _add(self, line: Line, value: str) -> None:
        self.values.append(value)
        self.lines.append(line)

    def _chapter(self, chapter: Chapter, before: Chapter | None, value: str, quarter: str) -> None:
        """Draw a quarter: its head and, beside it or below it, what there is to say."""
        head = [Piece(f"{fit(quarter, self._name)}  ", "text", bold=True), Piece(f"{fit_right(_rank(chapter), self._rank)}  ", "focus", bold=True)]
        lead = self._name + self._rank + 4
        left = lead + self._track + 3 if self._wide else 2
        lines = [(line, ink) for text, ink in self._said(chapter, before) for line in wrap(text, max(1, self._width - left), _MOST)]
        if not self._wide:
            self._add(head, value)
            for text, ink in lines:
                self._add([Piece(" " * left), Piece(text, ink)], "")
            return
        for place, (text, ink) in enumerate(lines):
            drawn = [*head, *self._way(chapter, before)] if place == 0 else [Piece(" " * lead), *self._below(chapter)]
            self._add([*drawn, Piece("   "), Piece(text, ink)], value if place == 0 else "")

    def _below(self, chapter: Chapter) -> list[Piece]:
        """Draw the way to the next quarter, below the card's place."""
        at = self._place(chapter)
        if at is None or chapter is self._final:
            return [Piece(" " * self._track)]
        return [Piece(" " * at), Piece("│", "muted"), Piece(" " * (self._track - 1 - at))]

    def _place(self, chapter: Chapter) -> int | None:
        """Return the column of a card's rank, the same in every quarter; None off the board."""
        return (chapter.rank - 1) * (self._track - 1) // max(1, self._most - 1) if chapter.rank else None

    def _way(self, chapter: Chapter, before: Chapter | None) -> list[Piece]:
        """Draw the card's place, from first to last, and how it came there from the quarter before."""
        width, at, was = self._track, self._place(chapter), self._place(before) if before else None
        if at is None:
            return [Piece("·" * width, "faint")]
        dot = Piece("●", "focus", bold=True)
        if was is None or was == at:
            return [Piece("─" * at, "faint"), dot, Piece("─" * (width - 1 - at), "faint")]
        way = "━" * (abs(at - was) - 1)
        if at < was:
            return [Piece("─" * at, "faint"), dot, Piece(f"{way}┛", "start"), Piece("─" * (width - 1 - was), "faint")]
        return [Piece("─" * was, "faint"), Piece(f"┗{way}", "wait"), dot, Piece("─" * (width - 1 - at), "faint")]

    def _said(self, chapter: Chapter, before: Chapter | None) -> Iterator[Said]:
        """Return what happened to the card in a quarter, in the order in which it happened."""
        card, decision = chapter.card, chapter.decision
        if before and plain(before.card.title) != plain(card.title):
            yield f"Called “{plain(card.title)}” from here on.", "muted"
        yield from self._wording(chapter, before)
        if chapter.merged:
            yield f"Took in {listed([f'“{plain(each)}”' for each in chapter.merged])}.", "text"
        if decision:
            yield plain(chapter.said), _DECIDED.get(TONES[decision.word], "text")
        else:
            yield plain(chapter.said) or ("Not decided yet." if self._now and chapter is self._last else "Not decided."), "muted"
        for each in chapter.dissents:
            yield f"{plain(each.who)}, {each.stance}: “{plain(each.text)}”{f' – answer: “{plain(each.answer)}”' if each.answer else ''}", "differ"
        if outcome := chapter.outcome:
            cause = f": {outcome.cause}" if outcome.cause else ""
            said = plain(sentence(outcome.note)) if outcome.note else ""
            note = f". {capital(said)}" if said else "."
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
        """Return how the card is worded, if that has changed."""
        card = chapter.card
        asked, known = plain(card.order_taker_version), plain(before.card.order_taker_version) if before else ""
        if asked and asked != known:
            yield f"Asked as “{asked}”.", "muted"
        words, old = _worded(chapter, self._currency), _worded(before, self._currency) if before else ""
        if words and words != old:
            yield f"{'Now worded' if old or asked else 'Worded'}: {words}", "text"


def _worded(chapter: Chapter, currency: str) -> str:
    card = chapter.card
    words, worth = plain(benefit_words(card.benefit) or card.description), plain(worth_name(card.benefit.monthly, card.benefit.currency or currency))
    told = bool(worth) and worth.partition(" a month")[0] in words
    return " · ".join(part for part in (words, "" if told else worth) if part)


def _rank(chapter: Chapter) -> str:
    return f"#{chapter.rank} of {chapter.cards}" if chapter.rank else "off the board"
