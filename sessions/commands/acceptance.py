"""What accepting proposals together would do, before it is done: the decisions, and the cards that are left to the room, each with the reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sessions.commands.decisions import acceptable, broken_rules
from sessions.deciding.line import needs_line
from sessions.deciding.proposals import proposals_for
from sessions.record.events import Decision
from sessions.rounds.reveal import RevealResult
from sessions.rounds.undiscussed import undiscussed
from sessions.state.session import Session
from sessions.wording import listed

NOTHING_KNOWN = "there is no proposal for it"
DONE = "its file calls it done"

NO_LINE = "the line is not drawn yet"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The proposals that can be accepted together, and the open cards that cannot: the room differs on them, or they need a decision of their own."""

    decisions: tuple[Decision, ...]
    differing: tuple[str, ...]
    own: tuple[tuple[str, str], ...]
    """A card, and why it needs a decision of its own."""


def acceptance(session: Session, cards: Sequence[str] = (), without: Collection[str] = (), reading: RevealResult | None = None) -> Acceptance:
    """Return what accepting the proposals of these open cards, or of all, would do without some of them."""
    asked = [card for card in cards or session.undecided if card not in session.decisions and card in session.cards]
    differ = undiscussed(session, reading)
    wanted = [card for card in asked if card not in differ and card not in without]
    decisions = acceptable(session, wanted)
    accepted = {each.card for each in decisions}
    rest = [card for card in wanted if card not in accepted]
    return Acceptance(decisions, tuple(card for card in asked if card in differ), tuple(zip(rest, _reasons(session, rest), strict=True)))


def _reasons(session: Session, cards: Sequence[str]) -> list[str]:
    proposed = {each.card: each for each in proposals_for(session, cards)}
    unknown = NO_LINE if needs_line(session) else NOTHING_KNOWN
    none = {card: DONE if session.cards[card].state == "done" else unknown for card in cards}
    return [listed(broken_rules(session, card, proposed[card].word)) if card in proposed else none[card] for card in cards]
