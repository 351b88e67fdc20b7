"""A small session that follows another one and leaves every kind of question.

Imported as `earlier_quarter`, as `support` is.
"""

from __future__ import annotations

from support import PEOPLE, Room, person, small

from sessions.portfolio.models import Objective, Portfolio, Project, Team
from sessions.record.events import Matched, Past, Unclear

WAS = ("Sell more", "Deliver faster", "Close the books")
NOW = ("Deliver faster", "Open the Northwest region", "Sell more")


def objectives(texts: tuple[str, ...]) -> tuple[Objective, ...]:
    return tuple(Objective(id=text[:5], rank=rank, text=text) for rank, text in enumerate(texts, 1))


def quarter() -> Portfolio:
    """Return a portfolio of the quarter after `earlier`."""
    return small().model_copy(update={"objectives": objectives(NOW)})


def earlier(**changes: object) -> Past:
    """Return the session before: of its cards P1 and P2 are here again, P3 may be X3 or X4, and X1 is gone."""
    cards = {card.id: card for card in small().projects}
    retail = person("VP Retail", "business")
    titles = {"X1": "Scanning", "X3": "Close fast", "X4": "Close faster still"}
    gone = tuple(Project(id=card, title=title, sponsor="CFO") for card, title in titles.items())
    past = Past(
        session="2026-q2-abcd",
        title="Q2",
        quarter="2026-Q2",
        date="2026-03-20",
        order=("X1", "P2", "P1", "X3", "X4"),
        cards=(cards["P1"].model_copy(update={"sponsor": "VP Retail"}), cards["P2"].model_copy(update={"title": "Prices"}), *gone),
        participants=(*(each for each in PEOPLE if each.role != "Architect"), retail),
        decider="cfo",
        objectives=objectives(WAS),
        teams=(Team(id="WEB", name="Web", people=20), Team(id="MOB", name="Mobile", people=20)),
        matched=(Matched(card="P1", was="P1", by="id"), Matched(card="P2", was="P2", by="id")),
        unclear=(Unclear(card="P3", candidates=("X3", "X4")),),
        gone=("X1", "X3", "X4"),
    )
    return past.model_copy(update=changes)


def room(**changes: object) -> Room:
    return Room(quarter(), past=earlier(**changes))
