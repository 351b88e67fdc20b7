"""The two questions of every quarter: what the room answers at Open and at Close, by side (METHOD 6.11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import work

from sessions.deciding.session_plan import session_plan
from sessions.guide.step import StepKind
from sessions.quarters.pulse import QUESTIONS, Pulse, answers_of, mean_words, pulse_round, pulses
from sessions.quarters.trend.focus import focus, focus_words
from sessions.quarters.trend.value_ratio import value_ratio, value_words
from sessions.record.events import BallotsRevealed, Method, Recorded
from sessions.state.session import Session
from sessions.voting.answers import Means
from sessions.wording import mean_name, plural
from tui.sides import looks, shaped_name
from tui.stages.picture import Block, Piece, Row, beside, blank, cells, large, line, rows_left, stacked, titled
from tui.text import fit, wrap
from tui.together.base import TogetherScreen
from tui.together.pictures import answering_picture, asked_picture
from tui.widgets.big_text import big_text
from tui.widgets.lines import Part

_SHORT = ("Highest value?", "Best resources?")
"""The questions in as few words as fit in large letters."""
_SIDE, _FIGURE = 16, 14
_HIGHEST = 5


class PulseScreen(TogetherScreen):
    """The two questions."""

    METHOD: ClassVar[Method] = "pulse"
    STEP: ClassVar[StepKind] = "ask_pulse"
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {**TogetherScreen.STEPS, "ask_pulse": ("ask", "")}

    _computed: dict[str, tuple[str, str]] | None = None

    def on_mount(self) -> None:
        """Look up what the plan says about the questions."""
        if self.session.rounds_of(self.METHOD):
            self._compute()

    def _happened(self, session: Session, recorded: tuple[Recorded, ...]) -> None:
        super()._happened(session, recorded)
        if any(isinstance(each.event, BallotsRevealed) for each in recorded):
            self._compute()

    @work(thread=True, exclusive=True)
    def _compute(self) -> None:
        """Compute what the plan says, without blocking keys: on a large board it takes a moment."""
        found = plan_says(self.session)
        self.app.call_from_thread(self._show_computed, found)

    def _show_computed(self, found: dict[str, tuple[str, str]]) -> None:
        self._computed = found
        if self.is_attached:
            self._draw()

    def picture(self, width: int, height: int) -> Block:
        """Draw the questions as they are now."""
        session, texts = self.session, [each.text for each in QUESTIONS]
        head = titled(session, "The two questions", self.live.elapsed, width, height)
        if round_ := self.open_round:
            return answering_picture(session, head, round_, texts, width, height)
        if not session.rounds_of(self.METHOD) or self.step.kind == self.STEP:
            return asked_picture(session, head, list(zip(texts, _SHORT, strict=True)), (), width, height, invites=self.invites)
        quiet = titled(session, "The two questions", self.live.elapsed, width, 0)  # the answers are large, not the clock
        return result_picture(session, quiet, self._computed, width, height)


def plan_says(session: Session) -> dict[str, tuple[str, str]]:
    """Return by question what the plan says about it, and the one thing that would raise it."""
    plan = session_plan(session)
    value, aim = value_ratio(session, plan), focus(session, plan)
    told = {"value": value_words(session, value) if value else ("", ""), "focus": focus_words(session, aim) if aim else ("", "")}
    return {question: words for question, words in told.items() if words[0]}


def result_picture(session: Session, head: Block, computed: Mapping[str, tuple[str, str]] | None, width: int, height: int) -> Block:
    """Draw what each question got at Open and at Close, by side, and below it what the plan says, with empty rows until it is known."""
    found = pulses(session)
    told = [line(each, "$text-muted", width) for each in wrap(_who(session), width, 2)]
    says = [blank(2) if computed is None else _plan(*computed.get(each.asked.id, ("", "")), width) for each in found]
    blocks = [_texts(each, width) for each in found], [[*_sides(session, each, width), *its] for each, its in zip(found, says, strict=True)]
    each_room = (rows_left([head, told, *blocks[0], *blocks[1]], height) - 3) // len(found)
    drawn: list[Block] = []
    for each, text, sides in zip(found, *blocks, strict=True):
        figure = _figure(each, width, max(1, min(9, each_room)))
        space: Block = [()] if len(figure) > 1 else []
        drawn.append([*text, *space, *figure, *space, *sides])
    return stacked([head, *drawn, told], height)


def _plan(told: str, lever: str, width: int) -> Block:
    """Draw what the plan says about a question, and what would raise it."""
    said: Block = [line(row, "", width) for row in wrap(f"The plan: {told}", width, 2)] if told else []
    return said + ([line(row, "$accent", width) for row in wrap(lever, width, 2)] if lever else [])


def _figure(pulse: Pulse, width: int, rows: int) -> Block:
    """Draw the means large: that at Open in a quiet colour, an arrow, and that at Close."""
    opened, closed = pulse.at("open"), pulse.at("close")
    first, last = (big_text(mean_words(each), width, rows) if each else () for each in (opened, closed))
    if not first or not last or len(first) == 1:
        return large(pulse.words if opened and closed else mean_words(opened or closed), "$accent", width, rows)
    middle = len(first) // 2
    arrow = ["━━▶" if y == middle else "" for y in range(len(first))]
    column = cells(first) + 2
    return beside(Piece(0, first, "bold $text-muted"), Piece(column, arrow, "$text-muted"), Piece(column + 5, last, "bold $accent"))


def _texts(pulse: Pulse, width: int) -> Block:
    return [line(row, "bold", width) for row in wrap(pulse.asked.text, width, 2)]


def _sides(session: Session, pulse: Pulse, width: int) -> Block:
    """Draw a line for each side that the rounds tell apart: its means, and a bar of the latest."""
    opened, closed = pulse.at("open"), pulse.at("close")
    latest = closed or opened
    sides = [side for side in session.sides if latest and side in latest.by_side]
    shown = looks(session.sides)
    lines: Block = []
    for side in sides:
        mean = latest.by_side[side] if latest else 0
        cells = max(4, min(40, width - _SIDE - _FIGURE - 2))
        full = round(mean / _HIGHEST * cells)
        bar: list[Part] = [("━" * full, shown[side].style), ("─" * (cells - full), "$card-faint")]
        name = fit(shaped_name(side, shown[side]), _SIDE)
        row: Row = ((name, f"bold {shown[side].style}"), (fit(_from_to(opened, closed, side), _FIGURE), "bold"), *bar)
        lines.append(row)
    return lines


def _from_to(opened: Means | None, closed: Means | None, side: str) -> str:
    """Return a side's means: 2.7 → 4.0."""
    figures = [mean_name(each.by_side[side]) for each in (opened, closed) if each and side in each.by_side]
    return " → ".join(figures)


def _who(session: Session) -> str:
    """Return how many answered, and why no sides are shown, if so."""
    rounds = [(name, round_) for name, when in (("at Open", "open"), ("at Close", "close")) if (round_ := pulse_round(session, when))]  # type: ignore[arg-type]
    told = " · ".join(f"{plural(answers_of(round_), 'answer')} {name}" for name, round_ in rounds)
    apart = all(any(side for each in pulses(session) if (means := each.at(round_.opened.when)) for side in means.by_side) for _, round_ in rounds)
    few = "" if apart or len(session.sides) < 2 else " A side with fewer than three answers is only in the mean of both."
    return f"{told}, from 1 to {_HIGHEST}.{few}"
