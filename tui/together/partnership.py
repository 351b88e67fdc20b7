"""How both sides see their partnership: the level, what the next one lacks, and the evidence beside each item (METHOD 6.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import work

from sessions.commands.rounds import OpenRound
from sessions.guide.step import StepKind
from sessions.handling.dispatch import refusal
from sessions.quarters.partnership import earlier_partnership, new_objectives, others_answered, partnership_round, to_reach
from sessions.quarters.trend.evidence import evidence
from sessions.record.events import Method
from sessions.rounds.methods.partnership import ITEMS, partnership_level
from sessions.rounds.methods.partnership import SPEC as PARTNERSHIP
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.answers import LEVELS, Level
from sessions.wording import mean_name, plural
from tui.dialogs.form import Field, Form
from tui.sides import looks, shaped_name
from tui.stages.picture import TALL, Block, large, line, rows_left, stacked, titled
from tui.text import fit, wrap
from tui.together.base import TogetherScreen
from tui.together.pictures import answering_picture, asked_picture
from tui.widgets.lines import Part

TITLE = "How business and IT work together"
_ITEM, _SIDE, _ROOMY = 14, 15, 100
_YES = ("yes", "y")
_TOGETHER = "Both sides are shown as one: each needs at least three answers to every item to be shown alone."


class PartnershipScreen(TogetherScreen):
    """The six items."""

    METHOD: ClassVar[Method] = "partnership"
    STEP: ClassVar[StepKind] = "ask_partnership"
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {**TogetherScreen.STEPS, "ask_partnership": ("ask", "")}
    can_edit = True

    _asked = OpenRound(method="partnership")

    def on_mount(self) -> None:
        """Warn if no one can answer any more."""
        if self.session.closed and self.live.followed:
            self.quarterdeck.toast("The next session of this series is closed as well: no one can answer now.")

    def request(self) -> OpenRound:
        """Return the command that asks the items, with what was chosen besides."""
        return self._asked

    @property
    def writable(self) -> bool:
        """Return whether the questions can be asked here: also once the session was closed, until the next one is."""
        return super().writable or self.takes_late

    def picture(self, width: int, height: int) -> Block:
        """Draw the items as they are now."""
        session = self.session
        head = titled(session, TITLE, self.live.elapsed, width, height)
        if round_ := self.open_round:
            return answering_picture(session, head, round_, [", ".join(each.text for each in PARTNERSHIP.asked_in(round_.opened))], width, height)
        answered = partnership_round(session)
        if answered is None:
            asked = [*ITEMS, *([each for each in PARTNERSHIP.all if not each.scored] if self._asked.unscored else [])]
            how = "How do we work together?"
            items = [f"{number}  {each.text}" for number, each in enumerate(asked, 1)]
            return asked_picture(session, head, [(how, how)], items, width, height, invites=self.invites)
        quiet = titled(session, TITLE, self.live.elapsed, width, 0)  # the level is large, not the clock
        return result_picture(session, quiet, answered, width, height)

    def action_edit(self) -> None:
        """Choose whether the questions that count for nothing are asked, and say how many new objectives IT knew."""
        self._choose()

    @work
    async def _choose(self) -> None:
        new = len(new_objectives(self.session))
        fields = [Field("unscored", "Two more questions", "yes" if self._asked.unscored else "no", "yes or no", ("yes", "no"))]
        known = "" if self._asked.known is None else str(self._asked.known)
        fields += [Field("known", f"Of {plural(new, 'new objective')} IT knew", known, "how many, before this session")] if new else []

        def chosen(answer: dict[str, str]) -> OpenRound:
            typed = answer.get("known", "").strip()
            figure = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 4 else None
            return OpenRound(method=self.METHOD, unscored=answer["unscored"].strip().casefold() in _YES, known=figure)

        def wrong(answer: dict[str, str]) -> str:
            if answer["unscored"].strip().casefold() not in (*_YES, "no", "n", ""):
                return "Type yes or no."
            typed = answer.get("known", "").strip()
            if typed and chosen(answer).known is None:
                return f"Type a number from 0 to {new}, or nothing."
            return str(refusal(self.session, chosen(answer).model_copy(update={"override": "…"})) or "")

        about = "Who carried it when something failed? Can each side say an unwelcome thing? Both count for no level."
        answer = await self.app.push_screen_wait(Form("What is asked besides the six items", fields, about=about, check=wrong))
        if answer is not None:
            self._asked = chosen(answer)
            self._draw()


def result_picture(session: Session, head: Block, round_: Round, width: int, height: int) -> Block:
    """Draw the level, what the next one lacks, and the items with both sides' medians."""
    found = partnership_level(round_)
    if found is None:
        told = "Not every item has an answer of each side: there is no level."
        return stacked([head, [line(row, "bold", width) for row in wrap(told, width, 3)]], height)
    lacking = [line(row, "bold $warning", width) for row in wrap(to_reach(found) or "Nothing is above this level.", width, 2)]
    below = [line(row, "$text-muted", width) for text in _below(session, round_) for row in wrap(text, width, 2)]
    figures = line(_figures(session, found), "bold", width)
    rows = _items(session, found, width, wide=True)
    if height < TALL and rows_left([head, [figures], lacking, rows, below], height) < 1:
        rows = _items(session, found, width, wide=False)
    room = min(9, rows_left([head, [figures], lacking, rows, below], height))
    return stacked([head, [*large(f"Level {found.level} of {LEVELS}", "$accent", width, max(1, room)), figures, *lacking], rows, below], height)


