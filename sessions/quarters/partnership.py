"""How far the partnership of business and IT is, what the next level lacks, and who answered (METHOD 6.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sessions.portfolio.models import Side
from sessions.quarters.pulse import who_answered
from sessions.record.events import PastPartnership
from sessions.rounds.methods.partnership import ITEMS, SPEC, partnership_level
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.answers import LEVELS, Level, level
from sessions.wording import listed, plural

NAMES: Mapping[str, str] = {each.id: each.name for each in ITEMS}
"""The items by id, in their order."""


def partnership_round(session: Session) -> Round | None:
    """Return the latest revealed round on the partnership."""
    return next(iter(reversed(session.rounds_of(SPEC.name))), None)


def partnership(session: Session) -> Level | None:
    """Return the level that the room's latest answers reach; None without answers to every item."""
    round_ = partnership_round(session)
    return partnership_level(round_) if round_ else None


def to_reach(found: Level) -> str:
    """Return what the next level lacks: To reach level 3: seat, sponsorship, initiative. Empty at the highest level."""
    return f"To reach level {found.level + 1}: {', '.join(NAMES[item] for item in found.lacking)}." if found.lacking else ""


def side_means(found: Level) -> dict[Side, Fraction]:
    """Return the mean of each side's medians; of the whole room without a name if the sides are not apart."""
    sides = dict.fromkeys(side for its in found.medians.values() for side in its)
    return {side: Fraction(sum(its[side] for its in found.medians.values()), len(found.medians)) for side in sides}


def lacks(found: Level, side: Side) -> tuple[str, ...]:
    """Return the items that a side itself sees below the next level."""
    return tuple(item for item, its in found.medians.items() if found.level < LEVELS and its[side] <= found.level)


# --- compared with the session before


def past_partnership(session: Session) -> PastPartnership | None:
    """Return what the next session of the series keeps of the answers."""
    round_, found = partnership_round(session), partnership(session)
    if round_ is None or found is None:
        return None
    medians = {side: tuple(its[side] for its in found.medians.values()) for side in side_means(found)}
    return PastPartnership(medians=tuple(medians.items()), roles=who_answered(session, round_))


def earlier_partnership(session: Session) -> Level | None:
    """Return the level that the earlier session of the series reached, as far as it was known when this one began."""
    known = session.past.partnership if session.past else None
    if known is None:
        return None
    return level({item: {side: [its[place]] for side, its in known.medians} for place, item in enumerate(NAMES)})


def others_answered(session: Session) -> str:
    """Return a note if other people answered than in the earlier session: then more than opinions differ."""
    round_, known = partnership_round(session), session.past.partnership if session.past else None
    if round_ is None or known is None or session.past is None:
        return ""
    now, before = {*who_answered(session, round_)}, {*known.roles}
    if not now or not before or now == before:
        return ""
    parts = [f"{plural(len(now - before), 'role')} new"] if now - before else []
    parts += [f"{plural(len(before - now), 'role')} missing"] if before - now else []
    return f"Not the same people answered as in {session.past.quarter or 'the session before'}: {listed(parts)}."


def new_objectives(session: Session) -> Sequence[str]:
    """Return the texts of the objectives that are new this quarter: how many of them IT knew before is asked with the partnership."""
    return [each.text for each in session.objectives if each.new]
