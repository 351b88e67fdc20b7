"""The values a portfolio is made of: frozen, plain, and serialisable as they are.

Amounts are whole units of a currency, people and effort are whole tenths (of a person, of a person-week: METHOD 5.1), weeks count from 1 at the
quarter's first Monday, dates are ISO text. There is no float anywhere, so that what is recorded is exactly what was read.
Nothing here reads a file or judges a card: that is `imports` and `checks`.
"""

import re
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from sessions.wording import date_of

TITLE_LIMIT = 200
"""The longest title that a card shows, in characters; a longer one is cut at import, with a note."""
NAME_LIMIT = 200
"""The longest sponsor, owner or objective, in characters: they share one line of a card."""
TEXT_LIMIT = 4000
"""The longest text of any other field, in characters."""
CURRENCY_LIMIT = 10
"""The longest name of a currency, in characters."""
AMOUNT_LIMIT = 10**15
"""The largest amount of money that is believed, in whole units of the currency."""

_CURRENCIES_OF = {
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}
"""The currencies that share a sign."""


def quarter_after(quarter: str) -> str:
    """Return the quarter after one written as 2026-Q4: 2027-Q1; empty for any other text."""
    if not quarter_start_of(quarter):
        return ""
    year, number = int(quarter.strip()[:4]), int(quarter.strip()[-1])
    return f"{year + number // 4}-Q{number % 4 + 1}"


def quarter_start_of(quarter: str) -> str:
    """Return the first Monday of a quarter written as 2026-Q4, as an ISO date; empty if it is written otherwise."""
    match = re.fullmatch(r"(\d{4})-?[Qq]([1-4])", quarter.strip())
    if not match or not 1970 <= int(match[1]) <= 2200:
        return ""
    first = date(int(match[1]), 3 * int(match[2]) - 2, 1)
    return (first + timedelta(days=-first.weekday() % 7)).isoformat()


def coming_quarter(today: date) -> str:
    """Return the quarter that a session held today is likely to be about: in the last five weeks of a quarter the next one."""
    then = today + timedelta(weeks=5)
    return f"{then.year}-Q{(then.month + 2) // 3}"


Side = str
"""A side of the room, as a slug: business and it, and any others that a portfolio names, such as board."""
Seat = Literal["facilitator", "decider", "voter", "observer"]
ProjectState = Literal["new", "in_flight", "adopt", "done"]
Kind = Literal["grow", "run", "comply", "direction"]


class Value(BaseModel):  # noqa: PLW1641 - pydantic makes the hash of a frozen class
    """The base of every value: frozen, and closed to fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, protected_namespaces=())

    def __eq__(self, other: object) -> bool:
        """Compare the fields: all that a value has. Recording asks of every part whether it is the default."""
        return self is other or (type(self) is type(other) and self.__dict__ == other.__dict__)


class Objective(Value):
    """A business objective, ranked by the business: 1 is the first."""

    id: str
    rank: int
    text: str
    owner: str = ""
    new: bool = False
    note: str = ""


class Team(Value):
    """People who do project work. `people` is in tenths of a person, `by_week` the exceptions as (week, tenths)."""

    id: str
    name: str
    people: int
    key: bool = False
    by_week: tuple[tuple[int, int], ...] = ()


class Participant(Value):
    """Someone in the room, named by role. `votes` says whether the role has a vote in ballots."""

    id: str
    role: str
    side: Side
    seat: Seat = "voter"
    votes: bool = True
    new_in_role: bool = False
    note: str = ""


class Work(Value):
    """What one team does for a card: `effort` in tenths of a person-week, `crew` in tenths of a person or None for the default (METHOD 5.1)."""

    team: str
    effort: int
    crew: int | None = None


class Benefit(Value):
    """The benefit in business terms (METHOD 1.1): one sentence, or the chain change, effect, business effect; `monthly` in whole units a month.

    `currency` is that of `monthly`: an ISO code or a sign, or empty if none was named.
    """

    text: str = ""
    change: str = ""
    effect: str = ""
    business_effect: str = ""
    monthly: int | None = None
    currency: str = ""


class Adoption(Value):
    """How the room will see that people use it. Baseline and target are decimal text, as written, because lower may be better."""

    who: str = ""
    measure: str = ""
    baseline: str = ""
    target: str = ""
    by: str = ""
    plan_owner: str = ""


class Budget(Value):
    """Money as a project asks for it: whole units, and the currency as an ISO code or empty if none was named."""

    amount: int
    currency: str = ""


class Project(Value):
    """One project of the portfolio: a card on the board. Only the title is needed; every other field unlocks something."""

    id: str
    title: str
    description: str = ""
    objective: str = ""
    sponsor: str = ""
    it_partner: str = ""
    benefit: Benefit = Benefit.model_construct()  # as Benefit(), which would need the validator that is built when it is first used
    adoption: Adoption = Adoption.model_construct()
    budget: Budget | None = None
    kind: Kind = "grow"
    state: ProjectState = "new"
    must: bool = False
    rule: str = ""
    """Why it is a must; `rule_by` is the day by which it demands it, as written, and `rule_owner` who answers for it."""
    rule_by: str = ""
    rule_owner: str = ""
    origin: Side = ""
    work: tuple[Work, ...] = ()
    needs: tuple[str, ...] = ()
    earliest_week: int = 1
    deadline_week: int | None = None
    deadline: str = ""
    """The deadline as a file has it, an ISO date: the plan asks for its week, which `with_weeks` finds; people read the date."""
    previous_rank: int | None = None
    order_taker_version: str = ""
    arguments_for: str = ""
    """What speaks for a change of direction, and against it (METHOD 1, claim 34)."""
    arguments_against: str = ""
    note: str = ""
    parent: str = ""
    made_id: bool = False
    """Whether Quarterdeck made the id up: then it says nothing about cards of other files or sessions."""
    fields: tuple[tuple[str, str], ...] = ()
    """Columns that were not recognised, kept as (name, text) in the order of the file."""


class Portfolio(Value):
    """Everything that is brought into the room, in the order in which the cards first lie on the board."""

    name: str = ""
    about: str = ""
    quarter: str = ""
    quarter_start: str = ""
    weeks_in_quarter: int = 13
    horizon_weeks: int = 39
    session_date: str = ""
    minutes: int = 90
    currency: str = ""
    objectives: tuple[Objective, ...] = ()
    teams: tuple[Team, ...] = ()
    participants: tuple[Participant, ...] = ()
    projects: tuple[Project, ...] = ()

    def currency_of(self, named: str) -> str:
        """Return the currency of an amount beside which one was named: the portfolio's for none, or for a sign such as $ that it shares."""
        return self.currency if not named or self.currency in _CURRENCIES_OF.get(named, ()) else named

    def with_weeks(self, start: str = "") -> "Portfolio":
        """Return the portfolio with the week of each date: the last whose Friday is not after it; `start` is the quarter's, if it has none."""
        monday = date_of(self.quarter_start or start)
        if not monday or not any(card.deadline for card in self.projects):
            return self
        cards = []
        for card in self.projects:
            day = date_of(card.deadline) if card.deadline_week is None else None
            cards.append(card.model_copy(update={"deadline_week": ((day - monday).days + 3) // 7}) if day else card)
        return self.model_copy(update={"projects": tuple(cards)})

    def week_date(self, week: int) -> date | None:
        """Return the Monday of a week (METHOD 5.8), or None if the portfolio names no quarter's start."""
        if not self.quarter_start:
            return None
        return date.fromisoformat(self.quarter_start) + timedelta(days=7 * (week - 1))
