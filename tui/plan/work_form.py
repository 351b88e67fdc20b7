"""The form for what the plan needs to know of a card: efforts by team, what it needs, its weeks, and whether it is under way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import App
from textual.widgets import TextArea

from sessions.commands.cards import EditCard
from sessions.live.ports import ReadableSession
from sessions.portfolio.models import Project, ProjectState, Work
from sessions.state.session import Session
from sessions.wording import tenths
from tui.dialogs.form import Field
from tui.dialogs.long_form import PlanForm, lines_of
from tui.dialogs.typed_figures import FigureError, tenths_typed, week_typed

STATES: dict[str, ProjectState] = {"new": "new", "in flight": "in_flight", "delivered": "adopt", "done": "done"}
"""The states of a card, as they are typed. Delivered work is being adopted: it takes no team's weeks."""


class WorkForm(PlanForm[Project]):
    """A card's efforts, needs, weeks and state. `accept` carries the change out and may raise a QuarterdeckError."""

    def __init__(self, session: Session, card: Project, accept: Callable[[Project], object]) -> None:
        self._session, self._card = session, card
        known = ", ".join(team.id for team in session.teams) or "none yet: P shows the plan, + there adds one"
        about = f"Work, one line per team: team, person-weeks, crew (WEB 18 3). The crew is optional. Teams: {known}."
        state = next(name for name, value in STATES.items() if value == card.state)
        fields = [
            Field("needs", "Needs first", ", ".join(card.needs), "cards: P06, or #6"),
            Field("earliest", "Not before week", str(card.earliest_week) if card.earliest_week > 1 else "", "a week, or nothing"),
            Field("deadline", "Done by week", _deadline_text(card), "a week, or nothing"),
            Field("state", "State", state, ", ".join(STATES), tuple(STATES), limit=20),
        ]
        super().__init__(f"Work of {card.title}", fields, "Work", "\n".join(work_lines(card)), about, accept)

    def on_mount(self) -> None:
        """Begin at the end of the work, ready for another line."""
        area = self.query_one(f"#field-{self.MANY}", TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def made(self, answer: Mapping[str, str]) -> Project:
        """Return the card that was typed. Raises FigureError with what is wrong."""
        state = STATES.get(" ".join(answer["state"].casefold().replace("_", " ").split()) or "new")
        if state is None:
            raise FigureError(f"The state is one of {', '.join(STATES)}.")
        week = self._deadline(answer["deadline"])
        return self._card.model_copy(
            update={
                "work": work_typed(answer[self.MANY], self._session),
                "needs": needs_typed(answer["needs"], self._session, self._card),
                "earliest_week": week_typed(answer["earliest"], "Not before week") if answer["earliest"] else 1,
                "deadline_week": week,
                "deadline": self._card.deadline if week == self._card.deadline_week else "",
                "state": state,
            }
        )

    def _deadline(self, typed: str) -> int | None:
        if typed == _deadline_text(self._card):
            return self._card.deadline_week
        return week_typed(typed, "Done by week") if typed else None


def _deadline_text(card: Project) -> str:
    """Return a deadline as its field shows it; one before the quarter has no week that could be typed."""
    return "" if card.deadline_week is None else str(card.deadline_week) if card.deadline_week > 0 else "passed"


async def edit_work(app: App[object], live: ReadableSession, card: str) -> None:
    """Show the form for a card's work; what is accepted there is one event. Call it from a worker."""

    def accept(new: Project) -> None:
        live.perform(EditCard(card=new))

    await app.push_screen_wait(WorkForm(live.session, live.session.cards[card], accept))


def work_lines(card: Project) -> list[str]:
    """Return a card's work as it is typed, one line per team."""
    return [" ".join([work.team, tenths(work.effort), *([tenths(work.crew)] if work.crew is not None else [])]) for work in card.work]


def work_typed(text: str, session: Session) -> tuple[Work, ...]:
    """Read a card's work. Team names may be written in any case. Raises FigureError with the line that is wrong."""
    ids = {name.casefold(): team.id for team in session.teams for name in (team.name, team.id)}
    found = []
    for words in lines_of(text):
        figures = _figures(words)
        name = " ".join(words[: len(words) - figures])
        if not name or not figures:
            raise FigureError(f"A line of work is team, person-weeks, crew: WEB 18 3, not {' '.join(words)[:30]}.")
        effort = tenths_typed(words[len(words) - figures], f"{name}: the person-weeks")
        crew = tenths_typed(words[-1], f"{name}: the crew") if figures == 2 else None
        found.append(Work(team=ids.get(name.casefold(), name), effort=effort, crew=crew))
    return tuple(found)


def _figures(words: list[str]) -> int:
    """Count the words at the end of a line that are meant as figures: two at most, after the team."""
    if len(words) <= 2:
        return len(words) - 1
    return 2 if any(character.isdigit() for character in words[-2]) else 1


def needs_typed(text: str, session: Session, card: Project) -> tuple[str, ...]:
    """Read what a card needs: ids in any case, or #ranks. A card that has left the board may stay. Raises FigureError."""
    ids = {each.casefold(): each for each in (*session.cards, *card.needs)}
    found: list[str] = []
    for word in text.replace(",", " ").replace(";", " ").split():
        rank = word.removeprefix("#")
        if word.startswith("#") and rank.isascii() and rank.isdecimal():
            if not 1 <= int(rank[:6]) <= len(session.order):
                raise FigureError(f"There is no rank {rank[:6]}: the board has ranks 1 to {len(session.order)}.")
            need = session.order[int(rank[:6]) - 1]
        elif word.casefold() in ids:
            need = ids[word.casefold()]
        else:
            raise FigureError(f"There is no card {word[:30]}: name its id or its rank, such as #6.")
        if need == card.id:
            raise FigureError("A card cannot need itself.")
        found += [need] if need not in found else []
    return tuple(found)
