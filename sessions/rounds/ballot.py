"""A ballot of any method: checked, in the form in which it is sealed, and in the form in which it is revealed.

The sealed form is what the seal was computed over, so a revealed ballot can be brought back into it, and a replay can prove it.
"""

from __future__ import annotations

from typing import Any

from sessions.portfolio.models import TEXT_LIMIT
from sessions.record.events import Method, RevealedBallot, RoundOpened
from sessions.rounds.methods.choice import FIELDS, Choice, Fault, SealedForm, unknown_card
from sessions.rounds.methods.registry import spec_of
from sessions.sanitize import clean
from sessions.wording import capital

REASON_LIMIT = 200
"""The longest line of reason."""


def check_choice(opened: RoundOpened, choice: Choice) -> Fault | None:
    """Return what is wrong with a ballot in this round, or None if it may be cast."""
    if choice.abstains:
        return None
    spec = spec_of(opened.method)
    if {field for field in FIELDS if getattr(choice, field) is not None} != {spec.field}:
        told = f"this round asks for {spec.asked}"  # anything else would never be read
        return Fault("other_method", f"{capital(told)}.", told)
    if choice.reason and choice.reason_card not in opened.cards:
        return unknown_card(f"the reason is about {choice.reason_card or 'no card'}, which is not a card of this round")
    if len(clean(choice.reason, TEXT_LIMIT)) > REASON_LIMIT:
        return Fault("reason", "The reason is too long.", f"the reason is longer than {REASON_LIMIT} characters")
    return spec.check(opened, choice)


def sealed_form(method: Method, choice: Choice) -> SealedForm:
    """Return a checked ballot in the form in which it is sealed. Empty fields are omitted: no points, no opinion, no reason."""
    if choice.abstains:
        return {"abstained": True}
    reason = clean(choice.reason, TEXT_LIMIT).strip()
    return spec_of(method).sealed(choice) | ({"reason": reason, "reason_card": choice.reason_card} if reason else {})


def revealed_form(voice: str, side: str, salt: str, seal: str, form: SealedForm) -> RevealedBallot:
    """Return a sealed ballot in the form in which it is revealed."""
    chosen: dict[str, Any] = {field: _frozen(form[field]) for field in RevealedBallot.model_fields if field in form}
    return RevealedBallot(**chosen | {"voice": voice, "side": side, "salt": salt, "seal": seal})


def _frozen(value: object) -> object:
    """Return a value of plain JSON as the record holds it: an object as pairs in order, lists as tuples."""
    if isinstance(value, dict):
        return tuple(sorted(value.items()))
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def sealed_form_of(ballot: RevealedBallot, method: Method) -> SealedForm:
    """Return a revealed ballot in the form in which it was sealed. Raises nothing: what does not fit proves nothing."""
    if ballot.abstained:
        return {"abstained": True}
    choice = spec_of(method).choice(ballot)
    return sealed_form(method, choice.model_copy(update={"reason": ballot.reason, "reason_card": ballot.reason_card}))


def without_names(ballots: tuple[RevealedBallot, ...], *, sides: bool) -> tuple[RevealedBallot, ...]:
    """Return anonymous ballots: without voter, salt, seal and, unless `sides`, side; in an order that reveals nothing.

    What was written on a ballot goes with its side: it would tell who wrote it.
    """
    written = {"side": "", "words": "", "reason": "", "reason_card": ""}
    bare = (each.model_copy(update={"voice": "", "salt": "", "seal": "", **({} if sides else written)}) for each in ballots)
    return tuple(sorted(bare, key=lambda each: each.model_dump_json()))
