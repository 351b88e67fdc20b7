"""Commands of a ballot round: open it, seal ballots, reveal them, take the group's order or keep the board (METHOD 3.1, 3.2)."""

from __future__ import annotations

from sessions.commands.base import Command, Hands, ReasonNeededError, card_of, check_person, decides, needed, said
from sessions.errors import SessionError
from sessions.portfolio.models import Side
from sessions.record import events as ev
from sessions.record.events import Event, Weighting
from sessions.state import SIDES, Round, Session
from sessions.voting.points import DEFAULT_BUDGET, ballot_cap, check_points, side_orders, tally_points
from sessions.voting.weights import one_sided

WEIGHTINGS: tuple[Weighting, ...] = ("sides", "person")


class RoundNotOpenError(SessionError):
    """No ballot is open, or this one is open no longer."""


class BallotRefusedError(SessionError):
    """The ballot breaks the budget, the cap, or another rule; it was not kept."""


class OpenRound(Command):
    """Open a ballot of points on these cards (none: on all of the board)."""

    budget: int = DEFAULT_BUDGET
    cap: int | None = None
    cards: tuple[str, ...] = ()


class SealBallot(Command):
    """Seal a voice's ballot, in the place of an earlier one. `points` None is an abstention, empty is "none of these"."""

    voice: str
    points: dict[str, int] | None


class RevealBallots(Command):
    """Open all sealed ballots. With only one side's ballots, or without a quorum, it needs a reason."""

    override: str = ""


class TakeGroupOrder(Command):
    """Lay the revealed order of the group onto the board."""

    weighting: Weighting = "sides"


class KeepBoard(Command):
    """Keep the board as it is, having seen the group's order."""

    reason: str = ""


class DropRound(Command):
    """Give up the open ballot; what was sealed is destroyed unseen."""

    reason: str


def open_round(session: Session) -> Round:
    """Give the round in which ballots can be sealed, or raise RoundNotOpenError."""
    round_ = session.round
    if round_ is None or not round_.open:
        raise RoundNotOpenError("No ballot is open: open one first.")
    return round_


def revealed_round(session: Session) -> Round:
    """Give the latest round, revealed, or raise RoundNotOpenError."""
    round_ = session.round
    if round_ is None or round_.revealed is None:
        raise RoundNotOpenError("No ballot was revealed yet.")
    return round_


@decides(OpenRound)
def _open(session: Session, command: OpenRound, _: Hands) -> list[Event]:
    if session.round and session.round.open:
        raise SessionError("A ballot is open already: reveal it or give it up first.")
    voices = tuple(voice.id for voice in session.voices())
    if not voices:
        raise SessionError("Nobody has a vote yet: add the people of the session first.")
    cards = tuple(dict.fromkeys(command.cards)) or session.order
    for card in cards:
        card_of(session, card)
    if not cards:
        raise SessionError("There is no card to vote on.")
    # One and a half fair shares are more than the budget where there is one card: nobody can give more than they have.
    cap = command.cap if command.cap is not None else min(command.budget, ballot_cap(len(cards), command.budget))
    if command.budget < 1 or not 1 <= cap <= command.budget:
        raise SessionError("The budget is at least 1 point, and the cap between 1 and the budget.")
    return [ev.RoundOpened(round=len(session.rounds) + 1, budget=command.budget, cap=cap, cards=cards, voices=voices)]


@decides(SealBallot)
def _seal(session: Session, command: SealBallot, hands: Hands) -> list[Event]:
    round_ = open_round(session)
    check_person(session, command.voice)
    voice = session.people[command.voice]
    if not voice.votes:
        raise BallotRefusedError(f"{voice.role} has no vote in this session.")
    opened = round_.opened
    if command.points is not None:
        wrong = check_points(command.points, opened.cards, opened.budget, opened.cap)
        if wrong:
            raise BallotRefusedError(f"The ballot of {voice.role} was not kept: {'; '.join(wrong)}.")
        ballot: dict[str, object] = {"points": {card: given for card, given in command.points.items() if given}}
    else:
        ballot = {"points": {}, "abstained": True}
    return [ev.BallotSealed(round=opened.round, voice=command.voice, seal=hands.urn.seal(opened.round, command.voice, ballot))]


def reveal_obstacles(session: Session) -> tuple[str, ...]:
    """Give what speaks against revealing now: a side without ballots (K-SOLO), a side without a quorum."""
    round_ = open_round(session)
    obstacles = []
    if round_.seals and one_sided({voice: session.people[voice].side for voice in round_.seals}) and len(session.quorum()) > 1:
        obstacles.append("ballots came from one side only")
    if session.quorum_missing and not session.quorum_override:
        obstacles.append("there is no quorum of " + " and ".join(side_name(side) for side in session.quorum_missing))
    return tuple(obstacles)


