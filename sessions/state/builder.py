"""A session open to changes: every fold function writes to a `SessionBuilder`, whether it folds one event or ten thousand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from sessions.portfolio.models import Objective, Participant, Project, Team
from sessions.record.agreed import Decision
from sessions.record.choices import Phase, Presence
from sessions.record.past import Delivered
from sessions.state.proposed_moves import ProposedMove
from sessions.state.rounds import Round, Talk
from sessions.state.session import Session, Step, Withdrawn
from sessions.state.timer import PhaseUse, Timer

if TYPE_CHECKING:
    from sessions.record.events import CardFate, CardOutcome, LeftoverAnswer, Line, NamedWhatIf, SponsorAnswered


class SessionBuilder:
    """The fields of a session that events change.

    Fold functions may change the lists. They replace every other value, because sessions built earlier share it.
    """

    title: str
    archived: bool
    cards: Mapping[str, Project]
    people: Mapping[str, Participant]
    teams: tuple[Team, ...]
    objectives: tuple[Objective, ...]
    confirmed_objectives: tuple[str, ...]
    withdrawn: Mapping[str, Withdrawn]
    presence: Mapping[str, Presence]
    proxies: Mapping[str, str]
    decider: str
    asker: str
    quorum_override: str
    phase: Phase
    timer: Timer
    phase_minutes: Mapping[Phase, int]
    phase_use: Mapping[Phase, PhaseUse]
    decisions: Mapping[str, Decision]
    rounds: tuple[Round, ...]
    talks: tuple[Talk, ...]
    what_ifs: tuple[NamedWhatIf, ...]
    proposed_moves: tuple[ProposedMove, ...]
    free_movers: tuple[str, ...]
    outcomes: Mapping[str, CardOutcome]
    fates: Mapping[str, CardFate]
    links: Mapping[str, str]
    delivered: Mapping[str, Delivered]
    sponsor_answers: Mapping[str, SponsorAnswered]
    leftovers: Mapping[str, LeftoverAnswer]
    line: Line | None
    next_session: str
    closed_at: str
    close_rules: tuple[str, ...]
    close_override: str
    seq: int
    at: str
    elapsed: int
    done: Step | None
    undone: Step | None

    def __init__(self, session: Session) -> None:
        self._fixed = {name: getattr(session, name) for name in _FIXED}
        self.order = list(session.order)
        self.notes = list(session.notes)
        self.dissents = list(session.dissents)
        self.parked = list(session.parked)
        self.actions = list(session.actions)
        for name in _REPLACED:
            setattr(self, name, getattr(session, name))

    def build(self) -> Session:
        """Return the session as it is now. The builder can continue from it."""
        values = {name: getattr(self, name) for name in _REPLACED}
        return Session(
            **self._fixed,
            order=tuple(self.order),
            notes=tuple(self.notes),
            dissents=tuple(self.dissents),
            parked=tuple(self.parked),
            actions=tuple(self.actions),
            **values,
        )

    def move(self, card: str, old: int, new: int) -> None:
        """Move a card to a new rank. Raises ValueError if the card or the rank is not on the board."""
        order = self.order
        if not 1 <= new <= len(order):
            raise ValueError(new)
        # Most events are moves, and searching for the card is most of a move; a record from elsewhere may have another old rank.
        found = 1 <= old <= len(order) and order[old - 1] == card
        del order[old - 1 if found else order.index(card)]
        order.insert(new - 1, card)

    def add_card(self, card: Project, rank: int) -> None:
        """Add a card at a rank. Raises ValueError if it is on the board, or if the rank is not."""
        if card.id in self.cards or not 1 <= rank <= len(self.order) + 1:
            raise ValueError(rank)
        self.replace_card(card)
        self.order.insert(rank - 1, card.id)

    def replace_card(self, card: Project) -> None:
        """Replace the card that has the same id."""
        self.cards = {**self.cards, card.id: card}

    def remove_card(self, card: str) -> None:
        """Remove a card. Raises KeyError if it is not on the board."""
        self.cards = without(self.cards, card)
        self.order.remove(card)

    def change_round(self, number: int, **changes: Any) -> None:  # noqa: ANN401 - the fields of Round
        """Change fields of a round. Raises IndexError or ValueError if there is no such round."""
        if number < 1:
            raise ValueError(number)
        changed = self.rounds[number - 1]._replace(**changes)
        self.rounds = (*self.rounds[: number - 1], changed, *self.rounds[number:])

    def change_team(self, old: Team | None, new: Team | None) -> None:
        """Replace a team, add one at the end (no `old`), or remove one (no `new`). Raises KeyError if `old` is not a team."""
        if old is None:
            self.teams = (*self.teams, new) if new else self.teams
            return
        if not any(team.id == old.id for team in self.teams):
            raise KeyError(old.id)
        teams = (new if team.id == old.id else team for team in self.teams)
        self.teams = tuple(team for team in teams if team is not None)


_REPLACED = tuple(SessionBuilder.__annotations__)
_LISTS = ("order", "notes", "dissents", "parked", "actions")
_FIXED = tuple(name for name in Session._fields if name not in {*_REPLACED, *_LISTS})
"""Fields that no event after the first changes."""

Item = TypeVar("Item")


def without(mapping: Mapping[str, Item], key: str) -> dict[str, Item]:
    """Return a mapping without a key. Raises KeyError if it does not have it."""
    result = dict(mapping)
    del result[key]
    return result
