"""What the plan adds to the page: when work is ready, which promises it no longer keeps, and what would start a card sooner (METHOD 5.3)."""

from __future__ import annotations

from sessions.deciding.session_plan import session_plan
from sessions.sequencing.changes import Change, Move, People, Split
from sessions.sequencing.levers import Lever, levers
from sessions.sequencing.plan import Plan
from sessions.sequencing.weeks import on_short_start, short_end, short_start
from sessions.sequencing.what_if import effect_sentence
from sessions.state.session import Session
from sessions.summary.facts import Decided, Outcome
from sessions.summary.markdown_escape import inline

_CARDS, _LINES = 5, 3
"""The waiting cards that are looked at, and the lines that come of them."""
_LARGEST = 500
"""Cards up to which levers are tried: every one of them is a plan of its own."""


def ready_by(session: Session, each: Decided) -> str:
    """Return the day by which a card is in use, as it was promised; nothing where none was."""
    if each.decision.finish is not None:
        return short_end(session.portfolio, each.decision.finish)
    plan = session_plan(session)
    return "" if plan.empty or plan.workload.blocks_of(each.card.id) else "business side only"


def could_start(session: Session, card: str) -> str:
    """Return when an undecided card could start; nothing if there is no plan, or no place in it."""
    plan = session_plan(session)
    start = None if plan.empty else plan.at(card).start
    return "" if start is None else f"could start {on_short_start(session.portfolio, start)}"


def no_longer_kept(session: Session, result: Outcome) -> list[str]:
    """Name the cards that the plan as it is now starts later than was promised."""
    plan = session_plan(session)
    if plan.empty:
        return []
    late = []
    for each in (*result.now, *result.waiting):
        start, promised = plan.at(each.card.id).start, each.decision.week
        if promised is not None and (start is None or start > promised) and each.decision.word != "continue":
            when = "finds no place" if start is None else f"starts {on_short_start(session.portfolio, start)}"
            late.append(f"By the plan as it is now, {inline(each.card.title)} {when}; {short_start(session.portfolio, promised)} was promised.")
    return late


def sooner(session: Session, result: Outcome) -> list[str]:
    """Return what would start the first cards that wait sooner, and what else that would change."""
    plan = session_plan(session)
    if plan.empty or len(session.order) > _LARGEST:
        return []
    # A broken promise is reported as such; a lever would name another week than the page.
    waiting = [each for each in sorted(result.waiting) if plan.at(each.card.id).start == each.decision.week]
    # What helps several cards appears once.
    found: dict[Change, list[Lever]] = {}
    for each in waiting[:_CARDS]:
        if best := _best(plan, each.card.id):
            found.setdefault(best.change, []).append(best)
    return [_line(session, alike) for alike in list(found.values())[:_LINES]]


def _line(session: Session, alike: list[Lever]) -> str:
    starts = [f"{inline(session.cards[each.card].title)} {_sooner(session, each)}" for each in alike]
    return f"{inline(alike[0].title)}: {'; '.join(starts)}. ({inline(effect_sentence(alike[0].effect))})"


def _sooner(session: Session, lever: Lever) -> str:
    before, after = lever.before.start, lever.after.start
    start = on_short_start(session.portfolio, after or 1)
    return f"{start} instead of {short_start(session.portfolio, before)}" if before is not None else start


def _best(plan: Plan, card: str) -> Lever | None:
    """Return the cheapest lever that starts a card sooner and ends it no later: a smaller crew, else the fewest people, a split at the last.

    Another place is no lever here: the room has just agreed on the order.
    """
    found = [each for each in levers(plan, card) if each.gain > 0 and not isinstance(each.change, Move) and not _ends_later(each)]
    return min(found, key=_price, default=None)


def _price(lever: Lever) -> tuple[int, int]:
    match lever.change:
        case People(by=people):
            return 1, people
        case Split():
            # A part that starts alone is not yet the card that people wait for.
            return 2, 0
        case _:
            return 0, 0


def _ends_later(lever: Lever) -> bool:
    before, after = lever.before.finish, lever.after.finish
    return before is not None and (after is None or after > before)
