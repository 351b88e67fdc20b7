"""What a device may send, as strict models: a field or a kind that is unknown, a text or a figure out of bounds, is refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ClientId = Annotated[str, StringConstraints(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
"""What a client calls a request, so that it may send it twice."""
Id = Annotated[str, StringConstraints(max_length=200)]
Line = Annotated[str, StringConstraints(max_length=400)]
"""One line that a person types; what the session accepts is shorter, and says so itself."""
Figure = Annotated[int, Field(ge=0, le=100_000)]
Rank = Annotated[int, Field(ge=1, le=100_000)]


class Model(BaseModel):
    """The base of what comes in: frozen, strict, closed to fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Join(Model):
    """Someone asks for a seat: as a person of the session, by a role and a side, or as the audience's window."""

    id: ClientId
    person: Id = ""
    role: Line = ""
    side: Id = ""
    watch: bool = False


class SentChoice(Model):
    """A choice, field by field that of `sessions.rounds.methods.choice.Choice`."""

    points: dict[Id, Figure] | None = None
    ranking: tuple[tuple[Id, ...], ...] | None = None
    scores: dict[Id, Figure] | None = None
    prefers: Id | None = None
    words: Line = ""


class Vote(Model):
    """A ballot of a voter, or of the absent voter whose proxy they are; no choice is an abstention."""

    kind: Literal["vote"]
    voice: Id
    choice: SentChoice | None
    reason: Line = ""
    reason_card: Id = ""


class Propose(Model):
    """A card should go to a rank."""

    kind: Literal["propose"]
    card: Id
    rank: Rank
    reason: Line = ""


class Withdraw(Model):
    """A person withdraws their own proposal."""

    kind: Literal["withdraw"]
    proposal: Figure


class Move(Model):
    """A card goes to a rank without asking, if moves are free."""

    kind: Literal["move"]
    card: Id
    rank: Rank


class EditBenefit(Model):
    """The sponsor of a card rewords its benefit."""

    kind: Literal["benefit"]
    card: Id
    text: Line


class EditEffort(Model):
    """IT changes the estimate of a team's work for a card, in tenths of a person-week."""

    kind: Literal["effort"]
    card: Id
    team: Id
    tenths: Figure


class Admit(Model):
    """The facilitator lets in someone who asks."""

    kind: Literal["admit"]
    seat: Id


class AdmitAll(Model):
    """The facilitator lets in all who ask."""

    kind: Literal["admit_all"]


class TurnAway(Model):
    """The facilitator turns away someone who asks."""

    kind: Literal["turn_away"]
    seat: Id


class TurnAllAway(Model):
    """The facilitator turns away all who ask."""

    kind: Literal["turn_all_away"]


class Extend(Model):
    """The facilitator gives the open round more time, in words such as a day and an hour."""

    kind: Literal["extend"]
    until: Line


class End(Model):
    """The facilitator ends the time to vote; the ballots stay sealed until the reveal."""

    kind: Literal["end"]


What = Annotated[
    Vote | Propose | Withdraw | Move | EditBenefit | EditEffort | Admit | AdmitAll | TurnAway | TurnAllAway | Extend | End,
    Field(discriminator="kind"),
]


class Act(Model):
    """Something a seat does. `round` is the round that a ballot is for, `version` what the page showed."""

    id: ClientId
    round: Figure | None = None
    version: Annotated[int, Field(ge=0, le=2**53)]
    what: What
