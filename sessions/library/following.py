"""Beginning a session after an earlier one: which one, whether it can be followed, and what should be asked first.

`new` imports it when a session is to follow one; opening a session never does.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sessions.errors import QuarterdeckError
from sessions.library.library import Library, OpenSession, SessionRef
from sessions.library.series import to_follow
from sessions.portfolio.models import Participant, Portfolio, coming_quarter, quarter_after, quarter_start_of
from sessions.quarters.carry_over import Carried, carry_over
from sessions.sanitize import quoted
from sessions.state.session import Session


class CannotFollowError(QuarterdeckError):
    """The earlier session is damaged, of a later quarter, or has no card in common with the file."""


class Followed(NamedTuple):
    """An earlier session that was read to be followed."""

    ref: SessionRef
    session: Session

    @property
    def name(self) -> str:
        """Return what people call the session."""
        return session_name(self.session.title, self.session.quarter)


def session_name(title: str, quarter: str) -> str:
    """Return a session's title, with the quarter unless the title has it."""
    return title if not quarter or quarter in title else f"{quarter} {title}"


def read_earlier(library: Library, ref: SessionRef) -> Followed:
    """Return an earlier session. Raises CannotFollowError if it is damaged or cut short, RecordError if nothing of it can be read."""
    found = library.read(ref)
    if found.damage:
        raise CannotFollowError(f"{found.damage}; no session was created. `quarterdeck repair {ref.id}` makes a copy that can be followed.")
    if found.problem:
        raise CannotFollowError(f"{found.problem.removesuffix('.')}; no session was created. Put the newer file back, or follow another session.")
    return Followed(ref, found.session)


def next_quarter(earlier: Session | None, given: str, portfolio: Portfolio | None, today: date) -> str:
    """Return the quarter of a new session: as it was given or the file says, else the coming one, or at least the one after the earlier one's."""
    named, coming = given.strip() or (portfolio.quarter if portfolio else ""), coming_quarter(today)
    if named or earlier is None or quarter_start_of(coming) > quarter_start_of(earlier.quarter):
        return named or coming
    return quarter_after(earlier.quarter) or coming


def check_quarter(given: str, portfolio: Portfolio | None) -> None:
    """Raise QuarterdeckError if the given text is not a quarter, unless the file has it, too."""
    if given.strip() and not quarter_start_of(given) and given.strip() != (portfolio.quarter if portfolio else ""):
        raise QuarterdeckError(f"{quoted(given)} is not a quarter; write it as 2026-Q4.")


def follow(
    followed: Followed,
    portfolio: Portfolio | None,
    *,
    quarter: str,
    today: date,
    people: Sequence[Participant] = (),
    answers: Mapping[str, str] | None = None,
) -> Carried:
    """Carry a session over.

    Raises:
        CannotFollowError: it is of a later quarter, or has no card in common with the portfolio.
        QuarterdeckError: the given quarter is not one.
    """
    check_quarter(quarter, portfolio)
    quarter = next_quarter(followed.session, quarter, portfolio, today)
    if quarter_start_of(quarter) and quarter_start_of(followed.session.quarter) > quarter_start_of(quarter):
        raise CannotFollowError(f"{followed.name} is of a later quarter than {quarter}: a session can only follow an earlier one.")
    carried = carry_over(followed.session, portfolio, quarter=quarter, day=today.isoformat(), people=people, answers=answers)
    if not carried.report.carried and not carried.report.ambiguous:
        what = "has no card in common with the file" if portfolio else "has no card to carry over"
        raise CannotFollowError(f"{followed.name} {what}: name another session, or begin without one.")
    return carried


def next_title(library: Library, followed: Followed, portfolio: Portfolio, source: str = "") -> str:
    """Return the title of a session that follows, unless it is given one: that of the earlier one, with the new quarter."""
    title, quarter = followed.session.title, followed.session.quarter
    if quarter and quarter in title and portfolio.quarter not in ("", quarter):
        return title.replace(quarter, portfolio.quarter)
    return library.free_title(portfolio.model_copy(update={"name": title}), source, portfolio.quarter)


def doubts(followed: Followed, quarter: str) -> list[str]:
    """Return what should be asked before a session follows: the earlier one is still open, or is about the same quarter."""
    session = followed.session
    found = [] if session.closed else [f"{followed.name} is still open: it is carried over as it is now."]
    return found + ([f"{followed.name} is about the same quarter."] if quarter and session.quarter == quarter else [])


def begin(
    library: Library,
    portfolio: Portfolio | None,
    after: tuple[Followed, Carried] | None,
    *,
    title: str = "",
    quarter: str = "",
    source: str = "",
    folder: str = "",
    read: Sequence[str] = (),
    people: Sequence[Participant] = (),
    minutes: int = 0,
) -> OpenSession:
    """Create a session from a portfolio, or with what was carried over from the session before it, and open it.

    Raises QuarterdeckError if the given text is not a quarter, RecordError when the store cannot be written.
    """
    past = None
    if after is None:
        check_quarter(quarter, portfolio)
    else:
        followed, carried = after
        portfolio, past, quarter, people = carried.portfolio, carried.past, carried.portfolio.quarter, ()
        title = title or next_title(library, followed, portfolio, source)
        source, folder = source or followed.session.source, folder or followed.session.folder
        read = (*read, carried_words(followed, carried))
    assert portfolio is not None
    return library.create(
        portfolio, title=title, quarter=quarter, source=source, folder=folder, read=read, people=people, minutes=minutes, past=past
    )


def find_offer(library: Library, portfolio: Portfolio, quarter: str) -> Followed | None:
    """Return the earlier session that has most cards of a file; None if none has any, or it cannot be read."""
    with contextlib.suppress(QuarterdeckError):
        if found := to_follow(library.entries(), portfolio, quarter or portfolio.quarter):
            return read_earlier(library, library.ref(found[0]))
    return None


def followed_of(followed: Followed) -> dict[str, str]:
    """Return what names an earlier session, for scripts."""
    return {"session": followed.ref.id, "title": followed.session.title, "quarter": followed.session.quarter}


def carried_words(followed: Followed, carried: Carried) -> str:
    """Return one line on what is carried over."""
    return f"After {followed.name}: {carried.report.counts()}"
