"""What the trend of a series says: what to reach next, and one sentence for each picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from sessions.quarters.trend.measures import PartnershipFigures
from sessions.quarters.trend.rows import FEWEST, Row
from sessions.wording import capital, listed, mean_name, money_name, plural, side_name

HIGHEST = 4
"""The highest level of a partnership."""
NOT_YET = "Three quarters make a trend."
FEWEST_CARDS = 3
"""The cards of each kind that a comparison of their moves takes (METHOD 1, claim 24)."""

Points = list[tuple[str, float | None]]
"""A figure by quarter; None if it is not known."""


def points(rows: Sequence[Row], figure: Callable[[Row], float | None]) -> Points:
    """Return a figure of every row."""
    return [(row["quarter"], figure(row)) for row in rows]


def together(row: Row, side: str = "") -> float | None:
    """Return the index of the partnership, or a side's mean."""
    found = row["measures"]["partnership"]
    return None if found is None else found["sides"].get(side) if side else found["index"]


def pulse(row: Row, question: str, side: str = "") -> float | None:
    """Return the mean answer to one of the two questions at the end of a session, of both sides or of one."""
    asked = row["measures"]["pulse"].get(question)
    found = asked["close"] if asked else None
    return None if found is None else found["sides"].get(side) if side else found["mean"]


def share_kept(row: Row) -> float | None:
    """Return the share of kept decisions."""
    back = row["looked_back"]
    return share(back["decisions"]["kept"], back["decisions"]["of"]) if back else None


def arrived(row: Row) -> float | None:
    """Return the share of the promised benefit that has arrived, of what was measured."""
    back = row["looked_back"]
    return share(back["realised"]["realised"], back["realised"]["promised"]) if back else None


def share(part: int, of: int) -> float | None:
    """Return a share; None of nothing."""
    return part / of if of else None


def _named(side: str) -> str:
    return side_name(side) or "the room"


