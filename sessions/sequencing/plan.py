"""The schedule: the weeks of each card and why, and the load of each team (METHOD 5)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from sessions.sequencing.workload import Workload

Status = Literal["starts", "starts, runs on", "next", "cannot", "out", "done"]
"""METHOD 5.5: starts and ends in the quarter, starts in it and runs on, starts later, cannot be placed; `out` was decided not to start."""

Kind = Literal["free", "team", "needs", "gate", "earliest", "no-capacity", "beyond-horizon", "needs-unplaced", "decided"]


class Short(NamedTuple):
    """A team that is short in the week before a card starts, and the cards that it is on until then, by rank (none: capacity rises)."""

    team: str
    cards: tuple[str, ...]


class Reason(NamedTuple):
    """Why a card does not start sooner, or at all (METHOD 5.3).

    `teams` are all that are short (by id), `cards` those that the first of them is on, or the cards that are needed.
    """

    kind: Kind
    teams: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    shorts: tuple[Short, ...] = ()


class Placement(NamedTuple):
    """The weeks of a card, both inclusive; a card without effort ends the week before it starts.

    `bound` is the first week that needs, gate and earliest week leave open; `pulled_by` the card above it that needs it.
    """

    card: str
    rank: int
    start: int | None
    finish: int | None
    status: Status
    why: Reason
    bound: int
    lane: int
    pulled_by: str | None = None
    interrupted: bool = False
    late: bool = False
    """Whether it misses its deadline, by its finish or by not being placed."""


class Stretch(NamedTuple):
    """A card's work in one team: the first week and the load of each week, in tenths of a person."""

    card: str
    team: str
    start: int
    loads: tuple[int, ...]


class TeamPlan(NamedTuple):
    """A team over the weeks of the plan, in tenths; `capacity` and `load` begin with week 1."""

    id: str
    capacity: tuple[int, ...]
    load: tuple[int, ...]
    demand: int
    """Tenths of a person-week that the planned cards ask for, whenever they are placed."""
    available: int
    """Tenths of a person-week that the team has in the open weeks of the quarter."""
    runs_out_at: int | None
    """The first rank at which the demand from the top exceeds what is available."""


class Plan(NamedTuple):
    """The schedule of a board. `placements` has every card, by rank."""

    workload: "Workload"
    order: tuple[str, ...]
    placements: Mapping[str, Placement]
    cut_rank: int | None
    """The rank above which the cut line is drawn: the first that does not start in the quarter; None if everything starts."""
    teams: tuple[TeamPlan, ...]
    """Every team with its load, in the order of the portfolio."""

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to plan by: no team, or no card with effort. Then cut line and reasons mean nothing."""
        return self.workload.empty

    @property
    def first_week(self) -> int:
        """Return the first week that is open."""
        return self.workload.first_week

    def at(self, card: str) -> Placement:
        """Return a card's placement. Raises KeyError if it is not in the plan."""
        return self.placements[card]

    def fits_in_gap(self, card: str) -> bool:
        """Return whether a card below the cut line starts all the same because it fits between the others (METHOD 5.5).

        What is in flight, pinned, pulled up or needs no team starts for another reason.
        """
        placed = self.placements[card]
        below = self.cut_rank is not None and placed.rank > self.cut_rank
        own = placed.lane == 2 and placed.pulled_by is None and bool(self.workload.blocks_of(card))
        return below and own and placed.status in ("starts", "starts, runs on")

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Return the work of every placed card, by rank and then by team."""
        found = []
        for card, placed in self.placements.items():
            if placed.start is not None:
                for block in self.workload.blocks_of(card):
                    team = self.workload.teams[block.team].id
                    found.append(Stretch(card, team, placed.start, block.loads))
        return tuple(found)
