"""What can happen between a session and the one before it: outcomes of its decisions, cards that left, deliveries, adoption, sponsors.

Every one of these events can be undone.
"""

from typing import Literal

from sessions.portfolio.models import Adoption, Project, Value
from sessions.record.agreed import Decision
from sessions.record.base import Event
from sessions.record.past import Delivered, Reading

Outcome = Literal["kept", "missed", "reversed", "overtaken", "open"]
"""What became of a decision by the next session (METHOD 6.1)."""
Cause = Literal["sponsor", "capacity", "scope", "dependency", "strategy", "benefit", "other"]
"""Why a decision was missed or reversed (METHOD 1, claim 36); `benefit`: its benefit is gone."""
Fate = Literal["delivered", "merged", "dropped", "here"]
"""What became of a card that only the earlier session has: `here` brings it back to the board."""
LeftoverKind = Literal["action", "parked"]
"""What the earlier session leaves besides its cards: an action that was agreed, or a question that was parked."""
LeftoverAnswer = Literal["done", "open", "dropped"]
"""What became of it: `open` travels on to the next session."""


class CardOutcome(Value):
    """What became of a decision, by the earlier session's id of its card; missed and reversed have a cause. `note` says what happened.

    `proposed`: as it was proposed from the new portfolio.
    """

    card: str
    outcome: Outcome
    cause: Cause | None = None
    note: str = ""
    proposed: bool = False


class CardFate(Value):
    """What became of a card that only the earlier session has, by its id there; `into` is the card of this session that it was merged into."""

    card: str
    fate: Fate
    into: str = ""


class OutcomesConfirmed(Event):
    """The room said what became of decisions of the earlier session; `old` are the outcomes that these replace."""

    kind = "outcomes_confirmed"
    undoable = True
    outcomes: tuple[CardOutcome, ...]
    old: tuple[CardOutcome, ...] = ()


class FateAnswered(Event):
    """The room said what became of a card that only the earlier session has; `old` is what it said before.

    `delivered` is the delivery that this makes, `old_delivered` the one that the answer before had made. `card` comes to the board at `rank`
    if it is still here, and leaves it, with its decision, if the answer before had brought it there. `reason` is why it is withdrawn then, or was.
    """

    kind = "fate_answered"
    undoable = True
    new: CardFate
    old: CardFate | None = None
    delivered: Delivered | None = None
    old_delivered: Delivered | None = None
    card: Project | None = None
    rank: int = 0
    decision: Decision | None = None
    reason: str = ""


class CardLinked(Event):
    """The room said which card of the earlier session a card is: `was`, or none of them (empty); `old` is what it said before.

    `after` is the card with what it takes over from the earlier one, `before` as it was; None if it takes over nothing.
    """

    kind = "card_linked"
    undoable = True
    card: str
    was: str = ""
    old: str | None = None
    before: Project | None = None
    after: Project | None = None


class CardDelivered(Event):
    """A card was delivered and is being adopted from here on; `old` is the card as it was on the board, None if it was not there."""

    kind = "card_delivered"
    undoable = True
    delivered: Delivered
    old: Project | None = None


class AdoptionMeasured(Event):
    """Someone measured how far people use what was delivered; `adoption` puts that of the card right, and `old` is what it was."""

    kind = "adoption_measured"
    undoable = True
    reading: Reading
    adoption: Adoption | None = None
    old: Adoption | None = None


class AdoptionAccepted(Event):
    """The room accepted a delivered card below its target, with this sentence."""

    kind = "adoption_accepted"
    undoable = True
    card: str
    sentence: str
    old: str = ""


class SponsorAnswered(Event):
    """A sponsor who is new to a card confirmed it, or handed it back: then it has none (K-SPONSOR-NEW).

    `named` is the sponsor of the card until then; `old` and `old_sponsor` are the answer before, if there was one.
    """

    kind = "sponsor_answered"
    undoable = True
    card: str
    sponsor: str
    confirmed: bool
    named: str = ""
    old: bool | None = None
    old_sponsor: str = ""


class LeftoverAnswered(Event):
    """The room said what became of an action or a parked question of the earlier session: the one with this number there, from 1."""

    kind = "leftover_answered"
    undoable = True
    what: LeftoverKind
    number: int
    answer: LeftoverAnswer
    old: LeftoverAnswer | None = None
