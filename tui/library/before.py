"""The line of a new session that says which earlier session it follows, if any, and what comes from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label

from sessions.imports.formats.report import LoadReport
from sessions.library.following import Followed, carried_words, doubts, follow, next_title
from sessions.library.library import Library
from sessions.portfolio.models import Participant
from sessions.quarters.carry_over import Carried
from tui.text import fit, plain, safe
from tui.widgets.one_of import OneOf

_LONGEST = 40


class Before(Horizontal):
    """The session that is offered, beside “none”; hidden while there is nothing to choose. `carried` is what comes from it."""

    _offered: Followed | None = None
    carried: Carried | None = None

    def __init__(self) -> None:
        super().__init__(classes="new-field")

    def compose(self) -> ComposeResult:
        """Lay out the label; what is offered comes beside it."""
        yield Label("Follows", classes="new-label")

    async def offer(self, followed: Followed | None, *, shown: bool, chosen: bool) -> None:
        """Offer a session, chosen or not; if not `shown`, it is followed without a choice."""
        self._offered = followed
        self.display = shown and followed is not None
        await self.query(OneOf).remove()
        if shown and followed is not None:
            choices = [("follow", fit(followed.name, _LONGEST).rstrip()), ("", "no session")]
            await self.mount(OneOf(choices, value="follow" if chosen else "", id="new-follows"))

    @property
    def followed(self) -> Followed | None:
        """Return the session that is to be followed, as it is chosen now."""
        return self._offered if all(each.value for each in self.query(OneOf)) else None

    @property
    def after(self) -> tuple[Followed, Carried] | None:
        """Return the session that is followed, and what comes from it."""
        return (self.followed, self.carried) if self.followed and self.carried else None

    @property
    def doubts(self) -> list[str]:
        """Return what is to be asked before the session begins."""
        return doubts(self.followed, self.carried.portfolio.quarter) if self.followed and self.carried else []

    @property
    def asks(self) -> bool:
        """Return whether anything is to be asked before the session begins."""
        return bool(self.doubts or (self.carried and self.carried.report.unclear))

    def carry(
        self, report: LoadReport | None, quarter: str, people: Sequence[Participant], today: date, answers: Mapping[str, str] | None = None
    ) -> None:
        """Carry the chosen session over. Raises CannotFollowError if that cannot be."""
        self.carried = None
        if self.followed:
            portfolio = report.portfolio if report else None
            self.carried = follow(self.followed, portfolio, quarter=quarter, today=today, people=people, answers=answers)

    def title(self, library: Library, report: LoadReport | None, quarter: str) -> str:
        """Return the title that is proposed for the new session."""
        source = report.source if report else ""
        if self.after:
            return plain(next_title(library, self.after[0], self.after[1].portfolio, source))
        return plain(library.free_title(report.portfolio, source, quarter)) if report else ""

    def lines(self) -> list[Content]:
        """Return what comes from the earlier session, and whether cards are still unclear."""
        if self.after is None:
            return []
        lines = [safe(carried_words(*self.after)).stylize("bold $foreground")]
        if self.after[1].report.unclear:
            lines.append(Content.styled("Several cards have the same title: you will be asked which is which.", "$warning"))
        return lines
