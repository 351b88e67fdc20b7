"""What a view can be changed to: the list from which one is chosen, and what a choice does."""

from __future__ import annotations

from collections import Counter
from typing import cast

from sessions.quarters.again import hides_ranks
from sessions.state.session import Session
from sessions.wording import plural
from tui.board.view import BOARD, FIELD, Sort, State, View, facet_name, facet_values, totals
from tui.cards.face import VoteSummary
from tui.dialogs.choose import Choice

_GROUPS = 60
"""The most values that a column may have to be worth grouping by."""
_STATES: tuple[tuple[State, str], ...] = (("open", "Only what is not decided"), ("decided", "Only what is decided"))


def view_choices(session: Session, view: View, voices: VoteSummary, marked: frozenset[str]) -> list[Choice]:
    """Return what a view can be changed to, with how many cards each would show."""
    cards = session.cards
    counted = _facets(session)
    choices = [Choice("all", "Show all, in the board's order", plural(len(cards), "card"))] if view != BOARD else []
    if marked:
        choices.append(Choice("state:marked", "Only what is marked", totals(session, [card for card in session.order if card in marked])))
    if voices.talk:
        choices.append(Choice("state:contested", "Only what the room differs on", plural(len(voices.talk), "card")))
    if session.decisions:
        numbers = {"open": len(cards) - len(session.decisions), "decided": len(session.decisions)}
        choices += [Choice(f"state:{state}", text, plural(numbers[state], "card")) for state, text in _STATES if numbers[state]]
    choices += [Choice(f"group:{facet}", f"Group by {facet_name(facet)}", plural(len(counts), "group")) for facet, counts in counted.items()]
    choices += [Choice(f"sort:{sort}", f"Sort by {sort}", "a view: nothing moves") for sort in _sorts(session, voices)]
    for facet, counts in counted.items():
        for value, number in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
            choices.append(Choice(f"only:{facet}:{value}", f"Only {facet_name(facet)}: {value or 'none'}", plural(number, "card")))
    return choices


def changed_view(view: View, choice: str) -> View:
    """Return a view with a choice added or, if it has it already, removed."""
    kind, _, rest = choice.partition(":")
    match kind:
        case "state":
            state = cast("State", rest)
            return view._replace(state="" if view.state == state else state)
        case "group":
            return view._replace(group="" if view.group == rest else rest)
        case "sort":
            sort = cast("Sort", rest)
            return view._replace(sort="" if view.sort == sort else sort)
        case "only":
            facet, value = _facet_of(rest)
            others = tuple(each for each in view.facets if each[0] != facet)
            return view._replace(facets=others if (facet, value) in view.facets else (*others, (facet, value)))
    return BOARD


def _facet_of(text: str) -> tuple[str, str]:
    name = text.removeprefix(FIELD)
    facet, _, value = name.partition(":")
    return (f"{FIELD}{facet}" if name != text else facet), value


def _facets(session: Session) -> dict[str, Counter[str]]:
    """Return the facets in which the cards differ, with few enough values to be groups, and the cards of each value."""
    fields = dict.fromkeys(f"{FIELD}{name}" for card in session.cards.values() for name, _ in card.fields if ":" not in name)
    few = min(_GROUPS, max(2, len(session.cards) * 3 // 4))
    counted = {facet: _counted(session, facet) for facet in ("sponsor", "objective", "team", *fields)}
    return {facet: counts for facet, counts in counted.items() if 2 <= len(counts) <= few}


def _counted(session: Session, facet: str) -> Counter[str]:
    values = facet_values(session, facet)
    return Counter(value for card in session.cards.values() for value in values(card))


def _sorts(session: Session, voices: VoteSummary) -> list[Sort]:
    cards = session.cards.values()
    offered: list[tuple[Sort, bool]] = [
        ("votes", bool(voices.bars)),
        ("budget", any(card.budget for card in cards)),
        ("worth", any(card.benefit.monthly is not None for card in cards)),
        ("last quarter", not hides_ranks(session) and any(card.previous_rank for card in cards)),
    ]
    return [sort for sort, known in offered if known]
