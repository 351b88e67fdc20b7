"""Commands on what the room agrees for all cards together: the line, and the day of the next session."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, handles
from sessions.commands.cards import coming_date
from sessions.deciding.line import currencies_of_budgets, has_capacity_data
from sessions.errors import PortfolioError, SessionError
from sessions.imports.money import parse_money
from sessions.portfolio.models import AMOUNT_LIMIT
from sessions.record import events as ev
from sessions.record.events import Event, Line
from sessions.state.session import Session
from sessions.wording import plural

_COUNTED = 3
"""Digits up to which a bare number counts projects, on a board of any size; a longer one is money, unless the board is as long."""


class LineRefusedError(SessionError):
    """The line cannot be drawn there, or the plan draws it."""


class DrawLine(Command):
    """Draw the room's line below a number of projects or at an amount; with neither, remove the line."""

    projects: int | None = None
    amount: int | None = None


class SetNextSession(Command):
    """Name the day of the next session, as an ISO date; an empty text removes it."""

    day: str


def line_asked(session: Session, text: str) -> DrawLine:
    """Return the command for a typed number of projects or amount of money; for no text the one that removes the line.

    Raises:
        SessionError: the text is neither.
    """
    text = text.strip()
    if not text:
        return DrawLine()
    if text.isascii() and text.isdecimal() and (len(text) <= _COUNTED or int(text) <= len(session.order)):
        return DrawLine(projects=int(text))
    try:
        money = parse_money(text)
    except PortfolioError:
        money = None
    names = currencies_of_budgets(session)
    if money is None:
        wrong = "neither a number of projects nor an amount: type 7, or 12M" if len(names) == 1 else "not a number of projects: type 7"
        raise LineRefusedError(f"That is {wrong}.")
    if len(names) == 1 and money.currency not in ("", "$", "¥", "kr", *names):
        raise LineRefusedError(f"The budgets are in {', '.join(names) or 'no currency'}, not in {money.currency}.")
    return DrawLine(amount=money.amount)


@handles(DrawLine)
def _draw(session: Session, command: DrawLine, _: CommandContext) -> list[Event]:
    new = None if command.projects is None and command.amount is None else Line(projects=command.projects, amount=command.amount)
    if new is not None:
        _check_line(session, new)
    return [] if new == session.line else [ev.LineDrawn(old=session.line, new=new, asked_by=session.asker)]


def _check_line(session: Session, line: Line) -> None:
    if has_capacity_data(session):
        raise LineRefusedError("The plan draws the line here, from the people of the teams: P shows it, x tries other people or another order.")
    if line.projects is not None and line.amount is not None:
        raise LineRefusedError("The line follows a number of projects or an amount, not both.")
    count = len(session.order)
    if line.projects is not None and not 0 <= line.projects <= count:
        raise LineRefusedError(f"There {'is' if count == 1 else 'are'} {plural(count, 'project')} on the board: give a number from 0 to {count}.")
    if line.amount is None:
        return
    if not 0 < line.amount <= AMOUNT_LIMIT:
        raise LineRefusedError("An amount is more than nothing, such as 12M.")
    currencies = currencies_of_budgets(session)
    if not currencies:
        raise LineRefusedError("No project has a budget to add up: give a number of projects, such as 7.")
    if len(currencies) > 1:
        raise LineRefusedError("The budgets are in several currencies, which cannot be added up: give a number of projects, such as 7.")


@handles(SetNextSession)
def _set_next(session: Session, command: SetNextSession, _: CommandContext) -> list[Event]:
    day = coming_date(session, command.day.strip()) if command.day.strip() else ""
    return [] if day == session.next_session else [ev.NextSessionSet(old=session.next_session, new=day)]
