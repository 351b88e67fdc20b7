"""What a reveal says in plain words: the headline, how united the sides are, why the line is at its place, and what the order depends on."""

from __future__ import annotations

from fractions import Fraction

from sessions.rounds.count import first_cards, first_in_words
from sessions.rounds.reveal import RevealResult
from sessions.voting.attention import FEWEST_INSIDE
from sessions.wording import capital, listed, plural, side_name

UNITED = Fraction(7, 10)
"""From this agreement on a side is united: strong, in the words of METHOD 4.1."""


def headline(reading: RevealResult) -> str:
    """Return what the ballots say, in one sentence; nothing if everybody abstained."""
    if not reading.order:
        return ""
    many, k = len(reading.agreed), reading.k
    if k >= len(reading.order):
        return f"All {len(reading.order)} can start: only their order is open." if len(reading.order) > 1 else "The one card can start."
    first = first_in_words(reading.session, reading.order, k)
    if len(reading.sides) > 1:
        told = "all" if many == k else str(many or "none")
        return f"{capital(listed([side_name(side) for side in reading.sides]))} agree on {told} of {first}."
    whose = side_name(reading.sides[0]) if reading.sides else "the room"
    return f"Most of {whose} would start {many or 'none'} of {first}."


def big_figure(reading: RevealResult) -> str:
    """Return the figures of the headline, to be drawn large: 3 of 7; nothing if it has none."""
    return f"{len(reading.agreed)} of {reading.k}" if 0 < reading.k < len(reading.order) else ""


def unity(reading: RevealResult) -> str:
    """Return which sides are of one mind, and before it that they disagree if they share at most half of the first cards."""
    if reading.revealed.hands or len(reading.sides) < 2:
        return ""
    known = [(side_name(side), w) for side in reading.sides if (w := reading.agreement.w_by_side.get(side)) is not None]
    united = [name for name, w in known if w >= UNITED]
    less = [name for name, w in known if w < UNITED]
    apart = "The sides disagree. " if 2 * len(reading.agreed) <= reading.k < len(reading.order) else ""
    if not known:
        return apart.strip()
    if united and less:
        return f"{apart}{capital(listed(united))} {'is' if len(united) == 1 else 'are'} united, {listed(less)} less so."
    if less:
        no_one = "Neither side is" if len(known) == 2 else "No side is" if len(known) > 2 else f"{capital(less[0])} is not"
        return f"{apart}{no_one} united."
    return f"{apart}{'Each side is' if len(known) > 1 else f'{capital(united[0])} is'} united."


def close_call(reading: RevealResult, *, short: bool = False) -> str:
    """Return which cards are among the first only under one way of counting (METHOD 3.1), or nothing; `short` without the ways."""
    first, second = (listed([f"“{reading.title(card)}”" for card in cards]) for cards in reading.decided_by_counting)
    if not first:
        return ""
    if short:
        return f"Close call at {reading.k}: {first} or {second}, as people are counted."
    names = [side_name(each.side) for each in reading.revealed.turnout if each.ballots]
    sides = listed(names) if len(names) == 2 else "the sides"
    how = f"{sides} count the same" if not reading.round.opened.shares else "the sides count by their shares"
    return f"Close call at {reading.k}: {first} if {how}, {second} if each person counts the same."


def line_reason(reading: RevealResult) -> str:
    """Return why the line is after the first K: The first 7 fit before Data & BI runs out."""
    k, plan = reading.k, reading.plan
    if not 0 < k < len(reading.order):
        return ""
    if plan.empty:
        drawn = reading.session.line is not None and first_cards(reading.session, reading.order) == k
        return f"the first {k}: the room's line" if drawn else f"the first {k}, until the room draws its line"
    if plan.cut_rank is None or first_cards(reading.session, reading.order) != k:  # work or people changed since the reveal
        return f"the first {k} fitted at the reveal"
    if plan.cut_rank - 1 < k == FEWEST_INSIDE:
        return f"the first {k}: at least so many are compared"
    why = plan.at(plan.order[plan.cut_rank - 1]).why
    name = next((team.name for team in reading.session.teams if why.teams and team.id == why.teams[0]), "")
    if why.kind == "no-capacity":
        return f"the first {k} fit; the next one needs {name}, which has too few people"
    return f"the first {k} fit before {name} runs out" if name else f"the first {k} can start this quarter"


def one_ballot_words(reading: RevealResult, card: str) -> str:
    """Return a note if a card's side of the line depends on a single ballot; never whose it is."""
    if card in reading.one_ballot.falls:
        return f"Without one of the ballots it would not be in the first {reading.k}."
    if card in reading.one_ballot.rises:
        return f"Without one of the ballots it would be in the first {reading.k}."
    return ""


def robustness(reading: RevealResult) -> str:
    """Return whether the first K hold without any one voter, and which sides are too small to be tested; nothing if no line is drawn."""
    found = reading.one_ballot
    if reading.revealed.hands or not 0 < reading.k < len(reading.order):
        return ""
    small = listed([side_name(side) or "the room" for side in found.untested])
    has = "has" if len(found.untested) == 1 else "have"
    if not found.tested:
        return f"{capital(small)} {has} too few ballots to test the order without one of them." if small else ""
    many = len(found.falls | found.rises)
    rest = [side_name(side) for side in dict.fromkeys(reading.counted.sides.values()) if side not in found.untested]
    whose = f" of {listed(rest)}; {small} {has} too few to test" if small else ""
    if many:
        return f"{plural(many, 'card')} would cross the line without one of the ballots{whose}."
    return f"The first {reading.k} stay the same without any one ballot{whose}."
