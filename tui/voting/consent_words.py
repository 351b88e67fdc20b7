"""The result of a consent round in words, and the sentences that were recorded with it."""

from __future__ import annotations

from sessions.record.events import DissentRecorded
from sessions.voting.consent import ENOUGH, ConsentResult
from sessions.wording import counted, listed, side_name
from tui.voting.fingers import mean_told


def passed_words(result: ConsentResult) -> str:
    """Return whether a round gave consent, and if not, why not: No consent: IT's mean is 2.5, and there is 1 objection."""
    if not result.means:
        return "No consent: nobody raised a hand."
    if result.passed:
        each = "nobody objects" if len(result.means) < 2 else "nobody objects, and each side can live with it"
        return f"Consent: {each}."
    against = [f"{_whose(side)} mean is {mean_told(mean)}" for side, mean in result.means.items() if mean < ENOUGH]
    objections = f"there {'is' if result.objections == 1 else 'are'} {counted(result.objections, 'objection')}"
    return f"No consent: {listed([*against, *([objections] if result.objections else [])])}."


def _whose(side: str) -> str:
    return f"{side_name(side)}'s" if side else "the"


def written_words(dissent: DissentRecorded) -> tuple[str, str]:
    """Return who said what on a decision, and the answer."""
    changed = " (the decision was changed)" if dissent.changed else ""
    return f"{dissent.who}, {dissent.stance}: {dissent.text}", f"→ {dissent.answer}{changed}"
