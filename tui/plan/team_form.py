"""The form for a team: its people, and the weeks in which it has more or fewer of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sessions.portfolio.models import TITLE_LIMIT, Team
from sessions.wording import tenths
from tui.dialogs.form import Field
from tui.dialogs.long_form import PlanForm, lines_of
from tui.dialogs.typed_figures import FigureError, tenths_typed, week_typed

ABOUT = "People who are free for project work, without support and leave. A week that differs: the week, then its people (7 1.0, or 7-9 1.0)."


class TeamForm(PlanForm[Team]):
    """A team's form; without a team it makes a new one. `accept` carries the change out and may raise a QuarterdeckError."""

    def __init__(self, team: Team | None, accept: Callable[[Team], object], *, taken: tuple[str, ...] = (), horizon: int = 39) -> None:
        self._team, self._taken, self._horizon = team, {each.casefold() for each in taken}, horizon
        name = Field("name", "Name", team.name if team else "", "Web & Commerce", limit=TITLE_LIMIT)
        people = Field("people", "People", tenths(team.people) if team else "", "3, or 2.5")
        short = [] if team else [Field("id", "Short name", "", "WEB", limit=40)]
        weeks = "\n".join(exception_lines(team)) if team else ""
        super().__init__(f"People of {team.name}" if team else "Add a team", [*short, name, people], "Weeks that differ", weeks, ABOUT, accept)

    def made(self, answer: Mapping[str, str]) -> Team:
        """Return the team that was typed. Raises FigureError with what is wrong."""
        new = self._team or Team(id=answer["id"], name="", people=0)
        if self._team is None and not new.id:
            raise FigureError("A team needs a short name, such as WEB.")
        if self._team is None and new.id.casefold() in self._taken:
            raise FigureError(f"There is already a team {new.id}: e changes it.")
        people = tenths_typed(answer["people"], "The team's people")
        by_week = exceptions_typed(answer[self.MANY], self._horizon)
        return new.model_copy(update={"name": answer["name"] or new.id, "people": people, "by_week": by_week})


def exception_lines(team: Team) -> list[str]:
    """Return a team's exceptions, one per line; consecutive weeks with equal people are joined: 7-9 1."""
    lines: list[tuple[int, int, int]] = []
    for week, people in sorted(team.by_week):
        if lines and lines[-1][1:] == (week - 1, people):
            lines[-1] = (lines[-1][0], week, people)
        else:
            lines.append((week, week, people))
    return [f"{first}{f'-{last}' if last > first else ''} {tenths(people)}" for first, last, people in lines]


def exceptions_typed(text: str, horizon: int) -> tuple[tuple[int, int], ...]:
    """Read a team's exceptions, one per line: `7 1.0`, `7-9 0`. Raises FigureError with the line that is wrong."""
    weeks: dict[int, int] = {}
    for words in lines_of(text):
        if len(words) != 2:
            raise FigureError(f"A week that differs is the week, then its people: 7 1.0, not {' '.join(words)[:30]}.")
        first, _, last = words[0].partition("-")
        begin = week_typed(first, "The week")
        end = week_typed(last, "The last week") if last else begin
        if not 1 <= begin <= end <= horizon:
            raise FigureError(f"{words[0]}: the plan has weeks 1 to {horizon}, and the first of two comes first.")
        people = tenths_typed(words[1], f"The people in week {words[0]}")
        if taken := [week for week in range(begin, end + 1) if week in weeks]:
            raise FigureError(f"Week {taken[0]} appears more than once.")
        weeks |= dict.fromkeys(range(begin, end + 1), people)
    return tuple(sorted(weeks.items()))
