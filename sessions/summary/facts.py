"""What the summary says, before it is put into words: who starts when, what moved and why, and the sides' positions.

Everything is read from the session as it is. What was undone is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from sessions.deciding.session_plan import first_week
from sessions.deciding.words import COMES_BACK
from sessions.portfolio.models import Project, Side
from sessions.record.events import CardMoved, CardsMoved, Decision, GroupOrderTaken, Weighting
from sessions.rounds.side_places import side_places
from sessions.state.rounds import Round
from sessions.state.session import Session

BIG_MOVE = 4
"""Places from which a move is worth a line (METHOD 6.4b)."""


class Decided(NamedTuple):
    """A card of the board with its rank and what was decided on it."""

    rank: int
    card: Project
    decision: Decision


@dataclass
class Outcome:
    """The board sorted by what happens next, every list by rank; `later`, `next_quarter` and `further` hold what starts after the first week.

    What is `adopting` was delivered, and is to be used more.
    """

    now: list[Decided] = field(default_factory=list)
    later: list[Decided] = field(default_factory=list)
    next_quarter: list[Decided] = field(default_factory=list)
    further: list[Decided] = field(default_factory=list)
    not_started: list[Decided] = field(default_factory=list)
    done: list[Decided] = field(default_factory=list)
    adopting: list[Decided] = field(default_factory=list)
    undecided: list[tuple[int, Project]] = field(default_factory=list)

    @property
    def waiting(self) -> list[Decided]:
        """Return what starts after the first week, by week and then by rank."""
        return sorted([*self.later, *self.next_quarter, *self.further], key=lambda each: (each.decision.week or 0, each.rank))


def outcome(session: Session) -> Outcome:
    """Sort the board by what was decided."""
    result, first = Outcome(), first_week(session)
    for rank, card in enumerate(session.order, 1):
        decision = session.decisions.get(card)
        if decision is None:
            result.undecided.append((rank, session.cards[card]))
        elif card in session.delivered and decision.word == "continue":
            result.adopting.append(Decided(rank, session.cards[card], decision))
        else:
            _list_of(result, decision, first, session.portfolio.weeks_in_quarter).append(Decided(rank, session.cards[card], decision))
    return result


def _list_of(result: Outcome, decision: Decision, first: int, weeks: int) -> list[Decided]:
    match decision.word:
        case "continue":
            return result.now
        case "start" | "start_after":
            week = decision.week or first
            if week <= first:
                return result.now
            return result.later if week <= weeks else result.next_quarter if week <= 2 * weeks else result.further
        case "done" | "accept_below_target":
            return result.done
        case "hold" | "not_now" | "return" | "stop":
            return result.not_started


class Move(NamedTuple):
    """A card with another rank than last quarter. `asked` asked for the move, as far as is known; `reason` is free text."""

    card: Project
    old: int
    new: int
    reason: str = ""
    asked: str = ""

    @property
    def places(self) -> int:
        """Return by how many places it moved."""
        return abs(self.old - self.new)


def moves_since_last_quarter(session: Session) -> list[Move]:
    """Return the big moves against last quarter's ranks, the biggest first; the reason is that of the latest move with one."""
    reasoned = {move.card.id: move.reason for move in reasoned_moves(session)}
    moves = []
    for rank, card_id in enumerate(session.order, 1):
        card = session.cards[card_id]
        if card.previous_rank is not None and abs(card.previous_rank - rank) >= BIG_MOVE:
            moves.append(Move(card, card.previous_rank, rank, reasoned.get(card_id) or _reason_to_wait(session, card_id)))
    return _biggest_first(moves)


def biggest_move(session: Session) -> Move | None:
    """Return the biggest move since last quarter of which the reason is known, else the biggest."""
    moves = moves_since_last_quarter(session)
    return next((each for each in moves if each.reason), moves[0] if moves else None)


def notes_by_event(session: Session) -> dict[int, str]:
    """Return what was noted about an event, by its number."""
    notes: dict[int, str] = {}
    for note in session.notes:
        notes[note.about] = f"{notes[note.about]}; {note.text}" if note.about in notes else note.text
    return notes


def reasoned_moves(session: Session) -> list[Move]:
    """Return for every card its latest move that holds and says why, the biggest first; a group's order overrules the moves before it."""
    notes = notes_by_event(session)
    found: dict[str, Move] = {}
    for recorded in session.history():
        event = recorded.event
        if isinstance(event, GroupOrderTaken):
            break
        if not isinstance(event, CardMoved | CardsMoved) or not (reason := event.reason or notes.get(recorded.seq, "")):
            continue
        moves = [(event.card, event.old, event.new)] if isinstance(event, CardMoved) else zip(event.cards, event.old, count(event.new), strict=False)
        for card, old, new in moves:
            if card in session.cards and card not in found:
                found[card] = Move(session.cards[card], old, new, reason, event.asked_by)
    return _biggest_first(found.values())


def _biggest_first(moves: Iterable[Move]) -> list[Move]:
    return sorted(moves, key=lambda move: (-move.places, move.new, move.card.id))


def _reason_to_wait(session: Session, card: str) -> str:
    """Return why a card that went down does not start: the reason of the move, else the room's words about it."""
    decision = session.decisions.get(card)
    if decision is None or (decision.word not in COMES_BACK and decision.word != "stop"):
        return ""
    return decision.why or (f"needs {decision.missing}" if decision.missing else "")


def revealed_rounds(session: Session) -> list[Round]:
    """Return the ballots on an order that were opened, the earliest first."""
    return [each for each in session.rounds if each.revealed is not None and each.opened.asks_order]


def weighting_taken(session: Session) -> Weighting | None:
    """Return how the voters were counted: as in the order that was taken, else equal sides; None without a ballot."""
    rounds = revealed_rounds(session)
    taken = [each.outcome.weighting for each in rounds if isinstance(each.outcome, GroupOrderTaken)]
    return taken[-1] if taken else "sides" if rounds else None


class Gap(NamedTuple):
    """A card on which the sides' own orders differ: each side's rank, None if no one of the side voted for it."""

    card: Project
    ranks: Mapping[Side, int | None]
    board: int
    places: int


def gaps(session: Session) -> list[Gap]:
    """Return the cards on which the sides' orders of the latest revealed ballot differ most, the widest gap first.

    Cards that no side has in its first third are omitted: places down there are made by tie-breaks. The cards that a side did not vote for
    lie in the middle of what it left over (METHOD 4.1). A show of hands is not a ballot.
    """
    rounds = revealed_rounds(session)
    revealed = rounds[-1].revealed if rounds else None
    if revealed is None or revealed.hands or len(places := side_places(rounds[-1])) < 2:
        return []
    on_board = session.ranks
    order = revealed.side_orders[0][1]
    third = max(3, len(order) // 3)
    found = []
    for card in order:
        both = [own.get(card, (len(own) + 1 + len(order)) // 2) for own in places.values()]
        if card in on_board and min(both) <= third and max(both) - min(both) >= BIG_MOVE:
            shown = {side: own.get(card) for side, own in places.items()}
            found.append(Gap(session.cards[card], shown, on_board[card], max(both) - min(both)))
    return sorted(found, key=lambda gap: (-gap.places, gap.board))


def minutes_used(session: Session) -> int:
    """Return the minutes of the meeting so far, to the nearest: the time of all phases after the preparation."""
    phases = {phase: use.used for phase, use in session.phase_use.items()}
    phases[session.phase] = session.timer.used_at(session.elapsed)
    return (sum(used for phase, used in phases.items() if phase != "prepare") + 30) // 60
