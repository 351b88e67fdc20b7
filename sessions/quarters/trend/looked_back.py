"""What a session says about the one before it: its decisions and promises, and the use of what was delivered (METHOD 6.1, 6.1b, 6.5, 6.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypedDict

from sessions.quarters.adoption import adopted, looked_at, value_realised
from sessions.quarters.look_back import outcomes_of
from sessions.quarters.promises import Kept, causes, decisions_kept, left_open, not_before_kept
from sessions.record.events import CardOutcome, Past
from sessions.state.session import Session


class KeptFigures(TypedDict):
    """How many decisions or promises the room kept, of those kept or broken."""

    kept: int
    of: int


class AdoptedFigures(TypedDict):
    """How many deliveries are in use, below their target, accepted below it, and not measured."""

    adopted: int
    below: int
    accepted: int
    unmeasured: int
    of: int


class RealisedFigures(TypedDict):
    """The benefit a month that arrived, and that was promised, of what was measured; all deliveries but the `unmeasured` ones."""

    realised: int
    promised: int
    unmeasured: int
    of: int
    currency: str


class LookedBack(TypedDict):
    """What a session says about the earlier one, whose id is `session`."""

    session: str
    decisions: KeptFigures
    not_before: KeptFigures
    outcomes: dict[str, int]
    causes: dict[str, int]
    adopted: AdoptedFigures
    realised: RealisedFigures


def looked_back(session: Session) -> LookedBack | None:
    """Return what a session says about the earlier one; None if it follows none."""
    past = session.past
    if past is None:
        return None
    delivered, said = looked_at(session), outcomes_of(session)
    use, worth = adopted(delivered), value_realised(delivered, session.portfolio.currency)
    return {
        "session": past.session,
        "decisions": _kept(decisions_kept(said.values())),
        "not_before": _kept(not_before_kept(past, said)),
        "outcomes": dict(_counts(past, said)),
        "causes": {str(cause): count for cause, count in causes(said.values()).items()},
        "adopted": {"adopted": use.adopted, "below": use.below, "accepted": use.accepted, "unmeasured": use.unmeasured, "of": use.of},
        "realised": {
            "realised": worth.realised,
            "promised": worth.promised,
            "unmeasured": worth.unmeasured,
            "of": worth.of,
            "currency": session.portfolio.currency,
        },
    }


def _counts(past: Past, said: Mapping[str, CardOutcome]) -> Counter[str]:
    """Return how many decisions have each outcome; what no one has said is open."""
    counts = Counter[str](each.outcome for each in said.values())
    return counts + Counter(open=left_open(past, said) - counts["open"])


def _kept(found: Kept) -> KeptFigures:
    return {"kept": found.kept, "of": found.of}
