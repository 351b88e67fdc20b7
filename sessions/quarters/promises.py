"""How well a quarter's decisions and promises were kept, and why not (METHOD 6.1, 6.1b; claim 36)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sessions.record.events import CardOutcome, Cause, Outcome, Past
from sessions.wording import plural

OUTCOMES: tuple[Outcome, ...] = ("kept", "missed", "reversed", "overtaken", "open")
"""Every outcome, as people count them."""

BROKEN: frozenset[Outcome] = frozenset({"missed", "reversed"})
"""The outcomes that take a cause."""

CAUSE_NAMES: dict[Cause, str] = {
    "sponsor": "sponsor",
    "capacity": "capacity",
    "scope": "scope",
    "dependency": "dependency",
    "strategy": "strategy",
    "benefit": "benefit gone",
    "other": "other",
}
"""How each cause is written for people."""


def outcome_words(said: CardOutcome) -> str:
    """Return an outcome with its cause, if it has one that tells something: missed (capacity)."""
    return f"{said.outcome} ({CAUSE_NAMES[said.cause]})" if said.cause and said.cause != "other" else said.outcome


class Kept(NamedTuple):
    """The kept ones, and all kept or broken ones: overtaken and open ones count for neither."""

    kept: int
    of: int

    @property
    def words(self) -> str:
        """Return the count: 7 of 10; a dash if nothing counts yet."""
        return f"{self.kept} of {self.of}" if self.of else "–"


def decisions_kept(outcomes: Iterable[CardOutcome]) -> Kept:
    """Return the count of kept decisions (METHOD 6.1)."""
    said = [each.outcome for each in outcomes]
    return Kept(said.count("kept"), sum(each == "kept" or each in BROKEN for each in said))


def not_before_kept(past: Past, outcomes: Mapping[str, CardOutcome]) -> Kept:
    """Return the count of kept "not before" promises, of those due (METHOD 6.1b)."""
    promised = [each.card for each in past.decisions if each.word == "start_after"]
    return decisions_kept(outcomes[card] for card in promised if card in outcomes)


def starts_kept(past: Past, outcomes: Mapping[str, CardOutcome]) -> Kept:
    """Return the count of kept promised starts, with a "not before" and without. A mere postponement is easily kept."""
    promised = [each.card for each in past.decisions if each.word in ("start", "start_after")]
    return decisions_kept(outcomes[card] for card in promised if card in outcomes)


def left_open(past: Past, outcomes: Mapping[str, CardOutcome]) -> int:
    """Return how many decisions are open, or have no outcome yet."""
    return sum(each.card not in outcomes or outcomes[each.card].outcome == "open" for each in past.decisions)


def causes(outcomes: Iterable[CardOutcome]) -> dict[Cause, int]:
    """Return how many decisions were broken for each cause, the most frequent first."""
    return dict(Counter(each.cause for each in outcomes if each.cause).most_common())


def kept_sentence(past: Past, outcomes: Mapping[str, CardOutcome]) -> str:
    """Return in one sentence how many decisions and promises of a quarter the room kept, and how many are open; nothing if none can be judged."""
    decisions, left = decisions_kept(outcomes.values()), left_open(past, outcomes)
    if not decisions.of:
        return ""
    quarter = past.quarter or "the session before"
    beside = f", {promises}" if (promises := promises_words(past, outcomes)) else ""
    return f"We kept {decisions.words} {'decision' if decisions.of == 1 else 'decisions'} of {quarter}{beside}{f'; {left} open' if left else ''}."


def promises_words(past: Past, outcomes: Mapping[str, CardOutcome]) -> str:
    """Return the kept share of promised starts and "not before" dates, to be shown beside the decisions; nothing without any."""
    starts, dates = starts_kept(past, outcomes), not_before_kept(past, outcomes)
    told = [f"{starts.kept} of {plural(starts.of, 'start')}"] if starts.of > dates.of else []
    told += [f"{dates.kept} of {plural(dates.of, '“not before” date')}"] if dates.of else []
    return f"and {' and '.join(told)}" if told else ""
