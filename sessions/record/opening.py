"""The first event of every session."""

from sessions.portfolio.models import Portfolio
from sessions.record.base import SCHEMA, Event
from sessions.record.past import Past


class SessionOpened(Event):
    """A session began with this portfolio, read from `source` in `folder` with the reports `read`.

    `after` is the id of the session it follows, if any, and `past` what it brings along from there.
    """

    kind = "session_opened"
    schema_version: int = SCHEMA
    session: str
    title: str
    quarter: str = ""
    facilitator: str
    minutes: int
    source: str = ""
    folder: str = ""
    read: tuple[str, ...] = ()
    after: str = ""
    portfolio: Portfolio
    past: Past | None = None
