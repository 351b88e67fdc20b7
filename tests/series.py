"""The sample's earlier quarter, 2026-Q2, as a session brings it along, and what the room said became of it.

Imported as `series`, as `support` is.
"""

from __future__ import annotations

import json
from typing import Any

from support import FIXTURES, Room, sample

from sessions.portfolio.models import Adoption, Benefit, Participant, Project
from sessions.record.events import CardOutcome, Cause, Decision, Delivered, Matched, Past, PastPhase, Reading
from sessions.state.timer import PHASE_MINUTES

QUARTER: dict[str, Any] = json.loads((FIXTURES / "previous_quarter_2026-Q2.json").read_text(encoding="utf-8"))
TITLES = {"X1": "Loyalty card reprint", "X4": "Warehouse label printers"}
USED = {"open": 6, "look_back": 14, "cards": 9, "vote": 10, "reveal": 4, "talk": 31, "sequence": 12, "decide": 9, "close": 3}
"""Minutes that the phases of 2026-Q2 took."""
CAUSES: dict[str, Cause] = {"P01": "capacity", "P04": "capacity", "X4": "other"}


def past_of_sample() -> Past:
    """Return what the sample session brings along from 2026-Q2."""
    now = {card.id: card for card in sample().projects}
    delivered = tuple(_delivered(each) for each in QUARTER["delivered"])
    left = tuple(Project(id=card, title=title) for card, title in TITLES.items())
    people = (*sample().participants, Participant(id="vp-retail", role="VP Retail", side="business"))
    return Past(
        session="2026-q2-0000",
        title="IT portfolio session 2026-Q2",
        quarter="2026-Q2",
        quarter_start="2026-04-06",
        date="2026-03-31",
        order=tuple(QUARTER["order"]),
        cards=(*(now[card] for card in QUARTER["order"]), *(each.card for each in delivered), *left),
        decisions=tuple(
            Decision(card=each["card"], word=each["kind"], sentence="", week=each["promised_start_week"]) for each in QUARTER["decisions"]
        ),
        participants=people,
        phases=tuple(
            PastPhase(phase=phase, planned=PHASE_MINUTES[phase] * 60, used=minutes * 60)  # type: ignore[index]
            for phase, minutes in USED.items()
        ),
        delivered=delivered,
        matched=tuple(Matched(card=card, was=card, by="id") for card in QUARTER["order"]),
        gone=tuple(TITLES),
        currency="USD",
    )


def of_the_sample() -> tuple[Delivered, ...]:
    """Return what was delivered before the sample's session."""
    return past_of_sample().delivered


def _delivered(each: dict[str, Any]) -> Delivered:
    adoption = each["adoption"]
    card = Project(
        id=each["id"],
        title=each["title"],
        sponsor=each["sponsor"],
        state="adopt",
        benefit=Benefit(monthly=each["benefit_promised"]),
        adoption=Adoption(measure=adoption["measure"], baseline=str(adoption["baseline"]), target=str(adoption["target"])),
    )
    value = adoption["actual"]
    reading = Reading(card=card.id, value=str(value), date=adoption["measured"] or "", by=card.sponsor, monthly=each["benefit_realised"])
    return Delivered(card=card, date=each["delivered"], quarter="2026-Q2", readings=(reading,) if value is not None else ())


def said_of_sample() -> tuple[CardOutcome, ...]:
    """Return what the room said became of the decisions of 2026-Q2."""
    return tuple(
        CardOutcome(card=each["card"], outcome=each["outcome"], cause=CAUSES.get(each["card"]), note=each["note"])
        for each in QUARTER["decisions"]
    )


def sample_room() -> Room:
    """Return the sample session with its earlier quarter behind it."""
    return Room(sample(), past=past_of_sample())
