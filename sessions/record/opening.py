"""The first event of every session."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import PlainValidator, ValidationError

from sessions.portfolio.models import Portfolio
from sessions.record.base import SCHEMA, Event

if TYPE_CHECKING:
    from sessions.record.past import Past


def _past(given: object) -> "Past | None":
    """Read what a session brings along. Its classes are loaded only then: the first session of a series brings nothing."""
    if given is None:
        return None
    from sessions.record.past import Past  # noqa: PLC0415 - as above

    try:
        return Past.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(": ".join([*map(str, first["loc"]), first["msg"]])) from None


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
    if TYPE_CHECKING:
        past: Past | None = None
    else:
        past: Annotated[Any, PlainValidator(_past)] = None