def _figures(session: Session, found: Level) -> str:
    """Return index and gap, and the level of the session before."""
    parts = [f"index {mean_name(found.index)}"]
    parts += [f"the sides are {mean_name(found.gap)} apart"] if found.gap is not None else []
    before = earlier_partnership(session)
    past = session.past.quarter if session.past else ""
    parts += [f"{past or 'before'}: level {before.level}, index {mean_name(before.index)}"] if before else []
    return " · ".join(parts)


def _items(session: Session, found: Level, width: int, *, wide: bool) -> Block:
    """Draw a line for each item: its name, each side's median, and beside them the evidence, or what the next level would be."""
    sides = list(dict.fromkeys(side for its in found.medians.values() for side in its))
    shown, known = looks(session.sides), evidence(session)
    side_cells = _SIDE if width >= _ROOMY else _SIDE - 4
    heads: list[Part] = [(" " * _ITEM, "")]
    heads += [(fit(shaped_name(side, shown[side]) if side else "both sides", side_cells), f"bold {shown[side].style}") for side in sides]
    lines: Block = [tuple(heads)]
    room = max(0, width - _ITEM - side_cells * len(sides))
    for item in ITEMS:
        lacks = item.id in found.lacking
        row: list[Part] = [(fit(item.text if len(item.text) < _ITEM else item.name.capitalize(), _ITEM), "bold $warning" if lacks else "bold")]
        for side in sides:
            median = found.medians[item.id][side]
            row += [
                ("●" * median, shown[side].style),
                ("○" * (LEVELS - median), "$card-faint"),
                ("  ", ""),
                (fit(str(median), side_cells - LEVELS - 2), "bold"),
            ]
        beside = known.get(item.id, "")
        following = f"→ {item.words[found.items[item.id]]}" if lacks else ""
        if wide:
            lines.append((*row, (fit(beside, room), "$text-muted")))
            lines += [((" " * _ITEM, ""), (fit(following, width - _ITEM), "$warning"))] if following else []
        else:
            lines.append((*row, (fit(following or beside, room), "$warning" if following else "$text-muted")))
    return lines


def _below(session: Session, round_: Round) -> list[str]:
    """Return who answered, whether they are other people, and the questions that count for nothing."""
    apart = any(side for its in PARTNERSHIP.given(round_).values() for side in its)
    told = ["" if apart or len(session.sides) < 2 else _TOGETHER, others_answered(session)]
    for asked in PARTNERSHIP.asked_in(round_.opened):
        if not asked.scored:
            every = [answer for its in PARTNERSHIP.given(round_)[asked.id].values() for answer in its]
            counts = " · ".join(f"{word} {every.count(figure)}" for figure, word in enumerate(asked.words, 1) if every.count(figure))
            told.append(f"{asked.text} {counts or 'no answer'}")
    return [each for each in told if each]
