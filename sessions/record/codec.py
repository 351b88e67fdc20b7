"""Between events and the plain dicts of the record. An unknown kind or a newer schema is an error, never silence."""

from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from sessions.errors import RecordError
from sessions.record.base import SCHEMA, Event
from sessions.record.opening import SessionOpened
from sessions.sanitize import clean


@cache
def _adapter(kind: str) -> TypeAdapter[Event] | None:
    """Return what reads events of a kind, None for a kind that is not known. A session has only a few of them."""
    if kind == SessionOpened.kind:
        return TypeAdapter(SessionOpened)
    from sessions.record.kinds import KINDS  # noqa: PLC0415 - 60 classes, of which a new session has none

    return TypeAdapter(KINDS[kind]) if kind in KINDS else None


def is_known(kind: str) -> bool:
    """Return whether this version knows events of a kind."""
    return _adapter(kind) is not None


class Recorded(NamedTuple):
    """An event in the record.

    `seq` counts from 1 and is the only order; `at` is the wall clock in UTC, as shown, never sorted by; `by` the participant who gave the command;
    `elapsed` the seconds of the session, from a clock that never runs backwards.
    """

    seq: int
    at: str
    by: str
    elapsed: int
    event: Event

    def as_record(self) -> dict[str, Any]:
        """Return the plain dict that the journal stores, without fields at their default; kind and schema version stay."""
        fields = self.event.model_dump(mode="json", exclude_defaults=True)
        record = {
            "seq": self.seq,
            "at": self.at,
            "by": self.by,
            "elapsed": self.elapsed,
            "kind": self.event.kind,
            **fields,
        }
        if isinstance(self.event, SessionOpened):
            # Without it, a later version would read the record as its own.
            record["schema_version"] = self.event.schema_version
        return record


def _check_schema(version: object) -> None:
    """Refuse a session that was written by a newer version of these classes, or that does not say by which."""
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise RecordError("The first record does not say which version of Quarterdeck's schema it was written in.")
    if version > SCHEMA:
        raise RecordError(f"The session was written by a newer Quarterdeck (schema {version}, this one knows {SCHEMA}).")


def recorded_from(record: dict[str, Any]) -> Recorded:
    """Read one stored record.

    Raises:
        RecordError: the kind is unknown, the schema newer than ours, or a field is not what it should be.
    """
    kind = record.get("kind")
    adapter = _adapter(kind) if isinstance(kind, str) else None
    if adapter is None:
        raise RecordError(f"{_named(record)} is of a kind that this version of Quarterdeck does not know: open the session with a newer version.")
    if kind == "session_opened":
        _check_schema(record.get("schema_version"))
    body = record.copy()
    del body["kind"]
    body.pop("chain", None)
    try:
        seq, at, by, elapsed = body.pop("seq"), body.pop("at"), body.pop("by"), body.pop("elapsed")
        # The adapter's own validator, because this runs for every record of a session before its first frame.
        event: Event = adapter.validator.validate_python(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = clean(".".join(str(part) for part in first["loc"]), 100)
        raise RecordError(f"{_named(record)}: the field {where} is not as it should be ({clean(first['msg'], 200)}).") from None
    except KeyError:
        raise RecordError(f"{_named(record)} lacks its seq, time, author or seconds.") from None
    if not (type(seq) is int and type(at) is str and type(by) is str and type(elapsed) is int):
        raise RecordError(f"{_named(record)}: its seq and seconds must be whole numbers, its time and author texts.")
    return Recorded(seq, at, by, elapsed, event)


def _named(record: dict[str, Any]) -> str:
    """Name a record in a sentence that refuses it: nothing in it was checked yet."""
    seq, kind = record.get("seq"), record.get("kind")
    number = str(seq) if type(seq) is int and abs(seq) < 10**9 else "without a number"
    return f"Record {number} ({clean(kind, 40) if isinstance(kind, str) else 'no kind'})"
