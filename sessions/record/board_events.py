"""What can happen to the board: cards, decisions, notes, teams and kept what-ifs, each of which undo can revert; and undo itself."""

from typing import Literal

from sessions.portfolio.models import Objective, Project, Team, Value
from sessions.record.agreed import Decision
from sessions.record.base import Event


class CardMoved(Event):
    """A card went from one rank to another."""

    kind = "card_moved"
    undoable = True
    card: str
    old: int
    new: int
    asked_by: str = ""
    reason: str = ""


class CardsMoved(Event):
    """Several cards were moved together: each had its rank in `old`, and now they follow each other from rank `new`."""

    kind = "cards_moved"
    undoable = True
    cards: tuple[str, ...]
    old: tuple[int, ...]
    new: int
    asked_by: str = ""
    reason: str = ""


class NoteAdded(Event):
    """A note on a card; `about` is the seq of the move whose reason it is, or 0. `against`: a reason against a card on which all voters agree."""

    kind = "note_added"
    undoable = True
    card: str
    text: str
    asked_by: str = ""
    about: int = 0
    against: bool = False


class CardAdded(Event):
    """A card was added at a rank."""

    kind = "card_added"
    undoable = True
    card: Project
    rank: int
    asked_by: str = ""


class CardEdited(Event):
    """Fields of a card changed: the card as it was and as it is."""

    kind = "card_edited"
    undoable = True
    old: Project
    new: Project
    changed: tuple[str, ...]
    asked_by: str = ""


class CardSplit(Event):
    """A card became two: the first keeps its id and rank, the second is right below it."""

    kind = "card_split"
    undoable = True
    old: Project
    first: Project
    second: Project
    rank: int
    asked_by: str = ""


class CardWithdrawn(Event):
    """A card left the board, with the reason; its decision, if it had one, goes with it."""

    kind = "card_withdrawn"
    undoable = True
    card: Project
    rank: int
    reason: str
    decision: Decision | None = None
    asked_by: str = ""


class CardsMerged(Event):
    """Several cards became one, which has the id and the place of the first; the others left the board.

    `ranks` are those of the parts. `old_others` needed a part that left, and `new_others` are the same cards with the merged one in its place.
    `decisions` are those of the parts, which go with them.
    """

    kind = "cards_merged"
    undoable = True
    parts: tuple[Project, ...]
    ranks: tuple[int, ...]
    merged: Project
    old_others: tuple[Project, ...] = ()
    new_others: tuple[Project, ...] = ()
    decisions: tuple[Decision, ...] = ()
    asked_by: str = ""


class DecisionsMade(Event):
    """One or more cards were decided; `old` holds the decisions that these replace."""

    kind = "decisions_made"
    undoable = True
    decisions: tuple[Decision, ...]
    old: tuple[Decision, ...] = ()


class TeamChanged(Event):
    """A team has other people: as it was and as it is; `old` is None if the team is new."""

    kind = "team_changed"
    undoable = True
    old: Team | None = None
    new: Team
    asked_by: str = ""


class WhatIfKept(Event):
    """The room kept a what-if: the order, and the cards and teams that it changed, as they were and as they are.

    A card only in `old_cards` left the board, one only in `new_cards` came to it. `sentence` describes the what-if, `effect` what it changed.
    """

    kind = "what_if_kept"
    undoable = True
    sentence: str
    effect: str = ""
    old_order: tuple[str, ...]
    new_order: tuple[str, ...]
    old_cards: tuple[Project, ...] = ()
    new_cards: tuple[Project, ...] = ()
    old_teams: tuple[Team, ...] = ()
    new_teams: tuple[Team, ...] = ()
    old_decisions: tuple[Decision, ...] = ()
    asked_by: str = ""


class Line(Value):
    """The room's own line: a number of projects from the top, or as many as an amount of money pays for. Exactly one of the two is given."""

    projects: int | None = None
    amount: int | None = None


class LineDrawn(Event):
    """The room said how much it can do: the line as it was and as it is, None if there is none (METHOD 2.4)."""

    kind = "line_drawn"
    undoable = True
    old: Line | None = None
    new: Line | None = None
    asked_by: str = ""


class NextSessionSet(Event):
    """Someone named the day of the next session: the ISO date as it was and as it is, empty if there is none."""

    kind = "next_session_set"
    undoable = True
    old: str = ""
    new: str = ""


class ObjectivesChanged(Event):
    """The objectives were named, added to or ranked: as they were and as they are, the first one first."""

    kind = "objectives_changed"
    undoable = True
    old: tuple[Objective, ...] = ()
    new: tuple[Objective, ...] = ()
    asked_by: str = ""


class ObjectivesConfirmed(Event):
    """The decider confirmed the objectives in this order, by id; `old` is the order confirmed before."""

    kind = "objectives_confirmed"
    undoable = True
    person: str
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


class TriedChange(Value):
    """A change to the plan that was tried: a move to a rank, an order, people of a team, a card left out, a part split off, or a crew."""

    kind: Literal["move", "order", "people", "drop", "split", "crew"]
    card: str = ""
    team: str = ""
    to: int = 0
    order: tuple[str, ...] = ()
    by: int = 0
    first: int | None = None
    last: int | None = None
    new_id: str = ""
    title: str = ""
    crew: int = 0


class NamedWhatIf(Value):
    """A what-if that the room put aside under a name, to compare it with others; `sentence` describes it."""

    name: str
    sentence: str
    changes: tuple[TriedChange, ...]
    asked_by: str = ""


class WhatIfNamed(Event):
    """A what-if was put aside under a name, replaced another one (`old`), or was dropped (no `new`); `place` counts from 0."""

    kind = "what_if_named"
    undoable = True
    place: int
    old: NamedWhatIf | None = None
    new: NamedWhatIf | None = None


class Undone(Event):
    """The event with this seq was undone."""

    kind = "undone"
    undoes: int


class Redone(Event):
    """The event with this seq, undone before, holds again."""

    kind = "redone"
    redoes: int