def side_name(side: Side) -> str:
    """Give a side as people write it."""
    return "IT" if side == "it" else "business"


@decides(RevealBallots)
def _reveal(session: Session, command: RevealBallots, hands: Hands) -> list[Event]:
    round_ = open_round(session)
    if not round_.seals:
        raise SessionError("No ballot is in yet: there is nothing to reveal.")
    obstacles = reveal_obstacles(session)
    override = said(command.override)
    if obstacles and not override:
        raise ReasonNeededError(f"Revealing now needs a reason: {' and '.join(obstacles)}.")
    number = round_.opened.round
    ballots = tuple(
        ev.RevealedBallot(
            voice=voice,
            side=session.people[voice].side,
            salt=salt,
            seal=round_.seals[voice],
            abstained=bool(ballot.get("abstained")),
            points=tuple(sorted(ballot["points"].items())),
        )
        for voice, (salt, ballot) in sorted(hands.urn.open_seals(number, round_.seals).items())
    )
    if not override and _one_sided(session, ballots):
        # Only now, with the urn open, is it known that one side abstained as a whole.
        raise ReasonNeededError("Revealing now needs a reason: all counted ballots came from one side.")
    missing = tuple(voice.id for voice in session.voices() if voice.id not in round_.seals)
    return [_revealed(session, round_, ballots, missing, override if obstacles or _one_sided(session, ballots) else "")]


def _one_sided(session: Session, ballots: tuple[ev.RevealedBallot, ...]) -> bool:
    """Say whether the ballots that count came from one side, where there are two (K-SOLO)."""
    return len(session.quorum()) > 1 and one_sided({each.voice: each.side for each in ballots if not each.abstained})


def _revealed(session: Session, round_: Round, ballots: tuple[ev.RevealedBallot, ...], missing: tuple[str, ...], override: str) -> Event:
    # A card that was withdrawn during the vote takes its points with it (METHOD 3.6).
    cards = [card for card in round_.opened.cards if card in session.cards]
    counted = {each.voice: {card: given for card, given in each.points if card in session.cards} for each in ballots if not each.abstained}
    sides = {each.voice: each.side for each in ballots if not each.abstained}
    last_rank = {card: session.cards[card].previous_rank for card in cards}
    tallies = []
    for weighting in WEIGHTINGS:
        result = tally_points(counted, sides, cards, weighting, last_rank)
        if result:
            totals = tuple(result.totals[card] for card in result.order)
            means = tuple(result.mean_tenths[card] for card in result.order)
            tallies.append(ev.Tally(weighting=weighting, order=tuple(result.order), totals=totals, mean_tenths=means))
    orders = side_orders(counted, sides, cards, last_rank) if counted else {}
    return ev.BallotsRevealed(
        round=round_.opened.round,
        ballots=ballots,
        missing=missing,
        tallies=tuple(tallies),
        side_orders=tuple((side, tuple(orders[side])) for side in SIDES if side in orders),
        override=override,
    )


@decides(TakeGroupOrder)
def _take(session: Session, command: TakeGroupOrder, _: Hands) -> list[Event]:
    round_ = revealed_round(session)
    assert round_.revealed is not None
    tally = next((each for each in round_.revealed.tallies if each.weighting == command.weighting), None)
    if tally is None:
        raise SessionError("Every voice abstained: there is no order to take, the board stays as it is.")
    # Cards that were not on the ballot (a must card, one added since) keep their rank: the room did not vote on them.
    on_ballot = set(tally.order)
    voted = (card for card in tally.order if card in session.cards)
    new = tuple(next(voted) if card in on_ballot else card for card in session.order)
    if new == session.order:
        return [ev.BoardKept(round=round_.opened.round, reason="The board is in the group's order already.")]
    return [ev.GroupOrderTaken(round=round_.opened.round, weighting=command.weighting, old=session.order, new=new)]


@decides(KeepBoard)
def _keep(session: Session, command: KeepBoard, _: Hands) -> list[Event]:
    return [ev.BoardKept(round=revealed_round(session).opened.round, reason=said(command.reason))]


@decides(DropRound)
def _drop(session: Session, command: DropRound, _: Hands) -> list[Event]:
    number = open_round(session).opened.round
    return [ev.RoundDropped(round=number, reason=needed(command.reason, "Say why the ballot is given up."))]