def sides(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the sides that answered on the partnership in any session."""
    return tuple(dict.fromkeys(side for row in rows if (found := row["measures"]["partnership"]) for side in found["sides"]))


def latest_partnership(rows: Sequence[Row]) -> PartnershipFigures | None:
    """Return the latest answers on the partnership."""
    return next((found for row in reversed(rows) if (found := row["measures"]["partnership"])), None)


def one_decimal(figure: float) -> str:
    """Return a figure to one decimal, halves up."""
    return mean_name(Fraction(figure).limit_denominator(10_000))


def next_level(found: PartnershipFigures | None) -> str:
    """Return what to reach next."""
    if found is None:
        return "No one has said yet how business and IT work together."
    if found["level"] >= HIGHEST:
        return f"Level {HIGHEST}: there is none above."
    return f"To reach level {found['level'] + 1}: {', '.join(found['lacking'])}."


def what_sides_lack(found: PartnershipFigures) -> dict[str, str]:
    """Return for each side which of the items to reach it sees too low: lacks all three, lacks seat, lacks nothing."""
    said = {}
    for side, items in found["lacks"].items():
        every = len(items) == len(found["lacking"]) > 1
        all_of = ("", "", "both", "all three", "all four", "all five", "all six")[min(len(items), 6)]
        said[side] = f"{_named(side)} lacks {all_of if every else listed(items) if items else 'none of them'}"
    return said


def together_sentence(rows: Sequence[Row]) -> str:
    """Return how far the sides have come."""
    moves, now = [], []
    for side in sides(rows):
        known = [(row["quarter"], value) for row in rows if (value := together(row, side)) is not None]
        now += [f"{_named(side)} {one_decimal(known[-1][1])}"]
        if len(known) >= FEWEST:
            moves.append((_named(side), *_from_to(known[0][1], known[-1][1])))
    if moves:
        verbs = [verb for _, verb, _ in moves]
        told = [f"{name} {verb if place == 0 or verbs[place - 1] != verb else ''} {how}" for place, (name, verb, how) in enumerate(moves)]
        return f"{capital(' '.join(listed(told).split()))}."
    return f"Now {listed(now)}. {NOT_YET}" if now else ""


def _from_to(first: float, last: float) -> tuple[str, str]:
    before, now = one_decimal(first), one_decimal(last)
    if before == now:
        return "stayed", f"at {now}"
    return "rose" if last > first else "fell", f"from {before} to {now}"


def others_answered(rows: Sequence[Row]) -> str:
    """Return when last other people than the time before answered on the partnership, if so. Of raised hands no one knows whose they were."""
    answered = [(row["quarter"], {*found["answered"]}) for row in rows if (found := row["measures"]["partnership"]) and found["answered"]]
    for (earlier, before), (quarter, now) in reversed([*pairwise(answered)]):
        parts = [f"{len(roles)} {word}" for roles, word in ((now - before, "new"), (before - now, "gone")) if roles]
        if parts:
            return f"Not the same people answered in {quarter} as in {earlier}: {listed(parts)}."
    return ""


def pulse_sentence(rows: Sequence[Row], questions: Sequence[str]) -> str:
    """Return what the answers to the two questions are, and how they came there."""
    lines = [[value for row in rows if (value := pulse(row, question)) is not None] for question in questions]
    if not all(lines):
        return ""
    now = listed([one_decimal(line[-1]) for line in lines])
    if all(len(line) >= FEWEST and all(one < other for one, other in pairwise(line)) for line in lines):
        return f"Both answers rose every quarter, to {now} of 5."
    if any(len(line) < FEWEST for line in lines):
        return f"Now {now} of 5. {NOT_YET}"
    return f"Now {now} of 5; the time before {listed([one_decimal(line[-2]) for line in lines])}."


def pulse_by_side(rows: Sequence[Row], questions: Sequence[str]) -> str:
    """Return what each side answered last, as far as the sides may be shown apart."""
    row = next((each for each in reversed(rows) if all(pulse(each, question) is not None for question in questions)), None)
    if row is None:
        return ""
    told = []
    for side in dict.fromkeys(side for question in questions if (found := row["measures"]["pulse"][question]["close"]) for side in found["sides"]):
        figures = [pulse(row, question, side) for question in questions]
        told.append(f"{_named(side)} {listed(['–' if each is None else one_decimal(each) for each in figures])}")
    return f"{capital(', '.join(told))}." if told else ""


def kept_sentences(rows: Sequence[Row]) -> tuple[str, str]:
    """Return the count of kept decisions, and of kept "not before" promises."""
    known = [(row["quarter"], row["looked_back"]) for row in rows if row["looked_back"] and row["looked_back"]["decisions"]["of"]]
    if not known:
        return "", ""
    quarter, back = known[-1]
    found, dates = back["decisions"], back["not_before"]
    sentence = f"{quarter}: {found['kept']} of {plural(found['of'], 'decision')} kept"
    if len(known) >= FEWEST:
        before = known[-2][1]["decisions"]
        here, there = found["kept"] * before["of"], before["kept"] * found["of"]
        word = "up from" if here > there else "down from" if here < there else "as"
        sentence += f", {word} {before['kept']} of {before['of']}"
    left = back["outcomes"].get("open", 0)
    aside = f"{dates['kept']} of {plural(dates['of'], '“not before” date')} kept" if dates["of"] else "No “not before” date"
    return f"{sentence}.", f"{aside}{f'; {left} open' if left else ''}."


def arrived_sentences(rows: Sequence[Row]) -> tuple[str, str]:
    """Return how much of the promised benefit has arrived, and how much of what was delivered is in use."""
    known = [row["looked_back"] for row in rows if row["looked_back"] and row["looked_back"]["adopted"]["of"]]
    if not known:
        return "", ""
    worth, use = known[-1]["realised"], known[-1]["adopted"]
    got, promised = (money_name(worth[name], worth["currency"]) for name in ("realised", "promised"))
    sentence = f"{got} of {promised} a month has arrived." if worth["promised"] else "No benefit was measured."
    parts = [f"{use['adopted']} of {use['of']} in use"]
    others = ((use["below"], "not yet"), (use["accepted"], "accepted below target"), (use["unmeasured"], "not measured"))
    parts += [f"{count} {words}" for count, words in others if count]
    return sentence, f"Delivered: {', '.join(parts)}."


def order_sentence(row: Row) -> str:
    """Return how far the order moved since the quarter before, and of how many moves it is recorded why."""
    found = row["measures"]["stability"]
    if found is None:
        return ""
    if not found["moves"]:
        return f"Of {plural(found['cards'], 'card')} in both, none moved four places or more."
    return f"{found['moves']} of {plural(found['cards'], 'card')} moved four places or more; for {found['explained']} of them it is recorded why."


def rewritten_sentence(rows: Sequence[Row]) -> str:
    """Return how far cards rose that were put in business terms, beside the others; nothing with fewer than three of either."""
    found = [row["measures"]["rewritten"] for row in rows]
    cards, others = sum(each["cards"] for each in found), sum(each["others"] for each in found)
    if cards < FEWEST_CARDS or others < FEWEST_CARDS:
        return ""
    rise, others_rise = sum(each["rise"] for each in found) / cards, sum(each["others_rise"] for each in found) / others
    return f"Put in business terms, {plural(cards, 'card')} {_rose(rise)} on average; the {plural(others, 'other')} {_rose(others_rise)}."


def _rose(places: float) -> str:
    by = one_decimal(abs(places))
    if by == "0.0":
        return "kept their places"
    return f"{'rose' if places > 0 else 'fell'} by {by} {'place' if by == '1.0' else 'places'}"
