"""What the guide knows from the latest reveal."""

from __future__ import annotations

from collections.abc import Iterable

from sessions.guide.step import Known
from sessions.rounds.results import ResultCache
from sessions.rounds.reveal_words import headline
from sessions.state.session import Session


def known_of(session: Session, results: ResultCache, read: Iterable[str] = ()) -> Known:
    """Return what the latest reveal says to the guide, as far as it is computed, and the cards that were read aloud."""
    round_ = session.latest_order
    if session.phase not in ("reveal", "talk", "decide", "close") or round_ is None:
        return Known(read=frozenset(read))
    result = results.result(session, round_)
    if not result.ready:
        return Known(read=frozenset(read))
    first = session.ballot_number(round_.opened.round) == 1 and result.order
    return Known(
        to_talk=tuple(each.card for each in result.worth_talking),
        headline=headline(result),
        read=frozenset(read),
        alike=result.order[0] if first and result.groupthink else "",
    )
